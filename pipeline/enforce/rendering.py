"""Where a term went in a Russian target, told by what every word of the target renders.

A word speaks for the term when it renders a word of it, by the bundled tables, or is a word of the official wording; it
speaks against where another word of the source accounts for it. The stretch taken is a nominal group that is complete:
words that nothing accounts for belong to it as long as words of the term have no rendering yet (the consistent phrase
pairs of Och & Ney 2004, with the dictionary in place of an alignment).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from pipeline.enforce import akin, bridge, likeness, marked, synonyms
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.marked import RENDERS, SURE, Asked, Heard, Mark, Says
from pipeline.enforce.result import Ground, by_tables
from pipeline.enforce.view import View, closed
from pipeline.languages.russian.analyse import Token, analyses, fold, tokenise
from pipeline.model import Form, Occurrence, Span


class Placed(Protocol):
    """A word of the target, where it stands, and whether the tables give it for the term."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def own(self) -> bool: ...


_W = TypeVar("_W", bound=Placed)
_KINDS = ("slogan", "term", "body", "title")
_UNKNOWN = 0.45  # what a word that nothing accounts for is worth in a stretch
_LEAST = (0.7, 0.66), (0.85, 0.75)  # recall and precision of a stretch, for names and formulas, and for mere terms
_INSIDE = frozenset(("по", "с", "со", "в", "во", "на", "для", "к", "о", "об", "из", "за", "от", "при"))


def candidates(occurrence: Occurrence, source: str, view: View, forms: Sequence[Form]) -> Iterator[Candidate]:
    """The stretch that renders the term best, if one does surely enough.

    A name or formula has one official form; a mere term that is rendered word for word in other words may be sound, and
    is only shown.
    """
    term = occurrence.term
    if view.lang != "ru" or term.kind not in _KINDS:
        return
    if not forms or not _nominal(forms[0].text):
        return
    found: list[tuple[float, Span, bool]] = []
    for form in forms[:3]:
        asked = marked.asked(occurrence, source, form)
        if not asked.own or not asked.official or not _nominal(form.text):
            continue
        spoken = [marked.spoken(token, asked, likeness.rooted) for token in view.tokens]
        if not _may_score(spoken, asked, term.kind):
            continue
        marks = Heard(spoken, asked)
        for score, first, last in _groups(marks, asked, view, term.kind):
            span = closed(view.text, Span(marks[first].token.start, marks[last].token.end))
            if view.free(span) and likeness.balanced(span.of(view.text)):
                fuller = all(
                    any(m.like[o] >= 0.99 for m in spoken[first : last + 1] if m.like)
                    for o in range(len(asked.official))
                )
                own = not synonyms.bundled(term.origin) and not fuller
                country = term.kind in ("body", "title") and _country(span.of(view.text))
                found.append((score, span, (term.kind != "term" or own) and not country))
    for score, span, repair in sorted(found, key=lambda item: (-item[0], -len(item[1])))[:1]:
        why = by_tables(span.of(view.text))
        yield Candidate(span, 0.8 * score, why, (), True, "", 0, repair=repair, ground=Ground.TRANSLATED)


def _country(text: str) -> bool:
    """Is it no more than the country or city of a body («Коммунистическая лига [Китая]»)?"""
    return " " not in text and any("Geox" in a.grammemes for a in analyses(text))


def strays(candidate: Candidate, occurrence: Occurrence, source: str, view: View, form: Form) -> bool:
    """Does the stretch begin or end with a word that renders another word of the source, or leave out a word before it
    that renders the term («экологически [чистое развитие]»)?"""
    asked = marked.asked(occurrence, source, form)
    span = candidate.span
    inside = [token for token in view.tokens if span.start <= token.start and token.end <= span.end]
    marks = [mark for mark in (marked.spoken(token, asked) for token in inside) if mark.says is not Says.BREAK]
    before = view.before(span.start)
    if before is not None and view.text[before.end : span.start] == " " and before.is_word:
        mark = marked.spoken(before, asked)
        if analyses(before.text)[0].pos == "ADVB" and max(mark.own, default=0.0) >= RENDERS:
            return True
    return len(marks) > 1 and any(marked.judged(mark, asked).says is Says.OTHER for mark in (marks[0], marks[-1]))


