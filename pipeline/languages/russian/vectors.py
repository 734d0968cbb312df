"""Vectors of Russian words: navec embeddings (Kukushkin 2020, 300 numbers a word), which the natasha wheel brings."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 300  # numbers of a vector


@cache
def table() -> Any:
    """The embeddings, half a second to load, once for all that asks; None where natasha is not installed."""
    found = find_spec("natasha")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations))) / "data" / "emb"
    files = sorted(folder.glob("navec_news_*.tar"))
    if not files:
        return None
    from navec import Navec

    return Navec.load(str(files[0]))


@lru_cache(maxsize=1 << 15)
def unit(word: str) -> NDArray[np.float32] | None:
    """Unit vector of a lower-case dictionary form, shape (SIZE,); None where the vocabulary lacks it."""
    import numpy as np

    known = table()
    vector = known.get(word) if known is not None else None
    if vector is None and known is not None and "-" in word:
        vector = known.get(word.rpartition("-")[2])
    if vector is None:
        return None
    size = float(np.linalg.norm(vector))
    return np.asarray(vector / size, np.float32) if size else None


def cosine(left: str, right: str) -> float:
    """Cosine of two dictionary forms, 0 where one is unknown."""
    a, b = unit(left), unit(right)
    return float(a @ b) if a is not None and b is not None else 0.0
