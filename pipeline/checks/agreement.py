"""Russian agreement and government"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._idiomatic import right
from pipeline.checks._neighbours import errors
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity


class Agreement(Check):
    name = "agreement"
    category = "linguistic-conventions/grammar"
    severity = Severity.MAJOR
    targets = ("ru",)
    parses = True

    def segment(self, view: View) -> Iterable[Finding]:
        from pipeline.languages.russian import agreement, constructions, frames, misfits, slots, syntax

        found: list[tuple[int, int]] = []
        for sentence in view.syntax if view.suspect else ():
            for error in agreement.errors(sentence):
                if view.target[error.start : error.end] == "друг" or right(view.target, error):
                    continue  # мешать друг другу
                found.append((min(error.start, error.head_start), max(error.end, error.head_end)))
                severity = self.severity if error.sure else Severity.MINOR
                suggestion = error.suggestion if error.suggestion != view.target[error.start : error.end] else ""
                yield self.finding((error.start, error.end), error.message, suggestion, severity=severity)
        for start, end, message in errors(view.target, view.words):
            if not any(left < end and start < after for left, after in found):
                found.append((start, end))
                yield self.finding((start, end), message)
        for tokens in syntax.sentences(view.target):
            for error in (*slots.slots(tokens), *frames.frames(tokens), *constructions.constructions(tokens)):
                start, end = min(error.start, error.head_start), max(error.end, error.head_end)
                if any(left < end and start < after for left, after in found) or right(view.target, error):
                    continue
                found.append((start, end) if end - start < 60 else (error.start, error.end))
                severity = self.severity if error.sure else Severity.MINOR
                yield self.finding((error.start, error.end), error.message, error.suggestion, severity=severity)
        for tokens, chances in view.fitness:
            for error in misfits.misfits(tokens, chances):
                start, end = min(error.start, error.head_start), max(error.end, error.head_end)
                if any(left < end and start < after for left, after in found) or right(view.target, error):
                    continue
                severity = self.severity if error.sure else Severity.MINOR
                yield self.finding((error.start, error.end), error.message, error.suggestion, severity=severity)


PLUGIN = Agreement()
