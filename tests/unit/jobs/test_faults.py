"""Faults around a batch job: nothing lost, nothing doubled, nothing silent; each is provoked and each is asserted."""

from __future__ import annotations

import contextlib
import json
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.engines.compact import FOLDER
from pipeline.errors import DataError, EngineError
from pipeline.jobs import inputs
from pipeline.jobs import store as stores
from pipeline.jobs.pools import Processes
from pipeline.jobs.readable import VERSION
from pipeline.jobs.results import seal
from pipeline.jobs.shard import Result, Shard, digest
from pipeline.jobs.store import Store
from pipeline.jobs.work import Worker
from pipeline.settings import load
from tests.unit.jobs.conftest import expected, job, written

Run = Callable[..., "subprocess.CompletedProcess[str]"]
OFF = ("--set", "enforce.enabled=false", "--set", "checks.enabled=false", "--set", "quality.enabled=false", "--quiet")
ECHO = ("--from", "zh", "--to", "ru", "--engine", "echo", "--set", "engines.echo.prefix=Ж", *OFF)
POISON = "第7行文字，文件1"


def soak(*values: object) -> Any:
    """A case for the long run alone."""
    return pytest.param(*values, marks=pytest.mark.soak)


def faulty(how: str, **options: object) -> tuple[str, ...]:
    given = [x for key, value in options.items() for x in ("--set", f"engines.faulty.{key}={value}")]
    return ("--from", "zh", "--to", "ru", "--engine", "faulty", "--set", f"engines.faulty.how={how}", *given, *OFF)


def whole(folder: Path, told: dict[str, Any], out: Path, but: str = "\0") -> None:
    """Every text is through exactly once, and every file is what it must be."""
    with Store(folder.with_name("in.job")) as store:
        store.verify()
        texts = store._all("SELECT target, error FROM texts")
    assert told["left"] == 0
    assert told["done"] == sum(target is not None for target, _ in texts)
    assert told["failed"] == sum(error is not None for _, error in texts)
    assert all((target is None) != (error is None) for target, error in texts)
    assert written(out) == expected(folder, but)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("raise", "cannot translate that"),
        ("crash", "ZeroDivisionError"),
        ("few", "0 answers for 1"),
        soak("many", "2 answers for 1"),
        ("none", "1 answers for 1"),
        ("no text", "TypeError"),
        ("half a character", "half a character"),
        ("memory", "MemoryError"),
        ("killed", "the worker died (signal SIGKILL), 3 times"),
        soak("exit", "the worker died (exit status 7), 3 times"),
        ("hang", "the worker gave no answer within 2 s, 3 times"),
    ],
)
def test_an_engine_that_fails_on_one_text(inside: Run, plugin: Path, tmp_path: Path, how: str, words: str) -> None:
    folder = job(tmp_path, 40)
    limits = ("--lease", "2", "--worker-memory", "8000")
    done = inside("batch", "run", folder, *faulty(how, on=POISON), *limits, "-o", "out", "--json")
    assert done.returncode == 3, done.stderr
    told = json.loads(done.stdout)
    assert (told["done"], told["failed"]) == (39, 1)
    assert told["failures"][0][0] == POISON and words in told["failures"][0][1]
    whole(folder, told, tmp_path / "out", but=POISON)


