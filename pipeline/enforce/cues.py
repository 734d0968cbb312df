"""What the source tells of the Russian case of a term: the words beside it ("by the …", 给…, …'s).

A multinomial logistic regression over the words beside the term, learned from the genre's rows
(`pipeline.training.cues`), says how much likelier each case is than without them. The network of
`languages.russian.expected` sees the Russian alone, so that the two are multiplied (a product of experts, Hinton 2002).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

from pipeline.errors import DataError
from pipeline.languages.russian.masks import CASES
from pipeline.languages.russian.weights import bundled
from pipeline.model import Lang, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEFORE, BEHIND = 40, 25  # characters of the source that are looked at
_CUT_BEFORE, _CUT_BEHIND, _PAIR = 12, 10, 2
_MARKS: Final = {"。": "stop", "；": "stop", "，": ",", "、": "、", "：": ":"}
_QUOTES: Final = frozenset("“”‘’（）《》")
_CLAUSE: Final = re.compile("[，。；：、]")
_LED: Final = {"zh": "由被把将对向给从在与和以为用让", "en": ("by", "with", "to", "of", "from", "for")}
_ARTICLES: Final = frozenset(("the", "a", "an"))
_TOKEN: Final = re.compile(r"[\w'’]+|[^\w\s]")
_NEAR, _FAR = 4, 6


def features(before: str, behind: str, lang: Lang) -> tuple[str, ...]:
    """The signs that what stands before and behind a term of the source gives, each once."""
    before, behind = before[-BEFORE:], behind[:BEHIND]
    return tuple(_chinese(before, behind) if lang == "zh" else _english(before.lower(), behind.lower()))


def _chinese(before: str, behind: str) -> list[str]:
    from pipeline.languages.chinese import words

    last = before[-1:]
    clause = _CLAUSE.split(before)[-1]
    left, right = before[-_CUT_BEFORE:], behind[:_CUT_BEHIND]
    found = [
        f"b={'quote' if last in _QUOTES and last else _MARKS.get(last, last or 'start')}",
        f"b2={before[-_PAIR:]}",
        f"a={behind[:1]}",
        f"a2={behind[:_PAIR]}",
        f"w={words(left)[-1].of(left) if left else ''}",
        f"v={words(right)[0].of(right) if right else ''}",
        f"at={min(len(clause), _FAR)}",
    ]
    return [*found, *(f"in={sign}" for sign in _LED["zh"] if sign in clause)]


def _english(before: str, behind: str) -> list[str]:
    row, rest = _TOKEN.findall(before), _TOKEN.findall(behind)
    told = [word for word in row if word not in _ARTICLES]
    found = [
        f"b={told[-1] if told else ''}",
        f"b2={' '.join(told[-_PAIR:])}",
        f"a={rest[0] if rest else ''}",
        f"a2={' '.join(rest[:_PAIR])}",
        f"article={bool(row) and row[-1] in _ARTICLES}",
    ]
    return [*found, *(f"in={sign}" for sign in _LED["en"] if sign in told[-_NEAR:])]


@dataclass(frozen=True)
class Cues:
    """Of one source language: the number of each sign, the weights (signs, 6) with the constant in the last row, and
    how often each case is anyway."""

    signs: dict[str, int]
    weights: NDArray[np.float32]
    usual: NDArray[np.float32]

    def factors(self, before: str, behind: str, lang: Lang) -> dict[str, float]:
        """How many times likelier than usual each of CASES is."""
        import numpy as np

        known = [self.signs[sign] for sign in features(before, behind, lang) if sign in self.signs]
        logits = self.weights[known].sum(0) + self.weights[-1]
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        return dict(zip(CASES, map(float, chances / self.usual), strict=True))


@lru_cache(maxsize=4)
def table(lang: Lang) -> Cues:
    """The bundled table of a source language. Raises DataError where the asset is missing or damaged."""
    import numpy as np

    with bundled("cues.npz") as path:
        try:
            with np.load(path) as data:
                signs = bytes(data[f"{lang}/signs"]).decode("utf-8").split("\n")
                weights = data[f"{lang}/weights"].astype(np.float32) * data[f"{lang}/scale"]
                usual = data[f"{lang}/usual"]
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise DataError(f"the table of cues is missing or damaged: {error}", where=str(path)) from error
    return Cues({sign: n for n, sign in enumerate(signs)}, weights, usual)


@lru_cache(maxsize=1 << 12)
def factors(source: str, span: Span, lang: Lang) -> Mapping[str, float]:
    """How many times likelier each Russian case is than usual, of the term at `span` of the source; no source, nothing.

    Empty for other sources than Chinese and English.
    """
    if lang not in ("zh", "en") or not source:
        return {}
    return table(lang).factors(source[: span.start], source[span.end :], lang)
