"""Quality and post-edit risk of segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.model import Finding, Score, Severity

_WEIGHT = {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}  # MQM


def estimate(views: Sequence[Any], findings: Sequence[Sequence[Finding]], name: str = "bundled") -> list[Score]:
    """A Score for each view."""
    scores = []
    for view, found in zip(views, findings, strict=True):
        penalty = sum(_WEIGHT[finding.severity] for finding in found)
        quality = 0.0 if not view.target.strip() else 1 / (1 + penalty / 5)
        scores.append(Score(quality, 1 - quality, {"mqm_penalty": penalty}))
    return scores
