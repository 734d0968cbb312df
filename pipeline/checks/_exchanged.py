"""Two counts whose things are exchanged: 来自13个国家的29支代表队, «13 команд из 29 стран»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.checks._pieces import pieces
from pipeline.checks.base import View
from pipeline.errors import DataError
from pipeline.languages.numbers_base import Number

_CLASSIFIER = re.compile("[多余]?[个名支家位项座台辆艘架条所处对间套件篇部届场批只头株棵幅份]")
_PAIR = 2
_BEHIND = 3  # words behind a number within which its noun stands


def exchanged(view: View, theirs: Sequence[Number], ours: Sequence[Number]) -> list[tuple[Number, Number]]:
    """The two numbers of the target of which each stands with the noun of the other; () else."""
    if view.source_lang != "zh" or view.target_lang == "zh":
        return []
    if sum(_CLASSIFIER.match(view.source, each.span.end) is not None for each in theirs) < _PAIR:
        return []
    try:
        counts = _counts(view, theirs)
    except DataError:
        return []  # the dictionary is not installed
    for at, (one, first) in enumerate(counts):
        for other, second in counts[at + 1 :]:
            if one.value == other.value or not first or not second or first & second:
                continue
            said = [[n for n in ours if n.kind == "number" and n.value == each.value] for each in (one, other)]
            if not all(len(each) == 1 for each in said):
                continue
            left, right = said[0][0], said[1][0]
            crossed = _with(view, left, second) and _with(view, right, first)
            if crossed and not _with(view, left, first) and not _with(view, right, second):
                return [(left, right)]
    return []


def _counts(view: View, theirs: Sequence[Number]) -> list[tuple[Number, frozenset[int]]]:
    """Numbers of the source with a classifier, and the words (indices) of the target that render the word behind it."""
    found, every = [], pieces(view)
    for number in theirs:
        match = _CLASSIFIER.match(view.source, number.span.end)
        if number.kind == "number" and number.value and match is not None:
            by = (piece.by for piece in every if piece.span.start == match.end() and len(piece.text) > 1)
            found.append((number, frozenset(next(by, ()))))
    return found


def _with(view: View, number: Number, by: frozenset[int]) -> bool:
    """Does one of these words stand right behind the number, before another number?"""
    behind = [at for at, word in enumerate(view.words) if word.start >= number.span.end][:_BEHIND]
    for at in behind:
        if view.words[at].text[0].isdigit() or re.search(
            r"[,;.(]", view.target[number.span.end : view.words[at].start]
        ):
            return False
        if at in by:
            return True
        if view.words[at].low in ("из", "from", "of"):
            return False
    return False
