"""Empty targets, copies of the source, and targets far too short or too long"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_LETTER = re.compile(r"[^\W\d_]")


class Length(Check):
    name = "length"
    category = "accuracy/omission"
    severity = Severity.MAJOR
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        source, text = view.source.strip(), view.target.strip()
        if not source:
            return
        if not text:
            yield self.finding((0, 0), "the target is empty", severity=Severity.CRITICAL)
            return
        whole = (0, len(view.target))
        if not _LETTER.search(text):
            if _LETTER.search(source) and len(source) > 4:
                yield self.finding(whole, "the target has no word in it", severity=Severity.CRITICAL)
            return
        if text == source and view.source_lang != view.target_lang and _foreign(text, view.target_lang):
            yield self.finding(
                whole,
                "the target is a copy of the source",
                severity=Severity.CRITICAL,
                category="accuracy/untranslated",
            )
            return
        bounds = _bounds(str(view.source_lang), view.target_lang)
        if bounds is None or len(source) < 8:
            return
        middle, spread, short = bounds
        # short segments vary more: the spread grows as 1/sqrt(length)
        allowed = math.sqrt(spread**2 + short**2 / len(source))
        distance = (math.log(len(text) / len(source)) - middle) / allowed
        usual = round(len(source) * math.exp(middle))
        if distance < -4.5:
            severity = Severity.CRITICAL if distance < -7 else Severity.MAJOR
            yield self.finding(
                whole, f"far too short: {len(text)} characters where about {usual} are usual; something is left out",
                severity=severity,
            )  # fmt: skip
        elif distance > 4.5:
            yield self.finding(
                whole,
                f"far too long: {len(text)} characters where about {usual} are usual",
                category="accuracy/addition",
            )


def _bounds(source: str, target: str) -> tuple[float, float, float] | None:
    for row in rows("lengths", "lengths"):
        if row["source"] == source and row["target"] == target:
            return float(row["log_ratio"]), float(row["spread"]), float(row["spread_short"])
    return None


def _foreign(text: str, target: str) -> bool:
    """Has running text of a script that the target language is not written in."""
    if target == "zh":
        return bool(re.search(r"[A-Za-zА-Яа-яё]{3,} [A-Za-zА-Яа-яё]{2,}", text))
    if target == "ru":
        return bool(re.search(r"[\u3400-\u9fff]|[A-Za-z]{2,} [a-z]{2,}", text))
    return bool(re.search(r"[\u3400-\u9fff]|[А-Яа-яё]{2,}", text))


PLUGIN = Length()
