"""Which row of characters of a Chinese text a Cyrillic word transcribes, rightly or with a slip.

No list of names and no context is asked: the characters of the source and the letters of the target bear each other
out. All readings of a character count, so that a right name is never called wrong for a rare reading.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages import chinese, palladius, pinyin
from pipeline.languages.names_foreign import nominatives
from pipeline.languages.palladius_table import TABLE

_HAN = re.compile(r"[\u3400-\u9fff]+")
_ADJECTIVE = re.compile("ск(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")
_FEMININE = re.compile("[бвгджзклмнпрстфхцчшщ](и|ы|е|у|ой|ей)$")  # Чанша: Чанши, Чанше
_LONGEST = 4  # characters of a name


@lru_cache(maxsize=8192)
def _readings(char: str) -> frozenset[str]:
    """All toneless pinyin readings of a character, in Cyrillic; with the surname's own."""
    from pypinyin import Style
    from pypinyin import pinyin as read

    latin = {one.replace("v", "ü") for one in read(char, style=Style.NORMAL, heteronym=True, v_to_u=True)[0]}
    latin.add(pinyin.surname(char).lower())
    return frozenset(TABLE[one] for one in latin if one in TABLE)


@lru_cache(maxsize=2048)
def windows(text: str, longest: int = _LONGEST) -> tuple[str, ...]:
    """Rows of two to four characters of a text, each once."""
    found = (
        run[start : start + size]
        for run in _HAN.findall(chinese.fold(text).text)
        for start in range(len(run) - 1)
        for size in range(2, longest + 1)
        if start + size <= len(run)
    )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def _parts(char: str) -> tuple[str, ...]:
    return tuple({one.replace("ё", "е") for one in _readings(char)})


def spells(word: str, han: str) -> bool:
    """Is the Cyrillic word (small letters, nominative) a row of readings of these characters?"""
    return _spells(_flat(word), han)


@lru_cache(maxsize=8192)
def _flat(word: str) -> str:
    return word.replace("ъ", "").replace(" ", "").replace("-", "").replace("ё", "е")


def _spells(flat: str, han: str) -> bool:
    ends = {0}
    for char in han:
        ends = {at + len(part) for part in _parts(char) for at in ends if flat.startswith(part, at)}
        if not ends:
            return False
    return len(flat) in ends


@lru_cache(maxsize=8192)
def bases(word: str) -> tuple[str, ...]:
    """A word in small letters and what it may be a case form or an adjective of."""
    low = word.lower()
    found = list(nominatives(low))
    if match := _FEMININE.search(low):
        found.append(low[: match.start(1)] + "а")
    if low.endswith("ни"):
        found.append(low[:-1] + "ь")  # Сычуань: Сычуани
    match = _ADJECTIVE.search(low)
    if match:
        stem = low[: match.start()]
        found += [stem, stem + "ь", *(stem + vowel for vowel in "аоуэияеыю"), stem.removesuffix("й"), stem + "й"]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def explained(word: str, text: str) -> str:
    """The characters of `text` that `word`, in any case or as an adjective, transcribes rightly; "" where none do."""
    read = tuple(dict.fromkeys(map(_flat, bases(word))))
    for han in (*windows(text), *dict.fromkeys(char for char in text if chinese.is_han(char))):
        for flat in read:
            if flat.startswith(_parts(han[0])) and _spells(flat, han):
                return han
    return ""


@lru_cache(maxsize=4096)
def _name(han: str) -> str:
    return palladius.place(han)


def nearest(word: str, text: str, limit: float) -> tuple[str, str, float] | None:
    """(characters, right form, distance) of the row of characters that `word` most likely means, within `limit`.

    None too where two rows with different right forms come equally close.
    """
    from pipeline.languages import palladius_distance

    ranked: list[tuple[float, str, str]] = []
    halved = _halved(text)
    for han in windows(text, 3):
        if han in halved:
            continue
        right = _name(han)
        if not 0.6 < len(word) / max(1, len(right)) < 1.7 or not _alike(word, right):
            continue
        distance = palladius_distance.distance(word, right)
        if distance <= limit:
            ranked.append((distance, right, han))
    ranked.sort(key=lambda one: (one[0], -chinese.frequency(one[2])))
    if not ranked:
        return None
    if len(ranked) > 1 and any(
        other[1] != ranked[0][1] and other[0] - ranked[0][0] < 0.02 and other[2] != ranked[0][2] for other in ranked[1:]
    ):
        return None
    distance, right, han = ranked[0]
    return han, right, distance


_USUAL = 500  # count of a word from which no name begins within it


@lru_cache(maxsize=256)
def _halved(text: str) -> frozenset[str]:
    """Rows that begin, wherever they stand, within a usual word and end behind it: 期川 of 假期|川西."""
    flat = chinese.fold(text).text
    ends = {
        at: span.end
        for span in chinese.words(flat)
        if len(span) > 1 and chinese.frequency(span.of(flat)) >= _USUAL
        for at in range(span.start + 1, span.end)
    }

    def cut(han: str) -> bool:
        places = [match.start() for match in re.finditer(f"(?={han})", flat)]
        return all(at in ends and at + len(han) > ends[at] for at in places)

    return frozenset(han for han in windows(text, 3) if cut(han))


_HEADS = ("жчшщцзсдтк", "бп", "гкх", "вуф", "йеюяиоэ", "лр", "жр")


def _alike(word: str, right: str) -> bool:
    """May the first sounds stand for each other?"""
    one, two = word[:1].lower(), right[:1].lower()
    return one == two or any(one in group and two in group for group in _HEADS)
