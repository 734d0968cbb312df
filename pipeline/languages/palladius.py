"""The Palladius system: Chinese names in Cyrillic and back.

A given name is one word («Ван Цзюньчжэн»); ъ parts a syllable in -н (pinyin -ng) from a following vowel (Цзинъань,
Чанъань), while нь needs nothing (Сиань, Тяньаньмэнь).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from pipeline.languages import palladius_names as exceptions
from pipeline.languages import pinyin, pinyin_tables
from pipeline.languages.chinese import fold
from pipeline.languages.palladius_table import INVERSE, TABLE

_VOWELS = "аоуэыиеёюя"
_LONGEST = max(map(len, INVERSE))
_LETTERS = re.compile("[а-яё]+(?:[-'’ъ][а-яё]+)*", re.I)


def syllable(latin: str) -> str:
    """One toneless pinyin syllable (ü kept) in Cyrillic; erhua's bare r becomes р. KeyError where it is none."""
    if latin == "r":
        return "р"
    return TABLE[latin]


def join(latin: list[str]) -> str:
    """Pinyin syllables as one Cyrillic word in lower case, with ъ where it is due."""
    word = ""
    for part in latin:
        cyrillic = syllable(part)
        if word.endswith("н") and cyrillic[0] in _VOWELS:
            word += "ъ"
        word += cyrillic
    return word


def _title(word: str) -> str:
    return word[:1].upper() + word[1:]


def _spell(han: str, latin: list[str]) -> str:
    """Joined Cyrillic where every syllable is known; characters without a reading are kept as they stand."""
    if all(part in TABLE or part == "r" for part in latin):
        return _title(join(latin))
    return _title("".join(TABLE.get(part, part) for part in latin))


def name(han: str) -> str:
    """A personal name: "王君正" -> "Ван Цзюньчжэн"; traditional exceptions first."""
    han = fold(han).text
    if han in exceptions.PEOPLE:
        return exceptions.PEOPLE[han]
    parts = pinyin.split(han)
    if parts is None:
        return " ".join(_spell(part, pinyin.syllables(part)) for part in re.split("[·•・‧∙]", han) if part)
    family, given = parts
    read = pinyin.syllables(han, surname=True)
    cut = len(family)
    if cut == 2 and family not in pinyin.COMPOUND:
        first = " ".join(_spell(char, [part]) for char, part in zip(family, read, strict=False))
    else:
        first = _spell(family, read[:cut])
    return f"{first} {_spell(given, read[cut:])}"


def surname(han: str) -> str:
    """A surname alone: 单 -> «Шань», 欧阳 -> «Оуян»."""
    latin = pinyin_tables.SURNAME_READINGS.get(han)
    return _spell(han, latin.split(" ") if latin else pinyin.syllables(han))


def place(han: str) -> str:
    """A place name without the word for its kind: 长春市 -> «Чанчунь», 北京 -> «Пекин», 安徽省 -> «Аньхой»."""
    bare = pinyin.bare_place(han)
    if bare in exceptions.PLACES:
        return exceptions.PLACES[bare]
    latin = pinyin_tables.PLACES.get(bare, "")
    ways = pinyin.cut(latin) if latin and " " not in latin and len(bare) > 1 else []
    ways = [way for way in ways if len(way) == len(bare)]
    return _spell(bare, ways[0] if ways else pinyin.syllables(bare))


def from_pinyin(text: str) -> str | None:
    """A pinyin name in Cyrillic: "Wang Junzheng" -> "Ван Цзюньчжэн"; None where a word is not pinyin.

    "Jun-zheng" and "Jun Zheng" after a surname are joined; a double surname (Ouyang) stands as one word.
    """
    known = exceptions.LATIN.get(text.strip().lower().replace("’", "'"))
    if known:
        return known
    words: list[str] = []
    for word in text.split():
        ways = pinyin.cut(word.strip(",."))
        if not ways:
            return None
        words.append(_title(join(ways[0])))
    if len(words) == 3 and all(len(pinyin.cut(word)[0]) == 1 for word in text.split()):
        latin = [pinyin.cut(word)[0][0] for word in text.split()]
        words = [words[0], _title(join(latin[1:]))]
    return " ".join(words) or None


@lru_cache(maxsize=4096)
def split(word: str) -> tuple[tuple[str, ...], ...]:
    """All ways to read a Cyrillic word as Palladius syllables, the fewest syllables first.

    ъ, hyphen and apostrophe part syllables; a missing ъ after н and before a vowel is not allowed (Чанань is not
    Chang'an), as in the system itself.
    """
    text = word.lower().replace("’", "'")
    found: list[tuple[str, ...]] = []

    def walk(at: int, done: tuple[str, ...]) -> None:
        if at == len(text):
            found.append(done)
            return
        if len(found) >= 64 or len(done) >= 8:
            return
        if done and text[at] in "-'" and at + 1 < len(text):
            walk(at + 1, done)
            return
        if done and text[at] == "ъ":
            if text[at - 1] == "н" and text[at + 1 : at + 2] and text[at + 1] in _VOWELS:
                at += 1
            else:
                return
        elif done and text[at] in _VOWELS and text[at - 1] == "н":
            return
        for size in range(min(_LONGEST, len(text) - at), 0, -1):
            # The interjection «о» never stands inside a name: Го is one syllable, гу-о none.
            if text[at : at + size] in INVERSE and not (done and text[at : at + size] == "о"):
                walk(at + size, (*done, text[at : at + size]))

    if text:
        walk(0, ())
    return tuple(sorted(set(found), key=lambda way: (len(way), way)))


def is_palladius(word: str) -> bool:
    """Could `word` (one word, dictionary form) be a sequence of Palladius syllables?"""
    return bool(split(word))


def to_pinyin(text: str) -> tuple[str, ...]:
    """A Cyrillic name in pinyin, likeliest first: «Ван Цзюньчжэн» -> ("Wang Junzheng",); () where it is none."""
    known = {cyrillic: han for han, cyrillic in exceptions.PEOPLE.items()}.get(text.strip())
    if known and known in pinyin_tables.PEOPLE:
        return (pinyin_tables.PEOPLE[known],)
    choices: list[list[str]] = []
    for word in text.split():
        ways: list[str] = []
        for way in split(word):
            for latin in product(*(INVERSE[part] for part in way)):
                spelt = pinyin.join(list(latin)).capitalize()
                if spelt not in ways:
                    ways.append(spelt)
        if not ways:
            return ()
        choices.append(ways[:8])
    return tuple(" ".join(words) for words in product(*choices))[:16] if choices else ()
