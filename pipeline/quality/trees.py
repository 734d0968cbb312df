"""Gradient-boosted trees evaluated with numpy alone: sums of leaves, and what each feature brought on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """All nodes of all trees in one row of arrays; `roots` are the places of the trees' first nodes.

    A node is a leaf where left == its own place. Missing values (NaN) go left where `missing` is 1.
    """

    base: float
    roots: NDArray[np.int32]
    feature: NDArray[np.uint8]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    missing: NDArray[np.uint8]
    value: NDArray[np.float32]
    depth: int

    def predict(self, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """(n,) sums, and (n, features) contributions after Saabas (2014): the change of the node's mean at each split.

        The contributions of a row add up to its sum less the mean of the roots.
        """
        import numpy as np

        count, width = rows.shape
        at = np.broadcast_to(self.roots, (count, len(self.roots))).copy()
        start = self.value[self.roots].sum()
        brought = np.zeros(count * width)
        line = np.arange(count)[:, None]
        for _ in range(self.depth):
            feature = self.feature[at]
            cell = rows[line, feature]
            left = np.where(np.isnan(cell), self.missing[at] > 0, cell <= self.threshold[at])
            after = np.where(left, self.left[at], self.right[at])
            change = self.value[after] - self.value[at]
            brought += np.bincount((line * width + feature).ravel(), change.ravel(), count * width)
            at = after
        parts = brought.reshape(count, width)
        return self.base + start + parts.sum(1), parts

    def arrays(self, prefix: str) -> dict[str, Any]:
        """What `read` reads."""
        import numpy as np

        names = ("roots", "feature", "threshold", "left", "right", "missing", "value")
        held: dict[str, Any] = {f"{prefix}_{name}": getattr(self, name) for name in names}
        held[f"{prefix}_scalars"] = np.array([self.base, self.depth], np.float64)
        return held


def read(held: Mapping[str, Any], prefix: str) -> Forest:
    """A forest from the arrays of an asset; raises KeyError where one is missing."""
    base, depth = held[f"{prefix}_scalars"]
    names = ("roots", "feature", "threshold", "left", "right", "missing", "value")
    parts = {name: held[f"{prefix}_{name}"] for name in names}
    return Forest(base=float(base), depth=int(depth), **parts)
