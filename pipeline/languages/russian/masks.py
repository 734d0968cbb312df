"""What of a Russian sentence can be masked and asked for: nouns, adjectives before them that agree, finite verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pipeline.languages.russian import fitness
from pipeline.languages.russian.analyse import fold, is_known, parses

CASES: Final = ("nom", "gen", "dat", "acc", "ins", "prp")
CELLS: Final = tuple(case + number for case in CASES for number in ("", ".pl"))  # the order of the bits
ACCORD: Final = ("m", "f", "n", "pl")  # what an adjective, a finite verb or a short form agrees with, likewise
_TAGS: Final = {"nomn": 0, "gent": 1, "gen2": 1, "datv": 2, "accs": 3, "acc2": 3, "ablt": 4, "loct": 5, "loc2": 5}
_SMALL: Final = 0.005  # readings less likely than this are no reading


@dataclass(frozen=True, slots=True)
class Nature:
    """What is known of a masked word: its lexeme, and the class "M.…" of its part of speech, gender and animacy."""

    lexeme: str
    told: str


def nature(word: str, *, gender: str = "", animate: bool | None = None, name: str = "") -> Nature:
    """Of a word by the dictionary, or by what is said of a noun: gender m f n, animacy, "Name" "Surn" "Geox" of names.

    `word` is the dictionary form where something is said, else any form.
    """
    if gender or not is_known(word):
        sex = {"m": "masc", "f": "femn", "n": "neut"}.get(gender, "")
        return Nature(fitness.lexeme(word), _told("NOUN", {"anim" if animate else "inan", sex, name}))
    best = parses(word)[0]
    return Nature(fold(str(best.normal_form)), _told(str(best.tag.POS), best.tag.grammemes))


_LASTING: Final = {
    "NOUN": ("masc", "femn", "neut", "ms-f", "anim", "inan", "Pltm", "Name", "Surn", "Geox"),
    "VERB": ("past", "pres", "futr", "3per", "tran", "intr"),
    "PRTS": ("past", "pres", "pssv"),
}


def _told(pos: str, grammemes: Any) -> str:
    return ".".join(("M", pos, *(name for name in _LASTING.get(pos, ()) if name in grammemes)))


@lru_cache(maxsize=1 << 16)
def accord(word: str) -> int:
    """What a finite verb or a short form agrees with, as bits in the order of ACCORD; 0 of any other word, and of what
    agrees with a first or second person."""
    if not word[:1].isalpha() or not is_known(word):
        return 0
    readings = [p for p in parses(word) if p.score >= _SMALL]
    if not readings or readings[0].tag.POS not in ("VERB", "PRTS", "ADJS"):
        return 0
    found = 0
    for parse in readings:
        tag = parse.tag
        if tag.POS != readings[0].tag.POS or parse.normal_form != readings[0].normal_form:
            continue
        if "impr" in tag.grammemes or tag.person in ("1per", "2per"):
            return 0
        found |= 8 if tag.number == "plur" else _SEXES.get(str(tag.gender), 7)
    return found


_SEXES: Final = {"masc": 1, "femn": 2, "neut": 4}


@lru_cache(maxsize=1 << 16)
def cells_of(word: str) -> int:
    """The cells a noun's form may be, as bits in the order of CELLS; 0 where the word may be no declined noun."""
    if not word[:1].isalpha() or not is_known(word) or (len(word) > 1 and word.isupper()):
        return 0
    readings = [p for p in parses(word) if p.score >= _SMALL]
    if not readings or readings[0].tag.POS != "NOUN" or "Fixd" in readings[0].tag.grammemes:
        return 0
    found = 0
    for parse in readings:
        tag = parse.tag
        if tag.POS == "NOUN" and parse.normal_form == readings[0].normal_form and str(tag.case) in _TAGS:
            found |= 1 << (2 * _TAGS[str(tag.case)] + (tag.number == "plur"))
    return found


@lru_cache(maxsize=1 << 16)
def modifier(word: str) -> tuple[tuple[int, str], ...]:
    """(cell as bits, gender in the singular) of every reading of an adjective or participle; () of any other word."""
    if not word[:1].isalpha() or not is_known(word):
        return ()
    found = []
    for parse in parses(word):
        tag = parse.tag
        if tag.POS in ("ADJF", "PRTF") and str(tag.case) in _TAGS:
            bit = 1 << (2 * _TAGS[str(tag.case)] + (tag.number == "plur"))
            found.append((bit, "" if tag.number == "plur" else str(tag.gender)))
    return tuple(dict.fromkeys(found)) if found and parses(word)[0].tag.POS in ("ADJF", "PRTF") else ()


@lru_cache(maxsize=1 << 16)
def accord_of(word: str, cells: int) -> int:
    """What an adjective agrees with in those of its readings that are one of the cells (bits of ACCORD)."""
    found = 0
    for bit, own in modifier(word):
        if bit & cells:
            found |= _SEXES.get(own, 7) if own else 8
    return found


def agreeing(word: str, cells: int, gender: str) -> int:
    """Those of the cells in which the adjective agrees with a noun of the gender ("masc" …)."""
    found = 0
    for bit, own in modifier(word):
        if not own or not gender or own == gender or gender == "ms-f":
            found |= bit & cells
    return found


@dataclass(frozen=True, slots=True)
class Group:
    """A noun, the agreeing adjectives right before it, and the cells that all of them can be (bits of CELLS)."""

    head: int
    modifiers: tuple[int, ...]
    cells: int


def groups(words: Sequence[str]) -> list[Group]:
    """The nouns of a sentence, each with its adjectives; a noun that agrees with none of its adjectives is left out."""
    found = []
    for head, word in enumerate(words):
        cells = cells_of(word)
        if not cells:
            continue
        gender = str(parses(word)[0].tag.gender or "")
        row: list[int] = []
        at = head - 1
        while at >= 0 and modifier(words[at]):
            joint = agreeing(words[at], cells, gender)
            if not joint:
                break
            cells = joint
            row.append(at)
            at -= 1
        found.append(Group(head, tuple(reversed(row)), cells))
    return found
