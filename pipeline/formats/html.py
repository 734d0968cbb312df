"""HTML: block by block, inline tags as codes, alt, title and placeholder too; scripts, styles and code stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _beside, _entities, _labels, _placeholders, _plain
from pipeline.formats._markup import INLINE, SKIPPED, Token, attributes, tokens
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Code, Document, Lang, Segment

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_OTHERS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "windows-1251": "cp1251", "koi8-r": "koi8-r"}
_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BETWEEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\n\r]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_SAID_META = ("description", "keywords", "og:title", "og:description", "twitter:title", "twitter:description")
MAX_DEPTH = 5000  # elements with translate="no" one in another


@dataclass(slots=True)
class _Unit:
    """A stretch of text and inline tags between two block tags; a skipped inline element is one token."""

    tokens: list[Token] = field(default_factory=list)


class Html(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")
    sentences: ClassVar[bool] = True
    encoded: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        text, encoding = _decoded(data, name)
        segments: list[Segment] = []
        units, tags = _units(list(tokens(text)), text)
        for unit in units:
            segment = _segment(text, unit, target)
            if segment is not None:
                segments.append(segment)
        for token in tags:
            segments += _attributes(text, token)
        segments.sort(key=lambda segment: segment.meta["span"])
        if not segments:
            raise InputError("holds no text to translate", where=name)
        line, at, numbered = 1, 0, []
        for index, segment in enumerate(segments):
            start = segment.meta["span"][0]
            line, at = line + text.count("\n", at, start), start
            if len(segment.source) > MAX_UNIT:
                raise InputError(f"a block of {len(segment.source):,} characters", where=f"{name}:{line}")
            key = f"{line}-{index + 1}"
            numbered.append(Segment(key, segment.source, codes=segment.codes, meta=segment.meta))
        tags = [token for token in tags if token.name == "html" and token.kind == "open"]
        spans = [attributes(text, token) for token in tags[:1]]
        languages = [span[key] for span in spans for key in ("lang", "xml:lang") if key in span]
        return Document(name, "html", tuple(numbered), source, target, skeleton=(text, encoding, languages))

    def write(self, document: Document) -> bytes:
        text, encoding, languages = document.skeleton
        inner: list[tuple[int, int, str]] = []  # attributes
        blocks: list[Segment] = []
        for segment in document.segments:
            if segment.target is None or _as_it_was(segment):
                continue
            if "attribute" in segment.meta:
                start, end = segment.meta["span"]
                made = _escaped(segment.target).replace('"', "&quot;").replace("'", "&#39;")
                bare = text[start - 1] not in "\"'"
                inner.append((start, end, f'"{made}"' if bare else made))
            else:
                blocks.append(segment)
        inner.sort()
        starts = [edit[0] for edit in inner]
        used: set[int] = set()

        def raw(code: Code) -> str:
            from bisect import bisect_left

            start = int(code.id)
            out, at = [], start
            for i in range(bisect_left(starts, start), len(inner)):
                if inner[i][0] >= start + len(code.text):
                    break
                used.add(i)
                out += [text[at : inner[i][0]], inner[i][2]]
                at = inner[i][1]
            return "".join([*out, text[at : start + len(code.text)]])

        edits = [(*s.meta["span"], _rendered(text, s, raw)) for s in blocks]
        edits += [edit for i, edit in enumerate(inner) if i not in used]
        for start, end in languages:
            if (label := _labels.renamed(text[start:end], document)) is not None:
                edits.append((start, end, label))
        out, at = [], 0
        for start, end, new in sorted(edits):
            out += [text[at:start], new]
            at = end
        return "".join([*out, text[at:]]).encode(encoding, "xmlcharrefreplace")


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    said = _CHARSET.search(data, 0, 4096)
    encoding = _OTHERS.get(said.group(1).decode().lower()) if said is not None else None
    if encoding is None or data.startswith(b"\xef\xbb\xbf"):
        text = files.decode(data, name)
        return ("\ufeff" if data.startswith(b"\xef\xbb\xbf") else "") + text, "utf-8"
    try:
        text = data.decode(encoding)
        if text.encode(encoding) == data:
            return text, encoding
    except UnicodeError:
        pass
    raise InputError(f"is not the {encoding} that it says it is", where=name, hint="convert it to UTF-8")


def _as_it_was(segment: Segment) -> bool:
    """Is nothing to be written: its text, with references such as &nbsp; in it, stays as the file has it?"""
    return segment.target == segment.source and segment.target_codes in ((), segment.codes)


def _rendered(text: str, segment: Segment, raw: Callable[[Code], str]) -> str:
    """A block, with the signs that its source spells as references spelt so: &mdash;, &hellip;."""
    signs = _entities.spelt(text[slice(*segment.meta["span"])])
    signs = {char: one for char, one in signs.items() if char not in "&<>\"'"}
    made = _entities.tightened(segment)
    return _plain.rendered(made, lambda said: _entities.respelt(_escaped(said), signs), raw)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _units(found: Sequence[Token], text: str) -> tuple[list[_Unit], list[Token]]:
    """Units in order, and the tags whose attributes may be translated."""
    units: list[_Unit] = [_Unit()]
    tags: list[Token] = []
    hopeless: set[str] = set()
    i = 0
    while i < len(found):
        token = found[i]
        block = token.name not in INLINE and ":" not in token.name  # <o:p> and its like are of the text
        if token.kind == "open" and token.name not in hopeless and _left_alone(text, token):
            end = _matching(found, i)
            if end is None:
                hopeless.add(token.name)
            else:
                whole = Token("void", token.start, found[end].end, token.name)
                if token.name == "textarea":
                    tags.append(token)
                if block or token.name == "pre":
                    units.append(_Unit())
                else:
                    units[-1].tokens.append(whole)
                i = end + 1
                continue
        if token.kind in ("open", "void"):
            tags.append(token)
        if token.kind in ("open", "close", "void") and block:
            units.append(_Unit())
        elif token.kind != "other" or units[-1].tokens:
            units[-1].tokens.append(token)
        i += 1
    return units, tags


def _left_alone(text: str, token: Token) -> bool:
    if token.name in SKIPPED:
        return True
    if token.rest and "o" in text[token.rest : token.end]:
        values = attributes(text, token)
        if "translate" in values and text[slice(*values["translate"])].lower() == "no":
            return True
        return "class" in values and "notranslate" in text[slice(*values["class"])].split()
    return False


def _matching(found: Sequence[Token], at: int) -> int | None:
    depth = 0
    for i in range(at, len(found)):
        if found[i].name == found[at].name:
            depth += {"open": 1, "close": -1}.get(found[i].kind, 0)
            if depth == 0:
                return i
    return None


def _segment(text: str, unit: _Unit, target: Lang | None) -> Segment | None:
    parts = list(unit.tokens)
    while parts and parts[0].kind != "open" and not _says(text, parts[0]):
        parts.pop(0)
    while parts and parts[-1].kind != "close" and not _says(text, parts[-1]):
        parts.pop()
    if not any(_says(text, part) and any(map(str.isalpha, unescape(text[part.start : part.end]))) for part in parts):
        return None
    opened: list[tuple[str, int]] = []
    pairs: dict[int, tuple[str, str]] = {}
    for part in parts:
        if part.kind == "open":
            opened.append((part.name, part.start))
        elif part.kind == "close" and any(name == part.name for name, _ in opened[-100:]):
            while opened:
                name, start = opened.pop()
                if name == part.name:
                    pairs[start], pairs[part.start] = ("open", f"{start}"), ("close", f"{start}")
                    break
    codes: list[Code] = []
    first, last = parts[0], parts[-1]
    start, end = first.start, last.end
    if first.kind == "text":
        start += _entities.edges(text[start : first.end])[0]
    if last.kind == "text":
        end = last.start + _entities.edges(text[last.start : end])[1]
    pieces: list[str] = []
    size = 0
    for part in parts:
        raw = text[max(part.start, start) : min(part.end, end)]
        begin = max(part.start, start)
        if part.kind != "text":
            kind, pair = pairs.get(part.start, ("empty", ""))
            codes.append(Code(f"{part.start}", kind, raw, size, pair))  # type: ignore[arg-type]
            continue
        for bare, at, coded in _entities.cut(raw, target):
            said = " " if coded and _placeholders.is_space(bare.strip()) else ""
            piece = said if coded else _SPACE.sub(" ", unescape(_BETWEEN.sub("", bare)).replace("\r", " "))
            if piece.startswith(" ") and (pieces[-1].endswith(" ") if pieces else coded):
                if not coded:
                    codes[-1] = replace(codes[-1], after=" ")
                piece = piece[1:]
            if piece:
                pieces.append(piece)
                size += len(piece)
            if coded:
                codes.append(Code(f"{begin + at}", "empty", bare, size))
    plain = "".join(pieces)
    lead = len(plain) - len(plain.lstrip(" "))
    body, placed = _beside.trimmed(plain, codes, lead, len(plain.rstrip(" ")))
    return Segment("", body, codes=placed, meta={"span": (start, end)})


def _says(text: str, token: Token) -> bool:
    return token.kind == "text" and bool(unescape(text[token.start : token.end]).strip())


def _attributes(text: str, token: Token) -> list[Segment]:
    values = attributes(text, token) if token.rest else {}
    wanted = [key for key in _ATTRIBUTES if key in values]
    if token.name == "meta" and "content" in values:
        key = next((text[slice(*values[k])].lower() for k in ("name", "property") if k in values), "")
        wanted = ["content"] if key in _SAID_META else []
    if token.name == "input" and "value" in values and "type" in values:
        kind = text[slice(*values["type"])].lower()
        wanted += ["value"] if kind in ("submit", "button", "reset") else []
    made = []
    for key in wanted:
        raw = text[slice(*values[key])]
        plain = " ".join(unescape(raw).split())
        if any(c.isalpha() for c in plain):
            made.append(Segment("", plain, meta={"span": values[key], "attribute": key}))
    return made


PLUGIN = Html()
