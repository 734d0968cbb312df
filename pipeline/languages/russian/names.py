"""Names of people: which parts decline, and how.

Chinese names in the Palladius system, Korean and Vietnamese names decline in the last part only (Ли Цяна, с Си
Цзиньпином, Ким Чен Ына); Russian and Western names in every part that can. Women's names in consonants do not decline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pipeline.languages.russian import endings, tables
from pipeline.languages.russian.analyse import CASES, analyses, fold, inflected, is_known, like, parses, unyo
from pipeline.languages.russian.endings import Cells

_INITIAL: Final = r"(?:чж|цз|[чшжцсбпмфдтнлгкхвр])?"
_FINAL: Final = (
    r"(?:юань|уань|уай|уан|унь|ун|уа|уо|уэ|уй|юнь|юн|юэ|юй|янь|ян|яо|инь|ин|ань|ан|ай|ао|энь|эн|эй|эр|оу|иу|"
    r"[аоэиыяеюуё])(?:р(?=$|ъ))?"
)
_SYLLABLES: Final = re.compile(rf"(?:{_INITIAL}{_FINAL}ъ?)+")


@dataclass(frozen=True, slots=True)
class Declined:
    """Cells of a name, its gender, what was not sure, other admitted forms, and the index of the part that declines."""

    cells: Cells
    gender: str
    guessed: tuple[str, ...] = ()
    variants: tuple[tuple[str, str], ...] = ()
    head: int = 0


def table(group: str) -> Mapping[str, str]:
    """A group of data/names.tsv: folded word -> value."""
    return tables.table("names", group)


def is_palladius(word: str) -> bool:
    """Can the word be read as a row of syllables of the Palladius system?"""
    return _SYLLABLES.fullmatch(word.lower()) is not None


def looks_chinese(parts: tuple[str, ...]) -> bool:
    """A Chinese surname (one or two syllables) and a given name, or the surname alone."""
    low = [fold(part) for part in parts]
    if not low or low[0] not in table("chinese"):
        return False
    if low[-1] in table("overseas"):
        return True
    return len(parts) <= 3 and all(is_palladius(part) for part in parts[1:])


def _rare_surname(parts: tuple[str, ...]) -> bool:
    """Unlisted, but one syllable of the system before a given name of one or two: Лань Тяньли."""
    one = re.fullmatch(rf"{_INITIAL}{_FINAL}", parts[0].lower())
    return len(parts) == 2 and one is not None and fold(parts[0]) not in table("given") and not is_known(parts[1])


def _eastern(parts: tuple[str, ...]) -> bool:
    low = [fold(part) for part in parts]
    if low[0] in table("eastern") and len(parts) >= 2:
        return len(parts) >= 3 or low[1] not in table("given")
    return False


def gender_of(parts: tuple[str, ...]) -> str:
    """m, f or "" from the given names, patronymics and endings of a name."""
    for part in parts:
        value = table("given").get(fold(part), "")
        if value:
            return value
    for part in parts:
        low = fold(part)
        if re.search(r"(ович|евич|ич)$", low) and len(parts) > 2:
            return "m"
        if re.search(r"(овна|евна|ична|инична|кызы)$", low):
            return "f"
    for part in parts[:-1] or parts:
        given = [a for a in analyses(part) if a.known and "Name" in a.grammemes and (a.case, a.number) == ("nom", "sg")]
        found = {a.gender for a in given}
        if len(found) == 1 and found <= {"m", "f"}:
            return found.pop()
    last = fold(parts[-1])
    if re.search(r"(ова|ева|ина|ская|цкая)$", last) and len(parts) > 1:
        return "f"
    if re.search(r"(ов|ев|ский|цкий)$", last):
        return "m"
    return ""


def decline(text: str, gender: str = "") -> Declined:
    """A full name or a surname alone, as it stands in running text. Never raises; what is unsure is in `guessed`."""
    if text.isupper() and len(text) > 3 and "." not in text and not text.title().isupper():  # ИВАНОВ ИВАН
        made = decline(text.title(), gender)
        return replace(made, cells={case: form.upper() for case, form in made.cells.items()})
    parts = tuple(text.split())
    chinese = looks_chinese(parts) or _rare_surname(parts)
    told = gender or table("people").get(fold(text), "")
    eastern = not chinese and _eastern(parts)
    found = told or ("" if chinese or eastern else gender_of(parts))
    guessed: list[str] = []
    variants: list[tuple[str, str]] = []
    out: list[Cells] = []
    last = 0 if not (chinese or eastern) and surname_first(parts) else len(parts) - 1
    slavic = any(_is_slavic_given(part) for at, part in enumerate(parts) if at != last)
    for index, part in enumerate(parts):
        particle = part[:1].islower() and (index > 0 or fold(part) in tables.table("words", "particle"))
        if particle or "." in part or ((chinese or eastern) and index != last):
            out.append(endings.same(part))
        elif chinese or eastern:
            cells, more = _chinese(part, found)
            variants += more
            if not found and _chinese(part, "f")[0] != cells:
                guessed.append("gender")
            out.append(cells)
        else:
            father = last > 0 and _patronymic(part) and not (found == "f" and part.lower().endswith("ич"))
            surname, alone = index == last and not father, len(parts) == 1
            cells, sure = _part(part, found or "m", surname, slavic, alone)
            if not found and (cells != _part(part, "f", surname, slavic, alone)[0] or not sure):
                guessed.append("gender")
            if not sure:
                guessed.append(f"declension of «{part}»")
            out.append(cells)
    joined = {case: _join(text, [cells[case] for cells in out]) for case in CASES}
    wide = tuple((case, _join(text, [cells["nom"] for cells in out[:-1]] + [form])) for case, form in variants)
    return Declined(joined, found or "m", tuple(dict.fromkeys(guessed)), wide, last)


def _join(text: str, words: list[str]) -> str:
    pieces = iter(words)
    return re.sub(r"\S+", lambda _: next(pieces), text)


def _chinese(part: str, gender: str) -> tuple[Cells, list[tuple[str, str]]]:
    """Last element of a Chinese, Korean or Vietnamese name; on -а and -я both usages are admitted."""
    low = part.lower()
    if low[-1] in "ая":
        declined = endings.feminine(part)
        if len(re.findall("[аеёиоуыэюя]", low)) == 1 or low.endswith(("уа", "оа", "эа")):
            return endings.same(part), []  # stressed ending: На, Ма, Хуа stay as they are in usage
        return declined, [(case, part) for case in CASES if case != "nom"]
    return endings.by_ending(part, gender or "m"), []


def _is_slavic_given(part: str) -> bool:
    known = fold(part) in table("slavic") or table("given").get(fold(part)) == "f"
    return known or _patronymic(part) or re.fullmatch(r"(?:[А-ЯЁ]\.){1,2}", part) is not None


def _patronymic(part: str) -> bool:
    return re.search(r"(?:[ое]вич|[ое]вна|ична|(?:^|\W)(?:иль|кузьм|фом|лук|никит|савв)ич)$", fold(part)) is not None


def surname_first(parts: tuple[str, ...]) -> bool:
    """Is it a list's order: Кузнецова Анна, Путин В. В., Белых Никита Юрьевич?"""
    if len(parts) < 2 or fold(parts[0]) in table("given") or "." in parts[0]:
        return False
    if _patronymic(parts[0]) and not (len(parts) == 2 and fold(parts[1]) in table("given")):
        return False
    if all(re.fullmatch(r"(?:[А-ЯЁ]\.)+", part) for part in parts[1:]):
        return True
    first = fold(parts[1]) in table("given") and (fold(parts[1]) in table("slavic") or _surname_form(parts[0]))
    return first and (len(parts) == 2 or (len(parts) == 3 and _patronymic(parts[2])))


