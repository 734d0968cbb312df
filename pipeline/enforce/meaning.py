"""How near two Russian words are in meaning: navec embeddings (Kukushkin 2020, in the natasha wheel)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.languages.russian.tables import lines


@cache
def _navec() -> Any:
    """The embeddings, or None where natasha is not installed."""
    found = find_spec("natasha")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations))) / "data" / "emb"
    files = sorted(folder.glob("navec_news_*.tar"))
    if not files:
        return None
    from navec import Navec

    return Navec.load(str(files[0]))


@lru_cache(maxsize=1 << 14)
def _vector(word: str) -> Any:
    """Unit vector of a lower-case lemma, None where the vocabulary lacks it."""
    import numpy

    table = _navec()
    vector = table.get(word) if table is not None else None
    if vector is None and table is not None and "-" in word:
        vector = table.get(word.rpartition("-")[2])
    if vector is None:
        return None
    size = float(numpy.linalg.norm(vector))
    return vector / size if size else None


def cosine(left: str, right: str) -> float:
    """Cosine of two lemmas, 0 where one is unknown."""
    a, b = _vector(left), _vector(right)
    return float(a @ b) if a is not None and b is not None else 0.0


def near(left: str, right: str) -> float:
    """Likeness in meaning, 0..0.7: listed as swapped by machine translation 0.7, else by the vectors."""
    if left in _swapped() and right in _swapped()[left]:
        return 0.7
    value = cosine(left, right)
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
