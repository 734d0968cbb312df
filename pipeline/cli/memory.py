"""Translation memory: import and export TMX, look up, search."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli import _common as common
from pipeline.errors import UsageError
from pipeline.model import Document, Lang

app = typer.Typer(add_completion=False, no_args_is_help=True)
Path = Annotated[str, typer.Argument(metavar="MEMORY", help="SQLite file of the memory; made where it is not there.")]
Words = Annotated[str, typer.Argument(metavar="TEXT")]


@app.callback()
def memory() -> None:
    """Translation memory: import and export TMX, look up, search."""


@app.command("import")
def import_(
    memory: Path,
    bitexts: Annotated[list[str], typer.Argument(metavar="BITEXT...", help="TMX, XLIFF, TSV or JSONL.")],
    source: common.From = None,
    target: common.To = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Only what the file marks as confirmed, approved or final.")
    ] = False,
    quiet: common.Quiet = False,
) -> None:
    """Adds the translated segments of bitexts, each with its neighbours as context.

    With --confirmed drafts and machine output stay out; what is added comes before other matches as similar.
    """
    from pathlib import Path

    from pipeline.memory import Memory, Unit

    total = 0
    for bitext in bitexts:
        document = common.read(bitext, None, source, target)
        common.need_bitext(document)
        left, right = common.languages(document, source, target)
        with Memory(memory) as store:
            if confirmed:
                total += store.confirm(document.segments, left, right, name=Path(bitext).name)
            else:
                total += store.add((Unit(**unit) for unit in _units(document)), left, right)
    common.note(f"{total} units added to {memory}", quiet=quiet)


def _units(document: Document) -> list[dict[str, str]]:
    rows = document.segments
    return [
        {
            "source": segment.source,
            "target": segment.target,
            "before": rows[i - 1].source if i else "",
            "after": rows[i + 1].source if i + 1 < len(rows) else "",
            "origin": document.name,
        }
        for i, segment in enumerate(rows)
        if segment.target
    ]


@app.command()
def export(memory: Path, source: common.From = None, target: common.To = None, output: common.Output = "-") -> None:
    """Writes all units of a direction as TMX 1.4."""
    from xml.sax.saxutils import escape

    from pipeline import __version__
    from pipeline.memory import Memory

    left, right = _both(source, target)
    with Memory(memory) as store:
        body = "".join(
            f'    <tu><tuv xml:lang="{left}"><seg>{escape(unit.source)}</seg></tuv>'
            f'<tuv xml:lang="{right}"><seg>{escape(unit.target)}</seg></tuv></tu>\n'
            for unit in store.units(left, right)
        )
    header = (
        f'<header creationtool="palladius" creationtoolversion="{__version__}" segtype="sentence" o-tmf="palladius" '
        f'adminlang="en" srclang="{left}" datatype="plaintext"/>'
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  {header}\n  <body>\n{body}  </body>\n</tmx>\n'
    )
    common.files.write_text(output, text)


@app.command()
def find(
    memory: Path,
    text: Words,
    source: common.From = None,
    target: common.To = None,
    as_json: common.AsJson = False,
    output: common.Output = "-",
) -> None:
    """Looks a sentence up: exact, else the nearest fuzzy matches."""
    from pipeline.memory import Memory

    left, right = _both(source, target)
    with Memory(memory) as store:
        found = store.matches(text, left, right)
    if as_json:
        keys = ("source", "target", "similarity", "kind", "origin")
        lines = [json.dumps({key: getattr(m, key) for key in keys}, ensure_ascii=False) for m in found]
    else:
        lines = [f"{100 * m.similarity:4.0f} %  {m.kind:7}  {m.source}\n        {m.target}" for m in found]
    common.files.write_text(output, "".join(f"{line}\n" for line in lines))


@app.command()
def search(
    memory: Path, text: Words, source: common.From = None, target: common.To = None, output: common.Output = "-"
) -> None:
    """Concordance: units that hold the words on either side."""
    from pipeline.memory import Memory

    left, right = _both(source, target)
    with Memory(memory) as store:
        found = store.concordance(text, left, right)
    common.files.write_text(output, "".join(f"{unit.source}\n    {unit.target}\n" for unit in found))


def _both(source: str | None, target: str | None) -> tuple[Lang, Lang]:
    if source is None or target is None or source == target:
        raise UsageError("the direction is not given", hint="name it with --from and --to")
    return source, target  # type: ignore[return-value]
