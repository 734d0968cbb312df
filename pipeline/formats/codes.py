"""Inline codes: every code of the source once in the target, well nested, around the words that translate its words.

The codes of the source make a tree. Each target word belongs to a place in the source (by the engine's links, else by
equal text and by share of the length), and a pair goes around the run of words that holds most of its own and fewest
of the others': the heaviest segment (Bentley 1984), among the words that the pairs beside it have left. Siblings are
therefore disjoint and children inside their parents, whatever the links say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from pipeline.formats import _beside, references
from pipeline.languages import outline
from pipeline.model import Code, Span

WORD = re.compile(  # a character reference is one: no code stands inside of &amp;
    rf"{references.PATTERN}|[\u3400-\u9fff\U00020000-\U0003ffff]|[^\W\u3400-\u9fff\U00020000-\U0003ffff]+|[^\w\s]"
)
_FRONT = re.compile(r"\s*(?P<number>[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.])")
_OPENERS, _ENDERS = "«„“‘「『《（([", ".!?…。！？；;：:，,、»”’」』》）)]"
_SAME = {
    "“": "«„“「",
    "”": "»”“」",
    "《": "«“《",
    "》": "»”》",
    "（": "(（",
    "）": ")）",
    "。": ".。",
    "，": ",，",
    "：": ":：",
}
Links = Sequence[tuple[Span, Span, float]]
MAX_DEPTH = 100
MAX_WORK = 3_000_000  # codes times words; over it the codes keep their order and share of the text
_LINK = re.compile(r"<(?:\w+:)?(?:a|hyperlink)\b|\[")  # useless around nothing
_NEAR = 12  # letters
_LEAST = 0.05  # links lighter than this say nothing
_LIGHT = 0.25  # words lighter than this do not begin or end a pair


@dataclass(slots=True)
class _Node:
    """A pair of codes, or a single code (`close` is None)."""

    index: int
    open: Code
    close: Code | None = None
    children: list[_Node] = field(default_factory=list)
    start: int = 0  # in the target
    end: int = 0

    @property
    def span(self) -> Span:
        return Span(self.open.position, self.close.position if self.close is not None else self.open.position)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the target, where it comes from in the source, and how sure that is (0 where nothing tells)."""

    start: int
    end: int
    origin: float
    weight: float


def place(source: str, target: str, codes: Sequence[Code], links: Links = ()) -> list[Code]:
    """The codes in target order, with their positions in the target: each once, pairs nested as a tree; spaces beside
    them as in the source."""
    if source == target or not codes:
        return list(codes)
    codes = _beside.wanted(source, codes)
    roots = _tree(codes)
    words = _words(source, target, _numbered(source, target, links))
    if roots is None or len(codes) * (len(words) + 1) > MAX_WORK:
        return _beside.settled(source, target, codes, _in_order(source, target, codes))
    _lay(source, target, roots, Span(0, len(source)), Span(0, len(target)), words)
    return _beside.settled(source, target, codes, list(_emitted(roots)))


def _tree(codes: Sequence[Code]) -> list[_Node] | None:
    """The forest of the codes; None where pairs cross or are nested too deep. Codes without a partner stand alone."""
    opened, closed = ({c.pair or c.id: i for i, c in enumerate(codes) if c.kind == kind} for kind in ("open", "close"))
    paired = {key for key in opened if opened[key] < closed.get(key, -1)}
    roots: list[_Node] = []
    stack: list[_Node] = []
    for index, code in enumerate(codes):
        key = code.pair or code.id
        own = key in paired and index in (opened[key], closed[key])
        if own and code.kind == "close":
            node = stack.pop()
            if (node.open.pair or node.open.id) != key:
                return None
            node.close = code
            continue
        node = _Node(index, code)
        (stack[-1].children if stack else roots).append(node)
        if own:
            stack.append(node)
            if len(stack) > MAX_DEPTH:
                return None
    return roots


def _in_order(source: str, target: str, codes: Sequence[Code]) -> list[Code]:
    """Codes in the order of the source, at their share of the text: nested as they were."""
    edges = sorted({0, len(target), *(match.start() for match in WORD.finditer(target))})
    placed, floor = [], 0
    for code in codes:
        wanted = round(code.position * len(target) / max(1, len(source)))
        floor = max(floor, edges[min(bisect_left(edges, wanted), len(edges) - 1)])
        placed.append(replace(code, position=floor))
    return placed


def _words(source: str, target: str, links: Links) -> list[_Word]:
    found = [Span(*match.span()) for match in WORD.finditer(target)]
    starts = [word.start for word in found]
    best: dict[int, tuple[float, float]] = {}
    for left, right, weight in links:
        if weight < _LEAST or not len(left) or not len(right):
            continue
        first = max(0, bisect_right(starts, right.start) - 1)
        for i in range(first, bisect_left(starts, right.end)):
            if found[i].overlaps(right) and weight > best.get(i, (0.0, 0.0))[1]:
                best[i] = ((left.start + left.end) / 2, weight)
    if not links:
        best = _guessed(source, target, found)
    return [_Word(word.start, word.end, *best.get(i, (-1.0, 0.0))) for i, word in enumerate(found)]


