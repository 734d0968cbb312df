"""XML read by expat with the byte place of every tag, so that a file can be edited without rewriting the rest.

Hardened: no document type declaration with entities, no external entity, bounded depth and size (OWASP XXE, "billion
laughs").
"""

from __future__ import annotations

import re
import xml.parsers.expat as expat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape as _escape

from pipeline.errors import InputError

MAX_DEPTH = 256
MAX_NODES = 20_000_000


@dataclass(eq=False, slots=True)
class Node:
    """An element. Offsets are bytes: [start, inner) is the start tag, [inner_end, end) the end tag."""

    tag: str  # local name
    space: str  # namespace URI
    attributes: dict[str, str]
    start: int
    line: int
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self.end == self.inner

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def first(self, *tags: str) -> Node | None:
        return next((child for child in self.children if child.tag in tags), None)

    def all(self, *tags: str) -> Iterator[Node]:
        """Descendants in document order, without going into those found."""
        for child in self.children:
            if child.tag in tags:
                yield child
            else:
                yield from child.all(*tags)

    def inherited(self, name: str) -> str:
        """The attribute here or on the nearest ancestor that has it."""
        node: Node | None = self
        while node is not None:
            if name in node.attributes:
                return node.attributes[name]
            node = node.parent
        return ""


def to_utf8(data: bytes, name: str) -> tuple[bytes, str]:
    """The file as UTF-8, and the encoding it was in. Raises InputError for encodings it cannot tell."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            order = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
            return data.decode(order).encode("utf-8"), order  # the byte order mark stays in the text
        except UnicodeDecodeError as error:
            raise InputError("is broken UTF-16", where=name) from error
    return data, "utf-8"


def from_utf8(data: bytes, encoding: str) -> bytes:
    return data if encoding == "utf-8" else data.decode("utf-8").encode(encoding)


def parse(data: bytes, name: str) -> Node:
    """The root element. Raises InputError with file and line for broken or hostile XML."""
    if not data.strip():
        raise InputError("is empty", where=name)
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.buffer_text = True
    root: list[Node] = []
    stack: list[Node] = []
    count = 0

    def where() -> str:
        return f"{name}:{parser.CurrentLineNumber}"

    def refuse(*_args: Any) -> None:
        raise InputError("declares entities: refused", where=where(), hint="remove the DOCTYPE with its ENTITY lines")

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) >= MAX_DEPTH or count > MAX_NODES:
            raise InputError("is nested too deep or has too many elements", where=where())
        space, _, local = tag.rpartition(" ")
        plain = {_plain(key): value for key, value in sorted(attributes.items(), key=lambda item: " " not in item[0])}
        start = parser.CurrentByteIndex
        node = Node(local, space, plain, start, parser.CurrentLineNumber, parent=stack[-1] if stack else None)
        node.inner = _tag_end(data, start)
        (stack[-1].children if stack else root).append(node)
        stack.append(node)

    def closed(_tag: str) -> None:
        node = stack.pop()
        if data[node.inner - 2 : node.inner] == b"/>":
            node.inner_end = node.end = node.inner
        else:
            node.inner_end = parser.CurrentByteIndex
            node.end = data.index(b">", node.inner_end) + 1

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse  # type: ignore[assignment]
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.errors.messages.get(error.code, "error")
        raise InputError(f"is not well-formed XML: {said}", where=f"{name}:{error.lineno}") from error
    return root[0]


def _plain(key: str) -> str:
    """An attribute's local name; xml:lang and xml:space keep their prefix."""
    space, _, local = key.rpartition(" ")
    return f"xml:{local}" if space == "http://www.w3.org/XML/1998/namespace" else local


_START_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")


def _tag_end(data: bytes, start: int) -> int:
    """Offset behind the ">" of the start tag at `start`; quoted values may hold a ">"."""
    match = _START_TAG.match(data, start)
    assert match is not None  # expat has just read this tag
    return match.end()


def escape(text: str) -> str:
    """Text for element content; characters that XML 1.0 forbids are left out."""
    return _escape("".join(c for c in text if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or c >= "\ue000"))


def quote(text: str) -> str:
    """Text for an attribute in double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;")


def unescape(raw: bytes) -> str:
    """Character data as text: entities, character references and CDATA resolved, comments and instructions left out."""
    text = raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    out: list[str] = []
    for match in re.finditer(
        r"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>|&(#x[0-9A-Fa-f]+|#[0-9]+|\w+);|([^&<]+|.)", text, re.DOTALL
    ):
        cdata, entity, plain = match.groups()
        if cdata is not None:
            out.append(cdata)
        elif entity is not None:
            named = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
            if entity.startswith("#x"):
                out.append(chr(int(entity[2:], 16)))
            elif entity.startswith("#"):
                out.append(chr(int(entity[1:])))
            else:
                out.append(named.get(entity, match.group()))
        elif plain is not None:
            out.append(plain)
    return "".join(out)


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """`data` with the byte ranges replaced; ranges do not overlap."""
    out: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        out += (data[at:start], new)
        at = end
    out.append(data[at:])
    return b"".join(out)


def set_attribute(data: bytes, node: Node, name: str, value: str) -> tuple[int, int, bytes]:
    """An edit that gives the start tag's attribute (with its prefix, as written) a new value."""
    tag = data[node.start : node.inner]
    found = re.search(rb"(\s" + re.escape(name.encode()) + rb"\s*=\s*)(\"[^\"]*\"|'[^']*')", tag)
    new = quote(value).encode("utf-8")
    if found is not None:
        return node.start + found.start(2), node.start + found.end(2), b'"' + new + b'"'
    at = node.inner - (2 if tag.endswith(b"/>") else 1)
    while data[at - 1 : at].isspace():
        at -= 1
    return at, at, b" " + name.encode() + b'="' + new + b'"'
