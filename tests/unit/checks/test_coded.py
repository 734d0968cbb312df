"""Codes of a file are no holes: what the checks would flag about them is left alone, real slips beside them are not."""

from __future__ import annotations

import pytest

from pipeline.checks import punctuation, spaces
from pipeline.checks.base import View
from pipeline.model import Code, Lang, Segment


@pytest.mark.parametrize(
    ("target", "places", "lang", "marked"),
    [
        ("План () города «».", (6, 16), "ru", 0),
        ("План () города «».", (), "ru", 2),
        ("План города .", (12,), "ru", 0),
        ("План города .", (4,), "ru", 1),
        ("План города.Второй план", (12,), "ru", 0),
        ("План города.Второй план", (), "ru", 1),
        ("План города,второй план", (12,), "ru", 0),
        ("План ( города)", (6,), "ru", 0),
        ("План ( города)", (4,), "ru", 1),
        ("План  города", (5,), "ru", 0),
        ("План  города", (6,), "ru", 1),
        ("План..", (5,), "ru", 0),
        ("План города。", (11,), "ru", 1),
        ("长春 发展计划。。", (3, 8), "zh", 0),
        ("长春 发展计划。。", (), "zh", 2),
    ],
)
def test_single_codes_are_no_holes(target: str, places: tuple[int, ...], lang: Lang, marked: int) -> None:
    codes = tuple(Code(str(at), "empty", "<x/>", at) for at in places)
    view = View(Segment("1", "x", target, target_codes=codes), "en", lang)
    assert len([*spaces.PLUGIN.segment(view), *punctuation.PLUGIN.segment(view)]) == marked


def test_tags_around_words_hide_nothing() -> None:
    codes = (Code("1", "open", "<b>", 5, "1"), Code("1", "close", "</b>", 12, "1"))
    view = View(Segment("1", "x", "План  города .", target_codes=codes), "en", "ru")
    assert len([*spaces.PLUGIN.segment(view), *punctuation.PLUGIN.segment(view)]) == 2


def test_quotation_marks_of_a_tag_are_its_own() -> None:
    view = View(Segment("1", "x", '<a href="план">План</a> «Шаг» и "Путь"'), "en", "ru")
    assert [view.target[f.start : f.end] for f in punctuation.PLUGIN.segment(view)] == ['"Путь"']
