"""What the sentence encoder says of a source and its target: are they near as wholes, and in each word and clause?"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.languages import sense
from pipeline.model import Lang, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES: Final = ("sense", "sense_given", "sense_given_low", "sense_kept", "sense_kept_low", "sense_over", "sense_under")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CLAUSE = re.compile(r"(?:[^,;:.!?，；：。！？、—]|(?<=\d)[,.:](?=\d))+")
_LEAST: Final = 3  # letters of a word that has a sense of its own, but for Chinese
_MOST: Final = 300  # words of a text that are compared
_DIGITS: Final = 3  # that are kept: what lies beyond differs between processors
_LOW: Final = 4  # a quarter of the words: the ones farthest from all of the other side


def figures(source: str, target: str, pair: tuple[Lang, Lang]) -> dict[str, float]:
    """The features of NAMES. `sense`: cosine of the two texts; given, kept: for words of the target and of the source
    the mean cosine to the nearest word of the other side, and that of the quarter farthest away; over, under: how much
    nearer the texts are without the clause of the target, of the source, that fits least."""
    ours, theirs = sense.read(target), sense.read(source)
    whole = float(ours.whole @ theirs.whole)
    made = dict.fromkeys(NAMES, math.nan) | {"sense": whole}
    words, others = _words(target, pair[1]), _words(source, pair[0])
    if words and others:
        near = ours.parts(words) @ theirs.parts(others).T
        made["sense_given"], made["sense_given_low"] = _mean(near.max(1))
        made["sense_kept"], made["sense_kept_low"] = _mean(near.max(0))
    made["sense_over"] = _without(ours, target, theirs) - whole
    made["sense_under"] = _without(theirs, source, ours) - whole
    return {name: round(value, _DIGITS) for name, value in made.items()}


def _words(text: str, language: Lang) -> list[Span]:
    if language == "zh":
        from pipeline.languages import dictionary

        return [span for span, _ in dictionary.segment(text) if _WORD.fullmatch(span.of(text))][:_MOST]
    found = (Span(match.start(), match.end()) for match in _WORD.finditer(text))
    return [span for span in found if span.end - span.start >= _LEAST][:_MOST]


def _mean(near: NDArray[Any]) -> tuple[float, float]:
    import numpy as np

    ordered = np.sort(near)
    return float(near.mean()), float(ordered[: max(1, len(near) // _LOW)].mean())


def _without(reading: sense.Reading, text: str, other: sense.Reading) -> float:
    """The greatest cosine to the other text that the text has without one of its clauses."""
    clauses = [Span(match.start(), match.end()) for match in _CLAUSE.finditer(text) if match[0].strip()]
    if len(clauses) < 2:
        return float(reading.whole @ other.whole)
    return float((reading.without(clauses) @ other.whole).max())
