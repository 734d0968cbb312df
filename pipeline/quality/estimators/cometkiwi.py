"""CometKiwi (Rei et al. 2022): neural, without reference; package and weights of your own"""

from __future__ import annotations

from typing import ClassVar

from pipeline.quality.estimators._neural import NeuralEstimator


class CometKiwi(NeuralEstimator):
    title: ClassVar[str] = "CometKiwi"


PLUGIN = CometKiwi