def _surname_form(part: str) -> bool:
    """Has the word the look of a Russian surname?"""
    return re.search(r"(?:[оеё]ва?|[иы]на?|[иы]й|[ао]я|ой|[иы]х|енко|ич)$", fold(part)) is not None


def _part(part: str, gender: str, surname: bool, slavic: bool, alone: bool) -> tuple[Cells, bool]:
    """One part of a Russian or foreign name: its cells, and whether the rule is sure."""
    low = fold(part)
    special = table("special").get(low)
    if special is not None:
        value, _, of = special.partition("/")
        if not of or of == gender:
            return _special(part, value), True
    if "-" in part:
        return _hyphenated(part, gender, surname, slavic)
    if not surname or (alone and low in table("given")):
        return _given(part, gender), True
    if re.search(r"([оеё]в|[иы]н)$", low) and gender == "m":
        western = low.endswith(("ин", "ын")) and not slavic and not alone and not _surname_listed(part)
        return (endings.masculine(part) if western else endings.slavic(part, "m")), True
    if re.search(r"([оеё]ва|[иы]на)$", low) and gender == "f":
        return endings.slavic(part, "f"), True
    if low.endswith(("ых", "их")) or re.fullmatch(r"[^аеёиоуыэюя]+[ая]", low):  # Седых; Ма, Ша
        return endings.same(part), True
    if re.search(r"(ск|цк)(ий|ая|ой)$", low) or re.search(r"(ный|ная|лый|рый|лстой|лстая|той|дой)$", low):
        cells = endings.adjectival(part, gender)
        if cells is not None:
            return cells, True
    vowels = len(re.findall("[аеиоуыэюя]", low))  # Цой and Мая are none
    if ((vowels > 1 and slavic and len(low) > 4) or (vowels > 2 and not alone)) and re.search(
        r"[бвгджзклмнпрстфхцчшщ](ой|ая)$|ый$|[гкх]ий$", low
    ):  # Лозовая, Береговой
        cells = endings.adjectival(part, gender)
        if cells is not None:
            return cells, True
    if gender == "m" and re.search(r"[бвгджзклмнпрстфхцчшщ](ец|ок|ек)$", low):
        return endings.masculine(part), low.endswith("ек")
    return endings.by_ending(part, gender), True


