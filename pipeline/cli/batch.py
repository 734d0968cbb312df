"""Many files, resumable, on one machine or a Ray cluster."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli import _common as common
from pipeline.errors import UsageError

app = typer.Typer(add_completion=False, no_args_is_help=True)
Job = Annotated[
    str, typer.Argument(metavar="JOB", help="A folder of files, one file, or a list of files (*.manifest).")
]
StorePlace = Annotated[
    str | None, typer.Option("--store", metavar="FOLDER", help="Where the job is kept; left out: JOB.job")
]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Worker processes (or actors).")]
Ray = Annotated[str | None, typer.Option("--ray", metavar="ADDRESS|local", help="Work on a Ray cluster.")]


@app.callback()
def batch() -> None:
    """Many files, resumable, on one machine or a Ray cluster."""


@app.command()
def run(
    job: Job,
    source: common.From = None,
    target: common.To = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FOLDER", help="Also export there.")] = None,
    engine: Annotated[str | None, typer.Option("--engine", metavar="NAME")] = None,
    glossary: common.Glossaries = None,
    store: StorePlace = None,
    workers: Workers = 1,
    ray: Ray = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Starts a job and works on it to the end. Stopped or killed, it goes on with: palladius batch resume JOB."""
    from pipeline.jobs import runner
    from pipeline.jobs.store import Store

    source = source or _source(job)
    if source is None or target is None:
        raise UsageError("a job needs its direction", hint="name it with --from and --to")
    if source == target:
        raise UsageError(f"source and target language are both {target}", hint="--from and --to must differ")
    settings = common.settings(profile, assign, engine=engine, glossaries=glossary, offline=offline).model_dump()
    settings["engines"].setdefault("compact", {}).setdefault("threads", 1)
    runner.inputs(job)
    folder = runner.place(job, store)
    with Store(folder, create=True) as opened:
        runner.start(opened, job, source, target, settings)  # type: ignore[arg-type]
        runner.note_facts(folder, opened.get("facts"))
        _work(opened, workers, ray, quiet)
        _finish(opened, output, as_json, quiet)


@app.command()
def resume(
    job: Job,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FOLDER", help="Also export there.")] = None,
    store: StorePlace = None,
    workers: Workers = 1,
    ray: Ray = None,
    as_json: common.AsJson = False,
    quiet: common.Quiet = False,
) -> None:
    """Goes on with a job, doing nothing twice; a damaged store is rebuilt from the results first."""
    from pipeline.jobs import runner

    with runner.reopen(runner.place(job, store)) as opened:
        _work(opened, workers, ray, quiet)
        _finish(opened, output, as_json, quiet)


@app.command()
def status(job: Job, store: StorePlace = None, as_json: common.AsJson = False, output: common.Output = "-") -> None:
    """Progress, rate, time left, and what failed with its cause."""
    from pipeline.jobs import runner
    from pipeline.jobs.store import Store

    with Store(runner.place(job, store)) as opened:
        common.files.write_text(output, _said(runner.status(opened), as_json))


@app.command()
def export(
    job: Job,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FOLDER", help="Where the translated files go.")],
    store: StorePlace = None,
    as_json: common.AsJson = False,
    quiet: common.Quiet = False,
) -> None:
    """Writes the translated files, and report.json about the whole job."""
    from pipeline.jobs import runner
    from pipeline.jobs.store import Store

    with Store(runner.place(job, store)) as opened:
        _finish(opened, output, as_json, quiet)


def _source(job: str) -> str | None:
    """The language of the job's first file that holds text, by its script."""
    from pipeline.errors import InputError
    from pipeline.jobs import runner, streams

    for path, form in runner.inputs(job)[:20]:
        try:
            found = common.guess(next(streams.sources(Path(path), form, "zh", "ru"), []))
        except InputError:
            continue  # the job itself will name it
        if found is not None:
            return found
    return None


def _work(store: Any, workers: int, ray: str | None, quiet: bool) -> None:
    from pipeline.jobs import runner

    runner.take_in(store, common.Progress("reading", quiet=quiet))
    if runner.status(store).left:
        with closing(runner.pool(store, workers, ray)) as pool:
            runner.work(store, pool, common.Progress("translating", quiet=quiet))


def _finish(store: Any, output: str | None, as_json: bool, quiet: bool) -> None:
    from pipeline.jobs import runner

    told = runner.status(store)
    if output is not None:
        written = list(runner.export(store, Path(output), common.Progress("writing", quiet=quiet)))
        files = [{"input": source, "output": made, "translated": count} for source, made, count in written]
        report = {"counts": told.counts, "files": files, "failures": told.failures, "broken": told.broken}
        common.files.write_text(Path(output) / "report.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    common.files.write_text("-", _said(told, as_json))
    raise typer.Exit(3 if told.counts["failed"] or told.broken else 0)


def _said(told: Any, as_json: bool) -> str:
    counts = told.counts
    if as_json:
        content = {
            **counts,
            "left": told.left,
            "rate": round(told.rate, 2),
            "failures": told.failures,
            "broken": told.broken,
        }
        return json.dumps(content, ensure_ascii=False) + "\n"
    head = f"{counts['files']} files, {counts['segments']} segments, {counts['texts']} different texts"
    share = 100 * (counts["done"] + counts["failed"]) / max(1, counts["texts"])
    lines = [head, f"{share:.1f} % done, {told.left} left, {counts['failed']} failed"]
    if told.rate:
        left = f", about {told.left / told.rate:.0f} s left" if told.left else ""
        lines.append(f"{told.rate:.1f} texts a second in the last run{left}")
    lines += [f"cannot be read: {error}" for _, error in told.broken[:20]]
    lines += [f"failed: {source[:60]!r}: {error}" for source, error in told.failures[:20]]
    return "\n".join(lines) + "\n"
