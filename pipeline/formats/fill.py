"""A translated bitext back into the document that it was made of: targets by id and source, codes by their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.formats import _beside, _xml, convert
from pipeline.model import Code, Document, Segment, State


@dataclass(frozen=True, slots=True)
class Filled:
    """The document with the targets, how many of its segments have one now, and ids whose codes were placed anew
    because those of the bitext are not the ones of the document."""

    document: Document
    taken: int
    recoded: tuple[str, ...]


def filled(document: Document, bitext: Document) -> Filled:
    """The segments of `document` (sentences, as the bitext was made of them) with the targets of `bitext`, confirmed.

    A unit of the bitext belongs to the segment with its id and source, else to the next one with its source.
    """
    units = [segment for segment in bitext.segments if (segment.target or "").strip()]
    by_id = {segment.id: segment for segment in units}
    waiting: dict[str, deque[Segment]] = defaultdict(deque)
    for segment in units:
        waiting[_plain(segment, bitext)].append(segment)
    made: list[Segment] = []
    recoded: list[str] = []
    taken = 0
    for segment in document.segments:
        key = _plain(segment, document)
        found = by_id.get(segment.id)
        if found is None or _plain(found, bitext) != key:
            queue = waiting.get(key)
            found = (queue.popleft() if len(queue) > 1 else queue[0]) if queue else None
        if found is None or not segment.open:
            made.append(segment)
            continue
        taken += 1
        target, codes = _native(segment, document.format, found)
        if codes is None and segment.codes:
            recoded.append(segment.id)
        made.append(
            replace(segment, target=target, target_codes=codes or (), state=State.CONFIRMED, provenance="given")
        )
    return Filled(document.with_segments(made), taken, tuple(recoded))


def _plain(segment: Segment, document: Document) -> str:
    """The source with its placeholders and without markup and differences of white space."""
    made = convert.portable(replace(segment, target=None), document.format, markup=False)
    return "".join(made.source.split())


def _native(segment: Segment, format_name: str, given: Segment) -> tuple[str, tuple[Code, ...] | None]:
    """The target as the document's format has it: its own codes in place of the numbered ones of the bitext.

    None for codes that are not the segment's, each of them once.
    """
    numbered = convert.numbers(segment, format_name)
    literal = [code for code in segment.codes if code not in numbered.values()]
    text, placed = "", list[Code]()
    at = 0
    for code in sorted(given.target_codes, key=lambda one: one.position):
        text += (given.target or "")[at : code.position]
        at = code.position
        if code.id in numbered:
            own = numbered[code.id]
            placed.append(replace(own, position=len(text), before=code.before, after=code.after))
        elif (shown := _xml.unescape(code.text.encode("utf-8"))) and not code.text.startswith("<"):
            text += shown
    text += (given.target or "")[at:]
    for code in literal:
        text, placed = _lifted(text, placed, code)
    if segment.source == segment.source.strip():
        text, spaced = _beside.trimmed(text, placed, len(text) - len(text.lstrip()), len(text.rstrip()))
        placed = list(spaced)
    whole = Counter((c.id, c.kind, c.text) for c in placed) == Counter((c.id, c.kind, c.text) for c in segment.codes)
    return text, tuple(placed) if whole and _nested(placed) else None


def _lifted(text: str, placed: list[Code], code: Code) -> tuple[str, list[Code]]:
    """A placeholder that stands in the text as a code beside it."""
    start = text.find(code.text)
    if start < 0:
        return text, placed
    end = start + len(code.text)
    before = [one for one in placed if one.position <= start]
    behind = [
        replace(one, position=max(start, one.position - len(code.text))) for one in placed if one.position > start
    ]
    return text[:start] + text[end:], [*before, replace(code, position=start, before="", after=""), *behind]


def _nested(codes: Sequence[Code]) -> bool:
    opened: list[str] = []
    for code in codes:
        if code.kind == "open":
            opened.append(code.pair)
        elif code.kind == "close" and (not opened or opened.pop() != code.pair):
            return False
    return not opened
