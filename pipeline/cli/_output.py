"""What an output name asks for: the format that comes in, or a bitext made of it; never one under another's name."""

from __future__ import annotations

from dataclasses import replace

from pipeline.cli import _common as common
from pipeline.errors import UsageError
from pipeline.model import Document, Lang

_TITLES = {"jsonl": "JSON lines", "tsv": "a table", "tmx": "TMX", "xliff": "XLIFF 1.2"}


def kind(document: Document, output: str, file: str) -> str:
    """The format to write. Raises UsageError where the name is that of one that cannot be made."""
    from pipeline.formats import base, convert

    if output == "-" or document.meta.get("folder"):
        return document.format
    asked = base.by_suffix(output)
    if asked in ("", document.format, base.by_suffix(file) if file != "-" else ""):
        return document.format
    if (asked, document.format) == ("json", "jsonl"):  # JSON lines under the shorter name
        return document.format
    if asked in convert.MADE and document.format != "zip":
        return asked
    own = base.plugin(document.format).suffixes[0]
    others = " ".join(suffix for suffix in (".xlf", ".tmx", ".tsv", ".jsonl") if suffix != own)
    hint = f"end the name in {own}, or in {others} for source and translation side by side"
    if document.format == "zip":
        hint = f"end the name in {own}"
    elif file == "-":
        hint = f"name the format of the input with --format {asked}"
    raise UsageError(f"{output}: is a name for {asked}, and {document.format} would be written", hint=hint)


def of_lines(output: str) -> None:
    """Raises UsageError for a name that is not one of JSON lines."""
    _fits(output, "JSON lines", ("jsonl", "json", "text"), "leave out --json, or end the name in .jsonl")


def of_text(output: str) -> None:
    """Raises UsageError for a name that is not one of a summary for people."""
    hint = "end the name in .txt; --json gives JSON lines, --report F.html a page"
    _fits(output, "a summary as text", ("text", "markdown"), hint)


def of(name: str, output: str) -> None:
    """Raises UsageError for a name that belongs to another format."""
    _fits(output, name.upper(), (name,), f"end the name in .{name}")


def _fits(output: str, what: str, allowed: tuple[str, ...], hint: str) -> None:
    from pipeline.formats import base

    asked = "" if output == "-" else base.by_suffix(output)
    if asked and asked not in allowed:
        raise UsageError(f"{output}: is a name for {asked}, and {what} would be written", hint=hint)


def write(output: str, document: Document, name: str, source: Lang, target: Lang) -> str:
    """Writes the document, in another format where `name` is one. Returns what to tell about that, or ""."""
    from pipeline.formats import convert

    if name == document.format:
        common.write(output, document)
        return ""
    data = convert.converted(replace(document, source_lang=source, target_lang=target), name)
    common.files.write_bytes(output, data)
    lost = name in ("tsv", "jsonl") and convert.has_markup(document)
    without = "; its inline codes (bold, links ...) are left out" if lost else ""
    return f"{output}: {document.format} written as {_TITLES[name]}, source and translation side by side{without}"


def by_hand(document: Document) -> str:
    """What to tell of the messages that hold something no engine translates, or ""."""
    left = [segment.id for segment in document.segments if segment.meta.get("by_hand")]
    if not left:
        return ""
    some = ", ".join(left[:5]) + (" ..." if len(left) > 5 else "")
    return f"{document.name}: plural and select forms (ICU) are left as they are, write them by hand: {some}"
