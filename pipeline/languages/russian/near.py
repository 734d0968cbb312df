"""What the dictionary and the left neighbour say of a word: the readings, its group, the cases that are left to it.

Shared by `slots` and `frames`, which judge words side by side without a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, Protocol

from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, is_known
from pipeline.languages.russian.disagreement import Disagreement
from pipeline.languages.russian.reading import ADJECTIVAL, agree, cases_of, nouns
from pipeline.languages.russian.reading import adjectives as listed_adjectives
from pipeline.languages.russian.tables import table


class Texted(Protocol):
    """A token of any kind, with a tree or without."""

    @property
    def text(self) -> str: ...


Rule = Callable[[Sequence[Token], int], Disagreement | None]
Test = Callable[[str], bool]
TIMES: Final = frozenset((*table("words", "adverbial"), *table("demand", "time")))


@lru_cache(maxsize=1 << 15)
def read(word: str) -> tuple[Analysis, ...]:
    return tuple(a for a in analyses(word) if a.score > 0.005) if word[:1].isalpha() else ()


def second_genitive(word: str, preposition: str = "без") -> bool:
    """без умолку, без спросу, с голоду: the second genitive in -у, which the dictionary knows of few words."""
    if preposition != "без" and fold(word) not in table("words", "second-genitive"):
        return False
    if preposition not in ("без", "с", "со", "из", "от"):
        return False
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


def noun(tokens: Sequence[Texted], at: int) -> tuple[Analysis, ...]:
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


def _adjectival(word: str) -> bool:
    """Is it nothing but an adjective, though one that may stand alone: на каждый лифт, в последнее время?"""
    readings = read(word)
    return bool(readings) and all(a.pos == "ADJF" for a in readings)


def standing(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """Cases that the word before a noun leaves it: the genitive behind a noun, those of a preposition behind one."""
    cases = frozenset(a.case for a in read(tokens[at].text) if a.case)
    place = at - 1
    while place > 0 and (adjectives(tokens[place].text) or _adjectival(tokens[place].text)):
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


def set_adverb(tokens: Sequence[Texted], at: int) -> bool:
    """в дальнейшем, в среднем: does the adjective make an adverb with the preposition before it, and no attribute?"""
    return at > 0 and f"{fold(tokens[at - 1].text)}_{fold(tokens[at].text)}" in table("words", "set-adverb")


def framed(tokens: Sequence[Texted], inside: int, outer: int) -> bool:
    """Belongs the noun `inside` to an attribute of the noun `outer`: кратчайший в истории срок, потерявший ход корабль?

    The attribute stands before `inside` and agrees with `outer`; between them is a preposition, or the attribute
    does not agree with `inside`, or has it as its agent (в крытой соломой хижине).
    """
    if inside < 1 or outer >= len(tokens):
        return False
    theirs, own = noun(tokens, outer), nouns(tokens[inside].text)
    if not theirs or not own:
        return False
    apart = counted = False
    for place in range(inside - 1, max(-1, inside - 6), -1):
        text = tokens[place].text
        if not text[:1].isalpha():
            return False
        if fold(text) in table("government", "prep"):
            apart = True
            continue
        if read(text) and all(a.pos == "NUMR" for a in read(text)):
            counted = True  # связующее два народа звено
            continue
        found = tuple(a for a in read(text) if a.pos in ADJECTIVAL)
        if len(found) != len(read(text)) or not found:
            if nouns(text) and not apart:
                continue
            return False
        mine = any(agree(a, n) for a in found for n in own)
        taking = (counted or "acc" in cases_of(own)) and any({"actv", "tran"} <= a.grammemes for a in found)
        if taking and (mine or counted) and any(agree(a, n) for a in found if a.pos == "PRTF" for n in theirs):
            return True  # в имеющую нужную квалификацию лабораторию
        if any(agree(a, n) for a in found for n in theirs) and (apart or not mine or "ins" in cases_of(own)):
            return apart or any(a.pos == "PRTF" or fold(a.lemma) in table("words", "takes") for a in found)
    return False


def beyond(tokens: Sequence[Token], at: int, inside: int) -> bool:
    """Agrees the attribute at `at` with the noun behind `inside`, or is it a participle that stands for people?

    «Выздоровевших дети выпускают», «в первый год…, а на третий полки…».
    """
    own = read(tokens[at].text)
    if framed(tokens, inside, inside + 1):
        return True
    if any("Anum" in a.grammemes for a in own) and at and fold(tokens[at - 1].text) in table("government", "prep"):
        earlier = (read(token.text) for token in tokens[: at - 1])
        return any("Anum" in a.grammemes for found in earlier for a in found)
    people = any(a.pos == "PRTF" and a.number == "pl" and a.case == "acc" and a.animate for a in own)
    subject = any(n.case == "nom" for n in nouns(tokens[inside].text))
    return people and subject and any(transitive(token.text) for token in tokens[inside + 1 : inside + 4])


def several(tokens: Sequence[Texted], at: int, place: int) -> bool:
    """нынешние зал, книгохранилище и павильон; уездные комиссия по проверке дисциплины и надзорная комиссия; северное и
    южное крылья: attribute and noun differ in number."""
    if place >= len(tokens):
        return False
    one = [a for a in read(tokens[at].text) if a.pos in ADJECTIVAL and a.number == "sg"]
    plural = [n for n in nouns(tokens[place].text) if n.number == "pl"]
    joined = any(fold(token.text) in ("и", "или") for token in tokens[max(0, at - 2) : at])
    if joined and any(a.case == n.case for a in one for n in plural):
        earlier = (a for token in tokens[max(0, at - 4) : at] for a in read(token.text) if a.pos in ADJECTIVAL)
        if any(a.case == n.case for a in earlier for n in plural):
            return True
    own = {a.case for a in read(tokens[at].text) if a.pos in ADJECTIVAL and a.number == "pl"}
    shared = own & {n.case for n in nouns(tokens[place].text) if n.number == "sg"}
    if not shared or place + 2 >= len(tokens):
        return False
    if fold(tokens[place + 1].text) in (",", "и", "или"):
        second = next((found for token in tokens[place + 2 : place + 5] if (found := nouns(token.text))), ())
        return bool(shared & cases_of(second))
    joined = False
    for token in tokens[place + 1 : place + _FAR]:
        if token.text in ",.;:—(" or any(a.pos in ("VERB", "INFN") for a in read(token.text)[:1]):
            return False
        if fold(token.text) in ("и", "или"):
            joined = True
        elif joined and shared & cases_of(nouns(token.text)):
            return True
    return False


_FAR: Final = 11  # words within which the second of two nouns stands that share an attribute


def opens(tokens: Sequence[Texted], at: int) -> bool:
    """на первом этаже аптека: is the noun at `at` the subject of a clause without verb that a place begins?"""
    start = at - 1
    while (start > 0 and adjectives(tokens[start - 1].text)) or fold(tokens[start - 1].text) in _EACH:
        start -= 1
    if start < 1 or fold(tokens[start - 1].text) not in _WHERE or "nom" not in cases_of(noun(tokens, at)):
        return False
    if any(n.case not in ("prp", "loc", "ins", "gen") and n.score > 0.6 for n in nouns(tokens[at - 1].text)):
        return False
    if any(fold(n.lemma).endswith(_ABSTRACT) or fold(n.lemma) in _FIELDS for n in nouns(tokens[at - 1].text)):
        return False
    if start > 1 and tokens[start - 2].text not in ".,;:—–" and fold(tokens[start - 2].text) not in ("и", "а"):
        return False
    for token in tokens[at:]:
        if token.text in ",;:.—–":
            break
        if any(a.pos in ("VERB", "PRTS", "ADJS", "INFN", "PRED") for a in read(token.text)):
            return False
    return True


_EACH: Final = frozenset(
    ("каждом", "каждой", "одном", "одной", "самом", "самой", "этом", "этой", "нем", "ней", "каком", "какой")
)
_WHERE: Final = frozenset(("в", "во", "на", "у", "под", "над", "за", "перед", "при", "возле"))
_ABSTRACT: Final = ("ение", "ание", "тие", "ция", "ость", "ство", "изм", "ура")
_FIELDS: Final = frozenset(("область", "сфера", "отрасль", "ход", "процесс", "рамка", "условие", "период", "контроль"))


def adverbial(tokens: Sequence[Texted], at: int, behind: Iterable[Analysis]) -> bool:
    """Is the word at `at` an adverb here: «устроил внутри винтовую лестницу», «а позади деревня»?"""
    if fold(tokens[at].text) not in table("words", "aside"):
        return False
    before = tokens[at - 1].text if at else ","
    if any(agree(a, n) for a in adjectives(before) for n in behind):
        return True  # голосовавшая против страна, сидящим вокруг женщинам
    if not {"nom", "acc"} & cases_of(behind):
        return False
    if before in ",;:—–" or fold(before) in ("а", "и", "но"):
        return True
    return transitive(before)


class Rules:
    """Rules in order, each with a test of the word it is asked about: one that fails it needs no look at its place."""

    def __init__(self, *rules: tuple[Rule, Test]) -> None:
        self._rules = rules
        self.of = lru_cache(maxsize=1 << 15)(self._of)

    def _of(self, word: str) -> tuple[Rule, ...]:
        told: dict[Test, bool] = {}  # several rules ask the same
        return tuple(
            rule for rule, may in self._rules if (told[may] if may in told else told.setdefault(may, may(word)))
        )

    def first(self, tokens: Sequence[Token], at: int) -> Disagreement | None:
        """What the first of the rules that has something to say of a place says of it."""
        for rule in self.of(tokens[at].text):
            report = rule(tokens, at)
            if report is not None:
                return report
        return None

    def reports(self, tokens: Sequence[Token], places: Iterable[int]) -> list[Disagreement]:
        found = []
        for at in places:
            for rule in self.of(tokens[at].text):  # `first`, without a call for each word
                if (report := rule(tokens, at)) is not None:
                    found.append(report)
                    break
        return found


@lru_cache(maxsize=1 << 15)
def kinds_of(word: str) -> frozenset[str]:
    """Parts of speech of the readings."""
    return frozenset(a.pos for a in read(word))


@cache
def only(*kinds: str) -> Test:
    """The test: are all readings of the word of these parts of speech?"""
    wanted = frozenset(kinds)

    def may(word: str) -> bool:
        found = kinds_of(word)
        return bool(found) and found <= wanted

    return may


@cache
def some(*kinds: str) -> Test:
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
