"""Text with codes written back for formats whose codes are plain text (PO, SRT, VTT, HTML)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.formats import codes
from pipeline.model import Code, Segment

_PLACEHOLDER = re.compile(r"%|\$|\{[\w.:!-]*\}\Z")
_QUOTED = re.compile(r"`|<(?:code|kbd|samp|var|tt)\b[^<>]*>.|<?(?:https?|mailto):|!\[")  # shown as words are
_LETTER = re.compile(r"[^\W\u3000-\u9fff]")
_BEFORE = re.compile(r"[^\W\u3000-\u9fff]|[,.:;!?»)%]")


def placeholder(code: Code) -> bool:
    return _PLACEHOLDER.match(code.text) is not None or _QUOTED.match(code.text) is not None


def rendered(
    segment: Segment,
    escape: Callable[[str], str] = str,
    code: Callable[[Code], str] | None = None,
    word: Callable[[Code], bool] = placeholder,
) -> str:
    """The target with its codes; codes that have no place yet are placed by share of the text.

    `word`: does a code stand for a word, with spaces around it?
    """
    text = segment.target or ""
    placed: Sequence[Code] = segment.target_codes
    if segment.codes and not placed:
        placed = codes.place(segment.source, text, segment.codes)
    out: list[str] = []
    at = front = 0  # `front`: where in `out` the codes that open at this place begin
    for item in placed:
        position = min(max(at, item.position), len(text))
        if position > at:
            out.append(escape(text[at:position]))
            front = len(out)
        at = position
        made = code(item) if code is not None else item.text
        if item.kind == "empty" and word(item):
            before = _BEFORE if _QUOTED.match(item.text) else _LETTER
            if position and before.match(text[position - 1]) and not "".join(out[front:]).startswith(" "):
                out.insert(front, " ")
            made += " " if position < len(text) and _LETTER.match(text[position]) else ""
        out.append(made)
        front = front if item.kind == "open" else len(out)
    return "".join([*out, escape(text[at:])])
