"""Markdown: paragraphs, headings, list items, cells, alt texts and titles; front matter, code and formulas stay."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import Any, ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _beside, _entities, _markdown, _plain
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Code, Document, Lang, Segment

_FRONT = re.compile(r"\A(?:---\r?\n.*?\r?\n(?:---|\.\.\.)|\+\+\+\r?\n.*?\r?\n\+\+\+)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# "[^1]:" and "[x]" at the start of a block, which the parser takes for something else, as signs that are no text.
_NOTE = re.compile(r"(?m)^[ ]{0,3}\[\^[^\]\n]+\]:|(?<=[-*+.)] )\[[ xX]\](?= )")
_BETWEEN = re.compile(r"([\u3000-\u9fff\uff00-\uffef][*_~)\]]*)\n(?=[*_~\[]*[\u3000-\u9fff\uff00-\uffef])")
_NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|\Z))")
_HASHES = re.compile(r"(?:(?<=\s)|\A)\#+\Z")
_DEFINITION = re.compile(r"\A[ ]{0,3}:[ \t]+")
_DEEPEST = 100  # marks that are open at once
_LEVELS = 200  # quotations one in another; lists count twice
_UNSEEN = "\ufffc"


class Markdown(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown")
    sentences: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        return self._read(data, name, source, target, inside=True)

    def read_paired(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        """No segments of alt texts and titles, which a translation may lack; an alt text is seen where it stands."""
        return self._read(data, name, source, target, inside=False)

    def _read(self, data: bytes, name: str, source: Lang | None, target: Lang | None, *, inside: bool) -> Document:
        bom = data.startswith(b"\xef\xbb\xbf")
        text = files.decode(data, name)
        front = _FRONT.match(text)
        at = front.end() if front else 0
        kept: list[str] = []
        segments: list[Segment] = []
        ids = _Ids()
        start = 0
        for begin, end, content, cell in _units(text, at, name):
            if not content.strip():
                continue
            number = text.count("\n", 0, begin) + 1
            if len(content) > MAX_UNIT:
                raise InputError(f"a paragraph of {len(content):,} characters", where=f"{name}:{number}")
            plain, found = parse(content, target)
            meta: dict[str, Any] = {"line": number, "cell": cell}
            if plain.strip():
                kept.append(text[start:begin])
                start = end
                words = [
                    made
                    for code in (found if inside else ())
                    for place in _markdown.inner(code.text)
                    if (made := _inside(ids, code.text, place, {**meta, "owner": len(kept) - 1, "code": code.id}))
                ]
                bare = [_markdown.without(code, _apart(code, words, inside)) for code in found]
                whole = {one.id: one.text for one, other in zip(found, bare, strict=True) if one != other}
                meta |= {"raw": text[begin:end], "whole": whole}
                segments += [Segment(ids.block(number), plain, codes=tuple(bare), meta=meta), *words]
                continue
            for code in found if inside else ():  # nothing but images
                begin = text.find(code.text, begin, end)
                if begin < 0:
                    break
                for place in _markdown.inner(code.text):
                    raw = code.text[place[0] : place[1]]
                    if made := _inside(ids, code.text, place, {**meta, "raw": raw}):
                        kept.append(text[start : begin + place[0]])
                        segments.append(made)
                        start = begin + place[1]
                begin += len(code.text)
        if not segments:
            raise InputError("holds no text to translate", where=name)
        kept.append(text[start:])
        return Document(
            name, "markdown", tuple(segments), source, target, skeleton=("\ufeff" if bom else "", tuple(kept))
        )

    def write(self, document: Document) -> bytes:
        bom, kept = document.skeleton
        out = [bom]
        inside: dict[int, dict[str, list[tuple[int, int, str]]]] = defaultdict(lambda: defaultdict(list))
        for segment in document.segments:
            if "owner" in segment.meta and segment.target is not None:
                edits = inside[segment.meta["owner"]][segment.meta["code"]]
                edits.append((*segment.meta["span"], rendered(segment)))
        blocks = (segment for segment in document.segments if "owner" not in segment.meta)
        for number, (before, segment) in enumerate(zip(kept, blocks, strict=False)):
            segment = _markdown.with_inner(segment, inside[number])
            out += (before, segment.meta["raw"] if segment.target is None else rendered(segment))
        out.append(kept[-1])
        return "".join(out).encode("utf-8")


class _Ids:
    """Ids of segments: the line where one begins ("10"), and how many blocks the file has before it where that line has
    several ("10-4"). Words inside of images and links are counted apart ("3-alt1", "3-title1"), so that no block gets
    another id where a picture is put in."""

    def __init__(self) -> None:
        self._line = self._blocks = 0
        self._words = Counter[str]()

    def block(self, line: int) -> str:
        key = str(line) if line != self._line else f"{line}-{self._blocks}"
        self._line, self._blocks = line, self._blocks + 1
        return key

    def words(self, line: int, kind: str) -> str:
        key = f"{line}-{kind}"
        self._words[key] += 1
        return f"{key}{self._words[key]}"


def _inside(ids: _Ids, code: str, place: tuple[int, int, str], meta: dict[str, Any]) -> Segment | None:
    """The words inside of an image or a link as a segment of their own; None where there is no letter."""
    start, end, quote = place
    plain, found = (_markdown.title(code[start:end]), ()) if quote else parse(code[start:end])
    if not any(map(str.isalpha, plain)):
        return None
    key = ids.words(meta["line"], "title" if quote else "alt")
    return Segment(key, plain, codes=tuple(found), meta={**meta, "span": (start, end), "quote": quote})


def _apart(code: Code, words: Sequence[Segment], inside: bool) -> list[tuple[int, int]]:
    """Where in a code words stand that are none of the text around it: those that are segments, else a title."""
    if inside:
        return [word.meta["span"] for word in words if word.meta["code"] == code.id]
    return [(start, end) for start, end, quote in _markdown.inner(code.text) if quote]


def _units(text: str, at: int, name: str) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, content, a cell of a table?) of each stretch of inline text, in order; content has its line breaks
    as single spaces."""
    from markdown_it import MarkdownIt

    # Of the inline text, which is read here, only the place is asked.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _LEVELS}).enable("table").disable("inline")
    lines = [at]
    for match in re.finditer(r"\r\n|\n|\r", text[at:]):
        lines.append(at + match.end())
    plain = _NOTE.sub(lambda found: _UNSEEN * len(found.group()), re.sub(r"\r\n?", "\n", text[at:]))
    tokens: list[Any] = parser.parse(plain)
    cursor = at
    for index, token in enumerate(tokens):
        if token.level + 1 >= _LEVELS and token.nesting == 1 and token.map is not None:
            line = text.count("\n", 0, lines[token.map[0]]) + 1
            raise InputError("is nested too deep to be read", where=f"{name}:{line}", hint="take away some levels")
        if token.type != "inline" or token.map is None or not token.content:
            continue
        begin = max(cursor, lines[token.map[0]])
        limit = lines[token.map[1]] if token.map[1] < len(lines) else len(text)
        cell = index > 0 and tokens[index - 1].type in ("th_open", "td_open")
        for content in _broken(token.content.replace(_UNSEEN, "")):
            content = _DEFINITION.sub("", content)
            content = content.replace("|", "\\|") if cell else content
            place = _locate(text, content.split("\n"), begin, limit)
            if place is not None:
                cursor = begin = place[1]
                yield (*place, _one_line(content), cell)


