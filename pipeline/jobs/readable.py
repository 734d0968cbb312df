"""What can be read of a batch job's store: by the run that holds it, and by others while it runs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import DataError, OutputError, UsageError
from pipeline.jobs.results import seal
from pipeline.jobs.shard import digest

VERSION = 2  # of the tables
OPEN, DONE, FAILED = 0, 1, 2  # states of a shard
_FACTS = {"facts", "rate", "replay", "journal"}
_RESULT = "SELECT id, digest, target, answer, error, seal FROM texts"
_TOGETHER = 500  # texts looked up by one query; SQLite before 3.32 knows 999 parameters at most


class Readable:
    """A store that is open. Everything raises DataError for a damaged one, OutputError for a disk that fails."""

    folder: Path
    path: Path
    _db: sqlite3.Connection
    _last: int = 0  # id of the last text that was looked up

    def get(self, key: str, default: Any = None) -> Any:
        row = self._one("SELECT value, seal FROM facts WHERE key = ?", (key,))
        if row is None:
            return default
        if row[1] not in (None, seal(row[0])):
            raise self._damaged()
        return json.loads(row[0])

    def files(self) -> list[tuple[int, str, str, str, str, int]]:
        """(id, path, format, digest, error, segments) in order."""
        return self._all("SELECT id, path, format, digest, error, segments FROM files ORDER BY id")

    def counts(self) -> dict[str, int]:
        """Texts and characters: all, done, failed; files; segments."""
        total, done, failed = self._one("SELECT count(*), count(target), count(error) FROM texts")
        segments = self._one("SELECT coalesce(sum(segments), 0) FROM files")[0]
        files, broken = self._one("SELECT count(*), sum(error <> '') FROM files")
        todo = self._one(f"SELECT coalesce(sum(size), 0) FROM shards WHERE state = {OPEN}")[0]
        return {
            "texts": total, "done": done, "failed": failed, "segments": segments, "files": files,
            "broken_files": broken or 0, "characters_left": todo,
        }  # fmt: skip

    def failures(self, limit: int = 50) -> list[tuple[str, str]]:
        """(source, error) of texts that were set aside."""
        return self._all("SELECT source, error FROM texts WHERE error IS NOT NULL ORDER BY id LIMIT ?", (limit,))

    def look_up(self, sources: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
        """(target, answer as JSON) of each source that the job has. Raises DataError where its checksum is wrong.

        Files are mostly asked for as they were read: then the rows behind the last one found are those that are wanted,
        and reading them in a row costs a fraction of looking each up.
        """
        found: dict[str, tuple[str | None, str | None]] = {}
        keys = {digest(source): source for source in sources}
        rows = self._all(f"{_RESULT} WHERE id > ? AND id <= ?", (self._last, self._last + len(keys)))
        there = {row[1] for row in rows}
        rest = [key for key in keys if key not in there]
        for start in range(0, len(rest), _TOGETHER):
            part = rest[start : start + _TOGETHER]
            rows += self._all(f"{_RESULT} WHERE digest IN ({','.join('?' * len(part))})", part)
        for identity, key, target, answer, error, sealed in rows:
            source = keys.get(key)
            if source is None:
                continue
            if sealed is not None and sealed != seal(target, answer, error):
                raise self._damaged()
            found[source] = (target, answer)
            self._last = max(self._last, identity)
        return found

    def _sealed(self, sealed: int | None, *parts: str | None, key: str = "facts") -> None:
        """Of version 1 there are rows without a seal."""
        if sealed not in (None, seal(*parts)) or key not in _FACTS:
            raise self._damaged()

    def _one(self, query: str, values: Sequence[Any] = ()) -> Any:
        try:
            return self._db.execute(query, values).fetchone()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        try:
            return self._db.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._failed(error) from error

    def _each(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        try:
            yield from self._db.execute(query, values)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> DataError | OutputError:
        """A full disk, a folder that cannot be written, or a damaged file."""
        if isinstance(error, sqlite3.OperationalError) and "UTF-8" not in str(error):
            hint = "mend that (free space, rights), then: palladius batch resume"
            return OutputError(f"cannot be written: {error}", where=str(self.path), hint=hint)
        return self._damaged()

    def _damaged(self) -> DataError:
        return DataError(
            "is damaged", where=str(self.path), hint="palladius batch resume rebuilds it from results.jsonl"
        )


def absent(folder: Path) -> DataError | UsageError:
    """What to raise where there is no store."""
    if (folder / "results.jsonl").is_file():
        return DataError("is gone", where=str(folder / "job.sqlite"), hint="palladius batch resume rebuilds it")
    return UsageError("no such job", where=str(folder), hint="palladius batch run starts one")


class Glance(Readable):
    """A look at a job that may be at work: holds no lock, changes nothing. Raises UsageError where there is no job."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "job.sqlite"
        if not self.path.is_file():
            raise absent(folder)
        self._db = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        try:
            if self._one("PRAGMA user_version")[0] < VERSION:
                hint = "palladius batch resume goes on with it"
                raise UsageError("has only just begun, or is of an older version", where=str(folder), hint=hint)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Glance:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
