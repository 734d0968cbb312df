"""Markdown: a job summary with totals and the segments that need a look."""

from __future__ import annotations

from typing import ClassVar

from pipeline.model import Report, Severity
from pipeline.reports.base import Reporter

_MOST = 50


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")


class Markdown(Reporter):
    suffix: ClassVar[str] = ".md"

    def render(self, report: Report) -> str:
        found = [f for s in report.segments for f in s.findings]
        out = ["# Palladius", "", "| severity | flags |", "| --- | --- |"]
        out += [f"| {s} | {sum(f.severity is s for f in found)} |" for s in reversed(Severity)]
        risks = [s.score.post_edit_risk for s in report.segments if s.score]
        if risks:
            out += ["", f"{len(report.segments)} segments, mean post-edit risk {sum(risks) / len(risks):.2f}"]
        rows = [(f, s) for s in report.segments for f in s.findings]
        rows.sort(key=lambda row: -row[0].severity.rank)
        if rows:
            out += [
                "",
                "| segment | severity | check | words | cause | suggestion |",
                "| --- | --- | --- | --- | --- | --- |",
            ]
        for finding, segment in rows[:_MOST]:
            words = (segment.target or "")[finding.start : finding.end]
            cells = [segment.id, str(finding.severity), finding.check, words, finding.message, finding.suggestion]
            out.append("| " + " | ".join(map(_cell, cells)) + " |")
        if len(rows) > _MOST:
            out += ["", f"... and {len(rows) - _MOST} more"]
        return "\n".join(out) + "\n"


PLUGIN = Markdown()
