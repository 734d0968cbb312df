"""Runs the benchmarks named on the command line, or all."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.bench.base import Row


def main(wanted: list[str]) -> None:
    folder = Path(__file__).parent
    names = sorted(path.stem.removeprefix("bench_") for path in folder.glob("bench_*.py"))
    print(f"{'what':58} {'ours':>12} {'peer':>12} {'ratio':>8}  asked")
    for name in wanted or names:
        rows: list[Row] = importlib.import_module(f"tests.bench.bench_{name}").run()
        for row in rows:
            print(row)


if __name__ == "__main__":
    main(sys.argv[1:])
