"""How near two Russian words are in meaning: by their vectors, and by what machine translation swaps."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.languages.russian import vectors
from pipeline.languages.russian.tables import lines


@lru_cache(maxsize=1 << 16)
def near(left: str, right: str) -> float:
    """Likeness in meaning, 0..0.7: listed as swapped by machine translation 0.7, else by the vectors."""
    if left in _swapped() and right in _swapped()[left]:
        return 0.7
    value = vectors.cosine(left, right)
    return min(0.7, max(0.0, 1.4 * value - 0.14)) if value >= 0.4 else 0.0


@cache
def _swapped() -> dict[str, frozenset[str]]:
    """Rows of Russian lemmas that machine translation of the genre puts for one another."""
    table: dict[str, set[str]] = {}
    for line in lines("swapped"):
        row = line.split()
        for word in row:
            table.setdefault(word, set()).update(row)
    return {word: frozenset(others - {word}) for word, others in table.items()}
