"""What an estimator does: views and their findings in, scores out, in order, none missing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.model import Finding, Lang, Score


class Estimator(ABC):
    """An estimator is one module whose `PLUGIN` is a subclass; it is made with its options from the settings."""

    options: ClassVar[dict[str, str]] = {}  # option -> help

    @abstractmethod
    def missing(self) -> str:
        """What is missing before it can work; "" when it is ready."""

    @abstractmethod
    def direction(
        self, pairs: Sequence[tuple[str, str]], source: Lang | None, target: Lang, findings: Sequence[Sequence[Finding]]
    ) -> list[Score]:
        """A score for each (source, target) of one direction. Raises EngineError where it is not ready or fails."""

    def estimate(self, views: Sequence[Any], findings: Sequence[Sequence[Finding]]) -> list[Score]:
        """Scores of views of any directions, in order."""
        groups: dict[tuple[Lang | None, Lang], list[int]] = {}
        for n, view in enumerate(views):
            groups.setdefault((view.source_lang if view.source else None, view.target_lang), []).append(n)
        scores: dict[int, Score] = {}
        for (source, target), places in groups.items():
            pairs = [(views[n].source, views[n].target) for n in places]
            made = self.direction(pairs, source, target, [findings[n] for n in places])
            scores.update(zip(places, made, strict=True))
        return [scores[n] for n in range(len(views))]


def make(name: str, options: Mapping[str, Any] | None = None) -> Estimator:
    """The estimator of that name. Raises UsageError for an unknown estimator or option."""
    kind = registry.load("quality.estimators", name)
    given = dict(options or {})
    for key in given:
        if key not in kind.options:
            known = ", ".join(kind.options) or "none"
            raise UsageError(f"estimator {name} has no option {key!r}", hint=f"known: {known}")
    made = kind(**given)
    assert isinstance(made, Estimator)
    return made
