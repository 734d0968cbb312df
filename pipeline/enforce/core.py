"""The enforcer: finds the terms of a source, verifies them in the target, repairs what is missing, flags the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from pipeline.enforce import (
    aligned,
    candidates,
    chinese,
    doubt,
    fits,
    literal,
    merge,
    people,
    plain,
    rendering,
    russian,
    standing,
    verify,
    whole,
)
from pipeline.enforce.candidates import Candidate, Links
from pipeline.enforce.result import Enforced, Ground, Repair, line, severity
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.english_forms import VERB, bare
from pipeline.glossary.fold import key
from pipeline.glossary.forms import Found
from pipeline.glossary.match import Matcher
from pipeline.glossary.store import Glossary
from pipeline.model import Edit, Finding, Form, Lang, Occurrence, Severity, Span, Term, Wish, apply_edits

_PASSES = 3


class Enforcer:
    """Makes a glossary's terms come out in their official form.

    `names`: also Chinese personal names that no entry has, by rule.

    `enforce` and `verify` are pure: the same arguments give the same answer.
    """

    def __init__(self, glossary: Glossary | Iterable[Term], source: Lang, target: Lang, *, names: bool = False) -> None:
        self.glossary = glossary if isinstance(glossary, Glossary) else Glossary(tuple(glossary))
        self.source: Lang = source
        self.target: Lang = target
        self.names = names

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.glossary, self.source)

    def occurrences(self, text: str) -> tuple[Occurrence, ...]:
        """The terms of the source that have a form in the target language."""
        listed = tuple(found for found in self.matcher.find(text) if any(self._choices(found)))
        if not self.names:
            return listed
        spans = [found.span for found in self.matcher.find(text)]
        more = people.unlisted(text, self.source, self.target, spans)
        return tuple(sorted((*listed, *more), key=lambda found: found.span.start)) if more else listed

    def _choices(self, occurrence: Occurrence) -> list[Term]:
        if people.is_unlisted(occurrence.term):
            return [occurrence.term]
        return [term for term in self.matcher.alternatives(occurrence) if term.forms.get(self.target)]

    def loose(self, occurrence: Occurrence) -> bool:
        """Is the source word a verb form of a noun's entry, to be rendered by a verb? It is verified, not changed."""
        if occurrence.cell != VERB:
            return False
        return self.target != "ru" or not russian.verbal(occurrence.term.forms["ru"][0].text)

    def wishes(self, source_text: str) -> tuple[Wish, ...]:
        """What an engine is asked to use: dictionary form and all forms, for each occurrence."""
        made = []
        for occurrence in self.occurrences(source_text):
            if self.loose(occurrence):
                continue
            term = self._choices(occurrence)[0]
            form = term.forms[self.target][0]
            surfaces = forms.surfaces(form.text, form.notes, self.target, term.kind, term.gender)
            made.append(Wish(occurrence.span, form.text, tuple(surface.text for surface in surfaces)))
        return tuple(made)

    def verify(self, source_text: str, target_text: str) -> tuple[Finding, ...]:
        """What `enforce` would repair or flag, as findings on the target as it stands."""
        done = self.enforce(source_text, target_text)
        found = [
            Finding(
                "terms",
                "terminology/wrong-term",
                self._grave(edit, done),
                edit.start,
                edit.end,
                edit.reason,
                edit.after,
            )
            for edit in done.edits
        ]
        for finding in done.findings:
            at = merge.back(finding.start, finding.end, done.edits)
            found.append(
                Finding(finding.check, finding.category, finding.severity, *at, finding.message, finding.suggestion)
            )
        return tuple(sorted(found, key=lambda item: (item.start, item.end)))

    def _grave(self, edit: Edit, done: Enforced) -> Severity:
        term = self._by_id.get(edit.term)
        return severity(term, done.grounds[edit.term]) if term is not None else Severity.MAJOR

    @cached_property
    def _by_id(self) -> Mapping[str, Term]:
        return {term.id: term for term in self.glossary}

    @cached_property
    def wordings(self) -> frozenset[str]:
        """Official forms of all terms and formulas, folded: such words are right for something else."""
        kinds = ("term", "slogan")
        found = (form for term in self.glossary if term.kind in kinds for form in term.forms.get(self.target, ()))
        return frozenset(key(form.text, self.target) for form in found)

    def enforce(self, source_text: str, target_text: str, links: Links = ()) -> Enforced:
        """The target with the source's terms put right, the edits, and what is left to a person."""
        occurrences = self.occurrences(source_text)
        if not occurrences or not target_text.strip():
            return Enforced(target_text)
        edits: tuple[Edit, ...] = ()
        text = target_text
        repaired: dict[int, Repair] = {}
        for turn in range(_PASSES):
            step = _Step(self, occurrences, source_text, View(text, self.target), links if turn == 0 else ())
            if not step.edits:
                break
            edits = merge.compose(target_text, edits, step.edits)
            repaired.update(step.repaired)
            text = apply_edits(text, step.edits)
        last = _Step(self, occurrences, source_text, View(text, self.target), (), repair=False)
        if settled := last.settle(repaired):
            edits = merge.compose(target_text, edits, last.edits)
            text = apply_edits(text, last.edits)
            repaired.update(settled)
            last = _Step(self, occurrences, source_text, View(text, self.target), (), repair=False)
        grounds: dict[str, Ground] = {}
        for index, made in repaired.items():
            for term in self._choices(occurrences[index]):
                grounds[term.id] = Ground.WRONG if Ground.WRONG in (made.ground, grounds.get(term.id)) else made.ground
        return Enforced(text, edits, tuple(last.findings(repaired)), tuple(last.lines(repaired)), grounds)


