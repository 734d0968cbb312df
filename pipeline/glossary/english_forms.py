"""English surface forms of a term: without its article, plural, and which capitals fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.glossary.fold import key
from pipeline.languages.english import plural as plural_word

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:of|for|in|on|to|with|from|at|under|between|by|and|between|towards?|through)\s")


def bare(text: str) -> str:
    """The form without a leading article."""
    return _ARTICLE.sub("", text)


def plural(text: str) -> str:
    """Plural of a phrase: its head noun stands before the first preposition, else last. Empty where there is none."""
    cut = _PREPOSITION.search(text)
    head, tail = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    words = head.split(" ")
    last = words[-1]
    if not last.isascii() or not last.isalpha() or (len(last) > 1 and last.isupper()):
        return ""
    if last.lower().endswith(("ics", "ness", "ism")):
        return ""
    words[-1] = plural_word(last)
    return " ".join(words) + tail


def surface(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """Folded keys of a form with their cell: "" for the dictionary form, "pl" for the plural."""
    base = key(bare(text), "en")
    if not base:
        return
    yield base, ""
    if kind not in ("person", "place", "slogan"):
        many = key(plural(bare(text)), "en")
        if many and many != base:
            yield many, "pl"


def case_fits(form: str, found: str) -> bool:
    """May `found` stand for `form`? A form in small letters fits any capitals; a capital of the form asks for one in
    the text: all of them in one word and in abbreviations, the first in a longer form."""
    form = bare(form)
    capitals = [index for index, char in enumerate(form) if char.isupper()]
    if not capitals or found.isupper():
        return not capitals or len(form) == 1 or len(found) > 1 or found == form
    if len(found) != len(form):
        return any(char.isupper() for char in found)
    if " " in form and len(capitals) > 1:
        return found[capitals[0]].isupper()
    return all(found[index].isupper() for index in capitals)
