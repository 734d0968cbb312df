"""Translation memory: import and export TMX, look up, search."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import _common as common
from pipeline.cli import _folder, _output, _sides
from pipeline.errors import InputError, UsageError
from pipeline.model import Document, Lang

if TYPE_CHECKING:
    from pipeline.memory import Memory, Unit
    from pipeline.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True)
Path = Annotated[str, typer.Argument(metavar="MEMORY", help="SQLite file of the memory.")]
New = Annotated[str, typer.Argument(metavar="MEMORY", help="SQLite file of the memory; made where it is not there.")]
Words = Annotated[str, typer.Argument(metavar="TEXT", help="- or nothing for standard input.")]


@app.callback()
def memory() -> None:
    """Translation memory: import and export TMX, look up, search."""


def _opened(path: str, settings: Settings) -> Memory:
    """An existing memory. Raises InputError where there is none: looking something up makes no file."""
    from pathlib import Path

    from pipeline.memory import Memory

    if not Path(path).is_file():
        raise InputError("no such memory", where=path, hint="palladius memory import MEMORY BITEXT makes one")
    return Memory(path, penalties=settings.memory.penalties)


@app.command("import")
def import_(
    memory: New,
    bitexts: Annotated[list[str], typer.Argument(metavar="BITEXT...", help="TMX, XLIFF, TSV or JSONL.")],
    source: common.From = None,
    target: common.To = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Only what the file marks as confirmed, approved or final.")
    ] = False,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where --json goes.")] = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Adds the translated segments of bitexts, each with its neighbours as context.

    With --confirmed drafts and machine output stay out; what is added comes before other matches as similar.
    """
    from pathlib import Path

    from pipeline.formats import units
    from pipeline.memory import Memory, Unit
    from pipeline.reports.base import counted

    common.settings(profile, assign, offline=offline)
    total = renewed = lacking = 0
    for bitext in bitexts:
        document = common.read(bitext, None, source, target, default="jsonl")
        common.need_bitext(document)
        lacking = _folder.status(document, lacking)
        left, right = common.languages(document, source, target)
        common.warn(_sides.of_document(document, left, right))
        with Memory(memory) as store:
            held = len(store)
            if confirmed:
                kept = units.carried(document.segments, document.format)
                taken = store.confirm(kept, left, right, name=Path(bitext).name)
            else:
                taken = store.add((Unit(**unit) for unit in _units(document)), left, right)
            new = len(store) - held
            total, renewed = total + new, renewed + taken - new
    if as_json:
        common.files.write_text(output, _line({"memory": memory, "added": total, "renewed": renewed}))
    again = f", {renewed} renewed" if renewed else ""
    common.note(f"{counted(total, 'unit')} added to {memory}{again}", quiet=quiet)
    raise typer.Exit(lacking)


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _units(document: Document) -> list[dict[str, Any]]:
    from pipeline.formats import units

    rows = units.carried(document.segments, document.format)
    return [
        {
            "source": segment.source,
            "target": segment.target,
            "before": rows[i - 1].source if i else "",
            "after": rows[i + 1].source if i + 1 < len(rows) else "",
            "origin": document.name,
            "codes": segment.codes,
            "target_codes": segment.target_codes,
        }
        for i, segment in enumerate(rows)
        if segment.target
    ]


