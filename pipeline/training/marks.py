"""Annotated weak renderings (weak/*.tsv): spans of errors as ⟦C:...⟧ critical, M major, m minor, n neutral."""

from __future__ import annotations

import re

_MARK = re.compile(r"⟦([CMmn]):([^⟧]*)⟧")


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The plain text, and the spans of its errors in it (offsets; neutral ones are left out)."""
    plain, spans, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        if mark[1] != "n":
            spans.append((len(plain), len(plain) + len(mark[2])))
        plain += mark[2]
        at = mark.end()
    return plain + text[at:], spans
