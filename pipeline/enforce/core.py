"""The enforcer: finds the terms of a source, verifies them in the target, repairs what is missing, flags the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pipeline.enforce import candidates, elsewhere, merge, people, russian, spelling, verify, within
from pipeline.enforce.candidates import Links
from pipeline.enforce.channel import Weigher
from pipeline.enforce.nested import Nested
from pipeline.enforce.pointed import Reader
from pipeline.enforce.result import Enforced, Ground, Repair, follows, headless, severity
from pipeline.enforce.says import Says
from pipeline.enforce.search import Search
from pipeline.enforce.step import Step
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.english_forms import VERB
from pipeline.glossary.fold import key
from pipeline.glossary.match import Matcher
from pipeline.glossary.store import Glossary
from pipeline.model import Edit, Finding, Lang, Occurrence, Severity, Span, Term, Wish, apply_edits

_PASSES = 3
_HAN = re.compile("[\u3400-\u9fff]{2,}")


class Enforcer:
    """Makes a glossary's terms come out in their official form.

    `names`: also Chinese personal names that no entry has, by rule.

    `read`: a model that tells which words of the source those of a target answer, asked where nothing else does.
    `weigh`: one that tells how likely texts are as translations of one another, asked where that leaves a doubt.

    `enforce` and `verify` are pure: the same arguments give the same answer.
    """

    def __init__(
        self,
        glossary: Glossary | Iterable[Term],
        source: Lang,
        target: Lang,
        *,
        names: bool = False,
        read: Reader | None = None,
        weigh: Weigher | None = None,
    ) -> None:
        self.glossary = glossary if isinstance(glossary, Glossary) else Glossary(tuple(glossary))
        self.source: Lang = source
        self.target: Lang = target
        self.names = names
        self.read, self.weigh = read, weigh

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.glossary, self.source)

    def occurrences(self, text: str) -> tuple[Occurrence, ...]:
        """The terms of the source that have a form in the target language."""
        known = self.matcher.find(text)
        if self.source == "zh" and any(found.term.kind == "person" for found in known):
            known = tuple(found for found in known if not people.inside(found, text))
        listed = tuple(f for f in known if self._choices(f) and not within.another(f, text, self.source))
        if not self.names:
            return listed
        spans = [found.span for found in known]
        more = people.unlisted(text, self.source, self.target, spans)
        return tuple(sorted((*listed, *more), key=lambda found: found.span.start)) if more else listed

    def _with_kept(self, known: tuple[Occurrence, ...], source: str, target: str) -> tuple[Occurrence, ...]:
        """The occurrences, with words refused as homographs that the target left in Chinese: nothing but names."""
        more: list[Occurrence] = []
        for match in _HAN.finditer(target):
            at = source.find(match.group())
            if target[max(0, match.start() - 1) : match.start()] in ("(", "（") or at < 0:
                continue
            span = Span(at, at + len(match.group()))
            if any(found.span.overlaps(span) for found in (*known, *more)):
                continue
            for found in self._unguarded.find(match.group()):
                if len(found.span) == len(span) and found.term.forms.get(self.target):
                    more.append(Occurrence(found.term, span, found.form, found.cell))
        return tuple(sorted((*known, *more), key=lambda found: found.span.start)) if more else known

    @cached_property
    def _unguarded(self) -> Matcher:
        return Matcher(self.glossary, self.source, guard=False)

    def _choices(self, occurrence: Occurrence) -> list[Term]:
        if people.is_unlisted(occurrence.term):
            return [occurrence.term]
        found = [term for term in self.matcher.alternatives(occurrence) if term.forms.get(self.target)]
        said = key(occurrence.form.text, self.source)
        first = [term for term in found if key(term.forms[self.source][0].text, self.source) == said]
        return first if first and all(term.kind == "slogan" for term in found) else found

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
                self._grave(edit, done, target_text),
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

    def _grave(self, edit: Edit, done: Enforced, target: str) -> Severity:
        if follows(edit, done.edits, target):
            return Severity.NEUTRAL
        term = self._by_id.get(edit.term)
        if term is None:
            return Severity.MAJOR
        ground = done.grounds[edit.term]
        return severity(term, ground, ground is Ground.TRANSLATED and headless(term, edit.before, self.target))

    @cached_property
    def _by_id(self) -> Mapping[str, Term]:
        return {term.id: term for term in self.glossary}

    @cached_property
    def wordings(self) -> frozenset[str]:
        """Official forms of all entries but names, folded: such words are right for something else."""
        kinds = ("term", "slogan", "body", "title")
        found = (form for term in self.glossary if term.kind in kinds for form in term.forms.get(self.target, ()))
        return frozenset(key(form.text, self.target) for form in found)

    def enforce(self, source_text: str, target_text: str, links: Links = (), *, yo: bool = False) -> Enforced:
        """The target with the source's terms put right, the edits, and what is left to a person.

        yo: the document that the target is of writes ё; of the target itself it is seen.
        """
        occurrences = self.occurrences(source_text)
        if self.source == "zh" and self.target != "zh" and _HAN.search(target_text):
            occurrences = self._with_kept(occurrences, source_text, target_text)
        if self.source == "zh":
            occurrences = tuple(
                found for found in occurrences if not within.a_place(found, source_text, target_text, self.target)
            )
        if not target_text.strip():
            return Enforced(target_text)
        asked = source_text, target_text, self.source, self.target
        occurrences = tuple(found for found in occurrences if not elsewhere.another(found, *asked))
        if not occurrences:
            return Enforced(target_text)
        occurrences = people.as_women(occurrences, source_text, self.source, View(target_text, self.target))
        step = self._step(occurrences, source_text, target_text, links)
        edits: tuple[Edit, ...] = ()
        text = target_text
        repaired: dict[int, Repair] = {}
        for _ in range(_PASSES):
            step.repair()
            if not step.edits:
                step = step.unlinked()
                break
            edits = merge.compose(target_text, edits, step.edits)
            repaired.update(step.repaired)
            text = apply_edits(text, step.edits)
            step = self._step(occurrences, source_text, text, earlier=repaired)
        if settled := step.settle(repaired):
            edits = merge.compose(target_text, edits, step.edits)
            text = apply_edits(text, step.edits)
            repaired.update(settled)
            step = self._step(occurrences, source_text, text)
        step, more, text = self._parts(step, repaired, source_text, text)
        edits = merge.compose(target_text, edits, more)
        occurrences = tuple(step.occurrences)
        grounds: dict[str, Ground] = {}
        for index, made in repaired.items():
            for term in self._choices(occurrences[index]):
                grounds[term.id] = Ground.WRONG if Ground.WRONG in (made.ground, grounds.get(term.id)) else made.ground
        says = Says(step, repaired, source_text, self.source)
        done = Enforced(text, edits, tuple(says.findings()), tuple(says.lines()), grounds)
        if self.target == "ru" and edits and (yo or spelling.writes_yo((target_text,))):
            return spelling.with_yo(done, target_text, self._by_id)
        return done

    def _parts(
        self, step: Step, repaired: dict[int, Repair], source_text: str, text: str
    ) -> tuple[Step, tuple[Edit, ...], str]:
        """Where a longer term stays missing, repairs of the terms within it whose words are wrong for sure.

        新质生产力 in 因地制宜发展新质生产力. And where a name is there, of its misspellings elsewhere («Чанчун»).

        The step with these parts behind its occurrences, the edits, and the text that they make; `repaired` grows.
        """
        known = step.occurrences
        parts: list[Occurrence] = []
        seen: set[str] = set()
        for index, found in enumerate(step.claims.found):
            if found is not None:
                if known[index].term.id not in seen:
                    parts += [known[index]] * candidates.misspellings(known[index].term, step.view)
                seen.add(known[index].term.id)
            elif index not in repaired and index not in step.loose:
                parts += (part for part in self.matcher.inside(source_text, known[index]) if self._choices(part))
        if not parts:
            return step, (), text
        trial = self._step((*known, *parts), source_text, text, inner=len(known))
        trial.parts()
        if not trial.edits:
            return step, (), text
        kept = [trial.occurrences[index] for index in sorted(trial.repaired)]
        made = [trial.repaired[index] for index in sorted(trial.repaired)]
        repaired.update(enumerate(made, len(known)))
        edits, text = trial.edits, apply_edits(text, trial.edits)
        step = self._step((*known, *kept), source_text, text, earlier=repaired)
        if settled := step.settle(repaired):
            edits, text = merge.compose(step.view.text, edits, step.edits), apply_edits(text, step.edits)
            repaired.update(settled)
            step = self._step((*known, *kept), source_text, text)
        return step, edits, text

    def _step(
        self,
        occurrences: Sequence[Occurrence],
        source_text: str,
        text: str,
        links: Links = (),
        earlier: Mapping[int, Repair] | None = None,
        inner: int | None = None,
    ) -> Step:
        """A pass over `text`; `earlier`: what the passes before it repaired; `inner`: see `Step`."""
        choices = {occurrence.term.id: self._choices(occurrence) for occurrence in occurrences}
        view = View(text, self.target)
        claims = verify.assign(occurrences, choices, view, self._nested)
        if inner is not None:  # what is forbidden is meant, not what else is right
            whole = {occurrence.term.id for occurrence in occurrences[:inner]}
            claims = claims.without([n for n in range(inner, len(occurrences)) if occurrences[n].term.id in whole])
        view = view.keep(claims.spans)
        ears = self.read, self.weigh
        search = Search(occurrences, choices, (source_text, self.source), view, links, self._official, ears)
        loose = frozenset(n for n, found in enumerate(occurrences) if self.loose(found))
        return Step(search, claims, loose, earlier, inner)

    @cached_property
    def _nested(self) -> Nested:
        return Nested(self.glossary)

    def _official(self, words: str) -> bool:
        return key(words, self.target) in self.wordings
