"""One pass over a target: what is there of the source's terms, and repairs for what is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from pipeline.enforce import (
    beside,
    capitals,
    context,
    counted,
    due,
    english_number,
    fits,
    given,
    given_letters,
    judged,
    people,
    place,
    signs,
    standing,
    swollen,
    verify,
)
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground, Repair, by_agreement
from pipeline.enforce.search import Search
from pipeline.enforce.verify import Claims
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages import english
from pipeline.languages.russian.predicates import predicate
from pipeline.model import Edit, Span, Term, apply_edits

_RULES_OF_NAMES = "stands with", "to whom"  # behind a title, a verb of giving: a person's name is the rules' own


class Step:
    """The claims on a target and the edits that put it right; `edits` and `repaired` (by occurrence) grow.

    `loose`: indices of the occurrences that are verified and never changed; `earlier`: what passes before this one
    repaired; `inner`: the index from which on occurrences are parts of longer ones, repaired where what stands for them
    is wrong for sure.
    """

    def __init__(
        self,
        search: Search,
        claims: Claims,
        loose: frozenset[int],
        earlier: Mapping[int, Repair] | None = None,
        inner: int | None = None,
    ) -> None:
        self.search, self.claims, self.loose, self.earlier = search, claims, loose, earlier or {}
        self.inner = len(search.occurrences) if inner is None else inner
        self.occurrences, self.choices = search.occurrences, search.choices
        self.view, self.target = search.view, search.target
        self.repaired: dict[int, Repair] = {}
        self.edits: tuple[Edit, ...] = ()

    def unlinked(self) -> Step:
        """The same target and claims, looked at without the engine's links."""
        return Step(self.search.unlinked(), self.claims, self.loose, self.earlier) if self.search.links else self

    def repair(self) -> None:
        """Finds the edits for what stands in a wrong case and for what is missing."""
        self._standing()
        self._missing()

    def parts(self) -> None:
        """Finds the edits for the parts of longer terms alone."""
        self._missing(self.inner)

    def settle(self, repaired: Mapping[int, Repair]) -> dict[int, Repair]:
        """Puts repaired terms into the case that their place admits, where that of the repair does not fit."""
        made = {}
        for index, old in repaired.items():
            found, term = self.claims.found[index], self.occurrences[index].term
            if found is None or self.target != "ru" or oblique(old):
                continue
            case, why = fits.misplaced(term, found, self.view, self.row)
            new = standing.put(term, found, self.view, case, why) if case else None
            if self._accept(index, new) and new is not None:
                made[index] = replace(new, before=old.before, ground=old.ground)
        return made

    @cached_property
    def row(self) -> list[tuple[Term, Found]]:
        """All terms that are there, with their places."""
        pairs = zip(self.occurrences, self.claims.found, strict=True)
        return [(occurrence.term, found) for occurrence, found in pairs if found is not None]

    def _there(self, index: int, text: str) -> int:
        """How often the occurrence's term stands in `text` in an admitted form."""
        view = View(text, self.target)
        terms = self.choices[self.occurrences[index].term.id]
        found = (verify.genuine(term, forms.find(term, view.lang, view.folded, text), view) for term in terms)
        return sum(map(len, found)) or max(
            len(verify.genuine(term, (*verify.other_number(term, view), *verify.inserted(term, view)), view))
            for term in terms
        )

    def _accept(self, index: int, made: Repair | None, *, new: bool = False) -> bool:
        """Takes a repair that fits the others, keeps agreement and leaves the term there."""
        if made is None or any(a.start < b.end and b.start < a.end for a in made.edits for b in self.edits):
            return False
        known = {(edit.start, edit.end): edit for edit in self.edits}
        if any((edit.start, edit.end) in known for edit in made.edits):
            return False
        edits = tuple(sorted((*self.edits, *made.edits), key=lambda edit: edit.start))
        try:
            after = apply_edits(self.view.text, edits)
        except ValueError:
            return False
        if any(pair in after and pair not in self.view.text for pair in ("»»", "««")):
            return False
        if new and any(
            edit.after == made.after and standing.repeats(self.view.text, edit, edit.after, self.target)
            for edit in made.edits
        ):
            return False
        if new and self.target == "en" and self._attributive(made):
            return False
        if new and self._there(index, after) <= self._there(index, apply_edits(self.view.text, self.edits)):
            return False
        if not standing.acceptable(self.view.text, after, self.target):  # last, as it reads both sentences anew
            return False
        self.edits = edits
        self.repaired[index] = made
        return True

    @staticmethod
    def _attributive(made: Repair) -> bool:
        """Does it put a noun for the adjective of the same root: "theatre art" for "theatrical art"?"""
        before, after = (re.sub(r"^(?:an?|the) ", "", text, flags=re.I) for text in (made.before, made.after))
        return english.adjective_of(before, after)

    def _standing(self) -> None:
        """Right terms in the wrong case, and names with a word too many."""
        for index, found in enumerate(self.claims.found):
            if found is not None and found.inserted:
                self._accept(index, swollen.repair(self.occurrences[index], found, self.view, self.search.text))
            if found is not None and self.target != "zh" and self._named_in_full(index, found):
                continue
            if found is not None and self.target == "en":
                self._accept(index, english_number.counted(self.occurrences[index].term, found, self.view))
            if found is not None and self.target == "zh":
                self._accept(index, given.repair(self.occurrences[index], found, self.view))
            if self.target == "ru" and found is not None and not found.inserted:
                term = self.occurrences[index].term
                done = self._accept(index, self._judged(index, found))
                done = done or self._accept(index, self._counted(term, found))
                done = done or self._accept(index, capitals.superfluous(term, found, self.view))
                done = done or self._accept(index, standing.agree(term, found, self.view))
                done = done or self._accept(
                    index, swollen.compound(self.occurrences[index], found, self.view, self.search.text)
                )
                done = done or self._accept(
                    index, swollen.tail(self.occurrences[index], found, self.view, self.search.text)
                )
                if not done:
                    self._accept(index, self._feminine(term, found))

    def _counted(self, term: Term, found: Found) -> Repair | None:
        """The repair of what does not fit its number; of a time none, for «к девяти [утра]» fits."""
        time = beside.is_time(forms.russian(found.form, term.kind, term.gender))
        return None if time else counted.repair(term, found, self.view)

    def _judged(self, index: int, found: Found) -> Repair | None:
        """The repair of a form that its place refuses: by all signs together; by rules alone where they cannot be
        weighed, as of a number's noun."""
        term, view = self.occurrences[index].term, self.search.asked(index)
        taken = self._taken(index, found)
        rule = standing.recase(term, found, view)
        by_whom = self._by_whom(term, found) if rule is None else None
        rule = rule or by_whom or self._of_set_phrase(index, found)
        weighed = signs.choices(term, found, view, self.row, rule.cell if rule is not None else "")
        named = rule is not None and term.kind == "person" and any(why in rule.reason for why in _RULES_OF_NAMES)
        final = named or (by_whom is not None and "nom" in fits.cells_of(found))
        if weighed is None or (final and not taken):
            return None if taken else rule
        made = forms.russian(found.form, term.kind, term.gender)
        sure = taken and _told(self.earlier[index], either=made.number == "pl")
        return judged.repair(term, found, view, weighed, None if taken else rule, sure=sure) if weighed else None

    def _by_whom(self, term: Term, found: Found) -> Repair | None:
        """The repair of the one by whom something is done in another case than the instrumental."""
        if term.kind not in ("body", "person", "title") or "ins" in fits.cells_of(found):
            return None
        if context.demand(self.view.text, found.span, term.kind).reason.startswith("stands with"):
            return None
        if not (due.by_whom(self.view, found.span) or due.agent(self.view, found.span, term.kind)):
            return None
        return standing.put(term, found, self.view, "ins", "by whom it is done")

    def _of_set_phrase(self, index: int, found: Found) -> Repair | None:
        """The repair of what stands behind «в рамках», «под руководством» in another case than the genitive."""
        term = self.occurrences[index].term
        if not standing.after_set_phrase(self.view, found):
            return None
        case, why = fits.misplaced(term, found, self.view, self.row)
        number = ".pl" if all(cell.endswith(".pl") for cell in found.surface.cells) else ""
        return standing.put(term, found, self.view, case + number, why) if case else None

    def _taken(self, index: int, found: Found) -> bool:
        """Has a repair before just put the term into a case that the replaced words had there? Then only a preposition
        tells more («причиной остается [отрыв]» gives the nominative, which the verb may well be followed by)."""
        made = self.earlier.get(index)
        had = {cell.partition(".")[0] for cell in place.own(made.before)} if made is not None else set()
        if made is None or made.cell.partition(".")[0] not in had:
            return False
        return context.demand(self.view.text, found.span, self.occurrences[index].term.kind).strength < 3

    def _named_in_full(self, index: int, found: Found) -> bool:
        return self._accept(index, given_letters.repair(self.occurrences[index], found, self.view))

    def _feminine(self, term: Term, found: Found) -> Repair | None:
        """The masculine past tense right behind the name of a woman, its subject, in the feminine."""
        at = self.view.after(found.span.end)
        verb = fits.manly(term, found, self.view, self.row)
        while at is not None and verb and at.text != verb:
            at = self.view.after(at.end)
        made = predicate(verb, "sg", "f") if verb else None
        if at is None or not made or made == verb:
            return None
        name = found.span.of(self.view.text)
        edit = Edit(at.start, at.end, verb, made, term.id, by_agreement(name))
        return Repair((edit,), name, name, "nom", edit.reason)

    def _missing(self, first: int = 0) -> None:
        """Repairs for what is missing, the surest candidates of all terms first; of occurrences from `first` on."""
        pool: list[tuple[float, int, Candidate]] = []
        for index, occurrence in enumerate(self.occurrences[first:], first):
            if self.claims.found[index] is None and index not in self.loose:
                once = self._stands(index)
                for found in self.search.of(index):
                    sure = found.ground is Ground.WRONG or (index < self.inner and not (once and _by_sense(found)))
                    if found.repair and sure and (found.score >= 0.7 or not people.is_unlisted(occurrence.term)):
                        pool.append((found.score, index, found))
        pool.sort(key=lambda item: (-item[0], item[1], item[2].span.start))
        used: list[Span] = []
        for _, index, candidate in pool:
            if index in self.repaired or any(candidate.span.overlaps(span) for span in used):
                continue
            term = self._term(index)
            if candidate.score < 1 and verify.admitted(term, self.target, candidate.span.of(self.view.text)):
                continue
            form = self.search.form(term, candidate)
            if any(self._accept(index, made, new=True) for made in self.search.render(index, term, form, candidate)):
                used.append(candidate.span)

    def _stands(self, index: int) -> bool:
        """Did the term stand rightly for another of its occurrences, so that good style may call it otherwise here?"""
        own, there = self.occurrences[index].term.id, zip(self.occurrences, self.claims.found, strict=True)
        return any(
            found is not None and occurrence.term.id == own and at not in self.earlier
            for at, (occurrence, found) in enumerate(there)
        )

    def _term(self, index: int) -> Term:
        return self.choices[self.occurrences[index].term.id][0]


def _by_sense(candidate: Candidate) -> bool:
    """Is it merely what may be a translation of the term's words?"""
    return candidate.ground is Ground.TRANSLATED


def _told(made: Repair, *, either: bool) -> bool:
    """Could the replaced words stand in one case alone, in the number of what took their place, or in `either`?"""
    plural = made.cell.endswith(".pl")
    return len([cell for cell in place.own(made.before) if either or cell.endswith(".pl") == plural]) == 1


def oblique(made: Repair) -> bool:
    """Was the case read from words that surely stood in one: in an oblique («заменили двойными блоками»), in the
    nominative («вышла из порта минная шлюпка»)?"""
    cells = {cell.partition(".")[0] for cell in place.own(made.before)}
    sure = cells <= {"gen", "dat", "ins", "prp"} or (cells == {"nom"} and " " in made.before)
    return len(cells) == 1 and sure and made.cell.partition(".")[0] in cells
