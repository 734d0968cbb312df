"""Hyphenated nouns: which of the parts decline (члена-корреспондента, but премьер-министра, онлайн-платформы)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pipeline.languages.russian.analyse import (
    Analysis,
    analyses,
    fold,
    inflect_word,
    inflected,
    is_known,
    like,
    parses,
    unyo,
)
from pipeline.languages.russian.tables import table


@lru_cache(maxsize=4096)
def leading_part(word: str) -> str | None:
    """The part whose gender and animacy the compound has; None where the word is no compound of nouns."""
    if word.count("-") != 1:
        return None
    first, second = word.split("-")
    if not first.isalpha() or not second.isalpha() or not (_noun(second) or _specialist(word)):
        return None
    return second if _stays(word, first) else first


@lru_cache(maxsize=4096)
def hyphen_form(word: str, case: str, number: str, animate: bool | None = None) -> str | None:
    """`word` in a cell, both parts declined where both are nouns; None where the word is no such compound."""
    if leading_part(word) is None:
        return None
    first, second = word.split("-")
    made = _inflect(second, case, number, animate)
    one = first if _stays(word, first) else _inflect(first, case, number, animate)
    return None if one is None or made is None else f"{one}-{made}"


def _stays(word: str, first: str) -> bool:
    """Is the first part a prefix in all cases (пресс-секретарь, генерал-майор)?"""
    if fold(first) in table("words", "prefix") or _noun(first) is None:
        return True
    if not is_known(word):
        return False
    made = inflect_word(word, "gen")
    return made is not None and fold(made.split("-")[0]) == fold(first)


def _specialist(word: str) -> bool:
    """Is the first part a word for a person, and the second one, which no dictionary has, too («врач-[ортодонт]»)?"""
    first, second = word.split("-")
    person = any(a.pos == "NOUN" and a.case == "nom" and a.number == "sg" and a.animate for a in analyses(first)[:1])
    own = any(a.pos == "NOUN" and a.case == "nom" and a.number == "sg" for a in analyses(second)[:1])
    return person and own and word.islower() and is_known(first) and not is_known(second)


def _noun(word: str) -> object | None:
    return next((a for a in analyses(word) if a.pos == "NOUN" and a.case == "nom" and a.known), None)


def _inflect(word: str, case: str, number: str, animate: bool | None) -> str | None:
    """A part in a cell; its accusative is as animate as the compound (город-побратим as город)."""
    many = table("words", "plural").get(fold(word)) if number == "pl" else None

    def unlikely(reading: tuple[Analysis, Any]) -> tuple[bool, bool]:
        a, parse = reading  # бак: no БАК; судно: суда, no судна
        return "Abbr" in a.grammemes, many is not None and inflected(parse, "nom", "pl") != many

    for a, parse in sorted(zip(analyses(word), parses(word), strict=True), key=unlikely):
        if a.pos != "NOUN" or a.case != "nom":
            continue
        made = inflected(parse, case, number)
        if made is not None and case == "acc" and animate is not None:
            nominative, genitive = inflected(parse, "nom", number), inflected(parse, "gen", number)
            if made in (nominative, genitive) and nominative != genitive:
                feminine = number == "sg" and a.gender == "f"
                made = made if feminine else genitive if animate else nominative
        if made is not None:
            return like(word, unyo(word, made))
    return None
