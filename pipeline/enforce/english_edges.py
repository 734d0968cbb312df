"""The edges of what a translation model takes for a term in an English target: the adjectives before it that are
another word's («Fifth [Fire Squad]» for Пятый пожарный отряд), the nouns and gerunds that are the term's («[cabin]
pressing water» for 压舱水)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.enforce import akin, bridge, english_rows, pointed, spans
from pipeline.enforce.heard import STRONG, Word
from pipeline.enforce.view import View
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Form, Occurrence, Span

_RENDERS, _SURE = 0.6, 0.85  # of the word tables
ELSEWHERE = 0.3  # attention for other words of the source from which these account for a word
_BEHIND = 0.1  # least attention of a word
_SMALL_RU = frozenset(("для", "при", "под", "над", "про", "без", "или", "что", "как", "так", "его", "её", "ее", "их"))
_BE = frozenset(("am", "is", "are", "was", "were", "be", "been", "being"))
_WORD = re.compile(r"[^\W_]+")
_ATTRIBUTE = re.compile(r"([А-Яа-яё]{3,}) $")


def meant(source: str, at: int) -> bool:
    """Does a word of meaning stand at the place: no mark, no preposition?"""
    while at < len(source) and source[at].isspace():
        at += 1
    found = next((match for match in _WORD.finditer(source) if match.start() <= at < match.end()), None)
    if found is None:
        return False
    word = found.group().lower()
    if re.match("[а-яё]", word):
        return len(word) > 2 and word not in _SMALL_RU
    return word not in FUNCTION_WORDS


def behind_adjectives(
    span: Span, words: Sequence[Word], occurrence: Occurrence, source: str, view: View, wording: Sequence[Form]
) -> Span:
    """The span without the words at its beginning that are another's: a word of the source outside of the term says
    them, which no word of the target but, in a compound, the neighbour renders too («average [daily] yield»)."""
    own = bridge.source_words(occurrence.form.text)
    rest = (
        *bridge.source_words(source[: occurrence.span.start]),
        *bridge.source_words(source[occurrence.span.end :]),
    )
    spoken = bridge.language_of(source)
    official = {word.lower() for form in wording for word in _WORD.findall(form.text)}

    def says(word: Word, sign: str) -> float:
        return bridge.strength(word.text.lower(), sign, "en", spoken)

    row = [n for n, word in enumerate(words) if span.start <= word.start and word.end <= span.end and not word.link]
    while len(row) > 1:
        at = row[0]
        word = words[at]
        if word.text.lower() in official or max(word.like, default=0.0) >= 0.75:
            break
        if view.text[word.end : words[row[1]].start] != " " or row[1] != at + 1:
            break
        if _of_attribute(word, words[row[1]], words, occurrence, source, len(row) > len(official)):
            row = row[1:]
            continue
        signs = [sign for sign in rest if says(word, sign) >= _SURE]
        others = [each for n, each in enumerate(words) if n not in (at, at - 1) and not each.link]
        if (
            not signs
            or max((says(word, sign) for sign in own), default=0.0) >= _RENDERS
            or all(any(says(each, sign) >= _RENDERS for each in others) for sign in signs)
        ):
            break
        near, far = akin.nearest(word.text, source, occurrence.span)
        if near > far:
            break  # «[anchoring] barrel» for швартовная бочка, beside рейд
        row = row[1:]
    first = next((n for n, word in enumerate(words) if word.start >= span.start and not word.link), -1)
    return Span(words[row[0]].start, span.end) if row and row[0] > first else span


def _of_attribute(
    word: Word, after: Word, words: Sequence[Word], occurrence: Occurrence, source: str, more: bool
) -> bool:
    """Is the word, which no table knows, before one that renders the term and beyond what the form has (`more`), the
    adjective of a Russian source right before the term, which nothing else in the target renders («[swift] attack» for
    стремительный выпад)?"""
    left = _ATTRIBUTE.search(source, 0, occurrence.span.start)
    if not (more and word.open and after.own) or word.says or left is None:
        return False
    readings = analyses(left.group(1))
    if readings[0].pos not in ("ADJF", "PRTF"):
        return False
    others = [each.text.lower() for each in words if each is not word and not each.link]
    signs = bridge.source_words(left.group(1))
    return all(bridge.strength(each, sign, "en", "ru") < _RENDERS for each in others for sign in signs)


def with_nouns(span: Span, words: Sequence[Word], occurrence: Occurrence, source: str, view: View) -> Span:
    """The span with the word right before it of which the model is sure («[point] ball war»), where at most single
    characters of a Chinese source account for it (分 of 分钟 is no point)."""
    before = next((word for word in reversed(words) if word.end < span.start), None)
    if before is None or before.link or before.stop or not before.noun:
        return span
    if view.text[before.end : span.start] == " " and _sign_of(before, span, words, occurrence, source):
        return Span(before.start, span.end)
    if before.share < _SURE:
        return span
    signs = (
        *bridge.source_words(source[: occurrence.span.start]),
        *bridge.source_words(source[occurrence.span.end :]),
    )
    spoken = bridge.language_of(source)
    said = [sign for sign in signs if bridge.strength(before.text.lower(), sign, "en", spoken) >= _RENDERS]
    if view.text[before.end : span.start] != " " or any(len(sign) > 1 for sign in said):
        return span
    elsewhere = sum(weight for at, weight in before.away if meant(source, at))
    return Span(before.start, span.end) if elsewhere < ELSEWHERE / 2 else span


def _sign_of(before: Word, span: Span, words: Sequence[Word], occurrence: Occurrence, source: str) -> bool:
    """Does the word surely render a character of a Chinese term that no word of the span does («[cabin] pressing water»
    for 压舱水), and no other word of the source that nothing else in the target renders?"""
    inside = [word for word in words if span.start <= word.start and word.end <= span.end]
    heeded = max((word.share for word in inside), default=0.0)  # next to nothing where the model looks elsewhere
    if bridge.language_of(source) != "zh" or before.share < min(_BEHIND, heeded):
        return False

    def says(word: Word, sign: str) -> float:
        return bridge.strength(word.text.lower(), sign, "en", "zh")

    own = [sign for sign in occurrence.span.of(source) if says(before, sign) >= _SURE]
    if not own or any(says(word, sign) >= _RENDERS for sign in own for word in inside):
        return False
    ahead, behind = source[: occurrence.span.start], source[occurrence.span.end :]
    others = [word for word in words if word is not before and word not in inside and not word.link]
    several = (sign for sign in (*bridge.source_words(ahead), *bridge.source_words(behind)) if len(sign) > 1)
    rest = [sign for sign in several if says(before, sign) >= _RENDERS]
    return all(any(says(word, sign) >= _SURE for word in others) for sign in rest)


def with_gerund(span: Span, words: Sequence[Word], view: View, wording: Sequence[Form]) -> Span:
    """The span with a gerund right before it, whose object it is, where the form is one itself («[putting] sacks over
    berries» for fruit bagging) and nothing else accounts for the word."""
    if not re.search("[a-z]{2}ing$", wording[0].text) or re.match(r"\w+ing\b", span.of(view.text)):
        return span
    row = [word for word in words if word.end < span.start][-2:]
    if len(row) < 2 or view.text[row[1].end : span.start] != " " or not re.fullmatch("[A-Za-z]+ing", row[1].text):
        return span
    if row[1].other or row[1].stop or row[0].text.lower() in _BE:
        return span
    return Span(row[1].start, span.end)


def doubtful(span: Span, words: Sequence[Word], view: View) -> bool:
    """Is it a single word of little attention that the tables do not give for the term, where one that they give for a
    part of it stands elsewhere, before a noun that nothing accounts for («insurance checking» beside «policies», for
    核保)?"""
    row = [word for word in words if span.start <= word.start and word.end <= span.end]
    if len(row) != 1 or row[0].own or row[0].says or row[0].share >= STRONG or max(row[0].like, default=0.0) > 0:
        return False
    pairs = [pair for pair in pairwise(words) if row[0] not in pair]
    beside = (pair for pair in pairs if view.text[pair[0].end : pair[1].start] == " ")
    return any(one.says and two.open and two.noun for one, two in beside)


def unheard(
    span: Span, words: Sequence[Word], occurrence: Occurrence, source: str, view: View, wording: Sequence[Form]
) -> Span:
    """The span with the words before it that the likeliest row has and nothing accounts for, where the model pays next
    to no heed to the term in any of these («[red] mildew disease» for 赤霉病)."""
    inside = [word for word in words if span.start <= word.start and word.end <= span.end]
    if not inside or max(word.share for word in inside) >= _BEHIND:
        return span
    found = spans.rows(words, view, pointed.asked(occurrence, source, wording, view.lang))
    if not found or found[0].chance < pointed.SURELY:
        return span
    row = [word for word in words[found[0].first : found[0].last + 1] if not word.link]
    row = english_rows.settled(row, words, wording, view, (source, occurrence.span))
    if not row or row[-1].end != span.end or row[0].start >= span.start:
        return span
    more = [word for word in row if word.end <= span.start]
    return Span(row[0].start, span.end) if all(word.open or word.own for word in more) else span
