"""What is said about each term of a target: a line of the report, and a finding where a person has to look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.enforce import doubt, people
from pipeline.enforce.result import Ground, Repair, line, severity
from pipeline.enforce.step import Step, oblique
from pipeline.model import Finding, Lang, Severity, Span


class Says:
    """The last look at a target, after all repairs; `repaired` tells what was made, by occurrence."""

    def __init__(self, step: Step, repaired: Mapping[int, Repair], source: str, lang: Lang) -> None:
        self.step, self.repaired = step, repaired
        self.source, self.lang = source, lang
        self._doubts: dict[int, tuple[str, str] | None] = {}
        self._flags: dict[int, tuple[Span, str, str, Severity]] = {}

    def lines(self) -> Iterator[Mapping[str, Any]]:
        for index, occurrence in enumerate(self.step.occurrences):
            found = self.step.claims.found[index]
            if index in self.repaired:
                made = self.repaired[index]
                seen = {"before": made.before, "after": made.after, "cell": made.cell}
                if said := self._doubt(index):
                    yield line(occurrence, "flagged", **seen, reason=said[0], suggestion=said[1])
                else:
                    yield line(occurrence, "repaired", **seen, reason=made.reason)
            elif said := self._doubt(index):
                yield line(occurrence, "flagged", reason=said[0], suggestion=said[1])
            elif found is not None:
                text = found.span.of(self.step.view.text)
                status = "variant" if found.rank or "other number" in found.surface.cells else "already"
                yield line(occurrence, status, before=text, after=text, cell=" ".join(found.surface.cells))
            else:
                _, message, suggestion, _ = self._flag(index)
                yield line(occurrence, "flagged", reason=message, suggestion=suggestion)

    def findings(self) -> Iterator[Finding]:
        for index, found in enumerate(self.step.claims.found):
            said = self._doubt(index)
            if said is not None and found is not None:
                span = found.span
                yield Finding("terms", "fluency/grammar", Severity.NEUTRAL, span.start, span.end, *said)
            if found is None and index not in self.repaired:
                span, message, suggestion, grade = self._flag(index)
                category = "terminology/wrong-term" if len(span) else "terminology/missing-term"
                yield Finding("terms", category, grade, span.start, span.end, message, suggestion)

    def _doubt(self, index: int) -> tuple[str, str] | None:
        """What to say of a term that is there and yet not right in its place, and the form suggested."""
        if index not in self._doubts:
            step, found = self.step, self.step.claims.found[index]
            if index in self.repaired and oblique(self.repaired[index]):
                found = None  # in the case in which it was found
            self._doubts[index] = (
                doubt.of(step.occurrences[index], found, step.view, self.source, self.lang, step.row) if found else None
            )
        return self._doubts[index]

    def _flag(self, index: int) -> tuple[Span, str, str, Severity]:
        """Where, what to say, what to suggest, how grave."""
        if index not in self._flags:
            self._flags[index] = self._flagged(index)
        return self._flags[index]

    def _flagged(self, index: int) -> tuple[Span, str, str, Severity]:
        step = self.step
        occurrence = step.occurrences[index]
        term = step.choices[occurrence.term.id][0]
        form = term.forms[step.target][0]
        again = any(
            other is not None and step.occurrences[at].term.id == occurrence.term.id
            for at, other in enumerate(step.claims.found)
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
        near = step.search.of(index) if index not in step.loose else ()
        if near:
            made = next(step.search.render(index, term, form, near[0]), None)
            text = near[0].span.of(step.view.text)
            suggestion = made.after if made is not None else form.text
            grave = Severity.NEUTRAL if text == suggestion else severity(term, near[0].ground)
            message = f"«{text}» for {occurrence.form.text}: the official form is «{form.text}»"
            if near[0].other_sense:
                message += ", unless the word has another sense here"
            return near[0].span, message, suggestion, grave
        return (
            Span(0, 0),
            f"{occurrence.form.text} is missing: the official form is «{form.text}»",
            form.text,
            severity(term, Ground.NONE),
        )
