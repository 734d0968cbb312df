"""Terms of the genre's dictionary that a translation left out: it is asked for again with them.

A small model translates words it has seldom seen by guess. The dictionary says what every right rendering of a term
holds (languages.anchors); where none of it stands in the answer, the usual rendering goes into the source as an
annotation (Bergmanis and Pinnis 2021), and the second answer is taken if more of the terms stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.engines.base import Request, Translation, Wish, granted
from pipeline.errors import PalladiusError
from pipeline.languages import anchors, anchors_back, dictionary
from pipeline.languages.loops import looped
from pipeline.model import Lang, Span

_MOST = 3  # terms put into one source: more of them, and the rest of the sentence suffers
_SHORTEST, _LONGEST = 0.75, 1.4  # characters of the second answer over those of the first
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Term = tuple[Span, anchors.Side]


def terms(text: str, source: Lang, target: Lang) -> tuple[Term, ...]:
    """The dictionary's terms in a text that have a usual rendering; none where it is not installed."""
    try:
        if source != "zh":
            return tuple((span, side) for span, side in anchors_back.find(text, source, target) if side.right)
        borders = frozenset([span.start for span, _ in dictionary.segment(text)] + [len(text)])
        found = anchors.find(text, borders)
    except PalladiusError:
        return ()
    sides = ((span, anchor.side(target)) for span, anchor in found if not anchor.free)
    return tuple((span, side) for span, side in sides if side.right and side.needs)


def rendered(several: Sequence[Term], text: str, target: Lang) -> list[bool]:
    """For each term: does what a right rendering holds stand in the text?"""
    if target == "zh":
        return [any(all(part in text for part in option) for option in side.needs) for _, side in several]
    words = [anchors.keys(word) for word in _WORD.findall(text.lower().replace("ё", "е"))]
    return [anchors.stands(side.needs, words) for _, side in several]


def again(request: Request, answer: Translation, source: Lang, target: Lang) -> Request | None:
    """The request with the longest terms that the answer leaves out; None where it leaves out none."""
    several = terms(request.text, source, target)
    there = rendered(several, answer.text, target)
    taken = [wish.span for wish in request.wishes]
    left = [
        (span, side)
        for (span, side), stands in zip(several, there, strict=True)
        if not stands and not any(span.overlaps(other) for other in taken)
    ]
    if not left:
        return None
    left.sort(key=lambda term: (-len(term[0]), term[0].start))
    more = tuple(Wish(span, side.right) for span, side in left[:_MOST])
    wishes = sorted((*request.wishes, *more), key=lambda wish: wish.span.start)
    return Request(request.text, tuple(wishes), request.context)


def better(request: Request, first: Translation, second: Translation, source: Lang, target: Lang) -> bool:
    """Do more of the dictionary's terms stand in the second answer, no fewer of those asked for, in a text that is
    neither much shorter nor much longer and does not repeat itself?"""
    ratio = len(second.text) / max(1, len(first.text))
    if not _SHORTEST <= ratio <= _LONGEST or looped(second.text, request.text):
        return False
    if sum(granted(request, second.text)) < sum(granted(request, first.text)):
        return False
    several = terms(request.text, source, target)
    return sum(rendered(several, second.text, target)) > sum(rendered(several, first.text, target))
