"""Pinyin: readings of names with surname readings of their own, and their official English spelling.

Spelling follows GB/T 28039-2011 (personal names: surname, then the given name joined) and GB/T 16159-2012 (the
apostrophe before a syllable that begins with a, o or e).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from pipeline.languages import pinyin_tables as tables
from pipeline.languages.chinese import fold, is_han
from pipeline.languages.palladius_table import TABLE

SURNAMES: dict[str, int] = {}
for _rank, _char in enumerate(tables.SURNAMES):
    SURNAMES.setdefault(_char, _rank)
COMPOUND: frozenset[str] = frozenset(tables.COMPOUND)
_SEPARATOR = re.compile("[·•・‧∙]")
_NOT_SYLLABLES = frozenset(("ê", "m", "n", "ng", "hm", "hng"))
_LONGEST = max(map(len, TABLE))


def split(han: str) -> tuple[str, str] | None:
    """Surname and given name of a Chinese name of two to four characters; None where it has no known surname."""
    if not is_han(han) or not 2 <= len(han) <= 4:
        return None
    if len(han) > 2 and han[:2] in COMPOUND:
        return han[:2], han[2:]
    if han[0] in SURNAMES and len(han) <= 3:
        return han[0], han[1:]
    # A married woman's double surname: 陈冯富珍, 林郑月娥.
    if len(han) == 4 and han[0] in SURNAMES and han[1] in SURNAMES:
        return han[:2], han[2:]
    return None


@lru_cache(maxsize=1)
def _dictionary() -> dict[int, str]:
    from pypinyin import pinyin_dict

    found: dict[int, str] = pinyin_dict.pinyin_dict
    return found


@lru_cache(maxsize=1 << 12)
def plain(syllable: str) -> str:
    """A syllable without its tone mark, ü kept: "lǜ" -> "lü"."""
    decomposed = unicodedata.normalize("NFD", syllable.lower())
    kept = "".join(char for char in decomposed if not unicodedata.combining(char) or char in "\u0308\u0302")
    return unicodedata.normalize("NFC", kept)


def reading(char: str) -> str:
    """The commonest toneless reading of one character; the character itself where it has none."""
    found = _dictionary().get(ord(char), "")
    return plain(found.split(",")[0]) if found else char


@lru_cache(maxsize=1)
def _phrases() -> tuple[Mapping[str, object], int]:
    """pypinyin's words whose characters it reads together, and the length of the longest."""
    from pypinyin.constants import PHRASES_DICT

    return PHRASES_DICT, max(map(len, PHRASES_DICT), default=0)


def _holds_phrase(han: str) -> bool:
    """Is any row of its characters one of those words?"""
    phrases, longest = _phrases()
    ends = range(2, len(han) + 1)
    return any(han[start:end] in phrases for end in ends for start in range(max(0, end - longest), end - 1))


