"""Clauses of the source that nothing in the target renders"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from pipeline.checks._renderings import back, forward
from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.errors import DataError
from pipeline.model import Finding, Severity

_CLAUSE = re.compile(r"[^，。；！？\n]+")
_EXPLAINED = 0.25  # share of the other words that must be explained, else the tables do not know the subject


class Coverage(Check):
    name = "coverage"
    category = "accuracy/omission"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if len(view.source) < 12 or not view.target.strip():
            return
        shortfall = _shortfall(view)
        if shortfall > -0.5:
            return
        try:
            clauses = list(_clauses(view))
        except DataError:
            return  # the tables are not installed
        words, explained = sum(n for *_, n, _ in clauses), sum(x for *_, x in clauses)
        for start, end, count, found in clauses:
            if re.search("[A-Za-z]{2,}", view.source[start:end]):
                continue  # foreign names, which the tables do not list
            if found or count < 4 or (count == 4 and shortfall > -1.0):
                continue
            if explained < _EXPLAINED * max(1, words - count):
                continue
            clause = view.source[start:end].strip()
            yield self.finding((0, len(view.target)), f"nothing in the target renders “{clause}”")


def _shortfall(view: View) -> float:
    """How far the target is from the usual length, in standard deviations; negative when it is short."""
    for row in rows("lengths", "lengths"):
        if row["source"] == view.source_lang and row["target"] == view.target_lang:
            size = len(view.source)
            allowed = math.sqrt(float(row["spread"]) ** 2 + float(row["spread_short"]) ** 2 / size)
            return (math.log(len(view.target) / size) - float(row["log_ratio"])) / allowed
    return 0.0


def _clauses(view: View) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, content words, of which explained) of every clause of the Chinese source."""
    from pipeline.languages import chinese

    lemmas = {lemma for word in view.words for lemma in word.lemmas}
    behind = {han for lemma in lemmas for han in back(view.target_lang, lemma)}
    for match in _CLAUSE.finditer(view.source):
        clause, count, explained = match[0], 0, 0
        for span in chinese.words(clause):
            word = span.of(clause)
            if len(word) < 2 or not chinese.is_han(word):
                continue
            count += 1
            known = word in behind or forward(view.target_lang, word) & lemmas
            explained += bool(known or any(han in word or word in han for han in behind if len(han) > 1))
        yield match.start(), match.end(), count, explained


PLUGIN = Coverage()
