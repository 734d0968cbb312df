"""Fits the trees with scikit-learn and writes them out as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.quality.features import BLIND, FEATURES, NAMES
from pipeline.quality.trees import Forest

OPTIONS = {"max_iter": 200, "learning_rate": 0.06, "max_leaf_nodes": 15, "min_samples_leaf": 40,
           "l2_regularization": 5.0, "early_stopping": False, "max_features": 0.4, "random_state": 1}  # fmt: skip


def columns(kind: str) -> list[int]:
    """Places of the features that a forest sees."""
    return [NAMES.index(name) for name in (BLIND if kind.endswith("blind") else NAMES)]


def monotone(kind: str) -> list[int]:
    """Direction of each feature for sklearn; risk is the other way round."""
    sign = -1 if kind.startswith("risk") else 1
    return [sign * FEATURES[NAMES[n]][2] for n in columns(kind)]


def grow(kind: str, rows: Any, targets: Any, weights: Any) -> Forest:
    """A forest for `kind` from rows (n, all features), targets and weights (n,); NaN targets are left out."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    made = HistGradientBoostingClassifier if kind.startswith("risk") else HistGradientBoostingRegressor
    usable = ~np.isnan(targets)
    model = made(monotonic_cst=monotone(kind), **OPTIONS)
    model.fit(rows[usable][:, columns(kind)], targets[usable], sample_weight=weights[usable])
    return export(model)


def export(model: Any) -> Forest:
    """The nodes of all trees in one row; places are absolute, and a leaf points to itself."""
    parts: dict[str, list[Any]] = {n: [] for n in ("feature", "threshold", "left", "right", "missing", "value")}
    roots, at, depth = [], 0, 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        here = np.arange(len(nodes)) + at
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(at)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, 0.0, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, here, nodes["left"] + at))
        parts["right"].append(np.where(leaf, here, nodes["right"] + at))
        parts["missing"].append(nodes["missing_go_to_left"])
        parts["value"].append(nodes["value"])
        depth, at = max(depth, int(nodes["depth"].max())), at + len(nodes)
    types = {"feature": np.uint8, "threshold": np.float32, "left": np.int32, "right": np.int32, "missing": np.uint8,
             "value": np.float32}  # fmt: skip
    joined = {name: np.concatenate(values).astype(types[name]) for name, values in parts.items()}
    base = float(np.ravel(model._baseline_prediction)[0])
    return Forest(base=base, roots=np.array(roots, np.int32), depth=depth, **joined)


def isotonic(sums: Any, outcomes: Any, weights: Any, points: int = 60) -> tuple[Any, Any]:
    """A rising curve from sums to the mean outcome (pool adjacent violators), at up to `points` quantiles."""
    from sklearn.isotonic import IsotonicRegression

    curve = IsotonicRegression(out_of_bounds="clip").fit(sums, outcomes, sample_weight=weights)
    at = np.unique(np.quantile(sums, np.linspace(0.002, 0.998, points)))
    # a little slope everywhere, so that no two different sums are told apart nowhere
    low, high = at[0] - 3 * (at[-1] - at[0]) / 4, at[-1] + (at[-1] - at[0]) / 2
    to = np.clip(curve.predict(at), 0.01, 0.99)
    to = np.r_[min(to[0], 0.005), to, max(to[-1], 0.995)]
    at = np.r_[low, at, high]
    return at, np.maximum.accumulate(np.clip(to + 1e-4 * np.linspace(-1, 1, len(to)), 0.0, 1.0))


def ranks(sums: Any, weights: Any, points: int = 60) -> tuple[Any, Any]:
    """A rising curve from sums to the share of rows that are worse, with long slopes beyond both ends."""
    order = np.argsort(sums)
    share = np.cumsum(weights[order]) / weights.sum()
    marks = np.linspace(0.003, 0.997, points)
    at = np.interp(marks, share, sums[order])
    at, kept = np.unique(at, return_index=True)
    spread = at[-1] - at[0]
    return np.r_[at[0] - spread, at, at[-1] + spread / 2], np.r_[0.0, marks[kept] * 0.94 + 0.03, 1.0]


def folds(groups: Sequence[str], count: int = 3) -> Any:
    """A fold number for each row; rows of one group share it."""
    import zlib

    return np.array([zlib.crc32(group.encode()) % count for group in groups])
