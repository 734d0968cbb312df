"""Where a term went in a Russian target, told by what every word of the target renders.

A word speaks for the term when it renders a word of it, by the bundled tables, or is a word of the official wording; it
speaks against where another word of the source accounts for it. The stretch taken is a nominal group that is complete:
words that nothing accounts for belong to it as long as words of the term have no rendering yet (the consistent phrase
pairs of Och & Ney 2004, with the dictionary in place of an alignment).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from pipeline.enforce import bridge, likeness, synonyms
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground, by_tables
from pipeline.enforce.view import View, closed
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.model import Form, Lang, Occurrence, Span

_KINDS = ("slogan", "term", "body", "title")
_RENDERS = 0.6  # strength from which a word renders another
_SURE = 0.85
_UNKNOWN = 0.45  # what a word that nothing accounts for is worth in a stretch
_LEAST = (0.7, 0.66), (0.85, 0.75)  # recall and precision of a stretch, for names and formulas, and for mere terms
_INSIDE = frozenset(("по", "с", "со", "в", "во", "на", "для", "к", "о", "об", "из", "за", "от", "при"))
_EMPTY_ZH = frozenset("的了在上中下里是和与及等也就都将被把对为以着过这那有并而从到由于之其个一不")


class Says(Enum):
    """What a word of the target says of the term."""

    OWN = "it renders a word of the term or is one of its official words"
    OTHER = "another word of the source accounts for it"
    NOTHING = "nothing accounts for it"
    EMPTY = "a preposition or conjunction"
    BREAK = "a mark or a verb: no group goes on over it"


@dataclass(frozen=True, slots=True)
class Mark:
    """A target word: what it says, how strongly it renders each word of the term, which official words it is like."""

    token: Token
    says: Says
    own: tuple[float, ...] = ()
    like: tuple[float, ...] = ()
    shared: bool = False  # another word of the source accounts for it as well


@dataclass(frozen=True, slots=True)
class _Asked:
    """The term's words in the source, the source text with the term's place, and the official words."""

    own: tuple[str, ...]
    source: str
    span: Span
    official: tuple[str, ...]
    lang: Lang
    joined: bool
    animate: bool  # the wording names a person

    @property
    def rest(self) -> tuple[str, ...]:
        """All other words of the source."""
        return _rest(self.source[: self.span.start], self.source[self.span.end :])


@lru_cache(maxsize=1 << 8)
def _rest(before: str, after: str) -> tuple[str, ...]:
    words = (*bridge.source_words(before), *bridge.source_words(after))
    return tuple(dict.fromkeys(word for word in words if word not in _EMPTY_ZH))


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
        asked = _asked(occurrence, source, form)
        if not asked.own or not asked.official or not _nominal(form.text):
            continue
        spoken = [_spoken(token, asked) for token in view.tokens]
        if not _may_score(spoken, asked, term.kind):
            continue
        marks = [_judged(mark, asked) for mark in spoken]
        for score, first, last in _groups(marks, asked, view, term.kind):
            span = closed(view.text, Span(marks[first].token.start, marks[last].token.end))
            if view.free(span) and likeness.balanced(span.of(view.text)):
                fuller = all(
                    any(m.like[o] >= 0.99 for m in marks[first : last + 1] if m.like)
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
    asked = _asked(occurrence, source, form)
    span = candidate.span
    inside = [token for token in view.tokens if span.start <= token.start and token.end <= span.end]
    marks = [mark for mark in (_spoken(token, asked) for token in inside) if mark.says is not Says.BREAK]
    before = view.before(span.start)
    if before is not None and view.text[before.end : span.start] == " " and before.is_word:
        mark = _spoken(before, asked)
        if analyses(before.text)[0].pos == "ADVB" and max(mark.own, default=0.0) >= _RENDERS:
            return True
    return len(marks) > 1 and any(_judged(mark, asked).says is Says.OTHER for mark in (marks[0], marks[-1]))


def extended(candidate: Candidate, occurrence: Occurrence, source: str, view: View, form: Form) -> Candidate:
    """The candidate with the words right behind it that render the term too and nothing else («управление [партией]»
    for 治党, «Совет безопасности Организации [Объединенных Наций]»)."""
    asked = _asked(occurrence, source, form)
    if not asked.own or len(asked.official) < 2:
        return candidate
    end = last = candidate.span.end
    for token in [token for token in view.tokens if token.start >= end][:3]:
        if view.text[last : token.start] not in (" ", "\u00a0") or not view.free(Span(token.start, token.end)):
            break
        mark = _judged(_spoken(token, asked), asked)
        readings = [a for a in analyses(token.text) if a.pos in ("NOUN", "ADJF", "PRTF")]
        if mark.says is not Says.OWN or mark.shared or max(mark.own, default=0.0) < _RENDERS:
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
    asked = _asked(occurrence, source, form)
    if not asked.own or not source:
        return []
    here = [_spoken(token, asked) for token in inside]
    free = [at for at in range(len(asked.own)) if not any(mark.own and mark.own[at] >= _RENDERS for mark in here)]
    marks = [_judged(_spoken(token, asked), asked) for token in beside] if free else []
    return [
        mark.token
        for mark in marks
        if mark.says is Says.OWN and not mark.shared and mark.own and any(mark.own[at] >= _SURE for at in free)
    ]


def marks(occurrence: Occurrence, source: str, view: View, form: Form) -> list[Mark]:
    """What each word of a Russian target says of the term."""
    asked = _asked(occurrence, source, form)
    return [_judged(_spoken(token, asked), asked) for token in view.tokens]


def _nominal(text: str) -> bool:
    """Is the wording a noun with what belongs to it, no clause?"""
    words = [token.text for token in tokenise(text) if token.is_word]
    parts = [analyses(word)[0].pos for word in words]
    return bool(parts) and parts[0] != "PREP" and not {"INFN", "VERB", "GRND", "PRTS"} & set(parts)


def _asked(occurrence: Occurrence, source: str, form: Form) -> _Asked:
    span = occurrence.span
    own = bridge.source_words(span.of(source))
    official = tuple(token.text for token in tokenise(form.text) if likeness.content(token, "ru"))
    joined = bool(re.search(r"[和与及、]|\b(?:and|or|и|или)\b", f"{span.of(source)} {form.text}"))
    lang = bridge.language_of(span.of(source))
    first = (occurrence.term.forms.get("ru") or (form,))[0]
    animate = occurrence.term.kind == "title" and (
        _person(official) or _person([token.text for token in tokenise(first.text) if token.is_word])
    )
    return _Asked(own, source, span, official, lang, joined, animate)


def _person(words: Sequence[str]) -> bool:
    """Is the first noun one of a person?"""
    nouns = ([a for a in analyses(word) if a.pos == "NOUN"] for word in words)
    return any(a.animate for a in next((found for found in nouns if found), []))


def _animate(inside: Sequence[Mark]) -> bool:
    return _person([mark.token.text for mark in inside])


def _spoken(token: Token, asked: _Asked) -> Mark:
    """What the word says as far as the term's own words tell, the rest of the source left aside."""
    if not token.is_word:
        return Mark(token, Says.EMPTY if token.text in '«»“”„"-‐‑' else Says.BREAK)
    first = analyses(token.text)[0]
    if not likeness.content(token, "ru"):
        return Mark(token, Says.EMPTY if first.pos in ("PREP", "CONJ") else Says.BREAK)
    if first.pos in ("VERB", "INFN", "GRND", "PRTS", "NPRO") and "NOUN" not in {a.pos for a in analyses(token.text)}:
        return Mark(token, Says.BREAK)
    base = _bases(token.text)
    own = tuple(max(bridge.strength(word, s, "ru", asked.lang) for word in base) for s in asked.own)
    return Mark(token, Says.NOTHING, own, tuple(likeness.words(token.text, word, "ru") for word in asked.official))


