"""Repairs in Russian: the cell the place asks for, dependents agreed anew, prepositions and capitals fitted."""

from __future__ import annotations

from pipeline.enforce import euphony, place
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.languages.russian.analyse import tokenise
from pipeline.model import Edit, Form, Span, Term


def repair(term: Term, form: Form, candidate: Candidate, view: View) -> Repair | None:
    """The edits that put `form` where the candidate stands; None where its case cannot be told at all."""
    made = forms.russian(form, term.kind, term.gender)
    cells = candidate.cells
    if not cells and candidate.inflects:
        cells = place.own(candidate.span.of(view.text))
    reading = place.read(view.text, candidate.span, made, term.kind, cells, candidate.inflects and bool(cells))
    return put(term, form, candidate, view, reading)


def put(term: Term, form: Form, candidate: Candidate, view: View, reading: place.Reading) -> Repair | None:
    made = forms.russian(form, term.kind, term.gender)
    after = made.cells.get(reading.cell) or made.cells.get(reading.cell.removesuffix(".pl"), form.text)
    span = unquoted(candidate.span, after, view)
    before = span.of(view.text)
    after = capital(after, before, span, view)
    if after == before:
        return None
    why = f"{candidate.why}; {reading.reason}"
    edits = [Edit(span.start, span.end, before, after, term.id, why)]
    edits += preposition(span, after, view, term)
    return Repair(tuple(edits), before, after, reading.cell, why)


def capital(after: str, before: str, span: Span, view: View) -> str:
    """A capital where the sentence begins."""
    if before[:1].isupper() and after[:1].islower() and view.sentence_start(span.start):
        return after[:1].upper() + after[1:]
    return after


def unquoted(span: Span, after: str, view: View) -> Span:
    """The span with the quotes around it, where the official form brings its own."""
    if after[:1] in "«“" and after[-1:] in "»”" and span.start > 0 and span.end < len(view.text):
        if view.text[span.start - 1] in '«“„"' and view.text[span.end] in '»”“"':
            return Span(span.start - 1, span.end + 1)
    return span


def preposition(span: Span, after: str, view: View, term: Term) -> list[Edit]:
    """The preposition before the span, where the new first word asks for its other form."""
    left = view.before(span.start)
    if left is None or view.text[left.end : span.start].strip(' \u00a0«„"') or left.end == span.start:
        return []
    old = next((token.text for token in tokenise(span.of(view.text)) if token.is_word), "")
    new = next((token.text for token in tokenise(after) if token.is_word), "")
    made = euphony.corrected(left.text, old, new)
    if made == left.text:
        return []
    return [Edit(left.start, left.end, left.text, made, term.id, f"«{made}» before «{new}»")]
