"""Cases that the word right before a Russian term plainly asks for, whatever the tree says."""

from __future__ import annotations

from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import analyses, fold, tokenise
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
