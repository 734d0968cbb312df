"""What a report does: a finished Report in, one text out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from pipeline import registry
from pipeline.model import Document, Finding, Report, Segment

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


def place(document: Document, segment: Segment) -> tuple[str, int | None]:
    """The file of a segment and the line where it begins there; None where the format has no lines (DOCX).

    In a folder it is the file that the segment is from: news/a.txt, 3.
    """
    line, inside = segment.meta.get("line"), segment.meta.get("file")
    name = f"{document.name.rstrip('/')}/{inside}" if isinstance(inside, str) else document.name
    return name, line if isinstance(line, int) else None


def plugin(name: str) -> Reporter:
    found = registry.load("reports", name)
    assert isinstance(found, Reporter)
    return found
