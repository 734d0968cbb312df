"""TMX 1.4: each translation unit with both languages is a segment; other bytes stay."""

from __future__ import annotations

from typing import ClassVar

from pipeline.errors import InputError
from pipeline.formats import _inline, _placeholders, _xml, base
from pipeline.formats._xml import Node
from pipeline.formats.base import MAX_UNIT, Format
from pipeline.model import Document, Lang, Segment


class Tmx(Format):
    suffixes: ClassVar[tuple[str, ...]] = (".tmx",)
    bilingual: ClassVar[bool] = True
    encoded: ClassVar[bool] = True

    def read(self, data: bytes, name: str, source: Lang | None, target: Lang | None) -> Document:
        raw, encoding = _xml.to_utf8(data, name)
        root = _xml.parse(raw, name)
        if root.tag != "tmx":
            raise InputError(f"is <{root.tag}>, no TMX", where=f"{name}:{root.line}")
        header = root.first("header")
        units = list(root.all("tu"))
        present = list(dict.fromkeys(lang for unit in units[:100] for lang in _tuvs(unit)))
        if source is None:
            said = _inline.language(header.get("srclang")) if header is not None else None
            said = said if said in present else None  # some tools write "en" whatever the source is
            source = said if said != target and said else next((lang for lang in present if lang != target), None)
        if target is None:
            target = next((lang for lang in present if lang != source), None)
        segments: list[Segment] = []
        taken = {unit.get("tuid") for unit in units}
        for number, unit in enumerate(units, 1):
            there = _tuvs(unit)
            left = there.get(source) if source else None
            if left is None:
                continue
            right = there.get(target) if target else None
            text, codes = _inline.content(raw, left, keep_space=True)
            if len(text) > MAX_UNIT:
                raise InputError(f"a unit of {len(text):,} characters", where=f"{name}:{unit.line}")
            given, placed = _inline.content(raw, right, keep_space=True) if right is not None else ("", ())
            text, codes = _placeholders.lifted(text, codes, _xml.escape)
            given, placed = _placeholders.lifted(given, placed, _xml.escape)
            meta = {"target": right, "unit": unit, "line": unit.line, "given": (given or None, placed)}
            key = unit.get("tuid") or base.key(number, taken, "unit")
            segments.append(Segment(key, text, given or None, codes=codes, target_codes=placed, meta=meta))
        if not segments:
            raise InputError(
                "holds no unit in the source language", where=name, hint="name the languages with --from and --to"
            )
        doubled = base.doubled(((s.id, s.meta["unit"].line) for s in segments), name)
        return Document(name, "tmx", tuple(segments), source, target, skeleton=(raw, encoding, target), meta=doubled)

    def fresh(self, document: Document) -> bytes:
        from pipeline import __version__

        left, right = document.source_lang or "zh", document.target_lang or "ru"
        head = (
            f'<header creationtool="palladius" creationtoolversion="{__version__}" segtype="sentence" '
            f'o-tmf="palladius" adminlang="en" srclang="{left}" datatype="plaintext"/>'
        )
        out = [f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  {head}\n  <body>\n']
        for segment in document.segments:
            there = ((left, segment.source, segment.codes), (right, segment.target, segment.target_codes))
            out.append(f'    <tu tuid="{_xml.quote(segment.id)}">\n')
            out += [
                f'      <tuv xml:lang="{lang}"><seg>{_inline.made(text, codes, tmx=True)}</seg></tuv>\n'
                for lang, text, codes in there
                if text is not None
            ]
            out.append("    </tu>\n")
        return "".join([*out, "  </body>\n</tmx>\n"]).encode("utf-8")

    def write(self, document: Document) -> bytes:
        raw, encoding, language = document.skeleton
        language = document.target_lang or language or "ru"
        edits: list[tuple[int, int, bytes]] = []
        for segment in document.segments:
            if segment.target is None or (segment.target, segment.target_codes) == segment.meta["given"]:
                continue
            inside = _inline.rendered(segment)
            node: Node | None = segment.meta["target"]
            if node is not None:
                edits.append(_inline.replaced(raw, node, inside))
                continue
            last = [child for child in segment.meta["unit"].children if child.tag == "tuv"][-1]
            made = (
                _inline.indent_before(raw, last)
                + f'<tuv xml:lang="{language}"><seg>'.encode()
                + inside
                + b"</seg></tuv>"
            )
            edits.append((last.end, last.end, made))
        return _xml.from_utf8(_xml.edited(raw, edits), encoding)


def _tuvs(unit: Node) -> dict[Lang, Node]:
    """The <seg> of each language of a unit."""
    found: dict[Lang, Node] = {}
    for child in unit.children:
        if child.tag == "tuv":
            lang, seg = _inline.language(child.get("xml:lang") or child.get("lang")), child.first("seg")
            if lang is not None and seg is not None:
                found.setdefault(lang, seg)
    return found


PLUGIN = Tmx()
