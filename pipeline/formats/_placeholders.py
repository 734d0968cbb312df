"""Placeholders and tags that stand in the text of a message itself: printf, Python, ICU, templates, escaped HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.formats import _inline
from pipeline.model import Code

# Bounded, so that a text of nothing but openings takes no time: a branch of 2,000 characters, 50 branches.
_BRANCH = r"\{(?:[^{}]|\{[^{}]{0,2000}\}){0,2000}\}"
_ICU = rf"\{{\s*[\w.]{{1,200}}\s*,\s*(?:plural|select|selectordinal)\s*,(?:[^{{}}]{{0,200}}{_BRANCH}){{1,50}}\s*\}}"
_CODES = (
    r"(?P<close></[a-zA-Z][\w-]*>)|(?P<empty><[a-zA-Z][^<>]*/>|<br>|%\([\w.]+\)[#0 +-]?[\d.]*[a-zA-Z]"
    r"|%(?:\d+\$)?[#0+-]*\d*(?:\.\d+)?(?:hh|ll|[hlzjtq])?[sdiufFeEgGxXcp@](?!\w)|%%"
    rf"|{_ICU}|\{{\s*[\w.]+\s*,\s*(?:number|date|time|spellout|ordinal|duration)\b[^{{}}]*\}}"
    r"|\$?\{\{?[ \w.:!|-]*\}?\})"
)
_TAGS = 50  # different names of tags in one message
MESSAGE = re.compile(rf"\s*{_ICU}\s*", re.DOTALL)  # a message that is nothing but the choice of one of several


def lifted(text: str, found: Sequence[Code] = (), written: Callable[[str], str] = str) -> tuple[str, tuple[Code, ...]]:
    """HTML tags and placeholders of a text as codes, beside those that are `found` already."""
    if not ("<" in text or "%" in text or "{" in text):
        return text, tuple(found)
    tags = "|".join(sorted({re.escape(name) for name in re.findall(r"</([a-zA-Z][\w-]*)>", text)})[:_TAGS]) or "(?!)"
    paired = re.compile(rf"(?P<open><(?:{tags})(?:\s[^<>]*)?>)|" + _CODES)
    return _inline.lifted(text, found, paired, written, _tag)


def _tag(raw: str) -> str:
    found = re.match(r"</?([\w-]+)", raw)
    return found.group(1) if found else raw