def _surname_listed(part: str) -> bool:
    return any("Surn" in a.grammemes and a.case == "nom" for a in analyses(part)) and is_known(part)


def _given(part: str, gender: str) -> Cells:
    """A given name or patronymic: the dictionary's paradigm where it lists the name, else by ending."""
    if _patronymic(part):  # the dictionary takes Сергеевна for a form of Сергеевич
        if fold(part).endswith("на"):
            return endings.feminine(part)
        return endings.masculine(part, ins="ом" if re.search("(?:иль|кузьм|фом|лук)ич$", fold(part)) else "")
    if is_known(part):
        for parse in parses(part):
            tag = parse.tag
            if tag.case == "nomn" and tag.number != "plur" and {"Name", "Patr"} & tag.grammemes:
                if (gender == "f") != (str(tag.gender) == "femn") and str(tag.gender) != "ms-f":
                    continue
                forms = {case: inflected(parse, case, "sg") for case in CASES}
                if all(forms.values()):
                    return {case: like(part, unyo(part, str(form))) for case, form in forms.items()}
    return endings.by_ending(part, gender)


def _hyphenated(part: str, gender: str, surname: bool, slavic: bool) -> tuple[Cells, bool]:
    """Касым-Жомарт, Жан-Клод: only the last piece; Римский-Корсаков, Загоскин-Лунев: both where the first is a Russian
    surname."""
    first, _, rest = part.rpartition("-")
    cells, sure = _part(rest, gender, surname, slavic, False) if rest[:1].isupper() else (endings.same(rest), True)
    head: Cells = endings.same(first)
    russian = re.search(r"(ск|цк)(ий|ая)$|[оеё]в(а?)$", fold(first))
    if (slavic or _surname_form(rest)) and _surname_listed(first):  # but «Джоном Франклин-Смитом»
        russian = russian or re.search(r"[иы]н(а?)$|ич$", fold(first))
    if surname and russian:
        head, _ = _part(first, gender, True, slavic, False)
    return {case: f"{head[case]}-{cells[case]}" for case in CASES}, sure


def _special(part: str, value: str) -> Cells:
    """`inv`, or the five oblique forms joined by commas."""
    if value == "inv":
        return endings.same(part)
    forms = [part, *value.split(",")]
    return {case: like(part, form) for case, form in zip(CASES, forms, strict=True)}
