"""A translation memory of a million units: import, look-ups, size of the file, resident memory. Run by hand:

python -m tests.bench.memory_million [UNITS]
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.memory import Memory, Unit
from tests.bench.base import genre


def sources(count: int, seed: int = 1) -> Iterator[str]:
    """Different sentences of the genre's words, all alike as those of one client are."""
    rng = random.Random(seed)
    base = genre(111)
    for i in range(count):
        yield f"{rng.choice(base)[:30]}{i}{rng.choice(base)[:20]}"


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tm.sqlite"
        with Memory(path) as memory:
            started, cpu = time.monotonic(), time.process_time()
            memory.add((Unit(s, "перевод") for s in sources(count)), "zh", "ru")
            print(f"import: {time.monotonic() - started:.0f} s, {time.process_time() - cpu:.0f} s of processor time")
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(f"file: {size / 2**20:.0f} MiB, {size / count:.0f} bytes a unit")
        rng = random.Random(2)
        wanted = set(rng.sample(range(count), 5000))
        known = [s for i, s in enumerate(sources(count)) if i in wanted]
        with Memory(path) as memory:
            started = time.process_time()
            found = sum(memory.best(s, "zh", "ru") is not None for s in known)
            print(f"exact: {len(known) / (time.process_time() - started):,.0f} look-ups a second, {found} found")
            times, found = [], 0
            for text in known[:300]:
                started = time.process_time()
                match = memory.best(text[:-3] + "改了", "zh", "ru")
                times.append(time.process_time() - started)
                found += match is not None and match.source == text
            times.sort()
            print(f"fuzzy: median {statistics.median(times) * 1000:.1f} ms, 95 % under {times[284] * 1000:.1f} ms,")
            print(f"  the changed unit itself comes first in {found} of 300")
        print(f"resident memory, most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
