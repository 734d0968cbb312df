"""Rows of Russian words that a model takes for a term: what they begin with."""

import pytest

from pipeline.enforce import place, russian_rows
from pipeline.enforce.heard import Word
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import tokenise
from pipeline.model import Form


@pytest.mark.parametrize(
    ("text", "first", "row"),
    [
        ("Шахтер проверил свой страховочный ремень перед спуском.", "страховочный", "страховочный ремень"),
        ("Рабочий сдал такой защитный щиток на склад.", "защитный", "защитный щиток"),
        ("Рабочий сдал сшитый зимой защитный щиток.", "зимой", "защитный щиток"),
        ("Рабочий сдал широкий защитный щиток на склад.", "защитный", "широкий защитный щиток"),
    ],
)
def test_a_possessive_is_no_part_of_a_term(text: str, first: str, row: str) -> None:
    tokens = [token for token in tokenise(text) if token.is_word]
    at = next(n for n, token in enumerate(tokens) if token.text == first)
    words = [
        Word(token.text, token.start, token.end, 0.9 if at <= n <= at + 1 else 0.3, False, n < at - 1, False, False, True, ())
        for n, token in enumerate(tokens)
    ]  # fmt: skip
    made, torn = russian_rows.whole(words[at : at + 2], words, [Form("монтажный пояс")], View(text, "ru"), 2)
    assert text[made[0].start : made[-1].end] == row and not torn


@pytest.mark.parametrize(
    ("text", "first", "form", "row"),
    [
        ("В пруд выпустили тысячу экземпляров рыбьих личинок.", "экземпляров", "рыбная молодь", "рыбьих личинок"),
        ("В парк привезли сорок особей горных козлов.", "особей", "сибирский козерог", "горных козлов"),
        ("В архив сдали сорок экземпляров судебных дел.", "экземпляров", "экземпляр дела", "экземпляров судебных дел"),
        ("В пруд выпустили тысячу молодых рыбьих личинок.", "молодых", "рыбная молодь", "молодых рыбьих личинок"),
    ],
)
def test_what_counts_is_no_part_of_a_term(text: str, first: str, form: str, row: str) -> None:
    tokens = [token for token in tokenise(text) if token.is_word]
    at = next(n for n, token in enumerate(tokens) if token.text == first)
    words = [
        Word(token.text, token.start, token.end, 0.9 if n >= at else 0.3, False, n < at, False, False, True, ())
        for n, token in enumerate(tokens)
    ]
    made, torn = russian_rows.whole(words[at:], words, [Form(form)], View(text, "ru"), 2)
    assert text[made[0].start : made[-1].end] == row and not torn


@pytest.mark.parametrize(
    ("text", "animate", "cells"),
    [
        ("Патрульный второго уровня", True, ("nom",)),
        ("нового инспектора", True, ("acc", "gen")),
        ("новый мост", False, ("acc", "nom")),
        ("мостовой столб", False, ("acc", "nom")),
        ("политику района", None, ("acc",)),
    ],
)
def test_an_adjective_for_a_person_is_no_accusative_of_a_thing(
    text: str, animate: bool | None, cells: tuple[str, ...]
) -> None:
    assert place.own(text, animate) == cells
