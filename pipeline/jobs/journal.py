"""The journal of a review: JSON lines, each on the disk before work goes on; a kill loses half a line at most."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.errors import DataError, OutputError


def append(path: Path, record: dict[str, Any]) -> None:
    """Adds a line and waits for the disk. A line that a kill left half-written is closed first."""
    try:
        with path.open("a+b") as file:
            line = (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8")
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        hint = "free some space; what was confirmed before is safe"
        raise OutputError(f"cannot be written: {error.strerror or error}", where=str(path), hint=hint) from error


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a journal; half-written lines are passed over. Raises DataError for a file that is something else."""
    if not path.is_file():
        return
    good = bad = 0
    for line in files.read_bytes(path).split(b"\n"):
        try:
            record = json.loads(line) if line.strip() else None
        except ValueError:
            bad += 1
            continue
        if isinstance(record, dict) and {"n", "id", "source", "first", "target", "state"} <= record.keys():
            good += 1
            yield {"seconds": 0.0, "edits": 0, "accepted": 0, "dismissed": 0, **record}
        elif record is not None:
            bad += 1
    if bad and not good:
        raise DataError("is no journal of palladius review", where=str(path), hint="move it away")
