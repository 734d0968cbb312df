"""SARIF 2.1.0 (OASIS): findings for code-scanning views."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from pipeline import __version__
from pipeline.model import Report, Severity
from pipeline.reports.base import Reporter

_LEVEL = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.NEUTRAL: "note"}


class Sarif(Reporter):
    suffix: ClassVar[str] = ".sarif"

    def render(self, report: Report) -> str:
        rules: dict[str, dict[str, Any]] = {}
        results: list[dict[str, Any]] = []
        for document in report.documents:
            for number, segment in enumerate(document.segments, 1):
                for finding in segment.findings:
                    rules.setdefault(finding.check, {"id": finding.check, "properties": {"category": finding.category}})
                    fix = f" -> {finding.suggestion}" if finding.suggestion else ""
                    results.append(
                        {
                            "ruleId": finding.check,
                            "level": _LEVEL[finding.severity],
                            "message": {"text": f"[{segment.id}] {finding.message}{fix}"},
                            "locations": [
                                {
                                    "physicalLocation": {
                                        "artifactLocation": {"uri": document.name},
                                        "region": {"startLine": number, "snippet": {"text": segment.target or ""}},
                                    },
                                    "logicalLocations": [{"name": segment.id}],
                                }
                            ],
                            "properties": {
                                "start": finding.start,
                                "end": finding.end,
                                "severity": str(finding.severity),
                            },
                        }
                    )
        tool = {"driver": {"name": "palladius", "version": __version__, "rules": list(rules.values())}}
        log = {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": tool, "columnKind": "unicodeCodePoints", "results": results}],
        }
        return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


PLUGIN = Sarif()
