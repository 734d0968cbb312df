"""Outline numbers of Chinese official documents."""

from __future__ import annotations

import pytest

from pipeline.languages.outline import western


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *[("一、", "1."), ("十、", "10."), ("十二、", "12."), ("二十、", "20."), ("三十一、", "31.")],
        *[("（三）", "(3)"), ("（十）", "(10)"), ("(5)", "(5)"), ("3．", "3."), ("12、", "12."), (" 四、 ", "4.")],
        *[("一", None), ("一是", None), ("（会）", None), ("", None), ("、", None), ("一、时间", None)],
    ],
)
def test_western(text: str, wanted: str | None) -> None:
    assert western(text) == wanted
