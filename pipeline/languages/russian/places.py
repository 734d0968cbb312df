"""Names of places: gender and declension, by a table of exceptions, the dictionary, and the ending."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.languages.russian import endings, tables
from pipeline.languages.russian.analyse import CASES, analyses, fold, inflected, is_known, like, parses, unyo
from pipeline.languages.russian.endings import Cells
from pipeline.languages.russian.names import Declined, is_palladius

_LINKS: Final = re.compile(r"-(на|де|ла|ле|дель|эль|аль|эн|ан|ин|и)-", re.IGNORECASE)


def table(group: str) -> Mapping[str, str]:
    """A group of data/places.tsv: folded word -> value."""
    return tables.table("places", group)


def decline(text: str, gender: str = "") -> Declined:
    """A place name of one word (hyphens allowed), or several words of which the last declines. Never raises."""
    if " " in text:
        first, _, rest = text.rpartition(" ")
        inner = decline(rest, gender)
        return Declined({c: f"{first} {f}" for c, f in inner.cells.items()}, inner.gender, inner.guessed,
                        tuple((c, f"{first} {f}") for c, f in inner.variants))  # fmt: skip
    low = fold(text)
    listed = gender or next((g for g in ("inv", "m", "f", "n", "pl") if low in table(g)), "")
    if listed == "inv":
        return Declined(endings.same(text), table("inv")[low] or "n")
    special = table("special").get(low)
    if special is not None:
        return Declined(dict(zip(CASES, (text, *special.split(",")), strict=True)), listed or "m")
    link = _LINKS.search(text)
    if link:
        inner = decline(text[: link.start()], gender)
        return Declined({c: f + text[link.start() :] for c, f in inner.cells.items()}, inner.gender, inner.guessed)
    known = _dictionary(text, listed)
    if known is not None:
        return known
    if "-" in text:
        first, _, rest = text.rpartition("-")
        inner = decline(rest, gender)
        return Declined({c: f"{first}-{f}" for c, f in inner.cells.items()}, inner.gender, inner.guessed,
                        tuple((c, f"{first}-{f}") for c, f in inner.variants))  # fmt: skip
    return _by_ending(text, listed)


def river(words: Sequence[str]) -> Cells | None:
    """The forms of a river's name of the first declension with its adjectives, if any, which declines behind «река»
    («реки Шексны», «реки Малой Шексны»); None for other names."""
    if words[-1][-1] not in "ая":
        return None
    return _with_adjectives(words, decline(words[-1]).cells, "f")


def settlement(words: Sequence[str]) -> Cells | None:
    """The forms of a town's name of several words that begins with an adjective, which declines behind «город»
    («города Нижнего Новгорода», «города Набережных Челнов»); None for other names."""
    from pipeline.languages.russian.paradigm import paradigm

    if len(words) < 2 or not any(a.pos == "ADJF" and a.case == "nom" for a in analyses(words[0])):
        return None
    made = paradigm(" ".join(words), "", "place")
    return {case: made.cells[case] for case in CASES} if all(case in made.cells for case in CASES) else None


def _with_adjectives(words: Sequence[str], last: Cells, gender: str) -> Cells | None:
    ahead = [_adjective(word, gender) for word in words[:-1]]
    rest = [each for each in ahead if each is not None]
    if len(rest) < len(ahead):
        return None
    return {case: " ".join((*(each[case] for each in rest), last[case])) for case in CASES}


def _adjective(word: str, gender: str) -> Cells | None:
    """The forms of an adjective of a name, by the dictionary where it has the word («Большой Невы», not «Большей»)."""
    for a, parse in zip(analyses(word), parses(word), strict=True):
        if is_known(word) and a.pos == "ADJF" and a.case == "nom" and a.gender == gender:
            made = {case: inflected(parse, case, "sg", gender, False) for case in CASES}
            return {case: like(word, unyo(word, form)) for case, form in made.items() if form}
    return endings.adjectival(word, gender, animate=False) if len(word) > 3 else None


def _dictionary(text: str, gender: str) -> Declined | None:
    """The dictionary's paradigm, where it lists the word as a place."""
    if not is_known(text):
        return None
    for a, parse in zip(analyses(text), parses(text), strict=True):
        if a.pos != "NOUN" or a.case != "nom" or "Geox" not in a.grammemes:
            continue
        if gender in ("m", "f", "n") and a.gender not in (gender, "c"):
            continue
        cells: dict[str, str] = {}
        for case in CASES:
            made = inflected(parse, case, a.number, "", False)
            if made is None:
                return None
            cells[case] = like(text, unyo(text, made))
        variants: tuple[tuple[str, str], ...] = ()
        if re.search(r"([еио]в|[иы]н)о$", fold(text)):  # в Иваново beside в Иванове
            variants = tuple((case, text) for case in CASES if case not in ("nom", "acc"))
        if set(cells.values()) == {text} and re.search("[бвгджзклмнпрстфхцчшщ][ая]$", fold(text)):  # на берегах Ханки
            declined = endings.feminine(text)
            variants = tuple((case, declined[case]) for case in CASES if case != "nom")
        return Declined(cells, "pl" if a.number == "pl" else a.gender, variants=variants)
    return None


def _by_ending(text: str, gender: str) -> Declined:
    low = fold(text)
    if len(low) < 2 or not low[-1].isalpha():
        return Declined(endings.same(text), gender or "n", ("no letters",))
    if gender == "pl" and low[-1] in "ыи":
        return Declined(_plural(text), "pl")
    if gender == "f" and low.endswith("ь"):
        return Declined(endings.third(text), "f")
    chinese = is_palladius(text)
    for which in ("m", "f"):
        adjective = endings.adjectival(text, which, animate=False)
        if adjective is not None and re.search(r"(ск|цк|н)(ий|ый|ой|ая)$", low):
            return Declined(adjective, which)
    if low[-1] in "ая":
        if low[-2] in "иуоаеэю" and not low.endswith("ия"):
            return Declined(endings.same(text), gender or "f", () if gender or chinese else ("declension",))
        variants = tuple((case, text) for case in CASES if case != "nom") if chinese else ()
        return Declined(endings.feminine(text), "f", variants=variants)
    if low[-1] in "еёиоуыэю":
        return Declined(endings.same(text), gender or "n")
    guessed = () if gender or low[-1] != "ь" else ("gender",)
    return Declined(endings.masculine(text, animate=False), gender or "m", guessed)


def _plural(text: str) -> Cells:
    stem, soft = text[:-1], text.lower()[-1] == "и" and text.lower()[-2] not in "гкхжшчщ"
    a = "я" if soft else "а"
    gen = stem + ("ей" if soft else "ов")
    return {"nom": text, "gen": gen, "dat": stem + a + "м", "acc": text, "ins": stem + a + "ми", "prp": stem + a + "х"}