def extended(candidate: Candidate, occurrence: Occurrence, source: str, view: View, form: Form) -> Candidate:
    """The candidate with the words right behind it that render the term too and nothing else («управление [партией]»
    for 治党, «Совет безопасности Организации [Объединенных Наций]»)."""
    asked = marked.asked(occurrence, source, form)
    if not asked.own or len(asked.official) < 2:
        return candidate
    end = last = candidate.span.end
    for token in [token for token in view.tokens if token.start >= end][:3]:
        if view.text[last : token.start] not in (" ", "\u00a0") or not view.free(Span(token.start, token.end)):
            break
        mark = marked.judged(marked.spoken(token, asked), asked)
        readings = [a for a in analyses(token.text) if a.pos in ("NOUN", "ADJF", "PRTF")]
        if mark.says is not Says.OWN or mark.shared or max(mark.own, default=0.0) < RENDERS:
            break
        if analyses(token.text)[0].pos not in ("NOUN", "ADJF", "PRTF") or not {a.case for a in readings} & {
            "gen",
            "ins",
        }:
            break
        last = token.end
        if _closes(token):
            end = last
    return candidate if end == candidate.span.end else replace(candidate, span=Span(candidate.span.start, end))


def more(
    occurrence: Occurrence, source: str, form: Form, inside: Sequence[Token], beside: Sequence[Token]
) -> list[Token]:
    """The words of `beside` that surely render a word of the term that none of `inside` renders, and nothing else."""
    asked = marked.asked(occurrence, source, form)
    if not asked.own or not source:
        return []
    here = [marked.spoken(token, asked) for token in inside]
    free = [at for at in range(len(asked.own)) if not any(mark.own and mark.own[at] >= RENDERS for mark in here)]
    marks = [marked.judged(marked.spoken(token, asked), asked) for token in beside] if free else []
    return [
        mark.token
        for mark in marks
        if mark.says is Says.OWN and not mark.shared and mark.own and any(mark.own[at] >= SURE for at in free)
    ]


def marks(occurrence: Occurrence, source: str, view: View, form: Form) -> list[Mark]:
    """What each word of a Russian target says of the term."""
    asked = marked.asked(occurrence, source, form)
    return [marked.judged(marked.spoken(token, asked), asked) for token in view.tokens]


def without_owner(row: list[_W], source: str, term: Span, view: View) -> list[_W]:
    """The words of a row without an adjective and noun in the genitive behind its noun that say another word of the
    source and nothing of the term («прозрачной купели [водоочистной станции]» for 清水池, beside 水厂)."""
    for at in range(1, len(row) - 1):
        tail = row[at:]
        if analyses(row[at - 1].text)[0].pos != "NOUN" or any(word.own for word in tail):
            continue
        first, last = analyses(tail[0].text), analyses(tail[-1].text)
        if first[0].pos not in ("ADJF", "PRTF") or last[0].pos != "NOUN" or all(a.case != "gen" for a in first):
            continue
        text = view.text[row[at - 1].end : tail[-1].end]
        if text == " " + " ".join(word.text for word in tail) and akin.said_elsewhere(text[1:], source, term):
            return row[:at]
    return row


_OF_NOUN = re.compile("(?:н|ов|ев)(?:ый|ий|ой)$")  # of an adjective made of a noun: напор[ный]
_STEM = 3  # letters of such a noun


