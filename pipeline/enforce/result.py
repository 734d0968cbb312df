"""What the enforcer answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model import Edit, Finding, Occurrence, Severity, Term


@dataclass(frozen=True, slots=True)
class Enforced:
    """The new target, the edits that make it, what could not be done, and a line for each term occurrence.

    A line of `terms` has term, source_span, status (applied, already, variant, repaired, flagged), before, after, cell,
    reason, suggestion.
    """

    target: str
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    terms: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """Edits that put one term right; all are made or none."""

    edits: tuple[Edit, ...]
    before: str
    after: str
    cell: str
    reason: str


def severity(term: Term, *, seen: bool = True) -> Severity:
    """How grave a term that is not in its official form is. `seen`: something else stands in its place.

    Where nothing does, a professional may have said it freely: names and offices are worth a look, the rest a note.
    """
    if seen:
        return Severity.MINOR if term.kind == "term" else Severity.MAJOR
    return Severity.NEUTRAL if term.kind in ("term", "slogan") else Severity.MINOR


def line(occurrence: Occurrence, status: str, **more: str) -> dict[str, Any]:
    """A line of the report on terms."""
    made: dict[str, Any] = {
        "term": occurrence.term.id,
        "source_span": [occurrence.span.start, occurrence.span.end],
        "status": status,
        "before": "",
        "after": "",
        "cell": "",
        "reason": "",
        "suggestion": "",
    }
    made.update(more)
    return made
