"""The rest of a person's name beside the part that is right: «[Tatiana] Golikova» for Tatyana Golikova."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.enforce import likeness
from pipeline.enforce.result import Repair
from pipeline.enforce.synonyms import bundled
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.model import Edit, Form, Occurrence, Span

_ALIKE = 0.6
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def repair(occurrence: Occurrence, found: Found, view: View) -> Repair | None:
    """The full name of one's own glossary for another spelling of its other words, where the source has it in full."""
    term, text = occurrence.term, view.text
    if term.kind != "person" or view.lang == "zh" or found.inserted or bundled(term.origin):
        return None
    if " " not in occurrence.form.text:
        return None
    for form in term.forms[view.lang]:
        window = _window(form, found, view)
        if window is None:
            continue
        span, extra = window
        cells = _cells(form, found, occurrence, view)
        if not cells or any(span.of(text) == cell for cell in cells):
            return None
        words = _WORD.findall(cells[0])
        said = _WORD.findall(span.of(text))
        if len(words) != len(said) or not all(likeness.names(said[n], words[n]) >= _ALIKE for n in extra):
            return None
        if all(said[n].lower() in {_WORD.findall(cell)[n].lower() for cell in _every(form, occurrence)} for n in extra):
            return None
        why = f"«{span.of(text)}» is another transcription"
        edit = Edit(span.start, span.end, span.of(text), cells[0], term.id, why)
        return Repair((edit,), span.of(text), cells[0], found.surface.cells[0], why)
    return None


def _window(form: Form, found: Found, view: View) -> tuple[Span, Sequence[int]] | None:
    """Where the whole name stands of which `found` is the beginning or the end, and which of its words are the others;
    None where the words beside it are no names."""
    full, here = len(_WORD.findall(form.text)), len(_WORD.findall(found.form.text))
    own = _WORD.findall(form.text)
    part = _WORD.findall(found.form.text)
    if full <= here:
        return None
    before = [match.span() for match in _WORD.finditer(view.text, 0, found.span.start)]
    after = [match.span() for match in _WORD.finditer(view.text, found.span.end)]
    if own[-here:] == part:
        row = [*before[here - full :], (found.span.start, found.span.end)]
        extra = list(range(full - here))
    elif own[:here] == part:
        row = [(found.span.start, found.span.end), *after[: full - here]]
        extra = list(range(here, full))
    else:
        return None
    if len(row) != full - here + 1:
        return None
    for left, right in pairwise(row):
        if view.text[left[1] : right[0]] not in (" ", "\u00a0"):
            return None
    others = [view.text[a:b] for a, b in row if (a, b) != (found.span.start, found.span.end)]
    if not all(word[0].isupper() for word in others):
        return None
    return Span(row[0][0], row[-1][1]), extra


def _every(form: Form, occurrence: Occurrence) -> list[str]:
    """All forms of the name."""
    return [form.text, *forms.russian(form, "person", occurrence.term.gender).cells.values()]


def _cells(form: Form, found: Found, occurrence: Occurrence, view: View) -> list[str]:
    """The full name in the cells that the part found can be, the nominative first."""
    if view.lang == "en":
        return [form.text]
    made = forms.russian(form, "person", occurrence.term.gender)
    cells = sorted(found.surface.cells, key=lambda cell: cell != "nom")
    return list(dict.fromkeys(made.cells[cell] for cell in cells if cell in made.cells))
