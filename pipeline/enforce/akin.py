"""How near in meaning each stretch of a target is to a term, by the sentence encoder (languages.sense).

It knows many words that neither the bundled model nor the word tables do, in all three languages. Seen are the stretch
by itself and in its context against the term in the source and its official form, the whole sentence with the official
form in the place of the stretch, both sentences without term and stretch, and the words at both ends and beside them:
are they nearer to the term or to some other word of the source?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.enforce.bridge import language_of
from pipeline.languages import chinese, sense
from pipeline.model import Span

if TYPE_CHECKING:
    from pipeline.languages.sense import Vectors

_WORD = re.compile(r"[^\W\d_]{3,}(?:[-'’][^\W\d_]+)*")


class Akin:
    """A term in a source, `form` as it reads in the target's language, and the words of a target."""

    def __init__(self, source: str, term: Span, form: str, target: str, words: Sequence[Span]) -> None:
        self._source, self._term, self._form = source, term, form
        self._target, self._words = target, words

    def rows(self, places: Sequence[tuple[int, int]]) -> Vectors:
        """(rows, 44) for rows of words, first and last: cosines, and how far they stay behind the best row's."""
        import numpy as np

        source, target, official = sense.read(self._source), sense.read(self._target), sense.read(self._form)
        spans = [Span(self._words[first].start, self._words[last].end) for first, last in places]
        said, wanted = sense.points([self._term.of(self._source), self._form])
        alone, inside = sense.points([span.of(self._target) for span in spans]), target.parts(spans)
        with_form = target.without(spans, official) @ source.whole
        rest = target.without(spans) @ source.without([self._term])[0]
        cosines = np.stack([alone @ wanted, alone @ said, inside @ said, inside @ wanted, with_form, rest], axis=1)
        whole = float(source.whole @ target.whole)
        made = [cosines, cosines - cosines.max(0), with_form[:, None] - whole, np.full((len(places), 1), whole)]
        return np.concatenate([*made, self._ends(places, source, target, said, wanted)], axis=1, dtype=np.float32)

    def _ends(
        self, places: Sequence[tuple[int, int]], source: sense.Reading, target: sense.Reading, said: Vectors,
        wanted: Vectors,
    ) -> Vectors:  # fmt: skip
        """(rows, 30) what is told of single words: of the first and last of a row, of the neighbours before and behind
        (0 where there is none), and the least of the row's."""
        import numpy as np

        words, others = list(self._words), self._others()
        inside = target.parts(words) @ source.parts([self._term, *others]).T
        alone = sense.points([word.of(self._target) for word in words])
        single = alone @ np.concatenate([said[None], sense.points([word.of(self._source) for word in others])]).T
        lacking = (target.without(words) @ source.whole - float(target.whole @ source.whole)) * len(words)
        told = [inside[:, 0], single[:, 0], _over(inside), _over(single), alone @ wanted, lacking]
        each = np.vstack([np.stack(told, axis=1), np.zeros(len(told))])  # the last row: no word
        firsts, lasts = np.array(places).T
        behind = np.where(lasts + 1 < len(words), lasts + 1, -1)
        least = np.stack([each[first : last + 1].min(0) for first, last in places])
        made: Vectors = np.concatenate([each[firsts], each[lasts], each[firsts - 1], each[behind], least], axis=1)
        return made

    def _others(self) -> list[Span]:
        """The words of the source beside the term."""
        return [span for span in _words(self._source) if not span.overlaps(self._term)]


def nearest(word: str, source: str, term: Span, others: Sequence[str] | None = None) -> tuple[float, float]:
    """Cosines of a word of the target to the nearest word of the term (or the term as a whole), and to the nearest of
    `others`: without them, of all other words of the source."""
    inside = _words(source)
    own = [term.of(source), *(span.of(source) for span in inside if span.overlaps(term))]
    rest = [span.of(source) for span in inside if not span.overlaps(term)] if others is None else list(others)
    here = sense.points([word])[0]
    return float((sense.points(own) @ here).max()), float((sense.points(rest) @ here).max()) if rest else 0.0


_ANOTHERS, _BY = 0.55, 0.2  # cosine from which words say another word of the source, and how much nearer they are to it


def said_elsewhere(words: str, source: str, term: Span) -> bool:
    """Do the words surely say another word of the source («водоочистной станции» beside 水厂, for 清水池)?"""
    own, other = nearest(words, source, term)
    return other >= max(_ANOTHERS, own + _BY)


def _words(source: str) -> list[Span]:
    """The words of a source that have a sense of their own."""
    if language_of(source) == "zh":
        return [span for span in chinese.words(source) if source[span.start].isalnum()]
    return [Span(match.start(), match.end()) for match in _WORD.finditer(source)]


def _over(cosines: Vectors) -> Vectors:
    """How much nearer a word is to the term (first column) than to the nearest other word of the source."""
    made: Vectors = cosines[:, 0] - (cosines[:, 1:].max(1) if cosines.shape[1] > 1 else 0.0)
    return made
