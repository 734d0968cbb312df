"""The bundled estimator: trees over checks, word coverage and language models"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Finding, Lang, Score
from pipeline.quality.estimators.base import Estimator


class Bundled(Estimator):
    def missing(self) -> str:
        return ""

    def direction(
        self, pairs: Sequence[tuple[str, str]], source: Lang | None, target: Lang, findings: Sequence[Sequence[Finding]]
    ) -> list[Score]:
        from pipeline.quality import estimator

        return estimator.bundled().scores(pairs, source, target, findings)


PLUGIN = Bundled
