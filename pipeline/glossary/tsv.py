"""Glossary tables: tab-separated (the contract's columns, any order) and CSV."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.errors import DataError
from pipeline.glossary.entry import GENDERS, KIND_NAMES, format_cell, parse_cell
from pipeline.model import LANGS, Form, Lang, Term

COLUMNS = ("id", "zh", "ru", "en", "kind", "gender", "ru_forbidden", "en_forbidden", "zh_forbidden", "note", "source")
_LANG_COLUMNS = frozenset(LANGS)
Flaw = Callable[[str, str, DataError], None]
"""What is done with a row that does not fit: its rule (kind, gender, cell, cells, empty), its id, and what is wrong; or
with a column (rule: column), by its name."""


def refused(_rule: str, _key: str, error: DataError) -> None:
    """Reading ends at the first flaw."""
    raise error


def _unquote(cell: str) -> str:
    """A cell that a spreadsheet wrapped in quotes because quotes stand inside it."""
    if len(cell) > 2 and cell[0] == cell[-1] == '"':
        inner = cell[1:-1]
        if '""' in inner and '"' not in inner.replace('""', ""):
            return inner.replace('""', '"')
    return cell


def _tsv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if line.strip() and not line.startswith("#"):
            yield number, [_unquote(cell.strip(" ")) for cell in line.split("\t")]


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise DataError(f"is not CSV: {error}", where=f"{name}:{reader.line_num}", hint="check the quotes") from error


def read(text: str, name: str, *, dialect: str = "tsv", flaw: Flaw = refused) -> tuple[Term, ...]:
    """The terms of a table. Raises DataError with file and line for a row that does not fit; where `flaw` raises none,
    what does not fit is left out and reading goes on."""
    text = text.removeprefix("\ufeff")
    rows = _csv_rows(text, name) if dialect == "csv" else _tsv_rows(text)
    header: list[str] | None = None
    terms: list[Term] = []
    for number, cells in rows:
        if header is None:
            header = _header(cells, f"{name}:{number}")
            _mistyped(header, f"{name}:{number}", flaw)
        else:
            term = _term(header, cells, name, number, flaw)
            terms += [term] if term is not None else []
    if header is None:
        raise DataError("has no header row", where=name, hint="the first row names the columns: " + " ".join(COLUMNS))
    return tuple(terms)


def _header(cells: Sequence[str], where: str) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    if not _LANG_COLUMNS & set(header):
        raise DataError(
            "has no zh, ru or en column", where=where, hint="the first row names the columns: " + " ".join(COLUMNS)
        )
    double = [name for name in header if name and header.count(name) > 1]
    if double:
        raise DataError(f"names the column {double[0]!r} twice", where=where, hint="keep one of them")
    return header


def _mistyped(header: Sequence[str], where: str, flaw: Flaw) -> None:
    """Tells of a column that is not read and has nearly the name of one that is; columns of one's own are nobody's
    business. Where reading ends at the first flaw this is none."""
    if flaw is refused:
        return
    free = {_in_order(column): column for column in COLUMNS if column not in header}
    for name in header:
        near = difflib.get_close_matches(_in_order(name), free, 1, 0.7)
        if name not in COLUMNS and near:
            hint = f"is {free[near[0]]} meant?"
            flaw("column", name, DataError(f"the column {name!r} is not read", where=where, hint=hint))


def _in_order(column: str) -> str:
    """forbidden_ru is ru_forbidden."""
    return "_".join(sorted(column.split("_")))


def _term(header: Sequence[str], cells: Sequence[str], name: str, number: int, flaw: Flaw) -> Term | None:
    where = f"{name}:{number}"
    row = dict(zip(header, cells, strict=False))
    key = row.get("id", "") or f"row-{number}"
    if len(cells) > len(header) and any(cells[len(header) :]):
        said = f"row has {len(cells)} cells, the header {len(header)}"
        flaw("cells", key, DataError(said, where=where, hint="check the tabs"))
    kind = row.get("kind", "").lower()
    if kind not in KIND_NAMES:
        known = ", ".join(k for k in KIND_NAMES if k)
        flaw("kind", key, DataError(f"unknown kind {kind!r}", where=where, hint=f"one of {known}"))
    gender = row.get("gender", "").lower()
    if gender not in GENDERS:
        flaw("gender", key, DataError(f"unknown gender {gender!r}", where=where, hint="m, f or nothing"))
    forms: dict[Lang, tuple[Form, ...]] = {}
    forbidden: dict[Lang, tuple[Form, ...]] = {}
    for lang in LANGS:
        for column, into in ((lang, forms), (f"{lang}_forbidden", forbidden)):
            try:
                parsed = parse_cell(row.get(column, ""))
            except ValueError as error:
                hint = "a note is written {m} behind its form"
                flaw("cell", key, DataError(f"column {column}: {error}", where=where, hint=hint))
                continue
            if parsed:
                into[lang] = parsed
    if not forms:
        if not any(row.get(lang) for lang in LANGS):
            flaw("empty", key, DataError("row has no form in any language", where=where, hint="fill zh, ru or en"))
        return None
    return Term(
        id=key,
        forms=forms,
        kind=KIND_NAMES.get(kind, "term"),
        gender=GENDERS.get(gender, ""),
        forbidden=forbidden,
        note=row.get("note", ""),
        source=row.get("source", ""),
        origin=where,
    )


def _cells(term: Term) -> list[str]:
    by_column = {
        "id": term.id, "kind": term.kind, "gender": term.gender, "note": term.note, "source": term.source,
        **{lang: format_cell(term.forms.get(lang, ())) for lang in LANGS},
        **{f"{lang}_forbidden": format_cell(term.forbidden.get(lang, ())) for lang in LANGS},
    }  # fmt: skip
    return [by_column[column] for column in COLUMNS]


def write(terms: Iterable[Term]) -> str:
    """The contract's TSV; tabs and line breaks inside a cell become spaces."""
    lines = ["\t".join(COLUMNS)]
    for term in terms:
        lines.append("\t".join(" ".join(cell.split()) for cell in _cells(term)))
    return "\n".join(lines) + "\n"


def write_csv(terms: Iterable[Term]) -> str:
    """The same columns as CSV (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in terms:
        writer.writerow(_cells(term))
    return out.getvalue()
