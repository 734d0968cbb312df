"""What each word of a Russian target says of a term: whether it renders the term or another word of the source.

A word speaks for the term when it renders a word of it, by the bundled tables, or is a word of the official wording; it
speaks against where another word of the source accounts for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from pipeline.enforce import bridge, likeness
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.model import Form, Lang, Occurrence, Span

RENDERS = 0.6  # strength from which a word renders another
SURE = 0.85
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
class Asked:
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


def asked(occurrence: Occurrence, source: str, form: Form) -> Asked:
    span = occurrence.span
    own = bridge.source_words(span.of(source))
    official = tuple(token.text for token in tokenise(form.text) if likeness.content(token, "ru"))
    joined = bool(re.search(r"[和与及、]|\b(?:and|or|и|или)\b", f"{span.of(source)} {form.text}"))
    lang = bridge.language_of(span.of(source))
    first = (occurrence.term.forms.get("ru") or (form,))[0]
    animate = occurrence.term.kind == "title" and (
        person(official) or person([token.text for token in tokenise(first.text) if token.is_word])
    )
    return Asked(own, source, span, official, lang, joined, animate)


def person(words: Sequence[str]) -> bool:
    """Is the first noun one of a person?"""
    nouns = ([a for a in analyses(word) if a.pos == "NOUN"] for word in words)
    return any(a.animate for a in next((found for found in nouns if found), []))


def spoken(token: Token, asked: Asked, like: Callable[[str, str, Lang], float] = likeness.words) -> Mark:
    """What the word says as far as the term's own words tell, the rest of the source left aside.

    `like`: how like it is to an official word; `likeness.rooted` where what is merely near in meaning counts nothing.
    """
    if not token.is_word:
        return Mark(token, Says.EMPTY if token.text in '«»“”„"-‐‑' else Says.BREAK)
    first = analyses(token.text)[0]
    if not likeness.content(token, "ru"):
        return Mark(token, Says.EMPTY if first.pos in ("PREP", "CONJ") else Says.BREAK)
    if first.pos in ("VERB", "INFN", "GRND", "PRTS", "NPRO") and "NOUN" not in {a.pos for a in analyses(token.text)}:
        return Mark(token, Says.BREAK)
    base = bases(token.text)
    own = tuple(max(bridge.strength(word, s, "ru", asked.lang) for word in base) for s in asked.own)
    return Mark(token, Says.NOTHING, own, tuple(like(token.text, word, "ru") for word in asked.official))


def judged(made: Mark, asked: Asked) -> Mark:
    """The mark of `_spoken`, the other words of the source heard."""
    if made.says is not Says.NOTHING:
        return made
    token = made.token
    base, own, like = bases(token.text), made.own, made.like
    mine, alike = max(own, default=0.0), max(like, default=0.0)
    if alike >= 0.99 or (alike >= 0.75 and mine >= RENDERS):
        return Mark(token, Says.OWN, own, like)
    enough = mine + 0.11 if mine >= RENDERS else SURE if alike >= 0.75 else RENDERS  # more would say the same
    other = 0.0
    for source in asked.rest:
        other = max([other, *(bridge.strength(word, source, "ru", asked.lang) for word in base)])
        if other >= min(enough, 1.0):
            break
    if other >= SURE and mine < RENDERS:
        return Mark(token, Says.OTHER, own, like)
    if (mine >= RENDERS and mine + 0.1 >= other) or alike >= 0.75:
        return Mark(token, Says.OWN, own, like, shared=other >= max(mine, RENDERS) and alike < 0.75)
    return Mark(token, Says.OTHER if other >= RENDERS else Says.NOTHING, own, like)


class Heard:
    """Marks of `_spoken`, judged when they are first asked for: hearing the rest of the source is dear."""

    def __init__(self, spoken: Sequence[Mark], asked: Asked) -> None:
        self.spoken, self._asked = spoken, asked
        self._judged: dict[int, Mark] = {}

    def __len__(self) -> int:
        return len(self.spoken)

    def __getitem__(self, at: int) -> Mark:
        if at not in self._judged:
            self._judged[at] = judged(self.spoken[at], self._asked)
        return self._judged[at]

    def promising(self, first: int, longest: int) -> bool:
        """Has a stretch of at most that many words that begins there a word that surely speaks for the term?"""
        for at in range(first, len(self)):
            mark = self.spoken[at]
            if mark.says is Says.BREAK:
                break
            if mark.says is Says.EMPTY:
                continue
            longest -= 1
            if longest < 0:
                break
            if speaks(mark):
                return True
        return False


def speaks(mark: Mark) -> bool:
    """Does the word surely render a word of the term, or is it one of the wording's?"""
    return max((*mark.own, *mark.like), default=0.0) >= SURE


@lru_cache(maxsize=1 << 14)
def bases(word: str) -> tuple[str, ...]:
    return tuple(sorted(lemmas(word))[:3]) or (fold(word),)
