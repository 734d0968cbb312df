"""A sentence whose source differs in a name: the name's own form in its translation exchanged for the other's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.glossary import forms
from pipeline.glossary.fold import fold
from pipeline.model import Lang, Occurrence, Span, Term

KINDS = ("person", "place", "body", "title")
Swap = tuple[Term, Term]


@dataclass(frozen=True, slots=True)
class Renamer:
    """What a translation memory asks for names: `find` gives the terms of a source text, `lang` is the target's."""

    find: Callable[[str], Sequence[Occurrence]]
    lang: Lang

    def __call__(self, source: str, text: str, target: str) -> tuple[str, str, str, bool]:
        """The known source and the new text without their names, the target with the names of the new text, and whether
        it has them: not where the names do not pair off, or a form is not sure."""
        old, bare = named(source, self.find(source))
        new, wanted = named(text, self.find(text))
        changed = swaps(old, new)
        if not changed:
            return source, text, target, changed is not None
        made = with_names(target, changed, old, self.lang)
        return (source, text, target, False) if made is None else (bare, wanted, made, True)


def named(text: str, found: Sequence[Occurrence]) -> tuple[list[Occurrence], str]:
    """The names among the occurrences, and the text with a mark for each: texts alike but for names are equal."""
    kept = sorted((o for o in found if o.term.kind in KINDS), key=lambda o: o.span.start)
    pieces: list[str] = []
    at = 0
    for occurrence in kept:
        pieces += (text[at : occurrence.span.start], f"\x02{occurrence.term.kind}\x03")
        at = occurrence.span.end
    return kept, "".join([*pieces, text[at:]])


def swaps(old: Sequence[Occurrence], new: Sequence[Occurrence]) -> list[Swap] | None:
    """(old term, new term) for each name that changed; None where the names do not pair off one by one."""
    if [o.term.kind for o in old] != [o.term.kind for o in new]:
        return None
    made: dict[str, Swap] = {}
    for before, after in zip(old, new, strict=True):
        if made.setdefault(before.term.id, (before.term, after.term))[1].id != after.term.id:
            return None
    return [swap for swap in made.values() if swap[0].id != swap[1].id]


def with_names(target: str, changed: Sequence[Swap], old: Sequence[Occurrence], lang: Lang) -> str | None:
    """The target with each old name replaced by the new one in the same grammatical form; None where that is not sure.

    Sure means: the old name stands in the target as often as in the old source, the new one has the forms wanted, its
    gender is the same, and the sentence agrees no worse than before.
    """
    edits: list[tuple[Span, str]] = []
    for before, after in changed:
        there = forms.find(before, lang, fold(target, lang), target)
        if len(there) != sum(o.term.id == before.id for o in old) or not after.forms.get(lang):
            return None
        for place in there:
            new = _form(target, place, before, after, lang)
            if new is None:
                return None
            edits.append((place.span, new))
    edits.sort(key=lambda edit: edit[0].start)
    if any(left.overlaps(right) for (left, _), (right, _) in pairwise(edits)):
        return None
    made = target
    for span, new in reversed(edits):
        made = made[: span.start] + new + made[span.end :]
    return made if lang != "ru" or _agrees(made, target) else None


def _form(target: str, place: forms.Found, before: Term, after: Term, lang: Lang) -> str | None:
    form = after.forms[lang][0]
    if lang == "zh":
        return form.text
    made = forms.surfaces(form.text, form.notes, lang, after.kind, after.gender)
    cells = list(place.surface.cells)
    if lang == "ru":
        was = forms.russian(place.form, before.kind, before.gender)
        will = forms.russian(form, after.kind, after.gender)
        if (was.gender, was.number) != (will.gender, will.number):
            return None
        if len(cells) > 1:
            cells = _demanded(target, place.span, before.kind, cells)
    found = {next((s.text for s in made if cell in s.cells), "") for cell in cells}
    return found.pop() if len(found) == 1 and "" not in found else None


def _demanded(target: str, span: Span, kind: str, cells: list[str]) -> list[str]:
    """Of the cells that a form can be, the one its place demands, where the place is sure; else all of them."""
    from pipeline.languages.russian.government import demanded

    demand = demanded(target, (span.start, span.end), kind)
    return [demand.case] if demand.sure and demand.case in cells else cells


def _agrees(made: str, before: str) -> bool:
    from pipeline.languages.russian.agreement import errors

    return len(errors(made)) <= len(errors(before))