class _Step:
    """One pass over a target: what is there, and repairs for what is not."""

    def __init__(
        self,
        owner: Enforcer,
        occurrences: Sequence[Occurrence],
        text: str,
        view: View,
        links: Links,
        *,
        repair: bool = True,
    ) -> None:
        self.owner, self.occurrences, self.text, self.links = owner, occurrences, text, links
        self.choices: Mapping[str, Sequence[Term]] = {o.term.id: owner._choices(o) for o in occurrences}
        self.claims = verify.assign(occurrences, self.choices, view)
        self.view = view.keep(self.claims.spans)
        self.repaired: dict[int, Repair] = {}
        self.edits: tuple[Edit, ...] = ()
        if repair:
            self._standing()
            self._missing()

    def _there(self, index: int, text: str) -> int:
        """How often the occurrence's term stands in `text` in an admitted form."""
        view = View(text, self.owner.target)
        terms = self.choices[self.occurrences[index].term.id]
        return sum(len(forms.find(term, view.lang, view.folded, text)) for term in terms) or max(
            len(verify.other_number(term, view)) + len(verify.inserted(term, view)) for term in terms
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
        if "»»" in after and "»»" not in self.view.text:
            return False
        if not standing.acceptable(self.view.text, after, self.owner.target):
            return False
        if new and any(
            edit.after == made.after and standing.repeats(self.view.text, edit, edit.after, self.owner.target)
            for edit in made.edits
        ):
            return False
        if new and self._there(index, after) <= self._there(index, apply_edits(self.view.text, self.edits)):
            return False
        self.edits = edits
        self.repaired[index] = made
        return True

    def _standing(self) -> None:
        """Right terms in the wrong case."""
        if self.owner.target != "ru":
            return
        for index, found in enumerate(self.claims.found):
            if found is not None and not found.inserted:
                term = self.occurrences[index].term
                if not self._accept(index, standing.recase(term, found, self.view)):
                    self._accept(index, standing.agree(term, found, self.view))

    def _missing(self) -> None:
        """Repairs for what is missing, the surest candidates of all terms first."""
        pool: list[tuple[float, int, Candidate]] = []
        for index, occurrence in enumerate(self.occurrences):
            if self.claims.found[index] is None and not self.owner.loose(occurrence):
                for found in self._candidates(occurrence):
                    if found.repair and (found.score >= 0.7 or not people.is_unlisted(occurrence.term)):
                        pool.append((found.score, index, found))
        pool.sort(key=lambda item: (-item[0], item[1], item[2].span.start))
        used: list[Span] = []
        for _, index, candidate in pool:
            if index in self.repaired or any(candidate.span.overlaps(span) for span in used):
                continue
            occurrence = self.occurrences[index]
            term = self.choices[occurrence.term.id][0]
            if candidate.score < 1 and verify.admitted(term, self.owner.target, candidate.span.of(self.view.text)):
                continue
            form = self._form(term, candidate)
            if any(self._accept(index, made, new=True) for made in self._render(term, form, candidate)):
                used.append(candidate.span)

    def _form(self, term: Term, candidate: Candidate) -> Form:
        """The preferred form; of a name, or where the words of another variant stand there, that variant."""
        several = term.forms[self.owner.target]
        other = candidate.same or (self.owner.target == "ru" and candidate.score >= 0.84)
        chosen = several[candidate.form if other and candidate.form < len(several) else 0]
        if self.owner.target == "en":  # of «the Netherlands | Netherlands» the one that tells of the article
            return next(form for form in several if bare(form.text) == bare(chosen.text))
        return chosen

    def _candidates(self, occurrence: Occurrence) -> list[Candidate]:
        found = candidates.of(occurrence, self.view, self.links)
        if self.owner.source == "zh" and self.owner.target == "ru":
            text = self.view.text
            found = [c for c in found if not (c.same and people.longer(occurrence, self.text, c.span.of(text)))]
        forms_ = self.choices[occurrence.term.id][0].forms[self.owner.target]
        found = self._trimmed([self._demoted(occurrence, candidate, forms_) for candidate in found], forms_)
        if self.text and not any(candidate.repair for candidate in found):
            langs = (self.owner.source, self.owner.target)
            found += aligned.candidates(occurrence, self.text, langs, self.view, forms_)
            found += [*literal.candidates(occurrence, self.view, forms_), *literal.names(occurrence, self.view)]
            found = [self._demoted(occurrence, candidate, forms_) for candidate in found]
            if not any(candidate.repair for candidate in found):
                found += rendering.candidates(occurrence, self.text, self.view, forms_)
            found = self._trimmed(found, forms_)
            found.sort(key=lambda candidate: (not candidate.repair, -candidate.score))
        return found

    def _demoted(self, occurrence: Occurrence, candidate: Candidate, wording: Sequence[Form]) -> Candidate:
        """The candidate; only to be shown where it is but like the term and renders also other words of the source."""
        lang = self.owner.target
        if not candidate.repair or candidate.ground is not Ground.ALIKE or not self.text:
            return candidate
        if occurrence.term.kind in ("term", "slogan") and self._elsewhere(candidate):
            return replace(candidate, repair=False)
        if lang == "en":
            return candidate
        if lang == "zh":
            astray = chinese.strays(candidate, occurrence, self.text, self.view)
        else:
            form = wording[candidate.form if candidate.form < len(wording) else 0]
            astray = rendering.strays(candidate, occurrence, self.text, self.view, form)
        return replace(candidate, repair=False) if astray else candidate

    def _trimmed(self, found: Sequence[Candidate], wording: Sequence[Form]) -> list[Candidate]:
        """The candidates; only to be shown where they, or what overlaps them, take in words that are not the term's."""
        words = [form.text for form in wording]
        over = [c.span for c in found if whole.over(c, words, self.view)]
        return [replace(c, repair=c.repair and not any(c.span.overlaps(span) for span in over)) for c in found]

    def _elsewhere(self, candidate: Candidate) -> bool:
        """Are the words the official form of another entry?"""
        return key(candidate.span.of(self.view.text), self.owner.target) in self.owner.wordings

    def _render(self, term: Term, form: Form, candidate: Candidate) -> Iterator[Repair]:
        if self.owner.target == "ru":
            yield from russian.repairs(term, form, candidate, self.view)
            return
        made = (plain.english if self.owner.target == "en" else plain.chinese)(term, form, candidate, self.view)
        if made is not None:
            yield made

    # What is said about it.

    def lines(self, repaired: Mapping[int, Repair]) -> Iterable[Mapping[str, Any]]:
        for index, occurrence in enumerate(self.occurrences):
            found = self.claims.found[index]
            if index in repaired:
                made = repaired[index]
                seen = {"before": made.before, "after": made.after, "cell": made.cell}
                if said := self._doubt(index):
                    yield line(occurrence, "flagged", **seen, reason=said[0], suggestion=said[1])
                else:
                    yield line(occurrence, "repaired", **seen, reason=made.reason)
            elif said := self._doubt(index):
                yield line(occurrence, "flagged", reason=said[0], suggestion=said[1])
            elif found is not None:
                text = found.span.of(self.view.text)
                status = "variant" if found.rank or "other number" in found.surface.cells else "already"
                yield line(occurrence, status, before=text, after=text, cell=" ".join(found.surface.cells))
            else:
                _, message, suggestion, _ = self._flag(index)
                yield line(occurrence, "flagged", reason=message, suggestion=suggestion)

    def findings(self, repaired: Mapping[int, Repair]) -> Iterable[Finding]:
        for index, found in enumerate(self.claims.found):
            said = self._doubt(index)
            if said is not None and found is not None:
                span = found.span
                yield Finding("terms", "fluency/grammar", Severity.NEUTRAL, span.start, span.end, *said)
            if found is None and index not in repaired:
                span, message, suggestion, grade = self._flag(index)
                category = "terminology/wrong-term" if len(span) else "terminology/missing-term"
                yield Finding("terms", category, grade, span.start, span.end, message, suggestion)

    def _doubt(self, index: int) -> tuple[str, str] | None:
        """What to say of a term that is there and yet not right in its place, and the form suggested."""
        found = self.claims.found[index]
        if found is None:
            return None
        return doubt.of(self.occurrences[index], found, self.view, self.text, self.owner.source, self._row)

    def settle(self, repaired: Mapping[int, Repair]) -> dict[int, Repair]:
        """Puts repaired terms into the case that their place admits, where that of the repair does not fit."""
        made = {}
        for index, old in repaired.items():
            found, term = self.claims.found[index], self.occurrences[index].term
            if found is None or self.owner.target != "ru":
                continue
            case, why = fits.misplaced(term, found, self.view, self._row)
            new = standing.put(term, found, self.view, case, why) if case else None
            if self._accept(index, new) and new is not None:
                made[index] = replace(new, before=old.before, ground=old.ground)
        return made

    @cached_property
    def _row(self) -> list[tuple[Term, Found]]:
        pairs = zip(self.occurrences, self.claims.found, strict=True)
        return [(occurrence.term, found) for occurrence, found in pairs if found is not None]

    def _flag(self, index: int) -> tuple[Span, str, str, Severity]:
        """Where, what to say, what to suggest, how grave."""
        occurrence = self.occurrences[index]
        term = self.choices[occurrence.term.id][0]
        form = term.forms[self.owner.target][0]
        again = any(
            other is not None and self.occurrences[at].term.id == occurrence.term.id
            for at, other in enumerate(self.claims.found)
        )
        if again:
            return (
                Span(0, 0),
                f"{occurrence.form.text} is rendered fewer times than it stands in the source",
                form.text,
                Severity.NEUTRAL,
            )
        if people.is_unlisted(term):
            message = f"{occurrence.form.text}: by the rules of transcription «{form.text}»"
            return Span(0, 0), message, form.text, Severity.NEUTRAL
        near = self._candidates(occurrence) if not self.owner.loose(occurrence) else []
        if near:
            made = next(self._render(term, form, near[0]), None)
            text = near[0].span.of(self.view.text)
            suggestion = made.after if made is not None else form.text
            grave = Severity.NEUTRAL if text == suggestion else severity(term, near[0].ground)
            return (
                near[0].span,
                f"«{text}» for {occurrence.form.text}: the official form is «{form.text}»",
                suggestion,
                grave,
            )
        return (
            Span(0, 0),
            f"{occurrence.form.text} is missing: the official form is «{form.text}»",
            form.text,
            severity(term, Ground.NONE),
        )
