"""A slogan that the target quotes in other words: «чистые воды и зелёные горы — это золото» for 绿水青山就是金山银山.

Nearly every word between the quotation marks renders a part of the slogan or is a word of its official form, and most
of the slogan is rendered there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.enforce import bridge, likeness
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.heard import STRONG, Word
from pipeline.enforce.result import Ground, by_tables
from pipeline.enforce.view import View
from pipeline.languages.chinese import is_han
from pipeline.languages.russian.analyse import lemma, tokenise
from pipeline.model import Form, Lang, Occurrence, Span

_QUOTED = re.compile(r"«([^«»\n]{6,120})»|“([^“”\n]{4,120})”|\"([^\"\n]{6,120})\"|《([^《》\n]{4,60})》")
_EMPTY = frozenset("的是就之与和及条个座一着了")
_MEANT, _COVERED, _SHARED = 0.75, 0.6, 0.4


def candidates(occurrence: Occurrence, view: View, admitted: Sequence[Form]) -> Iterator[Candidate]:
    """The quotation that stands for the slogan, if exactly one may."""
    if occurrence.term.kind != "slogan" or not admitted:
        return
    found: list[Candidate] = []
    for match in _QUOTED.finditer(view.text):
        span = Span(*match.span(match.lastindex or 0))
        if not view.free(span):
            continue
        if any(_stands(span.of(view.text), occurrence, form.text, view.lang) for form in admitted[:1]):
            why = by_tables(span.of(view.text))
            found.append(Candidate(span, 0.8, why, ("nom",), True, "", 0, ground=Ground.TRANSLATED))
    if len(found) == 1:
        yield found[0]


def widened(candidate: Candidate, occurrence: Occurrence, source: str, view: View) -> Candidate:
    """The whole quotation of the target that holds a part of the slogan, which is a quotation in the source too:
    «Один пояс, один путь», “一条带子、[一条道路]”."""
    span, here = candidate.span, occurrence.span
    if occurrence.term.kind != "slogan" or candidate.same or not candidate.repair:
        return candidate
    marked = source[max(0, here.start - 1) : here.start] in _OPEN and source[here.end : here.end + 1] in _SHUT
    if not (marked or occurrence.form.text[:1] in _OPEN):
        return candidate
    quotes = [Span(*match.span(match.lastindex or 0)) for match in _QUOTED.finditer(view.text)]
    around = [quote for quote in quotes if quote.start <= span.start and span.end <= quote.end and quote != span]
    if len(around) != 1 or not view.free(around[0]):
        return candidate
    return replace(candidate, span=around[0], cells=("nom",), inflects=True, base="")


_OPEN = ("«", "“", '"', "《")
_SHUT = ("»", "”", '"', "》")


def alone(words: Sequence[Word], occurrence: Occurrence, source: str, view: View) -> Span | None:
    """What the one quotation of the target holds, where the one of the source is the term and no more, nothing else in
    the source accounts for a word of it, and no word beside it answers the term («в домах живут, а не жарят» for
    “房住不炒”); None elsewhere."""
    here, there = (list(_MARKED.finditer(text)) for text in (source, view.text))
    if len(here) != 1 or len(there) != 1 or here[0].span(1) != (occurrence.span.start, occurrence.span.end):
        return None
    span = Span(*there[0].span(1))
    row = [word for word in words if span.start <= word.start and word.end <= span.end and word.text[:1].isalnum()]
    heard = any(word.share >= STRONG and not word.link for word in row)
    besides = any((word.own or word.inside) and word not in row for word in words)
    if len(row) < 2 or not heard or besides or any(word.other for word in row) or not view.free(span):
        return None
    return span


_MARKED = re.compile(r"[«“\"]([^«»“”\"\n]+)[»”\"]")


def _stands(text: str, occurrence: Occurrence, official: str, lang: Lang) -> bool:
    signs = _signs(occurrence.form.text)
    source = bridge.language_of(occurrence.form.text)
    said = _words(text, lang)
    own = set(_words(official, lang))
    if lang == "zh":
        own = {char for word in own for char in word}
    if len(said) < 2 or len(own) < 2:
        return False

    def renders(word: str, sign: str) -> bool:
        return bridge.strength(word, sign, lang, source) >= 0.6

    def is_own(word: str) -> bool:
        return bool(set(word) & own) if lang == "zh" else word in own

    meant = sum(is_own(word) or any(renders(word, sign) for sign in signs) for word in said)
    spoken = sum(any(renders(word, sign) for word in said) for sign in signs) / max(len(signs), 1)
    there = "".join(said) if lang == "zh" else said
    written = sum(each in there for each in own) / len(own)
    least = _COVERED if lang == "zh" else _SHARED  # else it may be another translation that is as good
    return meant >= _MEANT * len(said) and max(spoken, written) >= _COVERED and written >= least


def _signs(text: str) -> tuple[str, ...]:
    """The parts of the slogan that carry meaning; of a Chinese one each character."""
    han = [char for char in text if is_han(char) and char not in _EMPTY]
    return tuple(dict.fromkeys(han or bridge.source_words(text)))


def _words(text: str, lang: Lang) -> list[str]:
    if lang == "zh":
        from pipeline.enforce.chinese import pieces

        return [part.text for part in pieces(text) if is_han(part.text) and part.text not in _EMPTY - {"一"}]
    tokens = [token for token in tokenise(text) if likeness.content(token, lang)]
    return [lemma(token.text).replace("ё", "е") if lang == "ru" else token.text.lower() for token in tokens]
