"""chrF2++ (Popović 2017), character and word F-score."""

from __future__ import annotations

from typing import Any, ClassVar

from pipeline.quality.metrics.base import Sacre


class ChrfPlusPlus(Sacre):
    better: ClassVar[int] = 1

    def make(self) -> Any:
        from sacrebleu.metrics.chrf import CHRF

        return CHRF(word_order=2)


PLUGIN = ChrfPlusPlus
