"""Concurrent requests, collected for a few milliseconds and done together; one that fails does not fail the others."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from pipeline.errors import EngineError
from pipeline.model import Segment
from pipeline.reports.base import counted

Work = Callable[[Any, Sequence[Segment]], Sequence[Segment]]


class Busy(EngineError):
    """More is waiting than will be done in reasonable time."""


@dataclass(slots=True)
class _Job:
    key: Hashable
    segments: Sequence[Segment]
    answer: asyncio.Future[Sequence[Segment]]


class Collector:
    """Jobs of the same key are done in one call of `work`, in one thread, since engines are not safe between threads.

    wait: seconds that the first job waits for company; most: segments in one call; room: segments that may wait.
    """

    def __init__(self, work: Work, *, wait: float = 0.005, most: int = 512, room: int = 20_000) -> None:
        self._work, self._wait, self._most, self.room = work, wait, most, room
        self.waiting = 0
        self.on_batch: Callable[[int], None] = lambda jobs: None
        self._queue: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="engine")
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Does what is waiting, then stops."""
        if self._task is not None:
            await self._queue.put(None)
            await self._task
        self._pool.shutdown(wait=True)

    async def ask(self, key: Hashable, segments: Sequence[Segment]) -> Sequence[Segment]:
        """Raises Busy, or what the work raises."""
        if not segments:
            return ()
        if self.waiting + len(segments) > self.room and self.waiting:
            raise Busy("too much is waiting", hint="try again in a moment")
        job = _Job(key, segments, asyncio.get_running_loop().create_future())
        self.waiting += len(segments)
        await self._queue.put(job)
        try:
            return await job.answer
        finally:
            self.waiting -= len(segments)

    async def _run(self) -> None:
        ended = False
        while not ended:
            first = await self._queue.get()
            if first is None:
                return
            jobs = [first]
            if self._queue.qsize() == 0:
                await asyncio.sleep(self._wait)
            size = len(first.segments)
            while size < self._most and not ended:
                try:
                    job = self._queue.get_nowait()
                except asyncio.QueueEmpty:
                    break
                if job is None:
                    ended = True
                else:
                    jobs.append(job)
                    size += len(job.segments)
            groups: dict[Hashable, list[_Job]] = {}
            for job in jobs:
                if not job.answer.done():  # its client has gone
                    groups.setdefault(job.key, []).append(job)
            for group in groups.values():
                self.on_batch(len(group))
                await self._some(group)

    async def _some(self, jobs: list[_Job]) -> None:
        """Where a batch fails it is halved, until the culprit stands alone."""
        everything = [segment for job in jobs for segment in job.segments]
        try:
            loop = asyncio.get_running_loop()
            done = await loop.run_in_executor(self._pool, self._work, jobs[0].key, everything)
            if len(done) != len(everything):
                raise EngineError(f"{counted(len(done), 'answer')} for {counted(len(everything), 'segment')}")
        except Exception as error:
            if len(jobs) > 1:
                middle = len(jobs) // 2
                await self._some(jobs[:middle])
                await self._some(jobs[middle:])
            elif not jobs[0].answer.done():
                jobs[0].answer.set_exception(error)
            return
        at = 0
        for job in jobs:
            with contextlib.suppress(asyncio.InvalidStateError):
                job.answer.set_result(done[at : at + len(job.segments)])
            at += len(job.segments)
