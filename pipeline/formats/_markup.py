"""HTML cut into tags and text by position, tolerant of what browsers tolerate; nothing is rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*(?:>|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+'){0,200}+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
RAW = {"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes"}  # no tags inside
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE = _names(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img input ins kbd label map mark meter "
    "nobr output picture progress q rp rt ruby s samp select small span strike strong sub sup svg math time tt u var "
    "wbr audio video canvas object iframe script style textarea embed source track param"
)
SKIPPED = _names(
    "script style pre code kbd samp var tt textarea svg math xmp iframe noembed noframes audio video canvas object "
    "template"
)


@dataclass(frozen=True, slots=True)
class Token:
    """kind: text, open, close, void, or other (comment, doctype, instruction); [start, end) in the file."""

    kind: str
    start: int
    end: int
    name: str = ""
    rest: int = 0  # where the attributes start


def tokens(text: str) -> Iterator[Token]:
    """Every character of the text in one token. Runs of text between tags are one token each."""
    at, plain, last = 0, 0, text.rfind(">")
    while True:
        begin = text.find("<", at)
        if begin < 0:
            break
        if begin > last:
            break
        match = _TOKEN.match(text, begin)
        if match is None:
            at = begin + 1
            continue
        if begin > plain:
            yield Token("text", plain, begin)
        at = plain = match.end()
        if match.group("name") is None:
            yield Token("other", begin, at)
            continue
        name = match.group("name").lower()
        if match.group("slash"):
            yield Token("close", begin, at, name)
            continue
        alone = name in VOID or match.group("rest").rstrip().endswith("/")
        yield Token("void" if alone else "open", begin, at, name, match.start("rest"))
        if name in RAW and not alone:
            close = re.compile(rf"</{re.escape(name)}\b", re.IGNORECASE).search(text, at)
            end = close.start() if close is not None else len(text)
            if end > at:
                yield Token("other", at, end)
            at = plain = end
    if plain < len(text):
        yield Token("text", plain, len(text))


def attributes(text: str, token: Token) -> dict[str, tuple[int, int]]:
    """Ranges of the attributes' values in the file, without their quotes."""
    found: dict[str, tuple[int, int]] = {}
    for match in _ATTRIBUTE.finditer(text, token.rest, token.end - 1):
        span = next((match.span(i) for i in (2, 3, 4) if match.group(i) is not None), (match.end(), match.end()))
        found.setdefault(match.group(1).lower(), span)
    return found
