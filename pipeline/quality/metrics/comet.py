"""COMET (Rei et al. 2022), neural; needs the package unbabel-comet and a checkpoint of your own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import ClassVar

from pipeline.errors import EngineError
from pipeline.quality.metrics.base import Metric
from pipeline.quality.neural import Neural

HINT = (
    "set COMET_MODEL to a checkpoint file, COMET_PYTHON to an interpreter that has unbabel-comet; nothing is downloaded"
)


class Comet(Metric):
    """`sources` must be set before `statistics`: COMET reads the source too. Scores are on 0..100."""

    unit: ClassVar[float] = 0.5

    def statistics(self, outputs: Sequence[str], references: Sequence[Sequence[str]]) -> list[list[float]]:
        if len(self.sources) != len(outputs):
            raise EngineError("COMET needs the source of every segment")
        rows = [
            {"src": source, "mt": output, "ref": given[0]}
            for source, output, given in zip(self.sources, outputs, references, strict=True)
        ]
        return [[100 * score, 1.0] for score in self._inner().scores(rows, HINT)]

    def of(self, total: Sequence[float]) -> float:
        return total[0] / total[1] if total and total[1] else 0.0

    @property
    def signature(self) -> str:
        return f"comet:{os.path.basename(os.environ.get('COMET_MODEL', '')) or 'none'}|refs:1"  # noqa: PTH119

    def _inner(self) -> Neural:
        return Neural(
            "COMET", "comet", "unbabel-comet", os.environ.get("COMET_PYTHON", ""), os.environ.get("COMET_MODEL", "")
        )


PLUGIN = Comet
