"""Chinese people named in Russian and in English text: a Palladius or pinyin surname and its given name."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages import palladius, pinyin
from pipeline.languages.names import PersonName
from pipeline.languages.palladius_table import TABLE
from pipeline.model import Span

_RUSSIAN = re.compile(r"\b([А-ЯЁ][а-яё]+)[ \u00a0]([А-ЯЁ][а-яё]*(?:['’-][а-яё]+)*)\b")
_ENGLISH = re.compile(r"\b([A-Z][a-zü]+)[ \u00a0]([A-Z][a-zü]+(?:['’-]?[a-zü]+)*)")
_HARD = (("ом", ""), ("а", ""), ("у", ""), ("е", ""))
_SOFT = (("ем", "ь"), ("я", "ь"), ("ю", "ь"), ("е", "ь"), ("ем", "й"), ("я", "й"), ("ю", "й"), ("е", "й"))


@lru_cache(maxsize=2)
def _surnames(every: bool = False) -> tuple[frozenset[str], frozenset[str]]:
    """Surnames in Cyrillic and in Latin, in lower case: the commoner ones (or all) and the compound ones."""
    common = [char for char, rank in pinyin.SURNAMES.items() if every or rank < 330]
    cyrillic = {palladius.surname(char).lower() for char in [*common, *pinyin.COMPOUND]}
    latin = {pinyin.surname(char).lower() for char in [*common, *pinyin.COMPOUND]}
    return frozenset(cyrillic), frozenset(latin | {word.replace("lyu", "lü") for word in latin})


def nominatives(word: str) -> tuple[str, ...]:
    """A Cyrillic word and what it may be the case form of, as far as Palladius names decline: Цяна -> Цян."""
    found = [word]
    for ending, instead in _HARD + _SOFT:
        stem = word[: -len(ending)]
        short = len(stem) == 1 and instead == "й" and stem in "аоуэыиеёюя"  # Юя -> Юй
        if word.endswith(ending) and (len(stem) >= 2 or short) and (instead or stem[-1] not in "аоуэыиеёюя"):
            found.append(stem + instead)
    return tuple(dict.fromkeys(found))


def _given(word: str) -> str | None:
    """The nominative of a given name of one or two Palladius syllables, by the reading with the fewest."""
    readings: list[tuple[int, int, str]] = []
    for order, form in enumerate(nominatives(word)):
        ways = palladius.split(form)
        if ways and len(ways[0]) <= 2:
            readings.append((len(ways[0]), order, form))
    return min(readings)[2] if readings else None


def russian_people(text: str, every: bool = False) -> tuple[PersonName, ...]:
    """Chinese names in a Russian text, in any case; `surname` and `given` are in the nominative.

    Never sure: «Ван Дам» and «Ли Бо» look alike to a rule, so a source or a list must confirm.
    `every` admits rare surnames.
    """
    surnames = _surnames(every)[0]
    found: list[PersonName] = []
    at = 0
    while match := _RUSSIAN.search(text, at):
        family = next((form for form in nominatives(match[1].lower()) if form in surnames), None)
        given = _given(match[2]) if family else None
        if family and given:
            cause = "Palladius surname and given name"
            found.append(PersonName(Span(*match.span()), family.capitalize(), given, False, cause))
            at = match.end()
        else:
            at = match.end(1)
    return tuple(found)


def english_people(text: str, every: bool = False) -> tuple[PersonName, ...]:
    """Chinese names in an English text (surname first); never sure, as in `russian_people`."""
    surnames = _surnames(every)[1]
    found: list[PersonName] = []
    at = 0
    while match := _ENGLISH.search(text, at):
        ways = pinyin.cut(match[2]) if match[1].lower() in surnames else []
        if ways and len(ways[0]) <= 2 and all(part in TABLE for part in ways[0]):
            cause = "pinyin surname and given name"
            found.append(PersonName(Span(*match.span()), match[1], match[2], False, cause))
            at = match.end()
        else:
            at = match.end(1)
    return tuple(found)
