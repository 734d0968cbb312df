"""Many files, resumable, on one machine or a Ray cluster."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from pipeline.cli import _common as common
from pipeline.cli import _folder
from pipeline.errors import OutputError, PalladiusError, UsageError

if TYPE_CHECKING:
    from pipeline.jobs.store import Store
    from pipeline.jobs.watch import Watch

app = typer.Typer(add_completion=False, no_args_is_help=True)
Job = Annotated[
    str, typer.Argument(metavar="JOB", help="A folder of files, one file, or a list of files (*.manifest).")
]
StorePlace = Annotated[
    str | None, typer.Option("--store", metavar="FOLDER", help="Where the job is kept; left out: JOB.job")
]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Worker processes (or actors).")]
Ray = Annotated[str | None, typer.Option("--ray", metavar="ADDRESS|local", help="Work on a Ray cluster.")]
Lease = Annotated[
    float, typer.Option("--lease", metavar="SECONDS", min=0.1, help="A worker that is silent for so long is replaced.")
]
Memory = Annotated[
    int, typer.Option("--worker-memory", metavar="MB", min=0, help="Address space of one worker; 0 for no limit.")
]
Log = Annotated[
    str | None, typer.Option("--log", metavar="FILE", help="JSON lines of what happens, without texts; - is stderr.")
]
LogTexts = Annotated[bool, typer.Option("--log-texts", help="Sources and error messages of failures in the log too.")]
Metrics = Annotated[
    str | None, typer.Option("--metrics", metavar="FILE.prom", help="Figures for Prometheus, for a textfile collector.")
]
Port = Annotated[
    int | None, typer.Option("--metrics-port", min=1, max=65535, help="Figures for Prometheus on 127.0.0.1.")
]
_LEASE = 1800.0


@app.callback()
def batch() -> None:
    """Many files, resumable, on one machine or a Ray cluster."""


@app.command()
def run(
    job: Job,
    source: common.From = None,
    target: common.To = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FOLDER", help="Also export there.")] = None,
    engine: common.Engine = None,
    glossary: common.Glossaries = None,
    store: StorePlace = None,
    workers: Workers = 1,
    ray: Ray = None,
    lease: Lease = _LEASE,
    memory: Memory = 0,
    log: Log = None,
    log_texts: LogTexts = False,
    metrics: Metrics = None,
    metrics_port: Port = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Starts a job and works on it to the end. Stopped or killed, it goes on with: palladius batch resume JOB."""
    from pipeline.jobs import inputs, runner
    from pipeline.jobs.store import Store

    source = source or _source(job)
    if source is None or target is None:
        raise UsageError("a job needs its direction", hint="name it with --from and --to")
    if source == target:
        raise UsageError(f"source and target language are both {target}", hint="--from and --to must differ")
    settings = common.settings(profile, assign, engine=engine, glossaries=glossary, offline=offline).model_dump()
    settings["engines"].setdefault("compact", {}).setdefault("threads", 1)
    found = inputs.inputs(job)
    common.note(_folder.told(inputs.skipped(job)), quiet=quiet)
    if output is not None:
        inputs.apart(job, [path for path, _ in found], Path(output))
    folder = runner.place(job, store)
    with Store(folder, create=True) as opened:
        runner.start(opened, job, source, target, settings)  # type: ignore[arg-type]
        runner.note_facts(folder, opened.get("facts"))
        with _watching(log, log_texts, metrics, metrics_port) as watch:
            _work(opened, (workers, ray, lease, memory), watch, quiet)
        _finish(opened, output, as_json, quiet)


