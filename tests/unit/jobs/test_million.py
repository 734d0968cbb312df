"""A job of a million short segments: killed and resumed ten times, the output of an uninterrupted run, memory flat."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.jobs.store import Store
from tests.unit.jobs.test_faults import ECHO

pytestmark = pytest.mark.soak
COUNT = int(os.environ.get("SOAK_SEGMENTS", "1000000"))


def memory(pid: int) -> int:
    """Resident KB of a process and its children."""
    total = 0
    for each in [pid, *children(pid)]:
        try:
            status = Path(f"/proc/{each}/status").read_text()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return total


def children(pid: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


class Watched:
    """A run whose memory is looked at ten times a second."""

    def __init__(self, *args: str | Path) -> None:
        command = [sys.executable, "-m", "pipeline.cli.main", "batch", *map(str, args)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        self.samples: list[int] = []
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while self.process.poll() is None:
            self.samples.append(memory(self.process.pid))
            time.sleep(0.1)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def test_a_million_segments(tmp_path: Path, record_property: pytest.RecordProperty) -> None:
    path = tmp_path / "big.txt"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"第{i}号文件已经通过。\n" for i in range(COUNT))
    started = time.monotonic()
    run = Watched("run", path, *ECHO, "--store", tmp_path / "whole", "-o", tmp_path / "out-whole", "--json")
    said, errors = run.process.communicate()
    spent = time.monotonic() - started
    assert run.process.returncode == 0, errors.decode()
    assert json.loads(said)["done"] == COUNT
    peak, third = max(run.samples) / 1024, len(run.samples) // 3
    growth = (max(run.samples[2 * third :]) - max(run.samples[third : 2 * third])) / 1024

    rng, kills, peaks = random.Random(1), 0, [peak]
    while kills < 10:
        begun = (tmp_path / "cut" / "job.json").exists()
        args = ("resume", path, "--quiet") if begun else ("run", path, *ECHO)
        workers = ("--workers", str(1 + kills % 2))
        run = Watched(*args, "--store", tmp_path / "cut", *workers)
        time.sleep(spent * rng.uniform(0.05, 0.2) + (1.0 if begun else 0.0))
        assert run.process.poll() is None, "it ended before it could be killed: make the job larger"
        run.kill()
        peaks.append(max(run.samples) / 1024)
        kills += 1
    run = Watched("resume", path, "--quiet", "--store", tmp_path / "cut", "-o", tmp_path / "out-cut", "--json")
    said, errors = run.process.communicate()
    peaks.append(max(run.samples) / 1024)
    assert run.process.returncode == 0, errors.decode()
    told = json.loads(said)
    assert (told["done"], told["failed"], told["left"]) == (COUNT, 0, 0)
    assert digest(tmp_path / "out-cut" / "big.txt") == digest(tmp_path / "out-whole" / "big.txt")
    with Store(tmp_path / "cut") as store:
        store.verify()
    rate = COUNT / spent
    figures = (
        f"{COUNT} segments in {spent:.1f} s ({rate:.0f} a second), peak {max(peaks):.0f} MB, growth {growth:.0f} MB"
    )
    print(figures)
    record_property("figures", figures)
    assert max(peaks) < 400 and growth < 100, figures
