"""Where shards are worked on: in worker processes that may die or hang without harm."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from pipeline.errors import EngineError
from pipeline.jobs.shard import Result, Shard
from pipeline.model import Lang

LEASE = 1800.0  # seconds; a shard holds at most some thousand sentences
_LOADING = 600.0  # seconds
_STARTS = 3  # workers in a row that may die before they are ready


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a shard, or of its first texts while a worker goes on with the rest.

    results: None where the worker died or hung with it; `cause` then says how.
    """

    shard: Shard
    results: list[Result] | None
    seconds: float = 0.0
    cause: str = ""
    hung: bool = False


class Pool(ABC):
    """Takes shards while it has room, gives outcomes as they come."""

    @abstractmethod
    def room(self) -> bool: ...

    @abstractmethod
    def give(self, shard: Shard) -> None: ...

    @abstractmethod
    def busy(self) -> list[int]:
        """Ids of the shards that are being worked on."""

    @abstractmethod
    def outcomes(self) -> list[Outcome]:
        """Waits until at least one shard is through. Raises EngineError where the engine cannot work at all."""

    def close(self) -> None:
        """Ends the workers."""


@dataclass(slots=True)
class _Slot:
    """A worker process. since, until: by the monotonic clock, which steps of the wall clock do not move."""

    process: Any
    ready: bool = False
    shard: Shard | None = None
    sent: bool = False
    since: float = 0.0
    until: float = 0.0


class Processes(Pool):
    """Worker processes, each with its own models. A dead or hanging one is replaced; its shard comes back without
    results.

    lease: seconds that a worker has for a shard; memory: MB of address space for each worker, 0 for no limit;
    loading: seconds that it has to load its models.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        source: Lang,
        target: Lang,
        workers: int,
        lease: float = LEASE,
        memory: int = 0,
        loading: float = _LOADING,
    ) -> None:
        self._arguments = (settings, source, target, memory)
        self._context = multiprocessing.get_context("spawn")
        self._lease, self._loading = lease, loading
        self._unready = 0
        self._slots: dict[Connection, _Slot] = {}
        for _ in range(workers):
            self._start()

    def _start(self, shard: Shard | None = None) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, os.getpid(), *self._arguments), daemon=True)
        process.start()
        theirs.close()
        now = time.monotonic()
        self._slots[ours] = _Slot(process, shard=shard, since=now, until=now + self._loading)

    def room(self) -> bool:
        return any(slot.shard is None for slot in self._slots.values())

    def give(self, shard: Shard) -> None:
        pipe = min((p for p, s in self._slots.items() if s.shard is None), key=lambda p: not self._slots[p].ready)
        self._slots[pipe].shard = shard
        self._send(pipe)

    def _send(self, pipe: Connection) -> None:
        """Only to a worker that waits for it: a pipe holds little, and a hanging reader would hang its writer."""
        slot = self._slots[pipe]
        if slot.ready and not slot.sent and slot.shard is not None:
            slot.since = time.monotonic()
            slot.until, slot.sent = slot.since + self._lease, True
            with contextlib.suppress(OSError, ValueError):  # it died just now: `outcomes` sees it
                pipe.send(slot.shard)

    def busy(self) -> list[int]:
        return [slot.shard.id for slot in self._slots.values() if slot.shard is not None]

    def outcomes(self) -> list[Outcome]:
        out: list[Outcome] = []
        while not out and self.busy():
            first = min(s.until for s in self._slots.values() if s.shard is not None or not s.ready)
            ready = wait(list(self._slots), timeout=max(0.0, first - time.monotonic()))
            for pipe in [p for p in self._slots if p in ready]:
                out += self._answer(pipe)
            now = time.monotonic()
            for pipe, slot in list(self._slots.items()):
                if pipe not in ready and slot.until <= now and (slot.shard is not None or not slot.ready):
                    out += self._dead(pipe, hung=True)
        return out

    def _answer(self, pipe: Connection) -> list[Outcome]:
        slot = self._slots[pipe]
        try:
            answer = pipe.recv()
        except (EOFError, OSError):
            return self._dead(pipe, hung=False)
        if isinstance(answer, EngineError):
            raise answer
        if not slot.ready:
            slot.ready, self._unready = True, 0
            self._send(pipe)
            return []
        assert slot.shard is not None
        done, rest = slot.shard.parted(answer)
        outcome = Outcome(done, answer, time.monotonic() - slot.since)
        slot.shard, slot.sent = rest, False
        self._send(pipe)
        return [outcome]

    def _dead(self, pipe: Connection, *, hung: bool) -> list[Outcome]:
        """Replaces a worker. What it died of while loading is no fault of the shard that waits for it."""
        slot = self._slots.pop(pipe)
        slot.process.kill()
        slot.process.join()
        pipe.close()
        patience = self._lease if slot.ready else self._loading
        cause = f"gave no answer within {patience:g} s" if hung else f"died ({_exit(slot.process.exitcode)})"
        if not slot.ready:
            self._unready += 1
            if self._unready >= _STARTS:
                hint = "too little memory for so many workers? then: palladius batch resume"
                raise EngineError(f"a worker {cause} while it loaded its models", hint=hint)
            self._start(slot.shard)
            return []
        self._start()
        if slot.shard is None:
            return []
        return [Outcome(slot.shard, None, time.monotonic() - slot.since, f"the worker {cause}", hung)]

    def close(self) -> None:
        for pipe, slot in self._slots.items():
            pipe.close()
            slot.process.terminate()
        for slot in self._slots.values():
            slot.process.join(timeout=5)
            if slot.process.is_alive():
                slot.process.kill()
                slot.process.join()
        self._slots = {}


def _exit(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
    return f"exit status {code}"


def _serve(pipe: Connection, parent: int, settings: dict[str, Any], source: Lang, target: Lang, memory: int) -> None:
    """A worker process: "ready", then shards in and results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bind(parent, memory)
    from pipeline.errors import PalladiusError
    from pipeline.jobs.work import Worker

    worker: Worker | None = None
    try:
        while True:
            try:
                if worker is None:
                    worker = Worker(settings, source, target)
                    worker.check_ready()
                    _tidy_less()
                    answer: Sequence[Result] | EngineError | str = "ready"
                else:
                    answer = worker.do(pipe.recv())
            except PalladiusError as error:
                answer = EngineError(error.message, where=error.where, hint=error.hint)
            pipe.send(answer)
            if isinstance(answer, EngineError):
                return
    except (EOFError, OSError):
        return  # the job was stopped or killed


def _tidy_less() -> None:
    """Models and tables, which live as long as the worker, are not searched for garbage again and again; nor are the
    texts of a shard, which hold no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _bind(parent: int, memory: int) -> None:
    """The worker ends with its parent, even where it hangs; its memory is limited."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            sys.exit(1)
    if memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
