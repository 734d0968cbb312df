"""Sentences that hang in the air: no predicate, bare infinitives or gerunds, a clause without its main one"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.checks._tables import words as listed
from pipeline.checks._words import Word, parses
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_MODAL = listed("modal")
_OPENERS = frozenset(("чтобы", "который", "которая", "которое", "которые", "поскольку", "так"))


class Fragments(Check):
    name = "fragments"
    category = "linguistic-conventions/grammar"
    severity = Severity.MAJOR
    targets = ("ru",)

    def segment(self, view: View) -> Iterable[Finding]:
        text = view.target
        spans = view.sentences
        hanging: list[tuple[int, int]] = []
        for start, end in spans:
            body = text[start:end]
            words = [word for word in view.words if start <= word.start < end]
            if len(words) < 4 or not body.rstrip('»”")').endswith(".") or re.match(r"[\d•*–—-]+[.)]?\s", body):
                continue
            if body[0].islower() or any(mark in body for mark in ":;—–?!…") or " - " in body:
                continue
            kind = _shape(words)
            if kind == "infinitives" and len(spans) > 1 and not _quoted(text, start, end):
                hanging.append((start, end))
            elif kind == "gerund" and words[0].low != "хотя":
                yield self.finding((start, end), "a gerund phrase without a main clause")
            elif kind == "nominal" and len(spans) > 1 and len(words) > 5 and not _quoted(text, start, end):
                if _caption(words) or _answer(text[:start], words):
                    continue
                yield self.finding((start, end), "a sentence without a predicate", severity=Severity.MINOR)
        if len(hanging) * 2 < len(spans):  # more of them are a list of slogans, which Russian puts so
            for span in hanging:
                yield self.finding(span, "infinitives hang in the air: no word says who must or should do it")


def _answer(before: str, words: Sequence[Word]) -> bool:
    """Does the sentence answer a question or exclamation, or oppose what is to what is not: «Не оценки, а взгляд»?"""
    lows = [word.low for word in words]
    if before.rstrip(' »”"').endswith(("?", "!")) or (lows[0] == "не" and "а" in lows):
        return True
    return lows[:2] == ["так", "что"] or _pos(words[0]) == {"ADVB"}


def _caption(words: Sequence[Word]) -> bool:
    """Does the sentence name a place or a date, as the first line of a report does?"""
    named = sum(word.text[0].isupper() or word.text[0].isdigit() or word.low in _PLACE_WORDS for word in words)
    return named * 2 > len(words)


_PLACE_WORDS = frozenset(
    ("провинция", "провинции", "уезд", "уезда", "округ", "округа", "район", "района", "город", "города", "волость",
     "волости", "поселок", "поселка", "деревня", "деревни", "автономный", "автономного", "района", "год", "года")
)  # fmt: skip


def _pos(word: Word) -> set[str]:
    return {str(reading.tag.POS) for reading in parses(word.low)}


def _shape(words: Sequence[Word]) -> str:
    """infinitives, gerund, nominal, or "" for a sentence that has a predicate or may have one."""
    if any(word.low in ("это", "вот") for word in words):
        return ""
    infinitive = gerund = False
    for word in words:
        if word.low in _MODAL or (not word.text.isalpha() and "-" not in word.text and not word.text[0].isdigit()):
            return ""
        kinds = _pos(word)
        if kinds & {"VERB", "PRED", "PRTS", "ADJS", "COMP", "None"} and not _never(word):
            return ""
        if "INFN" in kinds:
            infinitive = True
        elif kinds == {"GRND"}:
            gerund = True
    first = _pos(words[0]) | _pos(words[1])
    if infinitive:
        return "infinitives" if "INFN" in first else ""
    if gerund:
        return "gerund" if _pos(words[0]) == {"GRND"} else ""
    return "nominal"


# Nouns and prepositions that the dictionary also lists as verb forms or predicates.
_NOUN_LIKE = frozenset(
    ("стали", "дело", "уже", "время", "конце", "долга", "доли", "мая", "или", "при", "суда", "знать", "мыла", "еще")
)


def _never(word: Word) -> bool:
    """Is the verb reading only a homonym of the noun, and a rare one?"""
    readings = parses(word.low)
    score = sum(r.score for r in readings if str(r.tag.POS) in ("VERB", "PRED", "PRTS", "ADJS", "COMP", "None"))
    return score < 0.03 or word.low in _NOUN_LIKE


def _quoted(text: str, start: int, end: int) -> bool:
    return text[start] in '«“"' and text[:end].rstrip(".")[-1:] in '»”"'


PLUGIN = Fragments()
