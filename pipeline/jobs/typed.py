"""Inline codes of a target that a person types in: each stays among the words it stood among, with its spaces.

The person sees the text without its codes: "В {place}  Чанчунь" is "В   Чанчунь". Where a space goes, the code does
not: the text becomes "В  Чанчунь" and the file "В {place} Чанчунь".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.formats import codes
from pipeline.formats.woven import Woven
from pipeline.model import Code, Edit, Segment, State, shifted

_CLOSING = ",.:;!?…»”’)]}」』》）】，。、：；！？"
_OPENING = "«„“‘「『《（([{"


def put(segment: Segment, text: str, edits: Sequence[Edit]) -> Segment:
    """The segment with a new target, which `edits` make of the old one: codes keep their places, flags their words."""
    there = segment.target_codes
    if there:
        there = moved(segment.target or "", text, there, edits)
    elif segment.codes and text and not segment.meta.get("apart"):  # those of another file are none of this one
        there = tuple(codes.place(segment.source, text, segment.codes))
    kept = [
        replace(f, start=shifted(f.start, edits), end=shifted(f.end, edits))
        for f in segment.findings
        if not any(e.start < f.end and f.start < e.end for e in edits)
    ]
    return replace(segment, target=text, target_codes=there, findings=tuple(kept), state=State.NEW)


def confirmed(segment: Segment) -> Segment | None:
    """The segment as confirmed; None where its target is empty. A message of placeholders alone ("%s") has no text that
    could be typed: its codes are its translation."""
    target, there = segment.target or "", segment.target_codes
    if not segment.source.strip() and not target.strip():
        there = there or segment.codes
    if not target.strip() and (segment.source.strip() or not there):
        return None
    return replace(segment, target=target, target_codes=there, state=State.CONFIRMED)


def moved(old: str, new: str, there: Sequence[Code], edits: Sequence[Edit]) -> tuple[Code, ...]:
    """The codes of `old` in `new`, what `edits` makes of it. One that had a space on a side has one there
    again, and one only: its own where the text has none."""
    narrow = [_narrowed(edit) for edit in edits]
    places = [shifted(code.position, narrow) for code in there]
    made = [replace(code, position=place) for code, place in zip(there, places, strict=True)]
    for i, code in enumerate(there):
        if code.kind == "empty" and any(e.start <= code.position <= e.end for e in narrow):
            left, right = _gap(new, made, i, before=True), _gap(new, made, i, before=False)
            had = _gap(old, there, i, before=True), _gap(old, there, i, before=False)
            spaces = (
                code.before or (" " if had[0].isspace() else ""),
                code.after or (" " if had[1].isspace() else ""),
            )
            made[i] = replace(
                made[i],
                before="" if left.isspace() or left in _OPENING else spaces[0],
                after="" if right.isspace() or right in _CLOSING else spaces[1],
            )
    return tuple(made)


def written(segment: Segment, text: str, places: Sequence[tuple[int, str, str]]) -> bool:
    """Is the target what a file makes of `text` with its codes in their places: are their spaces in the text now?"""
    there = placed(segment, places).target_codes
    here = Woven.of(segment.target or "", segment.target_codes, lambda code: code.text)
    return bool(there) and here.text == Woven.of(text, there, lambda code: code.text).text


def placed(segment: Segment, places: Sequence[tuple[int, str, str]]) -> Segment:
    """The segment with its target's codes where a journal says: (place, space before, space after) of each."""
    there = segment.target_codes
    if len(places) != len(there):
        return segment
    made = [replace(c, position=p, before=b, after=a) for c, (p, b, a) in zip(there, places, strict=True)]
    return replace(segment, target_codes=tuple(made))


def _gap(text: str, there: Sequence[Code], index: int, *, before: bool) -> str:
    """The sign beside a code, without its own spaces: a letter of the text, or of the next code where two touch."""
    at, other = there[index].position, index - 1 if before else index + 1
    if 0 <= other < len(there) and there[other].position == at:
        near = there[other].text + there[other].after if before else there[other].before + there[other].text
    else:
        near = text[:at] if before else text[at:]
    return near[-1:] if before else near[:1]


def _narrowed(edit: Edit) -> Edit:
    """The edit without what both its sides begin and end with: of three spaces that become two, one goes."""
    start = end = 0
    room = min(len(edit.before), len(edit.after))
    while start < room and edit.before[start] == edit.after[start]:
        start += 1
    while end < room - start and edit.before[-1 - end] == edit.after[-1 - end]:
        end += 1
    before, after = edit.before[start : len(edit.before) - end], edit.after[start : len(edit.after) - end]
    return replace(edit, start=edit.start + start, end=edit.end - end, before=before, after=after)
