"""Spaces in and about placeholders and tags: they are as the source has them, not as the target's grammar wants them."""

from __future__ import annotations

import pytest

from pipeline.checks.base import View
from pipeline.checks.spaces import PLUGIN
from pipeline.model import Segment


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Total: {n}  items", "Всего: {n}  шт.", 0),
        ("Total: {n} items", "Всего: {n}  шт.", 1),
        ("Hello, {{ user  name }}!", "Здравствуйте, {{ user  name }}!", 0),
        ("<b>Hi</b>  %s", "<b>Привет</b>  %s", 0),
        ('<a href="x  y">here</a>', '<a href="x  y">здесь</a>', 0),
        ("Take [ %d ] items", "Возьмите [ %d ] шт.", 0),
        ("Take two items", "Возьмите  две  штуки", 2),
    ],
)
def test_spaces_of_placeholders(source: str, target: str, marked: int) -> None:
    assert len(list(PLUGIN.segment(View(Segment("1", source, target), "en", "ru")))) == marked
