"""The journal of a job's results: one JSON line a text, sealed with a checksum, from which a store can be rebuilt."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError

Row = tuple[str, str | None, str | None, str | None]  # digest of the source in hex, target, answer as JSON, error


def seal(*parts: str | None) -> int:
    """CRC-32 of texts that belong together; None and the empty string are told apart."""
    return zlib.crc32(b"\xfe".join([b"\xff" if p is None else p.encode("utf-8", "surrogatepass") for p in parts]))


class Journal:
    """Appends results and fsyncs them. Raises OutputError where it cannot."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = path.open("ab")
            if self._file.tell() and not _ends_line(path):
                self._file.write(b"\n")  # a kill cut the last line short: the next one must not become part of it
        except OSError as error:
            raise self._failed(error) from error

    def append(self, rows: Sequence[Row], seals: Sequence[int]) -> int:
        """seals: of each row's target, answer and error. Returns where the journal ends now, in bytes."""
        lines = [_line(row, sealed) for row, sealed in zip(rows, seals, strict=True)]
        try:
            self._file.write("".join(lines).encode("utf-8", "surrogatepass"))
            self._file.flush()
            os.fsync(self._file.fileno())
            return self._file.tell()
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        try:
            self._file.close()
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> OutputError:
        hint = "free some space, then: palladius batch resume"
        return OutputError(f"cannot be written: {error.strerror}", where=str(self.path), hint=hint)


def _line(row: Row, sealed: int) -> str:
    """What json.dumps(..., ensure_ascii=False) makes of it, at a third of the time."""
    key, *texts = ["null" if part is None else encode_basestring(part) for part in row]
    return f"[{key}, {', '.join(texts)}, {sealed}]\n"


def _ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def read(path: Path, start: int = 0) -> Iterator[Row]:
    """Rows from byte `start` on whose seal is whole; what a kill cut short, or a disk damaged, is passed over.

    Lines of version 1 have no seal, and the answer as an object.
    """
    if not path.is_file():
        return
    with path.open("rb") as file:
        file.seek(start)
        for line in file:
            row = _row(line)
            if row is not None:
                yield row


def _row(line: bytes) -> Row | None:
    try:
        entry: Any = json.loads(line.decode("utf-8", "surrogatepass"))
        key, target, answer, error = entry[:4]
        bytes.fromhex(key)
    except (ValueError, TypeError, KeyError):
        return None
    if len(entry) == 4:
        return key, target, json.dumps(answer, ensure_ascii=False) if answer else None, error or None
    if not all(part is None or isinstance(part, str) for part in (target, answer, error)):
        return None
    return (key, target, answer, error) if seal(target, answer, error) == entry[4] else None
