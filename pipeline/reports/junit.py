"""JUnit XML: one test case a segment; a finding that is major or critical is a failure."""

from __future__ import annotations

from typing import ClassVar
from xml.sax.saxutils import escape, quoteattr

from pipeline.model import Finding, Report, Severity
from pipeline.reports.base import Reporter


def _clean(text: str) -> str:
    return "".join(c for c in text if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or c >= "\ue000")


def _line(finding: Finding) -> str:
    fix = f" -> {finding.suggestion}" if finding.suggestion else ""
    return f"{finding.severity} {finding.check}: {finding.message}{fix}"


class Junit(Reporter):
    suffix: ClassVar[str] = ".xml"

    def render(self, report: Report) -> str:
        out = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="palladius">']
        for document in report.documents:
            failed = [any(f.severity.reaches(Severity.MAJOR) for f in s.findings) for s in document.segments]
            name = quoteattr(_clean(document.name))
            out.append(f'<testsuite name={name} tests="{len(failed)}" failures="{sum(failed)}">')
            for segment, bad in zip(document.segments, failed, strict=True):
                out.append(f"<testcase classname={name} name={quoteattr(_clean(segment.id))}>")
                lines = [_line(finding) for finding in segment.findings]
                body = escape(_clean("\n".join([segment.source, segment.target or "", *lines])))
                if bad:
                    out.append(f"<failure message={quoteattr(_clean(lines[0]))}>{body}</failure>")
                elif lines:
                    out.append(f"<system-out>{body}</system-out>")
                out.append("</testcase>")
            out.append("</testsuite>")
        out.append("</testsuites>")
        return "\n".join(out) + "\n"


PLUGIN = Junit()
