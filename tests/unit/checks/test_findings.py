"""Every line of tests/cases/checks/findings.tsv: what a check marks in a target, or that it marks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import registry
from pipeline.checks.base import View, run
from pipeline.model import Segment, Severity

CASES = Path(__file__).parents[2] / "cases" / "checks" / "findings.tsv"


def _cases() -> list[dict[str, str]]:
    header, *lines = CASES.read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case['check']}: {case['target'][:40]}")
def test_case(case: dict[str, str]) -> None:
    others = set(registry.names("checks")) - {case["check"]}
    source = None if case["from"] == "-" else case["from"]
    view = View(Segment("1", case["source"], case["target"]), source, case["to"])  # type: ignore[arg-type]
    (findings,) = run([view], others)
    marked = [case["target"][f.start : f.end] for f in findings if f.severity is not Severity.NEUTRAL]
    assert marked == [part for part in case["expect"].split("|") if part]
    for finding in findings:
        assert finding.check == case["check"]
        assert finding.message and finding.category
        assert 0 <= finding.start <= finding.end <= len(case["target"])


def test_every_check_has_a_positive_and_a_negative_case() -> None:
    cases = _cases()
    for name in set(registry.names("checks")) - {"consistency"}:
        own = [case for case in cases if case["check"] == name]
        assert any(case["expect"] for case in own), f"{name} has no case that it flags"
        if name not in ("spaces",):
            assert any(not case["expect"] for case in own), f"{name} has no case that it leaves alone"


def test_titles() -> None:
    for name in registry.names("checks"):
        title = registry.title("checks", name)
        assert title[0].isupper() and not title.endswith(".") and len(title) < 130


def test_what_the_enforcer_says_of_terms_may_be_disabled_by_name() -> None:
    view = View(Segment("1", "市政府", "городское правительство"), "zh", "ru")
    assert run([view], ["terms"]) == run([view])


@pytest.mark.parametrize(
    "text", ["степень развития и", "и", "обоих", "оба и", "разработанного и", "более", "31", "без"]
)
def test_a_text_may_end_anywhere(text: str) -> None:
    """A rule that looks at the next word must know that there may be none."""
    (findings,) = run([View(Segment("1", "", text), None, "ru")])
    assert all(finding.end <= len(text) for finding in findings)
