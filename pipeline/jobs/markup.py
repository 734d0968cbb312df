"""HTML fragments as segments: text between block tags, inline tags as codes that move with their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from pipeline.model import Code, Segment

_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|code|pre|textarea)\b[^>]*>.*?</(?P=raw)\s*>"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][\w:-]*)(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>|<![^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "g", "i", "img", "input",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "x", "bx", "ex", "ph", "pc", "sc", "ec", "wbr",
])  # fmt: skip
_EMPTY = frozenset(["img", "input", "wbr", "x", "bx", "ex", "ph", "sc", "ec"])
_KEEP = re.compile(r"""\btranslate\s*=\s*["']?no\b|\bclass\s*=\s*["'][^"']*\bnotranslate\b""", re.IGNORECASE)


def cut(html: str) -> list[str | Segment]:
    """The pieces in order: strings stay, segments are to be translated. Takes any markup."""
    out: list[str | Segment] = []
    run: list[tuple[str, str, str]] = []  # (kind, tag name, text) with kind text, open, close or empty
    at = 0
    while at < len(html):
        match = _TOKEN.search(html, at)
        if match is None:
            run.append(("text", "", html[at:]))
            break
        if match.start() > at:
            run.append(("text", "", html[at : match.start()]))
        name, end = (match["name"] or "").lower(), match.end()
        if name and not match["slash"] and _KEEP.search(match.group()) and name not in _EMPTY:
            end = _closing(html, name, end)
            run.append(("empty", name, html[match.start() : end]))
        elif name in _INLINE:
            alone = name in _EMPTY or match.group().endswith("/>")
            run.append(("empty" if alone else "close" if match["slash"] else "open", name, match.group()))
        elif match["raw"] or not name:
            run.append(("empty", "", match.group()))
        else:
            out += _segments(run)
            run = []
            out.append(match.group())
        at = end
    return out + _segments(run)


def words(html: str) -> str:
    """The text without its tags."""
    return unescape(_TOKEN.sub(" ", html))


def _closing(html: str, name: str, at: int) -> int:
    """Where the element ends whose start tag ends at `at`; the end of the text where it is never closed."""
    depth = 1
    for match in re.finditer(rf"<(/?){re.escape(name)}\b[^>]*?(/?)>", html[at:], re.IGNORECASE):
        depth += -1 if match[1] else 0 if match[2] else 1
        if depth == 0:
            return at + match.end()
    return len(html)


def _segments(run: Sequence[tuple[str, str, str]]) -> list[str | Segment]:
    text, codes, opened = "", [], []
    for number, (kind, name, raw) in enumerate(run):
        if kind == "text":
            text += unescape(raw)
            continue
        pair = ""
        if kind == "open":
            opened.append((name, number))
            pair = str(number)
        elif kind == "close":
            known = [item for item in opened if item[0] == name]
            pair = str(known[-1][1]) if known else ""
            if known:
                opened.remove(known[-1])
        codes.append(Code(str(number), kind if pair or kind == "empty" else "empty", raw, len(text), pair))  # type: ignore[arg-type]
    left = {number for _, number in opened}
    codes = [Code(c.id, "empty", c.text, c.position) if c.pair and int(c.pair) in left else c for c in codes]
    if not any(char.isalnum() for char in text):
        return ["".join(raw for _, _, raw in run)] if run else []
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    body = text.strip()
    moved = tuple(Code(c.id, c.kind, c.text, min(max(0, c.position - len(lead)), len(body)), c.pair) for c in codes)
    return [escape(lead, quote=False), Segment("", body, codes=moved), escape(tail, quote=False)]


def render(segment: Segment) -> str:
    """The target with its codes, escaped."""
    target = segment.target if segment.target is not None else segment.source
    out, at = "", 0
    for code in segment.target_codes if segment.target is not None else segment.codes:
        place = min(max(at, code.position), len(target))
        out += escape(target[at:place], quote=False) + code.before + code.text + code.after
        at = place
    return out + escape(target[at:], quote=False)
