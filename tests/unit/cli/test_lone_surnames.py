"""`palladius name` with one word: a Chinese surname comes first, the other reading beside it."""

from __future__ import annotations

import pytest

from pipeline.cli.name import look_up, table
from pipeline.languages import names


@pytest.mark.parametrize(
    ("word", "english", "other"),
    [("Чжао", "Zhao", "Chzhao"), ("Ван", "Wang", "Van"), ("Ли", "Li", "Li"), ("Хуан", "Huang", "Khuan")],
)
def test_a_common_surname_in_cyrillic_is_pinyin_first(word: str, english: str, other: str) -> None:
    [answer] = look_up([word], "ru")
    assert (answer["ru"], answer["en"], answer["kind"]) == (word, english, "person")
    assert any(f"{other} (BGN/PCGN)" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("word", "english"), [("Иванов", "Ivanov"), ("Панин", "Panin"), ("Хан", "Khan"), ("Ким", "Kim")]
)
def test_other_names_stay_as_they_were(word: str, english: str) -> None:
    [answer] = look_up([word], "ru")
    assert answer["en"] == english


def test_a_rare_surname_is_a_note() -> None:
    [answer] = look_up(["Хан"], "ru")
    assert "as a Chinese surname (杭): Хан, Hang" in answer["notes"]


def test_two_words_are_read_as_before() -> None:
    [answer] = look_up(["Ли Цян"], "ru")
    assert answer["en"] == "Li Qiang"


def test_pinyin_alone_is_a_person_declined_as_one() -> None:
    [answer] = look_up(["Wang"], "en")
    assert (answer["ru"], answer["kind"], answer["cases"]["gen"]) == ("Ван", "person", "Вана")
    [answer] = look_up(["Wang"], "en", "f")
    assert answer["cases"]["gen"] == "Ван"


def test_surnames_by_spelling() -> None:
    assert names.family("чжао", "ru") == ("赵",)
    assert names.family("Wang", "en")[:2] == ("王", "汪")
    assert names.family("Ouyang", "en") == ("欧阳",)
    assert names.family("Иванов", "ru") == names.family("赵", "zh") == ()


def test_one_language_alone() -> None:
    [answer] = look_up(["Чжао"], "ru")
    shown = table(answer, "en")
    assert "Zhao" in shown and "genitive" not in shown and "Chinese  " not in shown


def test_a_surname_in_small_letters_is_declined_as_a_name() -> None:
    small, right = look_up(["ван", "Ван"], "ru")
    assert small["input"] == "ван" and small["ru"] == "Ван"
    assert small["cases"] == right["cases"] and small["cases"]["gen"] == "Вана"


def test_spaces_are_no_part_of_a_name() -> None:
    [apart] = look_up(["长春 市"])
    [whole] = look_up(["长春市"])
    assert apart == {**whole, "input": "长春 市"}
    assert look_up([" Ван  Хунвэнь "]).__next__()["ru"] == "Ван Хунвэнь"
