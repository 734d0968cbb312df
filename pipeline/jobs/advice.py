"""What stands beside a segment under review: flags, risk, terms, memory matches; computed away from the screen."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import EngineError, PalladiusError
from pipeline.model import Code, Document, Finding, Lang, Score, Segment, Severity

TOGETHER = 2000  # documents of more segments than this are not searched for flags that need the whole document


@dataclass(frozen=True, slots=True)
class Item:
    """A segment to look at, as it stood when it was asked for. codes, target_codes: its own, as those of `format`;
    apart: do source and target stand in two files?"""

    index: int
    id: str
    source: str
    target: str
    codes: tuple[Code, ...] = ()
    target_codes: tuple[Code, ...] = ()
    format: str = "jsonl"
    apart: bool = False

    @property
    def segment(self) -> Segment:
        meta = {"apart": self.apart}
        return Segment(self.id, self.source, self.target, codes=self.codes, target_codes=self.target_codes, meta=meta)


@dataclass(frozen=True, slots=True)
class Advice:
    """terms: (words of the source, admitted forms in the target language); matches: (similarity, source, target)."""

    findings: tuple[Finding, ...] = ()
    score: Score | None = None
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    matches: tuple[tuple[float, str, str], ...] = ()


class Gone(EngineError):
    """The process that checks has died."""


class Adviser(Protocol):
    def advise(self, items: Sequence[Item]) -> list[Advice]:
        """One Advice for each item, in order."""

    def together(self, items: Sequence[Item]) -> list[tuple[int, Finding]]:
        """Flags that need the whole document, with the index of their segment."""

    def close(self) -> None: ...


class Local:
    """In this process. Everything loads on first use."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        from pipeline.flow import Flow
        from pipeline.settings import Settings

        self.flow = Flow(Settings(**settings), source, target)
        self.source: Lang = source
        self.target: Lang = target
        self._known: dict[Any, Any] = {}

    def advise(self, items: Sequence[Item]) -> list[Advice]:
        return [self._one(item) for item in items]

    def _one(self, item: Item) -> Advice:
        document = Document("review", item.format, (item.segment,), self.source, self.target)
        [done] = self.flow.check(document).segments
        alone = {finding for _, finding in self.together([item])} if done.findings else set()
        findings = tuple(finding for finding in done.findings if finding not in alone)
        key = item.source, item.codes
        if key not in self._known:
            self._known[key] = self._terms(item.source), self._matches(item)
        terms, matches = self._known[key]
        return Advice(findings, done.score, terms, matches)

    def _terms(self, source: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if self.flow.enforcer is None:
            return ()
        found = self.flow.enforcer.occurrences(source)
        lines = [(o.span.of(source), tuple(f.text for f in o.term.forms.get(self.target, ()))) for o in found]
        return tuple(dict.fromkeys(line for line in lines if line[1]))

    def _matches(self, item: Item) -> tuple[tuple[float, str, str], ...]:
        """Their targets as the segment's own text is: with its codes beside it."""
        path = self.flow.settings.memory.path
        if not path:
            return ()
        from pipeline.formats import units
        from pipeline.memory import Memory

        [asked] = units.carried([replace(item.segment, target=None)], item.format)
        with Memory(path) as memory:
            found = memory.matches(asked.source, self.source, self.target, codes=asked.codes, limit=3)
        texts = [units.taken(item.segment, item.format, match.target, match.codes)[0].target for match in found]
        return tuple((match.similarity, match.source, text or "") for match, text in zip(found, texts, strict=True))

    def together(self, items: Sequence[Item]) -> list[tuple[int, Finding]]:
        from pipeline.checks import base as checks
        from pipeline.formats import convert

        if not self.flow.settings.checks.enabled or len(items) > TOGETHER:
            return []
        tools = {"glossary": self.flow.glossary}
        spoken = [convert.spoken(item.segment, item.format) for item in items]
        views = [checks.View(segment, self.source, self.target, (), tools) for segment, _ in spoken]
        out = []
        for check in checks.checks(self.flow.settings.checks.disable):
            if type(check).document is not checks.Check.document:
                usable = [index for index, view in enumerate(views) if check.applies(view)]
                for at, finding in check.document([views[index] for index in usable]):
                    there = spoken[usable[at]][1]
                    out.append((items[usable[at]].index, there.finding(finding, back=True)))
        return out

    def close(self) -> None:
        pass


class Remote:
    """In a process of its own, so that keys are answered at once. It ends when this process does."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, settings, source, target), daemon=True)
        self._process.start()
        theirs.close()

    def advise(self, items: Sequence[Item]) -> list[Advice]:
        answer: list[Advice] = self._ask("advise", items)
        return answer

    def together(self, items: Sequence[Item]) -> list[tuple[int, Finding]]:
        answer: list[tuple[int, Finding]] = self._ask("together", items)
        return answer

    def _ask(self, what: str, items: Sequence[Item]) -> Any:
        try:
            self._pipe.send((what, items))
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise Gone("the process that checks has died", hint="save and open the file again") from error
        if isinstance(answer, str):
            raise EngineError(answer)
        return answer

    def close(self) -> None:
        self._process.terminate()
        self._process.join(timeout=2)
        if self._process.is_alive():
            self._process.kill()


def _work(pipe: Connection, settings: dict[str, Any], source: Lang, target: Lang) -> None:
    """Questions in, answers out, until the other side is gone; an error goes back as its text."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        os.nice(5)  # the screen has the right of way
    with Path(os.devnull).open("w") as nowhere:  # a library's warning would stand across the screen
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    local: Local | None = None
    while True:
        with contextlib.suppress(BrokenPipeError):
            try:
                what, items = pipe.recv()
            except (EOFError, OSError):
                return
            try:
                local = local or Local(settings, source, target)
                answer: Any = local.advise(items) if what == "advise" else local.together(items)
            except PalladiusError as error:
                answer = str(error)
            except Exception as error:
                answer = f"{type(error).__name__}: {error}"
            pipe.send(answer)


class Background(threading.Thread):
    """Asks for what is to do, has it done, hands the answers over; sleeps until `wake` where nothing is to do."""

    def __init__(
        self,
        adviser: Adviser,
        todo: Callable[[], list[Item]],
        deliver: Callable[[list[Item], list[Advice]], None],
        fail: Callable[[str], None],
        rest: Callable[[], list[Item]] = list,
        whole: Callable[[list[tuple[int, Finding]]], None] = lambda found: None,
    ) -> None:
        super().__init__(daemon=True)
        self._adviser, self._todo, self._deliver, self._fail = adviser, todo, deliver, fail
        self._rest, self._whole = rest, whole
        self._news = threading.Event()
        self._ended = False

    def wake(self) -> None:
        self._news.set()

    def end(self) -> None:
        self._ended = True
        self._news.set()
        self._adviser.close()

    def run(self) -> None:
        failed = 0
        while not self._ended:
            self._news.clear()
            try:
                if items := self._todo():
                    failed = self._advise(items, failed)
                elif whole := self._rest():
                    self._whole(self._adviser.together(whole))
                else:
                    self._news.wait()
            except PalladiusError as error:
                if not self._ended:
                    self._fail(str(error))
                return

    def _advise(self, items: list[Item], failed: int) -> int:
        """What cannot be checked says so and stops nothing. How many in a row could not; raises at the fifth."""
        try:
            self._deliver(items, self._adviser.advise(items))
            return 0
        except Gone:
            raise
        except PalladiusError as error:
            if len(items) > 1:
                for item in items:
                    failed = self._advise([item], failed)
                return failed
            if failed == 4:
                raise
            why = f"could not be checked: {error}"
            self._deliver(items, [Advice((Finding("review", "other", Severity.NEUTRAL, 0, 0, why),))])
            return failed + 1
