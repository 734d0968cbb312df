"""A person's name in its dictionary form behind a title that stands in another case."""

from __future__ import annotations

from pipeline.enforce import trial
from pipeline.enforce.context import Demand
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import analyses
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.model import Term


def apposed(term: Term, found: Found, view: View, near: Demand, case: str) -> bool:
    """Does a person's name end the clause behind its title, which is in another case («письмо товарища Ши Юйган»)?"""
    if term.kind != "person" or not near.reason.startswith("stands with"):
        return False
    made = forms.russian(found.form, term.kind, term.gender)
    if len({made.cells[each] for each in near.cases}) > 1:
        return False
    for token in [token for token in view.tokens if token.start >= found.span.end]:
        if not token.is_word:
            break
        several = analyses(token.text)  # «морю» is no verb here
        verbs = [a for a in several if a.pos in ("VERB", "PRTS")] if several[0].pos in ("VERB", "PRTS") else []
        if verbs and not any(predicate_fits(a, "sg", term.gender or "m") for a in verbs):
            return True
        if verbs:
            return _has_subject(found, view) or trial.settles(view.text, found.span, made.cells[case], case)
    return True


def _has_subject(found: Found, view: View) -> bool:
    """Has the clause a person before the name who is surely its subject («[председатель] вместе с президентом …»)?"""
    for token in reversed([token for token in view.tokens if token.end <= found.span.start]):
        readings = analyses(token.text) if token.is_word else ()
        if not token.is_word and token.text not in "-–—":
            return False
        if any(a.pos in ("VERB", "PRTS", "INFN") for a in readings[:1]):
            return False
        if readings and all(a.case == "nom" and a.animate and a.pos == "NOUN" and a.known for a in readings):
            return True
    return False
