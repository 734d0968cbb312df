"""Weak and flawless renderings of the genre: what is marked in the weak ones, and that the flawless ones are left alone.

In a weak text ⟦C:…⟧ is a critical, ⟦M:…⟧ a major, ⟦m:…⟧ a minor error. The floors are what the checks reach less a margin.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.checks.base import View, run
from pipeline.model import Finding, Segment, Severity

CASES = Path(__file__).parents[2] / "cases" / "checks"
MARK = re.compile(r"⟦([CMm]):([^⟧]*)⟧")


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    plain, spans, at = "", [], 0
    for match in MARK.finditer(text):
        plain += text[at : match.start()]
        spans.append((len(plain), len(plain) + len(match[2]), match[1]))
        plain, at = plain + match[2], match.end()
    return plain + text[at:], spans


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (CASES / name).read_text(encoding="utf-8").splitlines()[1:]]


def _found(rows: list[list[str]], targets: list[str]) -> list[list[Finding]]:
    views = [View(Segment(row[0], row[1], target), "zh", "ru") for row, target in zip(rows, targets, strict=True)]
    return [[f for f in found if f.severity is not Severity.NEUTRAL] for found in run(views)]


@pytest.mark.parametrize(
    ("name", "recall", "grave"),
    [("weak-blind.tsv", 0.6, 0.7), ("weak-second.tsv", 0.52, 0.72), ("weak-third.tsv", 0.52, 0.72)],
)
def test_weak_renderings(name: str, recall: float, grave: float) -> None:
    rows = _rows(name)
    weak = [_unmarked(row[3]) for row in rows]
    right = wrong = 0
    hits: list[tuple[str, bool]] = []
    for (text, spans), findings in zip(weak, _found(rows, [text for text, _ in weak]), strict=True):
        for finding in findings:
            whole = finding.end - finding.start == len(text) and bool(spans)
            good = whole or any(finding.start < end and start < finding.end for start, end, _ in spans)
            right, wrong = right + good, wrong + (not good)
        near = [f for f in findings if f.end - f.start < len(text)]
        hits += [(kind, any(f.start < end and start < f.end for f in near)) for start, end, kind in spans]
    serious = [hit for kind, hit in hits if kind in "CM"]
    assert right / (right + wrong) >= 0.9
    assert sum(hit for _, hit in hits) / len(hits) >= recall
    assert sum(serious) / len(serious) >= grave


@pytest.mark.parametrize("name", ["weak-blind.tsv", "weak-second.tsv", "weak-third.tsv"])
def test_flawless_renderings(name: str) -> None:
    rows = _rows(name)
    findings = _found(rows, [row[2] for row in rows])
    words = sum(len(row[2].split()) for row in rows)
    assert sum(map(len, findings)) / words * 1000 <= 2
