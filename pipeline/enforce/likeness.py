"""How much a stretch of the target resembles an official wording, word by word.

Each word of the wording is paired one to one with the nearest word of the stretch (the same lemma 1, the same root
0.75, near in meaning less); the mean over both sides is the likeness (the idea of BERTScore, Zhang et al. 2020, on
lemmas and static vectors).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.enforce import meaning
from pipeline.enforce.result import Ground, by_likeness
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import STOPS, View, closed
from pipeline.languages import chinese
from pipeline.languages.russian.analyse import Token, analyses, fold, is_known, lemmas, tokenise
from pipeline.languages.russian.paradigm import paradigm
from pipeline.model import Form, Span, Term

if TYPE_CHECKING:
    from pipeline.enforce.candidates import Candidate

FLOOR = 0.6
_EMPTY_RU = frozenset(["PREP", "CONJ", "PRCL", "INTJ"])
_EMPTY_EN = frozenset(
    [
        *(
            "the",
            "a",
            "an",
            "of",
            "for",
            "in",
            "on",
            "to",
            "with",
            "from",
            "at",
            "by",
            "and",
            "or",
            "as",
            "its",
            "their",
        ),
        *(
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "has",
            "have",
            "had",
            "will",
            "would",
            "can",
            "may",
            "must",
            "shall",
        ),
    ]
)
_EMPTY_ZH = frozenset("的之与和在了等地得")
_PAIRS = (("«", "»"), ("“", "”"), ("„", "“"), ("(", ")"), ("《", "》"), ("「", "」"))


@lru_cache(maxsize=1 << 14)
def names(found: str, form: str) -> float:
    """Likeness of two transcriptions of a name in one script: sound first, then letters."""
    from rapidfuzz.distance import Levenshtein

    heard = sounds(found, form)
    if heard < 0.5:
        return heard
    written = Levenshtein.normalized_similarity(fold(found), fold(form))
    return 0.65 * heard + 0.35 * written


def root_alike(left: str, right: str) -> bool:
    """Do two lemmas share a root, as far as their beginnings tell?"""
    if left[:4] != right[:4]:
        return False
    size = min(len(left), len(right))
    common = 0
    while common < size and left[common] == right[common]:
        common += 1
    return (common >= 4 and common >= 0.6 * max(len(left), len(right))) or common >= 6


@lru_cache(maxsize=1 << 16)
def words(left: str, right: str, lang: str) -> float:
    """Likeness of two word forms, 0..1."""
    if lang == "zh":
        return 1.0 if left == right else 0.75 if len(left) > 1 and set(left) & set(right) else 0.0
    if lang == "en":
        a, b = _english_lemma(left), _english_lemma(right)
        return 1.0 if a == b else 0.75 if root_alike(a, b) else 0.0
    return rooted(left, right) or max((meaning.near(a, b) for a in lemmas(left) for b in lemmas(right)), default=0.0)


@lru_cache(maxsize=1 << 16)
def rooted(left: str, right: str, lang: str = "ru") -> float:
    """1 for two forms of one Russian word, 0.75 for words of one root or a misspelling, else 0."""
    if not _roots(left).isdisjoint(_roots(right)):
        left_lemmas, right_lemmas = lemmas(left), lemmas(right)
        if left_lemmas & right_lemmas:
            return 1.0
        if any(root_alike(a, b) for a in left_lemmas for b in right_lemmas):
            return 0.75
    return 0.75 if _misspelt(left, right) else 0.0


@lru_cache(maxsize=1 << 15)
def _roots(word: str) -> frozenset[str]:
    """The letters with which the lemmas begin: of one word or root are but words that share them."""
    return frozenset(lemma[:4] for lemma in lemmas(word))


def _misspelt(left: str, right: str) -> bool:
    """Is one a misspelling of the other: letters nearly alike, and not both words of the dictionary?"""
    size = max(len(left), len(right))
    if size < 5 or abs(len(left) - len(right)) > size // 4 or (is_known(left) and is_known(right)):
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(fold(left), fold(right)) <= size // 4


def _english_lemma(word: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(word.lower(), lang="en"))


def content(token: Token, lang: str) -> bool:
    """Does the word carry meaning?"""
    if not token.is_word:
        return False
    if lang == "en":
        return token.text.lower() not in _EMPTY_EN
    if lang == "zh":
        return token.text not in _EMPTY_ZH
    first = analyses(token.text)[0]
    return first.pos not in _EMPTY_RU


def phrases(term: Term, view: View) -> Iterator[Candidate]:
    """Stretches of the target that resemble an admitted form at least by FLOOR, the best of overlapping ones.

    Only those that answer the wording word by word are good enough for a repair; the rest serve to say where to look.
    """
    from pipeline.enforce.candidates import Candidate

    if view.lang == "zh":
        yield from _chinese(term, view)
        return
    best: list[Candidate] = []
    for rank, form in enumerate(term.forms.get(view.lang, ())):
        official = [token.text for token in tokenise(form.text) if content(token, view.lang)]
        if len(official) < 2 or (view.lang == "ru" and _verbal(official[0])):
            continue
        for window in _windows(term, view, form, official):
            why = by_likeness(window.span.of(view.text))
            close = window.score >= (0.9 if term.kind == "term" else 0.8) and window.exact * 2 >= len(official)
            score = 0.9 * window.score - 0.002 * rank
            best.append(Candidate(window.span, score, why, (), True, "", rank, repair=close, ground=Ground.ALIKE))
    best.sort(key=lambda item: (-item.score, len(item.span)))
    kept: list[Candidate] = []
    for item in best:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    yield from kept[:3]


def _verbal(word: str) -> bool:
    return analyses(word)[0].pos in ("INFN", "VERB", "GRND", "PREP")


def _head(term: Term, form: Form, official: Sequence[str], lang: str) -> int:
    """Index of the wording's head among its content words: in Russian the paradigm's, in English the last."""
    if lang != "ru":
        return len(official) - 1
    made = paradigm(form.text, form.notes, term.kind, term.gender)
    tokens = tokenise(form.text)
    word = tokens[min(made.head, len(tokens) - 1)].text if tokens else ""
    return official.index(word) if word in official else 0


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch, its likeness 0..1 to the wording, and how many of its words are the wording's own."""

    span: Span
    score: float
    exact: int


