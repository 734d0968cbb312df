"""The stages, joined: the only module that knows them all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline import limits, offers
from pipeline.asking import Asking, Tick, ears, silent
from pipeline.engines.base import Engine, Request, Translation, make
from pipeline.errors import EngineError, UsageError
from pipeline.formats import base as formats
from pipeline.formats import plurals
from pipeline.heap import uncollected
from pipeline.model import Document, Finding, Lang, Report, Segment, Severity, Span, State, shifted
from pipeline.segment import cut, pieces

if TYPE_CHECKING:
    from pipeline.enforce import Enforcer
    from pipeline.settings import Settings

_BREAK = frozenset("\n\r\t")  # white space that stays between sentences, whatever the language


class Flow:
    """One run's stages for one direction. Models and glossaries load on first use and are kept."""

    def __init__(self, settings: Settings, source: Lang | None, target: Lang) -> None:
        if source == target:
            raise UsageError(f"source and target language are both {target}", hint="--from and --to must differ")
        self.settings, self.source, self.target = settings, source, target

    # What the stages need.

    @cached_property
    def engine(self) -> Engine:
        engine = make(self.settings.engine, profile=self.settings.engines)
        ability = engine.ability()
        if self.settings.offline and ability.network:
            raise UsageError(
                f"engine {self.settings.engine} needs a network", hint="leave out --offline, or use --engine compact"
            )
        if ability.missing:
            raise EngineError(f"engine {self.settings.engine}: {ability.missing}")
        if self.source is not None and (self.source, self.target) not in ability.directions:
            raise EngineError(f"engine {self.settings.engine} does not translate {self.source}-{self.target}")
        return engine

    @cached_property
    def glossary(self) -> Any:
        from pipeline.glossary import store

        alone = list(self.settings.glossaries) == ["builtin"]  # the checks ask for it too
        return store.once(store.builtin() if alone and store.builtin() else store.load(self.settings.glossaries))

    @cached_property
    def enforcer(self) -> Enforcer | None:
        if self.source is None or not self.settings.enforce.enabled:
            return None
        from pipeline.enforce import Enforcer

        read, weigh = ears(self.settings, self.source, self.target, lambda: self.engine)
        return Enforcer(self.glossary, self.source, self.target, names=self.settings.names, read=read, weigh=weigh)

    @cached_property
    def _asking(self) -> Asking:
        assert self.source is not None
        return Asking(self.engine, self.enforcer, self.settings, self.source, self.target)

    # The stages.

    def cut(self, document: Document) -> Document:
        """Running text as one segment a sentence; `join` makes units of them again."""
        if not formats.plugin(document.format).sentences or self.source is None:
            return document
        sentences: list[Segment] = []
        for unit in document.segments:
            spans = cut(unit.source, self.source)
            if unit.target is not None or not unit.open or unit.codes or len(spans) < 2:
                sentences.append(replace(unit, unit=unit.id))
                continue
            for index, span in enumerate(spans):
                end = spans[index + 1].start if index + 1 < len(spans) else len(unit.source)
                sentences.append(
                    replace(
                        unit,
                        id=f"{unit.id}.{index + 1}",
                        source=span.of(unit.source),
                        unit=unit.id,
                        lead=unit.source[: span.start] if index == 0 else "",
                        tail=unit.source[span.end : end],
                    )
                )
        return document.with_segments(sentences)

    def join(self, document: Document) -> Document:
        """Sentences back to the units of the file, with the spacing that the target language has between sentences.

        Where an engine gave nothing, a document keeps its source, so that no paragraph is lost; bitexts stay empty.
        """
        if self.settings.notes:
            document = replace(document, meta={**document.meta, "notes": True})
        if not formats.plugin(document.format).bilingual:
            document = document.with_segments(
                replace(s, target=None) if s.target is not None and not s.target.strip() else s
                for s in document.segments
            )
        if not formats.plugin(document.format).sentences:
            return document
        units: list[Segment] = []
        for _, group in groupby(document.segments, key=lambda segment: segment.unit or segment.id):
            parts = list(group)
            if len(parts) == 1 and parts[0].id == (parts[0].unit or parts[0].id):
                units.append(parts[0])
                continue
            source = "".join(part.lead + part.source + part.tail for part in parts)
            units.append(
                replace(parts[0], id=parts[0].unit, source=source, target=self._together(parts), lead="", tail="")
            )
        return document.with_segments(units)

    def _together(self, parts: Sequence[Segment]) -> str:
        text = ""
        for index, part in enumerate(parts):
            text += (part.lead if index == 0 else "") + (part.source if part.target is None else part.target)
            last = index + 1 == len(parts)
            gap = part.tail
            if not last:
                if self.target == "zh" and not _BREAK & set(gap):
                    gap = ""
                elif self.target != "zh" and not gap:
                    gap = " "
            text += gap
        return text

    def translate(self, document: Document, tick: Tick = silent, *, over: bool = False) -> Document:
        """Targets for all open segments that have none (`over`: for all open ones), then enforced."""
        assert self.source is not None
        todo = [i for i, s in enumerate(document.segments) if s.open and (over or self._untranslated(s))]
        segments = list(document.segments)
        self._from_memory(segments, todo, document.format)
        todo = [i for i in todo if over or segments[i].state is State.NEW]
        requests: list[Request] = []
        shares: dict[int, list[tuple[int, int, str]]] = {}  # segment -> (request, offset in the source, gap behind)
        seen: dict[str, int] = {}
        for i in todo:
            shares[i] = []
            source = segments[i].source
            spans = pieces(source, self.source)
            for at, span in enumerate(spans):
                text = span.of(source)
                if text not in seen:
                    seen[text] = len(requests)
                    requests.append(self._asking.request(text))
                gap = source[span.end : spans[at + 1].start if at + 1 < len(spans) else len(source)]
                shares[i].append((seen[text], span.start, gap))
        answers = self._asking.answers(requests, tick)
        with uncollected():
            for i in todo:
                segments[i] = self._placed(segments[i], [(answers[r], offset, gap) for r, offset, gap in shares[i]])
        return document.with_segments(
            plurals.settled(segments, lambda lost: self.translate(document.with_segments(lost), over=over).segments)
        )

    def _untranslated(self, segment: Segment) -> bool:
        """Is there no target, or only the source again, as filters that fill every target leave it?"""
        target = (segment.target or "").strip()
        if not target or target != segment.source.strip():
            return not target
        from pipeline.languages.detect import language

        return language(target) == self.source and (self.source != "en" or len(target.split()) > 2)

    def _placed(self, segment: Segment, answers: Sequence[tuple[Translation, int, str]]) -> Segment:
        source = segment.source
        text, links = source[: len(source) - len(source.lstrip())], []
        for index, (answer, offset, gap) in enumerate(answers):
            at = len(text)
            for left, right, weight in answer.links:
                links.append((_moved(left, offset), _moved(right, at), weight))
            text += answer.text
            if index + 1 < len(answers):
                text += gap if _BREAK & set(gap) else "" if self.target == "zh" else " "
        text += source[len(source.rstrip()) :]
        if not answers:
            text = source
        provenance = answers[0][0].provenance if answers else "copied"
        notes = tuple(dict.fromkeys(note for answer, _, _ in answers for note in answer.notes))
        text, links = plurals.fitted(segment, text, links, self.target)
        made = replace(
            segment, target=text, state=State.TRANSLATED, provenance=provenance, notes=(*segment.notes, *notes)
        )
        made = self._enforced(made, links)
        return self._with_codes(made, links)

    def _with_codes(self, segment: Segment, links: Iterable[tuple[Any, Any, float]]) -> Segment:
        """The source's inline codes around the target words that translate their words."""
        if not segment.codes:
            return segment
        from pipeline.formats import codes

        moved = codes.place(segment.source, segment.target or "", segment.codes, self._aligned(segment, links))
        return replace(segment, target_codes=tuple(moved))

    def _aligned(self, segment: Segment, links: Iterable[tuple[Any, Any, float]]) -> list[tuple[Span, Span, float]]:
        """Which source words the target words translate: the engine's attention and the word tables, and the terms."""
        from pipeline.languages import align

        assert self.source is not None
        target, edits = segment.target or "", segment.edits
        moved = [(s, Span(shifted(t.start, edits), shifted(t.end, edits)), weight) for s, t, weight in links]
        found = align.links(segment.source, target, self.source, self.target, moved)
        after: dict[str, int] = {}  # where the next occurrence of a form may begin
        for term in segment.terms:
            at = target.find(term["after"], after.get(term["after"], 0)) if term.get("after") else -1
            if at < 0:
                continue
            after[term["after"]] = at + len(term["after"])
            left, right = Span(*term["source_span"]), Span(at, at + len(term["after"]))
            found = [(s, t, w) for s, t, w in found if not s.overlaps(left) and not t.overlaps(right)]
            found.append((left, right, 2.0))
        return found

    def _from_memory(self, segments: list[Segment], todo: Sequence[int], format_name: str) -> None:
        if not self.settings.memory.path:
            return
        from pipeline.formats import units
        from pipeline.glossary.rename import Renamer
        from pipeline.memory import Memory

        assert self.source is not None
        names = Renamer(self.enforcer.occurrences, self.target) if self.enforcer is not None else None
        penalties = self.settings.memory.penalties
        with Memory(self.settings.memory.path, penalties=penalties, names=names) as memory:
            asked = units.carried([replace(s, target=None) for s in segments], format_name)
            for i in todo:
                text, codes = asked[i].source, asked[i].codes
                before = asked[i - 1].source if i else ""
                after = asked[i + 1].source if i + 1 < len(asked) else ""
                match = memory.best(text, self.source, self.target, before=before, after=after, codes=codes)
                if match is not None and match.similarity >= self.settings.memory.threshold:
                    found, coded = units.taken(segments[i], format_name, match.target, match.codes)
                    found = replace(
                        found,
                        state=State.TRANSLATED,
                        provenance=f"memory:{match.kind}:{match.similarity:.2f}",
                        notes=(*segments[i].notes, *(f"memory: {what} put right" for what in match.put)),
                    )
                    made = self._enforced(found, ())
                    segments[i] = made if coded else self._with_codes(made, ())

    def enforce(self, document: Document, tick: Tick = silent) -> Document:
        """Glossary terms and names put right in every open target."""
        from pipeline.enforce import spelling

        segments = []
        yo = self.target == "ru" and spelling.writes_yo(segment.target or "" for segment in document.segments)
        with uncollected():
            for index, segment in enumerate(document.segments, 1):
                if segment.open and segment.target:
                    segment = self._enforced(segment, (), yo)
                elif self.enforcer is not None and segment.open and not self._too_long(segment):
                    segment = limits.empty(segment, self.enforcer.occurrences(segment.source), self.target)
                segments.append(segment)
                tick(index, len(document.segments))
        return document.with_segments(segments)

    def _enforced(self, segment: Segment, links: Iterable[tuple[Any, Any, float]], yo: bool = False) -> Segment:
        if self.enforcer is None or not segment.target:
            return segment
        if self._too_long(segment):
            limit = self.settings.enforce.max_length
            said = f"over {limit:,} characters: its terms are not enforced"
            findings = (*segment.findings, limits.unenforced(segment, limit))
            return replace(segment, findings=findings, notes=(*segment.notes, said))
        given = tuple(links)
        known = self._asking.known(segment.source, segment.target, given) if given else None
        done = known or self.enforcer.enforce(segment.source, segment.target, given, yo=yo)
        from pipeline.formats import moving

        return replace(
            segment,
            target=done.target,
            target_codes=moving.moved(segment.target_codes, done.edits),
            edits=tuple(done.edits),
            findings=(*segment.findings, *done.findings),
            terms=tuple(done.terms),
        )

    def _too_long(self, segment: Segment) -> bool:
        """Would reading it take minutes (the time grows with the square of its length)?"""
        return limits.size(segment) > self.settings.enforce.max_length

    def check(self, document: Document, tick: Tick = silent) -> Document:
        """Findings and scores, of the text with its placeholders in it. Terms are verified, never changed."""
        from pipeline.checks import base as checks
        from pipeline.formats import convert

        limit = self.settings.checks.max_length
        skipped = {i for i, s in enumerate(document.segments) if limits.size(s) > limit}
        tools = {"glossary": self.glossary}
        kept = [segment for index, segment in enumerate(document.segments) if index not in skipped]
        spoken = [convert.spoken(segment, document.format) for segment in kept]
        views = [checks.View(segment, self.source, self.target, (), tools) for segment, _ in spoken]
        findings = (
            checks.run(views, self.settings.checks.disable, tick) if self.settings.checks.enabled else [()] * len(views)
        )
        with uncollected():
            verified = [self._verified(segment) for segment in kept]
        together = [
            checks.merged((*map(there.finding, known), *found))
            for (_, there), known, found in zip(spoken, verified, findings, strict=True)
        ]
        if self.settings.quality.enabled and self.settings.quality.estimator == "bundled":
            from pipeline.quality import doubt

            together = doubt.settled(views, together, checks.doubtful())
        together = offers.sound([view.segment for view in views], together)
        scores = self._scores(views, together)
        done = iter(zip(together, spoken, scores, strict=True))
        segments = []
        for index, segment in enumerate(document.segments):
            if index in skipped:
                said = f"over {limit:,} characters: not checked"
                flagged = (*segment.findings, limits.unchecked(segment, limit))
                segments.append(replace(segment, findings=flagged, notes=(*segment.notes, said)))
                continue
            found, (_, there), score = next(done)
            back = tuple(there.finding(one, back=True) for one in found)
            segments.append(replace(segment, findings=back, score=score))
        return document.with_segments(segments)

    def _verified(self, segment: Segment) -> tuple[Finding, ...]:
        """What the enforcer would flag; where it ran already, what it said then."""
        if segment.findings or segment.terms or not segment.target or self.enforcer is None:
            return segment.findings
        if "terms" in self.settings.checks.disable:
            return ()
        if self._too_long(segment):
            return (limits.unenforced(segment, self.settings.enforce.max_length),)
        return tuple(self.enforcer.verify(segment.source, segment.target))

    def scored(self, document: Document) -> Document:
        """Scores of targets as they stand, by the findings they have: what the enforcer flagged, where no check ran.

        What is too long to be checked has none, as in `check`."""
        from pipeline.checks.base import View
        from pipeline.formats import convert

        limit = self.settings.checks.max_length
        tools = {"glossary": self.glossary}
        segments = list(document.segments)
        places = [i for i, s in enumerate(segments) if limits.size(s) <= limit]
        spoken = [convert.spoken(segments[i], document.format) for i in places]
        views = [View(segment, self.source, self.target, (), tools) for segment, _ in spoken]
        found = [tuple(map(there.finding, segments[i].findings)) for i, (_, there) in zip(places, spoken, strict=True)]
        for i, score in zip(places, self._scores(views, found), strict=True):
            segments[i] = replace(segments[i], score=score)
        return document.with_segments(segments)

    def _scores(self, views: Sequence[Any], findings: Sequence[tuple[Finding, ...]]) -> list[Any]:
        if not self.settings.quality.enabled:
            return [None] * len(views)
        from pipeline.quality import estimate

        quality = self.settings.quality
        return list(estimate(views, findings, quality.estimator, quality.options.get(quality.estimator)))


def _moved(span: Any, by: int) -> Any:
    return type(span)(span.start + by, span.end + by)


def report(documents: Sequence[Document], settings: Settings, started: float, **figures: Any) -> Report:
    """What reports show of a run that began at `started` (time.monotonic)."""
    import pipeline

    segments = [segment for document in documents for segment in document.segments]
    severities = {str(s): sum(f.severity is s for seg in segments for f in seg.findings) for s in Severity}
    scored = [segment.score for segment in segments if segment.score is not None]
    totals: dict[str, Any] = {
        "version": pipeline.__version__,
        "segments": len(segments),
        "edits": sum(len(segment.edits) for segment in segments),
        "findings": severities,
        "seconds": round(time.monotonic() - started, 2),
    }
    if unread := limits.found(segments):
        totals["not_looked_at"] = len(unread)
    if scored:
        totals["mean_quality"] = round(sum(score.quality for score in scored) / len(scored), 4)
        totals["mean_risk"] = round(sum(score.post_edit_risk for score in scored) / len(scored), 4)
    return Report(tuple(documents), settings.model_dump(), {**totals, **figures})
