"""Which of two renderings of one sentence is the better one: a weighted sum of the features, beside the trees.

Trees learn mostly which sentences are hard. What tells renderings of the same sentence apart is learned from pairs of
them (`pipeline.training.estimator.preferred`) and added to the trees' sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMIT: Final = 3.0  # standard deviations beyond which a feature counts no more


def scaled(rows: NDArray[Any], learned: NDArray[Any]) -> NDArray[Any]:
    """(n, features) standard deviations from the mean, 0 for what is not known; `learned`: see `parts`."""
    import numpy as np

    known = np.where(np.isnan(rows), learned[0], rows)
    made: NDArray[Any] = np.clip((known - learned[0]) / learned[1], -LIMIT, LIMIT)
    return made


def parts(rows: NDArray[Any], learned: NDArray[Any]) -> NDArray[Any]:
    """(n, features) contributions; `learned` (3, features): mean, spread and weight of each feature."""
    made: NDArray[Any] = scaled(rows, learned) * learned[2]
    return made
