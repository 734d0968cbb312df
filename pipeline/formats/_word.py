"""Paragraphs of WordprocessingML (ECMA-376 part 1, 17.3): runs merged into text, formatting as codes, and back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.formats import _beside, _inline, _xml
from pipeline.formats._word_pieces import RANGES, SIGNS, Piece, grouped
from pipeline.formats._xml import Node
from pipeline.model import Code

_WRAPS = {"hyperlink", "smartTag", "ins", "moveTo", "customXml", "dir", "bdo"}  # runs inside
_GONE = frozenset({"del", "moveFrom"})  # what tracked changes have taken away
_PROPERTIES = {"smartTagPr", "customXmlPr"}  # the first thing in what they belong to
_DROPPED = {"proofErr", "lastRenderedPageBreak", "softHyphen"}  # Word makes them anew, or the words they cut are gone
# What says nothing about the look: the language, and which font Chinese marks shared with other scripts are taken from.
_LOOKLESS = re.compile(r"<w:(?:noProof|lang|proofErr)\b[^>]*/>|\s+w:hint=\"[^\"]*\"")
Raw = Callable[[int, int], str]  # bytes of the part, with the edits inside them made


@dataclass(slots=True)
class Paragraph:
    start: int  # byte range of the content that is replaced
    end: int
    text: str
    codes: tuple[Code, ...]
    base: str  # look of most of the text
    parts: dict[str, Piece] = field(default_factory=dict)
    prefix: str = "w"
    choice: int = -1  # start of the <mc:AlternateContent> that it stands in
    fallback: bool = False  # in its last branch, which says again what the first one says


def paragraphs(data: bytes, root: Node, *, bare: bool = False) -> Iterator[Paragraph]:
    """Paragraphs with text, in document order; those in text boxes after the one they are anchored in.

    `bare`: also those whose text holds no letter.
    """
    for node in _all(root, "p", _GONE):
        if node.space.endswith("/wordprocessingml/main") or "wordprocessingml" in node.space:
            found = _paragraph(data, node, bare)
            if found is not None:
                found.choice, found.fallback = _branch(node)
                yield found


def _branch(node: Node) -> tuple[int, bool]:
    """Start of the <mc:AlternateContent> around, -1 where there is none, and whether it is the fallback."""
    below, above = node, node.parent
    while above is not None and above.tag != "AlternateContent":
        below, above = above, above.parent
    return (-1, False) if above is None else (above.start, below.tag == "Fallback")


def _all(root: Node, tag: str, without: frozenset[str] = frozenset()) -> Iterator[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.tag == tag:
            yield node
        if node.tag not in without:
            stack.extend(reversed(node.children))


def _paragraph(data: bytes, node: Node, bare: bool) -> Paragraph | None:
    content = [child for child in node.children if child.tag != "pPr"]
    if not content or not any(True for child in content for _ in _all(child, "t")):
        return None
    prefix = _inline.tag_name(data, node).rpartition(":")[0]
    pieces = grouped(list(_pieces(data, content)))
    looks: Counter[str] = Counter()
    for piece in pieces:
        if piece.kind == "text":
            looks[piece.look] += len(piece.text.strip())
    if not looks or not (bare or any(c.isalpha() for piece in pieces if piece.kind == "text" for c in piece.text)):
        return None
    base = looks.most_common(1)[0][0]
    made = Paragraph(content[0].start, content[-1].end, "", (), base, prefix=prefix)
    text, codes, opened, number = "", [], [], 0
    for piece in pieces:
        number += 1
        key = f"{number}"
        if piece.kind == "text":
            if piece.look == base or not piece.text.strip():
                text += piece.text
                continue
            made.parts[key] = piece
            codes.append(Code(key, "open", "<run>", len(text), key))
            text += piece.text
            codes.append(Code(key, "close", "</run>", len(text), key))
        elif piece.kind == "number":  # in the text, so that «第3页» is translated as a whole
            made.parts[key] = piece
            codes.append(Code(key, "open", "<number>", len(text), key))
            text += piece.text
            codes.append(Code(key, "close", "</number>", len(text), key))
        elif piece.kind == "open":
            opened.append(key)
            made.parts[key] = piece
            codes.append(Code(key, "open", piece.text, len(text), key))
        elif piece.kind == "close":
            pair = opened.pop()
            made.parts[f"/{pair}"] = piece
            codes.append(Code(pair, "close", piece.text, len(text), pair))
        else:
            made.parts[key] = piece
            codes.append(Code(key, "empty", f"<{piece.text or 'object'}/>", len(text)))
    text, codes = _beside.absorbed(text, codes)
    made.text, made.codes = _beside.trimmed(text, codes, len(text) - len(text.lstrip()), len(text.rstrip()))
    return made


def _pieces(data: bytes, nodes: list[Node]) -> Iterator[Piece]:
    for node in nodes:
        if node.tag in _DROPPED:
            continue
        if node.tag == "r":
            yield from _run(data, node)
        elif node.tag in _WRAPS and not node.empty:
            first = node.children[0] if node.children and node.children[0].tag in _PROPERTIES else None
            inner = first.end if first is not None else node.inner
            yield Piece("open", data[node.start : inner].decode())
            yield from _pieces(data, node.children[first is not None :])
            yield Piece("close", data[node.inner_end : node.end].decode())
        elif node.tag == "sdt" and (inside := node.first("sdtContent")) is not None and not inside.empty:
            yield Piece("open", data[node.start : inside.inner].decode())
            yield from _pieces(data, inside.children)
            yield Piece("close", data[inside.inner_end : node.end].decode())
        elif node.tag == "fldSimple" and re.fullmatch(r"\d{1,5}", result := _said(data, [node]).strip()):
            yield Piece("number", result, parts=(Piece("raw", "field", start=node.start, end=node.end),))
        else:
            mark = f" {node.get('id')}" if node.tag.removesuffix("Start").removesuffix("End") in RANGES else ""
            yield Piece("raw", node.tag + mark, start=node.start, end=node.end)


def _said(data: bytes, nodes: list[Node]) -> str:
    return "".join(_xml.unescape(data[t.inner : t.inner_end]) for node in nodes for t in _all(node, "t"))


def _run(data: bytes, run: Node) -> Iterator[Piece]:
    properties = run.first("rPr")
    look = data[properties.start : properties.end].decode() if properties is not None else ""
    look = _LOOKLESS.sub("", look).replace("<w:rFonts/>", "")
    head = data[run.start : run.inner].decode()
    tail = data[run.inner_end : run.end].decode()
    look = "" if re.fullmatch(r"<[\w:]*rPr\s*/?>(?:</[\w:]*rPr>)?", look) else look
    for child in run.children:
        if child.tag == "t":
            text = re.sub(r"[\r\n\t]", " ", _xml.unescape(data[child.inner : child.inner_end])).replace("\u00ad", "")
            yield Piece("text", text if child.get("xml:space") == "preserve" else text.strip(), look)
        elif child.tag == "ruby":  # the reading of a character is of no use in another language
            yield Piece("text", _said(data, [node for node in child.children if node.tag == "rubyBase"]), look)
        elif child.tag != "rPr" and child.tag not in _DROPPED:
            kind = child.get("fldCharType") if child.tag == "fldChar" else ""
            name = f"field-{kind}" if kind else child.tag
            if child.tag == "instrText":
                name = "instruction:" + _xml.unescape(data[child.inner : child.inner_end])
            elif child.tag in SIGNS and not child.get("type", "textWrapping").replace("textWrapping", ""):
                name = f"sign:{child.tag}"
            yield Piece("raw", name, look, child.start, child.end, head + look, tail)


def rendered(paragraph: Paragraph, text: str, codes: list[Code], raw: Raw) -> str:
    """The content of the paragraph with a new text; `codes` are placed in it."""
    out: list[str] = []
    looks = [paragraph.base]
    numbers: set[str] = set()
    at = 0
    w = f"{paragraph.prefix}:" if paragraph.prefix else ""

    def run(words: str, look: str) -> str:
        out = []
        for part in re.split(r"(\n|\t|\u2011)", words):
            sign = {"\n": "br", "\t": "tab", "\u2011": "noBreakHyphen"}.get(part)
            if sign:
                out.append(f"<{w}{sign}/>")
            elif part:
                out.append(f'<{w}t xml:space="preserve">{_xml.escape(part)}</{w}t>')
        return f"<{w}r>{look}{''.join(out)}</{w}r>" if out else ""

    def written(piece: Piece) -> str:
        if piece.parts:
            return "".join(map(written, piece.parts))
        if piece.kind == "text":
            return run(piece.text, piece.look)
        return piece.text if piece.kind != "raw" else piece.before + raw(piece.start, piece.end) + piece.after

    ends = {code.id: code.position for code in codes if code.kind == "close"}
    for code in codes:
        position = min(max(at, code.position), len(text))
        out += (run(text[at:position], looks[-1]), run(code.before, looks[-1]))
        at = position
        piece = paragraph.parts.get(f"/{code.id}" if code.kind == "close" else code.id)
        if code.kind == "open" and piece is not None and piece.kind == "text":
            looks.append(piece.look)
        elif code.kind == "open" and piece is not None and piece.kind == "number":
            numbers.add(code.id)
            found = re.search(rf"(?<!\d){piece.text}(?!\d)", text[at : max(at, ends.get(code.id, at))])
            if found is not None:
                out.append(run(text[at : at + found.start()], looks[-1]))
                at += found.end()
            out.append(written(piece))
        elif code.kind == "close" and piece is None:
            if code.id not in numbers:
                looks.pop()
        elif piece is not None:
            out.append(written(piece))
        out.append(run(code.after, looks[-1]))
    out.append(run(text[at:], looks[-1]))
    return "".join(out)
