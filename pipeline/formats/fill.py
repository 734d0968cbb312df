"""A translated bitext back into the document that it was made of: targets by id and source, codes by their numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.formats import _beside, convert, woven
from pipeline.model import Code, Document, Edit, Segment, State, shifted

_BREAK = re.compile(r"\r\n?|\n")


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
        target, codes = _ended(segment.source, *native(segment, document.format, found))
        if codes is None and segment.codes:
            recoded.append(segment.id)
        made.append(
            replace(segment, target=target, target_codes=codes or (), state=State.CONFIRMED, provenance="given")
        )
    return Filled(document.with_segments(made), taken, tuple(recoded))


def _ended(source: str, text: str, codes: tuple[Code, ...] | None) -> tuple[str, tuple[Code, ...] | None]:
    """The target with the line breaks of the source, where those are of one kind: tables and XML have no "\\r\\n"."""
    kinds = set(_BREAK.findall(source))
    if len(kinds) != 1 or kinds >= set(_BREAK.findall(text)):
        return text, codes
    (kind,) = kinds
    edits = [Edit(*found.span(), found.group(), kind, "", "") for found in _BREAK.finditer(text)]
    moved = None if codes is None else tuple(replace(c, position=shifted(c.position, edits)) for c in codes)
    return _BREAK.sub(kind, text), moved


def _plain(segment: Segment, document: Document) -> str:
    """The source with its placeholders and without markup and differences of white space."""
    made = convert.portable(replace(segment, target=None), document.format, markup=False)
    return "".join(made.source.split())


def native(segment: Segment, format_name: str, given: Segment) -> tuple[str, tuple[Code, ...] | None]:
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
        elif not woven.is_markup(code, "xliff"):
            text += code.before + woven.display(code, "xliff") + code.after
    text += (given.target or "")[at:]
    text, placed = _lifted(text, placed, literal, format_name)
    if segment.source == segment.source.strip():
        text, spaced = _beside.trimmed(text, placed, len(text) - len(text.lstrip()), len(text.rstrip()))
        placed = list(spaced)
    whole = Counter((c.id, c.kind, c.text) for c in placed) == Counter((c.id, c.kind, c.text) for c in segment.codes)
    return text, tuple(placed) if whole and _nested(placed) else None


def _lifted(text: str, placed: list[Code], literal: Sequence[Code], format_name: str) -> tuple[str, list[Code]]:
    """Placeholders that stand in the text as codes beside it, each as often as the segment has it."""
    waiting: dict[str, deque[Code]] = defaultdict(deque)
    for code in literal:
        waiting[woven.display(code, format_name)].append(code)
    if not waiting:
        return text, placed
    pattern = re.compile("|".join(map(re.escape, sorted(waiting, key=len, reverse=True))))
    found = [match for match in pattern.finditer(text) if (queue := waiting[match.group()]) and queue.popleft()]
    for code in literal:
        waiting[woven.display(code, format_name)].append(code)
    pieces: list[str] = []
    out: list[Code] = []
    at = size = taken = 0
    for match in found:
        while taken < len(placed) and placed[taken].position <= match.start():
            out.append(replace(placed[taken], position=placed[taken].position - at + size))
            taken += 1
        pieces.append(text[at : match.start()])
        size += match.start() - at
        at = match.end()
        out.append(replace(waiting[match.group()].popleft(), position=size, before="", after=""))
    out += [replace(code, position=max(size, code.position - at + size)) for code in placed[taken:]]
    return "".join([*pieces, text[at:]]), out


def _nested(codes: Sequence[Code]) -> bool:
    opened: list[str] = []
    for code in codes:
        if code.kind == "open":
            opened.append(code.pair)
        elif code.kind == "close" and (not opened or opened.pop() != code.pair):
            return False
    return not opened
