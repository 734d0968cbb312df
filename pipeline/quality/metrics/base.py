"""What a metric supplies: statistics of each segment that add up, and the score of a sum. The base does the rest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from pipeline import registry
from pipeline.model import Lang


class Metric(ABC):
    """A metric is one module whose `PLUGIN` is a subclass, made for a target language."""

    better: ClassVar[int] = 1  # 1 where higher is better, -1 where lower is
    unit: ClassVar[float] = 1.0  # the smallest drop that a person would call a drop
    sources: Sequence[str] = ()  # set by the caller, for metrics that read the source too

    def __init__(self, target: Lang) -> None:
        self.target = target

    @abstractmethod
    def statistics(self, outputs: Sequence[str], references: Sequence[Sequence[str]]) -> list[list[float]]:
        """One row of numbers for each segment; `references[i]` are the references of segment i (at least one)."""

    @abstractmethod
    def of(self, total: Sequence[float]) -> float:
        """The score that a sum of rows gives."""

    @property
    @abstractmethod
    def signature(self) -> str:
        """Versions and options that reproduce the score."""

    def score(self, outputs: Sequence[str], references: Sequence[Sequence[str]]) -> float:
        rows = self.statistics(outputs, references)
        return self.of([sum(column) for column in zip(*rows, strict=True)]) if rows else 0.0


class Sacre(Metric):
    """A metric of sacrebleu (Post 2018), through the statistics that its own significance tests use."""

    def __init__(self, target: Lang) -> None:
        super().__init__(target)
        self.inner = self.make()

    @abstractmethod
    def make(self) -> Any:
        """The sacrebleu metric object for the target language."""

    def statistics(self, outputs: Sequence[str], references: Sequence[Sequence[str]]) -> list[list[float]]:
        most = max((len(row) for row in references), default=1)
        streams = [[row[k] if k < len(row) else None for row in references] for k in range(most)]
        if not outputs:
            return []
        rows: list[list[float]] = self.inner._extract_corpus_statistics(list(outputs), streams)
        return [list(map(float, row)) for row in rows]

    def of(self, total: Sequence[float]) -> float:
        whole = [int(value) if float(value).is_integer() else value for value in total]
        return float(self.inner._compute_score_from_stats(whole).score)

    @property
    def signature(self) -> str:
        if self.inner.num_refs == -1:
            self.inner.num_refs = 1
        return str(self.inner.get_signature())


def make(name: str, target: Lang) -> Metric:
    """Raises UsageError for an unknown metric."""
    made = registry.load("quality.metrics", name)(target)
    assert isinstance(made, Metric)
    return made


def words(text: str, lang: Lang) -> int:
    """Length in words; in characters of Han script over 1.7, the usual ratio, for Chinese."""
    if lang == "zh":
        return max(1, round(sum("\u3400" <= c <= "\u9fff" for c in text) / 1.7))
    return max(1, len(text.split()))
