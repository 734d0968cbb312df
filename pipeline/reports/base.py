"""What a report does: a finished Report in, one text out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from pipeline import registry
from pipeline.model import Report


class Reporter(ABC):
    """A reporter is one module with a module-level `PLUGIN` instance; its docstring's first line is its title."""

    suffix: ClassVar[str]

    @abstractmethod
    def render(self, report: Report) -> str: ...


def plugin(name: str) -> Reporter:
    found = registry.load("reports", name)
    assert isinstance(found, Reporter)
    return found
