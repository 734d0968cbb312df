"""The store: units with their context, an index of sketches for fuzzy matches, numbered migrations."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pipeline.errors import DataError
from pipeline.memory.sketch import fold, numbers, skeleton, sketch, with_numbers
from pipeline.model import Lang

_MIGRATIONS = (
    """
    CREATE TABLE units (
        id INTEGER PRIMARY KEY, source_lang TEXT NOT NULL, target_lang TEXT NOT NULL, key TEXT NOT NULL,
        source TEXT NOT NULL, target TEXT NOT NULL, before TEXT NOT NULL DEFAULT '', after TEXT NOT NULL DEFAULT '',
        origin TEXT NOT NULL DEFAULT '', added REAL NOT NULL,
        UNIQUE (source_lang, target_lang, key, before, after)
    );
    CREATE TABLE grams (gram INTEGER NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (gram, unit)) WITHOUT ROWID;
    """,
)
_NEED = 25  # candidates compared in full for a fuzzy match
_COMMON = 500  # a gram in more units than this says little: the first so many of them are looked at


@dataclass(frozen=True, slots=True)
class Unit:
    """A source with its translation. before, after: neighbouring sources, for context matches."""

    source: str
    target: str
    before: str = ""
    after: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """kind: context (101 %), exact or fuzzy; similarity 0..1, with penalties taken off (context 1.01)."""

    source: str
    target: str
    similarity: float
    kind: str
    origin: str = ""


class Memory:
    """Opens or makes the file. Raises DataError where it is no memory of ours or broken."""

    def __init__(self, path: str | Path, *, penalties: dict[str, float] | None = None) -> None:
        self.path = str(path)
        self.penalties = penalties or {}
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._migrate()
        except sqlite3.Error as error:
            hint = "it is no translation memory of Palladius, or it is damaged: name another file"
            raise DataError(f"cannot be opened: {error}", where=self.path, hint=hint) from error

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(_MIGRATIONS):
            raise DataError("comes from a newer Palladius", where=self.path, hint="upgrade palladius")
        for number, script in enumerate(_MIGRATIONS[version:], version + 1):
            self._db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version={number}; COMMIT;")

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM units").fetchone()[0])

    def add(self, units: Iterable[Unit], source: Lang, target: Lang) -> int:
        """Adds units, replacing those with the same source and context; one transaction. Returns how many."""
        count = 0
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for unit in units:
                if not unit.source.strip() or not unit.target.strip():
                    continue
                row = (source, target, fold(unit.source), unit.source, unit.target, fold(unit.before), fold(unit.after))
                [identity] = self._db.execute(
                    "INSERT INTO units (source_lang, target_lang, key, source, target, before, after, origin, added) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET source = excluded.source, "
                    "target = excluded.target, origin = excluded.origin, added = excluded.added RETURNING id",
                    (*row, unit.origin, time.time()),
                ).fetchone()
                grams = [(gram, identity) for gram in sketch(unit.source)]
                self._db.executemany("INSERT OR IGNORE INTO grams VALUES (?, ?)", grams)
                count += 1
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return count

    def best(self, text: str, source: Lang, target: Lang, *, before: str = "", after: str = "") -> Match | None:
        """The best match there is, exact before fuzzy."""
        found = self.matches(text, source, target, before=before, after=after, limit=1)
        return found[0] if found else None

    def matches(
        self,
        text: str,
        source: Lang,
        target: Lang,
        *,
        before: str = "",
        after: str = "",
        limit: int = 5,
        floor: float = 0.6,
    ) -> list[Match]:
        """Matches in falling order of similarity. An exact one ends the search."""
        rows = self._db.execute(
            "SELECT source, target, before, after, origin FROM units "
            "WHERE source_lang = ? AND target_lang = ? AND key = ? ORDER BY added DESC",
            (source, target, fold(text)),
        ).fetchall()
        if rows:
            around = (fold(before), fold(after))
            exact = [
                self._match(s, t, *(("context", 1.01) if (b, a) == around and any(around) else ("exact", 1.0)), origin)
                for s, t, b, a, origin in rows
            ]
            return sorted(exact, key=lambda match: -match.similarity)[:limit]
        return self._fuzzy(text, source, target, limit, floor)

    def _match(self, source: str, target: str, kind: str, similarity: float, origin: str) -> Match:
        return Match(source, target, similarity - self.penalties.get(origin, 0.0), kind, origin)

    def _fuzzy(self, text: str, source: Lang, target: Lang, limit: int, floor: float) -> list[Match]:
        from rapidfuzz.distance import Indel

        wanted = skeleton(text)
        found: dict[str, Match] = {}
        for s, t, origin in self._candidates(text, source, target):
            alike = Indel.normalized_similarity(wanted, skeleton(s))
            if alike < floor:
                continue
            put = with_numbers(t, numbers(s), numbers(text))
            similarity = min(0.99, alike) - (0.0 if put is not None else 0.05)
            match = self._match(s, put if put is not None else t, "fuzzy", similarity, origin)
            if match.target not in found or found[match.target].similarity < match.similarity:
                found[match.target] = match
        return sorted(found.values(), key=lambda match: -match.similarity)[:limit]

    def _candidates(self, text: str, source: Lang, target: Lang) -> list[tuple[str, str, str]]:
        votes: dict[int, int] = {}
        for gram in sketch(text):
            for (unit,) in self._db.execute("SELECT unit FROM grams WHERE gram = ? LIMIT ?", (gram, _COMMON)):
                votes[unit] = votes.get(unit, 0) + 1
        best = sorted(votes, key=lambda unit: (-votes[unit], unit))[:_NEED]
        marks = ",".join("?" * len(best))
        rows: list[tuple[str, str, str]] = self._db.execute(
            f"SELECT source, target, origin FROM units WHERE id IN ({marks}) AND +source_lang = ? AND +target_lang = ?",
            (*best, source, target),
        ).fetchall()
        return rows

    def concordance(self, words: str, source: Lang, target: Lang, *, limit: int = 50) -> list[Unit]:
        """Units whose source or target holds the words, newest first."""
        like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = self._db.execute(
            "SELECT source, target, before, after, origin FROM units WHERE source_lang = ? AND target_lang = ? "
            "AND (source LIKE ? ESCAPE '\\' OR target LIKE ? ESCAPE '\\') ORDER BY added DESC LIMIT ?",
            (source, target, like, like, limit),
        )
        return [Unit(*row) for row in rows]

    def units(self, source: Lang, target: Lang) -> Iterator[Unit]:
        """All units of a direction, in the order they came."""
        columns = "source, target, before, after, origin"
        query = f"SELECT {columns} FROM units WHERE source_lang = ? AND target_lang = ? ORDER BY id"
        for row in self._db.execute(query, (source, target)):
            yield Unit(*row)
