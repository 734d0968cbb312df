"""Which of many patterns can match a text at all, told by the characters that their matches begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

_HAN = re.compile("[\u3400-\u9fff]")
_CLASS = re.compile("\\[([\u3400-\u9fff]+)\\]")
_LOOK = re.compile(r"\(\?<?[=!]")
_OPEN = re.compile(r"\((?:\?:)?(?!\?)")


class Cues:
    """Patterns by the Chinese characters that a match begins with; one that may begin with others is always tried."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_opening: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, pattern in enumerate(patterns):
            found = openings(pattern)
            if found is None:
                self._always.append(number)
            for char in found or ():
                self._by_opening.setdefault(char, []).append(number)

    def among(self, text: str) -> list[int]:
        """Numbers of the patterns that may match, in order."""
        found = set(self._always)
        for char in set(text):
            found.update(self._by_opening.get(char, ()))
        return sorted(found)


def openings(pattern: str) -> frozenset[str] | None:
    """The characters one of which every match of a regular expression begins with; None where that is not certain.

    Read are literal characters, classes of such, groups, alternatives, and what is looked for around them.
    """
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
        return None if _optional(branch, end) else openings(branch[opened.end() : end - 1])
    if listed := _CLASS.match(branch):
        return None if _optional(branch, listed.end()) else frozenset(listed[1])
    return frozenset(branch[0]) if _HAN.match(branch) and not _optional(branch, 1) else None


def _optional(branch: str, at: int) -> bool:
    return branch[at : at + 1] in ("?", "*", "{")


def _end(branch: str) -> int:
    """Where the group that opens a branch ends."""
    return next((at + 1 for at, char, depth in _structure(branch) if char == ")" and not depth), len(branch))
