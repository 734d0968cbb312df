"""Text as the matcher sees it: folded, with the way back to the offsets of the original.

Chinese: NFKC, simplified characters, lower case, quotes and zero-width marks dropped. Russian: NFKC, lower case, ё as
е, stress marks and quotes dropped, one kind of dash and space. English: NFKC, lower case, straight apostrophes, one
kind of dash and space.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.languages.chinese import simplified
from pipeline.model import Lang, Span

QUOTES = '«»“”„‟‹›"「」『』〝〞〟＂❝❞'
APOSTROPHES = "'’‘ʼ＇`´‛′"
DASHES = "‐‑‒–—―−﹘﹣－"
_INVISIBLE = "\u00ad\u034f\u061c\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)))
)
_STRESS = "\u0300\u0301"


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts` and `shifts` say from which offset on how much is to be added to get the original one."""

    text: str
    starts: Sequence[int] = ()
    shifts: Sequence[int] = ()

    def at(self, offset: int) -> int:
        """Offset in the original of the character at `offset` of the folded text."""
        if not self.starts:
            return offset
        index = bisect_right(self.starts, offset) - 1
        return offset + self.shifts[index] if index >= 0 else offset

    def span(self, start: int, end: int) -> Span:
        return Span(self.at(start), self.at(end - 1) + 1)


@cache
def _simplified() -> dict[str, str]:
    """Traditional to simplified, character by character."""
    changed = ((char, simplified(char)) for char in map(chr, range(0x3400, 0xA000)))
    return {char: plain for char, plain in changed if plain != char}


@cache
def _table(lang: Lang) -> dict[str, str]:
    """What each character becomes, for the characters of the basic plane that change."""
    table: dict[str, str] = {}
    for point in range(0x80, 0x10000):
        char = chr(point)
        if 0xD800 <= point <= 0xDFFF:
            continue
        plain = unicodedata.normalize("NFKC", char)
        lower = plain.lower()
        if lower != char:
            table[char] = lower
    for char in map(chr, range(0x41, 0x5B)):
        table[char] = char.lower()
    for char in _INVISIBLE:
        table[char] = ""
    for char in DASHES:
        table[char] = "-"
    for char in APOSTROPHES:
        if char != "'":
            table[char] = "'"
    for char in QUOTES:
        table[char] = ""
    if lang == "zh":
        table.update(_simplified())
        table.update({"'": "", "’": "", "‘": "", "《": "", "》": "", "〈": "", "〉": ""})
    elif lang == "en":
        table.update(dict.fromkeys(("-", *DASHES), " "))
    elif lang == "ru":
        table.update({"ё": "е", "Ё": "е"})
        table.update(dict.fromkeys(_STRESS, ""))
    for char in "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000":
        table[char] = " "
    return table


@cache
def _single(lang: Lang) -> dict[int, str]:
    """The characters that become one other, for str.translate."""
    return {ord(char): new for char, new in _table(lang).items() if len(new) == 1}


@cache
def _uneven(lang: Lang) -> re.Pattern[str]:
    """Matches a character that vanishes or becomes several."""
    points = sorted(ord(char) for char, new in _table(lang).items() if len(new) != 1)
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    single = "[" + "".join(f"\\U{a:08x}-\\U{b:08x}" if b > a else f"\\U{a:08x}" for a, b in ranges) + "]"
    return re.compile(rf"{single}|(?<= )[{re.escape('-' + DASHES)}] " if lang == "en" else single)  # a dash is a blank


_PLAIN = re.compile(r"[А-Яа-яЁё0-9 ,.;:!?()%-]*")  # Russian in which nothing changes but capitals and ё


@lru_cache(maxsize=512)
def fold(text: str, lang: Lang) -> Folded:
    """`text` folded for `lang`, with the way back."""
    if lang == "ru" and _PLAIN.fullmatch(text):
        return Folded(text.lower().replace("ё", "е"))
    table = _table(lang)
    hits = list(_uneven(lang).finditer(text))
    if not hits:
        return Folded(text.translate(_single(lang)))
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    last = size = 0
    for hit in hits:
        at = hit.start()
        new = table[hit.group()] if len(hit.group()) == 1 else ""
        pieces += (text[last:at], new)
        size += at - last
        last = hit.end()
        if starts and starts[-1] == size:
            starts.pop()
            shifts.pop()
        for step in range(len(new)):
            starts.append(size + step)
            shifts.append(at - size - step)
        size += len(new)
        starts.append(size)
        shifts.append(last - size)
    pieces.append(text[last:])
    return Folded("".join(pieces).translate(_single(lang)), starts, shifts)


def key(text: str, lang: Lang) -> str:
    """A glossary form as it is looked up: folded, inner white space single, none outside."""
    return " ".join(fold(text, lang).text.split())
