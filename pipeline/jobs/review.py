"""A post-editing session: edits that can be undone, a journal that survives a kill, flags dismissed for good."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.checks import dismissals
from pipeline.errors import OutputError, UsageError
from pipeline.formats import base as formats
from pipeline.formats import units
from pipeline.jobs import risks, typed
from pipeline.jobs.advice import Advice, Item
from pipeline.jobs.changes import alternatives as alternatives
from pipeline.jobs.changes import changes as changes
from pipeline.jobs.journal import append, read
from pipeline.jobs.remember import given, remember, weakness
from pipeline.model import Document, Edit, Finding, Lang, Segment, State

IDLE = 60.0  # seconds without a key after which a person is taken to be elsewhere


@dataclass
class Work:
    """What a person did to one segment, over all sessions. first: the target as it came; seconds: time spent."""

    first: str
    seconds: float = 0.0
    edits: int = 0
    accepted: int = 0
    dismissed: int = 0


@dataclass(frozen=True)
class Step:
    """Something that can be undone: the segment and what had been done to it, the flag that was dismissed."""

    index: int
    before: Segment
    work: Work
    dismissed: Finding | None = None


@dataclass
class Session:
    """One file under review. `stale` are the segments whose target has not been checked as it stands."""

    path: str
    document: Document
    source: Lang
    target: Lang
    segments: list[Segment] = field(default_factory=list)
    works: dict[int, Work] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    stale: set[int] = field(default_factory=set)
    advice: dict[int, Advice] = field(default_factory=dict)
    changed_outside: list[str] = field(default_factory=list)  # ids whose target in the file the journal does not know
    ranks: dict[int, float] = field(default_factory=dict)  # the first risk known: work on a segment does not move it
    focus: int = 0
    visible: tuple[int, ...] = ()
    unsaved: bool = False
    memory: str = ""  # translation memory that confirmed segments go to on saving
    write: Callable[[list[Segment]], bytes] | None = None  # the file's new content; None: by its format
    _given: dict[int, float] = field(default_factory=dict)
    _digest: int = 0
    _keys: frozenset[dismissals.Key] = frozenset()
    _at: int = 0
    _dirty: set[int] = field(default_factory=set)
    _perhaps: bool = False  # the journal knows of confirmed segments that the file may not know of
    _touched: tuple[int, float] = (-1, 0.0)
    _fresh: set[int] = field(default_factory=set)  # confirmed, and not in the memory yet
    _said: dict[str, int] = field(default_factory=dict)  # source -> the segment that was confirmed last

    @classmethod
    def open(
        cls,
        path: str,
        document: Document,
        source: Lang,
        target: Lang,
        *,
        memory: str = "",
        write: Callable[[list[Segment]], bytes] | None = None,
    ) -> Session:
        """Takes up where the journal left off. Raises DataError for a broken side file, UsageError for no bitext."""
        if path == "-":
            raise UsageError("review needs a file", hint="save standard input to a file first")
        if write is None and not formats.plugin(document.format).bilingual:
            raise UsageError(f"{path}: is no bitext", hint="name the document it was translated from: --original FILE")
        document = replace(document, source_lang=source, target_lang=target)
        made = cls(path, document, source, target, list(document.segments), memory=memory, write=write)
        made._digest = hash(files.read_bytes(path))
        made._keys = dismissals.load(made.ledger)
        made._said = {s.source: i for i, s in enumerate(made.segments) if s.state is State.CONFIRMED}
        made._replay()
        made._given = {**risks.known(path, made.segments), **dict(given(document))}
        made.stale = {i for i, s in enumerate(made.segments) if (s.target or "").strip()}
        return made

    @property
    def journal(self) -> Path:
        return Path(f"{self.path}.review.jsonl")

    @property
    def ledger(self) -> Path:
        found = dismissals.beside(self.path, None)
        assert found is not None
        return found

    # What stands.

    def locked(self, index: int) -> bool:
        return self.segments[index].state is State.LOCKED

    def confirmed(self, index: int) -> bool:
        return self.segments[index].state is State.CONFIRMED

    def edited(self, index: int) -> bool:
        work = self.works.get(index)
        return work is not None and work.first != (self.segments[index].target or "")

    def risk(self, index: int) -> float | None:
        """Post-edit risk: of the last check, else what the file says of itself (answers of translate and check)."""
        score = self.segments[index].score
        return score.post_edit_risk if score is not None else self._given.get(index)

    def order(self, indexes: Iterable[int], weakest: bool) -> list[int]:
        """Weakest first; segments not checked yet come last, in the order of the file."""
        if not weakest:
            return sorted(indexes)
        ranks, given = self.ranks, self._given
        return [i for _, i in sorted((-ranks[i] if i in ranks else -given.get(i, -1.0), i) for i in indexes)]

    # What a person does.

    def put(self, index: int, text: str, known: Edit | None = None) -> None:
        """The target as typed so far; `begin` comes first. Codes keep their places, flags their words. `known`: the one
        edit that makes the text."""
        segment = self.segments[index]
        old = segment.target or ""
        if text == old:
            return
        edits = [known] if known is not None else changes(old, text)
        self.segments[index] = typed.put(segment, text, edits)
        self._changed(index)

    def begin(self, index: int) -> None:
        """A point that `undo` goes back to."""
        self.steps.append(Step(index, self.segments[index], replace(self._work(index))))

    def settle(self, index: int) -> None:
        """The end of an edit: counted where it changed something, else forgotten; into the journal as a draft."""
        if not self.steps or self.steps[-1].index != index:
            return
        if self.steps[-1].before.target == self.segments[index].target:
            self.segments[index] = self.steps.pop().before
            return
        self._work(index).edits += 1
        self._dirty.add(index)
        self.log(index)

    def edit(self, index: int, text: str) -> None:
        self.begin(index)
        self.put(index, text)
        self.settle(index)

    def accept(self, index: int, finding: Finding, choice: str = "") -> None:
        """Puts the suggestion (or one of its alternatives) in the place of the flagged words."""
        segment, start, end = self.segments[index], finding.start, finding.end
        text = segment.target or ""
        said = choice or alternatives(finding.suggestion)[0]
        if start == 0 and text[:1].isupper():
            said = said[:1].upper() + said[1:]
        self.begin(index)
        self._work(index).accepted += 1
        one = Edit(start, end, text[start:end], said, "", "post-edit")
        among = any(start < code.position < end for code in segment.target_codes)
        self.put(index, text[:start] + said + text[end:], None if among else one)
        self.settle(index)

    def dismiss(self, index: int, finding: Finding, reason: str) -> None:
        """For good: into the side file that `palladius check` reads too."""
        segment = self.segments[index]
        dismissals.save(self.ledger, [(finding, segment)], reason)
        self._keys |= {dismissals.key(finding, segment)}
        self.steps.append(Step(index, segment, replace(self._work(index)), finding))
        self._work(index).dismissed += 1
        self.segments[index] = replace(segment, findings=tuple(f for f in segment.findings if f != finding))

    def confirm(self, index: int) -> None:
        """Confirmed means on the disk: the journal's line is fsynced before this returns."""
        made = typed.confirmed(self.segments[index])
        if self.locked(index) or self.confirmed(index) or made is None:
            return
        self.steps.append(Step(index, self.segments[index], replace(self._work(index))))
        self.segments[index] = made
        self.unsaved = True
        self._fresh.add(index)
        self._said[self.segments[index].source] = index
        self.log(index)

    def matches(self, index: int) -> tuple[tuple[float, str, str], ...]:
        """(similarity, source, target): what was confirmed for the same source in this file, then the memory's."""
        source, there = self.segments[index].source, self._said.get(self.segments[index].source, index)
        advice = self.advice.get(index)
        found = advice.matches if advice is not None else ()
        if there == index or not self.confirmed(there):
            return found
        own = self.segments[there].target or ""
        return (1.0, source, own), *(match for match in found if match[2] != own)

    def undo(self) -> int | None:
        """Takes the last step back; the index of its segment, None where nothing is left."""
        if not self.steps:
            return None
        step = self.steps.pop()
        if step.dismissed is not None:
            self._restore(step)
        self.segments[step.index] = step.before
        self.works[step.index] = replace(step.work, seconds=self._work(step.index).seconds)
        self._changed(step.index)
        self.log(step.index)
        return step.index

    def _restore(self, step: Step) -> None:
        assert step.dismissed is not None
        key = dismissals.key(step.dismissed, step.before)
        self._keys -= {key}
        kept = []
        for line in files.decode(files.read_bytes(self.ledger), str(self.ledger)).splitlines(keepends=True):
            record = json.loads(line) if line.strip() else {}
            if (record.get("check"), record.get("text"), record.get("target")) != key:
                kept.append(line)
        files.write_text(self.ledger, "".join(kept))

    def _work(self, index: int) -> Work:
        return self.works.setdefault(index, Work(self.segments[index].target or ""))

    def _changed(self, index: int) -> None:
        self.unsaved = True
        self._dirty.add(index)
        if (self.segments[index].target or "").strip():
            self.stale.add(index)

    def touch(self, index: int) -> None:
        """A key was pressed at this segment: the time since the last one counts, breaks do not."""
        now = time.monotonic()
        before, at = self._touched
        self._touched = (index, now)
        if before == index and now - at < IDLE:
            self._work(index).seconds += now - at

    def arrive(self, index: int) -> None:
        """The segment came under the cursor: its clock starts."""
        if self._touched[0] != index:
            self._touched = (index, time.monotonic())

    # What the checks say.

    def todo(self) -> list[Item]:
        """What to check next: the segment at hand, then what is in sight, then the rest in the order of the file."""
        if self.focus in self.stale:
            return [self.item(self.focus)]
        seen = [i for i in self.visible if i in self.stale]
        if not seen:
            seen = self._rest(8)
        return [self.item(i) for i in seen[:8]]

    def _rest(self, count: int) -> list[int]:
        if not self.stale:
            return []
        found: list[int] = []
        for step in range(len(self.segments)):
            index = (self._at + step) % len(self.segments)
            if index in self.stale:
                found.append(index)
                if len(found) == count:
                    break
        self._at = found[0] if found else 0
        return found

    def item(self, index: int) -> Item:
        segment = self.segments[index]
        rest = segment.codes, segment.target_codes, self.document.format, bool(segment.meta.get("apart"))
        return Item(index, segment.id, segment.source, segment.target or "", *rest)

    def advise(self, item: Item, advice: Advice) -> bool:
        """Takes an answer in; False where the target has changed since it was asked for."""
        segment = self.segments[item.index]
        if segment.target != item.target:
            return False
        self.stale.discard(item.index)
        self.advice[item.index] = advice
        self.ranks.setdefault(item.index, weakness(advice))
        gravest = tuple(sorted(advice.findings, key=lambda f: -f.severity.rank))
        made = replace(segment, score=advice.score, findings=gravest)
        self.segments[item.index] = self._without_dismissed(made)
        return True

    def add(self, found: Iterable[tuple[int, Finding]]) -> None:
        """Flags that need the whole document."""
        for index, finding in found:
            segment = self.segments[index]
            if index not in self.stale and finding.end <= len(segment.target or "") and finding not in segment.findings:
                made = replace(segment, findings=(*segment.findings, finding))
                self.segments[index] = self._without_dismissed(made)

    def _without_dismissed(self, segment: Segment) -> Segment:
        if not self._keys:
            return segment
        return replace(
            segment, findings=tuple(f for f in segment.findings if dismissals.key(f, segment) not in self._keys)
        )

    # What stays.

    def log(self, index: int) -> None:
        """One line of the journal, on the disk when this returns. Raises OutputError."""
        segment, work = self.segments[index], self._work(index)
        record = {
            "n": index,
            "id": segment.id,
            "source": segment.source,
            "first": work.first,
            "target": segment.target or "",
            "codes": [(code.position, code.before, code.after) for code in segment.target_codes],
            "state": "confirmed" if segment.state is State.CONFIRMED else "draft",
            "seconds": round(work.seconds, 1),
            "edits": work.edits,
            "accepted": work.accepted,
            "dismissed": work.dismissed,
            "lang": self.target,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        append(self.journal, record)
        self._dirty.discard(index)

    def save(self) -> None:
        """Drafts to the journal, then the file itself, whole or not at all. Raises OutputError."""
        for index in sorted(self._dirty):
            self.log(index)
        if self.unsaved or self._perhaps:
            self._write()
        if self.memory:
            done = sorted(filter(self.confirmed, self._fresh))
            kept = units.carried(self.segments, self.document.format)
            remember(self.memory, self.path, kept, done, self.source, self.target)
            self._fresh.clear()

    def _write(self) -> None:
        if hash(files.read_bytes(self.path)) != self._digest:
            hint = f"your work is safe in {self.journal.name}: open the file again"
            raise OutputError("was changed by another program since it was opened", where=self.path, hint=hint)
        if self.write is not None:
            data = self.write(self.segments)
        else:
            data = formats.plugin(self.document.format).write(self.document.with_segments(self.segments))
        if hash(data) != self._digest:
            files.write_bytes(self.path, data)
        self._digest = hash(data)
        self.unsaved = self._perhaps = False

    def _replay(self) -> None:
        places: dict[tuple[str, str], list[int]] = {}
        for index, segment in enumerate(self.segments):
            for key in (segment.id, ""):
                places.setdefault((key, segment.source), []).append(index)
        known: dict[int, set[str]] = {}
        last: dict[int, dict[str, Any]] = {}
        for record in read(self.journal):
            same = places.get(("", record["source"]), [])  # ids of PO are lines, which move when a flag goes
            alike = same if record["n"] in same or len(same) == 1 else []
            there = places.get((record["id"], record["source"]), alike)
            if there:
                index = record["n"] if record["n"] in there else there[0]
                known.setdefault(index, {record["first"]}).add(record["target"])
                last[index] = record
        for index, record in last.items():
            segment = self.segments[index]
            self.works[index] = Work(*(record[key] for key in ("first", "seconds", "edits", "accepted", "dismissed")))
            where = record.get("codes", [])
            if (segment.target or "") in known[index]:
                self.put(index, record["target"])
                self.segments[index] = typed.placed(self.segments[index], where)
            elif not typed.written(segment, record["target"], where):
                self.changed_outside.append(segment.id)
                continue
            if record["state"] == "confirmed":
                if segment.state is not State.CONFIRMED:
                    self._fresh.add(index)
                    self._perhaps = True
                self.segments[index] = replace(self.segments[index], state=State.CONFIRMED)
                self._said[segment.source] = index
        self._dirty.clear()