def _broken(content: str) -> list[str]:
    """A paragraph cut at its hard line breaks, two spaces or a backslash at the end of a line, and where the definition
    of a term begins: a colon at the start of a line."""
    return re.split(r"(?<! ) {2,}\n|(?<!\\)(?:\\\\)*\\\n|\n(?=[ ]{0,3}:[ \t])", content)


def _one_line(content: str) -> str:
    """Soft line breaks as spaces, between Chinese characters as nothing."""
    joined = "\n".join(line.strip() for line in content.split("\n"))
    return _BETWEEN.sub(r"\1", joined).replace("\n", " ")


def _locate(text: str, wanted: list[str], begin: int, limit: int) -> tuple[int, int] | None:
    """Where the lines stand in the text, one after the other."""
    start, end = -1, begin
    for line in wanted:
        if not line.strip():
            continue
        found = text.find(line.strip(), end, limit)
        if found < 0:
            return None
        start = found if start < 0 else start
        end = found + len(line.strip())
    return (start, end) if start >= 0 else None


def parse(content: str, target: Lang | None = None) -> tuple[str, tuple[Code, ...]]:
    """Plain text and codes. Escapes and entities are the character they stand for, unless they are spaces or pictures;
    a mark without a partner is text."""
    matches = list(_markdown.INLINE.finditer(content))
    pairs = _pairs(matches)
    pieces: list[str] = []
    found: list[Code] = []
    at, size, last = 0, 0, ""
    for i, match in enumerate(matches):
        raw, kind = match.group(), match.lastgroup
        said = content[at : match.start()]
        at = match.end()
        if raw[0] == "\\":
            said, raw = said + raw[1:], ""
        elif kind in ("space", "escape"):
            if not _entities.is_code(raw, content[match.start() - 1 : match.start()], content[at : at + 1], target):
                said, raw = said + unescape(raw), ""
            elif kind == "space" and size + len(said) and (said or last)[-1] != " ":
                said += " "
        elif kind in ("mark", "link", "unlink") and i not in pairs:
            said += raw
            raw = ""
        pieces.append(said)
        size, last = size + len(said), said or last
        if raw:
            side, pair = pairs.get(i, ("empty", -1))
            key = f"{len(found) + 1}"
            found.append(Code(key, side, raw, size, "" if pair < 0 else f"{pair + 1}"))  # type: ignore[arg-type]
    plain, made = _beside.absorbed("".join([*pieces, content[at:]]), found)
    return plain, tuple(made)


