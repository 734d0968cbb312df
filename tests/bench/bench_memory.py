"""Translation memory look-ups on 100,000 units, against rapidfuzz over the whole list."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from pipeline.memory import Memory, Unit
from tests.bench.base import Row, genre, seconds


def run() -> list[Row]:
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    rng = random.Random(1)
    base = genre(111)
    sources = [f"{rng.choice(base)[:30]}{i}{rng.choice(base)[:20]}" for i in range(100_000)]
    with tempfile.TemporaryDirectory() as folder, Memory(Path(folder) / "tm.sqlite") as memory:
        memory.add((Unit(s, "перевод") for s in sources), "zh", "ru")
        known = rng.sample(sources, 2000)
        exact = seconds(lambda: [memory.best(s, "zh", "ru") for s in known], cpu=True)
        changed = [s[:-3] + "改了" for s in rng.sample(sources, 50)]
        fuzzy = seconds(lambda: [memory.best(s, "zh", "ru") for s in changed], 1, cpu=True)
        scorer = Indel.normalized_similarity
        peer = seconds(lambda: [process.extractOne(s, sources, scorer=scorer) for s in changed[:10]], 1, cpu=True)
        hits = sum(memory.best(s, "zh", "ru") is not None for s in changed)
    print(f"  fuzzy matches found: {hits} of {len(changed)}")
    return [
        Row("exact look-ups a second, 100,000 units / asked", 2000 / exact, 20_000, "", "at least 1"),
        Row("fuzzy look-up / rapidfuzz over all, time each", fuzzy / 50, peer / 10, "s", "under 0.010 s"),
    ]
