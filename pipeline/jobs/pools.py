"""Where shards are worked on: in this process, or in worker processes that may die without harm."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from abc import ABC, abstractmethod
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from pipeline.errors import EngineError
from pipeline.jobs.store import Result, Shard
from pipeline.model import Lang

Outcome = tuple[Shard, "list[Result] | None"]  # None: the worker died with it


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
        """Waits until at least one shard is through."""

    def close(self) -> None:
        """Ends the workers."""


class Inline(Pool):
    """No process of its own: the least overhead, for one worker."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        from pipeline.jobs.work import Worker

        self._worker = Worker(settings, source, target)
        self._worker.check_ready()
        self._shard: Shard | None = None

    def room(self) -> bool:
        return self._shard is None

    def give(self, shard: Shard) -> None:
        self._shard = shard

    def busy(self) -> list[int]:
        return [] if self._shard is None else [self._shard.id]

    def outcomes(self) -> list[Outcome]:
        shard, self._shard = self._shard, None
        return [] if shard is None else [(shard, self._worker.do(shard))]


class Processes(Pool):
    """Worker processes, each with its own models. A dead or hanging one is replaced; its shard comes back as None."""

    def __init__(
        self, settings: dict[str, Any], source: Lang, target: Lang, workers: int, patience: float = 1800.0
    ) -> None:
        self._arguments = (settings, source, target)
        self._context = multiprocessing.get_context("spawn")
        self._patience = patience
        self._workers: dict[Connection, tuple[Any, Shard | None]] = {}
        for _ in range(workers):
            self._start()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, *self._arguments), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours] = (process, None)

    def room(self) -> bool:
        return any(shard is None for _, shard in self._workers.values())

    def give(self, shard: Shard) -> None:
        pipe = next(pipe for pipe, (_, busy) in self._workers.items() if busy is None)
        self._workers[pipe] = (self._workers[pipe][0], shard)
        with contextlib.suppress(OSError, ValueError):  # it died just now: `outcomes` sees it
            pipe.send(shard)

    def busy(self) -> list[int]:
        return [shard.id for _, shard in self._workers.values() if shard is not None]

    def outcomes(self) -> list[Outcome]:
        ready = wait([pipe for pipe, (_, shard) in self._workers.items() if shard is not None], timeout=self._patience)
        out: list[Outcome] = []
        for pipe in [p for p in self._workers if p in ready] or [
            p for p, (_, s) in self._workers.items() if s is not None
        ]:
            process, shard = self._workers[pipe]
            assert shard is not None
            try:
                answer = pipe.recv() if pipe in ready else None
            except (EOFError, OSError):
                answer = None
            if isinstance(answer, EngineError):
                raise answer
            if answer is None:
                process.kill()
                process.join()
                pipe.close()
                del self._workers[pipe]
                self._start()
                out.append((shard, None))
            else:
                self._workers[pipe] = (process, None)
                out.append((shard, answer))
        return out

    def close(self) -> None:
        for pipe, (process, _) in self._workers.items():
            pipe.close()
            process.terminate()
        for process, _ in self._workers.values():
            process.join(timeout=5)
            if process.is_alive():
                process.kill()
        self._workers = {}


def _serve(pipe: Connection, settings: dict[str, Any], source: Lang, target: Lang) -> None:
    """A worker process: shards in, results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from pipeline.errors import PalladiusError
    from pipeline.jobs.work import Worker

    worker: Worker | None = None
    while True:
        try:
            shard: Shard = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            if worker is None:
                worker = Worker(settings, source, target)
                worker.check_ready()
            answer: Sequence[Result] | EngineError = worker.do(shard)
        except PalladiusError as error:
            answer = EngineError(error.message, where=error.where, hint=error.hint)
        pipe.send(answer)
