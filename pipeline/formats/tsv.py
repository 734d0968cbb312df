"""Bitext as TSV with a header: columns source and target (or two language codes), id and others as they come."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import LANGS, Document, Lang, Segment

_SOURCE = ("source", "src")
_TARGET = ("target", "tgt", "mt", "translation")


class Tsv(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".tsv", ".tab")
    bilingual: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        bom = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        text = files.decode(data, name)
        if not text.strip():
            raise InputError("is empty: no row to work on", where=name)
        newline = "\r" if "\n" not in text and "\r" in text.strip() else "\n"
        lines = text.split(newline)
        crlf = lines[0].endswith("\r")
        header = [cell.strip().lower() for cell in lines[0].rstrip("\r").split("\t")]
        at_source, at_target, source, target = _columns(header, source, target, name)
        rows: list[tuple[list[str], str] | str] = []
        segments: list[Segment] = []
        for number, line in enumerate(lines[1:], 2):
            ending = "\r" if line.endswith("\r") else ""
            if not line.strip():
                rows.append(line)
                continue
            cells = line.removesuffix("\r").split("\t")
            if len(cells) > len(header) or len(cells) <= at_source:
                said = f"{len(cells)} columns where the header has {len(header)}"
                raise InputError(said, where=f"{name}:{number}", hint="a tab inside a cell, or a missing one?")
            if max(map(len, cells)) > MAX_UNIT:
                raise InputError(f"a cell has {max(map(len, cells)):,} characters", where=f"{name}:{number}")
            given = cells[at_target] if at_target is not None and at_target < len(cells) else None
            key = cells[header.index("id")] if "id" in header and header.index("id") < len(cells) else ""
            segments.append(
                Segment(
                    id=key,
                    source=cells[at_source],
                    target=given or None,
                    meta={
                        "row": len(rows),
                        "line": number,
                        "given": given,
                        "columns": dict(zip(header, cells, strict=False)),
                    },
                )
            )
            rows.append((cells, ending))
        if not segments:
            raise InputError("has a header and no row", where=name)
        taken = {segment.id for segment in segments}
        segments = [s if s.id else replace(s, id=base.key(s.meta["line"] - 1, taken, "row")) for s in segments]
        head = bom + lines[0]
        if at_target is None:
            head = head.rstrip("\r") + "\ttarget" + ("\r" if crlf else "")
        at = len(header) if at_target is None else at_target
        skeleton = (head, tuple(rows), at, bom + lines[0], newline)
        meta = base.doubled(((s.id, s.meta["line"]) for s in segments), name)
        return Document(name, "tsv", tuple(segments), source, target, skeleton=skeleton, meta=meta)

    def fresh(self, document: Document) -> bytes:
        rows = [("id", "source", "target")]
        rows += [(_cell(s.id), _cell(s.source), _cell(s.target or "")) for s in document.segments]
        return "".join("\t".join(row) + "\n" for row in rows).encode("utf-8")

    def write(self, document: Document) -> bytes:
        head, rows, at, given, newline = document.skeleton
        out: list[str] = [head if any(segment.target is not None for segment in document.segments) else given]
        targets = {segment.meta["row"]: segment for segment in document.segments}
        for index, row in enumerate(rows):
            if isinstance(row, str):
                out.append(row)
                continue
            cells, ending = list(row[0]), row[1]
            segment = targets[index]
            if segment.target is not None and segment.target != segment.meta["given"]:
                cells += [""] * (at + 1 - len(cells))
                cells[at] = _cell(segment.target)
            out.append("\t".join(cells) + ending)
        return str(newline).join(out).encode("utf-8")


def _cell(text: str) -> str:
    """Tabs and line breaks would be columns and rows."""
    return " ".join(text.split()) if {"\t", "\n", "\r"} & set(text) else text


def _columns(
    header: list[str], source: Lang | None, target: Lang | None, name: str
) -> tuple[int, int | None, Lang | None, Lang | None]:
    """Where source and target stand: by name, else by language code, else the first two columns named for languages."""
    at_source = next((header.index(key) for key in _SOURCE if key in header), None)
    at_target = next((header.index(key) for key in _TARGET if key in header), None)
    coded: list[Lang] = [cell for cell in header if cell in LANGS]
    if at_source is None and coded:
        left = source if source in coded else next((lang for lang in coded if lang != target), None)
        if left is not None:
            source, at_source = left, header.index(left)
    if at_target is None and coded:
        others = [lang for lang in coded if lang != source]
        if target is not None and target in others:
            at_target = header.index(target)
        elif target is None and others:
            target, at_target = others[0], header.index(others[0])
    if at_source is None:
        hint = "the first row must name columns source and target, or language codes such as zh and ru"
        raise InputError("no source column in the header", where=f"{name}:1", hint=hint)
    return at_source, at_target, source, target


PLUGIN = Tsv()
