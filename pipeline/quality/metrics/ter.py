"""TER (Snover et al. 2006), edits over reference words; lower is better."""

from __future__ import annotations

from typing import Any, ClassVar

from pipeline.quality.metrics.base import Sacre


class Ter(Sacre):
    better: ClassVar[int] = -1

    def make(self) -> Any:
        from sacrebleu.metrics.ter import TER

        return TER(asian_support=True, normalized=self.target == "zh")


PLUGIN = Ter
