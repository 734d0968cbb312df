"""Fuzzes the readers: every target in turn, each in a process of its own, until the time is over.

    python -m tests.fuzz --seconds 3600 --folder out/fuzz [TARGET...]

Inputs that make new ground are kept in FOLDER/corpus, crashes in FOLDER/crashes, one line a round in FOLDER/rounds.tsv.
A crash is mended and becomes a case in tests/cases/fuzz, which tests/unit/house/test_fuzz.py runs for good.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz.targets import seeds, targets

_FLAGS = ("-timeout=25", "-rss_limit_mb=3000", "-max_len=6000", "-print_final_stats=1", "-verbosity=0")


def one(name: str, flags: list[str]) -> None:
    """Fuzzes one target in this process; does not return."""
    import atheris

    with atheris.instrument_imports(include=["pipeline"]):
        from tests.fuzz import targets as fresh

        target = fresh.targets()[name]
        for data in fresh.seeds(name)[:1]:
            target(data)  # everything it imports is imported here, instrumented
    atheris.Setup([f"fuzz-{name}", *flags], target)
    atheris.Fuzz()


def round_of(name: str, folder: Path, seconds: int) -> tuple[int, int, int]:
    """One round of a target: (executions, seconds, exit status)."""
    corpus, crashes = folder / "corpus" / name, folder / "crashes"
    corpus.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(data)
    flags = [*_FLAGS, f"-max_total_time={seconds}", f"-artifact_prefix={crashes}/{name}-", str(corpus)]
    started = time.monotonic()
    command = [sys.executable, "-m", "tests.fuzz", "--one", name, "--", *flags]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    said = re.search(r"number_of_executed_units:\s*(\d+)", done.stdout)
    if done.returncode:
        (crashes / f"{name}-{int(time.monotonic())}.log").write_text(done.stdout[-8000:], encoding="utf-8")
    return int(said.group(1)) if said else 0, round(time.monotonic() - started), done.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("targets", nargs="*", help=f"left out: all of {', '.join(targets())}")
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--round", type=int, default=60, help="for one target before the next has its turn")
    parser.add_argument("--folder", type=Path, default=Path("out/fuzz"))
    parser.add_argument("--one", metavar="TARGET", help=argparse.SUPPRESS)
    if "--one" in sys.argv:
        at = sys.argv.index("--one")
        one(sys.argv[at + 1], sys.argv[at + 3 :])
    given = parser.parse_args()
    until, failed = time.monotonic() + given.seconds, 0
    given.folder.mkdir(parents=True, exist_ok=True)
    with (given.folder / "rounds.tsv").open("a", encoding="utf-8") as table:
        while time.monotonic() < until:
            for name in given.targets or targets():
                left = int(until - time.monotonic())
                if left < 5:
                    break
                units, spent, code = round_of(name, given.folder, min(given.round, left))
                failed += code != 0
                print(name, units, spent, code, sep="\t", file=table, flush=True)
                print(f"{name:16} {units:10,} executions {spent:5} s" + (f"  exit {code}" if code else ""), flush=True)
            else:
                continue
            break
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
