"""Edits on edits: two rounds of edits as one, and offsets back to the first text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Edit


def back(start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int]:
    """A span of the edited text as a span of the original; inside an edit it widens to the whole of it."""
    shift = 0
    first, last = start, end
    for edit in sorted(edits, key=lambda item: item.start):
        begins = edit.start + shift
        ends = begins + len(edit.after)
        if ends <= start:
            first = start - (shift + len(edit.after) - len(edit.before))
        elif begins <= start:
            first = edit.start
        if ends <= end:
            last = end - (shift + len(edit.after) - len(edit.before))
        elif begins < end:
            last = edit.end
        shift += len(edit.after) - len(edit.before)
    return first, max(first, last)


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits of `text` equal to making `first` on it and `second` on the result. Edits that meet are joined."""
    if not first:
        return tuple(sorted(second, key=lambda edit: edit.start))
    pieces: list[Edit] = []
    shift = 0
    todo = sorted(second, key=lambda edit: edit.start)
    for edit in sorted(first, key=lambda item: item.start):
        begins = edit.start + shift
        ends = begins + len(edit.after)
        while todo and todo[0].end <= begins and not (todo[0].start == todo[0].end == begins):
            pieces.append(_moved(todo.pop(0), -shift))
        inside: list[Edit] = []
        while todo and todo[0].start < ends:
            inside.append(todo.pop(0))
        if inside:
            low, high = min(begins, inside[0].start), max(ends, inside[-1].end)
            raw_start = edit.start - (begins - low)
            raw_end = edit.end + (high - ends)
            middle = text[raw_start : edit.start] + edit.after + text[edit.end : raw_end]
            made = middle
            for other in reversed(inside):
                made = made[: other.start - low] + other.after + made[other.end - low :]
            reason = "; ".join(dict.fromkeys([edit.reason, *(other.reason for other in inside)]))
            pieces.append(Edit(raw_start, raw_end, text[raw_start:raw_end], made, edit.term, reason))
        else:
            pieces.append(edit)
        shift += len(edit.after) - len(edit.before)
    pieces += [_moved(edit, -shift) for edit in todo]
    return tuple(edit for edit in pieces if edit.before != edit.after)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.before, edit.after, edit.term, edit.reason)
