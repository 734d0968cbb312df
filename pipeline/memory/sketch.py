"""Which units are worth comparing: bottom-k sketches of character trigrams (Broder 1997, resemblance of documents)."""

from __future__ import annotations

import re
import unicodedata
import zlib

SIZE = 12
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def fold(text: str) -> str:
    """What counts as the same text: NFKC, case and runs of white space folded."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def skeleton(text: str) -> str:
    """The folded text with every number as one mark, so that units that differ in numbers alone are alike."""
    return _NUMBER.sub("0", fold(text))


def sketch(text: str) -> tuple[int, ...]:
    """The SIZE smallest hashes of the skeleton's trigrams, sorted; fewer for short texts."""
    padded = f" {skeleton(text)} "
    grams = {padded[i : i + 3] for i in range(max(1, len(padded) - 2))}
    return tuple(sorted({zlib.crc32(gram.encode("utf-8")) for gram in grams})[:SIZE])


def numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def with_numbers(target: str, old: list[str], new: list[str]) -> str | None:
    """The target with the source's old numbers replaced by the new ones; None where that is not sure.

    Sure means: as many numbers as before, each changed one stands in the target exactly as often as in the old source.
    """
    if len(old) != len(new):
        return None
    there = numbers(target)
    swap: dict[str, str] = {}
    for before, after in zip(old, new, strict=True):
        if swap.setdefault(before, after) != after:
            return None
        if before != after and there.count(before) != old.count(before):
            return None
    return _NUMBER.sub(lambda match: swap.get(match.group(), match.group()), target)
