"""A translated document and its original as one bitext: for post-editing a DOCX, a page or a text where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.errors import InputError
from pipeline.formats import base as formats
from pipeline.model import Code, Document, Lang, Segment, Span
from pipeline.reports.base import counted
from pipeline.segment import cut


@dataclass(frozen=True)
class Pair:
    """`bitext` holds a segment for each sentence, or for a paragraph whose sentences do not match one to one.

    `write` gives the translated document again, with the targets of edited segments; other bytes stay.
    """

    bitext: Document
    translation: Document

    def write(self, segments: Sequence[Segment]) -> bytes:
        texts: dict[int, str] = {}
        codes: dict[int, tuple[Code, ...]] = {}
        for segment in segments:
            at, gap = segment.meta["pair"]
            texts[at] = texts.get(at, "") + (segment.target or "") + gap
            codes[at] = segment.target_codes
        units = []
        for index, unit in enumerate(self.translation.segments):
            text = texts.get(index, unit.source)
            changed = (text, codes.get(index, unit.codes)) != (unit.source, unit.codes)
            units.append(replace(unit, target=text, target_codes=codes[index]) if changed else unit)
        plugin = formats.plugin(self.translation.format)
        return plugin.write(self.translation.with_segments(units))


def pair(original: Document, translation: Document, source: Lang, target: Lang) -> Pair:
    """Raises InputError where the two are not one document in two languages."""
    left, right = original.segments, translation.segments
    if original.format != translation.format or len(left) != len(right):
        raise InputError(
            f"{translation.name}: {counted(len(right), 'paragraph')} ({translation.format}), its original "
            f"{original.name} has {len(left)} ({original.format})",
            hint="give the document it was translated from; both must have the same paragraphs in the same order",
        )
    rows: list[Segment] = []
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        if any(map(str.isalpha, one.source)):
            rows += _rows(index, one, other, source, target)
    bitext = Document(translation.name, translation.format, tuple(rows), source, target)
    return Pair(bitext, translation)


def _rows(index: int, one: Segment, other: Segment, source: Lang, target: Lang) -> list[Segment]:
    given = other.source, other.codes
    whole = Segment(one.id, one.source, other.source, other.state, one.codes, other.codes)
    whole = replace(whole, meta={"pair": (index, ""), "apart": True, "given": given})
    if not _plain(one, other):
        return [whole]
    there, here = cut(one.source, source), cut(other.source, target)
    if len(there) != len(here) or len(here) < 2 or here[0].start:
        return [whole]
    ends = [*(span.start for span in here[1:]), len(other.source)]
    return [
        replace(
            whole,
            id=f"{whole.id}.{number}",
            source=left.of(one.source),
            target=right.of(other.source),
            meta={
                **whole.meta,
                "pair": (index, Span(right.end, end).of(other.source)),
                "given": (right.of(other.source), ()),
            },
        )
        for number, (left, right, end) in enumerate(zip(there, here, ends, strict=True), 1)
    ]


def _plain(one: Segment, other: Segment) -> bool:
    """Inline codes belong to the paragraph: where there are any, it stays whole."""
    return not one.codes and not other.codes
