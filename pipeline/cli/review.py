"""Post-edit a bitext in the terminal, weakest segments first."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from pipeline.cli import _common as common
from pipeline.errors import MissingExtra, UsageError
from pipeline.model import Document, Lang, Segment

app = typer.Typer(add_completion=False)


@app.command()
def review(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="XLIFF, TMX, JSONL, TSV or PO; any format with --original.")
    ],
    original: Annotated[
        str | None,
        typer.Option("--original", metavar="FILE", help="What FILE (a DOCX, a page ...) was translated from."),
    ] = None,
    source: common.From = None,
    target: common.To = None,
    order: Annotated[
        str,
        typer.Option(
            "--order",
            metavar="weakest|file",
            autocompletion=common.begins("weakest", "file"),
            help="Order of the segments.",
        ),
    ] = "weakest",
    stats: Annotated[bool, typer.Option("--stats", help="Print time, edits and HTER so far, and leave.")] = False,
    memory: Annotated[
        str | None,
        typer.Option("--memory", metavar="FILE", help="Translation memory: matches from it, confirmed segments to it."),
    ] = None,
    glossary: common.Glossaries = None,
    format_name: common.FormatName = None,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where --stats goes.")] = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: Annotated[bool, typer.Option("--json", help="--stats as JSON.")] = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Opens FILE for post-editing; F1 or ? lists the keys.

    Every confirmed segment is on the disk at once (FILE.review.jsonl) and comes back after a crash; FILE itself is
    written on saving (s) and leaving (q), with its confirmed segments marked in the way of its format. Dismissed
    flags go to FILE.dismissed.jsonl, which palladius check reads too. A translated document is opened with the one it
    was made from beside it: palladius review news.ru.docx --original news.docx
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
    document, write, from_lang, to_lang = opened(file, original, format_name, source, target)
    if settings.memory.path:
        from pipeline.memory import Memory

        Memory(settings.memory.path).close()  # what is no memory says so before the screen opens
    try:
        from pipeline.cli._desk import Desk
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("textual", "rich"):
            raise
        raise MissingExtra("palladius review", "textual", "review") from error
    from pipeline.jobs import risks
    from pipeline.jobs.advice import Remote
    from pipeline.jobs.review import Session

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review needs a terminal", hint="palladius check gives the same flags without one")
    session = Session.open(file, document, from_lang, to_lang, memory=settings.memory.path or "", write=write)
    adviser = Remote(settings.model_dump(), from_lang, to_lang)  # before the screen takes the streams over
    try:
        desk = Desk(session, adviser, weakest=order == "weakest")
        gc.freeze()  # the file's segments stay: looking through them again and again would hold a key up
        desk.run(mouse=False)
    finally:
        adviser.close()
        risks.keep(file, session.segments, session.risk)
    for line in desk.farewell():
        common.note(line, quiet=quiet)
    if desk.return_code:
        raise typer.Exit(3)


def opened(
    file: str, original: str | None, format_name: str | None, source: str | None, target: str | None
) -> tuple[Document, Callable[[list[Segment]], bytes] | None, Lang, Lang]:
    """The bitext, how it is written where its format does not tell, and its direction."""
    document = common.read(file, format_name, source, target, paired=original is not None)
    if original is None:
        if not common.bilingual(document):
            hint = "name the document it was translated from: --original FILE"
            raise UsageError(f"{file}: has no source beside its translation", hint=hint)
        return document, None, *common.languages(document, source, target)
    if common.bilingual(document):
        raise UsageError(f"{file}: holds its source itself", hint="leave out --original")
    from pipeline.jobs.pair import pair

    before = common.read(original, format_name, source, target, paired=True)
    aligned = zip(before.segments, document.segments, strict=False)
    shown = document.with_segments(replace(one, target=other.source) for one, other in aligned)
    from_lang, to_lang = common.languages(shown, source, target)
    made = pair(before, document, from_lang, to_lang)
    return made.bitext, made.write, from_lang, to_lang
