"""Sentences: data-file cases, spans that rebuild the paragraph, time that grows with the length only."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Lang
from pipeline.segment import cut, pieces

CASES = Path(__file__).parents[2] / "cases" / "segment"


def cases() -> Iterator[tuple[Lang, str]]:
    for lang in get_args(Lang):
        for line in (CASES / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield lang, line


@pytest.mark.parametrize(("lang", "line"), list(cases()))
def test_sentences(lang: Lang, line: str) -> None:
    text = line.replace(" | ", "" if lang == "zh" else " ").replace(" ⏎ ", "\n")
    assert [span.of(text) for span in cut(text, lang)] == re.split(r" \| | ⏎ ", line)


def rebuilt(text: str, lang: Lang) -> None:
    spans = cut(text, lang)
    at = 0
    for span in spans:
        assert span.start >= at and span.end > span.start
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not text[at:].strip()
    assert bool(spans) == bool(text.strip())


@given(st.text(max_size=120), st.sampled_from(get_args(Lang)))
def test_spans_rebuild_any_text(text: str, lang: Lang) -> None:
    rebuilt(text, lang)


PIECES = [
    *'“”«»。！…，—()😀й"\n ',
    "В 2025 г.",
    "Китай",
    ". ",
    "А. ",
    "т. д.",
    "1.",
    "U.S.",
    "и\u0306",
    "\ufeff",
    "他说",
]


@given(
    st.lists(st.sampled_from([*PIECES, "\u2028", "\x85", "\u00a0", "\U00020000"]), max_size=40),
    st.sampled_from(get_args(Lang)),
)
def test_spans_rebuild_what_looks_like_text(parts: list[str], lang: Lang) -> None:
    rebuilt("".join(parts), lang)


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize(
    "unit", ["“他说。他来。", "А.", ".", "…", "！", "-/", "1. ", "т. д. Он. ", '"', "A. B. U.S. “ok. "]
)
def test_long_odd_text_takes_linear_time(unit: str, lang: Lang) -> None:
    started = time.process_time()
    cut(unit * (60_000 // len(unit)), lang)
    assert time.process_time() - started < 6


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一、总体要求", ["一、", "总体要求"]),
        ("（一）指导思想。坚持改革。", ["（一）", "指导思想。", "坚持改革。"]),
        ("十二、附则", ["十二、", "附则"]),
        ("（1）完善机制", ["（1）", "完善机制"]),
        ("1. 加强领导", ["1.", "加强领导"]),
        ("3．加强领导", ["3．", "加强领导"]),
        ("2、“放管服”改革", ["2、", "“放管服”改革"]),
        ("一、十四五规划", ["一、", "十四五规划"]),
        ("一、二级市场活跃。", ["一、二级市场活跃。"]),
        ("三、四线城市", ["三、四线城市"]),
        ("5.1专项行动", ["5.1专项行动"]),
        ("1.5亿元", ["1.5亿元"]),
        ("（2024）1号文件", ["（2024）1号文件"]),
        ("第一，加强领导。", ["第一，加强领导。"]),
        ("一是加强领导。", ["一是加强领导。"]),
        ("一、", ["一、"]),
        ("会议讨论：一、经济；二、教育。", ["会议讨论：一、经济；二、教育。"]),
        ("一、总体要求\n（二）目标", ["一、", "总体要求", "（二）", "目标"]),
    ],
)
def test_outline_numbers_stand_apart_for_translating(text: str, wanted: list[str]) -> None:
    assert [span.of(text) for span in pieces(text, "zh")] == wanted


def test_outlines_of_other_languages_are_of_their_sentence() -> None:
    assert [span.of("1. Общие положения") for span in pieces("1. Общие положения", "ru")] == ["1. Общие положения"]


@given(st.text("一二十、（）()1.． \n总体。", max_size=30))
def test_pieces_rebuild_any_text(text: str) -> None:
    at = 0
    for span in pieces(text, "zh"):
        assert span.start >= at and span.end > span.start and not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()
