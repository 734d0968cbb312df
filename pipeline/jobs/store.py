"""The store of a batch job: one SQLite file with numbered migrations, and a journal of results it can be rebuilt from.

Texts are kept once however often they occur. A shard is a set of texts of similar length; it is the unit of work and of
the transactions that write results, so that a result is there as a whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import DataError, OutputError, UsageError

try:
    import fcntl
except ImportError:  # not on Windows; there a job is not guarded against two runs at once
    fcntl = None  # type: ignore[assignment]

_MIGRATIONS = (
    """
    CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, format TEXT NOT NULL,
        digest TEXT NOT NULL DEFAULT '', segments INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
        ready INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE texts (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, source TEXT NOT NULL, shard INTEGER,
        target TEXT, answer TEXT, error TEXT);
    CREATE TABLE shards (id INTEGER PRIMARY KEY, texts INTEGER NOT NULL, size INTEGER NOT NULL,
        state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX texts_by_shard ON texts (shard);
    CREATE INDEX shards_open ON shards (state, size);
    """,
)
_OPEN, _DONE, _FAILED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Shard:
    id: int
    texts: tuple[tuple[int, str], ...]  # (id, source)
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """A finished text: its target and what the contract's JSON line says beside it."""

    text: int
    target: str | None
    answer: dict[str, Any]
    error: str = ""


def digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()


class Store:
    """Opens or makes the store in a folder, and holds its lock.

    Raises DataError for a damaged one, UsageError for one in use.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        self.path, self.journal = folder / "job.sqlite", folder / "results.jsonl"
        if not create and not self.path.is_file():
            raise UsageError("no such job", where=str(folder), hint="palladius batch run starts one")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / "lock").open("w")
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror}", where=str(folder)) from error
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UsageError(
                    "another run works on this job", where=str(folder), hint="wait for it, or stop it"
                ) from error
        try:
            self._open()
        except BaseException:
            self._lock.close()
            raise
        self._results = self.journal.open("ab")

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        try:
            if self._db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA cache_size=-65536")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > len(_MIGRATIONS):
                raise DataError("comes from a newer Palladius", where=str(self.path), hint="upgrade palladius")
            for number, script in enumerate(_MIGRATIONS[version:], version + 1):
                self._db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version={number}; COMMIT;")
        except sqlite3.DatabaseError as error:
            self._db.close()
            if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
                raise OutputError("the disk is full", where=str(self.path)) from error
            hint = "palladius batch resume rebuilds it from results.jsonl"
            raise DataError("is damaged", where=str(self.path), hint=hint) from error

    def close(self) -> None:
        self._results.close()
        self._db.close()
        self._lock.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Facts: direction, settings, inputs.

    def put(self, key: str, value: Any) -> None:
        self._do("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False)))

    def get(self, key: str, default: Any = None) -> Any:
        row = self._db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else default

    # Files and texts.

    def files(self) -> list[tuple[int, str, str, str, str, int]]:
        """(id, path, format, digest, error, segments) in order."""
        return self._db.execute("SELECT id, path, format, digest, error, segments FROM files ORDER BY id").fetchall()

    def waiting_files(self) -> list[tuple[int, str, str]]:
        return self._db.execute("SELECT id, path, format FROM files WHERE ready = 0 ORDER BY id").fetchall()

    def add_file(self, path: str, form: str) -> None:
        self._do("INSERT OR IGNORE INTO files (path, format) VALUES (?, ?)", (path, form))

    def add_texts(self, sources: Sequence[str]) -> None:
        """Adds those that are not there yet."""
        self._many("INSERT OR IGNORE INTO texts (digest, source) VALUES (?, ?)", ((digest(s), s) for s in sources))

    def file_ready(self, file: int, content: str, segments: int, error: str = "") -> None:
        query = "UPDATE files SET ready = 1, digest = ?, segments = ?, error = ? WHERE id = ?"
        self._do(query, (content, segments, error, file))

    def shard(self, size: int) -> None:
        """Cuts texts without a shard into shards of at most about `size` characters, the long ones first.

        A small job gets smaller shards, so that several workers have something to do.
        """
        todo = "FROM texts WHERE shard IS NULL AND target IS NULL AND error IS NULL"
        whole = self._db.execute(f"SELECT coalesce(sum(length(source) + 16), 0) {todo}").fetchone()[0]
        size = max(min(size, whole // 64), min(size, 4000))
        self._begin()
        try:
            rows = self._db.execute(f"SELECT id, length(source) {todo} ORDER BY length(source) DESC, id")
            batch: list[int] = []
            total = 0
            for identity, length in rows:
                batch.append(identity)
                total += length + 16
                if total >= size:
                    self._new_shard(batch, total)
                    batch, total = [], 0
            if batch:
                self._new_shard(batch, total)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._commit()

    def _new_shard(self, texts: Sequence[int], size: int) -> None:
        made = self._db.execute("INSERT INTO shards (texts, size) VALUES (?, ?)", (len(texts), size)).lastrowid
        self._db.executemany("UPDATE texts SET shard = ? WHERE id = ?", ((made, text) for text in texts))

    # Work.

    def take(self, beside: Iterable[int]) -> Shard | None:
        """The next open shard that is not in `beside`, its attempt counted; None where there is none."""
        taken = list(beside)
        marks = ",".join("?" * len(taken))
        row = self._db.execute(
            f"SELECT id, attempts FROM shards WHERE state = {_OPEN} AND id NOT IN ({marks}) "
            "ORDER BY size DESC, id LIMIT 1",
            taken,
        ).fetchone()
        if row is None:
            return None
        self._do("UPDATE shards SET attempts = attempts + 1 WHERE id = ?", (row[0],))
        texts = self._db.execute("SELECT id, source FROM texts WHERE shard = ? ORDER BY id", (row[0],)).fetchall()
        return Shard(row[0], tuple(texts), row[1] + 1)

    def finish(self, shard: Shard, results: Sequence[Result]) -> None:
        """Writes all results of a shard: first to the journal, fsynced, then to the store, in one transaction."""
        sources = dict(shard.texts)
        lines = [
            json.dumps([digest(sources[r.text]).hex(), r.target, r.answer, r.error], ensure_ascii=False) + "\n"
            for r in results
        ]
        try:
            self._results.write("".join(lines).encode("utf-8"))
            self._results.flush()
            os.fsync(self._results.fileno())
        except OSError as error:
            raise OutputError(
                f"cannot be written: {error.strerror}", where=str(self.journal), hint="then: batch resume"
            ) from error
        self._begin()
        try:
            self._db.executemany(
                "UPDATE texts SET target = ?, answer = ?, error = ? WHERE id = ?",
                [
                    (r.target, json.dumps(r.answer, ensure_ascii=False) if r.answer else None, r.error or None, r.text)
                    for r in results
                ],
            )
            state = _FAILED if all(r.error for r in results) else _DONE
            self._db.execute("UPDATE shards SET state = ? WHERE id = ?", (state, shard.id))
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._commit()

    def split(self, shard: Shard) -> None:
        """Makes a shard of each of its texts: one of them may be what kills the worker."""
        self._begin()
        self._db.execute("DELETE FROM shards WHERE id = ?", (shard.id,))
        for identity, source in shard.texts:
            self._new_shard([identity], len(source) + 16)
        self._commit()

    def counts(self) -> dict[str, int]:
        """Texts and characters: all, done, failed; files; segments."""
        one = self._db.execute
        total, done, failed = one("SELECT count(*), count(target), count(error) FROM texts").fetchone()
        segments = one("SELECT coalesce(sum(segments), 0) FROM files").fetchone()[0]
        files, broken = one("SELECT count(*), sum(error <> '') FROM files").fetchone()
        todo = one(f"SELECT coalesce(sum(size), 0) FROM shards WHERE state = {_OPEN}").fetchone()[0]
        return {
            "texts": total, "done": done, "failed": failed, "segments": segments, "files": files,
            "broken_files": broken or 0, "characters_left": todo,
        }  # fmt: skip

    def failures(self, limit: int = 50) -> list[tuple[str, str]]:
        """(source, error) of texts that were set aside."""
        query = "SELECT source, error FROM texts WHERE error IS NOT NULL ORDER BY id LIMIT ?"
        return self._db.execute(query, (limit,)).fetchall()

    def look_up(self, sources: Sequence[str]) -> dict[str, tuple[str | None, dict[str, Any], str | None]]:
        """(target, answer, error) of each source that is there."""
        found: dict[bytes, tuple[str | None, str | None, str | None]] = {}
        keys = list(dict.fromkeys(digest(source) for source in sources))
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            query = f"SELECT digest, target, answer, error FROM texts WHERE digest IN ({','.join('?' * len(part))})"
            found.update((row[0], row[1:]) for row in self._db.execute(query, part))
        out = {}
        for source in sources:
            row = found.get(digest(source))
            if row is not None:
                out[source] = (row[0], json.loads(row[1]) if row[1] else {}, row[2])
        return out

    def replay(self) -> int:
        """Puts the journal's results into a store that has the texts but not the results. Returns how many."""
        count = 0
        rows: list[tuple[str | None, str | None, str | None, bytes]] = []
        for key, target, answer, error in _journal(self.journal):
            rows.append(
                (target, json.dumps(answer, ensure_ascii=False) if answer else None, error or None, bytes.fromhex(key))
            )
            count += 1
        self._many("UPDATE texts SET target = ?, answer = ?, error = ? WHERE digest = ? AND target IS NULL", rows)
        return count

    # SQLite, with a full disk as an error of ours.

    def _begin(self) -> None:
        self._do("BEGIN IMMEDIATE", ())

    def _commit(self) -> None:
        self._do("COMMIT", ())

    def _do(self, query: str, values: Sequence[Any]) -> None:
        try:
            self._db.execute(query, values)
        except sqlite3.OperationalError as error:
            self._full(error)

    def _many(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        self._begin()
        try:
            self._db.executemany(query, rows)
        except sqlite3.OperationalError as error:
            self._db.execute("ROLLBACK")
            self._full(error)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._commit()

    def _full(self, error: sqlite3.OperationalError) -> None:
        hint = "free some space, then: palladius batch resume"
        raise OutputError(f"cannot be written: {error}", where=str(self.path), hint=hint) from error


def _journal(path: Path) -> Iterator[list[Any]]:
    """Entries of the journal; what a kill left half-written is passed over."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, list) and len(entry) == 4:
                yield entry
