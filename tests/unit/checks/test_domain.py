"""Terms, offices, bodies and places of the domains: the literal rendering is marked with a suggestion, the right one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checks.base import View
from pipeline.checks.calques import PLUGIN
from pipeline.model import Segment, Severity

CASES = Path(__file__).parents[2] / "cases" / "checks" / "domain.tsv"


def _cases() -> list[list[str]]:
    return [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case[0])
def test_domain(case: list[str]) -> None:
    source, weak, marked, good = case
    found = sorted(PLUGIN.segment(View(Segment("1", source, weak), "zh", "ru")), key=lambda finding: finding.start)
    pieces = [(weak.index(piece), weak.index(piece) + len(piece)) for piece in marked.split("|")]
    assert len(found) == len(pieces)
    for finding, (start, end) in zip(found, pieces, strict=True):
        assert finding.start < end and start < finding.end
    assert all(finding.suggestion and finding.message for finding in found)
    left = list(PLUGIN.segment(View(Segment("1", source, good), "zh", "ru")))
    assert not [finding for finding in left if finding.severity is not Severity.NEUTRAL]
