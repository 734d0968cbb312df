"""Declension of names by their ending, for words no dictionary lists reliably.

The rules are those of Zaliznyak's classes for hard and soft stems and of Graudina, Itskovich, Katlinskaya (2001) for
surnames and foreign names; exceptions stand in `data/names.tsv` and `data/places.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.languages.russian.analyse import CASES

Cells = Mapping[str, str]
_VOWELS: Final = "аеёиоуыэюя"
_HUSH: Final = "жшчщ"


def same(word: str) -> Cells:
    """The cells of an indeclinable word."""
    return dict.fromkeys(CASES, word)


def _cells(nom: str, gen: str, dat: str, acc: str, ins: str, prp: str) -> Cells:
    return {"nom": nom, "gen": gen, "dat": dat, "acc": acc, "ins": ins, "prp": prp}


def masculine(word: str, animate: bool = True, ins: str = "") -> Cells:
    """Second declension by ending: Цян Цяна, Чжэнь Чжэня, Вэй Вэя, Шольц Шольцем. `ins` replaces the ins ending."""
    low = word.lower()
    if low[-1] in "ьй":
        stem = word[:-1]
        oblique = "и" if low.endswith("ий") else "е"
        forms = (stem + "я", stem + "ю", stem + (ins or "ем"), stem + oblique)
    else:
        soft = low[-1] in _HUSH + "ц"
        forms = (word + "а", word + "у", word + (ins or ("ем" if soft else "ом")), word + "е")
    return _cells(word, forms[0], forms[1], forms[0] if animate else word, forms[2], forms[3])


def feminine(word: str) -> Cells:
    """First declension by ending: Лина Лины, Сирия Сирии, Гоша Гоши (ins -ей), Лхаса Лхасы."""
    low, stem = word.lower(), word[:-1]
    if low.endswith("ия"):
        return _cells(word, stem + "и", stem + "и", stem + "ю", stem + "ей", stem + "и")
    if low.endswith("я"):
        return _cells(word, stem + "и", stem + "е", stem + "ю", stem + "ей", stem + "е")
    before = low[-2:-1]
    gen = stem + ("и" if before in _HUSH + "гкх" else "ы")
    return _cells(word, gen, stem + "е", stem + "у", stem + ("ей" if before in _HUSH + "ц" else "ой"), stem + "е")


def third(word: str) -> Cells:
    """Third declension: Сычуань Сычуани Сычуанью."""
    stem = word[:-1]
    return _cells(word, stem + "и", stem + "и", word, word + "ю", stem + "и")


def adjectival(word: str, gender: str, animate: bool = True) -> Cells | None:
    """Names that decline as adjectives: Толстой, Достоевский, Островская, Горький, Хабаровская."""
    low = word.lower()
    if gender == "m" and re.search(r"(ый|ой|ий)$", low):
        stem, soft = word[:-2], low.endswith("ий") and low[-3] not in "кгх" + _HUSH
        hush = low[-3] in _HUSH
        gen = stem + ("его" if soft or hush else "ого")
        dat = stem + ("ему" if soft or hush else "ому")
        ins = stem + ("им" if soft or hush or low[-3] in "кгх" else "ым")
        return _cells(word, gen, dat, gen if animate else word, ins, stem + ("ем" if soft or hush else "ом"))
    if gender == "f" and low.endswith("яя"):
        stem = word[:-2]
        return _cells(word, stem + "ей", stem + "ей", stem + "юю", stem + "ей", stem + "ей")
    if gender == "f" and low.endswith("ая"):
        stem = word[:-2]
        tail = "ей" if low[-3] in _HUSH else "ой"
        return _cells(word, stem + tail, stem + tail, stem + "ую", stem + tail, stem + tail)
    return None


def slavic(word: str, gender: str) -> Cells:
    """Surnames in -ов -ев -ин -ын: Путин Путиным; Путина Путиной."""
    if gender == "m":
        return _cells(word, word + "а", word + "у", word + "а", word + "ым", word + "е")
    stem = word[:-1]
    return _cells(word, stem + "ой", stem + "ой", stem + "у", stem + "ой", stem + "ой")


_POSSESSIVE: Final = re.compile(r"(?:[оеё]в|[иы]н)о", re.IGNORECASE)


def possessive(word: str) -> Cells | None:
    """A possessive adjective in the neuter, as a part of a name: Плещеево озеро, в Плещеевом озере; None for others."""
    if not word[:1].isupper() or _POSSESSIVE.fullmatch(word[-3:]) is None:
        return None
    stem = word[:-1]
    return _cells(word, stem + "а", stem + "у", word, stem + "ым", stem + "ом")


def by_ending(word: str, gender: str, animate: bool = True) -> Cells:
    """Any name by its last letter and the gender of the bearer (m or f); vowels other than а, я do not decline."""
    low = word.lower()
    last = low[-1:]
    if last in "ая":
        return same(word) if re.search(r"[уюоэи]а$", low) and low[-2] not in "и" else feminine(word)
    if not low or last in _VOWELS or not last.isalpha():
        return same(word)
    return masculine(word, animate) if gender != "f" else same(word)
