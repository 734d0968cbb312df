"""Findings that need the whole document, and `run` itself."""

from __future__ import annotations

import pytest

from pipeline.checks.base import View, checks, run
from pipeline.errors import UsageError
from pipeline.model import Segment


def _views(*pairs: tuple[str, str]) -> list[View]:
    return [View(Segment(str(n), source, target), "zh", "ru") for n, (source, target) in enumerate(pairs, 1)]


def _messages(views: list[View], check: str) -> list[list[str]]:
    return [[f.message for f in found if f.check == check] for found in run(views)]


def test_same_source_different_targets() -> None:
    views = _views(("会议结束。", "Совещание завершилось."), ("会议结束。", "Встреча закончена."))
    assert _messages(views, "consistency")[1] == ["the same source stands as «Совещание завершилось.» in segment 1"]
    same = _views(("会议结束。", "Совещание завершилось."), ("会议结束。", "Совещание завершилось!"))
    assert _messages(same, "consistency") == [[], []]


def test_same_target_different_sources() -> None:
    views = _views(
        ("会议在长春顺利结束。", "Совещание завершилось."), ("代表团离开北京回国。", "Совещание завершилось.")
    )
    assert "another source" in _messages(views, "consistency")[1][0]


def test_quoted_title_rendered_in_two_ways() -> None:
    views = _views(
        ("他谈到“两个市场”。", "Он говорил о «двух рынках»."),
        ("利用“两个市场”。", "Использовать «два рынка»."),
        ("发展“两个市场”。", "Развивать «оба базара»."),
    )
    found = _messages(views, "consistency")
    assert found[:2] == [[], []]
    assert "«двух рынках»" in found[2][0]


def test_quotation_over_several_segments_is_balanced() -> None:
    views = _views(("他说好。", "Он сказал: «Хорошо."), ("我来。", "Я приду»."))
    assert _messages(views, "punctuation") == [[], []]
    alone = _views(("他说好。", "Он сказал: «Хорошо."), ("我来。", "Я приду."))
    assert _messages(alone, "punctuation")[0] == ["« without its counterpart »"]


def test_three_openings_with_the_same_word_of_duty() -> None:
    text = "Необходимо работать. Необходимо учиться. Необходимо помогать людям."
    (found,) = run([View(Segment("1", "", text), None, "ru")])
    assert [f.message for f in found if f.check == "style"] == [
        "«Необходимо» opens 3 sentences in a row: vary the turn"
    ]


def test_good_text_has_no_findings() -> None:
    text = "На совещании был заслушан отчёт о работе в 2017 году, рассмотрены три документа."
    assert run([View(Segment("1", "", text), None, "ru")]) == [()]


def test_order_progress_and_disabling() -> None:
    views = _views(("会议结束。", "Вcе (завершилось"))
    steps: list[tuple[int, int]] = []
    (found,) = run(views, tick=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 1)]
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert "homoglyphs" in {f.check for f in found}
    (less,) = run(views, ["homoglyphs"])
    assert "homoglyphs" not in {f.check for f in less}


def test_unknown_check_to_disable() -> None:
    with pytest.raises(UsageError, match="no-such"):
        list(checks(["no-such"]))


def test_empty_target() -> None:
    (found,) = run(_views(("会议结束。", "")))
    assert [(f.check, str(f.severity)) for f in found] == [("length", "critical")]
