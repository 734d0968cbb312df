"""The edges of what a model reads as a term in Chinese and English: what goes with it and what does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from pipeline.enforce import Enforcer
from pipeline.engines.base import Link
from pipeline.model import Form, Kind, Lang, Span, Term

CASES: tuple[tuple[str, str, Kind, str, str, str, str, Mapping[str, float]], ...] = (
    (  # the end of a compound goes with it
        "ru-zh", "плашкоут", "term", "平底驳船", "Технику доставили на двух плашкоутах.",
        "技术设备由两艘浮板艇运抵。", "技术设备由两艘平底驳船运抵。", {"浮": 0.9, "板": 0.9, "艇": 0.2},
    ),
    (  # a row that is whole gets nothing more
        "en-zh", "catchment area", "term", "集水区", "The stations cover the whole catchment area of the reservoir.",
        "监测站覆盖水库的整个捕获面积。", "监测站覆盖水库的整个集水区。", {"捕获": 0.9, "面积": 0.9},
    ),
    (  # all characters of a transcription
        "ru-zh", "Семен Кравцов", "person", "谢苗·克拉夫佐夫", "Об итогах рассказал капитан Семен Кравцов.",
        "船长西蒙·克拉福措夫介绍了情况。", "船长谢苗·克拉夫佐夫介绍了情况。",
        {"西": 0.9, "蒙": 0.9, "·": 0.9, "克拉": 0.9, "福": 0.9, "措": 0.3, "夫": 0.1},
    ),
    (  # an ordinal of the source stays
        "ru-en", "пожарно-спасательный отряд", "body", "Fire and Rescue Brigade",
        "Пятый пожарно-спасательный отряд получил две автоцистерны.",
        "The Fifth Fireman Salvation Detachment received two tankers.",
        "The Fifth Fire and Rescue Brigade received two tankers.",
        {"Fifth": 0.62, "Fireman": 0.98, "Salvation": 0.9, "Detachment": 0.9},
    ),
    (  # and the second half of a compound adjective
        "ru-en", "удой", "term", "milk yield", "Среднесуточный удой на ферме вырос.",
        "The average daily milking at the farm grew.", "The average daily milk yield at the farm grew.",
        {"daily": 0.84, "milking": 0.9},
    ),
    (  # a word of address is none of the office
        "en-zh", "stationmaster", "title", "站长", "Dear stationmaster, my umbrella was left on the train.",
        "车站主人先生：我把雨伞落在了列车上。", "站长先生：我把雨伞落在了列车上。",
        {"车站": 0.9, "主人": 0.9, "先生": 0.9},
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_edges(case: tuple[str, str, Kind, str, str, str, str, Mapping[str, float]]) -> None:
    langs, left, kind, right, source, target, expected, shares = case
    here, _, there = langs.partition("-")
    forms: dict[Lang, tuple[Form, ...]] = {here: (Form(left),), there: (Form(right),)}  # type: ignore[dict-item]
    term = Term("t", forms, kind, "m" if kind == "person" else "")
    found = Enforcer((term,), here, there).occurrences(source)  # type: ignore[arg-type]
    own, dot = found[0].span, Span(len(source) - 1, len(source))

    def read(_source: str, text: str) -> Sequence[Link]:
        if text != target:
            return ()
        words = "|".join(sorted(map(re.escape, shares), key=len, reverse=True))
        links: list[Link] = []
        for match in re.finditer(rf"{words}|[\u3400-\u9fff]|[^\W_]+|\S", target):
            share = shares.get(match.group(), 0.0)
            links += [(own, Span(*match.span()), share), (dot, Span(*match.span()), 1 - share)]
        return [link for link in links if link[2] > 0]

    done = Enforcer((term,), here, there, read=read).enforce(source, target)  # type: ignore[arg-type]
    assert done.target == expected
