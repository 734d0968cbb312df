from __future__ import annotations

import re

import pytest

from pipeline.languages import palladius, pinyin
from pipeline.languages.palladius_table import INVERSE, TABLE, pairs
from tests.unit.languages.cases import rows


@pytest.mark.parametrize("row", rows("palladius-syllables"), ids=lambda row: row["pinyin"])
def test_syllable(row: dict[str, str]) -> None:
    assert TABLE[row["pinyin"]] == row["russian"]
    assert row["pinyin"] in INVERSE[row["russian"]] or row["pinyin"] == "lo"


def test_every_reading_of_the_dictionary_has_a_syllable() -> None:
    from pypinyin.pinyin_dict import pinyin_dict

    han = [code for code in pinyin_dict if 0x4E00 <= code <= 0x9FA5]
    readings = {pinyin.plain(pinyin_dict[code].split(",")[0]) for code in han}
    assert len(readings) > 390
    assert {reading for reading in readings if reading not in TABLE} <= {"fiao", "nou"}


def test_nothing_but_palladius_letters() -> None:
    for cyrillic in TABLE.values():
        assert re.fullmatch("[а-яё]+", cyrillic)
        assert not re.search("дж|дз|щ|ё|ъ", cyrillic)
    assert "хуй" not in TABLE.values()


@pytest.mark.parametrize("row", rows("chinese-people"), ids=lambda row: row["chinese"])
def test_person(row: dict[str, str]) -> None:
    assert palladius.name(row["chinese"]) == row["russian"]
    assert pinyin.name(row["chinese"]) == row["english"]


@pytest.mark.parametrize("row", rows("surnames"), ids=lambda row: row["chinese"])
def test_surname(row: dict[str, str]) -> None:
    assert palladius.surname(row["chinese"]) == row["russian"]
    assert pinyin.surname(row["chinese"]) == row["english"]


@pytest.mark.parametrize("row", rows("chinese-places"), ids=lambda row: row["chinese"])
def test_place(row: dict[str, str]) -> None:
    assert palladius.place(row["chinese"]) == row["russian"]
    assert pinyin.place(row["chinese"]) == row["english"]


def test_inverse_of_every_pair_of_syllables() -> None:
    """Two syllables joined and read back give the same syllables among the readings."""
    names = [syllable for syllable in TABLE if syllable not in ("ê", "m", "n", "ng", "hm", "hng", "o", "lo")]
    for first in names[::7]:
        for second in names[::5]:
            word = palladius.join([first, second])
            readings = [[INVERSE[part][0] for part in way] for way in palladius.split(word)]
            assert [first, second] in readings, word


@pytest.mark.parametrize("row", rows("chinese-people")[:40], ids=lambda row: row["chinese"])
def test_russian_and_english_lead_to_each_other(row: dict[str, str]) -> None:
    assert palladius.from_pinyin(row["english"]) == row["russian"]
    assert row["english"] in palladius.to_pinyin(row["russian"])


@pytest.mark.parametrize(
    ("latin", "russian"),
    [
        ("Wang Junzheng", "Ван Цзюньчжэн"),
        ("Wang Jun-zheng", "Ван Цзюньчжэн"),
        ("Xi'an", "Сиань"),
        ("Xian", "Сянь"),
        ("Chang'an", "Чанъань"),
        ("Lü Bu", "Люй Бу"),
        ("Lyu Bu", "Люй Бу"),
        ("Lv Bu", "Люй Бу"),
        ("Lǚ Bù", "Люй Бу"),
        ("Fangan", "Фаньгань"),
        ("Ouyang Xiu", "Оуян Сю"),
        ("Sun Yat-sen", "Сунь Ятсен"),
        ("Chiang Kai-shek", "Чан Кайши"),
        ("John Smith", None),
        ("Vladimir Putin", None),
    ],
)
def test_from_pinyin(latin: str, russian: str | None) -> None:
    assert palladius.from_pinyin(latin) == russian


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        *(("Цзюньчжэн", True), ("Чанъань", True), ("Сиань", True), ("Хуэй", True), ("Аньхой", True)),
        *(("Чанъ", False), ("Джунчжэн", False), ("Гуоюэ", False), ("Москва", False), ("Сергей", False), ("", False)),
    ],
)
def test_is_palladius(word: str, wanted: bool) -> None:
    assert palladius.is_palladius(word) is wanted


def test_a_table_says_a_key_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        pairs("a=1; b=2\na=3")
