"""What a job tells the outside while it runs: figures for Prometheus, and a log of JSON lines without text or keys."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from pipeline.errors import MissingExtra, OutputError, PalladiusError, UsageError
from pipeline.jobs.pools import Outcome
from pipeline.jobs.shard import Shard

_EVERY = 5.0  # seconds between two writings of the metrics file


class Watch:
    """Says nothing unless it is told to.

    log: where JSON lines go, one an event; texts: sources and error messages in them too. metrics: a file for the
    textfile collector of node_exporter, written anew every few seconds; port: an address to scrape, on loopback.
    """

    def __init__(
        self, *, log: TextIO | None = None, texts: bool = False, metrics: str | None = None, port: int | None = None
    ) -> None:
        self._log, self._texts, self._metrics = log, texts, metrics
        self._figures = _Figures() if metrics is not None or port is not None else None
        self._written = float("-inf")
        self._server: Any = None
        if port is not None and self._figures is not None:
            self._server = _serve(port, self._figures.registry)
        if metrics is not None and Path(metrics).suffix != ".prom":
            raise UsageError(f"--metrics {metrics}: the textfile collector reads *.prom alone")

    def event(self, what: str, **figures: Any) -> None:
        """A line of the log: time (UTC), event, and numbers or names of ours; texts are the caller's to leave out."""
        if self._log is None:
            return
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": what, **figures}
        try:
            self._log.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._log.flush()
        except OSError as error:
            raise OutputError(f"the log cannot be written: {error.strerror}") from error

    def started(self, counts: dict[str, int], workers: int) -> None:
        self.event("started", **counts, workers=workers)
        self._left(counts["texts"] - counts["done"] - counts["failed"])

    def taken(self, shard: Shard) -> None:
        self.event("taken", shard=shard.id, texts=len(shard.texts), characters=shard.size, attempt=shard.attempts)

    def through(self, outcome: Outcome, left: int) -> None:
        """A shard whose results are written."""
        results = outcome.results or []
        failed = [r for r in results if r.error]
        sources = dict(outcome.shard.texts) if self._texts else {}
        said = {"failures": [{"source": sources[r.text], "error": r.error} for r in failed]} if self._texts else {}
        self.event(
            "finished", shard=outcome.shard.id, texts=len(results), characters=outcome.shard.size, failed=len(failed),
            seconds=round(outcome.seconds, 3), **(said if failed else {}),
        )  # fmt: skip
        if self._figures is not None:
            self._figures.texts.labels("done").inc(len(results) - len(failed))
            self._figures.texts.labels("failed").inc(len(failed))
            self._figures.characters.inc(outcome.shard.size)
            self._figures.seconds.observe(outcome.seconds)
            self._figures.last.set_to_current_time()
        self._left(left)

    def lost(self, outcome: Outcome) -> None:
        """A worker that died or hung with a shard."""
        self.event("lost", shard=outcome.shard.id, deaths=outcome.shard.deaths + 1, cause=outcome.cause)
        if self._figures is not None:
            self._figures.deaths.labels("hung" if outcome.hung else "died").inc()
        self._save()

    def stopped(self, error: BaseException | None, counts: dict[str, int]) -> None:
        """The end of the run, orderly or not."""
        if error is None:
            self.event("ended", **counts)
        else:
            said = {"message": str(error)} if self._texts and isinstance(error, PalladiusError) else {}
            self.event("stopped", **counts, error=type(error).__name__, **said)
        self._left(counts["texts"] - counts["done"] - counts["failed"], now=True)

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def _left(self, texts: int, *, now: bool = False) -> None:
        if self._figures is not None:
            self._figures.left.set(texts)
        self._save(now=now)

    def _save(self, *, now: bool = False) -> None:
        if self._figures is None or self._metrics is None or not (now or time.monotonic() > self._written + _EVERY):
            return
        from prometheus_client import write_to_textfile

        self._written = time.monotonic()
        try:
            write_to_textfile(self._metrics, self._figures.registry)
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror}", where=self._metrics) from error


class _Figures:
    """What Prometheus sees: numbers alone."""

    def __init__(self) -> None:
        try:
            from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
        except ImportError as error:
            raise MissingExtra("batch --metrics", "prometheus-client", "serve") from error
        self.registry = CollectorRegistry()
        common: dict[str, Any] = {"registry": self.registry}
        self.texts = Counter("palladius_batch_texts", "Texts through in this run", ["outcome"], **common)
        self.characters = Counter("palladius_batch_characters", "Characters of their sources", **common)
        self.left = Gauge("palladius_batch_texts_left", "Texts still to do", **common)
        self.deaths = Counter("palladius_batch_workers_lost", "Workers that died or hung", ["how"], **common)
        self.last = Gauge("palladius_batch_last_result_timestamp_seconds", "When results were last written", **common)
        buckets = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)
        self.seconds = Histogram("palladius_batch_shard_seconds", "Time for a shard", buckets=buckets, **common)


def _serve(port: int, registry: Any) -> Any:
    from prometheus_client import start_http_server

    try:
        server, _thread = start_http_server(port, addr="127.0.0.1", registry=registry)
    except OSError as error:
        raise OutputError(f"cannot listen: {error.strerror}", where=f"127.0.0.1:{port}") from error
    return server
