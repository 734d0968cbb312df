"""What benchmarks share: a row of the table, and timing that takes the best of several runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """ours and peer in one unit; ratio = ours / peer; `asked` is the bound in words."""

    what: str
    ours: float
    peer: float
    unit: str
    asked: str = ""

    def __str__(self) -> str:
        ratio = self.ours / self.peer if self.peer else float("nan")
        unit = f" {self.unit}"
        return f"{self.what:58} {self.ours:10.4g}{unit:4} {self.peer:8.4g}{unit:4} {ratio:8.2f}  {self.asked}"


def seconds(action: Callable[[], object], runs: int = 3, *, cpu: bool = False) -> float:
    """The shortest of `runs` runs, in seconds; `cpu`: of processor time, which other load does not stretch."""
    clock = time.process_time if cpu else time.perf_counter
    best = float("inf")
    for _ in range(runs):
        started = clock()
        action()
        best = min(best, clock() - started)
    return best


def genre(count: int = 200, column: str = "zh") -> list[str]:
    """Sentences of the genre's test set, repeated to `count` with a number that makes each different."""
    from pathlib import Path

    path = Path(__file__).parents[1] / "reference" / "genre.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    at = rows[0].index(column)
    texts = [row[at] for row in rows[1:]]
    return [texts[i % len(texts)] for i in range(count)]
