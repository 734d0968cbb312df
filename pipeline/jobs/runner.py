"""Runs a job: takes the inputs in, hands out shards, writes results, exports. Everything can be stopped and resumed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.errors import DataError, InputError, PalladiusError, UsageError
from pipeline.jobs import streams
from pipeline.jobs.inputs import apart, inputs, inside, missing
from pipeline.jobs.pools import LEASE, Outcome, Pool, Processes
from pipeline.jobs.readable import Readable
from pipeline.jobs.results import seal
from pipeline.jobs.shard import Result, Shard
from pipeline.jobs.store import Store
from pipeline.jobs.watch import Watch
from pipeline.model import Lang
from pipeline.reports.base import counted

Tick = Callable[[int, int], None]
_SHARD = 60_000  # characters
_NOTE = 5.0  # seconds between two notes of the rate, for those who ask how it goes
_DEATHS = 3  # workers that one text may cost
_TAKES = 20  # times that a run may be killed with a shard at work, as where the workers' end is the whole run's end


@dataclass(frozen=True, slots=True)
class Status:
    """What `batch status` shows."""

    counts: dict[str, int]
    rate: float  # texts a second in the last run
    failures: list[tuple[str, str]]
    broken: list[tuple[str, str]]  # (file, error)

    @property
    def left(self) -> int:
        return self.counts["texts"] - self.counts["done"] - self.counts["failed"]


def place(job: str, given: str | None = None) -> Path:
    """Where the store of a job is: as given, else beside the input."""
    return Path(given) if given else Path(f"{job.rstrip('/')}.job")


def start(store: Store, job: str, source: Lang, target: Lang, settings: dict[str, Any]) -> None:
    """Notes what the job is; a second start of the same job must say the same."""
    facts = {"job": job, "source": source, "target": target, "settings": settings}
    known = store.get("facts")
    if known is not None and known != facts:
        changed = ", ".join(key for key in facts if known.get(key) != facts[key])
        raise UsageError(
            f"the job was started with another {changed}", hint="batch resume goes on with it; or use another --store"
        )
    found = inputs(job)
    places: dict[Path, str] = {}
    for path, _ in found:
        other = places.setdefault(inside(job, path), path)
        if other != path:
            raise UsageError(f"{other} and {path} would be exported to one file", hint="rename one, or make two jobs")
    store.begin(facts, found)


def take_in(store: Store, tick: Tick = lambda done, total: None) -> None:
    """Reads every file that was not read yet. A file that cannot be read is noted and does not stop the job."""
    facts = store.get("facts")
    if facts is None:
        raise UsageError("the job was stopped before it began", where=str(store.folder), hint="start it: batch run")
    waiting = store.waiting_files()
    with store.together() as pause:
        for number, (identity, path, form) in enumerate(waiting, 1):
            count = 0
            try:
                content = streams.content_digest(Path(path))
                for block in streams.sources(Path(path), form, facts["source"], facts["target"]):
                    store.add_texts(block)
                    count += len(block)
                    pause()
            except (PalladiusError, OSError) as error:
                if isinstance(error, PalladiusError) and not isinstance(error, InputError | UsageError):
                    raise
                if isinstance(error, OSError):
                    error = missing(facts["job"], path, error)
                store.file_ready(identity, "", 0, str(error))
                continue
            store.file_ready(identity, content, count)
            tick(number, len(waiting))
    if store.get("replay"):
        store.replay()
    store.shard(_SHARD)


def work(store: Store, pool: Pool, tick: Tick = lambda done, total: None, watch: Watch | None = None) -> None:
    """Works until every text is done or set aside. Results are written as they come.

    Raises DataError where the store has texts that no shard holds.
    """
    watch = watch or Watch()
    counts = store.counts()
    done, total = counts["done"] + counts["failed"], counts["texts"]
    started, before = time.monotonic(), done
    noted = started
    tick(done, total)
    pending: list[Outcome] = []
    try:
        while True:
            _fill(store, pool, [outcome.shard.id for outcome in pending], watch)  # before writing: nobody waits for it
            for outcome in pending:
                done += _settle(store, outcome, watch, total - done)
                tick(done, total)
            if done > before and time.monotonic() > noted + _NOTE:
                noted = time.monotonic()
                store.put("rate", (done - before) / (noted - started))
            if pool.busy():
                pending = pool.outcomes()
            elif pending:
                pending = []  # what was settled last may have opened shards anew
            else:
                break
    finally:
        spent = time.monotonic() - started
        if done > before and spent > 0:
            store.put("rate", (done - before) / spent)
        store.give_back({*pool.busy(), *(outcome.shard.id for outcome in pending)})
    if store.counts()["done"] + store.counts()["failed"] < total:
        raise DataError("is damaged: texts without a shard", where=str(store.path), hint="palladius batch resume")


def _fill(store: Store, pool: Pool, beside: list[int], watch: Watch) -> None:
    while pool.room():
        shard = store.take([*pool.busy(), *beside])
        if shard is None:
            return
        if shard.attempts > _TAKES:
            _blame(store, shard, f"the run was killed {_TAKES} times with this text")
            continue
        watch.taken(shard)
        pool.give(shard)


def _settle(store: Store, outcome: Outcome, watch: Watch, left: int) -> int:
    """Writes results, or finds out which text is to blame. Returns how many texts are through."""
    if outcome.results is not None:
        store.finish(outcome.shard, outcome.results)
        watch.through(outcome, left - len(outcome.results))
        return len(outcome.results)
    watch.lost(outcome)
    shard = store.died(outcome.shard)
    if len(shard.texts) > 1:
        if outcome.hung or shard.deaths > 1:  # to hang, or to die twice, is no accident of a node any more
            store.split(shard)
    elif shard.deaths >= _DEATHS:
        return _blame(store, shard, f"{outcome.cause}, {counted(shard.deaths, 'time')} with this text")
    return 0


def _blame(store: Store, shard: Shard, said: str) -> int:
    if len(shard.texts) > 1:
        store.split(shard)
        return 0
    store.finish(shard, [Result(identity, None, {}, said) for identity, _ in shard.texts])
    return 1


def pool(store: Store, workers: int, ray: str | None = None, lease: float = LEASE, memory: int = 0) -> Pool:
    """Workers for the job: processes of this machine, or actors on a Ray cluster."""
    facts = store.get("facts")
    arguments = facts["settings"], facts["source"], facts["target"]
    if ray is not None:
        from pipeline.jobs.ray import Cluster

        return Cluster(*arguments, address=ray, workers=workers, lease=lease)
    return Processes(*arguments, workers, lease, memory)


def reopen(folder: Path) -> Store:
    """The store, read once as a whole; a damaged one is put aside and made again from the inputs and the journal."""
    try:
        store = Store(folder)
        try:
            store.verify()
        except BaseException:
            store.close()
            raise
        return store
    except DataError:
        return _rebuilt(folder)


def _rebuilt(folder: Path) -> Store:
    facts = _facts_of(folder)
    stamp = 0
    while any(folder.glob(f"job.sqlite*.broken-{stamp}")):
        stamp += 1
    for name in ("job.sqlite", "job.sqlite-wal", "job.sqlite-shm"):
        if (folder / name).exists():
            (folder / name).rename(folder / f"{name}.broken-{stamp}")
    store = Store(folder, create=True, anew=True)
    try:
        store.begin(facts, inputs(facts["job"]), replay=True)
        take_in(store)
    except BaseException:
        store.close()
        raise
    return store


def note_facts(folder: Path, facts: dict[str, Any]) -> None:
    """The job's facts beside the store, for the day the store is damaged."""
    text = json.dumps({"facts": facts, "seal": seal(json.dumps(facts))}, ensure_ascii=False, indent=1)
    files.write_text(folder / "job.json", text + "\n")


