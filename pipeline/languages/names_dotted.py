"""Russian names in Chinese letters (斯捷潘·莫罗佐夫) and what a target makes of them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_DOTTED = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•][\u3400-\u9fff]{1,8})+")
_ENDINGS = (("ом", ""), ("ым", ""), ("ым", "ый"), ("ем", "ь"), ("ем", "й"), ("а", ""), ("у", ""), ("е", ""), ("е", "а"),
            ("ы", "а"), ("ой", "а"), ("у", "а"), ("я", "й"), ("ю", "й"), ("я", "ь"), ("ю", "ь"), ("ю", "я"), ("и", "я"),
            ("ей", "я"))  # fmt: skip
_ALIKE = 0.65
_LETTERS = "абвгдежзийклмнопрстуфхцчшщыьэюяё"


def parts(text: str) -> tuple[str, ...]:
    """The members of all names with a dot, in order. The first may have a title of the text before it."""
    return tuple(part for match in _DOTTED.finditer(text) for part in re.split("[·•]", match[0]))


@lru_cache(maxsize=4096)
def _nominatives(word: str) -> tuple[str, ...]:
    low = word.lower()
    found = [low]
    for ending, instead in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) > 2:
            found.append(low.removesuffix(ending) + instead)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _chinese(word: str) -> str:
    from pipeline.languages import transcription

    return transcription.to_chinese(word.capitalize())


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    from pipeline.languages.russian import analyse

    return any(
        not {"Surn", "Name"}.isdisjoint(reading.tag.grammemes) and reading.is_known for reading in analyse.parses(word)
    )


def slip(word: str, text: str) -> tuple[str, str] | None:
    """(characters, right name) where `word` is a slip of the Russian name that a member of `text` gives.

    Either the member is in the tables and the word is like its Russian form («Стефан» for 斯捷潘), or the word is no
    name of the dictionary and one letter makes it one that is spelt so («Моросов» for 莫罗佐夫): a rare name is left.
    """
    members, forms = parts(text), _nominatives(word)
    spelt = [(form, _chinese(form)) for form in forms]
    if not members or any(_within(han, member) for member in members for _, han in spelt):
        return None
    for member in members:
        piece, known = _listed(member)
        if known and any(known.lower().replace("ё", "е") == form.replace("ё", "е") for form in forms):
            return None
        if known and any(SequenceMatcher(None, known.lower(), form).ratio() >= _ALIKE for form in forms):
            return piece, known
    if any(_is_name(form) for form in forms):
        return None
    for form, near in spelt:
        for member in members:
            if near and len(set(near) & set(member)) * 2 >= len(near) and (right := _variant(form, member)):
                return member, right
    return None


def _within(han: str, member: str) -> bool:
    """A member may have words of the text before it or behind it."""
    return len(han) > 1 and (member.startswith(han) or member.endswith(han))


@lru_cache(maxsize=1024)
def _listed(member: str) -> tuple[str, str]:
    """The part of a member that has a Russian form by tradition, and that form; "" where the tables have none."""
    from pipeline.languages import names_official, transcription

    table = {han: name for han, name in names_official.traditional().items() if not transcription.is_place(name)}
    for size in range(len(member), 1, -1):
        for piece in (member[-size:], member[:size]):
            if piece in table:
                return piece, table[piece]
    return "", ""


@lru_cache(maxsize=1024)
def _variant(form: str, han: str) -> str:
    for at in range(len(form)):
        for letter in _LETTERS:
            other = form[:at] + letter + form[at + 1 :]
            if other != form and _is_name(other) and _within(_chinese(other), han):
                return other.capitalize()
    return ""
