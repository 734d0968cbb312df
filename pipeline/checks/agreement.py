"""Russian agreement and government"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._neighbours import adjective
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
        found: list[tuple[int, int]] = []
        for sentence in view.syntax:
            for error in agreement.errors(sentence):
                if view.target[error.start : error.end] == "друг":
                    continue  # мешать друг другу
                found.append((min(error.start, error.head_start), max(error.end, error.head_end)))
                severity = self.severity if error.sure else Severity.MINOR
                suggestion = error.suggestion if error.suggestion != view.target[error.start : error.end] else ""
                yield self.finding((error.start, error.end), error.message, suggestion, severity=severity)
        for word, noun in adjective(view.target, view.words):
            if not any(start < noun.end and word.start < end for start, end in found):
                message = f"“{word.text}” does not agree with “{noun.text}”"
                yield self.finding((word.start, noun.end), message)


PLUGIN = Agreement()
