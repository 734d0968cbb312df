"""What a job tells the outside: figures and events, and neither texts nor keys."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.jobs.conftest import job
from tests.unit.jobs.test_faults import POISON, faulty, wait_for

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def figures(text: str) -> dict[str, float]:
    rows = [line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in rows}


def test_log_and_figures(inside: Run, plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    watched = ("--log", "log.jsonl", "--metrics", "m.prom")
    assert inside("batch", "run", folder, *faulty("raise", on=POISON), *watched).returncode == 3
    text = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["event"] for line in (lines[0], lines[-1])] == ["started", "ended"]
    assert {line["event"] for line in lines[1:-1]} == {"taken", "finished"}
    assert sum(line["texts"] for line in lines if line["event"] == "finished") == 40
    assert sum(line["failed"] for line in lines if line["event"] == "finished") == 1
    assert all(line["time"].endswith("+00:00") for line in lines)
    assert not any("\u4e00" <= char <= "\u9fff" for char in text) and "cannot translate" not in text
    found = figures((tmp_path / "m.prom").read_text(encoding="utf-8"))
    assert found['palladius_batch_texts_total{outcome="done"}'] == 39
    assert found['palladius_batch_texts_total{outcome="failed"}'] == 1
    assert found["palladius_batch_texts_left"] == 0
    assert found["palladius_batch_characters_total"] == sum(len(f"第{i}行文字，文件0") * 2 for i in range(20))


def test_texts_in_the_log_when_asked(inside: Run, plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    inside("batch", "run", folder, *faulty("raise", on=POISON), "--log", "log.jsonl", "--log-texts")
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    failures = [failure for line in lines for failure in line.get("failures", ())]
    assert failures == [{"source": POISON, "error": "cannot translate that"}]


def test_dead_workers_are_counted(inside: Run, plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 4)
    given = faulty("killed", on="文件1", once=tmp_path / "once")
    done = inside("batch", "run", folder, *given, "--log", "-", "--metrics", "m.prom")
    assert done.returncode == 0
    lost = [json.loads(line) for line in done.stderr.splitlines() if '"lost"' in line]
    assert [(line["deaths"], line["cause"]) for line in lost] == [(1, "the worker died (signal SIGKILL)")]
    found = figures((tmp_path / "m.prom").read_text(encoding="utf-8"))
    assert found['palladius_batch_workers_lost_total{how="died"}'] == 1


def test_a_port_to_scrape(plugin: Path, tmp_path: Path) -> None:
    folder = job(tmp_path, 40)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(folder), *faulty("", delay=600)]
    process = subprocess.Popen(
        [*command, "--metrics-port", str(port), "--log", "log"], stderr=subprocess.DEVNULL, cwd=tmp_path
    )
    try:
        wait_for(lambda: (tmp_path / "log").exists() and "started" in (tmp_path / "log").read_text())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            assert figures(answer.read().decode())["palladius_batch_texts_left"] == 40
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--metrics", "m.txt"), "*.prom"),
        (("--metrics", "no/m.prom"), "cannot be written"),
        (("--log", "no/log"), "cannot be written"),
    ],
)
def test_places_that_cannot_be_written(
    inside: Run, plugin: Path, tmp_path: Path, option: tuple[str, str], words: str
) -> None:
    done = inside("batch", "run", job(tmp_path, 4), *faulty(""), *option)
    assert done.returncode in (2, 3) and words in done.stderr and len(done.stderr.strip().splitlines()) == 1, (
        done.stderr
    )


def test_a_port_that_is_taken(inside: Run, plugin: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = inside("batch", "run", job(tmp_path, 4), *faulty(""), "--metrics-port", str(taken.getsockname()[1]))
    assert done.returncode == 3 and "cannot listen" in done.stderr
