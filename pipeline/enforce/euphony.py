"""Prepositions that change before some words: в/во, с/со, к/ко, о/об."""

from __future__ import annotations

import re

_VOWEL = "аэиоу"
_WO = re.compile(r"[вф][бвгджзклмнпрстфхцчшщ]|вс[еёяю]|мн")
_SO = re.compile(r"[сзшж][бвгджзклмнпрстфхцчшщ]|щ|вс[еёяю]|вт[оы]|мн|льв|льд|вз")
_KO = re.compile(r"вс[еёя]|вт[оы]|мн")
_KEEP = frozenset(("во имя", "во главе", "во время", "во многом", "во исполнение", "со временем", "со стороны"))


def fit(preposition: str, following: str) -> str:
    """The preposition (small letters) as it stands before the word `following`."""
    word = following.lower().replace("ё", "ё")
    if preposition in ("в", "во"):
        return "во" if _WO.match(word) else "в"
    if preposition in ("с", "со"):
        return "со" if _SO.match(word) else "с"
    if preposition in ("к", "ко"):
        return "ко" if _KO.match(word) else "к"
    if preposition in ("о", "об"):
        if word[:1].isdigit() or not word[:1].isalpha():
            return preposition
        return "об" if word[:1] in _VOWEL else "о"
    return preposition


def corrected(preposition: str, old: str, new: str) -> str:
    """The preposition as written, changed only where the new word asks for another than the old word did."""
    low = preposition.lower()
    if low not in ("в", "во", "с", "со", "к", "ко", "о", "об") or fit(low, old) == fit(low, new):
        return preposition
    made = fit(low, new)
    return made.capitalize() if preposition[:1].isupper() else made
