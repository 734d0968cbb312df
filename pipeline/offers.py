"""What a check offers from elsewhere in a document: never a rendering that is flagged itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Finding, Segment, Severity


def sound(segments: Sequence[Segment], findings: Sequence[tuple[Finding, ...]]) -> list[tuple[Finding, ...]]:
    """The findings of every segment. One that would put the whole target of another segment in place of this one's,
    where that has a major flag, offers a rendering of the same source that has none, or nothing."""
    bad = {
        segment.target
        for segment, found in zip(segments, findings, strict=True)
        if segment.target and any(finding.severity.reaches(Severity.MAJOR) for finding in found)
    }
    if not any(finding.suggestion in bad for found in findings for finding in found):
        return list(findings)
    good: dict[str, list[str]] = defaultdict(list)
    for segment in segments:
        if segment.target and segment.target not in bad:
            good[segment.source.strip()].append(segment.target)
    made = []
    for segment, found in zip(segments, findings, strict=True):
        others = [target for target in good[segment.source.strip()] if target != segment.target]
        other = others[0] if others and segment.target in bad else ""
        whole = (0, len(segment.target or ""))
        made.append(
            tuple(
                replace(finding, suggestion=other)
                if finding.suggestion in bad and (finding.start, finding.end) == whole
                else finding
                for finding in found
            )
        )
    return made
