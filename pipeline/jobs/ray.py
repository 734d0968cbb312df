"""The same job on a Ray cluster: engines as actors loaded once, backpressure, worker and node failure survived.

Ray may run a shard twice when a node dies; the store writes a shard's results once, so the result is exactly once.
"""

from __future__ import annotations

from typing import Any

from pipeline.errors import EngineError, MissingExtra
from pipeline.jobs.pools import Outcome, Pool
from pipeline.jobs.store import Shard
from pipeline.model import Lang


class Cluster(Pool):
    """`address`: "local" starts Ray here, anything else is the address of a cluster ("auto", "ray://host:10001")."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang, *, address: str, workers: int) -> None:
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
        self._free = [self._actor.remote(*self._arguments) for _ in range(workers)]
        self._running: dict[Any, tuple[Any, Shard]] = {}

    def room(self) -> bool:
        return bool(self._free)

    def give(self, shard: Shard) -> None:
        actor = self._free.pop()
        self._running[actor.do.remote(shard)] = (actor, shard)

    def busy(self) -> list[int]:
        return [shard.id for _, shard in self._running.values()]

    def outcomes(self) -> list[Outcome]:
        ray = self._ray
        ready, _ = ray.wait(list(self._running), num_returns=1)
        out: list[Outcome] = []
        for reference in ready:
            actor, shard = self._running.pop(reference)
            try:
                out.append((shard, ray.get(reference)))
                self._free.append(actor)
            except ray.exceptions.RayTaskError as error:
                cause = error.as_instanceof_cause()
                raise cause if isinstance(cause, EngineError) else EngineError(f"a worker failed: {error}") from error
            except ray.exceptions.RayError:  # the worker or its node died
                out.append((shard, None))
                # A lost node may leave no free CPU for a new actor: it then shares one with another actor.
                self._free.append(self._actor.options(num_cpus=0).remote(*self._arguments))
        return out

    def close(self) -> None:
        self._ray.shutdown()


class _Actor:
    """A worker of the cluster."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        from pipeline.jobs.work import Worker

        self._worker = Worker(settings, source, target)

    def do(self, shard: Shard) -> Any:
        return self._worker.do(shard)
