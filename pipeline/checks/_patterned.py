"""A check that is a table of word patterns: assets/patterns/<name>-<target>.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.checks._patterns import Index
from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_CHINESE = "(?#zh)"  # before a cue without which, or without a Chinese source, the row says nothing


@cache
def _table(name: str, target: str) -> tuple[Index, tuple[dict[str, str], ...]]:
    found = rows("patterns", f"{name}-{target}")
    return Index(row["pattern"] for row in found), found


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


class PatternCheck(Check):
    """Columns of the table: pattern, suggestion, severity, message, cue, unless.

    cue: regular expression that the source must hold, where there is one; after `(?#zh)` the source must be Chinese;
    unless: one that neither the source nor the target may hold. The finding is the whole match, or what the pattern
    matches between its gaps.
    """

    def segment(self, view: View) -> Iterable[Finding]:
        index, table = _table(self.name, view.target_lang)
        text, words = view.target, view.words
        taken: list[tuple[int, int]] = []
        hits = sorted(index.find(text, words, view.forms), key=lambda hit: (hit[1] - hit[2], hit[1]))
        for number, first, after in hits:
            row = table[number]
            span = words[first].start, words[after - 1].end
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            chinese = view.source if view.source_lang == "zh" else ""
            if row["cue"].startswith(_CHINESE) and not chinese:
                continue
            if row["cue"] and chinese and not _regex(row["cue"].removeprefix(_CHINESE)).search(chinese):
                continue
            if row["unless"] and (_regex(row["unless"]).search(text) or _regex(row["unless"]).search(view.source)):
                continue
            taken.append(span)
            severity = Severity(row["severity"]) if row["severity"] else self.severity
            message = row["message"].replace("{}", text[span[0] : span[1]])
            yield self.finding(span, message, row["suggestion"], severity=severity)
