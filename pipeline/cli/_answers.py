"""What a run answers: the JSON lines, the summary for standard error, and what made one score."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipeline.errors import UsageError
from pipeline.model import Document, Segment, Severity
from pipeline.reports.base import counted, said

_OURS = frozenset(("id", "source", "target", "edits", "findings", "score", "terms"))
_OF_TARGET = frozenset(("provenance", "notes"))  # where the target comes from, and what was remarked of it there


def lines(segments: Iterable[Segment], *, terms: bool = False) -> str:
    """The JSON lines of the contract. Keys of one's own that a line came with stand behind ours, and so do its
    provenance and notes unless the target was made in this run; the rest of an earlier answer, which it may have come
    with too, would be out of date. terms: is their report there where it is empty?"""

    def line(segment: Segment) -> str:
        made = {**segment.answer(), **({"terms": list(segment.terms)} if terms else {})}
        past = _OURS | _OF_TARGET if segment.provenance else _OURS
        own = {key: value for key, value in segment.meta.get("record", {}).items() if key not in past}
        return json.dumps({**made, **own, **made}, ensure_ascii=False) + "\n"

    return "".join(map(line, segments))


def summary(report: Any) -> str:
    """One or two lines for standard error."""
    figures = report.figures
    found = figures["findings"]
    flags = ", ".join(f"{found[str(s)]} {s}" for s in reversed(Severity) if found[str(s)]) or "none"
    line = f"{counted(figures['segments'], 'segment')}, {counted(figures['edits'], 'edit')}, flags: {flags}"
    if "mean_risk" in figures:
        line += f"; mean post-edit risk {figures['mean_risk']:.2f}"
    if "not_looked_at" in figures:
        line += f"; {figures['not_looked_at']} too long to be looked at"
    return f"{line} ({figures['seconds']} s)"


def explained(document: Document, key: str) -> str:
    """What made the score of one segment. Raises UsageError for an unknown id."""
    segment = next((s for s in document.segments if s.id == key), None)
    if segment is None:
        some = ", ".join(s.id for s in document.segments[:5])
        more = " ..." if len(document.segments) > 5 else ""
        raise UsageError(f"no segment has the id {key!r}", hint=f"ids here: {some}{more}")
    out = [f"segment {segment.id}", f"source: {segment.source}", f"target: {segment.target or ''}"]
    if segment.score is not None:
        out.append(f"quality {segment.score.quality:.3f}, post-edit risk {segment.score.post_edit_risk:.3f}")
        if segment.score.features:
            out.append("what raised the quality (+) or lowered it (-), the strongest first:")
        out += [f"  {name:32} {value:+10.4f}" for name, value in segment.score.features.items()]
    for finding in segment.findings:
        words = (segment.target or "")[finding.start : finding.end]
        suggestion = f" -> {finding.suggestion}" if finding.suggestion else ""
        out.append(f"  {finding.severity} {finding.check} ({finding.category}): {said(finding, words)}{suggestion}")
    return "\n".join(out) + "\n"
