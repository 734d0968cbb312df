"""Placeholders and tags that stand in the text of a message itself: printf, Python, ICU, templates, escaped HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.formats import _inline
from pipeline.model import Code

_ICU = r"\{\s*[\w.]+\s*,\s*(?:plural|select|selectordinal)\s*,(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_CODES = (
    r"(?P<close></[a-zA-Z][\w-]*>)|(?P<empty><[a-zA-Z][^<>]*/>|<br>|%\([\w.]+\)[#0 +-]?[\d.]*[a-zA-Z]"
    r"|%(?:\d+\$)?[#0+-]*\d*(?:\.\d+)?(?:hh|ll|[hlzjtq])?[sdiufFeEgGxXcp@](?!\w)|%%"
    rf"|{_ICU}|\{{\s*[\w.]+\s*,\s*(?:number|date|time|spellout|ordinal|duration)\b[^{{}}]*\}}"
    r"|\$?\{\{?[ \w.:!|-]*\}?\})"
)
MESSAGE = re.compile(rf"\s*{_ICU}\s*", re.DOTALL)  # a message that is nothing but the choice of one of several


def lifted(text: str, found: Sequence[Code] = (), written: Callable[[str], str] = str) -> tuple[str, tuple[Code, ...]]:
    """HTML tags and placeholders of a text as codes, beside those that are `found` already."""
    if not ("<" in text or "%" in text or "{" in text):
        return text, tuple(found)
    tags = "|".join(sorted({re.escape(name) for name in re.findall(r"</([a-zA-Z][\w-]*)>", text)})) or "(?!)"
    paired = re.compile(rf"(?P<open><(?:{tags})(?:\s[^<>]*)?>)|" + _CODES)
    return _inline.lifted(text, found, paired, written, _tag)


def _tag(raw: str) -> str:
    found = re.match(r"</?([\w-]+)", raw)
    return found.group(1) if found else raw
