"""The same job on a Ray cluster: engines as actors loaded once, backpressure, worker and node failure survived.

Ray may run a shard twice when a node dies; the store writes a shard's results once, so the result is exactly once.
"""

from __future__ import annotations

import time
from typing import Any

from pipeline.errors import EngineError, MissingExtra
from pipeline.jobs.pools import LEASE, Outcome, Pool
from pipeline.jobs.shard import Shard
from pipeline.model import Lang


class Cluster(Pool):
    """`address`: "local" starts Ray here, anything else is the address of a cluster ("auto", "ray://host:10001")."""

    def __init__(
        self,
        settings: dict[str, Any],
        source: Lang,
        target: Lang,
        *,
        address: str,
        workers: int,
        lease: float = LEASE,
    ) -> None:
        try:
            import ray
        except ImportError as error:
            raise MissingExtra("batch --ray", "ray", "ray") from error
        self._ray: Any = ray
        if not ray.is_initialized():
            try:
                ray.init(
                    address=None if address == "local" else address,
                    log_to_driver=False,
                    include_dashboard=False,
                    configure_logging=False,
                )
            except Exception as error:
                raise EngineError(f"no Ray cluster at {address}: {type(error).__name__}") from error
        self._arguments = (settings, source, target)
        self._actor: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Actor)
        self._lease = lease
        self._free = [self._actor.remote(*self._arguments) for _ in range(workers)]
        self._running: dict[Any, tuple[Any, Shard, float]] = {}

    def room(self) -> bool:
        return bool(self._free)

    def give(self, shard: Shard) -> None:
        actor = self._free.pop()
        self._running[actor.do.remote(shard)] = (actor, shard, time.monotonic())

    def busy(self) -> list[int]:
        return [shard.id for _, shard, _ in self._running.values()]

    def outcomes(self) -> list[Outcome]:
        out: list[Outcome] = []
        while not out and self._running:
            until = min(since for _, _, since in self._running.values()) + self._lease
            wait = max(0.0, until - time.monotonic())
            ready, _ = self._ray.wait(list(self._running), num_returns=1, timeout=wait)
            out += [self._answer(reference) for reference in ready]
            now = time.monotonic()
            late = [reference for reference, (_, _, since) in self._running.items() if since + self._lease <= now]
            out += [self._late(reference) for reference in late]
        return out

    def _answer(self, reference: Any) -> Outcome:
        ray = self._ray
        actor, shard, since = self._running.pop(reference)
        spent = time.monotonic() - since
        try:
            results = ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            cause = error.as_instanceof_cause()
            raise cause if isinstance(cause, EngineError) else EngineError(f"a worker failed: {error}") from error
        except ray.exceptions.RayError as error:  # the worker or its node died
            self._replace()
            return Outcome(shard, None, spent, f"the worker died ({type(error).__name__})")
        done, rest = shard.parted(results)
        if rest is None:
            self._free.append(actor)
        else:
            self._running[actor.do.remote(rest)] = (actor, rest, time.monotonic())
        return Outcome(done, results, spent)

    def _late(self, reference: Any) -> Outcome:
        actor, shard, since = self._running.pop(reference)
        self._ray.kill(actor)
        self._replace()
        cause = f"the worker gave no answer within {self._lease:g} s"
        return Outcome(shard, None, time.monotonic() - since, cause, hung=True)

    def _replace(self) -> None:
        """A lost node may leave no free CPU for a new actor: it then shares one with another actor."""
        self._free.append(self._actor.options(num_cpus=0).remote(*self._arguments))

    def close(self) -> None:
        self._ray.shutdown()


class _Actor:
    """A worker of the cluster."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        from pipeline.jobs.work import Worker

        self._worker = Worker(settings, source, target)

    def do(self, shard: Shard) -> Any:
        return self._worker.do(shard)
