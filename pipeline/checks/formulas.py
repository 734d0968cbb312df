"""Political formulas and slogans rendered by guess"""

from __future__ import annotations

from pipeline.checks._patterned import PatternCheck
from pipeline.model import Severity


class Formulas(PatternCheck):
    name = "formulas"
    category = "terminology/wrong-term"
    severity = Severity.MAJOR
    targets = ("ru", "en")


PLUGIN = Formulas()
