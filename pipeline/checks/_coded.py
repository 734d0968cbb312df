"""Codes of the file that checks do not see as text: what looks like a hole or a join is where one of them stands."""

from __future__ import annotations

import re

from pipeline.checks.base import View
from pipeline.languages import verbatim

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def parted(view: View, span: tuple[int, int], *, beside: bool = False) -> bool:
    """Does a single code stand within the span ("beside": or at an end of it): an image between the brackets of "()",
    a line break between "one." and "Two."? Tags around words part nothing."""
    codes = view.segment.target_codes
    start, end = span if beside else (span[0] + 1, span[1] - 1)
    return any(code.kind == "empty" and start <= code.position <= end for code in codes)


def marks(text: str) -> list[tuple[int, int]]:
    """Where tags and placeholders stand: <b>, {name}, %s, {n, plural, one {# day}}."""
    if not any(sign in text for sign in "<{%[$"):
        return []
    found = [match.span() for match in _MARKUP.finditer(text)]
    return found + [(span.start, span.end) for span in verbatim.find(text)]
