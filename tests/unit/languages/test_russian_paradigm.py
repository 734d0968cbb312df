"""Paradigms: every line of tests/cases/inflect, and what the API promises beside the cells."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.languages.russian import CASES, Paradigm, paradigm
from pipeline.languages.russian.paradigm import read_notes

CASE_FILES = Path(__file__).parents[2] / "cases" / "inflect"


def lines() -> list[tuple[str, str]]:
    """(id, line) of every case."""
    return [
        (f"{path.stem}:{number}", line)
        for path in sorted(CASE_FILES.glob("*.txt"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize(("name", "line"), lines(), ids=[name for name, _ in lines()])
def test_cells(name: str, line: str) -> None:
    entry, _, told = line.partition("=>")
    text, notes, kind, gender = (part.strip() for part in entry.split("|"))
    forms = [form.strip() for form in told.split(";")]
    if len(forms) == 1:
        forms *= 5
    suffix = ".pl" if name.startswith("plural") else ""
    made = paradigm(text, notes, kind, gender)
    assert [made.cells[case + suffix] for case in CASES[1:]] == forms
    assert suffix or made.cells["nom"] == text
    assert made.guessed == ()


def test_forms_begin_with_the_dictionary_form_and_do_not_repeat() -> None:
    made = paradigm("министр иностранных дел", kind="title")
    forms = made.forms()
    assert forms[0] == "министр иностранных дел"
    assert len(forms) == len(set(forms))
    assert "министрами иностранных дел" in forms


def test_cells_of_ignores_capitals_and_yo() -> None:
    made = paradigm("отчёт", kind="term")
    assert made.cells_of("Отчета") == ("gen",)
    assert made.cells_of("отчёт") == ("nom", "acc")
    assert made.cells_of("отчётность") == ()


@pytest.mark.parametrize(
    ("text", "kind", "gender", "number", "animate"),
    [
        ("Чанчунь", "place", "m", "sg", False),
        ("Сычуань", "place", "f", "sg", False),
        ("Филиппины", "place", "", "pl", False),
        ("ВСНП", "body", "n", "sg", False),
        ("США", "place", "", "pl", False),
        ("Ли Цян", "person", "m", "sg", True),
        ("посол", "title", "m", "sg", True),
        ("выборы", "term", "", "pl", False),
        ("Всекитайское собрание народных представителей", "body", "n", "sg", False),
    ],
)
def test_agreement_features(text: str, kind: str, gender: str, number: str, animate: bool) -> None:
    made = paradigm(text, kind=kind, gender="m" if kind == "person" else "")
    assert (made.gender, made.number, made.animate) == (gender, number, animate)


def test_names_slogans_and_bodies_have_no_plural() -> None:
    for text, kind in (("Ли Цян", "person"), ("китайская мечта", "slogan"), ("Госсовет КНР", "body")):
        assert not [cell for cell in paradigm(text, kind=kind, gender="m").cells if cell.endswith(".pl")]


def test_an_adjective_has_all_genders() -> None:
    cells = paradigm("чанчуньский", kind="term").cells
    assert (cells["gen.f"], cells["nom.n"], cells["ins.pl"]) == ("чанчуньской", "чанчуньское", "чанчуньскими")


def test_both_usages_are_admitted() -> None:
    assert paradigm("город Чанчунь", kind="place").cells_of("города Чанчунь") == ("gen",)
    assert "gen" in paradigm("МИД", kind="body").cells_of("МИД")
    assert "gen" in paradigm("Цзя Лина", kind="person", gender="f").cells_of("Цзя Лина")


@pytest.mark.parametrize(
    ("text", "notes", "kind"),
    [
        ("Си Цзиньпин", "", "person"),  # the sex is not told, and it changes the cells
        ("ХЙЦ", "", "body"),  # gender of an unlisted abbreviation
        ("фрумблекс", "", "term"),  # no such word
        ("держава с развитым интернетом", "decl: 4", "term"),  # told to decline, but stands in an oblique case
        ("Чанчунь", "f; gne: Чанчуни", "place"),  # a note that means nothing
    ],
)
def test_doubt_is_told(text: str, notes: str, kind: str) -> None:
    assert paradigm(text, notes, kind).guessed


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("детский сад", "детском саду"),
        ("морской торговый порт", "морском торговом порту"),
        ("таможенный пост", "таможенном посту"),
        ("Международный аэропорт Шереметьево", "Международном аэропорту Шереметьево"),
        ("Крым", "Крыму"),
    ],
)
def test_some_nouns_have_a_second_locative(text: str, form: str) -> None:
    made = paradigm(text, "", "place" if text == "Крым" else "term")
    assert made.cells["loc"] == form


def test_a_second_locative_that_is_not_the_only_one_is_a_variant() -> None:
    made = paradigm("Хабаровский край", "", "place")
    assert "loc" not in made.cells and ("loc", "Хабаровском краю") in made.variants


def test_an_unlisted_noun_that_looks_like_a_genitive_declines_with_a_doubt() -> None:
    made = paradigm("сона")
    assert (made.cells["ins"], made.cells["acc.pl"], made.cells["prp.pl"]) == ("соной", "соны", "сонах")
    assert paradigm("гастродия высокая").cells["acc"] == "гастродию высокую"
    assert made.guessed


def test_notes_are_read_in_any_order_and_company() -> None:
    said = read_notes("pl; decl: 1 3, gen: идей; acc: идеи")
    assert (said.number, said.words, dict(said.cells)) == ("pl", frozenset({1, 3}), {"gen": "идей", "acc": "идеи"})
    assert read_notes("inv f").invariable and read_notes("inv f").gender == "f"
    assert read_notes("{pl} {decl: 1 2}").words == frozenset({1, 2})


def test_explicit_cells_win() -> None:
    made = paradigm("Лев", "gen: Лева; dat: Леву; ins: Левом; prp: Леве", "person", "m")
    assert (made.cells["gen"], made.cells["acc"]) == ("Лева", "Лева")


@pytest.mark.parametrize(
    "text", ["", " ", "«»", "—", "5G", "а" * 500, "Ёжик-", "-", "中国", "Ли\u0301 Цян", "\U0001f600 мир"]
)
def test_never_raises(text: str) -> None:
    for kind in ("person", "place", "body", "title", "slogan", "term"):
        made = paradigm(text, kind=kind)
        assert isinstance(made, Paradigm)
        assert set(CASES) <= set(made.cells)


def test_five_thousand_entries_take_seconds() -> None:
    """Loading apart; the bound is loose because the machine may be busy."""
    paradigm("разогрев", kind="term")
    words = (
        "план",
        "форум",
        "отрасль",
        "инициатива",
        "соглашение",
        "механизм",
        "программа",
        "стратегия",
        "проект",
        "закон",
    )
    qualities = ("новый", "важный", "первый", "общий", "единый")
    start = time.process_time()
    for count in range(1000):
        text = f"{words[count % 10]} {'развития ' * (count // 50 % 20)}{qualities[count % 5]}"
        paradigm(text.strip(), kind="term")
    assert time.process_time() - start < 3.0


def test_words_of_common_gender_take_the_masculine_of_an_adjective() -> None:
    from pipeline.languages.russian.analyse import inflect_word

    assert inflect_word("новый", "gen", "sg", "c", True, "ADJF") == "нового"
    assert inflect_word("новый", "acc", "sg", "c", True, "ADJF") == "нового"


@pytest.mark.parametrize(
    ("word", "cell", "form"),
    [
        ("воскресенье", "prp", "воскресенье"),
        ("сиденье", "gen", "сиденья"),
        ("уголь", "acc", "уголь"),
        ("переводчик", "acc", "переводчика"),
        ("спутник", "acc", "спутник"),
        ("барак", "acc", "барак"),
        ("цветок", "nom.pl", "цветы"),
    ],
)
def test_cells_that_the_dictionary_has_twice(word: str, cell: str, form: str) -> None:
    assert paradigm(word).cells[cell] == form


def test_what_may_be_a_being_has_both_accusatives() -> None:
    assert ("acc.pl", "матрёшек") in paradigm("матрёшка").variants


def test_a_plural_may_be_a_singular_of_another_case() -> None:
    assert ("gen", "слушания") in paradigm("слушания").variants
    assert ("gen", "меры поддержки") not in paradigm("меры поддержки").variants
