"""Plain text, one unit a line; blank lines, indents and line endings are kept byte for byte."""

from __future__ import annotations

import re
from typing import ClassVar

from pipeline import files
from pipeline.errors import InputError
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Document, Lang, Segment

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BODY = re.compile(r"\A(\s*)(.*?)(\s*)\Z", re.DOTALL)


class Text(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text")
    sentences: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        bom = data.startswith(b"\xef\xbb\xbf")
        text = files.decode(data, name)
        pieces: list[str] = []  # even: kept as is; odd: text of segment i // 2
        segments: list[Segment] = []
        kept = "\ufeff" if bom else ""
        for number, match in enumerate(_LINE.finditer(text), 1):
            body = _BODY.match(match.group())
            assert body is not None
            lead, words, tail = body.groups()
            if not words:
                kept += match.group()
                continue
            if len(words) > MAX_UNIT:
                hint = "break the text into lines, one paragraph each"
                raise InputError(f"the line has {len(words):,} characters", where=f"{name}:{number}", hint=hint)
            pieces.append(kept + lead)
            segments.append(Segment(id=str(number), source=words, meta={"line": number}))
            kept = tail
        if not segments:
            raise InputError("is empty: nothing to translate", where=name)
        pieces.append(kept)
        return Document(name, "text", tuple(segments), source, target, skeleton=tuple(pieces))

    def write(self, document: Document) -> bytes:
        out: list[str] = []
        for kept, segment in zip(document.skeleton, document.segments, strict=False):
            out += (kept, segment.source if segment.target is None else segment.target)
        out.append(document.skeleton[-1])
        return "".join(out).encode("utf-8")


PLUGIN = Text()
