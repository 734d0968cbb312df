"""The store of a job: results are found in whatever order they are asked for; reading comes in few transactions."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.jobs import results as journals
from pipeline.jobs import store as stores
from pipeline.jobs.results import seal
from pipeline.jobs.shard import Result
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


def test_a_text_that_is_not_there_is_damage(full: Path) -> None:
    with Store(full) as store, pytest.raises(DataError):
        store.look_up([*TEXTS[:10], "别的"])


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
