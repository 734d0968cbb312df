"""Translation memory look-ups on 100,000 units, against rapidfuzz over the whole list and translate-toolkit's matcher."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from pipeline.memory import Memory, Unit
from tests.bench.base import Row, genre, seconds

UNITS = 100_000


def run() -> list[Row]:
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    rng = random.Random(1)
    base = genre(111)
    sources = [f"{rng.choice(base)[:30]}{i}{rng.choice(base)[:20]}" for i in range(UNITS)]
    with tempfile.TemporaryDirectory() as folder, Memory(Path(folder) / "tm.sqlite") as memory:
        memory.add((Unit(s, "перевод") for s in sources), "zh", "ru")
        known = rng.sample(sources, 2000)
        exact = seconds(lambda: [memory.best(s, "zh", "ru") for s in known], cpu=True)
        changed = [s[:-3] + "改了" for s in rng.sample(sources, 50)]
        times, found = [], []
        for text in changed:
            started = time.process_time()
            found.append(memory.best(text, "zh", "ru"))
            times.append(time.process_time() - started)
        scorer = Indel.normalized_similarity
        peer = seconds(lambda: [process.extractOne(s, sources, scorer=scorer) for s in changed[:10]], 1, cpu=True)
        rows = [
            Row("exact look-ups a second, 100,000 units / asked", 2000 / exact, 20_000, "", "at least 1"),
            Row(
                "fuzzy look-up / rapidfuzz over all, time each",
                statistics.median(times),
                peer / 10,
                "s",
                "under 0.010 s",
            ),
        ]
        try:
            rows += _toolkit(memory, sources, changed[:20])
        except ImportError:
            print("translate-toolkit is not installed: its rows are left out")
    print(f"  fuzzy matches found: {sum(match is not None for match in found)} of {len(changed)}")
    return rows


def _toolkit(memory: Memory, sources: list[str], changed: list[str]) -> list[Row]:
    """The same look-ups by translate.search.match, which compares with every unit of about the same length."""
    from rapidfuzz.distance import Levenshtein
    from translate.search import match
    from translate.storage import base

    class Store(base.TranslationStore):  # type: ignore[misc]
        UnitClass = base.TranslationUnit

    store: Any = Store()
    for source in sources:
        unit = store.addsourceunit(source)
        unit.target = "перевод"
    peer = match.matcher(store, max_candidates=1, min_similarity=60, max_length=200)
    theirs: list[Any] = []
    spent = seconds(lambda: theirs.extend(peer.matches(text) for text in changed), 1, cpu=True)
    ours: list[Any] = []
    own = seconds(lambda: ours.extend(memory.best(text, "zh", "ru") for text in changed), 1, cpu=True)

    def alike(text: str, found: str) -> float:
        return float(Levenshtein.normalized_similarity(text, found))

    left = [alike(text, m.source) if m is not None else 0.0 for text, m in zip(changed, ours, strict=True)]
    right = [alike(text, m[0].source) if m else 0.0 for text, m in zip(changed, theirs, strict=True)]
    count = len(changed)
    return [
        Row("fuzzy look-up / translate-toolkit's matcher, time each", own / count, spent / count, "s", "under 1"),
        Row(
            "similarity of the best match / translate-toolkit's",
            statistics.mean(left),
            statistics.mean(right),
            "",
            "about 1",
        ),
    ]
