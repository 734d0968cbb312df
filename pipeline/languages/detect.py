"""Which language a text is in, told from its script alone."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pipeline.model import Lang

Script = Literal["han", "cyrillic", "latin", "kana", "hangul", "greek", "other"]

_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x41, 0x5A, "latin"),
    (0x61, 0x7A, "latin"),
    (0xC0, 0x24F, "latin"),
    (0x1E00, 0x1EFF, "latin"),
    (0x370, 0x3FF, "greek"),
    (0x400, 0x52F, "cyrillic"),
    (0x1C80, 0x1C8F, "cyrillic"),
    (0x2DE0, 0x2DFF, "cyrillic"),
    (0xA640, 0xA69F, "cyrillic"),
    (0x3040, 0x30FF, "kana"),
    (0xAC00, 0xD7AF, "hangul"),
    (0x3005, 0x3007, "han"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xF900, 0xFAFF, "han"),
    (0x20000, 0x323AF, "han"),
    (0xFF21, 0xFF3A, "latin"),
    (0xFF41, 0xFF5A, "latin"),
)

_CLEAR: dict[Script, int] = {"han": 4, "cyrillic": 12, "latin": 16}  # letters of a text, no name or abbreviation
_SHARE = 0.8  # of the letters
_LANGS: dict[Script, Lang] = {"han": "zh", "cyrillic": "ru", "latin": "en"}


def script(char: str) -> Script | None:
    """The script of one character; None for what is not a letter (digits, marks, spaces, × and ÷)."""
    code = ord(char)
    if code in (0xD7, 0xF7):
        return None
    for first, last, name in _RANGES:
        if first <= code <= last:
            return name
    return "other" if char.isalpha() else None


def scripts(text: str) -> dict[Script, int]:
    """How many letters of each script stand in `text`, the commonest first."""
    counts: Counter[Script] = Counter()
    for char, number in Counter(text).items():
        if (name := script(char)) is not None:
            counts[name] += number
    return dict(counts.most_common())


def language(text: str) -> Lang | None:
    """zh, ru or en; None where no letter of the three scripts stands.

    A Han character carries about as much as two and a half letters. Latin abbreviations and product names stand in
    Russian and Chinese texts (not the other way round), so Latin must outweigh the other script four times to win.
    """
    found = scripts(text)
    weight = {
        "zh": 2.5 * found.get("han", 0),
        "ru": float(found.get("cyrillic", 0)),
        "en": found.get("latin", 0) / 4,
    }
    if weight["zh"] and found.get("kana", 0) > found.get("han", 0):
        return None
    best = max(weight, key=lambda lang: weight[lang])
    if not weight[best]:
        return None
    return "zh" if best == "zh" else "ru" if best == "ru" else "en"


def clear(text: str) -> Lang | None:
    """The language of a text that is long enough and in one script; None for short and mixed ones."""
    found = scripts(text[:5000])
    if not found:
        return None
    first, count = next(iter(found.items()))
    if first == "latin" and len(found) > 1:  # names of firms and products are in Latin letters in every language
        return None
    if first not in _CLEAR or count < _CLEAR[first] or count < _SHARE * sum(found.values()):
        return None
    return _LANGS[first]
