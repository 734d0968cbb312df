"""Nominal groups: numeral, agreeing words and the head noun, read from a phrase in the nominative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from pipeline.languages.russian import endings, places
from pipeline.languages.russian.analyse import Token, analyses, fold, is_known, is_regular, lexeme, parses
from pipeline.languages.russian.endings import Cells
from pipeline.languages.russian.hyphens import leading_part
from pipeline.languages.russian.names import is_palladius
from pipeline.languages.russian.tables import table

OPENING: Final = '«„“"(['
_CLOSING: Final = '»“”")]'
_LIVING: Final = 5.0  # how many times oftener
_FOREIGN: Final = re.compile(r"[IVXLCDM]+|[А-ЯЁ]?\d[\d.,]*|[A-Za-z][\w-]*")


@dataclass(frozen=True, slots=True)
class Group:
    """One head with what agrees with it. Word numbers are token indices.

    numeral: "" none, "few" (2-4, both), "many" (5 and more, figures); base: the number the phrase is written in.
    """

    head: int
    base: str
    gender: str
    animate: bool
    parse: Any = None
    agreeing: tuple[int, ...] = ()
    number_word: int = -1
    numeral: str = ""
    fixed: Cells | None = None
    guessed: tuple[str, ...] = ()
    countable: bool = False
    single: tuple[int, ...] = ()  # внутренний и внешний рынки: attributes that stay in the singular
    apposed: bool = False  # компания-«газель»: takes case, number and animacy of the head before it


def acronym(word: str) -> bool:
    word = re.sub(r"-\d+$", "", word)
    return len(word) > 1 and word.replace("-", "").isalpha() and word.isupper() and word[0] not in "IVX"


def nominal_group(tokens: Sequence[Token], at: int, kind: str, number: str, gender: str) -> tuple[Group | None, int]:
    """The nominal group in the nominative that begins at `at`, or None, and the index after its head."""
    while at < len(tokens) and tokens[at].text in OPENING:
        at += 1
    if at >= len(tokens):
        return None, at
    numeral, number_word = "", -1
    word = fold(tokens[at].text)
    if word in table("words", "few"):
        numeral, number_word, at = "few", at, at + 1
    elif re.fullmatch(r"\d[\d., ]*", word):
        numeral, number_word, at = "many", at, at + 1
        if word.endswith("1") and not word.endswith("11"):
            numeral = ""
    elif any(a.pos == "NUMR" and a.case == "nom" for a in analyses(tokens[at].text)) and word not in ("один", "одна"):
        numeral, number_word, at = "many", at, at + 1
    agreeing: list[int] = []
    skipped = 0
    noun_too: tuple[Group, int] | None = None  # будущее, рабочий: a noun only where no other noun follows
    for index in range(at, len(tokens)):
        token = tokens[index]
        if not token.is_word:
            if (token.text in (",", "-", "—") and agreeing) or (token.text in OPENING and index == at):
                continue
            if token.text in _CLOSING and agreeing and agreeing[0] and tokens[agreeing[0] - 1].text in OPENING:
                continue  # «зеленое» кредитование
            break
        if acronym(token.text) and not agreeing and not numeral:
            return _acronym(token, index, gender), index + 1
        unlisted = (
            kind == "place" and token.text[:1].isupper() and not is_known(token.text) and is_palladius(token.text)
        )
        if kind == "place" and not agreeing and _possessed(tokens, index):
            agreeing.append(index)
            continue
        if not agreeing and not numeral and (listed_place(token.text) or unlisted):
            return place_group(token, index), index + 1
        noun = head_noun(token, tokens, agreeing, numeral, kind, number, gender)
        if noun is not None:
            found = replace(noun, head=index, number_word=number_word, numeral=numeral)
            if not agrees_first(token, numeral):
                return found, index + 1
            noun_too = (found, index + 1)
        if agrees_first(token, numeral) or (not numeral and _stressed(tokens, index)):
            agreeing.append(index)
            continue
        if fold(token.text) == "и" and agreeing and not skipped:
            continue
        adverb = any(a.pos in ("ADVB", "PRCL") for a in analyses(token.text))
        if adverb or _FOREIGN.fullmatch(token.text):
            continue
        if agreeing:
            skipped += 1
            if skipped <= 6:
                continue
        break
    if noun_too is not None:
        return noun_too
    if agreeing and not numeral:
        found_adjective = substantive(tokens, agreeing, kind)
        return found_adjective, agreeing[0] + 1 if found_adjective is None else found_adjective.head + 1
    return None, at


def _possessed(tokens: Sequence[Token], index: int) -> bool:
    """Is it a possessive before a common noun of the neuter, as «Плещеево озеро»?"""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    return (
        endings.possessive(tokens[index].text) is not None
        and after.islower()
        and any(a.pos == "NOUN" and a.case == "nom" and a.gender == "n" for a in analyses(after))
    )


def _stressed(tokens: Sequence[Token], index: int) -> bool:
    """Is it an adjective that the dictionary has with another stress, before its noun: козловой кран (козловый)?"""
    after = analyses(tokens[index + 1].text) if index + 1 < len(tokens) else ()
    return _on_the_ending(tokens[index]) and any(
        a.pos == "NOUN" and a.case == "nom" and a.number == "sg" and a.gender == "m" for a in after
    )


def _on_the_ending(token: Token) -> bool:
    return token.text.endswith("ой") and any(a.pos == "ADJF" and a.gender == "f" for a in analyses(token.text))


def listed_place(word: str) -> bool:
    """A name whose declension the table of places tells."""
    return word[:1].isupper() and any(fold(word) in places.table(group) for group in ("m", "f", "inv", "special"))


def _unlisted(word: str) -> bool:
    """A Chinese name that no dictionary lists."""
    return word[:1].isupper() and not is_known(word) and is_palladius(word)


def place_group(token: Token, index: int) -> Group:
    found = places.decline(token.text)
    return Group(index, "sg", found.gender, False, None, fixed=found.cells)


def quoted_apposition(tokens: Sequence[Token], at: int, head: Group) -> tuple[Group, int] | None:
    """The common noun in quotation marks that a hyphen at `at` joins to the head right before it, which declines with
    it (компании-«газели», предприятий-«маленьких гигантов»), and the index after it; None where none stands there."""
    row = tokens[at - 1 : at + 2]
    if at != head.head + 1 or [token.text for token in row[1:]] not in (["-", "«"], ["-", '"']):
        return None
    if any(one.end != other.start for one, other in pairwise(row)) or head.fixed is not None or head.numeral:
        return None
    found, after = nominal_group(tokens, at + 2, "term", head.base, "")
    if found is None or tokens[found.head].text != tokens[found.head].text.lower():
        return None
    if found.numeral or after >= len(tokens) or tokens[after].text not in ("»", '"'):
        return None
    return replace(found, animate=head.animate, apposed=True), after + 1


@lru_cache(maxsize=1 << 12)
def _mostly_living(word: str) -> bool:
    """Is it a being far oftener than a thing of the same name: «член», «переводчик», but not «спутник»?"""
    if not word.islower() or fold(word) in table("words", "thing"):
        return False
    shares = dict.fromkeys((True, False), 0.0)
    for a in analyses(word):
        if a.pos == "NOUN" and a.case == "nom":
            shares[bool(a.animate)] += a.score
    return shares[True] > _LIVING * shares[False] > 0


def agrees_first(token: Token, numeral: str) -> bool:
    return any(
        a.pos in ("ADJF", "PRTF")
        and "Fixd" not in a.grammemes
        and (a.case == "nom" or (numeral != "" and a.case == "gen" and a.number == "pl"))
        for a in analyses(token.text)
    )


def _acronym(token: Token, index: int, told: str) -> Group:
    gender = told or places.table("acronym").get(fold(token.text), "")
    base = "pl" if gender == "pl" else "sg"
    if fold(token.text) in table("words", "declining-acronym"):
        return Group(index, "sg", "m", False, None, fixed=endings.masculine(token.text, animate=False))
    return Group(index, base, "" if gender == "pl" else gender or "m", False, None,
                 guessed=() if gender else (f"gender of «{token.text}»",))  # fmt: skip


def head_noun(
    token: Token, tokens: Sequence[Token], agreeing: Sequence[int], numeral: str, kind: str, number: str, gender: str
) -> Group | None:
    """The token read as the head noun of what stands before it."""
    best: tuple[tuple[int, ...], Any, Any] | None = None
    part = (leading_part(token.text) if "-" in token.text and not numeral else None) or token.text
    part = re.sub(r"-\d+$", "", part)
    readings = analyses(part)
    if agreeing and token.text.islower() and readings[0].pos in ("PREP", "CONJ", "PRCL"):
        return None  # «по» of «уполномоченный по …» is no surname
    for rank, (a, parse) in enumerate(zip(readings, parses(part.replace("\u0301", "")), strict=True)):
        if a.pos != "NOUN":
            continue
        counted = (a.case == "gen" and a.number == "sg") if numeral == "few" else (a.case == "gen" and a.number == "pl")
        if not (counted if numeral else a.case == "nom"):
            continue
        if number and not numeral and a.number != number and "Fixd" not in a.grammemes:
            continue
        if gender and a.number == "sg" and a.gender not in (gender, "c"):
            continue
        if not all(_agree(tokens[index], a.number, a.gender, numeral) for index in agreeing):
            continue
        proper = bool(a.grammemes & {"Name", "Surn", "Patr"}) and kind != "person"
        place = "Geox" in a.grammemes and (kind == "place" or token.text[:1].isupper())
        person = kind in ("title", "person") or fold(part) in table("words", "person") or _mostly_living(part)
        living = bool(a.animate) == person
        proper = proper or ("Geox" in a.grammemes and kind != "place" and token.text[:1].islower())  # старица
        many = table("words", "plural").get(fold(part))
        meant = many is not None and any(form.word == many and "nomn" in form.tag.grammemes for form in lexeme(parse))
        alive = int(living or (kind == "slogan" and not a.animate))
        short = "Abbr" in a.grammemes and token.text.islower()  # бак-аккумулятор: no БАК
        key = (-int(proper and not place), -int(short), int(place), alive, int(meant), -rank)
        if best is None or key > best[0]:
            best = (key, a, parse)
    if (
        best is None
        and kind == "place"
        and agreeing
        and not numeral
        and (town := _town(token, tokens, agreeing, gender))
    ):
        return town
    if best is None and len(agreeing) > 1 and not numeral and (shared := _shared(token, tokens, agreeing, kind)):
        return shared
    if best is None:
        parse = None if numeral or number == "pl" or gender not in ("", "f") else _feminine(token.text)
        if parse is None or not all(_agree(tokens[index], "sg", "f", "") for index in agreeing):
            return None
        doubt = (f"unknown word «{token.text}»",)
        return Group(0, "sg", "f", kind in ("title", "person"), parse, tuple(agreeing), guessed=doubt, countable=True)
    _, a, parse = best
    verbal = readings[0].known and readings[0].pos in ("VERB", "INFN", "PREP", "CONJ")
    if verbal and kind == "slogan" and not agreeing and not numeral:
        return None
    guessed = () if gender or is_regular(part) or _compound(token.text) else (f"unknown word «{token.text}»",)
    base = "pl" if numeral else a.number
    countable = base == "sg" and not a.grammemes & {"Sgtm", "Geox", "Name", "Surn", "Patr", "Orgn"}
    sex = gender or ("m" if "ms-f" in a.grammemes else a.gender)
    animate = bool(a.animate) and (is_known(part) or person or kind == "slogan" or "-" in part)  # тодес: a thing
    return Group(0, base, sex, animate, parse, tuple(agreeing), guessed=guessed, countable=countable)


def _feminine(word: str) -> Any:
    """pymorphy3's parse of an unlisted noun in -а, -я that it takes for the genitive of another (сона, of сон), by the
    instrumental; None where there is none."""
    if is_known(word) or not word.islower() or word[-1:] not in ("а", "я"):
        return None
    made = (parses(word[:-1] + ending) for ending in ("ой", "ей"))
    found = [parse for several in made for parse in several if parse.normal_form == word]
    found = [parse for parse in found if {"NOUN", "ablt", "femn"} <= parse.tag.grammemes]
    return next(iter(sorted(found, key=lambda parse: "inan" not in parse.tag.grammemes)), None)


def _town(token: Token, tokens: Sequence[Token], agreeing: Sequence[int], gender: str) -> Group | None:
    """A name that no dictionary has in the nominative, behind its adjective: Старая Русса, Новая Ладога."""
    if not token.text[:1].isupper() or any(a.pos in ("ADJF", "PRTF", "PREP") for a in analyses(token.text)[:1]):
        return None
    found = places.decline(token.text, gender)
    if not all(_agree(tokens[index], "sg", found.gender, "") for index in agreeing):
        return None
    return Group(0, "sg", found.gender, False, None, tuple(agreeing), fixed=found.cells)


def _shared(token: Token, tokens: Sequence[Token], agreeing: Sequence[int], kind: str) -> Group | None:
    """A plural noun with attributes in the singular, one for each thing: внутренний и внешний рынки."""
    if not any(fold(word.text) in ("и", ",") for word in tokens[agreeing[0] : agreeing[-1]]):
        return None
    head = head_noun(token, tokens, (), "", kind, "pl", "")
    if head is None or not all(_agree(tokens[index], "sg", head.gender, "") for index in agreeing):
        return None
    return replace(head, single=tuple(agreeing))


def _compound(word: str) -> bool:
    parts = word.split("-")
    return len(parts) > 1 and is_known(parts[-1])


def _agree(token: Token, number: str, gender: str, numeral: str) -> bool:
    for a in analyses(token.text):
        if a.pos not in ("ADJF", "PRTF") or "Fixd" in a.grammemes:
            continue
        if numeral and a.number == "pl" and a.case in ("gen", "nom"):
            return True
        fits = number == "pl" or a.gender == gender or gender == "c"
        if not numeral and a.case == "nom" and a.number == number and fits:
            return True
    if number != "sg" or numeral:
        return False
    return _on_the_ending(token) if gender == "m" else gender == "n" and endings.possessive(token.text) is not None


def substantive(tokens: Sequence[Token], agreeing: Sequence[int], kind: str) -> Group | None:
    """An adjective or participle that is itself the head: заведующий отделом, исполняющий обязанности мэра."""
    row = [agreeing[0]]  # only what stands in one row with the first
    for at in agreeing[1:]:
        if all(not tokens[i].is_word or fold(tokens[i].text) == "и" for i in range(row[-1] + 1, at)):
            row.append(at)
    index = row[-1]
    for a, parse in zip(analyses(tokens[index].text), parses(tokens[index].text), strict=True):
        if a.pos in ("ADJF", "PRTF") and a.case == "nom":
            guessed = () if len(row) == len(agreeing) else ("no head noun found",)
            living = kind in ("title", "person")
            return Group(index, a.number, a.gender, living, parse, tuple(row[:-1]), guessed=guessed,
                         countable=a.number == "sg")  # fmt: skip
    return None
