"""Russian agreement and government"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity


class Agreement(Check):
    name = "agreement"
    category = "linguistic-conventions/grammar"
    severity = Severity.MAJOR
    targets = ("ru",)
    parses = True

    def segment(self, view: View) -> Iterable[Finding]:
        from pipeline.languages.russian import agreement

        if not view.suspect:
            return
        for sentence in view.syntax:
            for error in agreement.errors(sentence):
                severity = self.severity if error.sure else Severity.MINOR
                suggestion = error.suggestion if error.suggestion != view.target[error.start : error.end] else ""
                yield self.finding((error.start, error.end), error.message, suggestion, severity=severity)


PLUGIN = Agreement()