def _windows(term: Term, view: View, form: Form, official: Sequence[str]) -> Iterator[Window]:
    tokens = view.tokens
    speaks = [content(token, view.lang) for token in tokens]
    akin = rooted if view.lang == "ru" else lambda left, right: words(left, right, view.lang)
    near = sum(
        any(akin(token.text, word) >= 0.75 for word in official)
        for token, each in zip(tokens, speaks, strict=True)
        if each
    )
    if near < max(1, len(official) // 2):
        return
    table = [
        [words(token.text, word, view.lang) for word in official] if each else None
        for token, each in zip(tokens, speaks, strict=True)
    ]
    head: int | None = None
    longest = 2 * len(official) + 4
    commas = any(token.text in (",", "—", "–") for token in tokenise(form.text))
    adjective = view.lang == "ru" and _adjective(official[-1])
    for first, row in enumerate(table):
        if row is None or max(row) < 0.35 or not _may_open(tokens[first], view.lang):
            continue
        rows: list[list[float]] = []
        for last in range(first, min(len(tokens), first + longest)):
            token = tokens[last]
            if token.text in STOPS or token.text == ":" or (token.text == "," and not commas):
                break
            here = table[last]
            if view.lang == "ru" and not _same_group(tokens, first, last):
                break
            if here is None:
                continue
            rows.append(here)
            if max(here) < 0.35 or 2 * len(rows) < len(official):
                continue
            pairs = _paired(rows, len(official))
            if len(rows) > len(official) + len(official) // 3:
                break
            both = sum(pairs)
            score = (both / max(len(rows), len(official)) + both / len(official)) / 2
            span = closed(view.text, Span(tokens[first].start, token.end))
            if view.lang == "ru" and not adjective and _adjective(token.text):
                continue
            if score < FLOOR or not view.free(span) or not balanced(span.of(view.text)):
                continue
            head = _head(term, form, official, view.lang) if head is None else head
            if pairs[head] < 0.6:
                continue
            yield Window(span, score, sum(value >= 0.99 for value in pairs))


def _adjective(word: str) -> bool:
    """Is the word an adjective or participle and no noun?"""
    readings = analyses(word)
    return readings[0].pos in ("ADJF", "PRTF") and not any(a.pos == "NOUN" for a in readings)


def _same_group(tokens: Sequence[Token], first: int, last: int) -> bool:
    """May the word at `last` stand in one nominal group with what is before it: no verb, no noun in the nominative only
    straight after another noun?"""
    readings = analyses(tokens[last].text)
    if readings[0].pos in ("VERB", "INFN", "GRND", "PRTS") and not any(a.pos == "NOUN" for a in readings):
        return False
    if last == first or tokens[last].text[:1].isupper():
        return True
    before = analyses(tokens[last - 1].text)
    if before[0].pos == "NOUN" and readings[0].pos == "NOUN" and readings[0].known:
        return any(a.pos == "NOUN" and a.case in ("gen", "ins", "dat") for a in readings)
    return True


def _paired(rows: Sequence[Sequence[float]], size: int) -> list[float]:
    """For each word of the wording the likeness of the word it is paired with, one to one, the best pairs first."""
    pairs = sorted(((value, r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if value), reverse=True)
    result = [0.0] * size
    used: set[int] = set()
    for value, r, c in pairs:
        if r not in used and not result[c]:
            used.add(r)
            result[c] = value
    return result


def _may_open(token: Token, lang: str) -> bool:
    return lang != "ru" or any(
        a.pos in ("NOUN", "ADJF", "PRTF", "NUMR", "NPRO", "NUMB", "UNKN", "LATN") for a in analyses(token.text)
    )


def balanced(text: str) -> bool:
    """Are quotes and brackets closed inside the stretch?"""
    return all(text.count(a) == text.count(b) for a, b in _PAIRS if a != b) and text.count('"') % 2 == 0


def _chinese(term: Term, view: View) -> Iterator[Candidate]:
    """Stretches of Han characters that share most characters with the official form, in order."""
    from rapidfuzz.distance import LCSseq

    from pipeline.enforce.candidates import Candidate

    text = view.folded.text
    for rank, form in enumerate(term.forms.get("zh", ())):
        wanted = form.text
        size = len(wanted)
        if size < 4 or term.kind in ("person", "place"):
            continue
        edges = {edge for word in chinese.words(text) for edge in (word.start, word.end)}
        windows: list[tuple[float, int, int]] = []
        for start in range(len(text)):
            for end in range(start + max(2, size - 2), min(len(text), start + size + 3) + 1):
                window = text[start:end]
                if any(char in "，。！？；：、" for char in window):
                    break
                shared = LCSseq.similarity(window, wanted)
                score = shared / max(size, len(window)) + 0.04 * (start in edges) + 0.04 * (end in edges)
                if score >= 0.7:
                    windows.append((score, start, end))
        taken: list[Span] = []
        for score, start, end in sorted(windows, key=lambda item: (-item[0], item[1], item[2])):
            span = view.folded.span(start, end)
            if view.free(span) and not any(span.overlaps(other) for other in taken):
                taken.append(span)
                why = by_likeness(span.of(view.text))
                yield Candidate(
                    span,
                    0.9 * score - 0.02 * rank,
                    why,
                    (),
                    False,
                    "",
                    rank,
                    repair=score >= 0.76,
                    ground=Ground.ALIKE,
                )


def whole_words(view: View, span: Span) -> Span:
    """The span widened to whole words (not in Chinese), without white space at its ends."""
    start, end = span.start, span.end
    if view.lang != "zh":
        for token in view.tokens:
            if token.start < end and start < token.end:
                start, end = min(start, token.start), max(end, token.end)
    while start < end and view.text[start].isspace():
        start += 1
    while end > start and view.text[end - 1].isspace():
        end -= 1
    return Span(start, end)
