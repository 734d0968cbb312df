"""What stands in an English target for a term that is missing there.

A stretch of words is taken for the rendering of the term where each of its words is one of the official wording or a
translation of one of the term's words, and nearly every word of the term is rendered in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.enforce import bridge
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View, closed
from pipeline.glossary import english_forms
from pipeline.languages.english import FUNCTION_WORDS, is_plural, lemma
from pipeline.model import Occurrence, Span

_WORD = re.compile(r"[^\W\d_]+|\d+")
_OPEN_WORDS = frozenset("of for in on to with from at by and or as the a an its their s between".split())
_LARGE = frozenset(
    "two three four five six seven eight nine ten eleven twelve several many few these those both".split()
)
_SURE = 0.8
_NAMED = 0.55


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def content(self) -> bool:
        return self.text.lower() not in FUNCTION_WORDS and self.text.lower() != "s"


def _words(text: str) -> list[_Word]:
    """Words with hyphenated ones apart; the possessive s is a word of its own that carries nothing."""
    return [_Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 15)
def alike(left: str, right: str) -> float:
    """Likeness of two English words: the same dictionary form 1, the same root 0.75."""
    a, b = lemma(left), lemma(right)
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


@lru_cache(maxsize=1 << 12)
def _term(source: str, form: str) -> _Term:
    lang = bridge.language_of(source)
    words = bridge.source_words(source)
    official = tuple(word.text.lower() for word in _words(form) if word.content)
    links = tuple(tuple(bridge.strength(o, s, "en", lang) for s in words) for o in official)
    unknown = tuple(bridge.unknown(s, "en", lang) and not any(row[at] for row in links) for at, s in enumerate(words))
    return _Term(words, lang, official, links, unknown)


def phrases(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """Stretches that may be the term's rendering, the best of overlapping ones; only the sure ones are for repair."""
    found: list[tuple[float, int, Candidate]] = []
    for rank, form in enumerate(occurrence.term.forms.get("en", ())):
        term = _term(occurrence.form.text, form.text)
        if len(term.official) < 2 and len(term.source) < 2:
            continue
        for score, span, size in _windows(view, term):
            why = f"«{span.of(view.text)}» stands in its place"
            sure = score >= _SURE
            candidate = Candidate(span, 0.9 * score, why, number(view.text, span), True, "", rank, repair=sure)
            found.append((score - 0.12 * min(rank, 1) + 0.02 * size, -size, candidate))
    found.sort(key=lambda item: (-item[0], item[1], item[2].span.start))
    kept: list[Candidate] = []
    for _, _, item in found:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    yield from kept[:4]


def _windows(view: View, term: _Term) -> Iterator[tuple[float, Span, float]]:
    words = _words(view.text)
    like = [[alike(word.text, o) if word.content else 0.0 for o in term.official] for word in words]
    means = [
        [bridge.strength(word.text.lower(), s, "en", term.lang) if word.content else 0.0 for s in term.source]  # type: ignore[arg-type]
        for word in words
    ]
    support = [max([0.0, *like[at], *means[at]]) for at in range(len(words))]
    longest = max(len(term.official), len(term.source)) + 2
    for first, opener in enumerate(words):
        if not opener.content or support[first] < 0.6:
            continue
        inside: list[int] = []
        for last in range(first, min(len(words), first + 2 * longest + 2)):
            if last > first and not _joined(view.text[words[last - 1].end : words[last].start]):
                break
            if not words[last].content:
                if words[last].text.lower() not in _OPEN_WORDS:
                    break
                continue
            inside.append(last)
            if len(inside) > longest:
                break
            if support[last] < 0.6:
                continue
            score = _score(inside, like, means, support, term)
            if score < _NAMED:
                continue
            span = closed(view.text, Span(opener.start, words[last].end))
            if view.free(span) and _balanced(span.of(view.text)):
                yield score, span, sum(support[at] for at in inside)


def _joined(gap: str) -> bool:
    """May two words with `gap` between them belong to one phrase?"""
    return all(char.isspace() or char in "-‐‑'’\"“”«»‘" for char in gap) and "\n" not in gap


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("«") == text.count("»") and text.count('"') % 2 == 0


def _score(
    inside: Sequence[int], like: Sequence[Sequence[float]], means: Sequence[Sequence[float]],
    support: Sequence[float], term: _Term,
) -> float:  # fmt: skip
    """Mean of how many of the stretch's words belong to the term and how much of the term is there, 0..1."""
    precision = sum(support[at] for at in inside) / len(inside)
    sizes = range(len(term.source))
    by_word = []
    for o in range(len(term.official)):
        direct = max(like[at][o] for at in inside)
        over = max((min(means[at][s], term.links[o][s]) for at in inside for s in sizes), default=0.0)
        by_word.append(max(direct, over))
    official = sum(by_word) / len(by_word) if by_word else 0.0
    free = [by_word[o] for o in range(len(term.official)) if not any(term.links[o])]
    rendered = []
    for s in sizes:
        if term.unknown[s]:
            rendered.append(sum(free) / len(free) if free else 0.0)
            continue
        direct = max(means[at][s] for at in inside)
        over = max(
            (min(like[at][o], term.links[o][s]) for at in inside for o in range(len(term.official))), default=0.0
        )
        rendered.append(max(direct, over))
    meaning = sum(rendered) / len(rendered) if rendered else 0.0
    recall = max(official, meaning if len(rendered) > 1 else (meaning + official) / 2)
    if precision < 0.74 or recall < 0.62:
        return min(precision, recall)
    return (precision + recall) / 2


def number(text: str, span: Span) -> tuple[str, ...]:
    """("pl",) where the phrase at `span` is plural by its head or by the numeral before it."""
    phrase = span.of(text)
    before = re.search(r"([^\W_]+)[\s-]+$", text[: span.start])
    if before:
        word = before.group(1).lower()
        if word in _LARGE or (word.isdigit() and word != "1"):
            return ("pl",)
    head = english_forms.head_word(phrase)
    return ("pl",) if head and is_plural(head) and head.lower() not in english_forms.PLURAL_ONLY else ()


def names(found: Iterable[Candidate], view: View) -> Iterator[Candidate]:
    """Names in another transcription without a possessive ending, each for the variant it resembles."""
    from dataclasses import replace

    for candidate in found:
        tail = re.search(r"['’]s?$", candidate.span.of(view.text))
        end = candidate.span.end - (len(tail.group()) if tail else 0)
        yield replace(candidate, span=Span(candidate.span.start, end), same=False)