def with_attribute(row: list[_W], words: Sequence[_W], source: str, term: Span, view: View) -> list[_W]:
    """The row with the adjective right before it that agrees with its first noun and is made of a noun that renders a
    word of the term and nothing else («[Напорная] емкость реактора» for 反应堆压力容器: напор, 压力)."""
    before = next((word for word in reversed(words) if word.end < row[0].start), None) if row else None
    if before is None or before.own or view.text[before.end : row[0].start] != " ":
        return row
    readings = [a for a in analyses(before.text) if a.pos == "ADJF"]
    stem = _OF_NOUN.sub("", readings[0].lemma) if readings else ""
    first = next((word for word in row if analyses(word.text)[0].pos == "NOUN"), None)
    if len(stem) < _STEM or stem == readings[0].lemma or first is None:
        return row
    nouns = [stem + ending for ending in ("", "а", "я", "о", "ь")]
    agreed = any((a.case, a.number) == (n.case, n.number) for a in readings for n in analyses(first.text))
    spoken = bridge.language_of(source)

    def said(text: str) -> float:
        signs = bridge.source_words(text)
        return max((bridge.strength(noun, sign, "ru", spoken) for sign in signs for noun in nouns), default=0.0)

    own, rest = said(term.of(source)), max(said(source[: term.start]), said(source[term.end :]))
    return [before, *row] if agreed and own >= SURE and rest < _UNKNOWN else row


def _nominal(text: str) -> bool:
    """Is the wording a noun with what belongs to it, no clause?"""
    words = [token.text for token in tokenise(text) if token.is_word]
    parts = [analyses(word)[0].pos for word in words]
    return bool(parts) and parts[0] != "PREP" and not {"INFN", "VERB", "GRND", "PRTS"} & set(parts)


def _animate(inside: Sequence[Mark]) -> bool:
    return marked.person([mark.token.text for mark in inside])


def _may_score(marks: Sequence[Mark], asked: Asked, kind: str) -> bool:
    """May any stretch of the words render enough of the term? Judged without the rest of the source, which is dear."""
    inside = [mark for mark in marks if mark.says is Says.NOTHING]
    if not any(map(marked.speaks, inside)):
        return False
    return _recall(inside, asked) >= _LEAST[kind == "term"][0]


def _groups(marks: Heard, asked: Asked, view: View, kind: str) -> Iterator[tuple[float, int, int]]:
    """(score, first, last) of each complete stretch that is sure enough."""
    longest = 2 * max(len(asked.own), len(asked.official)) + 1
    for first in range(len(marks)):
        if not _opens(marks.spoken[first].token) or not marks.promising(first, longest):
            continue
        if marks[first].says not in (Says.OWN, Says.NOTHING):
            continue
        inside: list[Mark] = []
        for last in range(first, len(marks)):
            mark = marks[last]
            if mark.says is Says.BREAK or not _goes_on(marks, first, last, asked, view):
                break
            if mark.says is Says.EMPTY:
                continue
            inside.append(mark)
            if len(inside) > longest:
                break
            if mark.says is Says.OTHER:
                break
            if not _closes(mark.token):
                continue
            score = _score(inside, asked, kind) - (0.05 if _besides(inside) else 0.0)
            if score > 0 and _complete(marks, first, last, inside, asked, view):
                yield score, first, last


def _besides(inside: Sequence[Mark]) -> bool:
    """Does the stretch begin with a word that another word of the source accounts for, and that renders nothing of the
    term that its other words do not («[основе] пяти принципов»)?"""
    first, rest = inside[0], inside[1:]
    if not first.shared or not rest:
        return False
    said = [at for at, value in enumerate(first.own) if value >= RENDERS]
    return all(any(mark.own[at] >= RENDERS for mark in rest if mark.own) for at in said)


def _opens(token: Token) -> bool:
    readings = {a.pos for a in analyses(token.text)}
    return bool(readings & {"NOUN", "ADJF", "PRTF", "NUMR", "ADVB", "UNKN", "LATN"})


def _closes(token: Token) -> bool:
    return bool({a.pos for a in analyses(token.text)} & {"NOUN", "UNKN", "LATN"})


