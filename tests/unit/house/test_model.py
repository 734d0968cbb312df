"""The values all stages speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Document, Edit, Finding, Report, Segment, Severity, apply_edits, shifted


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [
        Edit(a, b, text[a:b], draw(st.text(max_size=5)), "t", "r")
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        if a < b
    ]
    return text, edits


@given(edited())
def test_edits_rebuild_the_text(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    expected, at = "", 0
    for edit in edits:
        expected += text[at : edit.start] + edit.after
        at = edit.end
    assert apply_edits(text, edits) == expected + text[at:]
    assert apply_edits(text, list(reversed(edits))) == expected + text[at:]


@given(edited())
def test_places_outside_edits_move_with_their_text(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    new = apply_edits(text, edits)
    for place in range(len(text)):
        if not any(edit.start <= place < edit.end for edit in edits):
            assert new[shifted(place, edits)] == text[place]


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, "ab", "x", "", ""), Edit(1, 3, "bc", "y", "", "")],
        [Edit(0, 2, "xx", "y", "", "")],
        [Edit(2, 9, "c", "", "", "")],
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply_edits("abc", edits)


def test_exit_status_is_a_property_of_the_report() -> None:
    finding = Finding("numbers", "accuracy/mistranslation", Severity.MAJOR, 0, 1, "")
    report = Report((Document("d", "text", (Segment("1", "a", "b", findings=(finding,)),)),))
    assert report.exit_code(None) == 0
    assert report.exit_code(Severity.CRITICAL) == 0
    assert report.exit_code(Severity.MAJOR) == 1
    assert report.exit_code(Severity.MINOR) == 1
