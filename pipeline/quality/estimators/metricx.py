"""MetricX-24 (Juraska et al. 2024): neural, without reference; package and weights of your own"""

from __future__ import annotations

from typing import ClassVar

from pipeline.quality.estimators._neural import NeuralEstimator


class MetricX(NeuralEstimator):
    title: ClassVar[str] = "MetricX"
    family: ClassVar[str] = "metricx"
    package: ClassVar[str] = "metricx24"

    def quality(self, score: float) -> float:
        """MetricX says how many MQM points are lost, 0 to 25."""
        return super().quality(1 - score / 25)


PLUGIN = MetricX
