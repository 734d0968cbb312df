"""What is to be said of a term that is there and yet not whole, not written right or in a case its place refuses."""

from __future__ import annotations

from pipeline.enforce import fits, standing, tree, whole
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.model import Lang, Occurrence


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
    case = standing.doubtful(term, found, view)
    if case:
        return f"«{words}» stands in the dictionary form", cells[case]
    verb = fits.manly(term, found, view, row)
    if verb:
        return f"«{verb}» behind the name of a woman", found.form.text
    case, why = fits.misplaced(term, found, view, row)
    if not case:
        return None
    return f"«{words}» should be in the {tree.NAMES[case]}: {why}", cells.get(case, found.form.text)
