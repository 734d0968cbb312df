"""Cleaning of parallel text."""

from __future__ import annotations

import pytest

from pipeline.training import clean


@pytest.mark.parametrize(
    ("text", "language", "tidy"),
    [
        ("三国 外交部长 指出 ， 在 最高级别", "zh", "三国外交部长指出，在最高级别"),
        ("定于 2015 年 4 月 28 日", "zh", "定于2015年4月28日"),
        ("新规定,从今天起生效", "zh", "新规定，从今天起生效"),
        ("共12,500人", "zh", "共12,500人"),
        ("организация <<основана>>", "ru", "организация «основана»"),
        ("a\u00a0 b", "en", "a b"),
    ],
)
def test_tidy(text: str, language: str, tidy: str) -> None:
    assert clean.tidy(text, language) == tidy


def test_key_ignores_case_spaces_and_punctuation() -> None:
    assert clean.key("Hello, world!") == clean.key("hello world")
    assert clean.key("会议，结束。") == clean.key("会议结束")


@pytest.mark.parametrize(
    ("left", "right", "good"),
    [
        ("会议在北京召开。", "Совещание прошло в Пекине.", True),
        ("会议在北京召开。", "The meeting took place in Beijing.", False),  # not Russian
        ("会议在北京召开。", "Да.", False),  # too short for it
        ("好", "Совещание прошло в Пекине под председательством министра.", False),
        ("见 https://example.org 页面上的说明", "См. описание на странице https://example.org", False),
    ],
)
def test_good(left: str, right: str, good: bool) -> None:
    assert clean.good(left, right, ("zh", "ru")) is good


def test_triples_join_on_english() -> None:
    rows = [
        ("a", {"en": "It rains.", "ru": "Идёт дождь."}),
        ("a", {"en": "it rains", "zh": "下雨了。"}),
        ("a", {"en": "It snows.", "zh": "下雪了。"}),
    ]
    assert list(clean.triples(rows)) == [("a-joined", {"zh": "下雨了。", "ru": "Идёт дождь."})]
