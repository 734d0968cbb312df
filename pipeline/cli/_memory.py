"""What the translation memory did in a run, and which near matches it did not put in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Document

if TYPE_CHECKING:
    from pipeline.flow import Flow
    from pipeline.memory import Match

_NOT_USED = "memory: not used: "


def told(run: Flow, document: Document, before: Document) -> Document:
    """The translated document with a note on each segment that has a near match which was not used.

    `before`: the same segments before the translation, whose own targets no memory was asked for.
    """
    settings = run.settings.memory
    if not settings.path or run.source is None:
        return document
    from pipeline.formats import units
    from pipeline.glossary.rename import Renamer
    from pipeline.memory import Memory

    names = Renamer(run.enforcer.occurrences, run.target) if run.enforcer is not None else None
    segments = list(document.segments)
    with Memory(settings.path, penalties=settings.penalties, names=names) as memory:
        for index, (segment, was) in enumerate(zip(segments, before.segments, strict=True)):
            if segment.provenance == was.provenance or segment.provenance.startswith(("memory:", "copied")):
                continue
            [asked] = units.carried([replace(was, target=None)], document.format)
            match = memory.best(asked.source, run.source, run.target, codes=asked.codes)
            if match is not None and match.similarity < settings.threshold:
                note = _NOT_USED + cause(match, settings.threshold)
                segments[index] = replace(segment, notes=(*segment.notes, note))
    return document.with_segments(segments)


def cause(match: Match, threshold: float) -> str:
    """Why a match is not put in: what differs, or how alike it is; and what it is."""
    seen = f"{100 * match.alike:.0f} % alike"
    if match.alike < threshold:
        why = f"under memory.threshold {100 * threshold:.0f} %"
    elif match.unsure:
        why = f"other {' and '.join(match.unsure)}, which could not be put right"
    else:
        why = "less the penalty of its origin"
    return f"{seen}, {why}: {match.source} = {match.target}"


def lines(document: Document) -> list[str]:
    """One line for standard error; none where no memory had a say."""
    kinds = [s.provenance.split(":")[1] for s in document.segments if s.provenance.startswith("memory:")]
    left = sum(any(note.startswith(_NOT_USED) for note in s.notes) for s in document.segments)
    if not kinds and not left:
        return []
    used = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("context", "exact", "fuzzy") if kind in kinds)
    said = f"memory: {used or 'no'} {'match' if len(kinds) == 1 or not kinds else 'matches'} used"
    return [said + (f", {left} near but not used (--json and --report tell why)" if left else "")]
