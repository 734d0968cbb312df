"""Which of many patterns can match a text at all, told by the characters that their matches begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import add

_HAN = re.compile("[\u3400-\u9fff]")
_CLASS = re.compile("\\[([\u3400-\u9fff]+)\\]")
_LOOK = re.compile(r"\(\?<?[=!]")
_OPEN = re.compile(r"\((?:\?:)?(?!\?)")


class Cues:
    """Patterns by the one or two Chinese characters that a match begins with; one that may begin with others is always
    tried."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_opening: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, pattern in enumerate(patterns):
            found = _beginnings(pattern)
            if found is None:
                self._always.append(number)
            for beginning in found or ():
                self._by_opening.setdefault(beginning, []).append(number)

    def among(self, text: str) -> list[int]:
        """Numbers of the patterns that may match, in order."""
        found = set(self._always)
        for beginning in self._by_opening.keys() & {*text, *map(add, text, text[1:])}:
            found.update(self._by_opening[beginning])
        return sorted(found)


def openings(pattern: str) -> frozenset[str] | None:
    """The characters one of which every match of a regular expression begins with; None where that is not certain.

    Read are literal characters, classes of such, groups, alternatives, and what is looked for around them.
    """
    found = _beginnings(pattern)
    return None if found is None else frozenset(beginning[0] for beginning in found)


def _beginnings(pattern: str) -> frozenset[str] | None:
    """`openings`, with the second character of those that are followed by one that is certain."""
    found: set[str] = set()
    for branch in _branches(pattern):
        first = _first(branch)
        if first is None:
            return None
        found |= first
    return frozenset(found)


def _structure(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Brackets and bars outside of classes: place, character, and how many groups are open behind it."""
    depth, inside, at = 0, False, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif inside:
            inside = char != "]"
        elif char == "[":
            inside = True
        elif char in "()|":
            depth += {"(": 1, ")": -1, "|": 0}[char]
            yield at, char, depth
        at += 1


def _branches(pattern: str) -> list[str]:
    """The alternatives on the top level."""
    bars = [at for at, char, depth in _structure(pattern) if char == "|" and not depth]
    return [pattern[start + 1 : end] for start, end in pairwise([-1, *bars, len(pattern)])]


def _first(branch: str) -> frozenset[str] | None:
    while _LOOK.match(branch):  # takes no room
        branch = branch[_end(branch) :]
    if opened := _OPEN.match(branch):
        end = _end(branch)
        return None if _optional(branch, end) else _beginnings(branch[opened.end() : end - 1])
    if listed := _CLASS.match(branch):
        return None if _optional(branch, listed.end()) else frozenset(listed[1])
    if not _HAN.match(branch) or _optional(branch, 1):
        return None
    return frozenset((branch[:2] if _HAN.match(branch, 1) and not _optional(branch, 2) else branch[0],))


def _optional(branch: str, at: int) -> bool:
    return branch[at : at + 1] in ("?", "*", "{")


def _end(branch: str) -> int:
    """Where the group that opens a branch ends."""
    return next((at + 1 for at, char, depth in _structure(branch) if char == ")" and not depth), len(branch))
