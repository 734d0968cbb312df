"""What the neural estimators share: options, the program that runs them, and the rules of the bundled estimator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pipeline.errors import EngineError
from pipeline.model import Finding, Lang, Score
from pipeline.quality.estimators.base import Estimator
from pipeline.quality.neural import Neural


class NeuralEstimator(Estimator):
    """Scores are the metric's own, brought to 0..1; risk is 1 - quality and not calibrated. The guard rules hold."""

    title: ClassVar[str]
    family: ClassVar[str] = "comet"
    package: ClassVar[str] = "unbabel-comet"
    options: ClassVar[dict[str, str]] = {
        "python": "Interpreter that has the package; default this one",
        "model": "Checkpoint file or folder with the weights",
        "tokenizer": "Folder with the tokenizer, where it is not beside the weights",
        "batch": "Segments at a time",
        "gpus": "Graphics processors to use",
    }

    def __init__(self, python: str = "", model: str = "", tokenizer: str = "", batch: int = 8, gpus: int = 0) -> None:
        self.inner = Neural(self.title, self.family, self.package, python, model, tokenizer, int(batch), int(gpus))

    def missing(self) -> str:
        return self.inner.missing()

    def quality(self, score: float) -> float:
        """0..1, higher is better, from what the metric says."""
        return min(1.0, max(0.0, score))

    def direction(
        self, pairs: Sequence[tuple[str, str]], source: Lang | None, target: Lang, findings: Sequence[Sequence[Finding]]
    ) -> list[Score]:
        from pipeline.quality.estimator import guarded

        if source is None:
            raise EngineError(f"{self.title} needs the source", hint="--set quality.estimator=bundled works without")
        name = type(self).__module__.rpartition(".")[2]
        hint = f"set quality.options.{name}.model and, for an interpreter of its own, quality.options.{name}.python"
        values = self.inner.scores([{"src": a, "mt": b} for a, b in pairs], hint)
        made = []
        for (left, right), found, value in zip(pairs, findings, values, strict=True):
            quality = self.quality(value)
            made.append(
                guarded(left, right, source, target, found, quality, 1 - quality, {self.title: round(value, 4)})
            )
        return made
