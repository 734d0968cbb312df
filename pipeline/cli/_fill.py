"""--targets: a translated bitext back into the document that it was made of."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _common as common
from pipeline.errors import UsageError
from pipeline.model import Document, Lang

Targets = Annotated[
    str | None,
    typer.Option(
        "--targets",
        metavar="BITEXT",
        help="Take the targets from this bitext, made of FILE with -o (.xlf ...); only what it lacks is translated.",
    ),
]


def filled(document: Document, bitext: str, source: Lang, target: Lang) -> tuple[Document, list[str]]:
    """The document's sentences with the targets of the bitext, and what to tell. Raises UsageError where none fits."""
    from pipeline.formats import fill

    if common.bilingual(document) or document.format == "zip":
        said = "is more than one file" if document.format == "zip" else "holds its targets itself"
        raise UsageError(f"{document.name}: {said}", hint="--targets is for single documents")
    from pipeline.reports.base import counted

    given = common.read(bitext, None, source, target)
    common.need_bitext(given)
    made = fill.filled(document, given)
    if not made.taken:
        hint = "it must be made of this file: palladius translate FILE -o FILE.xlf"
        raise UsageError(f"{bitext}: holds no target for a sentence of {document.name}", hint=hint)
    lacking = [s.id for s in made.document.segments if s.open and not (s.target or "").strip()]
    told = [
        f"{bitext}: {made.taken} of {counted(len(document.segments), 'segment')} taken"
        + _some(", translated here: ", lacking)
    ]
    if made.recoded:
        told.append(_some(f"{bitext}: other inline codes than in {document.name}, placed anew: ", made.recoded))
    return made.document, told


def _some(what: str, ids: list[str] | tuple[str, ...]) -> str:
    return f"{what}{', '.join(ids[:5])}{' ...' if len(ids) > 5 else ''}" if ids else ""
