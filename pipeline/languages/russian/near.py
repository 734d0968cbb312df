"""What the dictionary and the left neighbour say of a word: the readings, its group, the cases that are left to it.

Shared by `slots` and `frames`, which judge words side by side without a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, is_known
from pipeline.languages.russian.disagreement import Disagreement
from pipeline.languages.russian.reading import ADJECTIVAL, agree, cases_of, nouns
from pipeline.languages.russian.reading import adjectives as listed_adjectives
from pipeline.languages.russian.tables import table

Rule = Callable[[Sequence[Token], int], Disagreement | None]
TIMES: Final = frozenset((*table("words", "adverbial"), *table("demand", "time")))


@lru_cache(maxsize=1 << 15)
def read(word: str) -> tuple[Analysis, ...]:
    return tuple(a for a in analyses(word) if a.score > 0.005) if word[:1].isalpha() else ()


def second_genitive(word: str) -> bool:
    """без умолку, без спросу: the second genitive in -у, which the dictionary knows of few words."""
    return any(a.pos == "NOUN" and a.gender == "m" and a.case == "dat" and a.number == "sg" for a in read(word))


@lru_cache(maxsize=1 << 15)
def adjectives(word: str) -> tuple[Analysis, ...]:
    """Readings as an attribute; of a compound that is not listed (импортно-экспортный) those of its last part."""
    head, _, last = word.rpartition("-")
    return listed_adjectives(last if head.endswith(("о", "е")) and not is_known(word) else word)


@lru_cache(maxsize=1 << 15)
def _noun_behind(word: str, attribute: str) -> tuple[Analysis, ...]:
    """Readings as a noun that agrees with the full adjective before it: железная дорога, though «дорога» is more."""
    found = tuple(a for a in read(word) if a.pos == "NOUN")
    if any(a.pos in ADJECTIVAL for a in read(word)) or not is_known(word):
        return ()
    own = adjectives(attribute)
    return tuple(n for n in found if any(agree(a, n) for a in own))


def noun(tokens: Sequence[Token], at: int) -> tuple[Analysis, ...]:
    """Readings of the word at `at` if all are a noun's, or if it stands behind an attribute that makes it one."""
    return nouns(tokens[at].text) or (_noun_behind(tokens[at].text, tokens[at - 1].text) if at else ())


def group(tokens: Sequence[Token], at: int) -> tuple[int, frozenset[str]]:
    """Where the group of the noun at `at` begins, and the cases in which all its attributes agree with it."""
    found = noun(tokens, at)
    first = at
    while first and (own := adjectives(tokens[first - 1].text)):
        fitting = tuple(n for n in found if any(agree(a, n) for a in own))
        if not fitting:
            break
        found, first = fitting, first - 1
    return first, cases_of(found)


def standing(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """Cases that the word before a noun leaves it: the genitive behind a noun, those of a preposition behind one."""
    cases = frozenset(a.case for a in read(tokens[at].text) if a.case)
    place = at - 1
    while place > 0 and adjectives(tokens[place].text):
        place -= 1
    if place < 0:
        return cases
    told = table("government", "prep").get(fold(tokens[place].text))
    if told is not None:
        return cases & frozenset(told.split()) or cases
    if nouns(tokens[place].text) and "gen" in cases:
        return frozenset(("gen",))
    return cases


@lru_cache(maxsize=1 << 15)
def transitive(word: str) -> bool:
    """May the word have an accusative? Not where the tables know the cases that it takes."""
    return any(
        "tran" in a.grammemes and "pssv" not in a.grammemes and a.pos in ("VERB", "INFN", "GRND", "PRTF")
        and "acc" in table("government", "verb").get(fold(a.lemma), "acc").split()
        for a in read(word)
    )  # fmt: skip


class Rules:
    """Rules in order, each with a test of the word it is asked about: one that fails it needs no look at its place."""

    def __init__(self, *rules: tuple[Rule, Callable[[str], bool]]) -> None:
        self._rules = rules
        self.of = lru_cache(maxsize=1 << 15)(self._of)

    def _of(self, word: str) -> tuple[Rule, ...]:
        return tuple(rule for rule, may in self._rules if may(word))

    def first(self, tokens: Sequence[Token], at: int) -> Disagreement | None:
        """What the first of the rules that has something to say of a place says of it."""
        for rule in self.of(tokens[at].text):
            report = rule(tokens, at)
            if report is not None:
                return report
        return None

    def reports(self, tokens: Sequence[Token], places: Iterable[int]) -> list[Disagreement]:
        return [report for at in places if (report := self.first(tokens, at)) is not None]


@lru_cache(maxsize=1 << 15)
def kinds_of(word: str) -> frozenset[str]:
    """Parts of speech of the readings."""
    return frozenset(a.pos for a in read(word))


def only(*kinds: str) -> Callable[[str], bool]:
    """The test: are all readings of the word of these parts of speech?"""
    wanted = frozenset(kinds)

    def may(word: str) -> bool:
        found = kinds_of(word)
        return bool(found) and found <= wanted

    return may


def some(*kinds: str) -> Callable[[str], bool]:
    """The test: is any reading of the word of these parts of speech?"""
    wanted = frozenset(kinds)
    return lambda word: not wanted.isdisjoint(kinds_of(word))


def nominal(word: str) -> bool:
    return bool(nouns(word))


def maybe_noun(word: str) -> bool:
    return "NOUN" in kinds_of(word) or bool(nouns(word))


def attributive(word: str) -> bool:
    return bool(nouns(word) or adjectives(word))


def governing(word: str) -> bool:
    return fold(word) in table("government", "prep")
