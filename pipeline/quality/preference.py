"""Which of two renderings of one sentence is the better one: a sum of one curve for each feature.

Trees learn mostly which sentences are hard. What tells renderings of the same sentence apart is learned from pairs of
them (`pipeline.training.estimator.preferred`): an additive model (Hastie and Tibshirani 1986) of the features, of what
the trees say and of the wording, each as a line with bends, so that what a score is made of can be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.quality.features import NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

BENDS: Final = (-3.0, -1.5, -0.75, 0.0, 0.75, 1.5, 3.0)  # standard deviations; beyond the ends a feature counts no more
JUDGED: Final = "as raters judged translations"
COLUMNS: Final = (*NAMES, JUDGED, "wording")  # the features, the sum of the trees, that of the manner


def scaled(rows: NDArray[Any], learned: NDArray[Any]) -> NDArray[Any]:
    """(n, COLUMNS) standard deviations from the mean, 0 for what is not known; `learned`: see `parts`."""
    import numpy as np

    made: NDArray[Any] = (np.where(np.isnan(rows), learned[0], rows) - learned[0]) / learned[1]
    return made


def pieces(values: NDArray[Any]) -> NDArray[Any]:
    """(n, COLUMNS, len(BENDS) - 1) how far each value reaches into each stretch between two bends, from 0."""
    import numpy as np

    low, high = np.array(BENDS[:-1]), np.array(BENDS[1:])
    made: NDArray[Any] = np.clip(values[:, :, None], low, high) - np.clip(0.0, low, high)
    return made


def parts(rows: NDArray[Any], learned: NDArray[Any]) -> NDArray[Any]:
    """(n, COLUMNS) contributions; `learned` (2 + len(BENDS) - 1, COLUMNS): mean, spread and the slope of each
    stretch."""
    made: NDArray[Any] = (pieces(scaled(rows, learned)) * learned[2:].T).sum(2)
    return made
