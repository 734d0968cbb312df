"""Terms, offices, bodies and places of the domains: the literal rendering is marked with a suggestion, the right one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checks.base import View
from pipeline.checks.calques import PLUGIN
from pipeline.model import Lang, Segment, Severity

CASES = Path(__file__).parents[2] / "cases" / "checks"


def _cases(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (CASES / name).read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize("case", _cases("domain.tsv"), ids=lambda case: case[0])
def test_russian(case: list[str]) -> None:
    _check(case, "ru")


@pytest.mark.parametrize("case", _cases("domain-en.tsv"), ids=lambda case: case[0])
def test_english(case: list[str]) -> None:
    _check(case, "en")


def _check(case: list[str], target: Lang) -> None:
    source, weak, marked, good = case
    found = sorted(PLUGIN.segment(View(Segment("1", source, weak), "zh", target)), key=lambda finding: finding.start)
    pieces = [(weak.index(piece), weak.index(piece) + len(piece)) for piece in marked.split("|")]
    assert len(found) == len(pieces)
    for finding, (start, end) in zip(found, pieces, strict=True):
        assert finding.start < end and start < finding.end
    assert all(finding.suggestion and finding.message for finding in found)
    left = list(PLUGIN.segment(View(Segment("1", source, good), "zh", target)))
    assert not [finding for finding in left if finding.severity is not Severity.NEUTRAL]