def _judged(made: Mark, asked: _Asked) -> Mark:
    """The mark of `_spoken`, the other words of the source heard."""
    if made.says is not Says.NOTHING:
        return made
    token = made.token
    base, own, like = _bases(token.text), made.own, made.like
    mine, alike = max(own, default=0.0), max(like, default=0.0)
    if alike >= 0.99 or (alike >= 0.75 and mine >= _RENDERS):
        return Mark(token, Says.OWN, own, like)
    enough = mine + 0.11 if mine >= _RENDERS else _SURE if alike >= 0.75 else _RENDERS  # more would say the same
    other = 0.0
    for source in asked.rest:
        other = max([other, *(bridge.strength(word, source, "ru", asked.lang) for word in base)])
        if other >= min(enough, 1.0):
            break
    if other >= _SURE and mine < _RENDERS:
        return Mark(token, Says.OTHER, own, like)
    if (mine >= _RENDERS and mine + 0.1 >= other) or alike >= 0.75:
        return Mark(token, Says.OWN, own, like, shared=other >= max(mine, _RENDERS) and alike < 0.75)
    return Mark(token, Says.OTHER if other >= _RENDERS else Says.NOTHING, own, like)


def _may_score(marks: Sequence[Mark], asked: _Asked, kind: str) -> bool:
    """May any stretch of the words render enough of the term? Judged without the rest of the source, which is dear."""
    inside = [mark for mark in marks if mark.says is Says.NOTHING]
    if not any(max((*mark.own, *mark.like), default=0.0) >= _SURE for mark in inside):
        return False
    return _recall(inside, asked) >= _LEAST[kind == "term"][0]


