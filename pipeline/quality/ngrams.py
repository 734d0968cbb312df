"""A language model in a small table: stupid back-off (Brants et al. 2007) over hashed word or character n-grams.

Units are words in lower case for Russian and English, characters for Chinese; numbers are one unit. An n-gram's count
stands, on a logarithmic scale, in one of four slots of its bucket, beside one byte of its hash: of the lookups of
unseen n-grams one in some 80 finds a count that is not its own.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLOTS: Final = 4
STEP: Final = 8.0  # a stored byte b stands for a count of 2 ** ((b - 1) / STEP)
BACKOFF: Final = -0.916  # log 0.4
_UNITS: Final = {
    "zh": re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|[\u3400-\u9fff]|[^\w\s]"),
    "": re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]"),
}


def units(text: str, language: str) -> list[str]:
    """What the n-grams are made of."""
    found = _UNITS.get(language, _UNITS[""]).findall(text.lower().replace("ё", "е"))
    return ["0" if unit[0].isdigit() else unit for unit in found]


@lru_cache(maxsize=200_000)
def number(unit: str) -> int:
    """A unit as 32 bits; 1 stands for the beginning of a sentence."""
    return zlib.crc32(unit.encode()) | 2


def hashes(ids: NDArray[np.uint64], order: int) -> NDArray[np.uint64]:
    """Hash of the n-gram that ends at each place of `ids`, for places order-1 and later; (len - order + 1,)."""
    import numpy as np

    prime = np.uint64(0x9E3779B97F4A7C15)
    mixed = np.full(len(ids) - order + 1, order, np.uint64)
    for back in range(order):
        piece = ids[back : len(ids) - order + 1 + back]
        mixed = (mixed ^ piece) * prime
        mixed ^= mixed >> np.uint64(29)
    return mixed


@dataclass(frozen=True, slots=True)
class Model:
    """marks, counts: (buckets, SLOTS) bytes; total: number of units it was counted on; order: longest n-gram."""

    language: str
    order: int
    total: float
    marks: NDArray[np.uint8]
    counts: NDArray[np.uint8]

    def logs(self, hashed: NDArray[np.uint64]) -> NDArray[Any]:
        """log of the count of each n-gram, -inf where it was never seen."""
        import numpy as np

        bucket = (hashed >> np.uint64(8)) % np.uint64(len(self.marks))
        mark = (hashed & np.uint64(255)).astype(np.uint8)
        same = self.marks[bucket] == mark[:, None]
        steps = np.where(same, self.counts[bucket], 0).max(1)
        return np.where(steps > 0, (steps.astype(np.float64) - 1) * (np.log(2) / STEP), -np.inf)

    def score(self, texts: Sequence[str]) -> list[tuple[NDArray[Any], NDArray[Any]]]:
        """For each text the log-probability (nats) of each unit and the length of the n-gram it was found in."""
        import numpy as np

        pad = self.order - 1
        rows = [[1] * pad + [number(unit) for unit in units(text, self.language)] for text in texts]
        ids = np.array([n for row in rows for n in row] or [1], np.uint64)
        seen = [self.logs(hashes(ids, n)) for n in range(1, self.order + 1)]
        found = np.full(len(ids), -np.inf)
        length = np.zeros(len(ids))
        # from the longest n-gram down: the first that was seen decides
        for n in range(self.order, 0, -1):
            here = np.full(len(ids), -np.inf)
            here[n - 1 :] = seen[n - 1]
            if n > 1:
                context = np.full(len(ids), -np.inf)
                context[n - 1 :] = seen[n - 2][: len(ids) - n + 1]
            else:
                context = np.full(len(ids), np.log(self.total))
            usable = np.isinf(found) & np.isfinite(here) & np.isfinite(context)
            value = np.minimum(0.0, np.where(usable, here, 0.0) - np.where(usable, context, 0.0)) + BACKOFF * (
                self.order - n
            )
            found = np.where(usable, value, found)
            length = np.where(usable, n, length)
        found = np.where(np.isinf(found), -np.log(self.total) + BACKOFF * self.order, found)
        scored, at = [], 0
        for row in rows:
            scored.append((found[at + pad : at + len(row)], length[at + pad : at + len(row)]))
            at += len(row)
        return scored


def read(held: Any, language: str) -> Model:
    """The model of a language from the arrays of an asset; raises KeyError where one is missing."""
    order, total = held[f"lm_{language}_scalars"]
    return Model(language, int(order), float(total), held[f"lm_{language}_marks"], held[f"lm_{language}_counts"])
