"""Markdown: paragraphs, headings, list items and table cells; front matter, code and link targets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import Any, ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _beside, _plain, codes
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Code, Document, Lang, Segment

_FRONT = re.compile(r"\A(?:---\r?\n.*?\r?\n(?:---|\.\.\.)|\+\+\+\r?\n.*?\r?\n\+\+\+)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"""(?P<empty>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)      # code span
        |!\[[^\]]*\]\([^)\s]*(?:\s+"[^"]*")?\)                   # image
        |<(?:https?|mailto):[^>\s]+>|https?://[^\s<>()\[\]\\*`，。；）]+  # address
        |<!--.*?-->|<(?P<skip>code|kbd|samp|var|tt)\b[^>]*>.{0,500}?</(?P=skip)>  # HTML that is no text
        |\[\^[^\]]+\])                                           # footnote mark
      |(?P<escape>\\[!-/:-@\[-`{-~]|&\#?\w{1,31};)
      |(?P<tag></?[a-zA-Z][^>]*>)
      |(?P<link>\[)(?=[^\]]*\](?:\([^)]*\)|\[[^\]]*\]))
      |(?P<unlink>\](?:\([^)]*\)|\[[^\]]*\]))
      |(?P<mark>(?!\*{1,3}(?:\s|\Z))\*{1,3}|(?<=[^\s*])\*{1,3}|___|__|~~|(?<![\w])_(?=\S)|(?<=\S)_(?![\w]))""",
    re.VERBOSE | re.DOTALL,
)
# "[^1]:" and "[x]" at the start of a block, which the parser takes for something else, as signs that are no text.
_NOTE = re.compile(r"(?m)^[ ]{0,3}\[\^[^\]\n]+\]:|(?<=[-*+.)] )\[[ xX]\](?= )")
_BETWEEN = re.compile(r"([\u3000-\u9fff\uff00-\uffef][*_~)\]]*)\n(?=[*_~\[]*[\u3000-\u9fff\uff00-\uffef])")
# What would be a mark inside a paragraph, and what would be one at the start of a block or at the end of a heading.
_MARKS = re.compile(
    r"""(?P<address>https?://[^\s<>()\[\]\\*`，。；）]+)
    |\\(?=[!-/:-@\[-`{-~]|\Z)|\*|`|(?<!\w)_|_(?!\w)|(?<=_)_|~(?=~|\Z)|(?<=~)~
    |\[(?=\^|[ xX]\]|[^\]]*(?:\Z|\][(\[:]|\]\Z))|\](?=[(\[]|\Z)|<(?=[a-zA-Z/!?]|\Z)|&(?=\#?\w{1,31};)""",
    re.VERBOSE,
)
_BLOCK = re.compile(r"\#{1,6}(?=\s|\Z)|>|[-+](?=\s|\Z)|-(?=[ \t]*-[ \t-]*\Z)|\+(?=\+\+)|=(?==*\s*\Z)")
_NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|\Z))")
_HASHES = re.compile(r"(?:(?<=\s)|\A)\#+\Z")
_DEEPEST = 100  # marks that are open at once
_UNSEEN = "\ufffc"


class Markdown(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown")
    sentences: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        bom = data.startswith(b"\xef\xbb\xbf")
        text = files.decode(data, name)
        front = _FRONT.match(text)
        at = front.end() if front else 0
        kept: list[str] = []
        segments: list[Segment] = []
        start = 0
        for begin, end, content, cell in _units(text, at):
            if not content.strip():
                continue
            if len(content) > MAX_UNIT:
                line = text.count("\n", 0, begin) + 1
                raise InputError(f"a paragraph of {len(content):,} characters", where=f"{name}:{line}")
            plain, found = parse(content)
            if not plain.strip():
                continue
            kept.append(text[start:begin])
            number = text.count("\n", 0, begin) + 1
            key = str(number) if not segments or segments[-1].meta["line"] != number else f"{number}-{len(segments)}"
            segments.append(
                Segment(key, plain, codes=found, meta={"raw": text[begin:end], "line": number, "cell": cell})
            )
            start = end
        if not segments:
            raise InputError("holds no text to translate", where=name)
        kept.append(text[start:])
        return Document(
            name, "markdown", tuple(segments), source, target, skeleton=("\ufeff" if bom else "", tuple(kept))
        )

    def write(self, document: Document) -> bytes:
        bom, kept = document.skeleton
        out = [bom]
        for before, segment in zip(kept, document.segments, strict=False):
            out += (before, segment.meta["raw"] if segment.target is None else rendered(segment))
        out.append(kept[-1])
        return "".join(out).encode("utf-8")


def _units(text: str, at: int) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, content, a cell of a table?) of each stretch of inline text, in order; content has its line breaks
    as single spaces."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    lines = [at]
    for match in re.finditer(r"\r\n|\n|\r", text[at:]):
        lines.append(at + match.end())
    plain = _NOTE.sub(lambda found: _UNSEEN * len(found.group()), re.sub(r"\r\n?", "\n", text[at:]))
    tokens: list[Any] = parser.parse(plain)
    cursor = at
    for index, token in enumerate(tokens):
        if token.type != "inline" or token.map is None or not token.content:
            continue
        begin = max(cursor, lines[token.map[0]])
        limit = lines[token.map[1]] if token.map[1] < len(lines) else len(text)
        cell = index > 0 and tokens[index - 1].type in ("th_open", "td_open")
        for content in _broken(token.content.replace(_UNSEEN, "")):
            content = content.replace("|", "\\|") if cell else content
            place = _locate(text, content.split("\n"), begin, limit)
            if place is not None:
                cursor = begin = place[1]
                yield (*place, _one_line(content), cell)


def _broken(content: str) -> list[str]:
    """A paragraph cut at its hard line breaks: two spaces or a backslash at the end of a line."""
    return re.split(r"(?<! ) {2,}\n|(?<!\\)(?:\\\\)*\\\n", content)


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


def parse(content: str) -> tuple[str, tuple[Code, ...]]:
    """Plain text and codes. Escapes and entities are the character they stand for; a mark without a partner is text."""
    matches = list(_INLINE.finditer(content))
    pairs = _pairs(matches)
    pieces: list[str] = []
    found: list[Code] = []
    at = size = 0
    for i, match in enumerate(matches):
        raw, kind = match.group(), match.lastgroup
        said = content[at : match.start()]
        at = match.end()
        if kind == "escape":
            said += raw[1:] if raw[0] == "\\" else unescape(raw)
        elif kind in ("mark", "link", "unlink") and i not in pairs:
            said += raw
            raw = ""
        pieces.append(said)
        size += len(said)
        if kind != "escape" and raw:
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
    placed: Sequence[Code] = segment.target_codes
    target = segment.target or ""
    if segment.codes and not placed:
        placed = codes.place(segment.source, target, segment.codes)
    target, placed = _beside.trimmed(target, placed, len(target) - len(target.lstrip()), len(target.rstrip()))
    cell = bool(segment.meta.get("cell"))
    bare = replace(segment, target=target, codes=(), target_codes=tuple(_around_words(placed)))
    made = _plain.rendered(bare, lambda text: _escaped(text, cell))
    made = _HASHES.sub(lambda found: f"\\{found.group()}", made)
    if placed and placed[0].position == 0:
        return made
    number = _NUMBER.match(made)
    at = number.end() if number is not None else 0
    return f"{made[:at]}\\{made[at:]}" if number is not None or _BLOCK.match(made) is not None else made


def _escaped(text: str, cell: bool) -> str:
    """Text that is read as the same text: what would be a mark there gets a backslash. Addresses stay as they are."""
    text = re.sub(r"\s*[\r\n]\s*", " ", text)
    made = _MARKS.sub(lambda found: found.group() if found.lastgroup == "address" else f"\\{found.group()}", text)
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", made) if cell else made


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
