from __future__ import annotations

import pytest

from pipeline.languages import transcription
from pipeline.languages.transcription_tables import SYLLABLES
from tests.unit.languages.cases import rows


@pytest.mark.parametrize("row", rows("russian"), ids=lambda row: row["russian"])
def test_russian_name(row: dict[str, str]) -> None:
    assert transcription.to_chinese(row["russian"]) == row["chinese"]
    assert transcription.to_english(row["russian"]) == row["english"]


def test_table_is_full_where_russian_needs_it() -> None:
    for consonant in "бвгджзклмнпрстфхцчш":
        for vowel in "аеиоу":
            assert (consonant, vowel) in SYLLABLES
        assert (consonant, "") in SYLLABLES


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Иванова", "f"),
        ("Иванов", "m"),
        ("Мария Захарова", "f"),
        ("Матвиенко", ""),
        ("Анна Ивановна", "f"),
        ("Бродский", "m"),
    ],
)
def test_gender(name: str, gender: str) -> None:
    assert transcription.gender(name) == gender


@pytest.mark.parametrize("name", ["", "-", "Ъ", "Ёлкин", "Щ", "Йод", "Эйвазов", "abc", "Ьь", "Джугашвили", "О'Коннор"])
def test_odd_input_never_fails(name: str) -> None:
    assert isinstance(transcription.to_chinese(name), str)
    assert isinstance(transcription.to_english(name), str)
