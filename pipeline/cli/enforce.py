"""Put official names and slogans right in an existing translation."""

from __future__ import annotations

import time

import typer

from pipeline.cli import _answers, _encoding, _folder, _output, _sides
from pipeline.cli import _common as common

app = typer.Typer(add_completion=False)


@app.command()
def enforce(
    bitext: common.Input = "-",
    source: common.From = None,
    target: common.To = None,
    output: common.Output = "-",
    glossary: common.Glossaries = None,
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
    """Runs only the enforcer on a bitext (JSONL, TSV, TMX, XLIFF, PO).

    JSONL is answered in JSONL, one line a segment with its edits and findings; other formats come out as they
    went in, with the targets put right (or as JSON lines with --json). Where -o ends in .xlf, .tmx, .tsv or .jsonl the
    bitext is written as that. A folder of bitexts comes out as a new folder, named with -o.
    """
    from pipeline import flow, limits
    from pipeline.formats import woven

    started = time.monotonic()
    _encoding.single(bitext, encoding)
    settings = common.settings(profile, assign, glossaries=glossary, fail_on=fail_on, offline=offline)
    common.ready(output, report, report_format, document=bitext if not as_json else "-")
    document = common.read(bitext, format_name, source, target, default="jsonl", encoding=encoding)
    common.need_bitext(document)
    kind = document.format if as_json else _output.kind(document, output, bitext)
    answer = as_json or kind == "jsonl"
    if answer:
        _output.of_lines(output)
    from_lang, to_lang = common.languages(document, source, target)
    common.warn(_sides.of_document(document, from_lang, to_lang))
    run = flow.Flow(settings, from_lang, to_lang)
    common.unread(run)
    done = run.enforce(document, common.Progress("enforcing", quiet=quiet))
    common.warn(limits.warnings(done))
    if answer or report is not None:  # a document holds no scores
        done = run.scored(done)
    made = flow.report(
        [woven.shown(done)], settings, started, command="enforce", source_lang=from_lang, target_lang=to_lang
    )
    told = ""
    if answer:
        common.files.write_text(output, _answers.lines(made.segments, terms=True))
    else:
        told = _output.write(output, run.join(done), kind, from_lang, to_lang)
    common.save_report(report, report_format, made)
    common.note(_answers.summary(made), quiet=quiet)
    common.note(told, quiet=quiet)
    raise typer.Exit(_folder.status(document, made.exit_code(common.severity(settings.fail_on))))
