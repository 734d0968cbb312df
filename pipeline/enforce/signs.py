"""What speaks for each form of a Russian term at its place, as numbers: how likely the sentence as a whole and the
source make it, what the words before ask for, whether it can be subject or object, and what stands beside it.

`judged` weighs them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.enforce import beside, context, expects, fits, held, pieces, place, standing, subject, tree
from pipeline.enforce.view import OPENERS, View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian import masks
from pipeline.languages.russian.analyse import Token, analyses, lemmas
from pipeline.languages.russian.clauses import object_possible, subject_possible
from pipeline.languages.russian.government import demanded
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.spans import head_of, inside_of
from pipeline.model import Span, Term

_LEAST: Final = 1e-4  # chances are not told apart below it
_ENOUGH: Final = 0.1  # a form that stands there and is as likely as that by the sentence and the source may stay
_BY_CASE: Final = frozenset((
    "adjunct", "alone", "joined", "named", "bears", "quoted", "starts", "left verb", "left noun", "right verb",
    "right genitive", "person", "adjectival", "handed", "appointed",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A form of the term, its cells, the likeliest first, whether it is the one that stands there, its signs, and what
    asks for it in words."""

    form: str
    cells: tuple[str, ...]
    here: bool
    signs: Mapping[str, float]
    why: str


def choices(
    term: Term, found: Found, view: View, others: fits.Row = (), recased: str = "", *, every: bool = False
) -> tuple[Choice, ...] | None:
    """The forms that the term may be given in the number in which it stands; () where what stands there is likely
    enough and nothing asks for another, None where nothing can be weighed: of numbers' nouns, indeclinable words, names
    that go on. `recased`: the cell that `standing.recase` would put; `every`: weigh what is likely enough, too."""
    made = forms.russian(found.form, term.kind, term.gender)
    cells = cells_of(found)
    if (
        not cells
        or found.inserted
        or made.indeclinable
        or found.surface.text not in made.cells.values()
        or pieces.goes_on(view.text, found.span, term.kind)
        or place.counted(view.text, found.span)
        or (made.number != "pl" and place.plural_before(view.text, found.span) and not _plural(cells))
    ):
        return None
    alone = expects.chances(found.span, made, term.kind, View(view.text, view.lang))
    numbers = {cell.endswith(".pl") for cell in cells}
    by_form: dict[str, list[str]] = {}
    for cell in alone:
        if cell.endswith(".pl") in numbers:
            by_form.setdefault(made.cells[cell], []).append(cell)
    told = expects.chances(found.span, made, term.kind, view)
    wholes = [sum(chances[cell] for of in by_form.values() for cell in of) for chances in (alone, told)]
    if len(by_form) < 2 or min(wholes) <= 0:
        return None
    due = fits.misplaced(term, found, view, others or [(term, found)])
    if term.kind == "person" and not due[0] and not every and _titled(found, view, cells):
        return ()
    likely = sum(told[cell] for cell in cells & set(told)) > _ENOUGH * wholes[1]
    told_nothing = likely or beside.alone(found, view) or beside.adjectival(found)
    if told_nothing and not recased and not due[0] and not every:
        return ()
    around = _Around(term, found, view, made, cells, recased, due)
    rows = []
    for form, of in by_form.items():
        here = form == found.surface.text or not cells.isdisjoint(of)
        first, second = (
            max(_LEAST, sum(chances[cell] for cell in of) / whole)
            for chances, whole in zip((alone, told), wholes, strict=True)
        )
        signs = {
            "alone": math.log(first),
            "told": math.log(second),
            "odds": math.log(second / max(_LEAST, 1 - second)),
            "here": float(here),
            "cells": float(len(of)),
            **dict(around.signs(of, here)),
        }
        if len(numbers) > 1:
            mine = [cell for cell in alone if cell.endswith(".pl") == of[0].endswith(".pl")]
            signs["share of number"] = sum(alone[cell] for cell in mine) / sum(alone.values())
            signs["either number"], signs["changes number"] = 1.0, float(not here and made.number != "pl")
        of.sort(key=lambda cell: -told[cell])
        rows.append(Choice(form, tuple(of), here, signs, around.why(of)))
    return tuple(rows)


def _titled(found: Found, view: View, cells: frozenset[str]) -> bool:
    """Does a person's name stand in the case of the title before it?"""
    near = context.demand(view.text, found.span, "person")
    cases = {cell.partition(".")[0] for cell in cells}
    return near.strength > 1 and near.reason.startswith("stands with") and not cases.isdisjoint(near.cases)


def _plural(cells: frozenset[str]) -> bool:
    return any(cell.endswith(".pl") for cell in cells)


def cells_of(found: Found) -> frozenset[str]:
    """The cells that the form which stands there can be; empty where one of them is none of the twelve."""
    cells = {cell.replace("loc", "prp") for cell in found.surface.cells if cell != forms.PAUCAL}
    return frozenset(cells) if cells <= set(masks.CELLS) else frozenset()


