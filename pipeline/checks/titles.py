"""Titles of office and names of bodies rendered word for word"""

from __future__ import annotations

from pipeline.checks._patterned import PatternCheck
from pipeline.model import Severity


class Titles(PatternCheck):
    name = "titles"
    category = "terminology/wrong-term"
    severity = Severity.MAJOR
    targets = ("ru", "en")


PLUGIN = Titles()
