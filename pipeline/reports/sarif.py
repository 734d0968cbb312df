"""SARIF 2.1.0 (OASIS): findings for code-scanning views."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from pipeline import __version__
from pipeline.model import Report, Severity
from pipeline.reports.base import Reporter, place

_LEVEL = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.NEUTRAL: "note"}


class Sarif(Reporter):
    suffix: ClassVar[str] = ".sarif"

    def render(self, report: Report) -> str:
        rules: dict[str, dict[str, Any]] = {}
        results: list[dict[str, Any]] = []
        for document in report.documents:
            for segment in document.segments:
                for finding in segment.findings:
                    rules.setdefault(finding.check, {"id": finding.check, "properties": {"category": finding.category}})
                    fix = f" -> {finding.suggestion}" if finding.suggestion else ""
                    where = location(*place(document, segment), segment.target or "")
                    results.append(
                        {
                            "ruleId": finding.check,
                            "level": _LEVEL[finding.severity],
                            "message": {"text": f"[{segment.id}] {finding.message}{fix}"},
                            "locations": [{**where, "logicalLocations": [{"name": segment.id}]}],
                            "properties": {
                                "start": finding.start,
                                "end": finding.end,
                                "severity": str(finding.severity),
                            },
                        }
                    )
        return log("palladius", rules.values(), results)


def location(file: str, line: int | None = None, text: str = "") -> dict[str, Any]:
    """A place in a file; without a region where no line is known."""
    there: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if line is not None:
        there["region"] = {"startLine": line, "snippet": {"text": text}}
    return {"physicalLocation": there}


def log(name: str, rules: Iterable[dict[str, Any]], results: Iterable[dict[str, Any]]) -> str:
    """The whole file: one run of a tool with its rules and results."""
    driver = {"name": name, "version": __version__, "rules": list(rules)}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": list(results)}
    content = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _uri(file: str) -> str:
    """A URI reference (RFC 3986): `du имя/a b#1.tsv` is du%20%D0%B8%D0%BC%D1%8F/a%20b%231.tsv."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/", errors="surrogateescape")


PLUGIN = Sarif()
