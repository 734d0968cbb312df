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
    (  # what touches the dot of a name is the name
        "en-zh", "Martina Hallworth", "person", "玛蒂娜·霍尔沃思",
        "The choir is conducted by Martina Hallworth, a teacher at the music school.",
        "合唱团由音乐学校教师玛婷娜·豪沃斯指挥。", "合唱团由音乐学校教师玛蒂娜·霍尔沃思指挥。", {"婷": 0.9},
    ),
    (  # a surname alone has no part of the name before the dot, where its form is that of a surname
        "en-zh", "Hallworth", "person", "霍尔沃思", "The choir is conducted by Hallworth, a teacher.",
        "合唱团由教师马丁·豪沃斯指挥。", "合唱团由教师马丁·霍尔沃思指挥。", {"豪": 0.9, "沃斯": 0.9},
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
    (  # two measures make no sense together
        "ru-zh", "улов", "term", "捕捞量", "Средний улов на одно судно впервые превысил сто тонн.",
        "每艘船的平均捕鱼次数首次超过100吨。", "每艘船的平均捕捞量首次超过100吨。", {"捕鱼": 0.9},
    ),
    (  # a preposition that the segmenter gave to the last word
        "ru-zh", "красный рецепт", "term", "特殊处方", "По красным рецептам аптека выдает пожилым инсулин.",
        "药店凭红色药单向老人发放胰岛素。", "药店凭特殊处方向老人发放胰岛素。",
        {"红色": 0.9, "药": 0.9, "单向": 0.9},
    ),
    (  # a noun that stands in the target once more than in the source
        "ru-zh", "Пермская биржа", "body", "彼尔姆交易所", "Пермская биржа меняет торги на срочном рынке.",
        "彼尔姆商品市场调整期货市场的交易。", "彼尔姆交易所调整期货市场的交易。",
        {"彼尔姆": 0.9, "商品": 0.9},
    ),
    (  # a verb that is nearest to a word of the term
        "ru-zh", "режим повышенной опасности", "term", "高度危险状态", "В крае введен режим повышенной опасности.",
        "边疆区已进入提高危险制度。", "边疆区已进入高度危险状态。", {"提高": 0.95, "危险": 0.95, "制度": 0.9},
    ),
    (  # the gerund whose object the words are
        "zh-en", "果树授粉", "term", "fruit tree pollination training", "农户说，果树授粉需要人手。",
        "Growers say moving pollen over orchards needs hands.", "Growers say fruit tree pollination training needs hands.",
        {"pollen": 0.95, "over": 0.9, "orchards": 0.95},
    ),
    (  # what the tables say of another word of the source yields to what the model reads
        "en-zh", "water hammer", "term", "水锤", "The water hammer burst a valve of the supply line.",
        "液体榔头震裂了供水管线的阀门。", "水锤震裂了供水管线的阀门。",
        {"液体": 0.95, "榔头": 0.95, "供水": 0.2, "管线": 0.05},
    ),
    (  # whose it is stays, where the rest says the whole term
        "zh-en", "专利输出", "term", "patent export", "该厂专利输出收入增长。",
        "Income from the design bureau's patent output grew.", "Income from the design bureau's patent export grew.",
        {"design": 0.8, "bureau": 0.8, "patent": 0.9, "output": 0.9},
    ),
    (  # not where it is a part of the term
        "zh-en", "驾驶执照", "term", "driving permit", "他的驾驶执照丢了。",
        "The driver's licence was lost.", "The driving permit was lost.", {"driver": 0.9, "licence": 0.9},
    ),
    (  # kinds of the thing are counted, and stay
        "ru-en", "растение-медонос", "term", "honey crop", "Вдоль дорог высажено девять видов растений-медоносов.",
        "Nine species of nectar flora were planted along the roads.",
        "Nine species of honey crops were planted along the roads.",
        {"species": 0.9, "nectar": 0.9, "flora": 0.9},
    ),
    (  # the participle belongs to the rendering
        "zh-en", "印花税", "term", "stamp duty", "商会称，印花税明年取消。",
        "The chamber said that printed flower tax will end next year.",
        "The chamber said that stamp duty will end next year.", {"printed": 0.9, "flower": 0.9, "tax": 0.9},
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
