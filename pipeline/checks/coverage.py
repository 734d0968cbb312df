"""Clauses of the source that nothing in the target renders"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from pipeline.checks._renderings import back, forward
from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.errors import DataError
from pipeline.model import Finding, Severity

_CLAUSE = re.compile(r"[^，。；！？\n]+")
_ENOUGH = -0.3  # standard deviations: a target longer than this leaves nothing out
_SURE = 0.65
_BIAS = -2.55
_WEIGHTS = (0.63, -0.75, 0.16, 0.37, -0.96, -0.42, -1.76, 1.47, 0.53, -0.4)


class Coverage(Check):
    name = "coverage"
    category = "accuracy/omission"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if len(view.source) < 12 or not view.target.strip() or _shortfall(view) > _ENOUGH:
            return
        try:
            clauses = clause_features(view)
        except DataError:
            return  # the tables are not installed
        for (start, end), features in clauses:
            clause = view.source[start:end].strip()
            if re.search("[A-Za-z]{2,}", clause):
                continue  # foreign names, which the tables do not list
            if _chance(features) >= _SURE:
                yield self.finding((0, len(view.target)), f"nothing in the target renders “{clause}”")


def _chance(features: tuple[float, ...]) -> float:
    """How likely it is that the clause is left out: logistic regression on official texts with clauses taken out."""
    missing, rendered, rest, strange, shortfall, share, others = features
    terms = (
        missing, rendered, rendered / (missing + rendered), rest, strange, shortfall, share, min(others, 20) / 20,
        missing * rest, min(shortfall, 0) * share,
    )  # fmt: skip
    return 1 / (1 + math.exp(-_BIAS - sum(a * b for a, b in zip(_WEIGHTS, terms, strict=True))))


def _shortfall(view: View) -> float:
    """How far the target is from the usual length, in standard deviations; negative when it is short."""
    for row in rows("lengths", "lengths"):
        if row["source"] == view.source_lang and row["target"] == view.target_lang:
            size = len(view.source)
            allowed = math.sqrt(float(row["spread"]) ** 2 + float(row["spread_short"]) ** 2 / size)
            return (math.log(len(view.target) / size) - float(row["log_ratio"])) / allowed
    return 0.0


def clause_features(view: View) -> list[tuple[tuple[int, int], tuple[float, ...]]]:
    """For every clause of the Chinese source of three content words or more its span and what speaks of an omission.

    Features: words known to the tables that the target does not render, and those it does; the same for the rest of the
    source, as a share; words of the target that no source word outside the clause explains, for each word of the
    clause; how far the target is too short, in standard deviations; the share of the clause in the source.
    """
    from pipeline.languages import chinese

    lemmas = frozenset(lemma for word in view.words for lemma in word.lemmas)
    behind = {han for lemma in lemmas for han in back(view.target_lang, lemma) if len(han) > 1}
    clauses: list[tuple[tuple[int, int], list[tuple[str, bool]]]] = []
    heard: dict[str, bool] = {}
    for match in _CLAUSE.finditer(view.source):
        here = []
        for place in chinese.words(match[0]):
            word = place.of(match[0])
            if len(word) < 2 or not chinese.is_han(word):
                continue
            if word not in heard:
                own = forward(view.target_lang, word)
                heard[word] = bool(own & lemmas) or any(han in word or word in han for han in behind)
            here.append((word, heard[word]))
        clauses.append((match.span(), here))
    every = [item for _, words in clauses for item in words]
    shortfall = _shortfall(view)
    content = [word for word in view.words if len(word.low) > 3]
    found: list[tuple[tuple[int, int], tuple[float, ...]]] = []
    for span, words in clauses:
        if len(words) < 3:
            continue
        rendered = sum(known for _, known in words)
        others = len(every) - len(words)
        rest = (sum(known for _, known in every) - rendered) / others if others else 0.0
        outside = frozenset().union(
            *(forward(view.target_lang, word) for _, other in clauses if other is not words for word, _ in other)
        )
        strange = sum(not word.lemmas & outside for word in content) / len(words)
        share = len(words) / len(every)
        found.append((span, (len(words) - rendered, rendered, rest, min(strange, 4.0), shortfall, share, others)))
    return found


PLUGIN = Coverage()
