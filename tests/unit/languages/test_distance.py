from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.languages.palladius_distance import distance, mistakes
from tests.unit.languages.cases import rows


@pytest.mark.parametrize("row", rows("misspelt"), ids=lambda row: row["rendering"])
def test_a_misspelt_name_is_near_and_put_right(row: dict[str, str]) -> None:
    assert distance(row["rendering"], row["official"]) < 0.25
    assert mistakes(row["rendering"], row["chinese"]) == row["official"]


@pytest.mark.parametrize("row", rows("different"), ids=lambda row: row["one"])
def test_another_name_is_far(row: dict[str, str]) -> None:
    assert distance(row["one"], row["other"]) > 0.3


@pytest.mark.parametrize(
    ("rendering", "official"),
    [
        ("Вана Цзюньчжэна", "Ван Цзюньчжэн"),
        ("Ли Цяну", "Ли Цян"),
        ("Си Цзиньпином", "Си Цзиньпин"),
        ("Люй Цзяня", "Люй Цзянь"),
        ("Wang Junzheng", "Ван Цзюньчжэн"),
        ("ВАН ЦЗЮНЬЧЖЭН", "Ван Цзюньчжэн"),
        ("Ван Цзюнь-чжэн", "Ван Цзюньчжэн"),
    ],
)
def test_case_forms_and_other_spellings_are_the_name_itself(rendering: str, official: str) -> None:
    assert distance(rendering, official) == 0


@pytest.mark.parametrize(
    ("word", "right"),
    [
        *(("Гуоюэ", "Гоюэ"), ("Дзян", "Цзян"), ("Бейдзин", "Бэйцзин"), ("Гуангдонг", "Гуандун"), ("Дэнг", "Дэн")),
        *(("Шэньчжень", "Шэньчжэнь"), ("Ксиаопинг", "Сяопин"), ("Чонгкинг", "Чунцин"), ("Чжэнг", "Чжэн")),
        *(("Чжоу", None), ("Цзюньчжэн", None), ("Москва", None), ("Сичуань", None), ("Россия", None)),
    ],
)
def test_mistakes_without_a_source(word: str, right: str | None) -> None:
    assert mistakes(word) == right


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=20), st.text(max_size=20))
def test_distance_is_a_share(one: str, other: str) -> None:
    assert 0 <= distance(one, other) <= 1
    assert distance(one, one) == 0
