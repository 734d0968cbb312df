"""What is left over in an English or Chinese target when every other word of the source is accounted for.

A glossary of one's own has made its choice of words, so another rendering of its term is replaced even where it is not
like the official one: a stretch of neighbouring words that nothing else in the source accounts for, some of which
render words of the term in any of the entry's languages, while the rest are no more than the words of the term that
have no rendering yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from pipeline.enforce import bridge, synonyms
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.chinese import is_noun, pieces, tag
from pipeline.enforce.english import alike, balanced, number, with_prefix
from pipeline.enforce.result import Ground, by_tables
from pipeline.enforce.view import View, closed
from pipeline.languages.chinese import frequency, is_han
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.palladius_table import listed
from pipeline.model import LANGS, Lang, Occurrence, Span

_KINDS = ("term", "title", "body")
_RENDERS, _SURE = 0.6, 0.85
_SUFFIXES = frozenset("员者家长部局会署院所站法权制率费业区款金书证单")
_LOCATIVE = frozenset("内外里上中下间")
_EMPTY_ZH = frozenset("的了在上中下里内外是和与及等也就都将被把对为以着过这那有并而从到由于之其个一不两各该此每多")
LINKS = frozenset(("of", "for", "the", "and", "s"))
_COUNTERS = frozenset("一二两三四五六七八九十百千万亿几数多座名位个项次艘家批场届种条份只台辆所")
_NO_NOUN = frozenset(
    listed("""said says will would may must shall can could should has have had been being was were is are also not
    more most many much very only other two three four five six seven eight nine ten last next this that new first
    second than there here now then when while after before during under over per about""")
)

NO_PARTICIPLES = frozenset(
    listed("""red bed bred seed feed weed reed need speed breed deed steed watershed shed sled hundred supply family
    assembly anomaly monopoly fly ally rally reply belly lily jelly homily melancholy""")
)
"""Words in -ed and -ly that are no participles or adverbs."""


class Account(Enum):
    """What a word of the target says of the term: it renders it; nothing accounts for it; another word does, or it is
    no part of a noun phrase."""

    OWN = "own"
    NOTHING = "nothing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int
    says: Account
    own: tuple[tuple[float, ...], ...]  # how surely it renders each word of each form of `asked`
    like: float  # to a word of the official form
    empty: bool = False  # a word without meaning of its own, or one of no noun phrase


def candidates(occurrence: Occurrence, source: str, view: View) -> Iterator[Candidate]:
    """The one stretch that is left for the term; none where several are."""
    term = occurrence.term
    if view.lang == "ru" or term.kind not in _KINDS or synonyms.bundled(term.origin):
        return
    official = tuple(form.text for form in term.forms[view.lang])
    row, several = words(occurrence, source, view), asked(occurrence, view.lang)
    title = term.kind == "title"
    found = [(score, span) for score, span in _runs(row, several, official, view, title=title) if view.free(span)]
    best = max(found, default=None, key=lambda item: item[0])
    if best is None or sum(score >= best[0] - 0.05 for score, _ in found) > 1:
        return
    score, span = best
    cells = number(view.text, span) if view.lang == "en" else ()
    yield Candidate(
        span, 0.8 * score, by_tables(span.of(view.text)), cells, view.lang == "en", "", 0, ground=Ground.TRANSLATED
    )


def words(occurrence: Occurrence, source: str, view: View) -> list[Word]:
    """The words of an English or Chinese target and what each says of the term."""
    official = tuple(form.text for form in occurrence.term.forms[view.lang])
    rest = (
        *bridge.source_words(source[: occurrence.span.start]),
        *bridge.source_words(source[occurrence.span.end :]),
    )
    return list(_words(view, asked(occurrence, view.lang), official, rest, bridge.language_of(source)))


def asked(occurrence: Occurrence, target: Lang) -> tuple[tuple[str, ...], ...]:
    """The words of the term as the source has it and as the entry has it in the third language."""
    own = bridge.language_of(occurrence.form.text)
    several = [occurrence.form.text]
    for lang in LANGS:
        if lang not in (own, target):
            several += [form.text for form in occurrence.term.forms.get(lang, ())][:1]
    made = [_parted(bridge.source_words(text)) for text in several]
    if occurrence.term.kind == "body" and own == "zh" and len(occurrence.form.text) == 2:
        made.append(tuple(occurrence.form.text))  # 俄铁
    return tuple(dict.fromkeys(words for words in made if words))


def _parted(words: Sequence[str]) -> tuple[str, ...]:
    """The words, Chinese ones of three characters and more and hyphenated ones as their parts."""
    found: list[str] = []
    for word in words:
        if "-" in word:
            found += [part for part in word.split("-") if len(part) > 2]
        elif is_han(word) and len(word) == 3:
            found += [word[:1], word[1:]] if not _known(word[:2]) else [word[:2], word[2:]]
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _known(word: str) -> bool:
    return not bridge.unknown(word, "en", "zh")


def _said(word: str, sign: str, target: Lang) -> float:
    """How surely the word of the target renders the sign, which may stand for a compound it begins or ends."""
    return bridge.strength(word, sign, target, bridge.language_of(sign))


def _words(
    view: View, asked: Sequence[Sequence[str]], official: Sequence[str], rest: Sequence[str], lang: Lang
) -> Iterator[Word]:
    target = view.lang
    for text, start, end in _tokens(view, official):
        low = text.lower()
        if target == "en":
            empty = low in FUNCTION_WORDS or low in _NO_NOUN or low.isdigit()
            like = max((alike(low, word) for form in official for word in re.findall(r"\w+", form.lower())), default=0)
        else:
            empty = text in _EMPTY_ZH or not is_han(text) or (set(text) <= _COUNTERS and tag(text) != "n")
            like = 1.0 if any(text in form for form in official) else 0.0
        if empty:
            yield Word(text, start, end, Account.OTHER, (), 0.0, empty=True)
            continue
        own = tuple(tuple(_said(low, sign, target) for sign in form) for form in asked)
        mine = max((value for row in own for value in row), default=0.0)
        other = max((bridge.strength(low, each, target, lang) for each in rest), default=0.0)
        if like >= 0.75 or (mine >= _RENDERS and mine + 0.1 >= other):
            says = Account.OWN
        else:
            says = Account.OTHER if other >= _RENDERS else Account.NOTHING
        yield Word(text, start, end, says, own, like)


def _tokens(view: View, official: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Words and where they stand; a Chinese suffix with what it ends, but where an official form begins with it («通达
    长[静新区域]» for 长泾新区)."""
    if view.lang == "en":
        for match in re.finditer(r"[^\W\d_]+|\d[\d.,]*", view.text):
            yield match.group(), match.start(), match.end()
        return
    row = list(pieces(view.folded.text))
    at = 0
    while at < len(row):
        part = row[at]
        text, last = part.text, part
        inner = len(text) == 2 and text[1] in _LOCATIVE and text[0] in _SUFFIXES and at > 0
        if inner and is_han(row[at - 1].text) and row[at - 1].text not in _EMPTY_ZH:  # 经济|区内
            for place, char in enumerate(text):
                span = view.folded.span(part.start + place, part.start + place + 1)
                yield char, span.start, span.end
            at += 1
            continue
        ends = at + 1 < len(row) and row[at + 1].text in _SUFFIXES and is_han(text) and text not in _EMPTY_ZH
        ends = ends and not any(form.startswith(row[at + 1].text) for form in official)
        if ends and (row[at + 1].text != "会" or frequency(f"{text}会")):  # 机制|会增加
            at += 1
            last = row[at]
            text += last.text
        span = view.folded.span(part.start, last.end)
        yield text, span.start, span.end
        at += 1


