"""Quantities, times, denials, opposites and lists: every line of tests/cases/checks/contrasts.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import registry
from pipeline.checks.base import View, run
from pipeline.model import Segment, Severity

CASES = Path(__file__).parents[2] / "cases" / "checks" / "contrasts.tsv"
_HEADER, *_LINES = (line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("case", _LINES, ids=lambda case: f"{case[0]}: {case[4][:40]}")
def test_case(case: list[str]) -> None:
    check, source_lang, target_lang, source, target, expect = case
    view = View(Segment("1", source, target), source_lang, target_lang)  # type: ignore[arg-type]
    (findings,) = run([view], set(registry.names("checks")) - {check})
    marked = [target[f.start : f.end] for f in findings if f.severity is not Severity.NEUTRAL]
    assert marked == [part for part in expect.split("|") if part]


def test_each_check_has_lines_it_marks_and_lines_it_leaves_alone() -> None:
    for name in {line[0] for line in _LINES}:
        marks = [bool(line[5]) for line in _LINES if line[0] == name]
        assert any(marks) and not all(marks), name
