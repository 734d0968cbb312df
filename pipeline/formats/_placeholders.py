"""Placeholders and tags that stand in the text of a message itself: printf, Python, ICU, templates, escaped HTML.

Tags may be escaped once more than the file asks for: &lt;b&gt; in the text is a tag as <b> is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from pipeline.formats import _inline, _markup, references
from pipeline.model import Code, Span

# Bounded, so that a text of nothing but openings takes no time: a branch of 2,000 characters, 50 branches.
_BRANCH = r"\{(?:[^{}]|\{[^{}]{0,2000}\}){0,2000}\}"
_ICU = rf"\{{\s*[\w.]{{1,200}}\s*,\s*(?:plural|select|selectordinal)\s*,(?:[^{{}}]{{0,200}}{_BRANCH}){{1,50}}\s*\}}"
_BLOCKS = (
    "p div ul ol li dl dt dd table thead tbody tfoot tr td th caption h1 h2 h3 h4 h5 h6 blockquote center hr section "
    "article header footer aside nav main figure figcaption address form fieldset legend details summary"
)
_KNOWN = "|".join(sorted({*_markup.INLINE, *_markup.VOID, *_BLOCKS.split()}))  # tags that may stand alone
_INSIDE = r"(?:(?!&[lg]t;)[^<>]){0,2000}"  # of an escaped tag
_CODES = (
    rf"(?P<close></(?:[a-zA-Z][\w-]*|\d{{1,3}})>|&lt;/[a-zA-Z][\w-]*&gt;)"
    rf"|(?P<empty><(?:[a-zA-Z][^<>]*|\d{{1,3}})/>|<(?i:{_KNOWN})(?:\s[^<>]*)?>"
    rf"|&lt;[a-zA-Z]{_INSIDE}/&gt;|&lt;(?i:{_KNOWN})(?:\s{_INSIDE})?&gt;"
    r"|%\([\w.]+\)[#0 +-]?[\d.]*[a-zA-Z]"
    r"|%(?:\d+\$)?[#0+-]*\d*(?:\.\d+)?(?:hh|ll|[hlzjtq])?[sdiufFeEgGxXcp@](?![A-Za-z\d_])|%%"
    rf"|{_ICU}|\{{\s*[\w.]+\s*,\s*(?:number|date|time|spellout|ordinal|duration)\b[^{{}}]*\}}"
    r"|\{\{[^{}]{1,200}\}\}|%\{[^{}\s]{1,100}\}|\$t\([^()]{1,200}\)|\$?\{\{[ \w.:!|-]*\}\}"
    r"|\$?\{[ \w.:!|-]*\})"
)
_CLOSING = re.compile(r"</([a-zA-Z][\w-]*|\d{1,3})>|&lt;/([a-zA-Z][\w-]*)&gt;")
_CHOICE = re.compile(r"\{\s*[\w.]{1,200}\s*,\s*(?:plural|select|selectordinal)\s*,")
_BRACES = re.compile(r"'[{}#][^']*'|[{}]")  # quoted braces are none
_QUOTES = [(pair[0], pair[-1]) for pair in ('""', "''", "«»", "“”", "„“", "‘’", "「」", "『』", "《》")]
_QUOTES += [(mark, mark) for mark in ("&quot;", "&#34;", "&#39;", "&apos;")]
_TAGS = 50  # different names of tags in one message
MESSAGE = re.compile(rf"\s*{_ICU}\s*", re.DOTALL)  # a message that is nothing but the choice of one of several


def lifted(
    text: str,
    found: Sequence[Code] = (),
    written: Callable[[str], str] = str,
    more: str = "",
    *,
    entities: bool = False,
) -> tuple[str, tuple[Code, ...]]:
    """HTML tags and placeholders of a text as codes, beside those that are `found` already.

    more: a pattern without groups for the placeholders that only one format has. entities: also character references
    that are no letters of a word, such as &copy;; where one is a space (&nbsp;) a space stays behind it in the text.
    """
    hinted = "<" in text or "%" in text or "{" in text or "$t(" in text or "&lt;" in text or (entities and "&" in text)
    if not (hinted or (more and ("$" in text or "@" in text))):
        return text, tuple(found)
    names = sorted({re.escape(name) for pair in _CLOSING.findall(text) for name in pair if name})[:_TAGS]
    tags = "|".join(names) or "(?!)"
    first = [re.escape(choice.of(text)) for choice in choices(text)[:_TAGS]] + ([more] if more else [])
    open_ = rf"(?P<open><(?:{tags})(?:\s[^<>]*)?>|&lt;(?:{tags})(?:\s{_INSIDE})?&gt;)"
    last = sorted({one for one in references.REFERENCE.findall(text) if not _of_words(one)})[:_TAGS] if entities else []
    paired = re.compile("|".join([*first, open_, _CODES, *map(_apart, last)]))
    return _inline.lifted(text, found, paired, written, _tag, lambda raw: " " if is_space(raw) else "", _quotes)


def _quotes(text: str, start: int, end: int) -> int:
    """The length of the quotation marks directly around a placeholder, which go with it: an engine that sees nothing
    between them puts them anywhere. 0 where there are none, or what stands there is a tag, a reference or a choice."""
    if text[start] in "<&" or _CHOICE.match(text, start):
        return 0
    pairs = ((mark, other) for mark, other in _QUOTES if text.endswith(mark, 0, start) and text.startswith(other, end))
    return next((len(mark) for mark, _ in pairs), 0)


def is_space(raw: str) -> bool:
    """Is it the reference of a space: &nbsp;, &#160;, &thinsp;?"""
    return raw.startswith("&") and html.unescape(raw).isspace()


def _of_words(entity: str) -> bool:
    """Does it stand for a letter or an apostrophe (&eacute;, &#39;), or for nothing that is known?"""
    meant = html.unescape(entity)
    return meant == entity or meant in "'’ʼ\u00ad" or any(map(str.isalnum, meant))


def _apart(entity: str) -> str:
    """A pattern for it; the ampersand of R&amp;D is a part of the word."""
    wordy = html.unescape(entity) == "&"
    return rf"(?<![A-Za-zА-яЁё]){entity}|{entity}(?![A-Za-zА-яЁё])" if wordy else entity


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
    found = re.match(r"(<|&lt;)/?([\w-]+)", raw)
    return found.group(2) if found and found.group(1) == "<" else f"&{found.group(2)}" if found else raw
