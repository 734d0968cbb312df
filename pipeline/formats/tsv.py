"""Bitext as TSV with a header: columns source and target (or two language codes), id and others as they come.

A cell in quotes is read and written as spreadsheets do (RFC 4180): "two lines ⏎ of ""one"" cell".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import LANGS, Document, Lang, Segment

_SOURCE = ("source", "src")
_TARGET = ("target", "tgt", "mt", "translation")
_QUOTED = {
    "\n": re.compile(r'"((?:[^"]++|"")*+)"(?=\t|\r?\n|\r?\Z)'),
    "\r": re.compile(r'"((?:[^"]++|"")*+)"(?=\t|\r|\Z)'),
}  # by the line end of the file
_BREAK = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells as they stand in the file, what they say, the line end, and the number of the first line."""

    raw: tuple[str, ...]
    cells: tuple[str, ...]
    ending: str
    line: int

    @property
    def blank(self) -> bool:
        return not "".join(self.raw).strip()


class Tsv(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".tsv", ".tab")
    bilingual: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        bom = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        text = files.decode(data, name)
        if not text.strip():
            raise InputError("is empty: no row to work on", where=name)
        newline = "\r" if "\n" not in text and "\r" in text.strip() else "\n"
        (first, *rows), plain = _read(text, newline)
        header = [cell.strip().lower() for cell in first.cells]
        at_source, at_target, source, target = _columns(header, source, target, name)
        segments: list[Segment] = []
        for number, row in enumerate(rows):
            if row.blank:
                continue
            cells, where = row.cells, f"{name}:{row.line}"
            if len(cells) != len(header):
                said = f"{len(cells)} {'column' if len(cells) == 1 else 'columns'} where the header has {len(header)}"
                raise InputError(said, where=where, hint="a tab inside a cell, or a missing one?")
            if max(map(len, cells)) > MAX_UNIT:
                raise InputError(f"a cell has {max(map(len, cells)):,} characters", where=where)
            given = cells[at_target] if at_target is not None else None
            segments.append(
                Segment(
                    id=cells[header.index("id")] if "id" in header else "",
                    source=cells[at_source],
                    target=given or None,
                    meta={
                        "row": number,
                        "line": row.line,
                        "given": given,
                        "columns": dict(zip(header, cells, strict=True)),
                    },
                )
            )
        if not segments:
            raise InputError("has a header and no row", where=name)
        taken = {segment.id for segment in segments}
        segments = [s if s.id else replace(s, id=base.key(s.meta["row"] + 1, taken, "row")) for s in segments]
        mixed = base.mixed(((s.source, "", s.meta["line"]) for s in segments), name) if source is None else {}
        meta = mixed or base.doubled(((s.id, s.meta["line"]) for s in segments), name)
        return Document(
            name, "tsv", tuple(segments), source, target, (bom, first, rows, at_target, newline, plain), meta
        )

    def fresh(self, document: Document) -> bytes:
        rows = [("id", "source", "target")]
        rows += [(_cell(s.id), _cell(s.source), _cell(s.target or "")) for s in document.segments]
        return "".join("\t".join(row) + "\n" for row in rows).encode("utf-8")

    def write(self, document: Document) -> bytes:
        bom, first, rows, at, newline, plain = document.skeleton
        targets = {segment.meta["row"]: segment for segment in document.segments}
        added = at is None and any(segment.target is not None for segment in document.segments)
        breaking = any({"\t", "\n", "\r"} & set(segment.target or "") for segment in document.segments)

        def cell(text: str) -> str:
            return text if plain and not breaking else _cell(text, newline)

        out: list[str] = [bom, "\t".join(first.raw), "\ttarget" if added else "", first.ending]
        for number, row in enumerate(rows):
            cells, segment = list(row.raw), targets.get(number)
            if plain and breaking:  # quotes of the text would be taken for those around a cell
                cells = [_cell(one, newline) for one in cells]
            if segment is not None and added:
                cells.append(cell(segment.target or ""))
            elif segment is not None and segment.target is not None and segment.target != segment.meta["given"]:
                cells[at] = cell(segment.target)
            out += ("\t".join(cells), row.ending)
        return "".join(out).encode("utf-8")


