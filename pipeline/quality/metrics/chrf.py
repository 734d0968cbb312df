"""chrF2 (Popović 2015), character F-score."""

from __future__ import annotations

from typing import Any, ClassVar

from pipeline.quality.metrics.base import Sacre


class Chrf(Sacre):
    better: ClassVar[int] = 1

    def make(self) -> Any:
        from sacrebleu.metrics.chrf import CHRF

        return CHRF()


PLUGIN = Chrf
