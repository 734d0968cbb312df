"""For the terminal: a summary, then the segments that need a look, riskiest first."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from pipeline.model import Report, Segment, Severity
from pipeline.reports.base import Reporter, counted, said

_WIDTH = 100


class Text(Reporter):
    suffix: ClassVar[str] = ".txt"

    def render(self, report: Report) -> str:
        limit = int(report.figures.get("limit", 0))
        out = [_headline(report)]
        checks = Counter((f.check, f.severity) for s in report.segments for f in s.findings)
        if checks:
            order = sorted(checks.items(), key=lambda item: (-item[0][1].rank, -item[1], item[0][0]))
            out.append("  " + ", ".join(f"{name} {count} ({severity})" for (name, severity), count in order))
        flagged = sorted((s for s in report.segments if s.findings), key=_weight, reverse=True)
        for segment in flagged[: limit or None]:
            out += ["", *_segment(segment)]
        if limit and len(flagged) > limit:
            out += ["", f"... and {counted(len(flagged) - limit, 'more segment')} with flags (--all shows them)"]
        return "\n".join(out) + "\n"


def _headline(report: Report) -> str:
    figures = report.figures
    found = figures.get("findings", {})
    flags = ", ".join(f"{found[str(s)]} {s}" for s in reversed(Severity) if found.get(str(s))) or "no flags"
    line = f"{counted(figures.get('segments', len(report.segments)), 'segment')}: {flags}"
    if "mean_risk" in figures:
        line += f"; mean post-edit risk {figures['mean_risk']:.2f}"
    if "not_looked_at" in figures:
        line += f"; {figures['not_looked_at']} too long to be looked at"
    return line


def _weight(segment: Segment) -> tuple[int, float, int]:
    worst = max(f.severity.rank for f in segment.findings)
    risk = segment.score.post_edit_risk if segment.score else 0.0
    return worst, risk, len(segment.findings)


def _segment(segment: Segment) -> list[str]:
    target = segment.target or ""
    risk = f"  risk {segment.score.post_edit_risk:.2f}" if segment.score else ""
    out = [f"[{segment.id}]{risk}"]
    if segment.source:
        out.append(f"  {_short(segment.source)}")
    out.append(f"  {_short(target)}")
    for finding in sorted(segment.findings, key=lambda f: (-f.severity.rank, f.start)):
        words = " ".join(target[finding.start : finding.end].split())
        fix = f" -> {finding.suggestion}" if finding.suggestion else ""
        out.append(f"    {finding.severity:8} {finding.check}: {said(finding, words)}{fix}")
    return out


def _short(text: str, width: int = _WIDTH * 2) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


PLUGIN = Text()
