"""The summary for the terminal: words are quoted once, one segment is one segment."""

from __future__ import annotations

from pipeline.model import Document, Finding, Report, Segment, Severity
from pipeline.reports.base import counted, plugin, said


def finding(message: str, end: int = 4) -> Finding:
    return Finding("terms", "terminology/wrong-term", Severity.MAJOR, 0, end, message, "слово")


def test_words_that_the_message_names_are_not_quoted_again() -> None:
    assert said(finding("«звук» is forbidden"), "Звук") == "«звук» is forbidden"
    assert said(finding("“Звук” is left over"), "Звук") == "“Звук” is left over"
    assert said(finding("sum of money differs"), "Звук") == "«Звук» sum of money differs"
    assert said(finding("is missing", 0), "") == "is missing"
    assert len(said(finding("is long"), "а" * 200)) == 60 + len("«» is long")


def test_one_segment_is_no_segments() -> None:
    assert [counted(n, "segment") for n in (0, 1, 2)] == ["0 segments", "1 segment", "2 segments"]
    segment = Segment("1", "", "Звук\nтут", findings=(finding("differs", 8),))
    shown = plugin("text").render(
        Report((Document("a", "text", (segment,), None, "ru"),), {}, {"findings": {"major": 1}})
    )
    assert shown.startswith("1 segment: 1 major\n") and "terms: «Звук тут» differs -> слово" in shown


def test_an_arrow_stands_before_a_suggestion_in_junit() -> None:
    segment = Segment("1", "", "Звук тут", findings=(finding("differs"),))
    shown = plugin("junit").render(Report((Document("a", "text", (segment,), None, "ru"),)))
    assert 'message="major terms: differs -&gt; слово"' in shown
