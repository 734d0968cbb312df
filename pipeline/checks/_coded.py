"""Codes of the file that checks do not see as text: what looks like a hole or a join is where one of them stands."""

from __future__ import annotations

from pipeline.checks.base import View


def parted(view: View, span: tuple[int, int], *, beside: bool = False) -> bool:
    """Does a single code stand within the span ("beside": or at an end of it): an image between the brackets of "()",
    a line break between "one." and "Two."? Tags around words part nothing."""
    codes = view.segment.target_codes
    start, end = span if beside else (span[0] + 1, span[1] - 1)
    return any(code.kind == "empty" and start <= code.position <= end for code in codes)
