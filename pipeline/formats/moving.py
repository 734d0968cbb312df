"""Inline codes of a translation whose words are put right: each stays with the words that it stood beside.

An edit may exchange several words at once, with codes between them: «два рынки <g>и два ресурсов</g>» becomes «двух
рынков <g>и двух ресурсов</g>». The words before and after are paired in their order, so that the letters that differ
are as few as possible, several with one where the numbers of words differ (dynamic time warping, Sakoe and Chiba 1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.formats.codes import WORD
from pipeline.model import Code, Edit, Span, shifted


def moved(codes: Sequence[Code], edits: Sequence[Edit]) -> tuple[Code, ...]:
    """The codes of a target where they stand after the edits, in the same order."""
    made: list[Code] = []
    floor = 0
    for code in codes:
        at = shifted(code.position, edits)
        inside = next((edit for edit in edits if edit.start < code.position < edit.end), None)
        if inside is not None:
            offset = code.position - inside.start
            at += _place(inside.before, inside.after, offset, code.kind == "open") - len(inside.after)
        floor = max(floor, at)
        made.append(replace(code, position=floor))
    return tuple(made)


def _place(before: str, after: str, offset: int, opening: bool) -> int:
    """Where in `after` a code stands that stood at `offset` in `before`: in front of the word that it touches or behind
    it; between two, what opens belongs to the second. The end, where there are no words to tell by."""
    old, new = ([Span(*match.span()) for match in WORD.finditer(text)] for text in (before, after))
    if not old or not new:
        return len(after)
    left = next((i for i, word in enumerate(old) if word.start < offset <= word.end), None)
    right = next((i for i, word in enumerate(old) if word.start >= offset), None)
    same = _paired([word.of(before).lower() for word in old], [word.of(after).lower() for word in new])
    if left is not None and offset < old[left].end:  # within a word
        word = new[same[left]]
        return word.start + min(offset - old[left].start, len(word))
    if right is None:
        return len(after) if left is None else new[same[left]].end
    touched = old[right].start == offset
    if left is None or (touched and opening):
        return new[same[right]].start
    return new[same[left]].end


def _paired(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each old word the new one that it became: of those that it is paired with, the most similar."""
    from rapidfuzz.distance import Indel

    costs = [[Indel.normalized_distance(one, two) for two in new] for one in old]
    sums: list[list[float]] = []
    for i, row in enumerate(costs):
        sums.append([])
        for j, cost in enumerate(row):
            ways = ([sums[i - 1][j]] if i else []) + ([sums[i][j - 1]] if j else [])
            ways += [sums[i - 1][j - 1]] if i and j else []
            sums[i].append(cost + min(ways, default=0.0))
    best = [len(new) - 1] * len(old)
    i, j = len(old) - 1, len(new) - 1
    while i or j:
        steps = [(i - 1, j - 1)] if i and j else []
        steps += ([(i - 1, j)] if i else []) + ([(i, j - 1)] if j else [])
        here = i
        i, j = min(steps, key=lambda step: sums[step[0]][step[1]])
        if i != here or costs[i][j] < costs[i][best[i]]:
            best[i] = j
    return best
