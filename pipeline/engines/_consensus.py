"""Of several renderings of one sentence the one that the others are most like, rather than the likeliest.

A beam's likeliest rendering is often an odd one; what most of the beam agrees on is right more often (minimum Bayes
risk decoding, Kumar and Byrne 2004). How alike two of them are, character n-grams say, as in chrF (Popović 2015).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.languages.loops import repeats

_ORDER = 4  # characters of the longest n-gram
_BETA = 2.0  # recall counts for this much more than precision, as in chrF
# A number in figures, its groups joined; one that a word or character of magnitude follows is written otherwise in
# another language (3.5亿, 350 млн), so that the same figures would be wrong.
_NUMBER = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?"
    r"(?![\d.,]*\d)(?!\s*(?:[十百千万亿兆]|thousand|[mb]illion|trillion|тыс|млн|млрд|трлн|миллион|миллиард))"
)
_EMPTY = -1_000_000  # repeats that an empty rendering counts for


def best(source: str, texts: Sequence[str], kept: Sequence[int] = ()) -> int:
    """The place of the rendering to take: the one with most of `kept` (terms, say), then fewest repeats, most numbers
    of the source, and what the others agree on; of equals the first, which is the likeliest."""
    alike, own = ranked(texts), repeats(source)
    worth = [
        (
            kept[at] if kept else 0,
            -max(0, repeats(text) - own) if text.strip() else _EMPTY,
            numbers_kept(source, text),
            alike[at],
            -at,
        )
        for at, text in enumerate(texts)
    ]
    return worth.index(max(worth))


def ranked(texts: Sequence[str]) -> list[float]:
    """For each text its mean likeness to all of them (0..1): character F-score over n-grams of 1 to 4 characters,
    white space aside. [1.0] for a single text, [] for none."""
    if len(texts) < 2:
        return [1.0] * len(texts)
    import numpy as np

    count = len(texts)
    precision = np.zeros((count, count))
    for size in range(1, _ORDER + 1):
        grams = [_grams(text, size) for text in texts]
        places = {gram: at for at, gram in enumerate({gram: None for held in grams for gram in held})}
        table = np.zeros((count, len(places)), np.int32)
        for row, held in zip(table, grams, strict=True):
            row[[places[gram] for gram in held]] = list(held.values())
        shared = np.minimum(table[:, None], table[None]).sum(2)
        precision += shared / np.maximum(1, table.sum(1))[:, None]
    precision /= _ORDER
    recall = precision.T
    both = (1 + _BETA**2) * precision * recall / np.maximum(1e-9, _BETA**2 * precision + recall)
    return [float(value) for value in both.mean(1)]


def _grams(text: str, size: int) -> Counter[str]:
    plain = "".join(text.split())
    return Counter(plain[at : at + size] for at in range(len(plain) - size + 1))


def numbers_kept(source: str, target: str) -> int:
    """How many of the source's numbers in figures stand in the target, each as often as it stands there; tenths and
    thousands may be parted otherwise."""
    return sum((_numbers(source) & _numbers(target)).values())


def _numbers(text: str) -> Counter[str]:
    return Counter(re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(text))
