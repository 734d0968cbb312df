"""xCOMET (Guerreiro et al. 2024): neural, large; package and weights of your own"""

from __future__ import annotations

from typing import ClassVar

from pipeline.quality.estimators._neural import NeuralEstimator


class XComet(NeuralEstimator):
    title: ClassVar[str] = "xCOMET"


PLUGIN = XComet
