"""Cases that the word right before a Russian term plainly asks for, whatever the tree says."""

from __future__ import annotations

from pipeline.enforce.tree import words
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.model import Span


def by_whom(view: View, span: Span) -> bool:
    """Does a passive participle in an oblique case stand right before, behind the comma of its noun («линии,
    построенной [корпорация]»)?"""
    left = view.before(span.start)
    ahead = view.before(left.start) if left is not None else None
    readings = analyses(left.text) if left is not None and left.is_word else ()
    passive = bool(readings) and all(a.pos == "PRTF" and "pssv" in a.grammemes and a.case != "nom" for a in readings)
    return passive and ahead is not None and ahead.text == ","


def agent(view: View, span: Span, kind: str) -> bool:
    """Is it by whom something is done, between a passive participle and the end of its phrase: «данные, обнародованные
    в понедельник [управление]», «министр был принят в Пекине [вице-премьер]»? Behind a noun that may own it nothing is
    («опубликован на сайте [министерство]»)."""
    row = [token for token in view.tokens if token.end <= span.start]
    at = len(row) - 1
    while at >= 0 and len(row) - at <= _FAR and row[at].is_word and not _passive(row[at]):
        first = analyses(row[at].text)[0]
        if first.pos not in _ADVERBIAL or (first.pos == "NOUN" and first.case in ("nom", "ins")):
            return False
        at -= 1
    if at < 1 or at == len(row) - 1 or not row[at].is_word or not _passive(row[at]):
        return False
    if analyses(row[at + 1].text)[0].pos not in ("PREP", "ADVB"):
        return False
    name = kind in ("person", "title") and row[-1].text[:1].isupper()
    if not name and lemmas(row[-1].text).isdisjoint(words("time")):
        return False
    if analyses(row[at].text)[0].pos == "PRTF":
        behind = next((token.text for token in view.tokens if token.start >= span.end), "")
        return row[at - 1].text == "," and behind in (",", ".", "")
    return any(_agrees(token, row[at]) for token in row[:at] if token.is_word)


def _agrees(token: Token, verb: Token) -> bool:
    """May the noun be the subject of the short participle?"""
    nouns = [a for a in analyses(token.text) if a.pos == "NOUN" and a.case == "nom"]
    return any(predicate_fits(a, n.number, n.gender) for a in analyses(verb.text) for n in nouns if a.pos == "PRTS")


_FAR = 8
_ADVERBIAL = frozenset(("NOUN", "ADJF", "PREP", "NUMR", "ADVB", "PRCL"))


def _passive(token: Token) -> bool:
    first = analyses(token.text)[0]
    return first.pos == "PRTS" or (first.pos == "PRTF" and "pssv" in first.grammemes)


def of_infinitive(view: View, span: Span, number: str, gender: str) -> bool:
    """Does a transitive infinitive stand right before («формировать [новая архитектоника]»), with no predicate in the
    text that the term may be the subject of («проблему поможет решить [новая архитектоника]»)?"""
    verb = view.before(span.start)
    readings = analyses(verb.text) if verb is not None and view.text[verb.end : span.start] == " " else ()
    if not readings or not all(a.pos == "INFN" and "tran" in a.grammemes for a in readings):
        return False
    finite = (a for t in view.tokens if t.is_word for a in analyses(t.text) if a.pos in ("VERB", "PRTS", "ADJS"))
    return not any(predicate_fits(a, number, gender) for a in finite)


def joined_to_subject(text: str, span: Span) -> bool:
    """Does «и» join the words to a nominative that is no accusative («[прокуратура] и палата подписали»)?"""
    row = [token for token in tokenise(text) if token.start >= span.end][:5]
    if not row or fold(row[0].text) != "и":
        return False
    nouns = next((found for token in row[1:] if (found := analyses(token.text))[0].pos == "NOUN"), ())
    cases = {a.case for a in nouns if a.pos == "NOUN"}
    return "nom" in cases and "acc" not in cases