def _goes_on(marks: Heard, first: int, last: int, asked: Asked, view: View) -> bool:
    """May the word at `last` belong to a group that begins at `first`?"""
    token, word = marks[last].token, fold(marks[last].token.text)
    if not view.free(Span(token.start, token.end)):
        return False
    if marks[last].says is Says.EMPTY and token.is_word:
        if last == first or last + 1 == len(marks):
            return False
        if word in ("и", "или"):
            return asked.joined
        rest = (marks[at] for at in range(last + 1, len(marks)))
        ahead = next((mark for mark in rest if mark.says is not Says.EMPTY), None)
        return word in _INSIDE and ahead is not None and ahead.says is Says.OWN
    if last == first or marks[last].says is Says.EMPTY:
        return True
    before = marks[last - 1].token
    if not before.is_word or marks[last - 1].says is Says.EMPTY:
        return True
    left, right = analyses(before.text), analyses(token.text)
    if token.text[:1].isupper() and marks[last].says is not Says.OWN and not _capital(asked):
        return False
    if left[0].pos == "NOUN" and right[0].pos in ("NOUN", "ADJF", "PRTF") and right[0].known:
        return any(a.case in ("gen", "ins", "dat") for a in right if a.pos in ("NOUN", "ADJF", "PRTF"))
    return True


def _capital(asked: Asked) -> bool:
    return any(word[:1].isupper() for word in asked.official)


def _covered(inside: Sequence[Mark], asked: Asked) -> list[float]:
    """How surely each word of the term is rendered in the stretch."""
    made = [max((mark.own[at] for mark in inside if mark.own), default=0.0) for at in range(len(asked.own))]
    for o, word in enumerate(asked.official):
        if any(mark.like and mark.like[o] >= 0.75 for mark in inside):
            strength = [
                max(bridge.strength(each, s, "ru", asked.lang) for each in marked.bases(word)) for s in asked.own
            ]
            made = [max(held, value) for held, value in zip(made, strength, strict=True)]
    return made


def _recall(inside: Sequence[Mark], asked: Asked) -> float:
    """How much of the term the words render, or how much of the official wording they are."""
    covered = _covered(inside, asked)
    official = [max(mark.like[o] for mark in inside) if inside[0].like else 0.0 for o in range(len(asked.official))]
    return max(sum(covered) / len(covered), sum(value for value in official if value >= 0.75) / len(official))


def _score(inside: Sequence[Mark], asked: Asked, kind: str) -> float:
    """Mean of how much of the stretch belongs to the term and how much of the term it renders, 0 where too little."""
    worth = {Says.OWN: 1.0, Says.NOTHING: _UNKNOWN}
    precision = sum(worth.get(mark.says, 0.0) for mark in inside) / len(inside)
    recall = _recall(inside, asked)
    spoken = any(map(marked.speaks, inside))
    short = len(inside) < len(asked.official) and all(max(mark.like, default=0.0) >= 0.99 for mark in inside)
    single = len(inside) == 1 and (len(asked.own) > 1 or len(asked.official) > 1)
    single = single or (kind == "term" and len(asked.own) == 1)
    least = _LEAST[kind == "term"]
    if not spoken or short or single or (asked.animate and not _animate(inside)):
        return 0.0
    if recall < least[0] or precision < least[1]:
        return 0.0
    return (precision + recall) / 2


def _complete(marks: Heard, first: int, last: int, inside: Sequence[Mark], asked: Asked, view: View) -> bool:
    """Does no word beside the stretch belong to it: none that renders the term, and where words of the term are not
    rendered yet, none that nothing else accounts for?"""
    missing = sum(value < RENDERS for value in _covered(inside, asked)) - sum(
        mark.says is Says.NOTHING for mark in inside
    )
    for at, side in ((first - 1, -1), (last + 1, 1)):
        if not 0 <= at < len(marks):
            continue
        mark = marks[at]
        left, right = (mark, marks[first]) if side < 0 else (marks[last], mark)
        if view.text[left.token.end : right.token.start].strip() or mark.says not in (Says.OWN, Says.NOTHING):
            continue
        if side < 0 and analyses(mark.token.text)[0].pos not in ("ADJF", "PRTF", "ADVB"):
            continue
        if side > 0 and not any(a.case == "gen" for a in analyses(mark.token.text)):
            continue
        if not view.free(Span(mark.token.start, mark.token.end)):
            continue
        if mark.says is Says.OWN or missing > 0:
            return False
    return True
