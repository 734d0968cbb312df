"""Word documents (DOCX): text, tables, text boxes, headers, footers and notes; every other part stays identical."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import ClassVar

from pipeline.errors import InputError
from pipeline.formats import _word, _xml, _zip, codes
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Document, Lang, Segment

_PARTS = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_ORDER = ("document", "header", "footer", "footnotes", "endnotes")


class Docx(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".docx", ".docm", ".dotx")
    sentences: ClassVar[bool] = True
    encoded: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        return self._read(data, name, source, target, bare=False)

    def read_paired(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        return self._read(data, name, source, target, bare=True)

    def _read(self, data: bytes, name: str, source: Lang | None, target: Lang | None, *, bare: bool) -> Document:
        if not data:
            raise InputError("is empty", where=name)
        parts = _zip.parts(data, name, ("word/",))
        found = sorted((p for p in parts if _PARTS.fullmatch(p)), key=lambda p: (_rank(p), p))
        if not any(_rank(part) == 0 for part in found):
            raise InputError("holds no word/document.xml: is no Word document", where=name)
        raws: dict[str, tuple[bytes, str]] = {}
        segments: list[Segment] = []
        for part in found:
            raw, encoding = _xml.to_utf8(parts[part], f"{name}/{part}")
            root = _xml.parse(raw, f"{name}/{part}")
            raws[part] = raw, encoding
            number = 0
            branches: dict[int, list[Segment]] = {}  # text boxes that are there twice, for newer and older readers
            for paragraph in _word.paragraphs(raw, root, bare=bare):
                if len(paragraph.text) > MAX_UNIT:
                    raise InputError(f"a paragraph of {len(paragraph.text):,} characters", where=f"{name}/{part}")
                if paragraph.fallback and (twin := _twin(branches.get(paragraph.choice, []), paragraph)) is not None:
                    twin.meta["twins"].append(paragraph)
                    continue
                number += any(map(str.isalpha, paragraph.text))
                key = f"{part.removeprefix('word/').removesuffix('.xml')}.{number}"
                meta = {"part": part, "paragraph": paragraph, "twins": []}
                segments.append(Segment(key, paragraph.text, codes=paragraph.codes, meta=meta))
                if paragraph.choice >= 0:
                    branches.setdefault(paragraph.choice, []).append(segments[-1])
        if not segments:
            raise InputError("holds no text to translate", where=name)
        return Document(name, "docx", tuple(segments), source, target, skeleton=(data, raws))

    def write(self, document: Document) -> bytes:
        data, raws = document.skeleton
        changed: dict[str, list[Segment]] = {}
        for segment in document.segments:
            if segment.target is not None and segment.target != segment.source:
                changed.setdefault(segment.meta["part"], []).append(segment)
        if not changed:
            return bytes(data)
        made = {}
        for part, segments in changed.items():
            raw, encoding = raws[part]
            made[part] = _xml.from_utf8(_written(raw, segments), encoding)
        return _zip.rewritten(data, made)


def _rank(part: str) -> int:
    return next(i for i, name in enumerate(_ORDER) if part.startswith(f"word/{name}"))


def _twin(segments: Sequence[Segment], paragraph: _word.Paragraph) -> Segment | None:
    """The segment that says the same in the other branch, and has no twin yet."""
    for segment in segments:
        alike = (segment.source, segment.codes) == (paragraph.text, paragraph.codes)
        if alike and not segment.meta["twins"] and not segment.meta["paragraph"].fallback:
            return segment
    return None


def _written(data: bytes, segments: Sequence[Segment]) -> bytes:
    """The part with new paragraphs. Inner ones (text boxes) first, so that the outer ones take them along."""
    edits: list[tuple[int, int, bytes]] = []  # by start, falling; none inside another
    places: list[tuple[_word.Paragraph, Segment]] = [
        (paragraph, s) for s in segments for paragraph in (s.meta["paragraph"], *s.meta["twins"])
    ]
    for paragraph, segment in sorted(places, key=lambda place: (-place[0].start, place[0].end)):
        inner: list[tuple[int, int, bytes]] = []
        while edits and edits[-1][0] < paragraph.end:
            inner.append(edits.pop())
        starts = [edit[0] for edit in inner]

        def raw(start: int, end: int, inner: list[tuple[int, int, bytes]] = inner, starts: list[int] = starts) -> str:
            own = inner[bisect_left(starts, start) : bisect_left(starts, end)]
            return _xml.edited(data[start:end], [(a - start, b - start, new) for a, b, new in own]).decode()

        text = segment.target or ""
        placed = list(segment.target_codes) or codes.place(segment.source, text, segment.codes)
        edits.append((paragraph.start, paragraph.end, _word.rendered(paragraph, text, placed, raw).encode()))
    return _xml.edited(data, edits)


PLUGIN = Docx()
