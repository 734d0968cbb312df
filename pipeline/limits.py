"""Segments that cannot be looked at, being too long or without a target: each says so in neutral findings, and a run
that left long ones out says how many. A clean result must not look the same as none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Document, Finding, Lang, Occurrence, Segment, Severity
from pipeline.reports.base import counted

CHECK = "limit"  # as the findings name it; no check of the package `checks`
_CHECKED, _ENFORCED = "not checked", "terms not looked at"
_SHOWN = 5


def size(segment: Segment) -> int:
    """Characters of its longer side."""
    return max(len(segment.source), len(segment.target or ""))


def unchecked(segment: Segment, limit: int) -> Finding:
    """What is said of a segment that no check has looked at."""
    return _finding(_CHECKED, segment, limit, "checks.max_length")


def unenforced(segment: Segment, limit: int) -> Finding:
    """What is said of a segment whose terms were not looked for."""
    return _finding(_ENFORCED, segment, limit, "enforce.max_length")


def _finding(what: str, segment: Segment, limit: int, setting: str) -> Finding:
    message = (
        f"{what}: {size(segment):,} characters in one segment, more than {setting} {limit:,}; cut it into sentences"
    )
    return Finding(CHECK, "other", Severity.NEUTRAL, 0, 0, message)


def empty(segment: Segment, found: Sequence[Occurrence], target: Lang) -> Segment:
    """A segment without a target, with a neutral finding and a line of the report for each term that its target is to
    hold: a source is not without terms because nobody has translated it."""
    findings, terms = list(segment.findings), list(segment.terms)
    for occurrence in found:
        form = occurrence.term.preferred(target)
        official = form.text if form is not None else ""
        words = occurrence.span.of(segment.source)
        reason = f"there is no target: {words} is missing: the official form is «{official}»"
        findings.append(Finding("terms", "terminology/missing-term", Severity.NEUTRAL, 0, 0, reason, official))
        span = [occurrence.span.start, occurrence.span.end]
        terms.append(
            {"term": occurrence.term.id, "source_span": span, "status": "flagged", "before": "", "after": ""}
            | {"cell": "", "reason": reason, "suggestion": official}
        )
    return replace(segment, findings=tuple(findings), terms=tuple(terms))


def found(segments: Sequence[Segment]) -> list[Segment]:
    """Those that were left out in part or as a whole."""
    return [segment for segment in segments if any(finding.check == CHECK for finding in segment.findings)]


def warnings(document: Document) -> str:
    """One line for what was not checked and one for what was not enforced, with the ids; "" where nothing was left out.

    "palladius: warning: too long, not checked: 1 of 3 segments: b (line 2) (cut into sentences, or ...)"
    """
    lines = []
    for what, setting in ((_CHECKED, "checks.max_length"), (_ENFORCED, "enforce.max_length")):
        left = [
            s for s in document.segments if any(f.check == CHECK and f.message.startswith(what) for f in s.findings)
        ]
        if left:
            some = ", ".join(map(_named, left[:_SHOWN])) + (" ..." if len(left) > _SHOWN else "")
            which = f"{len(left)} of {counted(len(document.segments), 'segment')}"
            hint = f"cut into sentences, or --set {setting}=N and patience"
            lines.append(f"palladius: warning: too long, {what}: {which}: {some} ({hint})")
    return "\n".join(lines)


def _named(segment: Segment) -> str:
    line = segment.meta.get("line")
    return segment.id if line is None or str(line) == segment.id else f"{segment.id} (line {line})"
