from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.languages import names, names_foreign
from tests.unit.languages.cases import lines


@pytest.mark.parametrize("line", lines("recognise"))
def test_recognise(line: str) -> None:
    wanted = re.findall(r"\[(.*?)\]", line)
    text = re.sub(r"[\[\]]", "", line)
    found = names.people(text)
    assert [person.span.of(text) for person in found] == wanted
    assert [person.name for person in found] == wanted


def test_traditional_characters_and_marks_keep_their_place() -> None:
    text = "市委書記王\u200b君正強調"
    (found,) = names.people(text)
    assert (found.name, found.span.of(text), found.sure) == ("王君正", "王\u200b君正", True)


def test_a_sure_name_is_found_everywhere() -> None:
    text = "市长王路出席。随后王路的团队进行汇报。"
    assert [person.span.start for person in names.people(text)] == [2, 9]


def test_a_name_under_a_foreign_title_is_not_sure() -> None:
    (found,) = names.people("越南国家主席陈大光会见代表团。")
    assert not found.sure


def test_resolve() -> None:
    assert names.resolve("單霽翔", "ru") == "Шань Цзисян"
    assert names.resolve("单霁翔", "en") == "Shan Jixiang"
    assert names.resolve("單霽翔", "zh") == "单霁翔"


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet="王李张书记市长说和、，。强调主持a1 \u200b会见高明安全", max_size=40))
def test_names_never_overlap(text: str) -> None:
    found = names.people(text)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
    for person in found:
        assert 2 <= len(person.name) <= 4


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ван Цзюньчжэн встретился с Ли Цяном и Си Цзиньпином", ["Ван Цзюньчжэн", "Ли Цян", "Си Цзиньпин"]),
        ("по приглашению Хань Чжэна", ["Хань Чжэн"]),
        ("министр Ван И и Чэнь Миньэр", ["Ван И", "Чэнь Миньэр"]),
        ("с Юань Цзяцзюнем", ["Юань Цзяцзюнь"]),
        ("Владимир Путин и Сергей Лавров", []),
        ("Московский Кремль, Ли это", []),
    ],
)
def test_russian_people(text: str, wanted: list[str]) -> None:
    assert [f"{person.surname} {person.given}" for person in names_foreign.russian_people(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wang Junzheng met Li Qiang and Xi Jinping", ["Wang Junzheng", "Li Qiang", "Xi Jinping"]),
        ("Lyu Jian, Chen Min'er", ["Lyu Jian", "Chen Min'er"]),
        ("Vladimir Putin and An Example", []),
    ],
)
def test_english_people(text: str, wanted: list[str]) -> None:
    assert [f"{person.surname} {person.given}" for person in names_foreign.english_people(text)] == wanted
