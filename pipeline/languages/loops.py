"""Loops: a text that repeats itself beyond what its source repeats."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[\u3400-\u9fff]|\w+")
_STUTTER = re.compile(r"(.{1,40}?\S)(?:\s*\1){3,}")


def repeats(text: str, order: int = 4) -> int:
    """How many n-grams of words (characters, for Chinese) stand in the text for the second time or more."""
    words = _WORD.findall(text.lower())
    grams = Counter(zip(*(words[i:] for i in range(order)), strict=False))
    return sum(count - 1 for count in grams.values())


def looped(target: str, source: str) -> bool:
    """True where the target holds at least two more repeated 4-grams than the source, or stutters."""
    if repeats(target) >= repeats(source) + 2:
        return True
    return bool(_STUTTER.search(target)) and not _STUTTER.search(source)
