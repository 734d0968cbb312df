"""Markdown: whatever a target holds is read again as the same text, wherever it stands."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.formats import base

PLACES = [
    "段落\n",
    "# 标题\n",
    "- 项目\n",
    "> 引文\n",
    "| 甲 | 乙 |\n|--|--|\n| 丙 | 丁 |\n",
    "前**段**落\n",
    "一  \n二  \n三\n",
]
TARGETS = [
    "\\!",
    "* x",
    "# x",
    "1. x",
    "2) x",
    "> x",
    "- x",
    "+ x",
    "---",
    "===",
    "***",
    "a #",
    "#",
    "a|b",
    "a\\",
    "5 * 3 * 2",
]
TARGETS += [
    "5*3=15",
    "[a](b)",
    "![a](b)",
    "[a]: b",
    "[^1]: x",
    "[x] a",
    "<b>",
    "<!-- a -->",
    "&amp;",
    "`a",
    "``",
    "~~a~~",
    "~~~",
]
TARGETS += [
    "_a_",
    "a_b_c",
    "__",
    "+++",
    "| a |",
    "a\\|b",
    "\\\\",
    "[",
    "]",
    "a]",
    "<",
    "&",
    "&#33;",
    "- - -",
    "Ст. 5*",
    "«[1]»",
]


def again(source: str, target: str, at: int = 0) -> tuple[list[str], list[str]]:
    """Texts that are read from the source, and from what is written with one new target."""
    plugin = base.plugin("markdown")
    document = plugin.read(source.encode(), "t", "zh", "ru")
    made = list(document.segments)
    made[at] = replace(made[at], target=target)
    read = plugin.read(plugin.write(document.with_segments(made)), "t", "zh", "ru")
    return [s.source for s in document.segments], [s.source for s in read.segments]


MARKED = st.text(st.sampled_from(string.punctuation + string.punctuation + "aя1 中。"), min_size=1, max_size=12)


@pytest.mark.parametrize("source", PLACES)
@pytest.mark.parametrize("target", TARGETS)
def test_every_mark_is_read_again(source: str, target: str) -> None:
    before, after = again(source, target)
    if "**" in source:
        assert "".join(after).replace(" ", "") == target.replace(" ", "")
    else:
        assert after == [target, *before[1:]]


@given(
    MARKED.map(str.strip).filter(lambda text: text.strip("\ufeff") != ""), st.sampled_from(PLACES), st.integers(0, 2)
)
@example("[[](", PLACES[0], 0)
def test_any_target_is_read_again(target: str, source: str, at: int) -> None:
    if "**" in source:
        return
    before, _ = again(source, "x")
    at %= len(before)
    before, after = again(source, target, at)
    assert after == [*before[:at], target, *before[at + 1 :]]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("甲\\*乙", "甲*乙"),
        ("5\\*3=15", "5*3=15"),
        ("5*3=15", "5*3=15"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("甲 &amp; 乙 &lt; 丙", "甲 & 乙 < 丙"),
        ("甲&foo;乙", "甲&foo;乙"),
        ("甲**乙**丙", "甲乙丙"),
        ("**见 https://a.cn/b**", "见 "),
        ("甲[乙](c)丙]", "甲乙丙]"),
        ("甲`\\*`乙", "甲乙"),
    ],
)
def test_text_is_what_a_reader_sees(source: str, text: str) -> None:
    plugin = base.plugin("markdown")
    document = plugin.read(source.encode(), "t", "zh", "ru")
    assert [s.source for s in document.segments] == [text]
    assert plugin.write(document) == source.encode()
