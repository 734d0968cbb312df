"""What begins a Russian sentence before a verb in the plural: its subject or its object?"""

from __future__ import annotations

from pipeline.enforce.tree import NOMINAL
from pipeline.enforce.view import OPENERS, STOPS
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, lemmas, tokenise
from pipeline.languages.russian.reading import coordinate
from pipeline.languages.russian.tables import table
from pipeline.model import Span


def served(text: str, span: Span) -> bool:
    """Is what begins the sentence the object of a verb in the plural without a subject («[Закваску], которую хранят в
    погребе, добавляют в молоко»), or, where it may be a subject itself, with people named behind («чинят рабочие»)?"""
    row = _behind_first(text, span)
    if row and _many(span.of(text)):
        return {a.case for a in _noun(row) if a.number == "pl"} & {"nom", "acc"} == {"nom"}
    return bool(row) and not any(
        a.case == "nom" and a.pos in NOMINAL and a.number != "sg" for token in row for a in analyses(token.text)
    )


def acts(text: str, span: Span) -> bool:
    """Is a nominative plural that begins the sentence the subject of a verb that has its object right behind
    («[Строительные машины], которые прибыли вчера, проложили дорогу»)? The object can be no subject itself."""
    row = _behind_first(text, span)
    found = _noun(row) if _many(span.of(text)) else []
    lasting = any(a.lemma in table("words", "adverbial") for a in found)  # «[машины] чинили неделю»
    several = any(fold(token.text) in ("и", "или") for token in row[:4])  # «[машины] купили завод и школа»
    subject = any(a.case == "nom" and (several or a.number == "pl") for a in found)
    return not lasting and not subject and any(a.case == "acc" for a in found)


def _many(words: str) -> bool:
    from pipeline.enforce.place import own

    return "nom.pl" in own(words) or coordinate(words)


def _noun(row: list[Token]) -> list[Analysis]:
    """The readings of the noun that begins the row, adjectives and adverbs aside; empty where another word does."""
    while row and analyses(row[0].text)[0].pos in ("ADJF", "PRTF", "ADVB", "PRCL"):
        row = row[1:]
    readings = analyses(row[0].text) if row and row[0].is_word else ()
    return [a for a in readings if a.pos == "NOUN" == readings[0].pos]


def _behind_first(text: str, span: Span) -> list[Token]:
    """The verb in the plural behind the words that begin a sentence, a relative clause skipped, and what follows it in
    the sentence; empty where they do not begin it or no such verb, which can have an object, stands there."""
    tokens = tokenise(text)
    before = [token for token in tokens if token.end <= span.start and token.text not in OPENERS]
    if before and before[-1].text not in STOPS:
        return []
    row = [token for token in tokens if token.start >= span.end]
    row = row[: next((at for at, token in enumerate(row) if token.text in STOPS), len(row))]
    if row and row[0].text == "," and any("который" in lemmas(token.text) for token in row[1:3]):
        row = row[next((at + 1 for at, token in enumerate(row) if at and token.text == ","), len(row)) :]
    while row and analyses(row[0].text)[0].pos in ("ADVB", "PRCL"):
        row = row[1:]
    verbs = [a for a in analyses(row[0].text) if a.pos == "VERB"] if row and row[0].is_word else []
    plural = all(a.number == "pl" and "tran" in a.grammemes and a.person in ("", "3per") for a in verbs)
    return row[1:] if verbs and plural else []
