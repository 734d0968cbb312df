"""The store of a job: results are found in whatever order they are asked for; reading comes in few transactions."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.engines.base import Ability
from pipeline.errors import DataError
from pipeline.jobs import results as journals
from pipeline.jobs import store as stores
from pipeline.jobs import work
from pipeline.jobs.results import seal
from pipeline.jobs.shard import Result, Shard
from pipeline.jobs.store import Store

TEXTS = [f"第{i}行文字" for i in range(1200)]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    with Store(tmp_path, create=True) as store:
        store.begin({"job": "all"}, [])
        store.add_texts(TEXTS)
        store.shard(4000)
        while shard := store.take([]):
            store.finish(
                shard, [Result(identity, "Ж" + text, {"provenance": "echo"}) for identity, text in shard.texts]
            )
    return tmp_path


def test_results_are_found_in_any_order(full: Path) -> None:
    orders = [
        [TEXTS[:500], TEXTS[500:1000], TEXTS[1000:]],
        [TEXTS[1000:], TEXTS[:500], TEXTS[500:1000]],
        [TEXTS[:100] + TEXTS[300:400], TEXTS[100:300] * 2, TEXTS[::-1], [], TEXTS[:1], TEXTS],
    ]
    for order in orders:
        with Store(full) as store:
            for block in order:
                wanted = {text: ("Ж" + text, '{"provenance": "echo"}') for text in block}
                assert store.look_up(block) == wanted


def test_a_text_that_is_not_there_is_no_damage(full: Path) -> None:
    with Store(full) as store:
        assert list(store.look_up([*TEXTS[:10], "别的"])) == TEXTS[:10]


@pytest.mark.parametrize("row", [3, 700])
def test_a_result_that_was_changed_is_damage(full: Path, row: int) -> None:
    with closing(sqlite3.connect(full / "job.sqlite")) as db, db:
        db.execute("UPDATE texts SET target = 'Ж' WHERE source = ?", (TEXTS[row],))
    with Store(full) as store, pytest.raises(DataError):
        store.look_up(TEXTS)
    with Store(full) as store, pytest.raises(DataError):
        store.look_up(TEXTS[row : row + 1])


def test_what_is_added_together_is_there_after_a_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen() -> int:
        with closing(sqlite3.connect(tmp_path / "job.sqlite")) as db:
            return int(db.execute("SELECT count(*) FROM texts").fetchone()[0])

    with Store(tmp_path, create=True) as store:
        with store.together() as pause:
            store.add_texts(TEXTS[:10])
            pause()
            assert seen() == 0, "nothing is written for a second"
            monkeypatch.setattr(stores, "_LONG", 0.0)
            pause()
            assert seen() == 10
            store.add_texts(TEXTS[:20])
            assert seen() == 10
        assert seen() == 20
        monkeypatch.setattr(stores, "_LONG", 60.0)
        with pytest.raises(ZeroDivisionError), store.together():
            store.add_texts(TEXTS)
            raise ZeroDivisionError
        assert seen() == 20
        store.add_texts(TEXTS)
        assert seen() == len(TEXTS)


@pytest.mark.parametrize("text", ["Ж", "", 'a "b" \\ c', "a\tb\nc\r\x00\x1f\x7f", "\u2028\u2029\ud83d", "𠀀😀", None])
def test_lines_of_the_journal_are_json(tmp_path: Path, text: str | None) -> None:
    rows: list[journals.Row] = [("00ff", text, None, text), ("0a0b", text, '{"a": "Ж"}', None)]
    journal = journals.Journal(tmp_path / "j")
    journal.append(rows, [seal(*row[1:]) for row in rows])
    journal.close()
    written = (tmp_path / "j").read_bytes().decode("utf-8", "surrogatepass")
    assert written == "".join(json.dumps([*row, seal(*row[1:])], ensure_ascii=False) + "\n" for row in rows)
    assert list(journals.read(tmp_path / "j")) == rows


def test_a_part_of_a_shard_is_written_and_the_rest_stays_open(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        store.begin({"job": "x"}, [])
        store.add_texts([f"第{n}句" for n in range(6)])
        store.shard(4000)
        whole = store.take(())
        assert whole is not None
        results = [Result(identity, "Ж", {}) for identity, _ in whole.texts[:4]]
        part, rest = whole.parted(results)
        assert rest is not None and (part.texts, rest.texts) == (whole.texts[:4], whole.texts[4:])
        store.finish(part, results)
    with Store(tmp_path) as store:  # as after a kill
        store.verify()
        assert store.counts()["done"] == 4
        left = store.take(())
        assert left is not None and left.texts == whole.texts[4:]
        store.finish(left, [Result(identity, "Ж", {}) for identity, _ in left.texts])
        assert store.take(()) is None and store.counts()["done"] == 6


def test_slices_of_what_is_left_are_those_of_the_whole() -> None:
    shard = Shard(1, tuple((n, "字" * (20 + n % 60)) for n in range(500)))
    slices = list(shard.slices(32))
    assert [text for part in slices for text in part] == list(shard.texts)
    assert all(len(part) <= 64 and sum(len(source) for _, source in part) < 32 * 40 + 80 for part in slices)
    rest = shard.parted([Result(identity, "Ж", {}) for part in slices[:3] for identity, _ in part])[1]
    assert rest is not None and list(rest.slices(32)) == slices[3:]
    assert list(shard.slices(4096)) == [shard.texts]
    assert max(len(part) for part in shard.slices(1)) <= 8  # a server that answers one question at a time


@pytest.mark.parametrize(("held", "slices"), [(0.0, 1), (60.0, 4)])
def test_a_slow_engine_gives_what_it_has(monkeypatch: pytest.MonkeyPatch, held: float, slices: int) -> None:
    """A kill costs the seconds that results wait in the worker, however long the shard takes."""
    worker = work.Worker(settings.load("draft", [], engine="echo").model_dump(), "zh", "ru")
    monkeypatch.setattr(worker.flow.engine, "ability", Ability)
    monkeypatch.setattr(work, "_HELD", held)
    shard = Shard(1, tuple((n, f"第{n}句很短的话。") for n in range(250)))
    results = worker.do(shard)
    assert [result.text for result in results] == list(range(64 * slices))[:250]
