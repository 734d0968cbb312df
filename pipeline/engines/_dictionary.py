"""Terms of the genre's dictionary that a translation left out: it is asked for again with them.

A small model translates words it has seldom seen by guess. The dictionary says what every right rendering of a term
holds (languages.anchors); where none of it stands in the answer, the usual rendering goes into the source as an
annotation (Bergmanis and Pinnis 2021), and the second answer is taken if more of the terms stand in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.engines._consensus import numbers_kept
from pipeline.engines.base import Request, Translation, Wish, granted
from pipeline.errors import PalladiusError
from pipeline.languages import anchors, anchors_back, dictionary
from pipeline.languages.anchors_back import Wanted
from pipeline.languages.loops import looped
from pipeline.model import Lang

_MOST = 3  # terms put into one source: more of them, and the rest of the sentence suffers
_SHORTEST, _LONGEST = 0.75, 1.4  # characters of the second answer over those of the first


def terms(text: str, source: Lang, target: Lang) -> tuple[Wanted, ...]:
    """The dictionary's terms in a text that have a usual rendering; none where it is not installed."""
    try:
        if source != "zh":
            return tuple(one for one in anchors_back.find(text, source, target) if one.right and one.needs)
        borders = frozenset([span.start for span, _ in dictionary.segment(text)] + [len(text)])
        found = anchors.find(text, borders)
    except PalladiusError:
        return ()
    sides = ((span, anchor.side(target)) for span, anchor in found if not anchor.free)
    return tuple(Wanted(span, side.right, side.needs, frozenset()) for span, side in sides if side.right and side.needs)


def rendered(several: Sequence[Wanted], text: str, target: Lang) -> list[bool]:
    """For each term: does what a right rendering holds stand in the text?"""
    return [anchors_back.stands(one, text, target) for one in several]


def again(request: Request, answer: Translation, source: Lang, target: Lang) -> Request | None:
    """The request with the longest terms that the answer leaves out; None where it leaves out none."""
    several = terms(request.text, source, target)
    there = rendered(several, answer.text, target)
    taken = [wish.span for wish in request.wishes]
    left = [
        one
        for one, stands in zip(several, there, strict=True)
        if not stands and not any(one.span.overlaps(other) for other in taken)
    ]
    if not left:
        return None
    left.sort(key=lambda one: (-len(one.span), one.span.start))
    more = tuple(Wish(one.span, one.right) for one in left[:_MOST])
    wishes = sorted((*request.wishes, *more), key=lambda wish: wish.span.start)
    return Request(request.text, tuple(wishes), request.context)


def better(request: Request, first: Translation, second: Translation, source: Lang, target: Lang) -> bool:
    """Do more of the dictionary's terms stand in the second answer, no fewer of those asked for and of the figures, in
    a text that is neither much shorter nor much longer and does not repeat itself? From Russian and English, where a
    term is less sure, none of those that stand in the first may be lost."""
    ratio = len(second.text) / max(1, len(first.text))
    if not _SHORTEST <= ratio <= _LONGEST or looped(second.text, request.text):
        return False
    if sum(granted(request, second.text)) < sum(granted(request, first.text)):
        return False
    several = terms(request.text, source, target)
    before, after = rendered(several, first.text, target), rendered(several, second.text, target)
    if source != "zh" and any(a and not b for a, b in zip(before, after, strict=True)):
        return False
    figures = numbers_kept(request.text, second.text) >= numbers_kept(request.text, first.text)
    return sum(after) > sum(before) and (source == "zh" or figures)
