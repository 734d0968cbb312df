"""Text with codes written back for formats whose codes are plain text (PO, SRT, VTT, HTML)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.formats import codes
from pipeline.model import Code, Segment


def rendered(segment: Segment, escape: Callable[[str], str] = str, code: Callable[[Code], str] | None = None) -> str:
    """The target with its codes; codes that have no place yet are placed by share of the text."""
    text = segment.target or ""
    placed: Sequence[Code] = segment.target_codes
    if segment.codes and not placed:
        placed = codes.place(segment.source, text, segment.codes)
    out: list[str] = []
    at = 0
    for item in placed:
        position = min(max(at, item.position), len(text))
        out.append(escape(text[at:position]))
        at = position
        out += (item.before, code(item) if code is not None else item.text, item.after)
    return "".join([*out, escape(text[at:])])
