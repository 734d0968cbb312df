"""A Russian term whose own words stand in forms that are no one case of it («продуктивная свиноматки»)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View
from pipeline.enforce.whole import declining
from pipeline.glossary import forms
from pipeline.glossary.fold import key
from pipeline.languages.russian.analyse import analyses, lemmas, tokenise
from pipeline.model import Form, Span, Term

_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF"))
_VERBAL = frozenset(("VERB", "INFN", "PRTS", "GRND"))


def candidates(term: Term, view: View) -> Iterator[Candidate]:
    """Places where all words of an admitted form of several words stand in order, one at least that declines and is
    there in a form of its own, and the whole is in no cell of the paradigm."""
    if view.lang != "ru" or term.kind == "person":
        return
    tokens = view.tokens
    for rank, form in enumerate(term.forms.get("ru", ())):
        official = [token.text for token in tokenise(form.text)]
        words = [lemmas(word) for word in official]
        if len(official) < 2 or not forms.likely(Form(form.text), "ru", view.folded.text):
            continue
        if any(analyses(word)[0].pos in _VERBAL for word in official):
            continue
        heads = _heads(term, form)
        known = {surface.key for surface in forms.surfaces(form.text, form.notes, "ru", term.kind, term.gender)}
        for at in range(len(tokens) - len(official) + 1):
            group = tokens[at : at + len(official)]
            mine = all(
                token.text.lower() == word.lower() or (token.is_word and not lemmas(token.text).isdisjoint(base))
                for token, word, base in zip(group, official, words, strict=True)
            )
            if not mine:
                continue
            span = Span(group[0].start, group[-1].end)
            nominal = all(any(a.pos in _NOMINAL for a in analyses(group[n].text)) for n in heads if group[n].is_word)
            nominal = nominal and all(
                group[n].text.lower() == word.lower() or any(a.case == "nom" for a in analyses(group[n].text))
                for n, word in enumerate(official)
                if n not in heads
            )  # «управления образованием» is right in its way
            if key(span.of(view.text), "ru") not in known and nominal and view.free(span):
                why = f"«{span.of(view.text)}» is in no one form"
                yield Candidate(span, 0.99, why, inflects=False, form=rank, same=True)


def _heads(term: Term, form: Form) -> frozenset[int]:
    made = forms.russian(form, term.kind, term.gender)
    return declining([[token.text for token in tokenise(cell)] for cell in made.cells.values()])