def _numbered(source: str, target: str, links: Links) -> Links:
    """The number of an outline in front is one word, marks and all: （一） and (1)."""
    ours, theirs = _FRONT.match(source), _FRONT.match(target)
    if not links or ours is None or theirs is None or outline.western(ours.group("number")) != theirs.group("number"):
        return links
    left, right = Span(*ours.span("number")), Span(*theirs.span("number"))
    others = [link for link in links if not link[0].overlaps(left) and not link[1].overlaps(right)]
    return [(left, right, 2.0), *others]


def _guessed(source: str, target: str, found: Sequence[Span]) -> dict[int, tuple[float, float]]:
    """Without links: words that stand on both sides, and the others by their share between those that do."""
    left = [Span(*match.span()) for match in WORD.finditer(source)]
    there: dict[str, list[Span]] = {}
    for word in left:
        there.setdefault(word.of(source).lower(), []).append(word)
    best: dict[int, tuple[float, float]] = {}
    known: set[int] = set()
    anchors = [(0, 0)]
    for i, word in enumerate(found):
        text = word.of(target)
        same = there.get(text.lower(), [])
        if not text[0].isalnum():  # marks say little: only one that stands once on both sides
            best[i] = ((same[0].start + same[0].end) / 2, 0.5) if len(same) == 1 else (-1.0, 0.0)
        elif len(same) == 1:
            best[i] = ((same[0].start + same[0].end) / 2, 2.0)
            known.add(same[0].start)
            if same[0].start >= anchors[-1][0]:
                anchors.append((same[0].start, word.start))
    anchors.append((len(source), len(target)))
    free = [word.start for word in left if word.start not in known and source[word.start].isalnum()]
    at = 0
    for i, word in enumerate(found):
        while at + 2 < len(anchors) and anchors[at + 1][1] <= word.start:
            at += 1
        (s0, t0), (s1, t1) = anchors[at], anchors[at + 1]
        low, high = bisect_left(free, s0), bisect_left(free, s1)
        if low == high:
            low, high, t0, t1 = 0, len(free), 0, len(target)
        if high > low:
            share = ((word.start + word.end) / 2 - t0) / max(1, t1 - t0)
            best.setdefault(i, (free[min(high - 1, low + int(share * (high - low)))] + 0.5, 0.5))
    return best


def _lay(source: str, target: str, nodes: list[_Node], outer: Span, room: Span, words: Sequence[_Word]) -> None:
    """Gives every node its place inside `room`, the target range of the parent whose source range is `outer`."""
    taken: list[Span] = []
    pairs = [node for node in nodes if node.close is not None and len(node.span)]
    single = [node for node in nodes if node.close is None or not len(node.span)]
    for node in sorted(pairs, key=lambda node: (len(node.span), node.index)):
        span = node.span
        found: tuple[int, int] | None = room.start, room.end
        if len(pairs) > 1 or (source[outer.start : span.start] + source[span.end : outer.end]).strip():
            found = _heaviest(source, target, span, room, words, taken)
        if found is None:  # none of its words has a translation here: an empty pair, placed when the others stand
            single.append(node)
            continue
        node.start, node.end = _widened(source, target, span, outer, room, *_trimmed(target, *found))
        taken.append(Span(node.start, node.end))
    single.sort(key=lambda node: (node.close is None or not len(node.span), node.index))
    for node in single:
        word = _substitute(
            target, node, _point(source, target, node.open.position, outer, room, words), room, words, taken
        )
        if word is not None:
            node.start, node.end = word.start, word.end
            taken.append(word)
            continue
        at = _point(source, target, node.open.position, outer, room, words)
        inside = next((span for span in taken if span.start < at < span.end), None)
        if inside is not None:
            at = inside.start if at - inside.start <= inside.end - at else inside.end
        node.start = node.end = at
    nodes.sort(key=lambda node: (node.start, node.end, node.index))
    for node in nodes:
        if node.children:
            _lay(source, target, node.children, node.span, Span(node.start, node.end), words)


def _substitute(
    target: str, node: _Node, at: int, room: Span, words: Sequence[_Word], taken: Sequence[Span]
) -> Span | None:
    """A word for a pair that would be empty: one without a link near by, for a hyperlink any; None for codes alone."""
    if node.close is None or not len(node.span):
        return None
    link = _LINK.match(node.open.text) is not None
    found = [
        Span(word.start, word.end)
        for word in words
        if room.start <= word.start
        and word.end <= room.end
        and target[word.start].isalnum()
        and (link or (not word.weight and abs(word.start - at) <= _NEAR))
        and not any(word.start < other.end and other.start < word.end for other in taken)
    ]
    return min(found, key=lambda span: abs(span.start - at), default=None)


