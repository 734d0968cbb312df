"""What stands in an English target for a term that is missing there.

A stretch of words is taken for the rendering of the term where each of its words is one of the official wording or a
translation of one of the term's words, and nearly every word of the term is rendered in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.enforce import bridge, english_names
from pipeline.enforce.articles import attributive
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground, by_likeness
from pipeline.enforce.view import View, closed
from pipeline.glossary import english_forms
from pipeline.languages.english import FUNCTION_WORDS, is_plural, lemma
from pipeline.languages.palladius_table import listed
from pipeline.model import Occurrence, Span

_WORD = re.compile(r"[^\W\d_]+|\d+")
_OPEN_WORDS = frozenset(listed("of for in on to with from at by and or as the a an its their s between"))
_LARGE = frozenset(
    listed("two three four five six seven eight nine ten eleven twelve several many few these those both")
)
_NEUTRAL = frozenset(("s", "style", "type"))
_SURE = 0.8
_NAMED = 0.55


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def content(self) -> bool:
        return self.text.lower() not in FUNCTION_WORDS and self.text.lower() not in _NEUTRAL


def _words(text: str) -> list[_Word]:
    """Words with hyphenated ones apart; the possessive s is a word of its own that carries nothing."""
    return [_Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


_SPELLING = re.compile(r"is(?=e$|ed$|ing$|ation$)|our(?=$|al$|ed$)|re$|mme$|ence$")


def _american(match: re.Match[str]) -> str:
    return {"is": "iz", "our": "or", "re": "er", "mme": "m", "ence": "ense"}[match.group()]


@lru_cache(maxsize=1 << 15)
def alike(left: str, right: str) -> float:
    """Likeness of two English words: the same dictionary form 1, the same root 0.75."""
    a, b = (_SPELLING.sub(_american, lemma(word)) for word in (left, right))
    if a == b:
        return 1.0
    size = min(len(a), len(b))
    common = next((at for at in range(size) if a[at] != b[at]), size)
    return 0.75 if (common >= 4 and common >= 0.6 * max(len(a), len(b))) or common >= 7 else 0.0


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as it is looked for: its words in the source, the official words, and which of them render which."""

    source: tuple[str, ...]
    lang: str
    official: tuple[str, ...]
    links: tuple[tuple[float, ...], ...]  # links[o][s]
    unknown: tuple[bool, ...]
    joined: bool  # the term names two things
    head: int  # which official word the others belong to


@lru_cache(maxsize=1 << 12)
def _term(source: str, form: str) -> _Term:
    lang = bridge.language_of(source)
    words = bridge.source_words(source)
    official = tuple(word.text.lower() for word in _words(form) if word.content)
    links = tuple(tuple(bridge.strength(o, s, "en", lang) for s in words) for o in official)
    unknown = tuple(bridge.unknown(s, "en", lang) and not any(row[at] for row in links) for at, s in enumerate(words))
    joined = bool(re.search(r"[和与及、]|\b(?:and|or|и|или)\b", f"{source} {form}"))
    noun = english_forms.head_word(form).lower()
    head = official.index(noun) if noun in official else len(official) - 1
    return _Term(words, lang, official, links, unknown, joined, head)


