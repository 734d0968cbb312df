"""All cases of a name, title or slogan.

By rule where the rule is sure, by the cells of the entry where it is not; `Paradigm.guessed` names what was neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final, Literal

from pipeline.languages.palladius import is_palladius
from pipeline.languages.russian import groups, names, phrase, places
from pipeline.languages.russian.analyse import CASES, fold, inflected, is_known, like, parses, tokenise
from pipeline.languages.russian.tables import table

_GENDERS: Final = frozenset("mfn")
_NOTE: Final = re.compile(r";|,(?=\s*(?:(?:inv|[mfn]|pl|sg|anim|inan)\s*(?:[,;]|$)|decl:|\w{3}(?:\.pl)?:))|[{}|]")
_CELL: Final = re.compile(r"(nom|gen|dat|acc|ins|prp|loc)(\.pl|\.sg)?")


@dataclass(frozen=True)
class Paradigm:
    """Forms of one entry.

    cells: case -> form for the number the entry is written in, "gen.pl" and so on where it is countable, and "gen.f",
    "gen.n" where the entry is an adjective.
    variants: (cell, form) pairs that are admitted beside the cells. guessed: what no rule was sure of (empty: sure).
    head: index among the phrase's tokens (see analyse.tokenise) of the word the rest depends on.
    """

    text: str
    gender: str
    number: Literal["sg", "pl"]
    animate: bool
    cells: Mapping[str, str]
    guessed: tuple[str, ...] = ()
    head: int = 0
    variants: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _by_form(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for cell, form in (*self.cells.items(), *self.variants):
            found.setdefault(fold(form), []).append(cell)
        return {form: tuple(dict.fromkeys(cells)) for form, cells in found.items()}

    def forms(self) -> tuple[str, ...]:
        """Every form once, the dictionary form first."""
        return tuple(dict.fromkeys((self.text, *self.cells.values(), *(form for _, form in self.variants))))

    def cells_of(self, form: str) -> tuple[str, ...]:
        """The cells `form` can be, capitals and ё aside; empty where it is no form of the paradigm."""
        return self._by_form.get(fold(form), ())

    @property
    def indeclinable(self) -> bool:
        return len({self.cells[case] for case in CASES}) == 1


@dataclass(frozen=True)
class Notes:
    """What the braces of a glossary cell say."""

    invariable: bool = False
    gender: str = ""
    number: str = ""
    animate: bool | None = None
    words: frozenset[int] | None = None
    cells: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


def read_notes(notes: str) -> Notes:
    """ "m; decl: 1 3; gen: X" and the like; parts are separated by ; or by a comma before a known word."""
    said = Notes()
    for part in _NOTE.split(notes):
        item = part.strip()
        key, colon, value = (piece.strip() for piece in item.partition(":"))
        if not item:
            continue
        if item == "inv":
            said = replace(said, invariable=True)
        elif item in ("pl", "sg"):
            said = replace(said, number=item)
        elif item in ("anim", "inan"):
            said = replace(said, animate=item == "anim")
        elif set(item.split()) <= _GENDERS | {"pl", "sg", "inv"}:
            for word in item.split():
                said = replace(said, gender=word) if word in _GENDERS else (
                    replace(said, invariable=True) if word == "inv" else replace(said, number=word))  # fmt: skip
        elif key == "decl" and re.fullmatch(r"[\d\s,]+", value):
            said = replace(said, words=frozenset(int(number) for number in re.findall(r"\d+", value)))
        elif colon and _CELL.fullmatch(key):
            said = replace(said, cells=(*said.cells, (key.removesuffix(".sg"), value)))
        else:
            said = replace(said, unknown=(*said.unknown, item))
    return said


@lru_cache(maxsize=1 << 15)
def paradigm(text: str, notes: str = "", kind: str = "term", gender: str = "") -> Paradigm:
    """The forms of `text` (dictionary form, as in running text), an entry of `kind` with the brace notes `notes`.

    `gender` is m or f for people. Never raises; doubt is told in `Paradigm.guessed`.
    """
    said = read_notes(notes)
    told = gender if kind == "person" and gender else said.gender
    if said.invariable:
        made = Paradigm(text, told or _first_gender(text, kind), "pl" if said.number == "pl" else "sg",
                        kind == "person", dict.fromkeys(CASES, text))  # fmt: skip
    elif not notes and kind == "term" and _chinese_word(text):
        made = Paradigm(text, "n", "sg", False, dict.fromkeys(CASES, text))
    elif said.words is None and kind == "person" and _is_name(text):
        made = _person(text, told)
    elif said.words is None and kind == "place" and " " not in text.strip("«»"):
        made = _place(text, told, said.number)
    else:
        made = _phrase(text, kind, said, told)
    cells = dict(made.cells)
    guessed = list(made.guessed)
    if said.cells:
        cells.update(said.cells)
        if {"gen", "dat", "ins", "prp"} <= {cell for cell, _ in said.cells}:
            guessed = []
            if "acc" not in dict(said.cells):
                living = made.animate and (made.gender == "m" or made.number == "pl")
                cells["acc"] = cells["gen" if living else "nom"]
    guessed += [f"note «{item}» is not understood" for item in said.unknown]
    return replace(made, cells=MappingProxyType(cells), guessed=tuple(guessed))


def _chinese_word(text: str) -> bool:
    """A Chinese word in Cyrillic that looks like a plural: цзяньчжи, цзяоцзы."""
    return text[-1:] in ("и", "ы") and text.islower() and text.isalpha() and is_palladius(text) and not is_known(text)


def _is_name(text: str) -> bool:
    """Only capitalised words, initials and particles: a bare name, not a title with a name."""
    words = text.split()
    return bool(words) and words[0][:1].isupper() and not re.search(r"[«»(,]", text)


def _person(text: str, gender: str) -> Paradigm:
    found = names.decline(text, gender)
    return Paradigm(text, found.gender, "sg", True, found.cells, found.guessed, found.head, found.variants)


def _place(text: str, gender: str, number: str) -> Paradigm:
    bare = text.strip("«»")
    if groups.acronym(bare):
        return _phrase(text, "place", Notes(number=number), gender)
    found = places.decline(bare, "pl" if number == "pl" else gender)
    cells = {case: text.replace(bare, form) for case, form in found.cells.items()}
    if fold(bare) in table("words", "locative"):
        cells["loc"] = cells["dat"]  # в Крыму
    plural = found.gender == "pl"
    return Paradigm(text, "" if plural else found.gender, "pl" if plural else "sg", False, cells, found.guessed, 0,
                    tuple((case, text.replace(bare, form)) for case, form in found.variants))  # fmt: skip


def _first_gender(text: str, kind: str) -> str:
    for token in tokenise(text):
        for group in ("acronym", "inv"):
            value = places.table(group).get(fold(token.text), "")
            if value in _GENDERS:
                return value
    plan = phrase.plan(text, kind)
    return plan.groups[0].gender if plan.groups else "n"


def _phrase(text: str, kind: str, said: Notes, gender: str) -> Paradigm:
    only = None
    if said.words is not None:
        only = _word_tokens(text, said.words)
    plan = phrase.plan(text, kind, said.number, gender, only)
    guessed: list[str] = [doubt for group in plan.groups for doubt in group.guessed]
    if not plan.groups:
        if not plan.clause and re.search(r"[А-Яа-яЁё]", text):
            guessed.append("no head in the nominative found")
        return Paradigm(text, gender or "n", "pl" if said.number == "pl" else "sg", False,
                        dict.fromkeys(CASES, text), tuple(guessed))  # fmt: skip
    head = plan.groups[0]
    if said.animate is not None:
        plan = replace(plan, groups=tuple(replace(group, animate=said.animate) for group in plan.groups))
        head = plan.groups[0]
    cells: dict[str, str] = {}
    for case in CASES:
        cells[case], missing = phrase.form(plan, case)
        guessed += missing
    variants: list[tuple[str, str]] = []
    if plan.extra and kind in ("place", "body", "term", "title"):
        still = replace(plan, extra=())
        variants += [(case, phrase.form(still, case)[0]) for case in CASES if case != "nom"]
    if said.words is None and (river := phrase.with_river(plan)):
        variants += [(case, form) for case in CASES if (form := phrase.form(river, case)[0]) != cells[case]]
    # a district court («районный суд») is one of many, the Верховный суд is not
    several = kind in ("title", "term") or (kind == "body" and text[:1].islower())
    several = several or (kind == "place" and " " in text and text.islower())  # семь кладбищ героев
    single = all(group.apposed for group in plan.groups[1:])
    if single and head.countable and several and not plan.extra:
        for case in CASES:
            form, missing = phrase.form(plan, case, "pl")
            if not missing:
                cells[case + ".pl"] = form
        if len(cells) != 2 * len(CASES):
            cells = {cell: form for cell, form in cells.items() if not cell.endswith(".pl")}
    if len(plan.groups) == 1 and head.base == "sg" and (second := _locative(plan)):
        if fold(plan.tokens[head.head].text.rpartition("-")[2]) in table("words", "locative"):
            cells["loc"] = second
        else:
            variants.append(("loc", second))
    if len(plan.groups) == 1 and not head.animate and not said.gender and kind in ("term", "place"):
        cells.update(_genders(plan))
    if kind == "title" and len(plan.groups) == 1 and not gender:  # заведующая кафедрой
        variants += [(cell[:3], form) for cell, form in _genders(plan).items() if cell.endswith(".f")]
    if said.animate is None and not head.animate and (other := _twin(plan)):
        for cell in ("acc", "acc.pl"):
            if cell in cells and (form := phrase.form(other, "acc", cell[4:])[0]) != cells[cell]:
                variants.append((cell, form))
    if head.base == "pl" and head.parse is not None and " " not in text:
        word = plan.tokens[head.head].text  # «в ходе слушания»: «слушания» may be one
        variants += [
            (case, text) for case in CASES if inflected(head.parse, case, "sg") == fold(word) and case != "nom"
        ]
    if fold(text) in table("words", "zero") and "gen.pl" in cells:
        variants.append(("gen.pl", text))
    if plan.tokens[head.head].text == "МИД":
        variants += [(case, text) for case in CASES if case != "nom"]
    plural = head.base == "pl"
    number: Literal["sg", "pl"] = "pl" if plural else "sg"
    return Paradigm(text, "" if plural and not head.numeral else head.gender if head.gender in _GENDERS else "", number,
                    head.animate, cells, tuple(dict.fromkeys(guessed)), head.head, tuple(variants))  # fmt: skip


def _twin(made: phrase.Plan) -> phrase.Plan | None:
    """The same with the head as a being, where it may be one as well as a thing: матрёшек."""
    head = made.groups[0]
    if head.parse is None or head.numeral:
        return None
    for parse in parses(str(head.parse.word)):
        same = parse.normal_form == head.parse.normal_form and parse.tag.case == head.parse.tag.case
        if same and parse.tag.number == head.parse.tag.number and "anim" in parse.tag.grammemes:
            return replace(made, groups=(replace(head, parse=parse, animate=True), *made.groups[1:]))
    return None


def _locative(plan: phrase.Plan) -> str:
    """The phrase behind «в» or «на» with a head that has a form of its own there (в детском саду); "" for others."""
    head = plan.groups[0]
    made = head.parse.inflect({"loc2", "sing"}) if head.parse is not None and head.gender == "m" else None
    plain = phrase.form(plan, "prp")[0]
    word = None if made is None else inflected(head.parse, "prp", "sg", head.gender)
    if made is None or word is None or "loc2" not in made.tag.grammemes or str(made.word) == word:
        return ""
    told = "ё" in plan.text
    word, second = (str(form) if told else str(form).replace("ё", "е") for form in (word, made.word))
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain, re.IGNORECASE)
    return "" if match is None else plain[: match.start()] + like(match[0], second) + plain[match.end() :]


def _genders(plan: phrase.Plan) -> dict[str, str]:
    """Feminine, neuter and plural cells ("gen.f", "gen.n", "gen.pl") of an entry that is an adjective."""
    head = plan.groups[0]
    if head.parse is None or str(head.parse.tag.POS) not in ("ADJF", "PRTF") or head.base != "sg":
        return {}
    cells: dict[str, str] = {}
    for gender in ("f", "n"):
        words = replace(plan, groups=(replace(head, gender=gender, base=""),))
        cells.update({f"{case}.{gender}": phrase.form(words, case, "sg")[0] for case in CASES})
    cells.update({f"{case}.pl": phrase.form(plan, case, "pl")[0] for case in CASES})
    return cells


def _word_tokens(text: str, numbers: frozenset[int]) -> frozenset[int]:
    """Token indices of the white-space separated words with these 1-based numbers."""
    starts = [match.span() for match in re.finditer(r"\S+", text)]
    wanted = [starts[number - 1] for number in numbers if 0 < number <= len(starts)]
    return frozenset(
        index for index, token in enumerate(tokenise(text))
        if token.is_word and any(start <= token.start < end for start, end in wanted)
    )  # fmt: skip
