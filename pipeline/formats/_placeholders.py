"""Placeholders and tags that stand in the text of a message itself: printf, Python, ICU, templates, escaped HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.formats import _inline
from pipeline.model import Code, Span

# Bounded, so that a text of nothing but openings takes no time: a branch of 2,000 characters, 50 branches.
_BRANCH = r"\{(?:[^{}]|\{[^{}]{0,2000}\}){0,2000}\}"
_ICU = rf"\{{\s*[\w.]{{1,200}}\s*,\s*(?:plural|select|selectordinal)\s*,(?:[^{{}}]{{0,200}}{_BRANCH}){{1,50}}\s*\}}"
_CODES = (
    r"(?P<close></(?:[a-zA-Z][\w-]*|\d{1,3})>)|(?P<empty><(?:[a-zA-Z][^<>]*|\d{1,3})/>|<br>"
    r"|%\([\w.]+\)[#0 +-]?[\d.]*[a-zA-Z]"
    r"|%(?:\d+\$)?[#0+-]*\d*(?:\.\d+)?(?:hh|ll|[hlzjtq])?[sdiufFeEgGxXcp@](?![A-Za-z\d_])|%%"
    rf"|{_ICU}|\{{\s*[\w.]+\s*,\s*(?:number|date|time|spellout|ordinal|duration)\b[^{{}}]*\}}"
    r"|\{\{[^{}]{1,200}\}\}|%\{[^{}\s]{1,100}\}|\$t\([^()]{1,200}\)|\$?\{\{[ \w.:!|-]*\}\}"
    r"|\$?\{[ \w.:!|-]*\})"
)
_CLOSING = re.compile(r"</([a-zA-Z][\w-]*|\d{1,3})>")
_CHOICE = re.compile(r"\{\s*[\w.]{1,200}\s*,\s*(?:plural|select|selectordinal)\s*,")
_BRACES = re.compile(r"'[{}#][^']*'|[{}]")  # quoted braces are none
_TAGS = 50  # different names of tags in one message
MESSAGE = re.compile(rf"\s*{_ICU}\s*", re.DOTALL)  # a message that is nothing but the choice of one of several


def lifted(
    text: str, found: Sequence[Code] = (), written: Callable[[str], str] = str, more: str = ""
) -> tuple[str, tuple[Code, ...]]:
    """HTML tags and placeholders of a text as codes, beside those that are `found` already.

    more: a pattern without groups for the placeholders that only one format has.
    """
    if not ("<" in text or "%" in text or "{" in text or "$t(" in text or (more and ("$" in text or "@" in text))):
        return text, tuple(found)
    tags = "|".join(sorted({re.escape(name) for name in _CLOSING.findall(text)})[:_TAGS]) or "(?!)"
    first = [re.escape(choice.of(text)) for choice in choices(text)[:_TAGS]] + ([more] if more else [])
    paired = re.compile("|".join([*first, rf"(?P<open><(?:{tags})(?:\s[^<>]*)?>)", _CODES]))
    return _inline.lifted(text, found, paired, written, _tag)


def choices(text: str) -> list[Span]:
    """The ICU arguments that choose one of several texts, {n, plural, ...}, whole, however deep others are in them."""
    starts = {match.start() for match in _CHOICE.finditer(text)} if "," in text else set()
    if not starts:
        return []
    found: list[Span] = []
    opened: list[int] = []
    for brace in _BRACES.finditer(text):
        if brace.group() == "{":
            opened.append(brace.start())
        elif brace.group() == "}" and opened and (start := opened.pop()) in starts:
            while found and found[-1].start > start:  # inside of this one
                found.pop()
            found.append(Span(start, brace.end()))
    return found


def is_choice(text: str) -> bool:
    """Is a message nothing but such a choice?"""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return choices(text) == [Span(start, end)]


def _tag(raw: str) -> str:
    found = re.match(r"</?([\w-]+)", raw)
    return found.group(1) if found else raw
