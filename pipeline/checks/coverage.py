"""Clauses of the source that nothing in the target renders"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

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
    back = {han for lemma in lemmas for han in _back(view.target_lang, lemma)}
    for match in _CLAUSE.finditer(view.source):
        clause, count, explained = match[0], 0, 0
        for span in chinese.words(clause):
            word = span.of(clause)
            if len(word) < 2 or not chinese.is_han(word):
                continue
            count += 1
            known = word in back or _forward(view.target_lang, word) & lemmas
            explained += bool(known or any(han in word or word in han for han in back if len(han) > 1))
        yield match.start(), match.end(), count, explained


@lru_cache(maxsize=20_000)
def _forward(target: str, han: str) -> frozenset[str]:
    """Renderings of a Chinese word: direct ones, and for Russian those through its likeliest English ones."""
    from pipeline.languages import lexicon

    found = {word for word, _ in lexicon.load(f"zh-{target}").best(han, 30)}
    if target == "ru":
        pivot = lexicon.load("en-ru")
        for english, likely in lexicon.load("zh-en").best(han, 4):
            if likely > 0.05:
                found.update(word for word, sure in pivot.best(english, 6) if sure > 0.04)
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _back(target: str, lemma: str) -> frozenset[str]:
    from pipeline.languages import lexicon

    return frozenset(han for han, _ in lexicon.load(f"{target}-zh").best(lemma, 12))


PLUGIN = Coverage()
