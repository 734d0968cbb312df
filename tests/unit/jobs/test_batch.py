"""Batch jobs: nothing lost, nothing done twice, whatever happens in between."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.jobs.conftest import expected, job, written

Run = Callable[..., "subprocess.CompletedProcess[str]"]
OFF = ("--set", "enforce.enabled=false", "--set", "checks.enabled=false", "--set", "quality.enabled=false", "--quiet")
ECHO = ("--from", "zh", "--to", "ru", "--engine", "echo", "--set", "engines.echo.prefix=Ж", *OFF)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_whole_job(palladius: Run, tmp_path: Path, workers: str) -> None:
    folder = job(tmp_path)
    done = palladius("batch", "run", folder, *ECHO, "--workers", workers, "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["files"], told["segments"], told["texts"], told["done"], told["left"]) == (4, 1600, 400, 400, 0)
    assert written(tmp_path / "out") == expected(folder)


def test_what_is_translated_already_stays(palladius: Run, tmp_path: Path) -> None:
    """Bitexts of which some segments or all have their target: nothing is asked for, and nothing is missed, there."""
    folder = tmp_path / "in"
    folder.mkdir()
    full = "source\ttarget\n会议在北京举行。\tЗаседание прошло в Пекине.\n市长出席。\tПрисутствовал мэр.\n"
    (folder / "full.tsv").write_text(full, encoding="utf-8")
    (folder / "half.tsv").write_text("source\ttarget\n会议开幕。\t\n市长出席。\tПрисутствовал мэр.\n", encoding="utf-8")
    done = palladius("batch", "run", folder, *ECHO, "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["texts"] == 1
    assert (tmp_path / "out" / "full.tsv").read_text(encoding="utf-8") == full
    half = (tmp_path / "out" / "half.tsv").read_text(encoding="utf-8").splitlines()
    assert half[1:] == ["会议开幕。\tЖ会议开幕。", "市长出席。\tПрисутствовал мэр."]


def kill_and_resume(folder: Path, tmp_path: Path, times: int, seed: int) -> None:
    rng = random.Random(seed)
    slow = ("--set", "engines.echo.delay=0.02")
    start = [sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(folder), *ECHO, *slow]
    again = [sys.executable, "-m", "pipeline.cli.main", "batch", "resume", str(folder), "--quiet"]
    for number in range(times):
        command = start if not (tmp_path / "in.job" / "job.json").exists() else again
        workers = ["--workers", "2"] if number % 2 else []
        process = subprocess.Popen(
            [*command, *workers], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(rng.uniform(0.1, 2.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_killed_again_and_again(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path)
    kill_and_resume(folder, tmp_path, 4, seed=1)
    last = ("resume",) if (tmp_path / "in.job" / "job.json").exists() else ("run",)
    done = palladius("batch", *last, folder, *(ECHO if last == ("run",) else ("--quiet",)), "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["left"] == 0
    assert written(tmp_path / "out") == expected(folder)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_killed_fifty_times(palladius: Run, tmp_path: Path, seed: int) -> None:
    folder = job(tmp_path, 4000)
    kill_and_resume(folder, tmp_path, 10, seed)
    done = palladius("batch", "resume", folder, "-o", "out", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    assert written(tmp_path / "out") == expected(folder)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_poison_text_is_set_aside(palladius: Run, tmp_path: Path, workers: str) -> None:
    folder = job(tmp_path, 40)
    fail = ("--set", "engines.echo.fail_on=第7行文字，文件1")
    done = palladius("batch", "run", folder, *ECHO, *fail, "--workers", workers, "-o", "out", "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert (told["done"], told["failed"], told["left"]) == (39, 1, 0)
    assert told["failures"] == [["第7行文字，文件1", "cannot translate '第7行文字，文件1'"]]
    assert "第7行文字，文件1\r\n" in (tmp_path / "out" / "2.txt").read_bytes().decode()


def test_what_failed_is_told_with_its_codes(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text('msgid "删除 %s 文件"\nmsgstr ""\n\nmsgid "好"\nmsgstr ""\n', encoding="utf-8")
    done = palladius("batch", "run", "a.po", *ECHO, "--set", "engines.echo.fail_on=删除", "-o", "out", "--json")
    assert done.returncode == 3 and json.loads(done.stdout)["failures"][0][0] == "删除 %s 文件"
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["failures"][0][0] == "删除 %s 文件"


def test_a_text_that_kills_its_worker_is_set_aside(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 6)
    die = ("--set", "engines.echo.die_on=第1行文字，文件0")
    done = palladius("batch", "run", folder, *ECHO, *die, "--workers", "2", "--json")
    assert done.returncode == 3, done.stderr
    told = json.loads(done.stdout)
    assert (told["done"], told["failed"], told["left"]) == (5, 1, 0)
    assert "died" in told["failures"][0][1]


def test_a_damaged_store_is_rebuilt(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    assert palladius("batch", "run", folder, *ECHO).returncode == 0
    store = tmp_path / "in.job" / "job.sqlite"
    store.write_bytes(store.read_bytes()[:3000] + b"\xff" * 20_000)
    damaged = palladius("batch", "status", folder)
    assert damaged.returncode == 3 and "damaged" in damaged.stderr and "resume" in damaged.stderr
    done = palladius("batch", "resume", folder, "-o", "out", "--quiet")
    assert done.returncode == 0, done.stderr
    assert written(tmp_path / "out") == expected(folder)
    assert list((tmp_path / "in.job").glob("job.sqlite.broken-*"))


def test_two_runs_on_one_job(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    slow = ("--set", "engines.echo.delay=4")
    command = [sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(folder), *ECHO, *slow]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if (tmp_path / "in.job" / "job.json").exists():
                break
            time.sleep(0.1)
        second = palladius("batch", "resume", folder)
        assert second.returncode == 2 and "another run" in second.stderr
    finally:
        first.kill()
        first.wait()


def test_another_start_of_the_same_job_is_refused(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)
    assert palladius("batch", "run", folder, *ECHO).returncode == 0
    other = palladius("batch", "run", folder, "--from", "ru", "--to", "zh", "--engine", "echo", *OFF)
    assert other.returncode == 2 and "started with another" in other.stderr


def test_a_broken_file_does_not_stop_the_others(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)
    (folder / "bad.txt").write_bytes(b"\xff\xfe\xff\n")
    (folder / "bad.xlf").write_text("<xliff>")
    done = palladius("batch", "run", folder, *ECHO, "-o", "out", "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert sorted(Path(path).name for path, _ in told["broken"]) == ["bad.txt", "bad.xlf"]
    assert len(written(tmp_path / "out")) == 4


@pytest.mark.parametrize("command", [("export",), ("resume", "--retry"), ("run", *ECHO)])
def test_a_changed_or_lost_input_does_not_keep_the_others_back(
    inside: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = job(tmp_path, 4)
    assert inside("batch", "run", folder, *ECHO).returncode == 0
    (folder / "0.txt").write_text("别的\n", encoding="utf-8")
    (folder / "deep" / "1.txt").unlink()
    done = inside("batch", *command, folder, "-o", "out", "--json")
    assert done.returncode == 3
    assert f"not exported: {folder / '0.txt'}: has changed since the job took it in" in done.stderr
    assert f"not exported: {folder / 'deep' / '1.txt'}: cannot be read" in done.stderr
    assert sorted(written(tmp_path / "out")) == ["2.txt", "deep/3.txt"]
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [Path(file["input"]).name for file in report["files"]] == ["2.txt", "3.txt"]
    assert [Path(path).name for path, _ in report["not_exported"]] == ["0.txt", "1.txt"]
    assert json.loads(done.stdout)["not_exported"] == report["not_exported"]


def test_a_file_that_is_cut_otherwise_by_now_does_not_keep_the_others_back(inside: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 20)
    (folder / "a.md").write_text("会议开幕。\n\n市长出席。\n", encoding="utf-8")
    assert inside("batch", "run", folder, *ECHO).returncode == 0
    store = tmp_path / "in.job" / "job.sqlite"
    with closing(sqlite3.connect(store)) as db, db:  # as a version that did not read this paragraph left it
        db.execute("DELETE FROM texts WHERE source = '市长出席。'")
    journal = tmp_path / "in.job" / "results.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    done = inside("batch", "export", folder, "-o", "out", "--quiet")
    assert done.returncode == 3, done.stderr
    assert f"{folder / 'a.md'}: is read otherwise since the job took it in" in done.stderr
    assert "is damaged" not in done.stderr and written(tmp_path / "out") == expected(folder)
    assert not (tmp_path / "out" / "a.md").exists()
    store.unlink()  # what the hint says
    done = inside("batch", "resume", folder, "-o", "out", "--quiet")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "a.md").read_text(encoding="utf-8") == "Ж会议开幕。\n\nЖ市长出席。\n"
    assert journal.read_bytes().splitlines(keepends=True)[: len(lines)] == lines


def test_an_export_of_nothing_but_changed_inputs_has_its_report(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("会议开幕。\n", encoding="utf-8")
    assert inside("batch", "run", "a.txt", *ECHO).returncode == 0
    (tmp_path / "a.txt").unlink()
    done = inside("batch", "export", "a.txt", "-o", "out")
    assert done.returncode == 3 and "a.txt: cannot be read: No such file" in done.stderr
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["files"] == []


def test_what_is_not_translated_is_told(inside: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("会议开幕。\n", encoding="utf-8")
    (folder / "j.json").write_text('{"a": "会议"}', encoding="utf-8")
    (folder / "u.xyz").write_text("会议", encoding="utf-8")
    (folder / ".hidden").write_text("会议", encoding="utf-8")
    (folder / "link.txt").symlink_to("a.txt")
    os.mkfifo(folder / "pipe.txt")
    loud = [word for word in ECHO if word != "--quiet"]
    done = inside("batch", "run", folder, *loud, "-o", "out")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [Path(path).name for path, _ in report["skipped"]] == ["j.json", "link.txt", "pipe.txt", "u.xyz"]
    for path, why in report["skipped"]:
        assert f"palladius: skipped: {path}: {why}\n" in done.stderr


def test_a_byte_order_mark_before_json_lines_stays(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('\ufeff{"source": "会议开幕。"}\n', encoding="utf-8")
    assert inside("batch", "run", "a.jsonl", *ECHO, "-o", "out").returncode == 0
    made = (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8")
    assert made == '\ufeff{"source": "会议开幕。", "target": "Ж会议开幕。"}\n'


def test_a_manifest_names_the_line_of_what_is_wrong(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("会议开幕。\n", encoding="utf-8")
    (tmp_path / "all.manifest").write_text("# files\na.txt\n\ngone.txt\n", encoding="utf-8")
    done = inside("batch", "run", "all.manifest", *ECHO, "-o", "out", "--json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["broken"] == [
        ["gone.txt", "all.manifest:4: gone.txt cannot be read: No such file or directory"]
    ]
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8") == "Ж会议开幕。\n"
    (tmp_path / "odd.manifest").write_text("a.txt\nb.xyz\n", encoding="utf-8")
    done = inside("batch", "run", "odd.manifest", *ECHO)
    assert done.returncode == 2 and "odd.manifest:2: b.xyz: no format is known" in done.stderr
    (tmp_path / "none.manifest").write_text("# nothing\n", encoding="utf-8")
    done = inside("batch", "run", "none.manifest", *ECHO, "-o", "more")
    assert done.returncode == 3 and "none.manifest: names no file" in done.stderr


def test_a_missing_engine_stops_the_job_at_once(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)
    for workers in ("1", "2"):
        done = palladius(
            "batch", "run", folder, "--from", "zh", "--to", "ru", "--engine", "ctranslate2", *OFF, "--workers", workers,
            "--store", f"s{workers}",
        )  # fmt: skip
        assert done.returncode == 3 and "engines.ctranslate2.model" in done.stderr


def test_no_such_job(palladius: Run) -> None:
    assert palladius("batch", "status", "none").returncode == 2
    assert palladius("batch", "run", "none", *ECHO).returncode == 3


def test_the_source_language_is_told_from_the_text(palladius: Run, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)
    without = [word for word in ECHO if word not in ("--from", "zh")]
    assert palladius("batch", "run", folder, *without).returncode == 0
    assert palladius("batch", "run", folder, "--engine", "echo", *OFF, "--store", "other").returncode == 2


def test_files_of_a_manifest_keep_apart(inside: Run, tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/x.txt", "elsewhere/y.txt"):
        (tmp_path / "m" / name).parent.mkdir(parents=True)
        (tmp_path / "m" / name).write_text(f"第一行，{name}\n", encoding="utf-8")
    (tmp_path / "m" / "elsewhere").rename(tmp_path / "elsewhere")
    (tmp_path / "m" / "all.manifest").write_text("a/x.txt\nb/x.txt\n../elsewhere/y.txt\n")
    done = inside("batch", "run", "m/all.manifest", *ECHO, "-o", "out")
    assert done.returncode == 0, done.stderr
    assert {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.txt")} == {
        "a/x.txt", "b/x.txt", "y.txt",
    }  # fmt: skip
    assert (tmp_path / "out" / "b" / "x.txt").read_text(encoding="utf-8") == "Ж第一行，b/x.txt\n"
    (tmp_path / "m" / "y.txt").write_text("第二行\n", encoding="utf-8")
    (tmp_path / "m" / "two.manifest").write_text("y.txt\n../elsewhere/y.txt\n")
    done = inside("batch", "run", "m/two.manifest", *ECHO, "-o", "out")
    assert done.returncode == 2 and "exported to one file" in done.stderr


@pytest.mark.parametrize(
    ("job", "output"), [("in", "in"), ("in", "./x/../in"), ("in/a.txt", "in"), ("all.manifest", ".")]
)
def test_sources_are_not_written_over(inside: Run, tmp_path: Path, job: str, output: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "x").mkdir()
    (tmp_path / "in" / "a.txt").write_text("会议通过了文件。\n", encoding="utf-8")
    (tmp_path / "all.manifest").write_text("in/a.txt\n")
    refused = inside("batch", "run", job, *ECHO, "--store", "s", "-o", "in/a.txt")
    assert refused.returncode == 2 and "in/a.txt: is a file (name a folder for the results)" in refused.stderr
    refused = inside("batch", "run", job, *ECHO, "--store", "s", "-o", output)
    assert refused.returncode == 2 and "is the source" in refused.stderr, refused.stderr
    assert not (tmp_path / "s").exists(), "nothing was begun"
    assert inside("batch", "run", job, *ECHO, "--store", "s").returncode == 0
    for command in (("export", job), ("resume", job, "--quiet")):
        refused = inside("batch", *command, "--store", "s", "-o", output)
        assert refused.returncode == 2 and "is the source" in refused.stderr, refused.stderr
    assert (tmp_path / "in" / "a.txt").read_text(encoding="utf-8") == "会议通过了文件。\n"


def test_a_hint_names_no_option_that_the_command_lacks(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("会议通过了文件。\n", encoding="utf-8")
    for command in (("batch", "run", "a.xyz", *ECHO), ("regress", "a.xyz", "--from", "zh", "--to", "ru")):
        done = inside(*command)
        assert done.returncode == 2 and "a.xyz: no format is known" in done.stderr
        assert "--format" not in done.stderr and "rename it: known endings are " in done.stderr
