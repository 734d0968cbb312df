"""Flags that a person has dismissed: kept in a side file of JSON lines, so that they do not come back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import files
from pipeline.errors import DataError, UsageError
from pipeline.model import Document, Finding, Segment

Key = tuple[str, str, str]  # check, the marked words, the whole target


def key(finding: Finding, segment: Segment) -> Key:
    """A dismissal holds for the same check on the same words of the same target, wherever it stands."""
    target = segment.target or ""
    return finding.check, target[finding.start : finding.end], target


def beside(path: str, given: str | None) -> Path | None:
    """The side file: as given, else FILE.dismissed.jsonl beside the input; None for standard input."""
    if given:
        return Path(given)
    return None if path == "-" else Path(f"{path}.dismissed.jsonl")


def load(path: Path | None) -> frozenset[Key]:
    """Raises DataError with file and line for what cannot be read."""
    if path is None or not path.is_file():
        return frozenset()
    keys: set[Key] = set()
    for number, line in enumerate(files.decode(files.read_bytes(path), str(path)).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            keys.add((record["check"], record["text"], record["target"]))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError("is no dismissal", where=f"{path}:{number}", hint="remove the line") from error
    return frozenset(keys)


def without(document: Document, keys: frozenset[Key]) -> Document:
    if not keys:
        return document
    return document.with_segments(
        replace(s, findings=tuple(f for f in s.findings if key(f, s) not in keys)) for s in document.segments
    )


def add(path: Path | None, document: Document, wanted: Sequence[str], reason: str = "") -> int:
    """Dismisses ID:CHECK flags of the document; returns how many. Raises UsageError where one is not there."""
    if path is None:
        raise UsageError("standard input has no side file", hint="name one with --dismissed FILE")
    records: list[tuple[Finding, Segment]] = []
    for item in wanted:
        name, _, check = item.rpartition(":")
        hits = [(f, s) for s in document.segments if s.id == name for f in s.findings if f.check == check]
        if not hits:
            raise UsageError(f"nothing to dismiss at {item!r}", hint="ID:CHECK as the check names them")
        records += hits
    save(path, records, reason)
    return len(records)


def save(path: Path, records: Iterable[tuple[Finding, Segment]], reason: str = "") -> None:
    """Adds dismissals to the side file, each once."""
    known = load(path)
    old = files.read_bytes(path).decode("utf-8") if path.is_file() else ""
    new = []
    for finding, segment in records:
        check, text, target = key(finding, segment)
        if (check, text, target) not in known:
            record = {"check": check, "text": text, "target": target, "reason": reason, "id": segment.id}
            new.append(json.dumps(record, ensure_ascii=False) + "\n")
    files.write_text(path, old + "".join(new))
