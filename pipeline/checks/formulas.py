"""Political formulas and slogans rendered by guess"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks import _scrambled
from pipeline.checks._patterned import PatternCheck
from pipeline.checks.base import View
from pipeline.model import Finding, Severity


class Formulas(PatternCheck):
    name = "formulas"
    category = "terminology/wrong-term"
    severity = Severity.MAJOR
    targets = ("ru", "en")

    def segment(self, view: View) -> Iterable[Finding]:
        found = list(super().segment(view))
        yield from found
        if view.source_lang != "zh" or not view.source or view.target_lang != "ru":
            return
        for guess in _scrambled.guesses(view):
            if any(one.start < guess.span[1] and guess.span[0] < one.end for one in found):
                continue
            written = view.target[guess.span[0] : guess.span[1]]
            message = f"the formula {guess.han} has its words out of order in «{written}»"
            yield self.finding(guess.span, message, guess.right, severity=Severity.MINOR)


PLUGIN = Formulas()
