"""Phrases that are sentences and stay whole in every case: «процветает природа — процветает цивилизация»."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.languages.russian.analyse import Token, analyses, fold
from pipeline.languages.russian.tables import table


def is_clause(tokens: Sequence[Token]) -> bool:
    """Does the phrase hold a finite verb, or begin with an infinitive, a preposition, an adverb or a gerund?"""
    words = [token for token in tokens if token.is_word]
    if not words:
        return True
    first = analyses(words[0].text)
    nominal = any(a.case == "nom" and a.pos in ("NOUN", "ADJF", "PRTF", "NUMR", "NPRO") for a in first)
    if not nominal and len(words) > 2 and any(a.pos in ("ADVB", "ADJS") for a in first):  # наименее развитые страны
        nominal = any(a.case == "nom" and a.pos in ("ADJF", "PRTF") for a in analyses(words[1].text))
    if not nominal and first[0].known and first[0].pos in ("INFN", "VERB", "PREP", "ADVB", "GRND", "CONJ", "PRCL"):
        return True
    opened = 0
    for at, token in enumerate(tokens):
        opened += (token.text in ("«", "(")) - (token.text in ("»", ")"))
        if opened > 0 and token is not tokens[0] and tokens[0].text != "«":
            continue
        if fold(token.text) in table("words", "subordinate") or fold(token.text).startswith("котор"):
            return False
        if fold(token.text) == "превыше" or (at and _dashed(tokens[at - 1 : at + 2])):
            return True
        readings = analyses(token.text)
        if token.text[:1].islower() and readings[0].known and all(a.pos in ("VERB", "PRTS", "PRED") for a in readings):
            return True
    return False


def _dashed(row: Sequence[Token]) -> bool:
    """Does a dash stand for the verb («жилье — для проживания», «человек — в центре внимания»)?"""
    led = len(row) == 3 and row[1].text in ("—", "–") and row[2].is_word
    return led and (fold(row[2].text) == "не" or analyses(row[2].text)[0].pos == "PREP")