@lru_cache(maxsize=1 << 14)
def _bases(word: str) -> tuple[str, ...]:
    return tuple(sorted(lemmas(word))[:3]) or (fold(word),)


def _groups(marks: Sequence[Mark], asked: _Asked, view: View, kind: str) -> Iterator[tuple[float, int, int]]:
    """(score, first, last) of each complete stretch that is sure enough."""
    longest = 2 * max(len(asked.own), len(asked.official)) + 1
    for first, opener in enumerate(marks):
        if opener.says not in (Says.OWN, Says.NOTHING) or not _opens(opener.token):
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
    said = [at for at, value in enumerate(first.own) if value >= _RENDERS]
    return all(any(mark.own[at] >= _RENDERS for mark in rest if mark.own) for at in said)


def _opens(token: Token) -> bool:
    readings = {a.pos for a in analyses(token.text)}
    return bool(readings & {"NOUN", "ADJF", "PRTF", "NUMR", "ADVB", "UNKN", "LATN"})


def _closes(token: Token) -> bool:
    return bool({a.pos for a in analyses(token.text)} & {"NOUN", "UNKN", "LATN"})


def _goes_on(marks: Sequence[Mark], first: int, last: int, asked: _Asked, view: View) -> bool:
    """May the word at `last` belong to a group that begins at `first`?"""
    token, word = marks[last].token, fold(marks[last].token.text)
    if not view.free(Span(token.start, token.end)):
        return False
    if marks[last].says is Says.EMPTY and token.is_word:
        if last == first or last + 1 == len(marks):
            return False
        if word in ("и", "или"):
            return asked.joined
        ahead = next((mark for mark in marks[last + 1 :] if mark.says is not Says.EMPTY), None)
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


def _capital(asked: _Asked) -> bool:
    return any(word[:1].isupper() for word in asked.official)


def _covered(inside: Sequence[Mark], asked: _Asked) -> list[float]:
    """How surely each word of the term is rendered in the stretch."""
    made = [max((mark.own[at] for mark in inside if mark.own), default=0.0) for at in range(len(asked.own))]
    for o, word in enumerate(asked.official):
        if any(mark.like and mark.like[o] >= 0.75 for mark in inside):
            strength = [max(bridge.strength(each, s, "ru", asked.lang) for each in _bases(word)) for s in asked.own]
            made = [max(held, value) for held, value in zip(made, strength, strict=True)]
    return made


def _recall(inside: Sequence[Mark], asked: _Asked) -> float:
    """How much of the term the words render, or how much of the official wording they are."""
    covered = _covered(inside, asked)
    official = [max(mark.like[o] for mark in inside) if inside[0].like else 0.0 for o in range(len(asked.official))]
    return max(sum(covered) / len(covered), sum(value for value in official if value >= 0.75) / len(official))


def _score(inside: Sequence[Mark], asked: _Asked, kind: str) -> float:
    """Mean of how much of the stretch belongs to the term and how much of the term it renders, 0 where too little."""
    worth = {Says.OWN: 1.0, Says.NOTHING: _UNKNOWN}
    precision = sum(worth.get(mark.says, 0.0) for mark in inside) / len(inside)
    recall = _recall(inside, asked)
    spoken = sum(max((*mark.own, *mark.like), default=0.0) >= _SURE for mark in inside)
    short = len(inside) < len(asked.official) and all(max(mark.like, default=0.0) >= 0.99 for mark in inside)
    single = len(inside) == 1 and (len(asked.own) > 1 or len(asked.official) > 1)
    single = single or (kind == "term" and len(asked.own) == 1)
    least = _LEAST[kind == "term"]
    if not spoken or short or single or (asked.animate and not _animate(inside)):
        return 0.0
    if recall < least[0] or precision < least[1]:
        return 0.0
    return (precision + recall) / 2


def _complete(marks: Sequence[Mark], first: int, last: int, inside: Sequence[Mark], asked: _Asked, view: View) -> bool:
    """Does no word beside the stretch belong to it: none that renders the term, and where words of the term are not
    rendered yet, none that nothing else accounts for?"""
    missing = sum(value < _RENDERS for value in _covered(inside, asked)) - sum(
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
