"""One name in all three languages: by the entries given, by tradition, by the system that rules the pair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pipeline.languages import chinese, palladius, palladius_names, pinyin, pinyin_tables, transcription
from pipeline.languages import names as people
from pipeline.languages import names_tables as titles
from pipeline.languages import transcription_tables as tables
from pipeline.languages.names_foreign import english_people, russian_people
from pipeline.languages.russian import names as russian_names
from pipeline.model import Lang, Term

_PATRONYMIC = re.compile(r"(?:[оеё]вич|ьич|мич|[оеё]вна|ична)$")
CASES = ("nom", "gen", "dat", "acc", "ins", "prp")


@dataclass(frozen=True, slots=True)
class Official:
    """Forms by language ("" where no system gives one), and which system it was."""

    zh: str = ""
    ru: str = ""
    en: str = ""
    kind: str = "person"
    gender: str = ""
    system: str = ""
    notes: tuple[str, ...] = ()
    ru_notes: str = ""  # braces of the glossary cell
    cases: dict[str, str] = field(default_factory=dict)

    def answer(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "zh": self.zh,
            "ru": self.ru,
            "en": self.en,
            "cases": dict(self.cases),
            "gender": self.gender,
            "system": self.system,
            "notes": list(self.notes),
        }


def official(text: str, lang: Lang, gender: str = "", terms: Iterable[Term] = ()) -> Official:
    """The official form of a name in all languages, with the Russian cases.

    `gender` (m, f) wins over what the entry or the name itself tells. Names are taken in the dictionary form.
    """
    text = _given_name_first(text.strip()) if lang == "ru" else text.strip()
    found = _entry(text, lang, terms)
    if found is None and lang == "zh" and (parted := _titled(text)):
        name, title = parted
        found = official(name, lang, gender or _SEX.get(title, ""), terms)
        return replace(found, notes=(*found.notes, f"{title} is a title, no part of the name"))
    if found is None:
        found = {"zh": _from_chinese, "ru": _from_russian, "en": _from_english}[lang](text)
    return _declined(_gendered(_readable(found), gender))


def _readable(found: Official) -> Official:
    """Without forms in which a character is left that has no reading (𠮷)."""
    left = sorted({char for char in found.ru + found.en if chinese.is_han(char)})
    if not left:
        return found
    note = f"no reading is known for {', '.join(left)}; add the name to a glossary"
    return replace(found, ru="", en="", system="", notes=(*found.notes, note))


_FULL = 4  # characters of a name at most
_SEX = {"女士": "f", "小姐": "f", "夫人": "f", "先生": "m"}


def _titled(text: str) -> tuple[str, str] | None:
    """A Chinese name and the title that stands with it (王毅[部长], [省委书记]王君正, 王[女士]); None for none."""
    behind = (*titles.TITLES, *_SEX, "同志", "老师")
    title = max((one for one in behind if text.endswith(one)), key=len, default="")
    name = text.removesuffix(title)
    if title and (any(one.name == name for one in people.people(text)) or (title in _SEX and _short(name))):
        return name, title
    named = people.people(text)
    if len(named) == 1 and text.endswith(named[0].name) and named[0].name != text and named[0].sure:
        return named[0].name, text.removesuffix(named[0].name)
    return None


def _short(name: str) -> bool:
    """Is it a surname alone or with a given name?"""
    return 1 <= len(name) <= _FULL and (name[0] in pinyin_tables.SURNAMES or name[:2] in pinyin_tables.COMPOUND)


def _given_name_first(text: str) -> str:
    """«Мишустин Михаил Владимирович», as lists and forms have it, in the order of running text."""
    parts = text.split()
    if len(parts) == 2 and russian_names.surname_first(tuple(parts)):
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and _PATRONYMIC.search(parts[2]) and not _PATRONYMIC.search(parts[1]):
        return f"{parts[1]} {parts[2]} {parts[0]}"
    return text


def _same(one: str, other: str, lang: Lang) -> bool:
    if lang == "zh":
        return chinese.fold(one).text == chinese.fold(other).text
    return one.casefold().replace("ё", "е").replace("’", "'") == other.casefold().replace("ё", "е").replace("’", "'")


def _entry(text: str, lang: Lang, terms: Iterable[Term]) -> Official | None:
    hits = [term for term in terms if any(_same(text, form.text, lang) for form in term.forms.get(lang, ()))]
    if not hits:
        return None
    term = min(hits, key=lambda one: (one.kind not in ("person", "place"), not _same(text, _first(one, lang), lang)))
    preferred = term.preferred("ru")
    notes = [f"{term.id}: {term.note}" if term.note else term.id]
    for other in ("zh", "ru", "en"):
        shown = _fitting(term, other, text)
        admitted = [form.text for form in term.forms.get(other, ()) if form.text != shown]
        if admitted:
            notes.append(f"also admitted ({other}): {', '.join(admitted)}")
    return Official(
        _fitting(term, "zh", text),
        _fitting(term, "ru", text),
        _fitting(term, "en", text),
        kind=term.kind,
        gender=term.gender,
        system="glossary" + (f" ({term.source})" if term.source else ""),
        notes=tuple(notes),
        ru_notes=preferred.notes if preferred and preferred.text == _fitting(term, "ru", text) else "",
    )


def _parts(name: str) -> int:
    return len(re.split("[·\\s]+", name.strip()))


def _fitting(term: Term, lang: Lang, text: str) -> str:
    """The form as full as what was asked: 谢尔盖·拉夫罗夫 for «Сергей Лавров», the preferred one otherwise.

    Only for people whose Chinese form is in parts; a Chinese name is one word in its own script.
    """
    if term.kind == "person" and any("·" in form.text for form in term.forms.get("zh", ())):
        forms = term.forms.get(lang, ())
        if same := next((form.text for form in forms if _same(form.text, text, lang)), ""):
            return same
        whole = [form.text for form in forms if "." not in form.text and _parts(form.text) <= _parts(text)]
        if whole:
            return max(whole, key=_parts)
    return _first(term, lang)


def _first(term: Term, lang: Lang) -> str:
    form = term.preferred(lang)
    return form.text if form else ""


def _from_chinese(text: str) -> Official:
    han = chinese.fold(text).text.strip()
    notes: list[str] = [] if han == text else [f"read as {han}"]
    foreign = _foreign().get(han) or _foreign_parts(han)
    if han in palladius_names.PEOPLE or han in pinyin_tables.PEOPLE:
        return Official(han, palladius.name(han), pinyin.name(han), system="tradition", notes=tuple(notes))
    if foreign:
        return Official(han, foreign, transcription.to_english(foreign), system="俄汉译音表", notes=tuple(notes))
    for surname, title in ((han[:1], han[1:]), (han[:2], han[2:])):
        if title in titles.TITLES and (surname in pinyin.SURNAMES or surname in pinyin.COMPOUND):
            notes.append(f"a surname with a title ({title}), which is translated")
            named = palladius.surname(surname), pinyin.surname(surname)
            return Official(surname, *named, "person", system="Palladius, pinyin", notes=tuple(notes))
    bare = pinyin.bare_place(han)
    parts = pinyin.split(han)
    traditional = bare in palladius_names.PLACES or bare in pinyin_tables.PLACES
    if traditional or bare != han or parts is None:
        if bare != han:
            notes.append(f"the word for the kind of place ({han[len(bare) :]}) is translated, not transcribed")
        system = "tradition" if traditional else "Palladius, pinyin"
        kind = "place" if traditional or bare != han else "person"
        if "·" in han:
            return Official(han, notes=(*notes, "a foreign name: its spelling cannot be told from the characters"))
        return Official(han, palladius.place(han), pinyin.place(han), kind, system=system, notes=tuple(notes))
    english = pinyin.name(han)
    if pinyin.name(han, umlaut=True) != english:
        notes.append(f"English also {pinyin.name(han, umlaut=True)}")
    return Official(han, palladius.name(han), english, system="Palladius, pinyin", notes=tuple(notes))


def _from_russian(text: str) -> Official:
    english = transcription.chinese_to_english(text)
    if english:
        han = transcription.to_chinese(text)
        note = () if han else ("the characters cannot be told from the Cyrillic",)
        others = palladius.to_pinyin(text)[1:]
        also = (f"pinyin may also be {', '.join(others)}",) if others and not han else ()
        return Official(han, text, english, system="tradition" if han else "Palladius, pinyin", notes=note + also)
    han = next((han for han, russian in palladius_names.PLACES.items() if _same(russian, text, "ru")), "")
    if han:
        return Official(han, text, pinyin.place(han), "place", system="tradition")
    han, kind = transcription.to_chinese(text), "person"
    if transcription.is_place(text):
        kind = "place"
    return Official(han, text, transcription.to_english(text), kind, system="俄汉译音表, BGN/PCGN simplified")


def _from_english(text: str) -> Official:
    for table, russian in ((pinyin_tables.PEOPLE, palladius.name), (pinyin_tables.PLACES, palladius.place)):
        han = next((han for han, english in table.items() if _same(english, text, "en")), "")
        if han:
            kind = "person" if table is pinyin_tables.PEOPLE else "place"
            return Official(han, russian(han), text, kind, system="tradition")
    found = english_people(text, every=True)
    if len(found) == 1 and len(found[0].span) == len(text):
        note = "the characters cannot be told from pinyin"
        return Official("", palladius.from_pinyin(text) or "", text, system="Palladius, pinyin", notes=(note,))
    russian_name = _russian_of(text)
    if russian_name:
        system = "俄汉译音表, BGN/PCGN simplified"
        kind = "place" if transcription.is_place(russian_name) else "person"
        return Official(transcription.to_chinese(russian_name), russian_name, text, kind, system=system)
    if pinyin.is_pinyin(text):
        russian_name = palladius.from_pinyin(text) or ""
        return Official("", russian_name, text, "place", system="Palladius, pinyin", notes=("taken for a place",))
    return Official(en=text, notes=("no system gives this name; add it to a glossary",))


def traditional() -> dict[str, str]:
    """Chinese forms of Russian names and places by tradition -> Russian."""
    return _foreign()


@lru_cache(maxsize=1)
def _foreign() -> dict[str, str]:
    """Chinese forms of Russian names by tradition -> Russian."""
    found: dict[str, str] = {}
    for table in (tables.SURNAMES, tables.GIVEN, tables.PATRONYMICS, tables.PLACES):
        for russian, han in table.items():
            found.setdefault(han, russian)
    return found


def _foreign_parts(han: str) -> str:
    parts = [_foreign().get(part, "") for part in han.split("·")]
    return " ".join(parts) if len(parts) > 1 and all(parts) else ""


@lru_cache(maxsize=1)
def _english_words() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (tables.GIVEN, tables.SURNAMES, tables.PATRONYMICS, tables.PLACES):
        for russian in table:
            found.setdefault(transcription.to_english(russian).casefold(), russian)
    return found


def _russian_of(text: str) -> str:
    whole = _english_words().get(text.casefold())
    parts = [_english_words().get(part.casefold(), "") for part in text.split()]
    return whole or (" ".join(parts) if all(parts) else "")


def _gendered(found: Official, gender: str) -> Official:
    if found.kind != "person" or not found.ru:
        return replace(found, gender=gender or found.gender)
    if gender or found.gender:
        return replace(found, gender=gender or found.gender)
    if found.zh and people.is_woman(found.zh):
        note = "taken for a woman's name by its characters; say --gender m if it is not"
        return replace(found, gender="f", notes=(*found.notes, note))
    parts = tuple(found.ru.split())
    told = "" if russian_names.looks_chinese(parts) else russian_names.gender_of(parts)
    told = told or ("" if russian_people(found.ru, every=True) else transcription.gender(found.ru))
    if not told:
        return replace(found, gender="m", notes=(*found.notes, "taken for a man's name; say --gender f if it is not"))
    return replace(found, gender=told)


def _declined(found: Official) -> Official:
    if not found.ru:
        return found
    from pipeline.languages.russian import paradigm

    made = paradigm(found.ru, found.ru_notes, found.kind, found.gender)
    cases = {case: made.cells[case] for case in CASES if case in made.cells}
    guessed = tuple(f"Russian forms: {reason}" for reason in made.guessed)
    gender = found.gender or (made.gender if found.kind != "person" else "")
    return replace(found, cases=cases, gender=gender, notes=found.notes + guessed)