@app.command()
def export(
    memory: Path,
    source: common.From = None,
    target: common.To = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Writes the units as TMX 1.4 (with --json as JSON lines): all of them, or those of the languages named."""
    from pipeline import __version__

    settings = common.settings(profile, assign, offline=offline)
    (_output.of_lines if as_json else partial(_output.of, "tmx"))(output)
    with _opened(memory, settings) as store:
        wanted = _directions(store, source, target)
        if as_json:
            rows = [_row(unit, left, right) for left, right in wanted for unit in store.units(left, right)]
            common.files.write_text(output, "".join(map(_line, rows)))
            return
        lefts = sorted({left for left, _ in wanted})
        body = "".join(
            _tu(unit, left, right, tell=len(lefts) > 1) for left, right in wanted for unit in store.units(left, right)
        )
    said = lefts[0] if len(lefts) == 1 else source or "*all*"
    header = (
        f'<header creationtool="palladius" creationtoolversion="{__version__}" segtype="sentence" o-tmf="palladius" '
        f'adminlang="en" srclang="{said}" datatype="plaintext"/>'
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  {header}\n  <body>\n{body}  </body>\n</tmx>\n'
    )
    common.files.write_text(output, text)


def _row(unit: Unit, left: Lang, right: Lang) -> dict[str, Any]:
    row = {key: value for key, value in asdict(unit).items() if value or not key.endswith("codes")}
    return {**row, "from": left, "to": right}


def _tu(unit: Unit, left: Lang, right: Lang, *, tell: bool) -> str:
    """A unit of TMX. tell: which of its languages is the source, where the header cannot say it for all."""
    from pipeline.formats import _inline

    told = f' srclang="{left}"' if tell else ""
    return (
        f'    <tu{told}><tuv xml:lang="{left}"><seg>{_inline.made(unit.source, unit.codes, tmx=True)}</seg></tuv>'
        f'<tuv xml:lang="{right}"><seg>{_inline.made(unit.target, unit.target_codes, tmx=True)}</seg></tuv></tu>\n'
    )


@app.command()
def find(
    memory: Path,
    text: Words = "-",
    source: common.From = None,
    target: common.To = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Looks a sentence up: exact, else the nearest fuzzy matches; in every direction, or in those named."""
    from pipeline.memory import FLOOR

    text = common.given(text)
    with _opened(memory, common.settings(profile, assign, offline=offline)) as store:
        found = [
            (match, left, right)
            for left, right in _directions(store, source, target)
            for match in store.matches(text, left, right)
        ]
    found.sort(key=lambda item: -item[0].similarity)
    if as_json:
        keys = ("source", "target", "similarity", "kind", "origin")
        lines = [
            _line({**{key: getattr(m, key) for key in keys}, "from": left, "to": right}) for m, left, right in found
        ]
    else:
        lines = [
            f"{100 * m.similarity:4.0f} %  {m.kind:7}  {_named(left, right, source, target)}{m.source}\n"
            f"        {m.target}\n"
            for m, left, right in found
        ]
    common.files.write_text(output, "".join(lines))
    if not lines:
        _none(memory, f"no match of {100 * FLOOR:.0f} % or more", source, target, quiet=quiet)


@app.command()
def search(
    memory: Path,
    text: Words = "-",
    source: common.From = None,
    target: common.To = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Concordance: units that hold the words on either side; in every direction, or in those named."""
    text = common.given(text)
    with _opened(memory, common.settings(profile, assign, offline=offline)) as store:
        lines = [
            _line(_row(unit, left, right))
            if as_json
            else f"{_named(left, right, source, target)}{unit.source}\n    {unit.target}\n"
            for left, right in _directions(store, source, target)
            for unit in store.concordance(text, left, right)
        ]
    common.files.write_text(output, "".join(lines))
    if not lines:
        _none(memory, "no unit holds these words", source, target, quiet=quiet)


def _none(memory: str, what: str, source: str | None, target: str | None, *, quiet: bool) -> None:
    """An empty answer says so; it is no error."""
    way = "" if source is None and target is None else f" from {source or 'any'} to {target or 'any'}"
    common.note(f"palladius: {memory}: {what}{way}", quiet=quiet)


def _directions(store: Memory, source: str | None, target: str | None) -> list[tuple[Lang, Lang]]:
    """Those of the memory that --from and --to let through."""
    if source is not None and source == target:
        raise UsageError(f"source and target language are both {target}", hint="--from and --to must differ")
    return [(a, b) for a, b in store.directions() if source in (None, a) and target in (None, b)]


def _named(left: Lang, right: Lang, source: str | None, target: str | None) -> str:
    """The direction before a unit, where it was not asked for by name."""
    return "" if source and target else f"{left}-{right}  "