@app.command()
def resume(
    job: Job,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FOLDER", help="Also export there.")] = None,
    store: StorePlace = None,
    workers: Workers = 1,
    ray: Ray = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was set aside, texts and files.")] = False,
    lease: Lease = _LEASE,
    memory: Memory = 0,
    log: Log = None,
    log_texts: LogTexts = False,
    metrics: Metrics = None,
    metrics_port: Port = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Goes on with a job, doing nothing twice; a damaged store is rebuilt from the results first.

    It keeps the settings that it was started with: others are refused.
    """
    from pipeline.jobs import runner

    with runner.reopen(runner.place(job, store)) as opened:
        _kept((opened.get("facts") or {}).get("settings"), profile, assign, offline)
        if retry:
            opened.retry()
        with _watching(log, log_texts, metrics, metrics_port) as watch:
            _work(opened, (workers, ray, lease, memory), watch, quiet)
        _finish(opened, output, as_json, quiet)


@app.command()
def status(
    job: Job,
    store: StorePlace = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Progress, rate, time left, and what failed with its cause; also while the job is at work."""
    common.settings(profile, assign, offline=offline)
    from pipeline.jobs import runner
    from pipeline.jobs.readable import Glance

    with Glance(runner.place(job, store)) as opened:
        common.files.write_text(output, _said(runner.status(opened), as_json))


@app.command()
def export(
    job: Job,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FOLDER", help="Where the translated files go.")],
    store: StorePlace = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Writes the translated files, and report.json about the whole job."""
    common.settings(profile, assign, offline=offline)
    from pipeline.jobs import runner
    from pipeline.jobs.store import Store

    with Store(runner.place(job, store)) as opened:
        _finish(opened, output, as_json, quiet)


def _kept(job: dict[str, Any] | None, profile: str | None, assign: list[str] | None, offline: bool) -> None:
    """Raises UsageError where --profile or --set ask for something that the job's own settings are not, or where its
    engine needs the network that --offline forbids: the two halves of a job must not differ."""
    if job is None:  # the runner says that there is none
        return
    from pipeline.engines.base import make

    usual, asked = (dict(_leaves(common.settings(*which).model_dump())) for which in ((None, None), (profile, assign)))
    held = dict(_leaves(job))
    other = sorted(key for key in asked if asked[key] != usual.get(key) and asked[key] != held.get(key))
    if other:
        hint = "leave them out, or start another job with --store"
        raise UsageError(f"the job was started with other settings: {', '.join(other)}", hint=hint)
    if offline and make(job["engine"], profile=job["engines"]).ability().network:
        raise UsageError(f"engine {job['engine']} needs a network", hint="leave out --offline")


def _leaves(settings: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """enforce.insist: its value, and so on."""
    for key, value in settings.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", list(value) if isinstance(value, tuple) else value  # as JSON has it


def _source(job: str) -> str | None:
    """The language of the job's first file that holds text, by its script."""
    from pipeline.errors import InputError
    from pipeline.jobs import inputs, streams

    for path, form in inputs.inputs(job)[:20]:
        try:
            found = common.guess(next(streams.sources(Path(path), form, "zh", "ru"), []))
        except (InputError, OSError):
            continue  # the job itself will name it
        if found is not None:
            return found
    return None


@contextmanager
def _watching(log: str | None, texts: bool, metrics: str | None, port: int | None) -> Iterator[Watch]:
    from pipeline.jobs.watch import Watch

    with ExitStack() as stack:
        stream: TextIO | None = sys.stderr if log == "-" else None
        if log not in (None, "-"):
            try:
                stream = stack.enter_context(Path(str(log)).open("a", encoding="utf-8"))
            except OSError as error:
                raise OutputError(f"cannot be written: {error.strerror}", where=str(log)) from error
        watch = Watch(log=stream, texts=texts, metrics=metrics, port=port)
        stack.callback(watch.close)
        yield watch


def _work(store: Store, how: tuple[int, str | None, float, int], watch: Watch, quiet: bool) -> None:
    """how: workers, Ray's address, seconds of a lease, MB of a worker."""
    from pipeline.jobs import runner

    try:
        runner.take_in(store, common.Progress("reading", quiet=quiet))
        watch.started(store.counts(), how[0])
        if runner.status(store).left:
            with closing(runner.pool(store, *how)) as pool:
                runner.work(store, pool, common.Progress("translating", quiet=quiet), watch)
    except BaseException as error:
        with suppress(PalladiusError):  # the error is the news, not that a full disk takes no log
            watch.stopped(error, store.counts())
        raise
    watch.stopped(None, store.counts())


def _finish(store: Store, output: str | None, as_json: bool, quiet: bool) -> None:
    from pipeline.jobs import inputs, runner

    told = runner.status(store)
    left: list[tuple[str, str]] = []  # (input, why it is not in the export)
    if output is not None:
        made = list(runner.export(store, Path(output), common.Progress("writing", quiet=quiet)))
        left = [(file.source, file.error) for file in made if file.error]
        files = [
            {"input": file.source, "output": file.output, "translated": file.translated}
            for file in made
            if not file.error
        ]
        report = {
            "counts": told.counts,
            "files": files,
            "failures": told.failures,
            "broken": told.broken,
            "not_exported": left,
            "skipped": inputs.skipped(store.get("facts")["job"]),
        }
        _report(Path(output), report)
        inputs.mark(store.get("facts")["job"], Path(output))
    common.files.write_text("-", _said(told, as_json, left))
    for _, error in left:
        common.warn(f"palladius: not exported: {error}")
    raise typer.Exit(3 if told.counts["failed"] or told.broken or left else 0)


def _report(folder: Path, report: dict[str, Any]) -> None:
    """report.json, also where no file could be written before it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot be made: {error.strerror}", where=str(folder)) from error
    common.files.write_text(folder / "report.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _said(told: Any, as_json: bool, lacking: Sequence[tuple[str, str]] = ()) -> str:
    """lacking: (input, why) of what is not in an export."""
    counts = told.counts
    if as_json:
        content = {
            **counts,
            "left": told.left,
            "rate": round(told.rate, 2),
            "failures": told.failures,
            "broken": told.broken,
            **({"not_exported": lacking} if lacking else {}),
        }
        return json.dumps(content, ensure_ascii=False) + "\n"
    from pipeline.reports.base import counted

    told_of = (("files", "file"), ("segments", "segment"), ("texts", "different text"))
    head = ", ".join(counted(counts[key], what) for key, what in told_of)
    share = 100 * (counts["done"] + counts["failed"]) / counts["texts"] if counts["texts"] else 100
    lines = [head, f"{share:.1f} % done, {told.left} left, {counts['failed']} failed"]
    if told.rate:
        left = f", about {told.left / told.rate:.0f} s left" if told.left else ""
        lines.append(f"{told.rate:.1f} texts a second in the last run{left}")
    lines += [f"cannot be read: {error}" for _, error in told.broken[:20]]
    lines += [f"failed: {source[:60]!r}: {error}" for source, error in told.failures[:20]]
    return "\n".join(lines) + "\n"
