"""The store of a batch job: one SQLite file with numbered migrations, and a journal of results it can be rebuilt from.

Texts are kept once however often they occur. A shard is a set of texts of similar length; it is the unit of work; its
results are written in one transaction, those of a slow engine in several. Every result is checksummed.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import DataError, OutputError, UsageError
from pipeline.jobs import results as journals
from pipeline.jobs.readable import DONE, FAILED, OPEN, VERSION, Readable, absent
from pipeline.jobs.results import seal
from pipeline.jobs.shard import Result, Shard, digest
from pipeline.reports.base import counted

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
    """
    ALTER TABLE texts ADD COLUMN seal INTEGER;
    ALTER TABLE files ADD COLUMN seal INTEGER;
    ALTER TABLE facts ADD COLUMN seal INTEGER;
    ALTER TABLE shards ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
    """,
)
_PARTS = 16  # pieces that a shard is split into
_LONG = 1.0  # seconds of reading that a kill may cost


class Store(Readable):
    """Opens or makes the store in a folder, and holds its lock.

    create: make it where there is none; anew: even where there is a journal of results. Raises DataError for a damaged
    one, UsageError for one in use.
    """

    def __init__(self, folder: Path, *, create: bool = False, anew: bool = False) -> None:
        self.folder = folder
        self.path, self.journal = folder / "job.sqlite", folder / "results.jsonl"
        if not create and not self.path.is_file():
            raise absent(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / "lock").open("w")
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror}", where=str(folder)) from error
        try:
            self._hold()
            self._open()
            if not anew and self.get("facts") is None and self.journal.is_file() and self.journal.stat().st_size:
                self._db.close()
                raise self._damaged()
            self._results = journals.Journal(self.journal)
            self._catch_up()
        except BaseException:
            self._lock.close()
            raise

    def _hold(self) -> None:
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                hint = "wait for it, or stop it"
                raise UsageError("another run works on this job", where=str(self.folder), hint=hint) from error

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        try:
            if self._db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA cache_size=-65536")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise DataError("comes from a newer Palladius", where=str(self.path), hint="upgrade palladius")
            for number, script in enumerate(_MIGRATIONS[version:], version + 1):
                self._db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version={number}; COMMIT;")
        except sqlite3.Error as error:
            self._db.close()
            raise self._failed(error) from error

    def close(self) -> None:
        with contextlib.suppress(OutputError):  # what is not in the journal is not in the store either
            self._results.close()
        self._db.close()
        self._lock.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Facts: direction, settings, inputs.

    def put(self, key: str, value: Any) -> None:
        with self._transaction():
            self._put(key, value)

    def _put(self, key: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False)
        self._db.execute("INSERT OR REPLACE INTO facts (key, value, seal) VALUES (?, ?, ?)", (key, text, seal(text)))

    def begin(self, facts: dict[str, Any], inputs: Iterable[tuple[str, str]], *, replay: bool = False) -> None:
        """The facts and the files (path, format) of a job: both, or after a kill neither.

        replay: what the journal holds is to be put in once the files are read.
        """
        with self._transaction():
            if replay:
                self._put("replay", True)
            query = "INSERT OR IGNORE INTO files (path, format, seal) VALUES (?, ?, ?)"
            self._db.executemany(query, ((path, form, seal(path, form, "", "0", "")) for path, form in inputs))
            self._put("facts", facts)
            self._put("journal", self.journal.stat().st_size)

    # Files and texts.

    def waiting_files(self) -> list[tuple[int, str, str]]:
        return self._all("SELECT id, path, format FROM files WHERE ready = 0 ORDER BY id")

    def add_texts(self, sources: Sequence[str]) -> None:
        """Adds those that are not there yet."""
        with self._transaction():
            rows = ((digest(source), source) for source in sources)
            self._db.executemany("INSERT OR IGNORE INTO texts (digest, source) VALUES (?, ?)", rows)

    def file_ready(self, file: int, content: str, segments: int, error: str = "") -> None:
        with self._transaction():
            path, form = self._db.execute("SELECT path, format FROM files WHERE id = ?", (file,)).fetchone()
            query = "UPDATE files SET ready = 1, digest = ?, segments = ?, error = ?, seal = ? WHERE id = ?"
            sealed = seal(path, form, content, str(segments), error)
            self._db.execute(query, (content, segments, error, sealed, file))

    def shard(self, size: int) -> None:
        """Cuts texts that no open shard holds into shards of at most about `size` characters, the long ones first.

        A small job gets smaller shards, so that several workers have something to do; under some 10,000 characters
        they hold too few sentences to fill an engine's batches.
        """
        todo = "FROM texts WHERE shard IS NULL AND target IS NULL AND error IS NULL"
        with self._transaction():
            self._db.execute(
                "UPDATE texts SET shard = NULL WHERE target IS NULL AND error IS NULL AND shard IS NOT NULL "
                f"AND shard NOT IN (SELECT id FROM shards WHERE state = {OPEN})"
            )
            whole = self._db.execute(f"SELECT coalesce(sum(length(source) + 16), 0) {todo}").fetchone()[0]
            size = min(size, max(whole // 64, min(10_000, max(4000, whole // 16))))
            batch: list[int] = []
            total = 0
            for identity, length in self._db.execute(
                f"SELECT id, length(source) {todo} ORDER BY length(source) DESC, id"
            ):
                batch.append(identity)
                total += length + 16
                if total >= size:
                    self._new_shard(batch, total)
                    batch, total = [], 0
            if batch:
                self._new_shard(batch, total)

    def _new_shard(self, texts: Sequence[int], size: int, deaths: int = 0) -> None:
        query = "INSERT INTO shards (texts, size, deaths) VALUES (?, ?, ?)"
        made = self._db.execute(query, (len(texts), size, deaths)).lastrowid
        self._db.executemany("UPDATE texts SET shard = ? WHERE id = ?", ((made, text) for text in texts))

    # Work.

    def take(self, beside: Iterable[int]) -> Shard | None:
        """The next open shard that is not in `beside`, its attempt counted; None where there is none."""
        taken = list(beside)
        marks = ",".join("?" * len(taken))
        row = self._one(
            f"SELECT id, attempts, deaths FROM shards WHERE state = {OPEN} AND id NOT IN ({marks}) "
            "ORDER BY size DESC, id LIMIT 1",
            taken,
        )
        if row is None:
            return None
        with self._transaction():
            self._db.execute("UPDATE shards SET attempts = attempts + 1 WHERE id = ?", (row[0],))
        left = "target IS NULL AND error IS NULL"
        texts = self._all(f"SELECT id, source FROM texts WHERE shard = ? AND {left} ORDER BY id", (row[0],))
        return Shard(row[0], tuple(texts), row[1] + 1, row[2])

    def give_back(self, shards: Iterable[int]) -> None:
        """Shards that were taken and not worked on to the end, by an orderly stop: the attempt does not count."""
        with self._transaction():
            self._db.executemany(
                "UPDATE shards SET attempts = max(0, attempts - 1) WHERE id = ?", ((number,) for number in shards)
            )

    def died(self, shard: Shard) -> Shard:
        """Counts a worker that died with the shard."""
        with self._transaction():
            self._db.execute("UPDATE shards SET deaths = deaths + 1 WHERE id = ?", (shard.id,))
        return Shard(shard.id, shard.texts, shard.attempts, shard.deaths + 1)

    def finish(self, shard: Shard, results: Sequence[Result]) -> None:
        """Writes the results of a shard, or of a part of one, which then stays open: first to the journal, fsynced,
        then to the store, in one transaction.

        Raises DataError where they are not one result for each text.
        """
        if sorted(r.text for r in results) != sorted(identity for identity, _ in shard.texts):
            raise DataError(
                f"{counted(len(results), 'result')} for {counted(len(shard.texts), 'text')}", where=f"shard {shard.id}"
            )
        sources = dict(shard.texts)
        rows = [result.row(digest(sources[result.text]).hex()) for result in results]
        seals = [seal(*row[1:]) for row in rows]
        end = self._results.append(rows, seals)
        with self._transaction():
            self._put("journal", end)
            self._db.executemany(
                "UPDATE texts SET target = ?, answer = ?, error = ?, seal = ? WHERE id = ?",
                [(*row[1:], sealed, result.text) for row, sealed, result in zip(rows, seals, results, strict=True)],
            )
            state = FAILED if all(r.error for r in results) else DONE
            self._db.execute("UPDATE shards SET attempts = min(attempts, 1) WHERE id = ?", (shard.id,))  # it gets on
            self._db.execute(
                "UPDATE shards SET state = ? WHERE id = ? AND NOT EXISTS "
                "(SELECT 1 FROM texts WHERE shard = shards.id AND target IS NULL AND error IS NULL)",
                (state, shard.id),
            )

    def split(self, shard: Shard) -> None:
        """Makes up to 16 shards of one: some of its texts may be what kills the worker, or makes it hang."""
        step = max(1, -(-len(shard.texts) // _PARTS))
        with self._transaction():
            self._db.execute("DELETE FROM shards WHERE id = ?", (shard.id,))
            for start in range(0, len(shard.texts), step):
                part = shard.texts[start : start + step]
                size = sum(len(source) + 16 for _, source in part)
                self._new_shard([identity for identity, _ in part], size, min(shard.deaths, 1))

    def retry(self) -> int:
        """Opens what was set aside, texts and files, for another try. Returns how many texts."""
        with self._transaction():
            broken = self._db.execute("SELECT path, format FROM files WHERE error <> ''").fetchall()
            query = "UPDATE files SET ready = 0, error = '', segments = 0, seal = ? WHERE path = ?"
            self._db.executemany(query, [(seal(path, form, "", "0", ""), path) for path, form in broken])
            query = "UPDATE texts SET error = NULL, answer = NULL, seal = NULL, shard = NULL WHERE error IS NOT NULL"
            return self._db.execute(query).rowcount

    # Damage.

    def verify(self) -> None:
        """Reads everything once. Raises DataError where anything is not what its digest and checksum say."""
        if self._one("PRAGMA integrity_check(1)")[0] != "ok":
            raise self._damaged()
        for key, value, sealed in self._each("SELECT key, value, seal FROM facts"):
            self._sealed(sealed, value, key=key)
        for *parts, segments, sealed in self._each("SELECT path, format, digest, error, segments, seal FROM files"):
            self._sealed(sealed, *parts[:3], str(segments), parts[3])
        for source, name, *parts, sealed in self._each("SELECT source, digest, target, answer, error, seal FROM texts"):
            self._sealed(sealed, *parts)
            if digest(source) != name:
                raise self._damaged()

    def _catch_up(self) -> None:
        """What a kill left in the journal alone is put in, so that no work is done twice."""
        end = self.get("journal")
        if end is not None and self.journal.stat().st_size > end:
            self.replay(end)

    def replay(self, start: int = 0) -> int:
        """Puts the journal's results, from byte `start` on, into a store that has the texts but not the results.

        Returns how many were put in.
        """
        count = 0
        with self._transaction():
            for key, target, answer, error in journals.read(self.journal, start):
                row = (target, answer, error, seal(target, answer, error), bytes.fromhex(key))
                query = "UPDATE texts SET target = ?, answer = ?, error = ?, seal = ? WHERE digest = ?"
                count += self._db.execute(query + " AND target IS NULL", row).rowcount
            self._db.execute(
                f"UPDATE shards SET state = {DONE} WHERE state = {OPEN} AND NOT EXISTS "
                "(SELECT 1 FROM texts WHERE shard = shards.id AND target IS NULL AND error IS NULL)"
            )
            self._put("replay", False)
            self._put("journal", self.journal.stat().st_size)
        return count

    # SQLite, with its errors as errors of ours.

    @contextlib.contextmanager
    def together(self) -> Iterator[Callable[[], None]]:
        """What is added inside is written in few transactions: the index of the texts is all over the file, so that
        each of many small ones would write most of it again. Gives what to call where a pause does no harm.
        """
        since = time.monotonic()

        def pause() -> None:
            nonlocal since
            if time.monotonic() > since + _LONG:
                self._db.execute("COMMIT")
                self._db.execute("BEGIN IMMEDIATE")
                since = time.monotonic()

        with self._transaction():
            yield pause

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:  # part of a longer one
            yield
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            raise self._failed(error) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
