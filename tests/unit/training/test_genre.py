"""The generator of the genre corpus and the annotation of terms."""

from __future__ import annotations

import random
import re

import pytest

from pipeline.errors import DataError
from pipeline.training import annotate
from pipeline.training.fillers import Fillers, counted
from pipeline.training.genre import fill, rows


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1 проект"),
        (2, "2 проекта"),
        (5, "5 проектов"),
        (11, "11 проектов"),
        (21, "21 проект"),
        (112, "112 проектов"),
    ],
)
def test_counted(number: int, text: str) -> None:
    assert counted(number, "проект,проекта,проектов") == text


@pytest.fixture(scope="module")
def fillers() -> Fillers:
    return Fillers()


def test_a_slot_is_the_same_in_all_languages(fillers: Fillers) -> None:
    cells = {
        "zh": "{person1}在{city1}会见{person2}，出席{num1}个项目开工仪式。",
        "ru": "{person1:nom} встретился с {person2:ins} и запустил {num1|проект,проекта,проектов}.",
        "en": "{person1} met {person2} in {city1} and launched {num1} projects.",
    }
    declined = 0
    for seed in range(20):
        made = fill(cells, fillers, random.Random(seed))
        assert not any("{" in text for text in made.cells.values())
        first, second = (
            name for name in made.names if name["zh"] not in ("", made.cells["zh"]) and "市" not in name["zh"]
        )
        assert first["zh"] != second["zh"]
        assert made.cells["en"].startswith(first["en"])
        assert made.cells["ru"].startswith(first["ru"])
        (form,) = re.findall(r"с (.+) и запустил", made.cells["ru"])
        assert form in second["forms"]
        declined += form != second["ru"]
    assert declined >= 10  # the rest are names without cases


def test_same_seed_same_row(fillers: Fillers) -> None:
    cells = {"zh": "{pct1}%，{date1}", "ru": "на {pct1} %, {date1}", "en": "by {pct1}% on {date1}"}
    assert fill(cells, fillers, random.Random(5)) == fill(cells, fillers, random.Random(5))


def test_unknown_slot_and_case_are_named(fillers: Fillers) -> None:
    with pytest.raises(DataError, match="planet"):
        fill({"zh": "{planet1}", "ru": "", "en": ""}, fillers, random.Random(1))
    with pytest.raises(DataError, match="abl"):
        fill({"zh": "", "ru": "{person1:abl}", "en": ""}, fillers, random.Random(1))


def test_every_genre_row_can_be_filled(fillers: Fillers) -> None:
    for name, _, cells, _ in rows():
        made = fill(cells, fillers, random.Random(name))
        assert not any("{" in text or "}" in text for text in made.cells.values()), name


def test_marks() -> None:
    text = "会议强调要推动高质量发展。"
    assert annotate.mark(text, [(7, 12, "развитие")]) == "会议强调要推动<t> 高质量发展<l> развитие</t>。"
    two = annotate.mark("talks on trade and peace", [(9, 14, "торговля"), (19, 24, "мир")])
    assert two == "talks on <t> trade<l> торговля</t> and <t> peace<l> мир</t>"


def test_candidates_take_one_to_one_links_only() -> None:
    source = ["▁The", "▁minis", "ter", "▁praised", "▁regional", "▁trade", "."]
    target = ["▁Министр", "▁похвал", "ил", "▁торговлю", "."]
    link = [2, 3, 3, 5, 6]
    text, terms = annotate.candidates("en", "ru", source, target, link)
    assert {(text[a:b], lemma) for a, b, lemma in terms} == {
        ("minister", "министр"),
        ("praised", "похвалить"),
        ("trade", "торговля"),
    }
    _, none = annotate.candidates("en", "ru", source, target, [2, 5, 3, 255, 6])
    assert ("trade", "торговля") not in {(text[a:b], lemma) for a, b, lemma in none}