def _facts_of(folder: Path) -> dict[str, Any]:
    try:
        noted = json.loads(files.read_bytes(folder / "job.json"))
        facts = dict(noted.get("facts", noted))  # of version 1 they have no seal
        if noted.get("seal") not in (None, seal(json.dumps(facts))):
            raise ValueError("the seal is broken")
    except (PalladiusError, ValueError, AttributeError, TypeError) as error:
        raise DataError("is damaged, and job.json beside it too", where=str(folder / "job.sqlite")) from error
    return facts


def status(store: Readable) -> Status:
    broken = [(path, error) for _, path, _, _, error, _ in store.files() if error]
    failures, facts = store.failures(), store.get("facts")
    if failures and facts is not None:
        read = ((path, form) for _, path, form, _, error, _ in store.files() if not error)
        said = streams.coded(read, (text for text, _ in failures), facts["source"], facts["target"])
        failures = [(said.get(text, text), error) for text, error in failures]
    return Status(store.counts(), float(store.get("rate", 0.0)), failures, broken)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of the job after an export: how many segments have a target, or why the file is not there."""

    source: str
    output: str
    translated: int = 0
    error: str = ""


def export(store: Store, folder: Path, tick: Tick = lambda done, total: None) -> Iterator[Exported]:
    """Writes every file under `folder`. An input that changed, is gone, or is cut into other texts than the job has (it
    began with an older version) is told and does not stop the others: what was paid for can be had."""
    facts = store.get("facts")
    job = facts["job"]
    rows = [row for row in store.files() if not row[4]]
    apart(job, [row[1] for row in rows], folder)
    for number, (_, path, form, content, _, _) in enumerate(rows, 1):
        out = folder / inside(job, path)
        try:
            _unchanged(job, path, content)
            count, _ = streams.write(Path(path), form, out, _all_of(store, path), facts["source"], facts["target"])
            made = Exported(path, str(out), count)
        except InputError as error:
            made = Exported(path, str(out), error=str(error))
        tick(number, len(rows))
        yield made


def _all_of(store: Store, path: str) -> streams.LookUp:
    """The results for texts of the file. Raises InputError where the job lacks one, though the file has not changed."""

    def look_up(sources: list[str]) -> dict[str, tuple[str | None, str | None]]:
        found = store.look_up(sources)
        if any(source not in found for source in sources):
            hint = (
                f"remove {store.path}, then palladius batch resume: it reads all anew and translates what is new alone"
            )
            raise InputError("is read otherwise since the job took it in", where=path, hint=hint)
        return found

    return look_up


def _unchanged(job: str, path: str, content: str) -> None:
    """Raises InputError where the file is not the one that the job took in."""
    try:
        found = streams.content_digest(Path(path))
    except OSError as error:
        raise missing(job, path, error) from error
    if found != content:
        raise InputError("has changed since the job took it in", where=path, hint="start a new job for it")
