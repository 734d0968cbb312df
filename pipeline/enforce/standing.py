"""A right term in a wrong case, and whether a change may stand."""

from __future__ import annotations

from dataclasses import replace

from pipeline.enforce import context, place, russian, tree
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import fold
from pipeline.languages.russian.government import demanded
from pipeline.model import Lang, Term


def acceptable(before: str, after: str, lang: Lang) -> bool:
    """Does the change add no agreement error?"""
    if lang != "ru":
        return True
    from pipeline.languages.russian.agreement import errors

    return sum(error.sure for error in errors(after)) <= sum(error.sure for error in errors(before))


def recase(term: Term, found: Found, view: View) -> Repair | None:
    """The repair of a term left in its dictionary form where the place surely asks for another case; else None.

    Both readings of the place, by tree and by neighbours, must ask for it. A name after the generic word that it names
    («город Чанчунь», «инициатива „Пояс и путь“») stays as it is.
    """
    if term.kind not in ("person", "place", "slogan"):
        return None
    if "nom" not in found.surface.cells or found.inserted or view.text[max(0, found.span.start - 1)] in "-‑–/":
        return None
    made = forms.russian(found.form, term.kind, term.gender)
    if made.indeclinable:
        return None
    near = context.demand(view.text, found.span, term.kind)
    if near.strength < 2 or set(near.cases) & set(found.surface.cells) or tree.after_generic(view.text, found.span):
        return None
    far = demanded(view.text, (found.span.start, found.span.end), term.kind)
    if not far.sure or far.case not in near.cases or far.case in found.surface.cells:
        return None
    if near.strength < 3 and not _after_set_phrase(view, found):
        left = view.before(found.span.start)
        quoted = view.text[max(0, found.span.start - 1) : found.span.start] in ("«", "“", "„", '"')
        if left is not None and quoted:
            left = view.before(left.start)
        if term.kind in ("person", "title", "body") or left is None:
            return None
        if quoted and not (term.kind == "slogan" and tree.of_action(left.text)):
            return None
        if not tree.hangs_on(view.text, found.span, left.start):
            return None
    candidate = Candidate(
        found.span, 1.0, f"«{found.span.of(view.text)}» stands in the dictionary form", ("nom",), True
    )
    reading = place.Reading(far.case, True, f"{tree.NAMES[far.case]}: {near.reason}")
    return russian.put(term, found.form, replace(candidate, same=True), view, reading)


def _after_set_phrase(view: View, found: Found) -> bool:
    """Directly behind «по приглашению», «под руководством», «от имени»: together they ask for the genitive."""
    noun = view.before(found.span.start)
    lead = view.before(noun.start) if noun is not None else None
    if noun is None or lead is None or fold(noun.text) not in tree.words("with_genitive"):
        return False
    return fold(lead.text) in tree.governed("prep") and view.text[noun.end : found.span.start].isspace()
