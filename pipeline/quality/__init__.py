"""Quality and post-edit risk of segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.model import Finding, Score


def estimate(
    views: Sequence[Any],
    findings: Sequence[Sequence[Finding]],
    name: str = "bundled",
    options: Mapping[str, Any] | None = None,
) -> list[Score]:
    """A Score for each view, by the estimator of that name (`pipeline.quality.estimators`) with its options.

    A view has `source` ("" where there is none), `target`, `source_lang` (None where unknown) and `target_lang`.
    Raises UsageError for an unknown estimator or option, EngineError where what it needs is missing or failed.
    """
    from pipeline.quality.estimators import base

    return base.make(name, options).estimate(views, findings)
