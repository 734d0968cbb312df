"""Paired bootstrap over documents (Koehn 2004; Riezler and Maxwell 2005), on statistics that add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Comparison:
    """new - old; low, high: 95 % interval of the difference; p: share of samples in which the sign turns."""

    old: float
    new: float
    low: float
    high: float
    p: float

    @property
    def change(self) -> float:
        return self.new - self.old


def compare(
    old: Sequence[Sequence[float]],
    new: Sequence[Sequence[float]],
    documents: Sequence[str],
    score: Callable[[Sequence[float]], float],
    *,
    samples: int = SAMPLES,
    seed: int = 12345,
) -> Comparison:
    """Compares two outputs of the same segments. `documents[i]` names the document of segment i.

    The seed is fixed: the same input gives the same answer. Raises ValueError where the lengths differ.
    """
    if not len(old) == len(new) == len(documents):
        raise ValueError("the two outputs and the documents must be of one length")
    names = {name: index for index, name in enumerate(dict.fromkeys(documents))}
    place = np.array([names[name] for name in documents])
    a, b = _sums(old, place, len(names)), _sums(new, place, len(names))
    whole = score(a.sum(0)), score(b.sum(0))
    if np.array_equal(a, b) or len(names) < 2:
        change = whole[1] - whole[0]
        return Comparison(*whole, change, change, 1.0 if change == 0 or len(names) < 2 else 0.0)
    draw = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), samples)
    sampled_a, sampled_b = draw @ a, draw @ b
    changes = np.array([score(y) - score(x) for x, y in zip(sampled_a, sampled_b, strict=True)])
    change = whole[1] - whole[0]
    turned = float(((changes >= 0) if change < 0 else (changes <= 0)).mean())
    low, high = np.percentile(changes, [2.5, 97.5])
    return Comparison(*whole, float(low), float(high), turned)


def _sums(rows: Sequence[Sequence[float]], place: np.ndarray, count: int) -> np.ndarray:
    table = np.asarray(rows, dtype=float)
    out = np.zeros((count, table.shape[1]))
    np.add.at(out, place, table)
    return out
