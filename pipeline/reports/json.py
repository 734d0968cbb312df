"""JSON: settings, totals and every segment as in the JSON lines."""

from __future__ import annotations

import json
import os
from typing import ClassVar

from pipeline.model import Report
from pipeline.reports.base import Reporter


class Json(Reporter):
    suffix: ClassVar[str] = ".json"

    def render(self, report: Report) -> str:
        figures = dict(report.figures)
        if "SOURCE_DATE_EPOCH" in os.environ:  # https://reproducible-builds.org: equal runs are to give equal files
            figures.pop("seconds", None)
        content = {
            "figures": figures,
            "settings": dict(report.settings),
            "documents": [
                {
                    "name": document.name,
                    "segments": [segment.answer() for segment in document.segments],
                    **({"skipped": list(document.meta["skipped"])} if document.meta.get("skipped") else {}),
                }
                for document in report.documents
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


PLUGIN = Json()
