"""Glossaries as files: read one or many, later ones win; write any of the formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.errors import DataError, UsageError
from pipeline.files import decode, read_bytes
from pipeline.glossary import tsv
from pipeline.glossary.entry import SHADED
from pipeline.glossary.fold import key
from pipeline.model import Lang, Term

FORMATS = ("tsv", "csv", "tbx")
_MEMBERS = {".tsv": "tsv", ".tab": "tsv", ".txt": "tsv", ".csv": "csv", ".tbx": "tbx", ".xml": "tbx"}
_MAX_BYTES = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """Terms in reading order. `origin`: what they were read from, for messages; `unread`: columns that look mistyped,
    as lines with file and line."""

    terms: tuple[Term, ...] = ()
    origin: str = ""
    unread: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def get(self, term_id: str) -> Term | None:
        return next((term for term in self.terms if term.id == term_id), None)

    def over(self, base: Glossary) -> Glossary:
        """This glossary laid over `base`: entries of `base` with the same id give way. Their Chinese and English forms
        that stand here too are no longer found in a source, but remain right renderings of the rest of their entry."""
        ids = {term.id for term in self.terms}
        kept: list[Term] = []
        own: dict[Lang, set[str]] = {lang: _keys(self.terms, lang) for lang in ("zh", "en")}
        for term in base.terms:
            if term.id in ids:
                continue
            forms = dict(term.forms)
            for lang, taken in own.items():
                if lang in forms:
                    forms[lang] = tuple(
                        replace(form, notes=SHADED) if key(form.text, lang) in taken else form for form in forms[lang]
                    )
            kept.append(term if forms == dict(term.forms) else replace(term, forms=forms))
        origin = " + ".join(part for part in (base.origin, self.origin) if part)
        return Glossary((*kept, *self.terms), origin, (*base.unread, *self.unread))


def _keys(terms: Iterable[Term], lang: Lang) -> set[str]:
    return {key(form.text, lang) for term in terms for form in term.forms.get(lang, ())}


def parse(data: bytes, name: str, form: str = "", flaw: tsv.Flaw = tsv.refused) -> Glossary:
    """A glossary from bytes; `form` is one of FORMATS, told from the name or the first bytes where empty."""
    form = form or _MEMBERS.get(Path(name).suffix.lower(), "")
    if not form:
        form = "tbx" if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else "tsv"
    if form == "tbx":
        from pipeline.glossary import tbx

        return Glossary(tbx.read(data, name), name)
    if form not in FORMATS:
        raise UsageError(f"unknown glossary format {form!r}", hint="one of " + ", ".join(FORMATS))
    unread: list[str] = []

    def strict(rule: str, key: str, error: DataError) -> None:
        if rule != "column":
            raise error
        unread.append(str(error))

    terms = tsv.read(decode(data, name), name, dialect=form, flaw=strict if flaw is tsv.refused else flaw)
    return Glossary(terms, name, tuple(unread))


def load(paths: Iterable[str | Path], flaw: tsv.Flaw = tsv.refused) -> Glossary:
    """The glossaries laid over each other, later ones win. A folder stands for the tables in it, however deep; the word
    `builtin` for the project's own, "-" for standard input. `flaw`: what is done with rows that do not fit.

    Raises InputError where a file cannot be read, DataError where it is broken.
    """
    whole = Glossary()
    for path in paths:
        place = Path(path)
        if str(path) == "builtin":
            folder = builtin_folder()
            if folder is None:
                raise DataError("the bundled glossaries are missing", hint="reinstall palladius")
            place = folder
        files = (
            sorted(file for file in place.rglob("*") if file.suffix.lower() in (".tsv", ".csv", ".tbx"))
            if place.is_dir()
            else [place]
        )
        if not files:
            raise DataError("holds no glossary", where=str(path), hint="it should hold .tsv, .csv or .tbx files")
        parts = [parse(read_bytes(file, limit=_MAX_BYTES), _named(file), flaw=flaw) for file in files]
        unread = tuple(line for part in parts for line in part.unread)
        together = Glossary(tuple(term for part in parts for term in part.terms), str(path), unread)
        whole = together.over(whole) if whole.terms else together
    return whole


def _named(file: Path) -> str:
    return "standard input" if str(file) == "-" else str(file)


def once(glossary: Glossary) -> Glossary:
    """The glossary. Raises DataError (file:line) where one file gives an id to two entries, which would be mixed up."""
    first: dict[tuple[str, str], str] = {}
    for term in glossary:
        file, _, line = term.origin.rpartition(":")
        known = first.setdefault((file, term.id), line)
        if file and known != line:
            raise DataError(
                f"the id {term.id!r} stands in line {known} already", where=term.origin, hint="give each entry its own"
            )
    return glossary


def remarks(glossary: Glossary) -> tuple[str, ...]:
    """What is not read in a glossary that can be used all the same, each with file and line: columns that look
    mistyped, notes in braces that are not understood."""
    from pipeline.languages.russian.paradigm import read_notes

    noted = (
        f"{term.origin}: {term.id}: the note {{{item}}} is not understood (see palladius glossary lint)"
        for term in glossary
        for form in term.forms.get("ru", ())
        if form.notes
        for item in read_notes(form.notes).unknown
    )
    return (*glossary.unread, *noted)


def builtin_folder() -> Path | None:
    """Where the project's own glossaries are: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "glossaries", package / "data" / "glossaries"):
        if folder.is_dir():
            return folder
    return None


@cache
def builtin() -> Glossary:
    """The project's own glossaries; empty where they are not installed."""
    folder = builtin_folder()
    return load([folder]) if folder is not None and any(folder.rglob("*.tsv")) else Glossary()


def dump(glossary: Glossary | Sequence[Term], form: str) -> bytes:
    """The glossary as a file of the given format: tsv, csv, tbx (the 2019 standard) or tbx2 (TBX-Basic of 2008)."""
    terms = tuple(glossary)
    if form == "tsv":
        return tsv.write(terms).encode()
    if form == "csv":
        return tsv.write_csv(terms).encode()
    if form in ("tbx", "tbx2", "tbx3"):
        from pipeline.glossary import tbx

        return tbx.write(terms, version=2 if form == "tbx2" else 3)
    raise UsageError(f"unknown glossary format {form!r}", hint="one of tsv, csv, tbx, tbx2")