def _pairs(matches: Sequence[re.Match[str]]) -> dict[int, tuple[str, int]]:
    """Index of a match to its side, "open" or "close", and the index of the opening one."""
    pairs: dict[int, tuple[str, int]] = {}
    opened: list[tuple[str, int]] = []
    for i, match in enumerate(matches):
        raw, kind = match.group(), match.lastgroup
        if kind not in ("mark", "link", "unlink", "tag"):
            continue
        wanted = "[" if kind in ("link", "unlink") else _tag(raw) if kind == "tag" else raw
        again = any(mark == wanted for mark, _ in opened)
        if kind == "link" or (kind == "mark" and not again) or (kind == "tag" and raw[1] != "/"):
            opened.append((wanted, i))
            del opened[:-_DEEPEST]
            continue
        while again and opened:
            mark, at = opened.pop()
            if mark == wanted:
                pairs[at], pairs[i] = ("open", at), ("close", at)
                break
    return pairs


def _tag(raw: str) -> str:
    found = re.match(r"</?([\w-]+)", raw)
    return f"<{found.group(1).lower()}" if found is not None else raw


def rendered(segment: Segment) -> str:
    cell = bool(segment.meta.get("cell"))
    quote = segment.meta.get("quote")
    if quote:
        return _markdown.as_title(segment.target or "", quote, cell)
    segment = _entities.tightened(segment)
    placed: Sequence[Code] = segment.target_codes
    target = segment.target or ""
    target, placed = _beside.trimmed(target, placed, len(target) - len(target.lstrip()), len(target.rstrip()))
    signs = _entities.spelt(segment.meta.get("raw", ""))
    bare = replace(segment, target=target, codes=(), target_codes=tuple(_around_words(placed)))
    made = _plain.rendered(bare, lambda text: _markdown.escaped(text, cell, signs, False))
    if "$" in target and "".join(parse(made)[0].split()) != "".join(
        target.split()
    ):  # two dollars that are read as a formula
        made = _plain.rendered(bare, lambda text: _markdown.escaped(text, cell, signs, True))
    made = _HASHES.sub(lambda found: f"\\{found.group()}", made)
    if quote is not None:
        return _markdown.as_alt(made)
    if placed and placed[0].position == 0:
        return made
    number = _NUMBER.match(made)
    at = number.end() if number is not None else 0
    return f"{made[:at]}\\{made[at:]}" if number is not None or _markdown.BLOCK.match(made) is not None else made


def _around_words(placed: Sequence[Code]) -> list[Code]:
    """The codes without marks of emphasis around nothing, which would be read as stars and tildes."""
    kept: list[Code] = []
    for code in placed:
        last = kept[-1] if kept else code
        empty = code.kind == "close" and last.pair == code.pair and last.position == code.position
        if empty and code.text.strip("*_~") == "":
            kept.pop()
            continue
        kept.append(code)
    return kept


PLUGIN = Markdown()