def phrases(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """Stretches that may be the term's rendering, the best of overlapping ones; only the sure ones are for repair."""
    found: list[tuple[float, int, Candidate]] = []
    several = [form.text for form in occurrence.term.forms.get("en", ())]
    for rank, form in enumerate(occurrence.term.forms.get("en", ())):
        term = _term(occurrence.form.text, form.text)
        if not term.official:
            continue
        if len(term.source) < 2 and (len(term.official) < 2 or occurrence.term.kind == "place"):
            continue
        for score, span, size in _windows(view, term, occurrence.term.kind, form.text, several):
            why = by_likeness(span.of(view.text))
            sure = score >= _SURE and not before_noun(span, form.text, view.text)
            candidate = Candidate(
                span, 0.9 * score, why, number(view.text, span), True, "", rank, repair=sure, ground=Ground.ALIKE
            )
            found.append((score - 0.12 * min(rank, 1) + 0.05 * size, len(span), candidate))
    found.sort(key=lambda item: (-round(item[0], 3), item[1], item[2].span.start))
    kept: list[Candidate] = []
    for _, _, item in found:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    yield from kept[:4]


def before_noun(span: Span, form: str, text: str) -> bool:
    """Are they the words of a plural form in the singular, before another noun («[mineral resource] exploration»)?"""
    said, own = ([word.text.lower() for word in _words(each)] for each in (span.of(text), form))
    singular = not is_plural(english_forms.head_word(span.of(text))) and is_plural(english_forms.head_word(form))
    return singular and [*map(lemma, said)] == [*map(lemma, own)] and attributive(text, span.end)


_LEADS = frozenset(listed("of for in on to with from at by between"))


def _unfinished(words: Sequence[_Word], first: int, last: int, text: str, form: str) -> bool:
    """Has the stretch a preposition that the form has none like, with an object that goes on behind it («officers at
    the police [station]»), or a participle before «by»?"""
    led = next((at for at in range(first + 1, last) if words[at].text.lower() in _LEADS), None)
    if led is None:
        return False
    if words[led].text.lower() == "by" and words[led - 1].text.lower().endswith("ed"):
        return True
    if any(word.text.lower() in _LEADS for word in _words(form)):
        return False
    return attributive(text, words[last].end)


def _part_of(inside: Sequence[int], words: Sequence[_Word], other: str) -> bool:
    """Is the stretch an admitted wording but for some of its words («technological innovation»)?"""
    official = [word.text for word in _words(other) if word.content]
    return len(inside) < len(official) and all(any(alike(words[at].text, o) == 1 for o in official) for at in inside)


def _windows(
    view: View, term: _Term, kind: str, wording: str, others: Sequence[str]
) -> Iterator[tuple[float, Span, float]]:
    words = _words(view.text)
    like = [[alike(word.text, o) if word.content else 0.0 for o in term.official] for word in words]
    for row in like:  # a head that only shares the root is another thing («diplomat», «diplomacy»)
        row[-1:] = [min(row[-1], 0.55) if row[-1] < 1 else 1.0]
    means = [
        [bridge.strength(word.text.lower(), s, "en", term.lang) if word.content else 0.0 for s in term.source]
        for word in words
    ]
    support = [max([0.0, *like[at], *means[at]]) for at in range(len(words))]
    for at in range(len(words) - 1):  # «self-confidences» is one word
        if view.text[words[at].end : words[at + 1].start] == "-" and words[at].text.lower() in _FIRST_PARTS:
            support[at] = max(support[at], 0.9 * support[at + 1])
    longest = max(len(term.official), len(term.source)) + 2
    for first, opener in enumerate(words):
        if not opener.content or support[first] < 0.6:
            continue
        inside: list[int] = []
        for last in range(first, min(len(words), first + 2 * longest + 2)):
            if last > first and not _joined(view.text[words[last - 1].end : words[last].start]):
                break
            if not words[last].content:
                if words[last].text.lower() not in _OPEN_WORDS | _NEUTRAL or (
                    words[last].text.lower() in ("and", "or") and not term.joined
                ):
                    break
                continue
            inside.append(last)
            if len(inside) > longest:
                break
            if support[last] < 0.6:
                continue
            score, whole, mass = _score(inside, like, means, support, term)
            if score < _NAMED:
                continue
            opens = opener.start
            if first and _repeated(words, first, inside, like, view.text):
                opens = words[first - 1].start
            span = closed(view.text, Span(with_prefix(view.text, opens), words[last].end))
            house = _HOUSE.match(view.text, span.end) if kind == "body" else None
            if house and house.group(1).lower() not in term.official:
                span = Span(span.start, house.end())
            if not view.free(span) or not balanced(span.of(view.text)):
                continue
            short = len(inside) < len(term.official) and all(max(like[at]) == 1 for at in inside)  # a second mention
            if short and kind in ("title", "body") and len(term.source) > 1 and not term.joined:
                said = [term.official.index(w) for at in inside if (w := words[at].text.lower()) in term.official]
                whole_ = all(max(means[at][s] for at in inside) >= 0.85 for s in range(len(term.source)))
                short = not whole_ or said == sorted(said)
            if (
                kind == "body"
                and not whole
                and _but_one(inside, like, term)
                and view.text[span.end : span.end + 1] != "-"
            ):
                score, whole = max(score, _SURE), True
            alien = kind != "title" and max(max(like[at], default=0.0) for at in inside) < 0.75
            if kind == "place" and any(english_names.derived(words[last].text.lower(), o) for o in term.official):
                continue
            cut = view.text[max(0, span.start - 2) : span.start][-1:] == "-" and view.text[span.start - 2].isalpha()
            alien = alien or (kind == "place" and like[last][-1] < 0.5)
            alien = alien or (kind == "title" and not _of_person(inside, like, means, term))
            near = kind == "term" and alike(words[last].text, term.official[-1]) == 0.75  # «diplomat» for diplomacy
            after = words[last + 1].text.lower() if last + 1 < len(words) else ""
            rest = [o for o in term.official if all(alike(words[at].text, o) < 0.99 for at in inside)]
            if (
                len(inside) == 1
                or (len(term.official) > 1 and term.official[0] == term.official[-1])  # «year on year» is no noun
                or (after in rest and view.text[words[last].end : words[last + 1].start] == " ")
                or short
                or alien
                or near
                or cut
                or _cut_row(words, first, last, view.text)
                or (not whole and _beside(words, first, last, view.text))
                or _unfinished(words, first, last, view.text, wording)
                or (kind in ("term", "slogan") and any(_part_of(inside, words, other) for other in others))
            ):
                score = min(score, _SURE - 0.01)
            extra = [
                at
                for at in inside
                if support[at] >= 0.8 and (at - 1 in inside or (at < last and words[at + 1].content))
            ]
            yield score, span, mass + len(extra)


_FIRST_PARTS = frozenset(("self", "well", "co"))


def _but_one(inside: Sequence[int], like: Sequence[Sequence[float]], term: _Term) -> bool:
    """Are the words those of the official name, in order, but for one in the middle («Supreme [National] Court»)?"""
    size = len(term.official)
    if size < 3 or len(inside) != size:
        return False
    same = [like[at][o] >= 0.99 for o, at in enumerate(inside)]
    return same[0] and same[-1] and sum(same) == size - 1


def strays(candidate: Candidate, occurrence: Occurrence, source: str, view: View) -> bool:
    """Does the stretch hold a word that renders another word of the source and none of the term («Supreme [Arbitration]
    Court» where 仲裁 stands beside 最高人民法院)?"""
    span = occurrence.span
    own = bridge.source_words(span.of(source))
    rest = (*bridge.source_words(source[: span.start]), *bridge.source_words(source[span.end :]))
    lang = bridge.language_of(source)
    wanted = [w.text for form in occurrence.term.forms.get("en", ()) for w in _words(form.text) if w.content]
    for word in _words(candidate.span.of(view.text)):
        if not word.content or any(alike(word.text, each) >= 0.75 for each in wanted):
            continue
        low = word.text.lower()
        mine = max((bridge.strength(low, each, "en", lang) for each in own), default=0.0)
        other = max((bridge.strength(low, each, "en", lang) for each in rest), default=0.0)
        before = bridge.source_words(source[max(0, span.start - 4) : span.start])[-1:]
        beside = any(bridge.strength(low, each, "en", lang) == 1 for each in before)  # 最高|法院院长
        if (mine < 0.6 and other >= 0.85) or (mine < 1 and beside):
            return True
    return False


def _repeated(
    words: Sequence[_Word], first: int, inside: Sequence[int], like: Sequence[Sequence[float]], text: str
) -> bool:
    """Does the word right before say again a word of the stretch that is not the term's («[One] Belt One Road»)?"""
    before = words[first - 1]
    if text[before.end : words[first].start] != " " or before.text.lower() in FUNCTION_WORDS:
        return False
    return any(max(like[at]) < 0.6 and words[at].text.lower() == before.text.lower() for at in inside)


def _of_person(
    inside: Sequence[int], like: Sequence[Sequence[float]], means: Sequence[Sequence[float]], term: _Term
) -> bool:
    """Does a word of the stretch answer the office itself («secretary»), not only what it belongs to?"""
    places = [s for s, value in enumerate(term.links[term.head]) if value >= 0.85]
    return not places or any(like[at][term.head] >= 0.75 or max(means[at][s] for s in places) >= 0.85 for at in inside)


def _cut_row(words: Sequence[_Word], first: int, last: int, text: str) -> bool:
    """Does a name go on behind the stretch («National Committee of the Chinese» in … of the Chinese People's …)?"""
    if last + 1 >= len(words) or not any(word.text.lower() in ("of", "for") for word in words[first:last]):
        return False
    left, right = words[last], words[last + 1]
    if right.text == "s" and last + 2 < len(words):
        left, right = right, words[last + 2]
    name = words[last].text[:1].isupper() and right.text[:1].isupper() and right.content
    return name and text[left.end : right.start] in (" ", "\u00a0")


_PREFIX = re.compile(r"(?<![\w-])(?:all|pan|inter|multi|trans|on|in|at|by|near)[-‐‑]$", re.IGNORECASE)


_HOUSE = re.compile(r"['’]s (Office|Bureau|Department|Agency)\b")  # «Prosecutor's Office» for Procuratorate


def with_prefix(text: str, start: int) -> int:
    """Where the hyphenated word begins whose first part is a mere prefix or preposition («All-China», «on-sea»)."""
    prefix = _PREFIX.search(text, max(0, start - 8), start)
    return prefix.start() if prefix else start


def _beside(words: Sequence[_Word], first: int, last: int, text: str) -> bool:
    """Does a word of meaning touch the stretch, which may be what renders the rest of the term?"""
    return any(
        words[at].content and text[left:right].strip(" -‐‑") == ""
        for at, left, right in (
            (first - 1, words[first - 1].end, words[first].start) if first else (last, 0, 1),
            (last + 1, words[last].end, words[last + 1].start) if last + 1 < len(words) else (first, 0, 1),
        )
        if not first <= at <= last
    )


def _joined(gap: str) -> bool:
    """May two words with `gap` between them belong to one phrase?"""
    return all(char.isspace() or char in "-‐‑'’\"“”«»‘" for char in gap) and "\n" not in gap


def balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("«") == text.count("»") and text.count('"') % 2 == 0


def _score(
    inside: Sequence[int], like: Sequence[Sequence[float]], means: Sequence[Sequence[float]],
    support: Sequence[float], term: _Term,
) -> tuple[float, bool, float]:  # fmt: skip
    """Mean of how many of the stretch's words belong to the term and how much of the term is there, 0..1; whether all
    of it is there; and how many of its words, the source's and the official ones together."""
    precision = sum(support[at] for at in inside) / len(inside)
    sizes, officials = range(len(term.source)), range(len(term.official))
    links = term.links
    by_word = _paired([[
        max([like[at][o], *(min(means[at][s], links[o][s]) for s in sizes)]) for o in officials] for at in inside
    ])  # fmt: skip
    official = sum(by_word) / len(by_word) if by_word else 0.0
    free = [by_word[o] for o in officials if not any(links[o])]
    rendered = _paired([[
        max([means[at][s], *(min(like[at][o], links[o][s]) for o in officials)]) for s in sizes] for at in inside
    ])  # fmt: skip
    rendered = [(sum(free) / len(free) if free else 0.0) if term.unknown[s] else rendered[s] for s in sizes]
    meaning = sum(rendered) / len(rendered) if rendered else 0.0
    recall = max(official, meaning if len(rendered) > 1 else (meaning + 2 * official) / 3)
    whole = min(by_word, default=0.0) >= 0.5 or (len(rendered) > 1 and min(rendered) >= 0.5)
    whole = whole or (len(rendered) == 1 and len(inside) > 1 and min(support[at] for at in inside) >= 0.8)
    mass = sum(by_word) + (len(rendered) if min(by_word, default=0.0) >= 0.99 else sum(rendered))
    if precision < 0.74 or recall < 0.62:
        return min(precision, recall), whole, mass
    return (precision + recall) / 2, whole, mass


def _paired(rows: Sequence[Sequence[float]]) -> list[float]:
    """For each column the value of the row it is paired with, one to one, the best pairs first."""
    size = len(rows[0]) if rows else 0
    pairs = sorted(
        ((value, -r, -c) for r, row in enumerate(rows) for c, value in enumerate(row) if value), reverse=True
    )
    result = [0.0] * size
    used: set[int] = set()
    for value, r, c in pairs:
        if r not in used and not result[-c]:
            used.add(r)
            result[-c] = value
    return result


def number(text: str, span: Span) -> tuple[str, ...]:
    """("pl",) where the phrase at `span` is plural by its head or by the numeral before it."""
    phrase = span.of(text)
    before = re.search(r"(?<!\bNo\. )(?<!№ )(?<!\bnumber )\b([^\W_]+)[\s-]+$", text[: span.start])
    if before:
        word = before.group(1).lower()
        if word in _LARGE or (word.isdigit() and word != "1"):
            return ("pl",)
    head = english_forms.head_word(phrase)
    if not head or not is_plural(head):
        return ()
    return english_forms.things(text, span) if head.lower() in english_forms.PLURAL_ONLY else ("pl",)