def _read(text: str, newline: str) -> tuple[list[_Row], bool]:
    """The rows, and whether no cell of the file is in quotes.

    The file has such cells where its header is in quotes, or one of its cells in quotes is empty or holds what must
    stand in quotes (a tab, a line break, a doubled quote). Else quotes around a cell are those of the text: `"Live and
    learn."`
    """
    rows = list(_rows(text, newline))
    quoted = [(n, raw) for n, row in enumerate(rows) for raw, one in zip(row.raw, row.cells, strict=True) if raw != one]
    if any(not n or raw == '""' or re.search(r'[\t\r\n]|""', raw[1:-1]) for n, raw in quoted):
        return rows, False
    return [replace(row, cells=row.raw) for row in rows], True


def _rows(text: str, newline: str) -> Iterator[_Row]:
    """The rows of a table. A cell that begins with a quote is in quotes where it closes as one, over several lines too;
    other quotes are characters of the text: `"Yes," he said`.

    Two such quotes may stand in different cells ("open⇥shut"): where the lines have their columns without it, a pair
    of quotes around a tab is no cell.
    """
    at, line, width = 0, 1, 0
    while at < len(text):
        raw: list[str] = []
        cells: list[str] = []
        start, stop = at, -1
        while True:
            quoted = _QUOTED[newline].match(text, at)
            if quoted is not None and not _around_cells(text, start, quoted, newline, width):
                end = quoted.end()
                cells.append(_BREAK.sub("\n", quoted.group(1).replace('""', '"')))
            else:
                stop = stop if at <= stop else _line_end(text, at, newline)
                end = text.find("\t", at, stop)
                end = stop if end < 0 else end
                cells.append(text[at:end])
            raw.append(text[at:end])
            at = end
            if text[at : at + 1] != "\t":
                break
            at += 1
        end = min(len(text), _find(text, newline, at) + 1)
        yield _Row(tuple(raw), tuple(cells), text[at:end], line)
        width = width or len(raw)
        line += text.count(newline, start, end)
        at = end


def _around_cells(text: str, start: int, quoted: re.Match[str], newline: str, width: int) -> bool:
    """Is a pair of quotes one of two characters in different cells? By the lines from the row's start to where the
    closing one stands: each has the columns of the header for itself. Asked only of a pair with a tab in between."""
    if "\t" not in quoted.group():
        return False
    lines = text[start : _line_end(text, quoted.end(), newline)].split(newline)
    return all(line.count("\t") + 1 == width for line in lines)


def _line_end(text: str, at: int, newline: str) -> int:
    """Where the line ends, before the carriage return of a Windows line."""
    end = _find(text, newline, at)
    return end - 1 if newline == "\n" and end > at and text[end - 1] == "\r" else end


def _find(text: str, what: str, at: int) -> int:
    found = text.find(what, at)
    return len(text) if found < 0 else found


def _cell(text: str, newline: str = "\n") -> str:
    """In quotes where a tab or line breaks would be columns and rows, or a quote at the start the beginning of such a
    cell. Tabs between line breaks become spaces: such a cell could be taken for lone quotes in two."""
    if not {"\t", "\n", "\r"} & set(text) and not text.startswith('"'):
        return text
    inside = _BREAK.sub("\n", text)
    if "\n" in inside:
        inside = inside.replace("\t", " ").replace("\n", newline)
    doubled = inside.replace('"', '""')
    return f'"{doubled}"'


def _columns(
    header: list[str], source: Lang | None, target: Lang | None, name: str
) -> tuple[int, int | None, Lang | None, Lang | None]:
    """Where source and target stand: by name, else by language code, else the first two columns named for languages."""
    if twice := next((cell for cell in header if cell and header.count(cell) > 1), None):
        raise InputError(f"names the column {twice!r} twice", where=f"{name}:1", hint="keep one of them")
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
