"""What a report does: a finished Report in, one text out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from pipeline import registry
from pipeline.model import Finding, Report

_QUOTED = 60  # characters


class Reporter(ABC):
    """A reporter is one module with a module-level `PLUGIN` instance; its docstring's first line is its title."""

    suffix: ClassVar[str]

    @abstractmethod
    def render(self, report: Report) -> str: ...


def counted(number: int, what: str) -> str:
    """«1 segment», «2 segments»."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def said(finding: Finding, words: str) -> str:
    """The message behind the words it is about, unless it names them itself. `words` is the flagged stretch."""
    named = finding.message.casefold().replace("“", "«").replace("”", "»")
    if not words or f"«{words.casefold()}»" in named:
        return finding.message
    return f"«{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}» {finding.message}"


def plugin(name: str) -> Reporter:
    found = registry.load("reports", name)
    assert isinstance(found, Reporter)
    return found
