"""GitHub workflow commands: findings as annotations of a run."""

from __future__ import annotations

from typing import ClassVar

from pipeline.model import Report, Severity
from pipeline.reports.base import Reporter, place

_LEVEL = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.NEUTRAL: "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class Github(Reporter):
    suffix: ClassVar[str] = ".txt"

    def render(self, report: Report) -> str:
        lines = []
        for document in report.documents:
            for segment in document.segments:
                name, number = place(document, segment)
                line = f"line={number}," if number is not None else ""
                for finding in segment.findings:
                    fix = f" -> {finding.suggestion}" if finding.suggestion else ""
                    where = f"file={_property(name)},{line}title={_property(finding.check)}"
                    lines.append(
                        f"::{_LEVEL[finding.severity]} {where}::{_data(f'[{segment.id}] {finding.message}{fix}')}"
                    )
        return "\n".join(lines) + "\n" if lines else ""


PLUGIN = Github()
