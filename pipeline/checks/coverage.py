"""Clauses of the source that nothing in the target renders"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.checks._number_match import unmatched
from pipeline.checks._number_text import read, target_numbers
from pipeline.checks._renderings import forward
from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.errors import DataError
from pipeline.languages import anchors, chinese, dictionary
from pipeline.model import Finding, Severity

_CLAUSE = re.compile(r"[^，。；！？\n]+")
ENOUGH = 0.3  # standard deviations: a target longer than this leaves nothing out
SURE = 0.95
_BIAS = 2.49
_WEIGHTS = (1.12, 0.4, -1.39, -2.67, 0.98, -0.93, -1.2, -11.77, 0.86, -0.08, -2.88, 0.45, 0.14)


class Coverage(Check):
    name = "coverage"
    category = "accuracy/omission"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if len(view.source) < 12 or not view.target.strip() or shortfall(view) > ENOUGH:
            return
        try:
            clauses = clause_features(view, SURE)
        except DataError:
            return  # the tables are not installed
        for (start, end), features in clauses:
            clause = view.source[start:end].strip()
            if re.search("[A-Za-z]{2,}", clause) or _OPENING.fullmatch(clause):
                continue  # foreign names, which the tables do not list; turns that need no rendering
            if chance(features) >= SURE and not _figured(view, start, end):
                yield self.finding((0, len(view.target)), f"nothing in the target renders “{clause}”")


_OPENING = re.compile(
    "(?:截至?)?(?:目前|当前|日前|近日)|据(?:悉|了解|介绍|统计|报道)|(?:数据|统计|调查)(?:还)?(?:显示|表明)|与此同时|此外"
)
_LEAST = 10  # smaller whole numbers are too common to tell a clause by


def _telling(value: Decimal) -> bool:
    return value >= _LEAST or value != value.to_integral_value()


def _figured(view: View, start: int, end: int) -> bool:
    """Does a number that the source has in this clause alone stand in the target: 四十二载, «42 года»?"""
    theirs = read(view.source, "zh")
    here = {n.value for n in theirs if n.value is not None and start <= n.span.start < end and _telling(n.value)}
    if not here:
        return False
    rest = {n.value for n in theirs if not start <= n.span.start < end}
    lacking, _ = unmatched(theirs, target_numbers(view), view)
    return not (here - rest).issubset({n.value for n in lacking})


def chance(terms: tuple[float, ...]) -> float:
    """How likely it is that the clause is left out: logistic regression on human translations, clauses of other
    sources put into theirs."""
    against = -_BIAS - sum(a * b for a, b in zip(_WEIGHTS, terms, strict=True))
    return 1 / (1 + math.exp(min(against, 500)))  # of a text without end the exponent is too large for a float


def shortfall(view: View) -> float:
    """How far the target is from the usual length, in standard deviations; negative when it is short."""
    for row in rows("lengths", "lengths"):
        if row["source"] == view.source_lang and row["target"] == view.target_lang:
            size = len(view.source)
            allowed = math.sqrt(float(row["spread"]) ** 2 + float(row["spread_short"]) ** 2 / size)
            return (math.log(len(view.target) / size) - float(row["log_ratio"])) / allowed
    return 0.0


def clause_features(view: View, least: float = 0.0) -> list[tuple[tuple[int, int], tuple[float, ...]]]:
    """For every clause of the Chinese source of two content words or more its span and what speaks of an omission.

    Features: words of the dictionary that the target does not render; all it does not; those it does, and their share;
    the same share for the rest of the source; words of the target that nothing outside the clause explains, for each
    word of the clause; how far the target is too short, in standard deviations; the share of the clause in the source;
    how much there is besides; products of these; whether nothing at all is rendered. A clause whose chance cannot
    reach `least`, whatever else explains the words of the target, is left out.
    """
    lang = view.target_lang
    lemmas = frozenset(lemma for word in view.words for lemma in (*word.lemmas, word.low))
    heard: dict[str, tuple[bool, bool]] = {}  # word -> (rendered, listed in the dictionary)
    clauses: list[tuple[tuple[int, int], list[str]]] = []
    for match in _CLAUSE.finditer(view.source):
        here = []
        for place, entry in dictionary.segment(match[0]):
            han = place.of(match[0])
            if len(han) < 2 or not chinese.is_han(han) or (entry is not None and entry.optional):
                continue
            if han not in heard:
                out = bool(view.rendering(han)) or not lemmas.isdisjoint(forward(lang, han)) or _anchored(view, han)
                heard[han] = (out, entry is not None)
            here.append(han)
        clauses.append((match.span(), here))
    every = [han for _, words in clauses for han in words]
    said = sum(heard[han][0] for han in every)
    lacking = shortfall(view)
    content = {at for at, word in enumerate(view.words) if len(word.low) > 3}
    explained: dict[str, set[int]] = {}  # word -> words of the target that render it
    found: list[tuple[tuple[int, int], tuple[float, ...]]] = []
    for span, words in clauses:
        if len(words) < 2:
            continue
        size = len(words)
        rendered = sum(heard[han][0] for han in words)
        unsaid = sum(known and not out for out, known in (heard[han] for han in words))
        others = len(every) - size
        rest = (said - rendered) / others if others else 0.0
        share, short = size / len(every), min(lacking, 0)
        nothing = float(rendered == 0)
        before = unsaid, size - rendered, rendered, rendered / size, rest
        behind = lacking, share, min(others, 20) / 20, unsaid * rest, short * share, nothing, short * nothing
        if chance((*before, 0.0, *behind)) < least:  # words that nothing explains speak against an omission
            continue
        outside = {han for _, other in clauses if other is not words for han in other}
        for han in outside - explained.keys():
            explained[han] = _explained(view, han)
        strange = len(content.difference(*(explained[han] for han in outside))) / size
        found.append((span, (*before, min(strange, 4.0), *behind)))
    return found


def _anchored(view: View, han: str) -> bool:
    """Does the target hold what every right rendering of a listed term does (过失, «виновны»)?"""
    return han in anchors.load() and anchors.stands(anchors.anchor(han).side(view.target_lang).needs, view.keyed[1:])


def _explained(view: View, han: str) -> set[int]:
    """Words of the target (indices) that render the word in one of their readings, by the dictionary or the tables."""
    lang, words, by_lemma = view.target_lang, view.words, view.by_lemma
    found = {at for at in view.near(han) if any(dictionary.renders(lang, han, lemma) for lemma in words[at].lemmas)}
    for lemma in forward(lang, han) & by_lemma.keys():
        found.update(by_lemma[lemma])
    return found


PLUGIN = Coverage()