@lru_cache(maxsize=1 << 14)
def _in_context(han: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    known = _dictionary()
    if all(ord(char) in known for char in han) and not _holds_phrase(han):
        return tuple(map(reading, han))  # the same, without the search for words
    return tuple(plain(syllable) for syllable in lazy_pinyin(han, v_to_u=True))


def syllables(han: str, surname: bool = False) -> list[str]:
    """Toneless syllables with ü as "ü". With `surname` the text is a personal name and is read as one.

    Without it, words are read in context (pypinyin's phrases): 长春 chang chun, 校长 xiao zhang.
    """
    han = _SEPARATOR.sub("", fold(han).text)
    if not surname:
        return list(_in_context(han))
    if han in tables.PERSON_READINGS:
        return tables.PERSON_READINGS[han].split(" ")
    family, given = split(han) or ("", han)
    if family in tables.SURNAME_READINGS:
        first = tables.SURNAME_READINGS[family].split(" ")
    elif len(family) == 2 and family not in COMPOUND:
        first = [tables.SURNAME_READINGS.get(char) or reading(char) for char in family]
    else:
        first = [reading(char) for char in family]
    return first + [tables.GIVEN_READINGS.get(char) or reading(char) for char in given]


def join(parts: list[str]) -> str:
    """Syllables as one word with the apostrophe where it is due: chang an -> chang'an."""
    word = ""
    for part in parts:
        word += "'" + part if word and part[:1] in "aoeêāōē" else part
    return word


def official(word: str) -> str:
    """ü as passports and official English write it: lü and nü become lyu and nyu (GB/T 28039), jü never occurs."""
    return word.replace("lü", "lyu").replace("nü", "nyu").replace("Lü", "Lyu").replace("Nü", "Nyu")


def name(han: str, umlaut: bool = False) -> str:
    """A personal name in English: "王君正" -> "Wang Junzheng". 吕 is Lyu as in passports; `umlaut` writes Lü.

    Names with an exception of their own (孙中山) take it. A text without a known surname is read as a given name.
    """
    han = fold(han).text
    if han in tables.PEOPLE:
        return tables.PEOPLE[han]
    parts = split(han)
    if parts is None:
        pieces = [join(syllables(part, surname=False)).capitalize() for part in _SEPARATOR.split(han)]
        written = " ".join(pieces)
    else:
        family, _ = parts
        read = syllables(han, surname=True)
        cut = len(family)
        first = [read[:cut]] if family in COMPOUND or cut == 1 else [[syllable] for syllable in read[:cut]]
        written = " ".join([*(join(piece).capitalize() for piece in first), join(read[cut:]).capitalize()])
    return written if umlaut else official(written)


def surname(han: str) -> str:
    """A surname alone: 单 -> "Shan", 欧阳 -> "Ouyang", 吕 -> "Lyu"."""
    latin = tables.SURNAME_READINGS.get(han)
    return official(join(latin.split(" ") if latin else syllables(han)).capitalize())


def bare_place(han: str) -> str:
    """A place name without the word for its kind: 长春市 -> 长春, 新疆维吾尔自治区 -> 新疆; one character keeps it."""
    han = fold(han).text
    if han in tables.PLACES:
        return han
    for generic in tables.GENERICS:
        if han.endswith(generic) and len(han) - len(generic) >= 2:
            bare = han[: -len(generic)]
            changed = True
            while changed and generic.startswith(("自治", "维", "壮", "回")):
                changed = False
                for people in tables.PEOPLES:
                    if bare.endswith(people) and len(bare) - len(people) >= 2:
                        bare, changed = bare[: -len(people)], True
            return bare
    return han


def place(han: str) -> str:
    """A place name in English without the word for its kind: 长春市 -> "Changchun", 西安 -> "Xi'an"."""
    bare = bare_place(han)
    return tables.PLACES.get(bare) or join(syllables(bare)).capitalize()


def cut(word: str) -> list[list[str]]:
    """All ways to read a Latin word as pinyin syllables, likeliest first; [] where there is none.

    Tone marks, ü, v, u: and the passport's yu (Lyu) are understood, apostrophes and hyphens bind. Likelier is the way
    with fewer syllables that begin with a vowel inside the word (those want an apostrophe), then the shorter one.
    """
    text = unicodedata.normalize("NFC", word.lower()).replace("’", "'").replace("u:", "ü").replace("v", "ü")
    text = re.sub("([ln])yu(?=$|[^aeioun]|e)", "\\1ü", plain(text))
    ways: list[list[str]] = [[]]
    for piece in re.split("['-]", text):
        found = _cut(piece)
        ways = [left + right for left in ways for right in found][:64]
    return ways if text.strip("'-") else []


def _cut(piece: str) -> list[list[str]]:
    found: list[list[str]] = []

    def walk(at: int, done: list[str]) -> None:
        if at == len(piece):
            found.append(done)
        elif len(found) < 64 and len(done) < 8:
            for size in range(min(_LONGEST, len(piece) - at), 0, -1):
                syllable = piece[at : at + size]
                syllable = re.sub("^([jqxy])ü", "\\1u", syllable)
                if syllable in ("nue", "lue"):
                    syllable = syllable.replace("u", "ü")
                if syllable in TABLE and syllable not in _NOT_SYLLABLES:
                    walk(at + size, [*done, syllable])

    walk(0, [])
    return sorted(found, key=lambda way: (sum(part[0] in "aoe" for part in way[1:]), len(way)))


def is_pinyin(word: str) -> bool:
    """Could `word` be a sequence of pinyin syllables?"""
    return bool(cut(word))