def _runs(
    words: Sequence[Word], asked: Sequence[Sequence[str]], official: Sequence[str], view: View, *, title: bool
) -> Iterator[tuple[float, Span]]:
    """(score, span) of each longest stretch of words that nothing else accounts for, where it may be the term."""
    first = 0
    while first < len(words):
        if words[first].says is Account.OTHER:
            first += 1
            continue
        last, row = first, [words[first]]
        while (step := _next(words, last, view)) is not None:
            last = step
            row.append(words[last])
        score = _score(row, asked, view.lang, title=title)
        start = with_prefix(view.text, row[0].start) if view.lang == "en" else row[0].start
        span = closed(view.text, Span(start, row[-1].end))
        if score and not _partial(row, official, view.lang) and balanced(span.of(view.text)):
            yield score, span
        first = last + 1


def _next(words: Sequence[Word], last: int, view: View) -> int | None:
    """The index of the word that goes on with the stretch: right behind, or behind «of the» where it renders a word of
    the term."""
    at = last + 1
    while at < len(words) and view.lang == "en" and words[at].text.lower() in LINKS:
        at += 1
    if at >= len(words) or words[at].says is Account.OTHER:
        return None
    gap = view.text[words[last].end : words[at].start]
    if at == last + 1:
        return at if gap in ("", " ", "-", "'s ", "’s ") else None
    return at if words[at].says is Account.OWN and re.fullmatch("[a-zA-Z ]+", gap) else None


def _partial(row: Sequence[Word], official: Sequence[str], lang: Lang) -> bool:
    """Is it a shortened mention, all of its words the official ones, or an abbreviation?"""
    if lang == "zh":
        return False
    if len(row) == 1 and row[0].text.isupper():
        return True
    size = max(len([w for w in re.findall(r"\w+", form) if w.lower() not in FUNCTION_WORDS]) for form in official)
    return len(row) < size and all(word.like >= 0.75 for word in row)


def _score(row: Sequence[Word], asked: Sequence[Sequence[str]], lang: Lang, *, title: bool) -> float:
    """0..1; 0 where the stretch is no rendering of the term."""
    own = [word for word in row if word.says is Account.OWN]
    free = len(row) - len(own)
    if not own or free > len(own) or (row[-1].says is Account.NOTHING and not noun(row[-1].text, lang)):
        return 0.0
    best = 0.0
    for at, form in enumerate(asked):
        if title and lang == "en" and row[-1].says is not Account.OWN:
            continue
        covered = [max((word.own[at][s] for word in row), default=0.0) for s in range(len(form))]
        there = sum(value >= _RENDERS for value in covered)
        extra = sum(max(word.own[at], default=0.0) < _RENDERS for word in row)
        if not there or 2 * there < len(form) or there + extra < len(form) - len(form) // 5 or len(row) > len(form) + 1:
            continue
        if len(form) == 1 and (covered[0] < _SURE or len(row) > 2):
            continue
        best = max(best, (sum(covered) / len(form) + len(own) / len(row)) / 2)
    return 0.9 + 0.1 * best if best else 0.0


def noun(word: str, lang: Lang) -> bool:
    """May the word be a noun? In Chinese by its tag; of English only what is no participle or adverb."""
    if lang == "zh":
        return is_noun(word) or word[-1] in _SUFFIXES
    return re.search(r"(?:ed|ly)$", word) is None or word.lower() in NO_PARTICIPLES
