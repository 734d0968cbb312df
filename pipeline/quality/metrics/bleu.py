"""BLEU (Papineni et al. 2002), as sacrebleu computes it, with the tokenizer of the target language."""

from __future__ import annotations

from typing import Any, ClassVar

from pipeline.quality.metrics.base import Sacre


class Bleu(Sacre):
    better: ClassVar[int] = 1

    def make(self) -> Any:
        from sacrebleu.metrics.bleu import BLEU

        return BLEU(tokenize="zh" if self.target == "zh" else "13a", effective_order=False)


PLUGIN = Bleu
