"""Where the name of a person stands in the target, rightly spelt or nearly so."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from pipeline.checks._words import fold

_NEAR = 0.34


@lru_cache(maxsize=4096)
def _forms(right: str, lang: str) -> tuple[str, ...]:
    """Folded forms of the name in all cases, as a man's and as a woman's."""
    if lang != "ru":
        return tuple(dict.fromkeys((fold(right), fold(right).replace("'", ""))))
    from pipeline.languages.russian import names

    found = [right]
    for gender in ("m", "f"):
        declined = names.decline(right, gender)
        found += [*declined.cells.values(), *(form for _, form in declined.variants)]
    return tuple(dict.fromkeys(fold(form) for form in found))


def places(right: str, low: str, lang: str) -> list[tuple[int, int]]:
    """Spans of a name, rightly spelt, in the folded target `low`."""
    found = []
    for form in _forms(right, lang):
        found += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", low)]
    if lang == "en" and not found:  # given name first, as in Western order
        surname, _, given = fold(right).partition(" ")
        found += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(f'{given} {surname}')}(?!\w)", low)]
    return found


def nearest(right: str, text: str, taken: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The run of capitalised words that looks most like the name."""
    from pipeline.languages import palladius_distance

    best: tuple[float, tuple[int, int]] | None = None
    words = list(re.finditer(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text))
    for first in range(len(words)):
        if not words[first][0][0].isupper():
            continue
        for size in (1, 2, 3):
            run = words[first : first + size]
            if len(run) < size or any(len(text[a.end() : b.start()].strip()) for a, b in itertools.pairwise(run)):
                break
            span = run[0].start(), run[-1].end()
            if any(span[0] < end and start < span[1] for start, end in taken) or not all(
                w[0][0].isupper() for w in run
            ):
                continue
            piece = text[span[0] : span[1]]
            if not 0.5 < len(piece) / len(right) < 1.7 or (
                size == 1 and " " in right and len(piece) < 0.75 * len(right)
            ):
                continue
            if fold(piece).replace("-", "") == fold(right).replace(" ", ""):
                continue  # a place or a firm of that name
            if size == 1 and _own(piece):
                continue
            distance = palladius_distance.distance(piece, right)
            if distance < _NEAR and (best is None or distance < best[0]):
                best = distance, span
    return best[1] if best else None


@lru_cache(maxsize=4096)
def _own(word: str) -> bool:
    """Is the word in the Russian dictionary (Багдад), or an adjective of a place (Тяньваньская)?"""
    from pipeline.languages.russian import analyse

    return analyse.is_known(word) or fold(word).rstrip("аяоеийыхмугю").endswith("ск")
