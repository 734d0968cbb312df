"""Inline codes placed in the engine's own translations: share around the right words, against what is asked (0.9).

Each sentence of the genre's test set gets a pair of codes around each of its glossary terms and numbers, and a pair
around two of these together. Right: the pair holds every word of the term's official form or of the number in the
target, and at most half as many others. `words alone`: as if no glossary told where the terms went.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from pipeline import settings
from pipeline.flow import Flow
from pipeline.formats import codes
from pipeline.glossary import forms
from pipeline.glossary.fold import fold
from pipeline.languages import align
from pipeline.model import LANGS, Code, Document, Segment, Span
from tests.bench.base import Row, genre

COUNT = 84  # sentences of each direction: 504 in all


def run() -> list[Row]:
    rows = []
    for source in LANGS:
        for target in LANGS:
            if source != target:
                rows += _direction(Flow(settings.load("draft"), source, target))
    return rows


def marked(text: str, spans: list[Span]) -> tuple[Code, ...]:
    """A pair of codes around each span, named by its number, and one around the first two."""
    marks = [(span.start, span.end, str(i)) for i, span in enumerate(spans)]
    if len(spans) > 1:
        marks.append((spans[0].start, spans[1].end, "both"))
    edges: list[tuple[int, int, int, Code]] = []
    for start, end, name in marks:
        edges.append((start, 1, -end, Code(name, "open", f"<{name}>", start, name)))
        edges.append((end, 0, -start, Code(name, "close", f"</{name}>", end, name)))
    return tuple(code for *_, code in sorted(edges, key=lambda edge: edge[:3]))


def nested(placed: tuple[Code, ...]) -> bool:
    stack: list[str] = []
    for code in placed:
        if code.kind == "open":
            stack.append(code.pair)
        elif not stack or stack.pop() != code.pair:
            return False
    return not stack


def apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: -len(span)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _direction(flow: Flow) -> list[Row]:
    assert flow.source is not None and flow.enforcer is not None
    segments = []
    for i, text in enumerate(genre(COUNT, flow.source)):
        found = [o.span for o in flow.enforcer.occurrences(text)]
        numbers = [Span(*m.span()) for m in re.finditer(r"\d+(?:[.,]\d+)*", text)]
        segments.append(Segment(str(i), text, codes=marked(text, apart([*found, *numbers]))))
    done = flow.translate(Document("b", "jsonl", tuple(segments), flow.source, flow.target))
    shares: dict[str, list[bool]] = {"with terms": [], "words alone": []}
    for segment in done.segments:
        made = segment.target_codes
        assert Counter(c.text for c in made) == Counter(c.text for c in segment.codes) and nested(made)
        target = segment.target or ""
        links = align.links(segment.source, target, flow.source, flow.target)
        bare = tuple(codes.place(segment.source, target, segment.codes, links))
        for start, wanted in _gold(flow, segment):
            for name, placed in (("with terms", made), ("words alone", bare)):
                shares[name].append(_right(target, wanted, start, segment, placed))
    name = f"{flow.source}-{flow.target}"
    return [
        Row(f"codes right, {name}, {how}, {len(good)} pairs", sum(good) / max(1, len(good)), 0.9, "", "at least 1")
        for how, good in shares.items()
    ]


def _gold(flow: Flow, segment: Segment) -> list[tuple[int, Span]]:
    """(start in the source, place in the target) of what stands once on both sides."""
    target, found = segment.target or "", []
    terms: Any = flow.enforcer.occurrences(segment.source) if flow.enforcer is not None else ()
    for occurrence in terms:
        there = forms.find(occurrence.term, flow.target, fold(target, flow.target), target)
        if len(there) == 1 and sum(o.term.id == occurrence.term.id for o in terms) == 1:
            found.append((occurrence.span.start, there[0].span))
    for match in re.finditer(r"\d+(?:[.,]\d+)*", segment.source):
        pattern = rf"(?<![\d.,]){re.escape(match.group())}(?![\d]|[.,]\d)"
        there_ = [m.span() for m in re.finditer(pattern, target)]
        if len(there_) == 1 and len(re.findall(pattern, segment.source)) == 1:
            found.append((match.start(), Span(*there_[0])))
    return found


def _right(target: str, wanted: Span, start: int, segment: Segment, placed: tuple[Code, ...]) -> bool:
    pair = next((c.pair for c in segment.codes if c.kind == "open" and c.position == start and c.pair != "both"), "")
    at = [code.position for code in placed if code.pair == pair]
    if len(at) != 2:
        return False
    words = [Span(*m.span()) for m in codes.WORD.finditer(target) if m.group()[0].isalnum()]
    inside = {word.start for word in words if at[0] <= word.start and word.end <= at[1]}
    want = {word.start for word in words if word.overlaps(wanted)}
    return want <= inside and len(inside - want) <= max(1, len(want) // 2)