def _free(room: Span, taken: Sequence[Span]) -> Iterator[Span]:
    at = room.start
    for span in sorted(taken, key=lambda span: (span.start, span.end)):
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < room.end:
        yield Span(at, room.end)


def _heaviest(
    source: str, target: str, span: Span, room: Span, words: Sequence[_Word], taken: Sequence[Span]
) -> tuple[int, int] | None:
    best: tuple[float, int, int] = (0.0, -1, -1)
    for free in _free(room, taken):
        total, start = 0.0, -1
        for word in words:
            if word.start < free.start or word.end > free.end or not word.weight:
                continue
            gain = word.weight if span.start <= word.origin < span.end else -word.weight
            if total <= 0:
                total, start = 0.0, word.start
            total += gain
            if total > best[0]:
                best = (total, start, word.end)
    if best[1] < 0:
        return None
    best = _without_light(words, best)
    bounds = next(free for free in _free(room, taken) if free.start <= best[1] and best[2] <= free.end)
    return _with_marks(source, target, span, bounds, best[1], best[2])


def _without_light(words: Sequence[_Word], best: tuple[float, int, int]) -> tuple[float, int, int]:
    """Without the words at the edges that hardly say anything (an article, a preposition), if others say more."""
    inside = [word for word in words if best[1] <= word.start and word.end <= best[2] and word.weight]
    floor = min(_LIGHT, max(word.weight for word in inside) / 4)
    while inside and inside[0].weight < floor:
        inside.pop(0)
    while inside and inside[-1].weight < floor:
        inside.pop()
    return best[0], inside[0].start, inside[-1].end


def _with_marks(source: str, target: str, span: Span, bounds: Span, start: int, end: int) -> tuple[int, int]:
    """Quotation marks and full stops go inside the pair where they were inside it, and outside where they were not."""
    inside = span.of(source).strip()
    if start > bounds.start and inside[:1] in _SAME and target[start - 1] in _SAME[inside[0]] and inside[0] in _OPENERS:
        start -= 1
    if end < bounds.end and inside and inside[-1] in _ENDERS and target[end] in _SAME.get(inside[-1], inside[-1]):
        end += 1
    marked = inside[-1:] not in ("", *_ENDERS)
    while marked and end - start > 1 and target[end - 1] in _ENDERS and not references.ends(target, end):
        end -= 1
    return _trimmed(target, start, end)


def _trimmed(target: str, start: int, end: int) -> tuple[int, int]:
    while start < end and target[start].isspace():
        start += 1
    while end > start and target[end - 1].isspace():
        end -= 1
    return start, end


def _widened(source: str, target: str, span: Span, outer: Span, room: Span, start: int, end: int) -> tuple[int, int]:
    """White space at an end of the text that is inside of a pair there: "<b> two</b> plans" begins with the pair."""
    inside = span.of(source)
    if not source[outer.start : span.start].strip() and not target[room.start : start].strip():
        start = max(room.start, start - len(inside) + len(inside.lstrip()))
    if not source[span.end : outer.end].strip() and not target[end : room.end].strip():
        end = min(room.end, end + len(inside) - len(inside.rstrip()))
    return start, end


def _point(source: str, target: str, position: int, outer: Span, room: Span, words: Sequence[_Word]) -> int:
    """Where a single code goes: behind the word it followed, or before the word it stood before."""
    if not (front := source[outer.start : position]).strip():
        return room.start + len(_shared(front, room.of(target)))
    if not (rest := source[position : outer.end]).strip():
        return room.end - len(_shared(rest[::-1], room.of(target)[::-1]))
    here = [word for word in words if word.weight and room.start <= word.start and word.end <= room.end]
    here = [word for word in here if outer.start <= word.origin < outer.end]
    if not here:
        share = (position - outer.start) / max(1, len(outer))
        wanted = room.start + round(share * len(room))
        starts = [word.start for word in words if room.start <= word.start <= room.end]
        return min(starts, key=lambda at: abs(at - wanted), default=room.start)
    if source[position - 1].isspace():
        after = [word for word in here if word.origin >= position]
        if after:
            return min(after, key=lambda word: (word.origin, word.start)).start
    before = [word for word in here if word.origin < position]
    if not before:
        return min(here, key=lambda word: word.origin).start
    at = max(before, key=lambda word: (word.origin, word.end)).end
    mark = source[position - 1]
    if at < room.end and mark in _ENDERS and target[at] in _SAME.get(mark, mark):
        at += 1
    return at


def _shared(space: str, text: str) -> str:
    """How much of the white space the text begins with too, where it does not consist of it."""
    size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(space, text, strict=False)))
    return space[:size] if size < len(text) else ""


def _emitted(nodes: Sequence[_Node]) -> Iterator[Code]:
    for node in nodes:
        yield replace(node.open, position=node.start)
        yield from _emitted(node.children)
        if node.close is not None:
            yield replace(node.close, position=node.end)
