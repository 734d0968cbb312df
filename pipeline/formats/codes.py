"""Inline codes: every code of the source once in the target, well nested, around the words that translate its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Code, Span

_WORD = re.compile(r"[\u3400-\u9fff]|\w+|[^\w\s]")
Links = Sequence[tuple[Span, Span, float]]


def place(source: str, target: str, codes: Sequence[Code], links: Links = ()) -> list[Code]:
    """The codes with positions in the target.

    A pair goes around the target words linked to the source words inside it; where nothing is linked, around the
    same share of the text. Codes keep their order where that is needed for nesting.
    """
    if source == target:
        return list(codes)
    closing = {code.pair or code.id: code for code in codes if code.kind == "close"}
    placed: dict[int, tuple[int, int]] = {}  # index -> (position, order)
    opened: dict[str, int] = {code.pair or code.id: i for i, code in enumerate(codes) if code.kind == "open"}
    for index, code in enumerate(codes):
        if code.kind == "open" and (code.pair or code.id) in closing:
            start, end = code.position, closing[code.pair or code.id].position
            span = _image(source, target, Span(start, end), links)
            placed[index] = (span.start, index)
            other = next(i for i, c in enumerate(codes) if c is closing[code.pair or code.id])
            placed[other] = (span.end, other)
        elif code.kind != "close" or (code.pair or code.id) not in opened:
            placed[index] = (_point(source, target, code.position, links), index)
    moved = _nested(codes, placed)
    return [Code(c.id, c.kind, c.text, position, c.pair) for c, position in moved]


def _image(source: str, target: str, span: Span, links: Links) -> Span:
    """Where the translation of source[span] stands in the target."""
    if span.start <= 0 and span.end >= len(source):
        return Span(0, len(target))
    if not len(span):
        at = _point(source, target, span.start, links)
        return Span(at, at)
    hits = [t for s, t, weight in links if s.overlaps(span) and weight >= 0.3 and len(t)]
    if hits:
        return _words(target, Span(min(t.start for t in hits), max(t.end for t in hits)))
    inside = span.of(source).strip()
    at = target.find(inside) if inside else -1
    if at >= 0:
        return Span(at, at + len(inside))
    ratio = len(target) / max(1, len(source))
    return _words(target, Span(round(span.start * ratio), max(round(span.start * ratio) + 1, round(span.end * ratio))))


def _words(text: str, span: Span) -> Span:
    """The span grown to whole words."""
    start, end = min(span.start, len(text)), min(span.end, len(text))
    for match in _WORD.finditer(text):
        if match.start() < span.start < match.end():
            start = match.start()
        if match.start() < span.end < match.end():
            end = match.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, max(start, end))


def _point(source: str, target: str, position: int, links: Links) -> int:
    if position <= 0:
        return 0
    if position >= len(source):
        return len(target)
    after = [(s.start - position, t.start) for s, t, w in links if s.start >= position and w >= 0.3]
    before = [(position - s.end, t.end) for s, t, w in links if s.end <= position and w >= 0.3]
    if after and (not before or min(after)[0] <= min(before)[0]):
        return min(after)[1]
    if before:
        return min(before)[1]
    if source[position - 1] in ".!?。！？;；:：,，":
        marks = [m.end() for m in re.finditer(r"[.!?。！？;；:：,，]", target)]
        if marks:
            return min(marks, key=lambda mark: abs(mark / max(1, len(target)) - position / len(source)))
    return _words(target, Span(round(position * len(target) / len(source)), len(target))).start


def _nested(codes: Sequence[Code], placed: dict[int, tuple[int, int]]) -> list[tuple[Code, int]]:
    """Codes in target order. Pairs that would cross are widened to enclose what they enclosed in the source."""
    position = {index: at for index, (at, _) in placed.items()}
    pairs = []
    for i, code in enumerate(codes):
        if code.kind == "open":
            close = [
                j
                for j in range(i + 1, len(codes))
                if codes[j].kind == "close" and (codes[j].pair or codes[j].id) == (code.pair or code.id)
            ]
            if close:
                pairs.append((i, close[0]))
    for outer, outer_end in sorted(pairs, key=lambda pair: pair[1] - pair[0]):  # inner pairs first
        inside = [k for k in range(outer + 1, outer_end) if k in position]
        if inside:
            position[outer] = min(position[outer], *(position[k] for k in inside))
            position[outer_end] = max(position[outer_end], *(position[k] for k in inside))
    for one, one_end in pairs:  # disjoint in the source, crossing in the target: the later one gives way
        for two, two_end in pairs:
            if (
                one_end < two
                and position[two] < position[one_end] < position[two_end]
                and position[one] <= position[two]
            ):
                _shift(position, range(two, two_end + 1), position[one_end])
            elif (
                one_end < two
                and position[one] < position[two_end] < position[one_end]
                and position[two] < position[one]
            ):
                _shift(position, range(one, one_end + 1), position[two_end])
            elif one_end < two and (
                position[one] <= position[two] <= position[two_end] <= position[one_end] != position[two]
                or position[two] <= position[one] <= position[one_end] <= position[two_end] != position[one]
            ):
                low = min(position[one_end], position[two_end])
                _shift(position, range(two, two_end + 1), max(low, position[one_end]))
    order = sorted(range(len(codes)), key=lambda k: (position.get(k, 0), k))
    stack: list[int] = []
    for k in order:  # a last resort that always nests: order of the source at equal places
        if codes[k].kind == "open":
            stack.append(k)
    return [(codes[k], position.get(k, 0)) for k in order]


def _shift(position: dict[int, int], indexes: range, floor: int) -> None:
    for k in indexes:
        position[k] = max(position.get(k, 0), floor)
