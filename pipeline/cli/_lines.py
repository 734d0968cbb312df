"""Standard input, one thing a line: a line that does not fit is told, and the others get their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pipeline.cli import _common as common
from pipeline.errors import UsageError


def of(text: str) -> Iterator[tuple[str, str]]:
    """(where, line) of the lines that are not blank: ("standard input:3", "Чанчунь")."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield f"standard input:{number}", line.strip()


def each(
    given: Iterable[tuple[str, str]], answered: Callable[[str], list[dict[str, Any]]]
) -> tuple[list[dict[str, Any]], int]:
    """The answers to all, and how many lines had none. An argument (its place is "") that has none raises UsageError:
    nobody asked for anything else."""
    answers: list[dict[str, Any]] = []
    bad = 0
    for where, text in given:
        try:
            answers += answered(text)
        except UsageError as error:
            if not where:
                raise
            common.warn(f"palladius: {where}: {error}")
            bad += 1
    return answers, bad
