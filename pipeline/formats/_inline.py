"""Inline codes of XML bitext formats (XLIFF 1.2 and 2, TMX): element content to text and codes, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.formats import _beside, _plain, _xml
from pipeline.formats._xml import Node
from pipeline.model import Code, Lang, Segment

_AROUND = {"g", "pc", "mrk", "hi", "sub"}  # translatable text inside
_OPEN, _CLOSE = {"bpt", "bx", "sc", "sm"}, {"ept", "ex", "ec", "em"}
_ANGULAR = re.compile(r"(START|CLOSE)_(\w+)")  # pairs as Angular names them
_LANG = {"zh": "zh", "cmn": "zh", "zho": "zh", "chi": "zh", "ru": "ru", "rus": "ru", "en": "en", "eng": "en"}


def language(code: str) -> Lang | None:
    """ "zh-CN", "ru_RU", "EN" as a language of Palladius; None for others."""
    return _LANG.get(re.split(r"[-_]", code.strip().lower())[0])  # type: ignore[return-value]


def content(
    data: bytes, node: Node, *, keep_space: bool = False, through: frozenset[str] = frozenset()
) -> tuple[str, tuple[Code, ...]]:
    """Text and codes of an element. Runs of white space with a line break count as one space unless they are kept.

    `through`: kinds of <mrk> that are no codes, only what they are around counts.
    """
    parts: list[str | tuple[Code, int]] = []
    _walk(data, node, parts, through)
    text = ""
    found: list[Code] = []
    fresh = False  # is what comes last a code?
    for part in parts:
        if isinstance(part, str):
            piece = part if keep_space else re.sub(r"[ \t]*\n\s*", " ", part)
            size = len(piece) - len(piece.lstrip(" ")) if text.endswith(" ") else 0
            if size and fresh:
                found[-1] = replace(found[-1], after=piece[:size])
            text += piece[size:] if fresh or not keep_space else piece
            fresh = fresh and not piece[size:]
        else:
            found.append(replace(part[0], position=len(text)))
            fresh = True
    found = _alone(found)
    if keep_space:
        return text, tuple(found)
    lead = len(text) - len(text.lstrip()) if "\n" in _xml.unescape(_edge(data, node, first=True)) else 0
    end = len(text.rstrip()) if "\n" in _xml.unescape(_edge(data, node, first=False)) else len(text)
    return _beside.trimmed(text, found, lead, max(lead, end))


def _alone(found: list[Code]) -> list[Code]:
    """Codes whose partner is in another segment stand alone."""
    opened, closed = ({c.pair for c in found if c.kind == kind} for kind in ("open", "close"))
    kept = opened & closed
    return [c if c.kind == "empty" or c.pair in kept else replace(c, kind="empty", pair="") for c in found]


def _edge(data: bytes, node: Node, *, first: bool) -> bytes:
    raw = data[node.inner : node.inner_end]
    size = len(raw) - (len(raw.lstrip()) if first else len(raw.rstrip()))
    return raw[:size] if first else raw[len(raw) - size :]


def _walk(data: bytes, node: Node, parts: list[str | tuple[Code, int]], through: frozenset[str]) -> None:
    at = node.inner
    for child in node.children:
        parts.append(_xml.unescape(data[at : child.start]))
        key = child.get("id") or child.get("i") or child.get("x") or str(child.start)
        if child.tag == "mrk" and child.get("mtype") in through:
            _walk(data, child, parts, through)
        elif child.tag in _AROUND and not child.empty and not _protected(child):
            pair = f"{child.tag}:{child.start}"
            parts.append((Code(key, "open", data[child.start : child.inner].decode(), 0, pair), 0))
            _walk(data, child, parts, through)
            parts.append((Code(key, "close", data[child.inner_end : child.end].decode(), 0, pair), 0))
        else:
            kind = "open" if child.tag in _OPEN else "close" if child.tag in _CLOSE else "empty"
            angular = _ANGULAR.match(key) if child.tag == "x" else None
            if angular is not None:
                kind = "open" if angular.group(1) == "START" else "close"
            pair = "" if kind == "empty" else child.get("rid") or child.get("i") or child.get("startRef") or key
            pair = pair if angular is None else angular.group(2)
            parts.append((Code(key, kind, data[child.start : child.end].decode(), 0, pair), 0))  # type: ignore[arg-type]
        at = child.end
    parts.append(_xml.unescape(data[at : node.inner_end]))


def _protected(node: Node) -> bool:
    """Content that must stay as it is: one code, with all that is in it."""
    kinds = ("protected", "x-sdl-deleted")  # the latter: struck out in the desk of Trados, no text any more
    return node.get("translate") == "no" or (node.tag == "mrk" and node.get("mtype") in kinds)


def lifted(
    text: str,
    found: Sequence[Code],
    pattern: re.Pattern[str],
    written: Callable[[str], str] = _xml.escape,
    named: Callable[[str], str] = lambda raw: raw.strip("{}<>/"),
    left: Callable[[str], str] = lambda raw: "",
    marks: Callable[[str, int, int], int] = lambda text, start, end: 0,
) -> tuple[str, tuple[Code, ...]]:
    """Codes that stand in the text itself made into codes beside it; groups of the pattern: open, close, empty.

    left: what stays in the text behind a code, for one that is a space between words. marks: how many signs on each
    side of a span of the text belong to the code there.
    """
    pieces: list[str] = []
    made: list[Code] = []
    waiting = sorted(found, key=lambda code: code.position)
    at = size = taken = 0
    opened: list[str] = []
    for match in [*pattern.finditer(text), None]:
        start, end = match.span() if match is not None else (len(text), len(text))
        more = marks(text, start, end) if match is not None else 0
        if more and start - more >= at and not any(start - more < c.position < end + more for c in waiting[taken:]):
            start, end = start - more, end + more
        while taken < len(waiting) and (waiting[taken].position <= start or match is None):
            made.append(replace(waiting[taken], position=size + waiting[taken].position - at))
            taken += 1
        pieces.append(text[at:start])
        size += start - at
        at = end
        if match is None:
            break
        kind = match.lastgroup or "empty"
        pair = ""
        key = named(text[start:end])
        if kind == "open":
            opened.append(key)
            pair = f"text:{key}:{len(made)}"
            opened[-1] = f"{key}\0{pair}"
        elif kind == "close":
            matching = next((o for o in reversed(opened) if o.partition("\0")[0] == key), None)
            if matching is None:
                kind = "empty"
            else:
                opened.remove(matching)
                pair = matching.partition("\0")[2]
        made.append(Code(key, kind, written(text[start:end]), size, pair))  # type: ignore[arg-type]
        pieces.append(left(match.group()))
        size += len(pieces[-1])
    lonely = {o.partition("\0")[2] for o in opened}
    alone = tuple(replace(c, kind="empty", pair="") if c.kind == "open" and c.pair in lonely else c for c in made)
    return "".join(pieces), alone


def rendered(segment: Segment) -> bytes:
    """The target as element content. Codes that have no place yet are placed by share of the text."""
    return _plain.rendered(segment, _xml.escape).encode("utf-8")


def made(text: str, codes: Iterable[Code], *, tmx: bool = False) -> str:
    """Text and numbered codes as content of XLIFF 1.2 or TMX: the native markup in <bpt>, <ept> and <ph>."""
    pairs: dict[str, int] = {}
    pieces: list[str] = []
    at = 0
    for code in codes:
        pieces.append(_xml.escape(text[at : code.position]))
        at = code.position
        tag, shared = "ph", 0
        if code.pair and code.kind != "empty":
            tag, shared = "bpt" if code.kind == "open" else "ept", pairs.setdefault(code.pair, len(pairs) + 1)
        if tmx:
            said = f'i="{shared}"' if shared else f'x="{code.id}"'
        else:
            said = f'id="{code.id}"' + (f' rid="{shared}"' if shared else "")
        pieces.append(f"{code.before}<{tag} {said}>{_xml.escape(code.text)}</{tag}>{code.after}")
    return "".join([*pieces, _xml.escape(text[at:])])


def tag_name(data: bytes, node: Node) -> str:
    """The name as written, with its prefix."""
    match = re.match(rb"<([^\s/>]+)", data[node.start : node.inner])
    assert match is not None
    return match.group(1).decode("utf-8")


def replaced(data: bytes, node: Node, inside: bytes) -> tuple[int, int, bytes]:
    """An edit that gives an element new content, be it empty or not."""
    if not node.empty:
        return node.inner, node.inner_end, inside
    name = tag_name(data, node).encode()
    slash = data.rindex(b"/", node.start, node.inner)
    return slash, node.inner, b">" + inside + b"</" + name + b">"


def indent_before(data: bytes, node: Node) -> bytes:
    """The white space that stands before an element, for a new sibling."""
    at = node.start
    while at > 0 and data[at - 1 : at].isspace():
        at -= 1
    return data[at : node.start]
