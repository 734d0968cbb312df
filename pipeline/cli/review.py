"""Post-edit a bitext in the terminal, weakest segments first."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from pipeline.cli import _common as common
from pipeline.errors import MissingExtra, UsageError

app = typer.Typer(add_completion=False)


@app.command()
def review(
    file: Annotated[str, typer.Argument(metavar="FILE", help="XLIFF, TMX, JSONL, TSV or PO.")],
    source: common.From = None,
    target: common.To = None,
    order: Annotated[str, typer.Option("--order", metavar="weakest|file", help="Order of the segments.")] = "weakest",
    stats: Annotated[bool, typer.Option("--stats", help="Print time, edits and HTER so far, and leave.")] = False,
    memory: Annotated[
        str | None, typer.Option("--memory", metavar="FILE", help="Translation memory for matches (palladius memory).")
    ] = None,
    glossary: common.Glossaries = None,
    format_name: common.FormatName = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
) -> None:
    """Opens FILE for post-editing; F1 or ? lists the keys.

    Every confirmed segment is on the disk at once (FILE.review.jsonl) and comes back after a crash; FILE itself is
    written on saving (s) and leaving (q). Dismissed flags go to FILE.dismissed.jsonl, which palladius check reads too.
    """
    if stats:
        from pipeline.jobs import postedit

        told = postedit.stats(file)
        common.files.write_text(
            output, json.dumps(told, ensure_ascii=False, indent=1) + "\n" if as_json else postedit.table(told)
        )
        return
    if order not in ("weakest", "file"):
        raise UsageError(f"unknown order {order!r}", hint="weakest or file")
    settings = common.settings(profile, assign, glossaries=glossary, offline=offline, memory__path=memory)
    document = common.read(file, format_name, source, target)
    common.need_bitext(document)
    from_lang, to_lang = common.languages(document, source, target)
    try:
        from pipeline.cli._desk import Desk
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("textual", "rich"):
            raise
        raise MissingExtra("palladius review", "textual", "review") from error
    from pipeline.jobs.advice import Remote
    from pipeline.jobs.review import Session

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review needs a terminal", hint="palladius check gives the same flags without one")
    session = Session.open(file, document, from_lang, to_lang)
    adviser = Remote(settings.model_dump(), from_lang, to_lang)  # before the screen takes the streams over
    try:
        desk = Desk(session, adviser, weakest=order == "weakest")
        desk.run(mouse=False)
    finally:
        adviser.close()
    for line in desk.farewell():
        common.note(line, quiet=False)
    if desk.return_code:
        raise typer.Exit(3)
