"""What a file format does: bytes to a Document, a Document back to bytes, everything else byte-identical."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Container, Iterable
from pathlib import Path
from typing import ClassVar

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.model import Document, Lang

MAX_UNIT = 1_000_000  # characters of one unit; more than that is no text that a person wrote
_INSTEAD = {
    **dict.fromkeys((".doc", ".rtf", ".odt", ".wps", ".pages"), "save it as .docx"),
    **dict.fromkeys((".ppt", ".pptx", ".key"), "export its text as .docx or XLIFF"),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".csv"), "save it as TSV with the columns source and target"),
    **dict.fromkeys((".yaml", ".yml", ".properties", ".strings", ".resx"), "make PO, XLIFF or JSON of its messages"),
    ".pdf": "take the document it was made from, or save its text as .docx or .txt",
}


class Format(ABC):
    """A format is one module with a module-level `PLUGIN` instance; its docstring's first line is its title."""

    suffixes: ClassVar[tuple[str, ...]] = ()
    bilingual: ClassVar[bool] = False  # carries source and target side by side
    sentences: ClassVar[bool] = False  # its units are running text that may be cut into sentences
    encoded: ClassVar[bool] = False  # its files say their encoding themselves, or are no text

    @abstractmethod
    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        """Raises InputError (file:line) for what cannot be read. `Document.format` is left to the caller."""

    def read_paired(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        """As `read`, for laying a document beside its translation: text without a letter may be there too, since the
        translation of a text with letters may have none."""
        return self.read(data, name, source, target)

    def wanted(self, path: str) -> bool:
        """Is a file with this suffix that lies in a folder, or in a package, one to translate?"""
        return True

    def fresh(self, document: Document) -> bytes | None:
        """A new file of this format with the sources and targets of a document of another; None where a format cannot
        be made from nothing. Codes of the segments are as `convert.portable` leaves them."""
        return None

    @abstractmethod
    def write(self, document: Document) -> bytes:
        """The file again, with the targets of its segments; bytes that carry no target are those that were read.

        Monolingual formats: a segment whose target is None keeps its source.
        """


def key(number: int, taken: Container[str], unit: str = "line") -> str:
    """An id for what has none: its number, or "line-7" where the id "7" is given to another."""
    return f"{unit}-{number}" if str(number) in taken else str(number)


def unseen(text: str) -> str | None:
    """What nobody sees in a text that cannot be read: "a control character (U+0000)"; None where there is none."""
    found = re.search(r"[\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    if found is None:
        return None
    what = "a byte order mark within the text" if found.group() == "\ufeff" else "a control character"
    return f"{what} (U+{ord(found.group()):04X})"


def doubled(ids: Iterable[tuple[str, int]], name: str) -> dict[str, str]:
    """A document's `meta` with a warning where an id stands twice; `ids` with their lines. Nothing is mixed up in what
    goes out, but --explain and --dismiss would mean several segments."""
    first: dict[str, int] = {}
    again: list[tuple[str, int]] = []
    for each, line in ids:
        if first.setdefault(each, line) != line:
            again.append((each, line))
    if not again:
        return {}
    one, line = again[0]
    more = f", {len(again) - 1} more like it" if len(again) > 1 else ""
    said = f"the id {one!r} stands in line {first[one]} already{more} (give each segment its own)"
    return {"warning": f"{name}:{line}: warning: {said}"}


def mixed(rows: Iterable[tuple[str, str, int]], name: str) -> dict[str, str]:
    """A document's `meta` with a warning where rows are in a language that is not that of the rest, told by the script
    of those that are long enough to tell. Each row: its text, what it says its language is ("" for nothing), its line.

    For files whose source language is told from the text as a whole: a row of another is translated from the wrong one.
    """
    from pipeline.languages.detect import clear, language

    known = list(rows)
    first = next((said for _, said, _ in known if said), "")
    found = first or language("\n".join(text[:2000] for text, _, _ in known[:1000]))
    others = [(line, lang) for text, said, line in known if (lang := said or clear(text)) not in (None, found)]
    if not found or not others:
        return {}
    line, lang = others[0]
    more = f", {len(others) - 1} more like it" if len(others) > 1 else ""
    said = (
        f"is in {lang}, and {found} is the language found{more} (make a file of each language, or name it with --from)"
    )
    return {"warning": f"{name}:{line}: warning: {said}"}


def plugin(name: str) -> Format:
    found = registry.load("formats", name)
    assert isinstance(found, Format)
    return found


def known() -> Iterable[tuple[str, Format]]:
    for name in registry.names("formats"):
        yield name, plugin(name)


def by_suffix(path: str) -> str:
    """The format of the longest known suffix of a file name; "" where it has none."""
    file = Path(path).name.lower()
    matches = [(len(suffix), name) for name, fmt in known() for suffix in fmt.suffixes if file.endswith(suffix)]
    return max(matches)[1] if matches else ""


def by_name(path: str, default: str = "text") -> str:
    """The format a file name asks for: by its longest known suffix. Standard input is `default`.

    Raises UsageError for a suffix that no format knows.
    """
    if path == "-" or "." not in Path(path).name:
        return default
    if found := by_suffix(path):
        return found
    hint = _INSTEAD.get(Path(path).suffix.lower(), f"name one with --format: {', '.join(registry.names('formats'))}")
    raise UsageError(f"{path}: no format is known for this file name", hint=hint)
