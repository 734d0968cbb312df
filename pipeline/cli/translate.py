"""Translate a file: same format out, glossary enforced, checked."""

from __future__ import annotations

import shlex
import sys
import time
from typing import Annotated

import typer

from pipeline.cli import _answers, _encoding, _fill, _folder, _memory, _output, _sides
from pipeline.cli import _common as common

app = typer.Typer(add_completion=False)


@app.command()
def translate(
    file: common.Input = "-",
    source: common.From = None,
    target: common.To = None,
    output: common.Output = "-",
    engine: common.Engine = None,
    glossary: common.Glossaries = None,
    report: common.ReportFile = None,
    report_format: common.ReportKind = None,
    targets: _fill.Targets = None,
    over: Annotated[
        bool, typer.Option("--over", help="Translate again what has a target already (never locked or approved).")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Write over FILE itself. A bitext, which keeps its source, needs no --force."),
    ] = False,
    fail_on: common.FailOn = None,
    format_name: common.FormatName = None,
    encoding: _encoding.Encoding = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Translates FILE and writes the same format, or source and translation side by side where -o ends in .xlf, .tmx,
    .tsv or .jsonl and FILE does not. Such a bitext, translated elsewhere, goes back into FILE's format with --targets.
    FILE may be a folder: hidden files and results of earlier runs in it are skipped, what cannot be read is named.

    The glossaries are enforced and the result is checked; a summary goes to standard error. With --json the
    answer is one JSON line a segment instead of the file. Exit status: 0, or 1 with --fail-on and findings that
    grave, 2 wrong usage, 3 unreadable input or a failing engine, 130 interrupted.
    """
    from pipeline import flow, limits
    from pipeline.formats import woven

    started = time.monotonic()
    _encoding.single(file, encoding)
    settings = common.settings(profile, assign, engine=engine, glossaries=glossary, fail_on=fail_on, offline=offline)
    common.ready(output, report, report_format, document=file if not as_json else "-")
    document = common.read(file, format_name, source, target, encoding=encoding)
    if not force:
        in_place = common.bilingual(document) and not as_json
        common.apart(file, None if in_place else output, report)
    if targets is not None:
        common.apart(targets, output, report, force=False)
    if as_json:
        _output.of_lines(output)
    kind = document.format if as_json else _output.kind(document, output, file)
    from_lang, to_lang = common.languages(document, source, target)
    warning = _sides.of_document(document, from_lang, to_lang) if common.bilingual(document) else ""
    common.warn(warning or _sides.of_sources(document, from_lang))
    run = flow.Flow(settings, from_lang, to_lang)
    common.unread(run)
    progress = common.Progress("translating", quiet=quiet)
    sentences, taken = run.cut(document), list[str]()
    if targets is not None:
        sentences, taken = _fill.filled(sentences, targets, from_lang, to_lang)
    done = _memory.told(run, run.translate(sentences, progress, over=over), sentences)
    if settings.checks.enabled or settings.quality.enabled:
        done = run.check(done, common.Progress("checking", quiet=quiet))
    common.warn(limits.warnings(done))
    made = flow.report(
        [woven.shown(done)], settings, started, command="translate", source_lang=from_lang, target_lang=to_lang
    )
    told = ""
    if as_json:
        common.files.write_text(output, _answers.lines(made.segments))
    else:
        apart = kind != document.format and not common.bilingual(document)  # a bitext of sentences, not of paragraphs
        told = _output.write(output, done if apart else run.join(done), kind, from_lang, to_lang)
    common.save_report(report, report_format, made)
    for line in (*taken, *_memory.lines(done), _answers.summary(made), told, _output.by_hand(done)):
        common.note(line, quiet=quiet)
    if output != "-" and file != "-" and not as_json and sys.stderr.isatty():
        beside = "" if common.bilingual(document) else f" --original {shlex.quote(file)}"
        common.note(f"the weakest first: palladius review {shlex.quote(output)}{beside}", quiet=quiet)
    raise typer.Exit(_folder.status(document, made.exit_code(common.severity(settings.fail_on))))
