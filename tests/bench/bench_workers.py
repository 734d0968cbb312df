"""Two workers of a batch job against one, bundled engine, one thread each: wall time, and what sharing the work costs.

What starting costs is taken off by measuring a short and a long text. Only the second row means something on a machine
with other load.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.base import Row, genre

_SHORT, _LONG = 40, int(os.environ.get("BENCH_SEGMENTS", "1200"))


def spent(*command: str) -> tuple[float, float]:
    """Seconds by the clock and of the processor, of a command with all that it starts."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - started, processor


def batch(folder: Path, count: int, workers: int, store: str) -> tuple[float, float]:
    path = folder / f"{count}.txt"
    run = (sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(path), "--from", "zh", "--to", "ru")
    return spent(*run, "--quiet", "--workers", str(workers), "--store", f"{path}.{store}")


def run() -> list[Row]:
    texts = [f"（{i}）{text}" for i, text in enumerate(genre(_LONG))]
    wall: dict[int, float] = {}
    processor: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        for count in (_SHORT, _LONG):
            (Path(name) / f"{count}.txt").write_text("\n".join(texts[:count]) + "\n", encoding="utf-8")
        batch(Path(name), _SHORT, 1, "warm")
        for workers in (1, 2):
            took = [batch(Path(name), count, workers, f"{workers}") for count in (_SHORT, _LONG)]
            wall[workers], processor[workers] = (long - short for short, long in zip(*took, strict=True))
    head = f"batch of {_LONG}, bundled engine"
    return [
        Row(f"{head}: one worker / two, by the clock", wall[1], wall[2], "s", "at least 1.7"),
        Row(f"{head}: two workers / one, processor", processor[2], processor[1], "s", "about 1"),
    ]
