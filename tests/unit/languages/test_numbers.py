from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.languages import numbers_words
from pipeline.languages.numbers import numbers, render
from pipeline.model import LANGS
from tests.unit.languages.cases import rows


def shown(text: str, lang: Any) -> str:
    found = numbers(text, lang)
    return " ".join(
        f"{one.kind}:{one.value.normalize():f}" + (f":{one.unit}" if one.unit else "")
        for one in found
        if one.value is not None
    )


@pytest.mark.parametrize("row", rows("numbers"), ids=lambda row: f"{row['lang']} {row['text']}")
def test_numbers(row: dict[str, str]) -> None:
    assert shown(row["text"], row["lang"]) == (row["numbers"] or "")


@pytest.mark.parametrize(
    ("zh", "ru", "en"),
    [
        ("1.5亿元", "150 млн юаней", "150 million yuan"),
        ("三十五", "тридцать пять", "thirty-five"),
        ("2025年5月12日", "12 мая 2025 года", "May 12, 2025"),
        ("8.3%", "8,3 %", "8.3 percent"),
        ("第十四", "14-й", "14th"),
        ("1200", "1,2 тыс.", "1,200"),
    ],
)
def test_the_same_in_three_languages(zh: str, ru: str, en: str) -> None:
    (one,), (two,), (three,) = numbers(zh, "zh"), numbers(ru, "ru"), numbers(en, "en")
    assert one.same(two) and two.same(three) and one.same(three)
    assert one.value == two.value == three.value


@settings(deadline=None, derandomize=True)
@given(st.integers(min_value=1, max_value=10**9))
def test_a_rendered_number_reads_back(value: int) -> None:
    (number,) = numbers(f"{value} ", "en") if value not in range(1900, 2100) else numbers("7", "en")
    for lang in LANGS:
        text = render(number, lang)
        assert text is not None
        (back,) = numbers(text, lang)
        assert back.value == number.value


@settings(deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=99_999_999))
def test_han_numerals(value: int) -> None:
    assert numbers_words.han(spelt(value)) == Decimal(value)


def spelt(value: int) -> str:
    """The usual way to write a number in characters."""
    if value >= 10000:
        rest = value % 10000
        gap = "零" if 0 < rest < 1000 else ""
        return spelt(value // 10000) + "万" + gap + (spelt(rest) if rest else "")
    text, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = True
    return text or "零"


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=50), st.sampled_from(LANGS))
def test_any_text_gives_ordered_spans(text: str, lang: Any) -> None:
    found = numbers(text, lang)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("text", "lang", "zh", "ru", "en"),
    [
        ("1,5 млрд долларов США", "ru", "15亿美元", "1,5\u00a0млрд долларов США", "1.5 billion U.S. dollars"),
        ("3.2万亿元", "zh", "3.2万亿元", "3,2\u00a0трлн юаней", "3.2 trillion yuan"),
        ("May 12, 2025", "en", "2025年5月12日", "12\u00a0мая 2025\u00a0года", "May 12, 2025"),
        ("2 рубля", "ru", "2卢布", None, "2 rubles"),
        ("8,3 %", "ru", "8.3%", "8,3\u00a0%", "8.3%"),
        ("12345", "en", "12345", "12\u00a0345", "12,345"),
        ("第三", "zh", "第3", None, None),
    ],
)
def test_render(text: str, lang: Any, zh: str | None, ru: str | None, en: str | None) -> None:
    (number,) = numbers(text, lang)
    assert (render(number, "zh"), render(number, "ru"), render(number, "en")) == (zh, ru, en)
