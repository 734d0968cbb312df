"""Markdown: paragraphs, headings, list items and table cells; front matter, code and link targets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats import _plain, codes
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Code, Document, Lang, Segment

_FRONT = re.compile(r"\A(?:---\r?\n.*?\r?\n(?:---|\.\.\.)|\+\+\+\r?\n.*?\r?\n\+\+\+)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"""(?P<empty>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)      # code span
        |!\[[^\]]*\]\([^)\s]*(?:\s+"[^"]*")?\)                   # image
        |<(?:https?|mailto):[^>\s]+>|https?://[^\s<>()\[\]，。；）]+  # address
        |<!--.*?-->|<(?P<skip>code|kbd|samp|var|tt)\b[^>]*>.{0,500}?</(?P=skip)>  # HTML that is no text
        |\[\^[^\]]+\]                                            # footnote mark
        |\\[!-/:-@\[-`{-~]|&\w+;|&\#\w+;)                        # escapes
      |(?P<tag></?[a-zA-Z][^>]*>)
      |(?P<link>\[)(?=[^\]]*\](?:\([^)]*\)|\[[^\]]*\]))
      |(?P<unlink>\](?:\([^)]*\)|\[[^\]]*\]))
      |(?P<mark>\*\*\*|\*\*|\*|___|__|~~|(?<![\w])_(?=\S)|(?<=\S)_(?![\w]))""",
    re.VERBOSE | re.DOTALL,
)
# "[^1]:" and "[x]" at the start of a block, which the parser takes for something else, as signs that are no text.
_NOTE = re.compile(r"(?m)^[ ]{0,3}\[\^[^\]\n]+\]:|(?<=[-*+.)] )\[[ xX]\](?= )")
_BETWEEN = re.compile(r"([\u3000-\u9fff\uff00-\uffef][*_~)\]]*)\n(?=[*_~\[]*[\u3000-\u9fff\uff00-\uffef])")
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
        for begin, end, content in _units(text, at):
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
            segments.append(Segment(key, plain, codes=found, meta={"raw": text[begin:end], "line": number}))
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


def _units(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, content) of each stretch of inline text, in order; content has its line breaks as single spaces."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    lines = [at]
    for match in re.finditer(r"\r\n|\n|\r", text[at:]):
        lines.append(at + match.end())
    plain = _NOTE.sub(lambda found: _UNSEEN * len(found.group()), re.sub(r"\r\n?", "\n", text[at:]))
    tokens: list[Any] = parser.parse(plain)
    cursor = at
    for token in tokens:
        if token.type != "inline" or token.map is None or not token.content:
            continue
        begin = max(cursor, lines[token.map[0]])
        limit = lines[token.map[1]] if token.map[1] < len(lines) else len(text)
        for content in _broken(token.content.replace(_UNSEEN, "")):
            place = _locate(text, content.split("\n"), begin, limit)
            if place is None and "|" in content:  # a cell of a table
                content = content.replace("|", "\\|")
                place = _locate(text, [content], begin, limit)
            if place is not None:
                cursor = begin = place[1]
                yield (*place, _one_line(content))


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
    """Plain text and codes; an opening mark without its closing one is a code of its own."""
    plain, at = "", 0
    found: list[Code] = []
    open_marks: list[tuple[str, int]] = []  # mark, index in found
    for match in _INLINE.finditer(content):
        plain += content[at : match.start()]
        at = match.end()
        raw, key = match.group(), str(len(found) + 1)
        kind = match.lastgroup
        code = Code(key, "empty", raw, len(plain))
        wanted = "[" if kind in ("link", "unlink") else _tag(raw) if kind == "tag" else raw
        again = any(mark == wanted for mark, _ in open_marks)
        if kind == "link" or (kind == "mark" and not again) or (kind == "tag" and raw[1] != "/"):
            open_marks.append((wanted, len(found)))
            del open_marks[:-_DEEPEST]
        elif kind in ("mark", "unlink", "tag"):
            while open_marks and any(mark == wanted for mark, _ in open_marks):
                mark, index = open_marks.pop()
                if mark == wanted:
                    found[index] = replace(found[index], kind="open", pair=found[index].id)
                    code = replace(code, kind="close", pair=found[index].id)
                    break
        found.append(code)
    return plain + content[at:], tuple(found)


def _tag(raw: str) -> str:
    found = re.match(r"</?([\w-]+)", raw)
    return f"<{found.group(1).lower()}" if found is not None else raw


def rendered(segment: Segment) -> str:
    placed: Sequence[Code] = segment.target_codes
    if segment.codes and not placed:
        placed = codes.place(segment.source, segment.target or "", segment.codes)
    return _plain.rendered(replace(segment, codes=(), target_codes=tuple(_around_words(placed))))


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
