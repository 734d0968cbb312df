"""Check a translation: flags with cause and suggestion, and the risk of each segment."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import _answers, _encoding, _folder, _output, _pair, _sides
from pipeline.cli import _common as common
from pipeline.errors import UsageError
from pipeline.model import Document, Lang

if TYPE_CHECKING:
    from pipeline.flow import Flow

app = typer.Typer(add_completion=False)


@app.command()
def check(
    file: common.Input = "-",
    translation: Annotated[
        str | None,
        typer.Argument(metavar="TRANSLATION", help="FILE's translation, where the two stand in files of their own."),
    ] = None,
    source: common.From = None,
    target: common.To = None,
    output: common.Output = "-",
    glossary: common.Glossaries = None,
    disable: Annotated[
        list[str] | None, typer.Option("--disable", metavar="CHECK", help="Leave a check out; repeatable.")
    ] = None,
    dismissed: Annotated[
        str | None,
        typer.Option(
            "--dismissed", metavar="FILE", help="Side file of dismissed flags (JSON lines); they do not come back."
        ),
    ] = None,
    dismiss: Annotated[
        list[str] | None,
        typer.Option("--dismiss", metavar="ID:CHECK", help="Dismiss a flag for good, into the side file."),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="ID", help="Show which checks and features made a segment's score."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show all segments with flags, not just a screenful.")
    ] = False,
    report: common.ReportFile = None,
    report_format: common.ReportKind = None,
    fail_on: common.FailOn = None,
    format_name: common.FormatName = None,
    encoding: _encoding.Encoding = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Checks an existing translation, with its source (JSONL, TSV, TMX, XLIFF, PO) or without (any text).

    A text and its translation in two files, line by line, are checked side by side: palladius check zh.txt ru.txt
    FILE may be a folder, of bitexts, or with --to of translations alone.

    JSONL is answered in JSONL. Other files get a summary sorted by risk. Exit status 1 at critical findings,
    unless --fail-on says otherwise.
    """
    from pipeline import flow, limits
    from pipeline.checks import dismissals
    from pipeline.formats import woven
    from pipeline.reports import base as reports

    started = time.monotonic()
    if file == translation == "-":
        raise UsageError("- stands twice: standard input holds one text", hint="name a file for the other")
    _encoding.single(file, encoding)
    settings = common.settings(
        profile, assign, glossaries=glossary, fail_on=fail_on, offline=offline, checks__disable=disable
    )
    common.ready(output, report, report_format)
    if translation is None:
        document = common.read(file, format_name, source, target, default="jsonl", encoding=encoding)
    else:
        document = _pair.beside(file, translation, format_name, source, target, encoding)
    scored = (as_json or document.format == "jsonl") and explain is None
    for read in (file, *([] if translation is None else [translation])):
        common.apart(read, report, None if scored and document.format == "jsonl" else output, force=False)
    (_output.of_lines if scored else _output.of_text)(output)
    from_lang: Lang | None
    if translation is not None or common.bilingual(document):
        from_lang, to_lang = common.languages(document, source, target)
        common.warn(_sides.of_document(document, from_lang, to_lang))
    else:
        document = _as_target(document)
        from_lang, to_lang = None, common.target_alone(document, target)
    run = flow.Flow(settings, from_lang, to_lang)
    common.unread(run)
    done = run.check(document, common.Progress("checking", quiet=quiet))
    common.warn(limits.warnings(done))
    ledger = dismissals.beside(translation or file, dismissed)
    if dismiss:
        dismissals.add(ledger, done, dismiss)
    done = _rescored(run, dismissals.without(done, dismissals.load(ledger)), done)
    made = flow.report(
        [woven.shown(done)], settings, started, command="check", source_lang=from_lang, target_lang=to_lang
    )
    if explain is not None:
        common.files.write_text(output, _answers.explained(made.documents[0], explain))
    elif as_json or document.format == "jsonl":
        common.files.write_text(output, _answers.lines(made.segments))
    else:
        figures = {**made.figures, "limit": 0 if everything else 10}
        common.files.write_text(output, reports.plugin("text").render(replace(made, figures=figures)))
    common.save_report(report, report_format, made)
    if as_json or document.format == "jsonl":
        common.note(_answers.summary(made), quiet=quiet)
    floor = settings.fail_on if settings.fail_on is not None else "critical"
    raise typer.Exit(_folder.status(document, made.exit_code(common.severity(floor))))


def _rescored(run: Flow, document: Document, before: Document) -> Document:
    """The document after flags were taken out of `before`: those segments get the score they have without them."""
    from pipeline.checks import base as checks
    from pipeline.quality import estimate

    quality = run.settings.quality
    pairs = zip(document.segments, before.segments, strict=True)
    changed = [index for index, (now, then) in enumerate(pairs) if now.findings != then.findings]
    if not changed or not quality.enabled:
        return document
    tools = {"glossary": run.glossary}
    views = [checks.View(document.segments[index], run.source, run.target, (), tools) for index in changed]
    found = [view.segment.findings for view in views]
    made = estimate(views, found, quality.estimator, quality.options.get(quality.estimator))
    scores = dict(zip(changed, made, strict=True))
    return document.with_segments(
        replace(segment, score=scores.get(index, segment.score)) for index, segment in enumerate(document.segments)
    )


def _as_target(document: Document) -> Document:
    """A monolingual text as the target of a translation whose source is not at hand."""
    return document.with_segments(
        replace(s, source="", target=s.source, codes=(), target_codes=s.codes) for s in document.segments
    )
