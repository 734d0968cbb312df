"""Inputs of a job: line formats are read and written line by line, so that memory stays flat; others file by file."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline import files
from pipeline.errors import InputError, OutputError
from pipeline.formats import base as formats
from pipeline.formats import jsonl, plurals, woven
from pipeline.model import Document, Lang, Segment, State

LookUp = Callable[[list[str]], dict[str, tuple[str | None, str | None]]]  # source: target, answer as JSON
_LINES = {"text", "jsonl"}
_BLOCK = 2000


def content_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def sources(path: Path, form: str, source: Lang, target: Lang) -> Iterator[list[str]]:
    """Sources to translate, in blocks. Raises InputError with file and line."""
    if form in _LINES:
        block: list[str] = []
        for number, line in _lines(path):
            text = _source(line, form, path, number)
            if text:
                block.append(text)
            if len(block) >= _BLOCK:
                yield block
                block = []
        yield block
        return
    document = formats.plugin(form).read(files.read_bytes(path), str(path), source, target)
    yield [segment.source for segment in document.segments if _wanted(segment)]


def _wanted(segment: Segment) -> bool:
    return segment.open and not (segment.target or "").strip()


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines with their endings. Raises InputError for what is not UTF-8 or absurdly long."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                if len(raw) > 4 * formats.MAX_UNIT:
                    raise InputError(f"the line has {len(raw):,} bytes", where=f"{path}:{number}")
                try:
                    yield number, raw.decode("utf-8")
                except UnicodeDecodeError:
                    yield number, files.decode(raw, str(path), number)  # raises, with the encoding it looks like
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _source(line: str, form: str, path: Path, number: int) -> str:
    if form == "text":
        return line.strip().removeprefix("\ufeff")
    if not line.strip():
        return ""
    record = jsonl.line_of(line.removeprefix("\ufeff"), f"{path}:{number}")
    return "" if (record.get("target") or "").strip() else str(record["source"])


def write(path: Path, form: str, out: Path, look_up: LookUp, source: Lang, target: Lang) -> tuple[int, list[Segment]]:
    """The translated file. Returns how many segments got a target, and (for other than line formats) the segments."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if form in _LINES:
        return _write_lines(path, form, out, look_up), []
    plugin = formats.plugin(form)
    document = plugin.read(files.read_bytes(path), str(path), source, target)
    found = look_up([segment.source for segment in document.segments if _wanted(segment)])
    done = [_done(segment, found, target) for segment in document.segments]
    made = Document(document.name, form, tuple(done), source, target, document.skeleton, document.meta)
    files.write_bytes(out, plugin.write(made))
    return sum(segment.target is not None for segment in done), done


def _done(segment: Segment, found: dict[str, tuple[str | None, str | None]], target: Lang) -> Segment:
    row = found.get(segment.source)
    if row is None or row[0] is None or not _wanted(segment):
        return segment
    provenance = str(json.loads(row[1] or "{}").get("provenance", ""))
    text, _ = plurals.fitted(segment, row[0], (), target)
    return replace(segment, target=text, state=State.TRANSLATED, provenance=provenance)


def coded(inputs: Iterable[tuple[str, str]], texts: Iterable[str], source: Lang, target: Lang) -> dict[str, str]:
    """Texts of a job as they stand in its files, (path, format), with their codes: "Hello %s" for "Hello "."""
    wanted, said = set(texts), dict[str, str]()
    for path, form in inputs:
        if not wanted:
            break
        if form in _LINES:  # no codes
            continue
        with contextlib.suppress(InputError):  # gone since
            document = formats.plugin(form).read(files.read_bytes(path), path, source, target)
            document = replace(document, format=form)
            for segment, shown in zip(document.segments, woven.shown(document).segments, strict=True):
                if segment.source in wanted:
                    said[segment.source] = shown.source
                    wanted.remove(segment.source)
    return said


_NONE = (None, None)


def _write_lines(path: Path, form: str, out: Path, look_up: LookUp) -> int:
    count = 0
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for block in _blocks(_lines(path)):
                    pairs = [(line, _source(line, form, path, number)) for number, line in block]
                    found = look_up([text for _, text in pairs if text])
                    made = [(line, text, found.get(text, _NONE)[0]) for line, text in pairs]
                    count += sum(target is not None for _, _, target in made)
                    file.write("".join([_line(*each, form) for each in made]).encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, out)  # noqa: PTH105
            temporary = ""
        finally:
            if temporary:
                with contextlib.suppress(OSError):
                    Path(temporary).unlink()
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", where=str(out), hint="then: batch export") from error
    return count


def _line(line: str, text: str, target: str | None, form: str) -> str:
    if target is None:
        return line
    if form == "text":
        at = line.index(text)
        return line[:at] + " ".join(target.split("\n")) + line[at + len(text) :]
    bare = line.removeprefix("\ufeff")
    record = {**json.loads(bare), "target": target}
    ending = "\r\n" if line.endswith("\r\n") else "\n" if line.endswith("\n") else ""
    return line[: len(line) - len(bare)] + json.dumps(record, ensure_ascii=False) + ending


def _blocks(items: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for item in items:
        block.append(item)
        if len(block) >= _BLOCK:
            yield block
            block = []
    if block:
        yield block
