"""The store: units with their context, an index of sketches for fuzzy matches, numbered migrations."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from pipeline.errors import DataError
from pipeline.memory import coded
from pipeline.memory.sketch import fold, numbers, skeleton, sketch, with_numbers
from pipeline.model import LANGS, Code, Lang, Segment, State

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
    "ALTER TABLE units ADD COLUMN codes TEXT NOT NULL DEFAULT ''",
)
# (known source, new source, its target) to both sources without names, the target with the new names, and whether it is
# sure to have them; see glossary.rename.
Names = Callable[[str, str, str], tuple[str, str, str, bool]]
CONFIRMED = "confirmed:"  # origin of what a person confirmed, with the name of the document
FLOOR = 0.6  # similarity under which two sentences say nothing about each other
_NEED = 60  # candidates compared in full for a fuzzy match
_RENAMED = 0.3  # a candidate may be this far under the floor before names are looked at
_RENAMING = 0.02  # taken off where a name was exchanged
_RECODED = 0.03  # taken off where the inline codes differ
_UNSURE = 0.15  # taken off where numbers or names differ and could not be put right: under the usual threshold then
_CACHE = 128 * 1024  # KiB of pages while units are added: enough for the indexes of a million
_MANY = 10_000  # units
_BULK = 1_200_000  # grams of 100,000 units
_COMMON = 2000  # a gram in more units than this says little: the first so many of them are looked at


@dataclass(frozen=True, slots=True)
class Unit:
    """A source with its translation. before, after: neighbouring sources, for context matches. Placeholders stand in
    the text; tags beside it, those of the target with the numbers (`Code.id`) of the same ones of the source."""

    source: str
    target: str
    before: str = ""
    after: str = ""
    origin: str = ""
    codes: tuple[Code, ...] = ()
    target_codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """kind: context (101 %), exact or fuzzy; similarity 0..1, with penalties taken off (context 1.01).

    codes: those of the target, with the numbers of the codes that were asked for, where these are the same. put: what
    was put right in the target of a fuzzy match, "numbers" and "names". alike: the similarity with nothing
    taken off. unsure: "numbers", "names", "placeholders" where they differ and could not be put right.
    """

    source: str
    target: str
    similarity: float
    kind: str
    origin: str = ""
    put: tuple[str, ...] = ()
    alike: float = 0.0
    unsure: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


class Memory:
    """Opens or makes the file. Raises DataError where it is no memory of ours or broken.

    penalties: origin -> what is taken off the similarity of its units. names: exchanges names, so that a fuzzy match
    that differs in a name gets the other one.
    """

    def __init__(
        self, path: str | Path, *, penalties: Mapping[str, float] | None = None, names: Names | None = None
    ) -> None:
        self.path = str(path)
        self.penalties = penalties or {}
        self.names = names
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
        waiting: list[int] = []  # gram and unit in one number
        self._db.execute(f"PRAGMA cache_size=-{_CACHE}")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for unit in units:
                if not unit.source.strip() or not unit.target.strip():
                    continue
                key = coded.key(unit.source, unit.codes)
                row = (source, target, key, unit.source, unit.target, fold(unit.before), fold(unit.after), unit.origin)
                [identity] = self._db.execute(
                    "INSERT INTO units (source_lang, target_lang, key, source, target, before, after, origin, added, "
                    "codes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET source = excluded.source, "
                    "target = excluded.target, origin = excluded.origin, added = excluded.added, "
                    "codes = excluded.codes RETURNING id",
                    (*row, time.time(), coded.packed(unit.codes, unit.target_codes)),
                ).fetchone()
                waiting += [gram << 32 | identity for gram in sketch(unit.source)]
                count += 1
                if len(waiting) >= _BULK:
                    self._index(waiting)
            self._index(waiting)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        if count > _MANY:  # the journal has grown with the import, and would stay so
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.execute(f"PRAGMA cache_size=-{_CACHE // 8}")
        return count

    def _index(self, waiting: list[int]) -> None:
        """Puts grams into the index and empties the list; in their order, so that the pages are written one by one."""
        waiting.sort()
        rows = ((number >> 32, number & 0xFFFFFFFF) for number in waiting)
        self._db.executemany("INSERT OR IGNORE INTO grams VALUES (?, ?)", rows)
        waiting.clear()

    def confirm(self, segments: Sequence[Segment], source: Lang, target: Lang, *, name: str = "") -> int:
        """Adds what a person confirmed, the neighbours as context; `segments` are those of the document, in order.

        Returns how many. Such units come before others that are as similar.
        """
        around = ["", *(segment.source for segment in segments), ""]
        units = [
            Unit(
                segment.source,
                segment.target or "",
                around[i],
                around[i + 2],
                f"{CONFIRMED}{name}",
                segment.codes,
                segment.target_codes,
            )
            for i, segment in enumerate(segments)
            if segment.state is State.CONFIRMED
        ]
        return self.add(units, source, target)

    def best(
        self, text: str, source: Lang, target: Lang, *, before: str = "", after: str = "", codes: Sequence[Code] = ()
    ) -> Match | None:
        """The best match there is, exact before fuzzy."""
        found = self.matches(text, source, target, before=before, after=after, codes=codes, limit=1)
        return found[0] if found else None

    def matches(
        self,
        text: str,
        source: Lang,
        target: Lang,
        *,
        before: str = "",
        after: str = "",
        codes: Sequence[Code] = (),
        limit: int = 5,
        floor: float = FLOOR,
    ) -> list[Match]:
        """Matches in falling order of similarity. An exact one, with the same `codes`, ends the search."""
        rows = self._same(text, source, target, codes)
        if rows:
            around = (fold(before), fold(after))
            exact = [
                replace(
                    self._match(
                        s, t, *(("context", 1.01) if (b, a) == around and any(around) else ("exact", 1.0)), origin
                    ),
                    codes=coded.renumbered(*coded.unpacked(packed), codes) or (),
                )
                for s, t, b, a, origin, packed in rows
            ]
            return sorted(exact, key=_order)[:limit]
        return self._fuzzy(text, source, target, codes, limit, floor)

    def _same(self, text: str, source: Lang, target: Lang, codes: Sequence[Code]) -> list[tuple[str, ...]]:
        """Units with the same source and codes, the newest first; where none is, with other numbers of tags."""
        query = (
            "SELECT source, target, before, after, origin, codes FROM units "
            "WHERE source_lang = ? AND target_lang = ? AND {} ORDER BY added DESC"
        )
        whole = (source, target, coded.key(text, codes))
        rows: list[tuple[str, ...]] = self._db.execute(query.format("key = ?"), whole).fetchall()
        if rows or not codes:
            return rows
        wanted = coded.bare(text, codes)
        found = self._db.execute(query.format("key >= ? AND key < ?"), (source, target, *coded.among(text)))
        return [row for row in found if coded.bare(row[0], coded.unpacked(row[5])[0]) == wanted]

    def _match(
        self, source: str, target: str, kind: str, similarity: float, origin: str, put: tuple[str, ...] = ()
    ) -> Match:
        return Match(source, target, similarity - self.penalties.get(origin, 0.0), kind, origin, put, similarity)

    def _fuzzy(
        self, text: str, source: Lang, target: Lang, codes: Sequence[Code], limit: int, floor: float
    ) -> list[Match]:
        from rapidfuzz.distance import Indel

        wanted = skeleton(text)
        found: dict[str, Match] = {}
        ranked = [
            (Indel.normalized_similarity(wanted, skeleton(row[0])), row) for row in self._rows(text, source, target)
        ]
        for alike, (s, t, origin, packed) in sorted(ranked, key=lambda item: -item[0]):
            made, sure = t, True
            if self.names is not None and alike >= floor - _RENAMED:
                old, new, made, sure = self.names(s, text, t)
                if made != t:
                    alike = max(alike, Indel.normalized_similarity(skeleton(old), skeleton(new)) - _RENAMING)
            if alike < floor:
                continue
            put = with_numbers(made, numbers(s), numbers(text))
            held = coded.held(s) == coded.held(text)
            known = coded.unpacked(packed)
            placed = None if coded.crossed(known[0], codes) else coded.renumbered(*known, codes)
            similarity = min(0.99, alike) - (0.0 if sure and held and put is not None else _UNSURE)
            similarity -= _RECODED if placed is None else 0.0
            final = made if put is None else put
            what = (("names",) if made != t else ()) + (("numbers",) if final != made else ())
            unsure = (() if sure else ("names",)) + (() if put is not None else ("numbers",))
            unsure += () if held else ("placeholders",)
            match = self._match(s, final, "fuzzy", similarity, origin, what)
            moved = coded.moved(placed or (), t, final)
            match = replace(match, alike=min(0.99, alike), unsure=unsure, codes=moved)
            if match.target not in found or found[match.target].similarity < match.similarity:
                found[match.target] = match
        return sorted(found.values(), key=_order)[:limit]

    def _rows(self, text: str, source: Lang, target: Lang) -> list[tuple[str, str, str, str]]:
        votes: dict[int, int] = {}
        for gram in sketch(text):
            for (unit,) in self._db.execute("SELECT unit FROM grams WHERE gram = ? LIMIT ?", (gram, _COMMON)):
                votes[unit] = votes.get(unit, 0) + 1
        best = sorted(votes, key=lambda unit: (-votes[unit], unit))[:_NEED]
        marks = ",".join("?" * len(best))
        rows: list[tuple[str, str, str, str]] = self._db.execute(
            f"SELECT source, target, origin, codes FROM units WHERE id IN ({marks}) "
            "AND +source_lang = ? AND +target_lang = ?",
            (*best, source, target),
        ).fetchall()
        return rows

    def concordance(self, words: str, source: Lang, target: Lang, *, limit: int = 50) -> list[Unit]:
        """Units whose source or target holds the words, newest first."""
        like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = self._db.execute(
            "SELECT source, target, before, after, origin, codes FROM units WHERE source_lang = ? AND target_lang = ? "
            "AND (source LIKE ? ESCAPE '\\' OR target LIKE ? ESCAPE '\\') ORDER BY added DESC LIMIT ?",
            (source, target, like, like, limit),
        )
        return [_unit(*row) for row in rows]

    def directions(self) -> list[tuple[Lang, Lang]]:
        """Those that it has units of."""
        query = "SELECT EXISTS (SELECT 1 FROM units WHERE source_lang = ? AND target_lang = ?)"
        return [(a, b) for a in LANGS for b in LANGS if a != b and self._db.execute(query, (a, b)).fetchone()[0]]

    def units(self, source: Lang, target: Lang) -> Iterator[Unit]:
        """All units of a direction, in the order they came."""
        columns = "source, target, before, after, origin, codes"
        query = f"SELECT {columns} FROM units WHERE source_lang = ? AND target_lang = ? ORDER BY id"
        for row in self._db.execute(query, (source, target)):
            yield _unit(*row)


def _unit(source: str, target: str, before: str, after: str, origin: str, codes: str) -> Unit:
    return Unit(source, target, before, after, origin, *coded.unpacked(codes))


def _order(match: Match) -> tuple[float, bool]:
    """The most similar first, of those what a person confirmed."""
    return -match.similarity, not match.origin.startswith(CONFIRMED)
