"""Collective numerals before nouns without a singular, and before no others of things: «двое яслей», «два детских
сада» (Russkaya grammatika 1980, § 1377)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.enforce.result import Repair, by_agreement
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.languages.russian.analyse import Token, analyses, fold, tokenise
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.model import Edit, Form, Span, Term

_FEW = {"двое": "два", "трое": "три", "четверо": "четыре"}
_COLLECTIVE = {"два": "двое", "две": "двое", "три": "трое", "четыре": "четверо"}


def mended(made: Repair, term: Term, form: Form, view: View) -> Repair:
    """The repair with the numeral that the new noun asks for, and the noun in the case that this asks for."""
    main = next((edit for edit in made.edits if edit.after == made.after), None)
    left = view.before(main.start) if main is not None else None
    if main is None or left is None or view.text[left.end : main.start] not in (" ", "\u00a0"):
        return made
    if not view.free(Span(left.start, left.end)):
        return made
    words = forms.russian(form, term.kind, term.gender)
    new, after = _asked(left, main.before, words, view)
    if not new or not after:
        return made
    new = new.capitalize() if left.text[:1].isupper() else new
    put = replace(main, after=after)
    number = Edit(left.start, left.end, left.text, new, term.id, by_agreement(after))
    rest = (edit for edit in made.edits if edit is not main and not (edit.start < left.end and left.start < edit.end))
    edits = tuple(sorted((*rest, put, number), key=lambda edit: edit.start))
    return replace(made, edits=edits, after=after, cell="gen.pl")


def _asked(left: Token, before: str, words: Paradigm, view: View) -> tuple[str, str]:
    """The numeral and the form behind it; empty where both stay as they are."""
    low = fold(left.text)
    if low in _FEW and words.number == "sg" and not words.animate and _always_plural(before):
        number = "две" if low == "двое" and words.gender == "f" else _FEW[low]
        return number, next(iter(forms.paucal(words)), "")
    ahead = view.before(left.start)
    several = words.number == "pl" and _always_plural(words.text)
    if low in _COLLECTIVE and several and not (ahead is not None and _counts(ahead)):
        return _COLLECTIVE[low], words.cells.get("gen", "")
    return "", ""


def _always_plural(text: str) -> bool:
    """May the first noun be one without a singular («шлюзовые [ворота]»)?"""
    several = (analyses(token.text) for token in tokenise(text) if token.is_word)
    nouns = next((found for found in several if found[0].pos == "NOUN"), ())
    return any("Pltm" in a.grammemes for a in nouns)


def _counts(token: Token) -> bool:
    """Is it the first word of a longer number: «двадцать [два]»?"""
    return token.text.isdigit() or any(a.pos == "NUMR" for a in analyses(token.text)[:1])
