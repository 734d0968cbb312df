"""What is to be said of a term that is there and yet not whole, not written right or in a case its place refuses."""

from __future__ import annotations

from pipeline.enforce import context, fits, pieces, settled, standing, tree, trial, whole
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import Token, analyses
from pipeline.model import Lang, Occurrence, Term


def of(
    occurrence: Occurrence, found: Found, view: View, source: str, lang: Lang, row: fits.Row
) -> tuple[str, str] | None:
    """(message, form suggested), or None where nothing speaks against it.

    `source`: the source text, in `lang`; `row`: all terms found in the target.
    """
    term, words = occurrence.term, found.span.of(view.text)
    message = (
        whole.rank(occurrence, term, found, view, source, lang)
        or whole.number(occurrence, term, found, view, source, lang)
        or whole.written(term, found, view)
    )
    if message:
        return message, found.form.text
    if view.lang != "ru":
        return None
    cells = forms.russian(found.form, term.kind, term.gender).cells
    if not {"nom", "nom.pl"}.isdisjoint(found.surface.cells) and settled.nominative(term, found, view):
        return None
    case = _undeclined(term, found, view)
    if case:
        return f"«{words}» stands in the dictionary form", cells[case]
    verb = fits.manly(term, found, view, row)
    if verb:
        return f"«{verb}» behind the name of a woman", found.form.text
    case, why = fits.misplaced(term, found, view, row)
    if not case:
        return None
    return f"«{words}» should be in the {tree.NAMES[case]}: {why}", cells.get(case, found.form.text)


def _undeclined(term: Term, found: Found, view: View) -> str:
    """The case that the word before asks for where a term stands in the nominative and no repair was sure; else "".

    That word is a preposition, or a noun in a heading, where no verb can have the term for its subject.
    """
    text, span = view.text, found.span
    if "nom" not in found.surface.cells or found.inserted or found.rank or pieces.goes_on(text, span, term.kind):
        return ""
    made = forms.russian(found.form, term.kind, term.gender)
    left = view.before(span.start)
    if made.indeclinable or standing.adjective(found) or left is None or text[left.end : span.start] != " ":
        return ""
    near = context.demand(text, span, term.kind)
    if near.strength < 2 or set(near.cases) & set(found.surface.cells):
        return ""
    if near.strength == 2 and standing.of_an_adjective(left, found, view):
        return ""
    if standing.named(term, found, view) and not (view.sentence_start(left.start) and term.kind != "place"):
        return ""
    row = near.reason.startswith("joined") and trial.joined_preposition(view, span) in ("в", "на")
    if near.strength == 2 and (not (row or _common_noun(view, left)) or _has_verb(view)):
        return ""
    return near.cases[0]


def _common_noun(view: View, token: Token) -> bool:
    first = analyses(token.text)[0]
    small = token.text[:1].islower() or view.sentence_start(token.start)
    return small and first.known and first.pos == "NOUN" and not first.animate


def _has_verb(view: View) -> bool:
    parts = ("VERB", "PRTS", "INFN", "GRND", "ADJS", "PRED")
    return "—" in view.text or any(
        a.pos in parts for token in view.tokens if token.is_word for a in analyses(token.text)[:2]
    )