class _Around:
    """What is asked once of a place, and answered for every form."""

    def __init__(
        self,
        term: Term,
        found: Found,
        view: View,
        made: Paradigm,
        cells: frozenset[str],
        recased: str,
        due: tuple[str, str],
    ) -> None:
        self.term, self.found, self.view, self.made = term, found, view, made
        text, self.span = view.text, found.span
        self.near = context.demand(text, self.span, term.kind)
        self.far = demanded(text, (self.span.start, self.span.end), term.kind, undeclined=True)
        self.recased = recased.partition(".")[0]
        self.misplaced, self.asks = due
        self.sentence, self.inside = inside_of(text, self.span)
        self.marks = [name for name, there in self._marks({cell.partition(".")[0] for cell in cells}) if there]

    def _marks(self, cases: set[str]) -> Iterator[tuple[str, bool]]:
        term, found, view, span = self.term, self.found, self.view, self.span
        text, start = view.text, span.start
        left, right = view.before(start), view.after(span.end)
        yield "adjectival", beside.adjectival(found)
        yield "adjunct", beside.adjunct(found, self.made, view)
        yield "alone", beside.alone(found, view)
        yield "joined", beside.joined(found, view)
        yield "stands", "nom" in cases and beside.may_stand(found, view, self.made)
        yield "named", standing.named(term, found, view)
        yield "bears", held.named(span, view)
        yield "quoted", text[max(0, start - 1) : start + 1].strip(" ")[:1] in OPENERS
        yield "set phrase", standing.after_set_phrase(view, found)
        yield "starts", view.sentence_start(start)
        yield (
            "appointed",
            any(lemmas(t.text) & tree.words("appoint") for t in view.tokens if t.end <= start and t.is_word),
        )
        yield "handed", beside.handed(view, start)
        yield "wanted", self.far.case in cases
        yield "left verb", _is(left, "VERB", "INFN", "GRND")
        yield "left noun", _is(left, "NOUN")
        yield "left preposition", _is(left, "PREP")
        yield "right verb", _is(right, "VERB", "PRTS")
        yield "right genitive", right is not None and right.is_word and analyses(right.text)[0].case == "gen"
        yield "term" if term.kind == "slogan" else term.kind, True
        yield "one word", " " not in found.form.text
        yield "capital", text[start : start + 1].isupper()
        yield "cued", bool(view.cue)

    def signs(self, of: Sequence[str], here: bool) -> Iterator[tuple[str, float]]:
        """The signs of a form of the cells `of`, those alone that are there."""
        cases = {cell.partition(".")[0] for cell in of}
        near, far = self.near, self.far
        hit = not cases.isdisjoint(near.cases)
        yield f"near {near.strength} {'hit' if hit else 'miss'}", 1.0
        found = {
            f"near {near.strength} first": near.cases[:1] != () and near.cases[0] in cases,
            "near alone": near.strength == 2 and len(near.cases) == 1 and hit,
            "far": far.case in cases,
            "far sure": far.sure and far.case in cases,
            "far miss": far.sure and far.case not in cases,
            "far ranked": not cases.isdisjoint(far.ranked),
            "recased": self.recased in cases,
            "recased otherwise": self.recased != "" and self.recased not in cases,
            "due": self.misplaced in cases,
            "due otherwise": self.misplaced != "" and self.misplaced not in cases,
        }
        yield from ((name, 1.0) for name, there in found.items() if there)
        yield from ((f"case {case}", 1.0) for case in cases)
        if self.sentence is not None:
            yield from ((name, 1.0) for name in self._roles(of, cases))
        for mark in self.marks:
            yield f"{'here' if here else 'other'} {mark}", 1.0
            if mark in _BY_CASE:
                yield from ((f"{case} {mark}", 1.0) for case in cases)

    def why(self, of: Sequence[str]) -> str:
        """What asks for a form of these cells, in words."""
        cases = {cell.partition(".")[0] for cell in of}
        if self.near.strength > 1 and not cases.isdisjoint(self.near.cases):
            return self.near.reason
        return self.asks if self.misplaced in cases else "as the sentence has it"

    def _roles(self, of: Sequence[str], cases: set[str]) -> Iterator[str]:
        """Can it be the subject, the object?"""
        nominative = next((cell for cell in of if cell.startswith("nom")), "")
        if nominative:
            form, text, start = self.made.cells[nominative], self.view.text, self.span.start
            whole, span = f"{text[:start]}{form}{text[self.span.end :]}", Span(start, start + len(form))
            sentence, inside = inside_of(whole, span)
            possible = sentence is not None and subject_possible(
                sentence, inside, head_of(sentence, inside), strict=True
            )
            yield "subject" if possible else "no subject"
            if subject.surely(span, View(whole, "ru")):
                yield "subject surely"
        if "acc" in cases and self.sentence is not None:
            yield "object" if object_possible(self.sentence, self.inside) else "no object"


def _is(token: Token | None, *parts: str) -> bool:
    return token is not None and token.is_word and analyses(token.text)[0].pos in parts
