"""Segments as a translation memory keeps them, whatever format they are of, and its matches as a format has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.formats import convert, fill
from pipeline.model import Code, Segment


def _kind(format_name: str) -> str:
    """The marks of Markdown are tags here: a memory is asked by documents of all formats."""
    return "marked" if format_name == "markdown" else format_name


def carried(segments: Iterable[Segment], format_name: str) -> list[Segment]:
    """Placeholders in the text ("Hello %s"), tags beside it as what they stand for (<b>), numbered."""
    return [
        convert.portable(segment, _kind(format_name), markup=True) if segment.codes or segment.target_codes else segment
        for segment in segments
    ]


def taken(segment: Segment, format_name: str, target: str, codes: Sequence[Code]) -> tuple[Segment, bool]:
    """The segment with a target of the memory, whose codes bear the numbers that `carried` gave those of the segment;
    and whether each of its codes has a place there."""
    given = Segment("", "", target, target_codes=tuple(codes))
    text, placed = fill.native(segment, _kind(format_name), given)
    return replace(segment, target=text, target_codes=placed or ()), placed is not None
