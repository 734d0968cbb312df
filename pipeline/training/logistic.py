"""Logistic regressions of the checks, in the units of their features, as they stand in the checks."""

from __future__ import annotations

from typing import Any


def fit(features: Any, positive: Any, weight: Any = None, strength: float = 1.0) -> tuple[float, Any]:
    """Bias and weights (features,) of P(positive) = 1 / (1 + exp(-bias - features @ weights)).

    features: (examples, features); positive: booleans; weight: of each example; strength: the inverse of scikit-learn's
    regularisation, over standardised features.
    """
    from sklearn.linear_model import LogisticRegression

    mean, spread = features.mean(0), features.std(0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=2000).fit((features - mean) / spread, positive, weight)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - (weights * mean).sum()), weights


def told(bias: float, weights: Any) -> str:
    """The two lines that a check has them in."""
    return f"bias {bias:.2f}\nweights {tuple(round(float(weight), 2) for weight in weights)}"
