"""A job of a million short segments: killed and resumed ten times, the output of an uninterrupted run, memory flat."""

from __future__ import annotations

import json
import os
import random
import resource
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


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.txt"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"第{i}号文件已经通过。\n" for i in range(COUNT))
    return path


def right(out: Path) -> bool:
    """Every line is there, once, in order, with its translation."""
    with (out / "big.txt").open(encoding="utf-8") as file:
        return (
            all(line == f"Ж第{i}号文件已经通过。\n" for i, line in enumerate(file)) and lines(out / "big.txt") == COUNT
        )


def lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def test_a_million_segments(big: Path, tmp_path: Path) -> None:
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run = Watched("run", big, *ECHO, "--store", tmp_path / "store", "-o", tmp_path / "out", "--json")
    said, errors = run.process.communicate()
    spent, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.process.returncode == 0, errors.decode()
    assert json.loads(said)["done"] == COUNT
    assert right(tmp_path / "out")
    peak, third = max(run.samples) / 1024, len(run.samples) // 3
    growth = (max(run.samples[2 * third :]) - max(run.samples[third : 2 * third])) / 1024
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures = (
        f"{COUNT} segments in {spent:.1f} s ({COUNT / spent:.0f} a second), {processor:.1f} s of processor time, "
        f"peak {peak:.0f} MB, growth {growth:.0f} MB"
    )
    print(figures)
    assert peak < 400 and growth < 100, figures


def test_a_million_segments_killed_ten_times(big: Path, tmp_path: Path) -> None:
    """Once while the text is read, then wherever the results happen to be, with one worker and with two."""
    rng, peaks = random.Random(1), []
    store, journal = tmp_path / "store", tmp_path / "store" / "results.jsonl"
    for number in range(10):
        begun = (store / "job.json").exists()
        args = ("resume", big, "--quiet") if begun else ("run", big, *ECHO)
        size = journal.stat().st_size if journal.exists() else 0
        more = int(COUNT * 120 * rng.uniform(0.03, 0.09)) if number else 0
        run = Watched(*args, "--store", store, "--workers", str(1 + number % 2))
        time.sleep(rng.uniform(0.0, 0.5) if number else rng.uniform(1.0, 3.0))
        while number and not (journal.exists() and journal.stat().st_size > size + more):
            assert run.process.poll() is None, "it ended before it could be killed: make the job larger"
            time.sleep(0.01)
        run.kill()
        peaks.append(max(run.samples) / 1024)
    done = lines(journal)
    run = Watched("resume", big, "--quiet", "--store", store, "-o", tmp_path / "out", "--json")
    said, errors = run.process.communicate()
    peaks.append(max(run.samples) / 1024)
    assert run.process.returncode == 0, errors.decode()
    told = json.loads(said)
    assert (told["done"], told["failed"], told["left"]) == (COUNT, 0, 0)
    assert right(tmp_path / "out")
    with Store(store) as opened:
        opened.verify()
    print(f"killed with {done} results; {lines(journal) - COUNT} texts done anew; peak {max(peaks):.0f} MB")
    assert lines(journal) - COUNT <= 10, "nothing is done twice; a kill may leave a line cut short"
    assert max(peaks) < 400