@pytest.mark.parametrize("how", ["raise", "hang", *map(soak, ("crash", "few", "many", "none", "killed", "memory"))])
def test_an_engine_that_fails_once(inside: Run, plugin: Path, tmp_path: Path, how: str) -> None:
    folder = job(tmp_path, 40)
    given = faulty(how, on=POISON, once=tmp_path / "happened")
    done = inside("batch", "run", folder, *given, "--lease", "2", "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "happened").exists()
    whole(folder, json.loads(done.stdout), tmp_path / "out")


@pytest.mark.parametrize(
    ("how", "workers"),
    [("raise", "1"), ("none", "2"), *(soak(how, w) for how in ("crash", "few", "many") for w in "12")],
)
def test_an_engine_that_does_nothing_right_stops_the_job(
    inside: Run, plugin: Path, tmp_path: Path, how: str, workers: str
) -> None:
    folder = job(tmp_path, 40)
    given = faulty(how, until=tmp_path / "mended")
    done = inside("batch", "run", folder, *given, "--workers", workers)
    assert done.returncode == 3 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    told = json.loads(inside("batch", "status", folder, "--json").stdout)
    assert (told["done"], told["failed"], told["left"]) == (0, 0, 40)
    (tmp_path / "mended").touch()
    done = inside("batch", "resume", folder, "-o", "out", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    whole(folder, json.loads(done.stdout), tmp_path / "out")


def test_data_that_is_missing_stops_the_job_and_blames_no_text(inside: Run, tmp_path: Path) -> None:
    given = ("--from", "zh", "--to", "ru", "--engine", "echo", "--set", "checks.enabled=false")
    done = inside("batch", "run", job(tmp_path, 4), *given, "--set", "quality.estimator=gone", "--quiet")
    assert done.returncode == 3 and "unknown" in done.stderr and "gone" in done.stderr, done.stderr
    with Store(tmp_path / "in.job") as store:
        assert (store.counts()["done"], store.counts()["failed"]) == (0, 0)


@pytest.mark.parametrize(("how", "words"), [("killed", "died"), ("hang", "no answer within 1 s")])
def test_workers_that_never_get_ready(plugin: Path, how: str, words: str) -> None:
    settings = load(assignments=["engine=faulty", f"engines.faulty.how={how}", "enforce.enabled=false"])
    pool = Processes(settings.model_dump(), "zh", "ru", 1, loading=60.0 if how == "killed" else 1.0)
    pool.give(Shard(1, ((1, "文字"),)))
    with pytest.raises(EngineError, match=f"{words}.* while it loaded its models"):
        pool.outcomes()
    pool.close()


def test_what_was_set_aside_is_tried_again_when_asked(inside: Run, plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    (folder / "bad.txt").write_bytes(b"\xff\n")
    done = inside("batch", "run", folder, *faulty("raise", on=POISON, until=tmp_path / "mended"), "--json")
    assert done.returncode == 3 and json.loads(done.stdout)["failed"] == 1
    (tmp_path / "mended").touch()
    (folder / "bad.txt").write_text("好\n", encoding="utf-8")
    done = inside("batch", "resume", folder, "--quiet", "--json")
    assert done.returncode == 3 and json.loads(done.stdout)["failed"] == 1
    done = inside("batch", "resume", folder, "--retry", "-o", "out", "--quiet", "--json")
    assert done.returncode == 0, done.stderr
    whole(folder, json.loads(done.stdout), tmp_path / "out")


def test_workers_end_with_a_job_that_is_killed(plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)
    given = faulty("hang", on="文件1", once=tmp_path / "happened")
    command = [sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(folder), *given, "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_for(lambda: (tmp_path / "happened").exists())
    if not children.is_file():
        pytest.skip("children of a process are not listed on this system")
    workers = [int(pid) for pid in children.read_text().split()]
    process.kill()
    process.wait()
    assert workers
    wait_for(lambda: not any(running(pid) for pid in workers))


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


# The disk.


def limited(size: int) -> Callable[[], None]:
    """No file over `size` bytes: what a full disk does to a writer, without one."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [1, 52_000, 200_000, *map(soak, (10_000, 20_000, 40_000, 70_000, 90_000, 120_000))])
def test_a_full_disk(palladius: Run, inside: Run, tmp_path: Path, size: int) -> None:
    folder = job(tmp_path, 2000)
    done = palladius("batch", "run", folder, *ECHO, preexec_fn=limited(size))
    assert done.returncode == 3 and "cannot be written" in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    again = ("resume", folder, "--quiet") if (tmp_path / "in.job" / "job.json").exists() else ("run", folder, *ECHO)
    done = inside("batch", *again, "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    whole(folder, json.loads(done.stdout), tmp_path / "out")


def test_an_export_to_a_full_disk_keeps_what_stood_there(palladius: Run, inside: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 2000)
    assert inside("batch", "run", folder, *ECHO).returncode == 0
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "0.txt").write_text("as it was")
    done = palladius("batch", "export", folder, "-o", "out", "--quiet", preexec_fn=limited(40_000))
    assert done.returncode == 3 and "cannot be written" in done.stderr
    assert written(tmp_path / "out") == {"0.txt": b"as it was"}
    assert not list((tmp_path / "out").rglob(".*")), "a temporary file was left"
    assert inside("batch", "export", folder, "-o", "out", "--quiet").returncode == 0
    assert written(tmp_path / "out") == expected(folder)


@contextlib.contextmanager
def disk(place: Path, size: str) -> Iterator[Callable[[str], None]]:
    """A file system of its own in memory; gives what mounts it anew with other options."""
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
    if made.returncode:
        pytest.skip("a file system of its own needs the right to mount one")
    try:
        yield lambda options: subprocess.run(["mount", "-o", f"remount,{options}", place], check=True) and None
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_disk_that_is_full_for_good(palladius: Run, inside: Run, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    with disk(place, "300k") as again:
        folder = job(tmp_path, 2000)
        done = palladius("batch", "run", folder, *ECHO, "--store", place / "s")
        assert done.returncode == 3 and "cannot be written" in done.stderr, done.stderr
        again("size=8m")
        more = ("resume", folder, "--quiet") if (place / "s" / "job.json").exists() else ("run", folder, *ECHO)
        done = inside("batch", *more, "--store", place / "s", "-o", "out", "--json")
        assert done.returncode == 0, done.stderr
        assert written(tmp_path / "out") == expected(folder)


def test_a_folder_that_cannot_be_written(inside: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)

    def refused(*args: str | Path) -> None:
        done = inside("batch", *args)
        assert done.returncode == 3 and "cannot be written" in done.stderr, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1

    refused("run", folder, *ECHO, "--store", "/dev/null/job")
    with disk(tmp_path / "disk", "2m") as again:
        assert inside("batch", "run", folder, *ECHO, "--store", "disk/s").returncode == 0
        again("ro")
        refused("run", folder, *ECHO, "--store", "disk/new")
        refused("resume", folder, "--store", "disk/s", "--quiet")
        again("rw")
        done = inside("batch", "resume", folder, "--store", "disk/s", "-o", "out", "--quiet")
        assert done.returncode == 0 and written(tmp_path / "out") == expected(folder)
        again("ro")
        refused("resume", folder, "--store", "disk/s", "-o", "disk/out", "--quiet")


# The clock.


def test_a_clock_that_steps(plugin: Path, palladius: Run, tmp_path: Path) -> None:
    """Back and forth by up to a year at every look, in the job and in its workers."""
    (plugin / "sitecustomize.py").write_text(
        "import random, time\n"
        "rng, true, true_ns = random.Random(1), time.time, time.time_ns\n"
        "time.time = lambda: true() + rng.uniform(-3e7, 3e7)\n"
        "time.time_ns = lambda: true_ns() + rng.randrange(-3 * 10**16, 3 * 10**16)\n"
    )
    folder = job(tmp_path, 40)
    watched = ("--log", "log.jsonl", "--metrics", "m.prom", "--lease", "20", "--workers", "2")
    done = palladius("batch", "run", folder, *faulty("", delay=0.05), *watched, "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert 0 < told["rate"] < 10_000
    assert '"lost"' not in (tmp_path / "log.jsonl").read_text()
    whole(folder, told, tmp_path / "out")


# Models.


@pytest.mark.parametrize("name", ["model.bin", "source.spm", "card.json", "shared_vocabulary.json"])
@pytest.mark.parametrize("keep", [0.0, 0.6, soak(0.001), soak(0.3), soak(0.999)])
def test_a_truncated_model_file(tmp_path: Path, name: str, keep: float) -> None:
    if not (FOLDER / "model.bin").is_file():
        pytest.skip("no bundled model in this checkout")
    for path in FOLDER.iterdir():
        (tmp_path / path.name).symlink_to(path)
    data = (FOLDER / name).read_bytes()
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(data[: int(len(data) * keep)])
    settings = load(assignments=[f'engines.compact={{folder="{tmp_path}", threads=1}}', "enforce.enabled=false"])
    with pytest.raises(EngineError) as raised:
        Worker(settings.model_dump(), "zh", "ru").check_ready()
    assert str(tmp_path) in str(raised.value)


# Two runs, and a damaged store.


def test_many_starts_at_once(tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    slow = ("--set", "engines.echo.delay=1")
    command = [sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(folder), *ECHO, *slow, "--json"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [run.communicate(timeout=120) for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 2, 2], said
    assert sum("another run" in err for _, err in said) == 2
    journal = (tmp_path / "in.job" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(journal) == 40 and len({json.loads(line)[0] for line in journal}) == 40


def finished(tmp_path: Path, inside: Run, lines: int = 400) -> Path:
    folder = job(tmp_path, lines)
    assert inside("batch", "run", folder, *ECHO).returncode == 0
    return folder


def test_one_wrong_byte_in_a_result_is_noticed(inside: Run, tmp_path: Path) -> None:
    folder = finished(tmp_path, inside)
    path = tmp_path / "in.job" / "job.sqlite"
    data = path.read_bytes()
    right, wrong = ("Ж第77行".encode(), "Ф第77行".encode())
    assert data.count(right) == 2
    path.write_bytes(data.replace(right, wrong, 1))
    done = inside("batch", "export", folder, "-o", "out", "--quiet")
    assert done.returncode == 3 and "is damaged" in done.stderr and "resume" in done.stderr
    done = inside("batch", "resume", folder, "-o", "out", "--quiet", "--json")
    assert done.returncode == 0, done.stderr
    whole(folder, json.loads(done.stdout), tmp_path / "out")


def test_one_wrong_byte_in_the_journal_costs_one_text(inside: Run, tmp_path: Path) -> None:
    folder = finished(tmp_path, inside)
    store, journal = tmp_path / "in.job" / "job.sqlite", tmp_path / "in.job" / "results.jsonl"
    journal.write_bytes(journal.read_bytes().replace("Ж第77行".encode(), "Ф第77行".encode(), 1))
    store.unlink()
    assert "is gone" in inside("batch", "status", folder).stderr
    lines = len(journal.read_bytes().splitlines())
    done = inside("batch", "resume", folder, "-o", "out", "--quiet", "--json")
    assert done.returncode == 0, done.stderr
    assert len(journal.read_bytes().splitlines()) == lines + 1
    whole(folder, json.loads(done.stdout), tmp_path / "out")


def damage(folder: Path, rng: random.Random) -> str:
    """Zeroes, noise or a cut somewhere in the store, its log, or the journal; says what it did."""
    path = folder / rng.choice([*["job.sqlite"] * 4, "job.sqlite-wal", "results.jsonl", "job.json"])
    if not path.is_file() or not path.stat().st_size:
        return "nothing"
    data = bytearray(path.read_bytes())
    at, size = rng.randrange(len(data)), rng.choice([1, 8, 300, 5000])
    how = rng.choice(["zero", "noise", "cut", "empty", "gone"])
    if how == "gone":
        path.unlink()
    elif how in ("cut", "empty"):
        path.write_bytes(data[: at if how == "cut" else 0])
    else:
        data[at : at + size] = bytes(size) if how == "zero" else rng.randbytes(size)
        path.write_bytes(data)
    return f"{path.name}: {how} at {at}, {size}"


def damaged_and_resumed(tmp_path: Path, inside: Run, seeds: range) -> None:
    folder = finished(tmp_path, inside, 200)
    kept = tmp_path / "kept"
    with Store(tmp_path / "in.job") as store:  # a log beside the store, as after a kill
        store._db.execute("PRAGMA wal_autocheckpoint=0")
        store.put("rate", 1.0)
        shutil.copytree(tmp_path / "in.job", kept)
    for seed in seeds:
        shutil.rmtree(tmp_path / "in.job")
        shutil.copytree(kept, tmp_path / "in.job")
        said = damage(tmp_path / "in.job", random.Random(seed))
        done = inside("batch", "resume", folder, "-o", "out", "--quiet", "--json")
        assert done.returncode == 0, (seed, said, done.stderr)
        whole(folder, json.loads(done.stdout), tmp_path / "out")
        shutil.rmtree(tmp_path / "out")


def test_a_damaged_job_gives_the_same_files(inside: Run, tmp_path: Path) -> None:
    damaged_and_resumed(tmp_path, inside, range(6))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_a_damaged_job_gives_the_same_files_at_length(inside: Run, tmp_path: Path, part: int) -> None:
    damaged_and_resumed(tmp_path, inside, range(100 + 50 * part, 150 + 50 * part))


def test_a_rebuilding_that_is_killed_goes_on(inside: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = finished(tmp_path, inside, 40)
    (tmp_path / "in.job" / "job.sqlite").write_bytes(b"no database")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "replay", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        assert inside("batch", "resume", folder, "--quiet").returncode == 130
    lines = (tmp_path / "in.job" / "results.jsonl").read_bytes()
    done = inside("batch", "resume", folder, "-o", "out", "--quiet", "--json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "in.job" / "results.jsonl").read_bytes() == lines, "nothing is done twice"
    whole(folder, json.loads(done.stdout), tmp_path / "out")


def test_a_store_of_an_older_version_goes_on(inside: Run, tmp_path: Path) -> None:
    assert len(stores._MIGRATIONS) == VERSION
    folder = job(tmp_path, 4)
    assert inside("batch", "run", folder, *ECHO).returncode == 0
    path = tmp_path / "in.job" / "job.sqlite"
    with sqlite3.connect(path) as db:
        facts = db.execute("SELECT value FROM facts WHERE key = 'facts'").fetchone()[0]
    db.close()
    path.unlink()
    with sqlite3.connect(path) as db:
        db.executescript(stores._MIGRATIONS[0] + "; PRAGMA user_version=1;")
        db.execute("INSERT INTO facts VALUES ('facts', ?)", (facts,))
        for number, (source, _) in enumerate(inputs.inputs(str(folder))):
            db.execute("INSERT INTO files (path, format) VALUES (?, 'text')", (source,))
            text = f"第0行文字，文件{number // 2}"
            db.execute("INSERT OR IGNORE INTO texts (digest, source, shard) VALUES (?, ?, 1)", (digest(text), text))
        db.execute("INSERT INTO shards (id, texts, size) VALUES (1, 2, 60)")
        db.execute("UPDATE texts SET target = 'Ж' || source, answer = '{}' WHERE source LIKE '%文件0'")
    db.close()
    done = inside("batch", "resume", folder, "-o", "out", "--quiet", "--json")
    assert done.returncode == 0, done.stderr
    whole(folder, json.loads(done.stdout), tmp_path / "out")


def test_results_that_are_not_of_the_shard_are_refused(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        store.add_texts(["一", "二"])
        store.shard(100)
        shard = store.take(())
        assert shard is not None
        for wrong in ([1], [1, 1], [1, 2, 3], [1, 3]):
            with pytest.raises(DataError, match=r"results? for 2 texts"):
                store.finish(shard, [Result(n, "Ж", {}) for n in wrong])
        store.finish(shard, [Result(n, "Ж", {}) for n in (2, 1)])
        assert store.counts()["done"] == 2


def test_results_in_the_journal_alone_are_put_in(tmp_path: Path) -> None:
    """As after a kill between the journal and the store."""
    with Store(tmp_path, create=True) as store:
        store.begin({"job": "x"}, [])
        store.add_texts(["一", "二", "三"])
        store.shard(1)
        first, second = store.take(()), store.take((1,))
        assert first is not None and second is not None
        store.finish(first, [Result(identity, "Ж" + text, {}) for identity, text in first.texts])
        rows = [Result(0, "Ж" + text, {}).row(digest(text).hex()) for _, text in second.texts]
        store._results.append(rows, [seal(*row[1:]) for row in rows])
    with Store(tmp_path) as store:
        store.verify()
        assert store.counts()["done"] == len(first.texts) + len(second.texts)
        left = store.take(())
        assert left is None or not {text for _, text in left.texts} & {
            text for _, text in (*first.texts, *second.texts)
        }


def test_status_while_the_job_is_at_work(inside: Run, plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    command = [
        sys.executable,
        "-m",
        "pipeline.cli.main",
        "batch",
        "run",
        str(folder),
        *faulty("", delay=600),
        "--log",
        "log",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
    try:
        wait_for(lambda: (tmp_path / "log").exists() and "started" in (tmp_path / "log").read_text())
        done = inside("batch", "status", folder, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["left"] == 40
    finally:
        process.kill()
        process.wait()


def test_a_stop_by_hand_counts_no_attempt(plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)
    given = faulty("", delay=30)
    for _ in range(2):
        command = [sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(folder), *given, "--log", "log"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=tmp_path)
        wait_for(lambda: (tmp_path / "log").exists() and "taken" in (tmp_path / "log").read_text())
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 130
        (tmp_path / "log").unlink()
    with Store(tmp_path / "in.job") as store:
        assert store._all("SELECT sum(attempts), sum(deaths) FROM shards") == [(0, 0)]
