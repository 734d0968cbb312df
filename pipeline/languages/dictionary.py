"""The dictionary of the genre: a Chinese word and every rendering of it that a professional would print.

assets/dictionary/zh.tsv has the columns zh, ru, en; a cell lists dictionary forms, parted by ";", and "-" where the
word is often left out. One member of a word family stands for those that share its beginning: `kin` tells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from pipeline.errors import DataError
from pipeline.languages import chinese
from pipeline.model import Lang, Span

_BEGINNING: Final = 5  # letters that members of a family share at least
_SHARE: Final = 0.6  # of the shorter of the two words
_LONGEST: Final = 8  # characters of a Chinese word
SMALL: Final = frozenset((
    "и", "в", "на", "с", "по", "к", "о", "из", "у", "за", "от", "до", "для", "при", "со", "во", "не", "а", "но",
    "что", "как", "об", "под", "над", "без", "между", "the", "a", "an", "of", "to", "in", "on", "at", "by", "for",
    "with", "and", "or", "as", "be", "from", "into",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Renderings by language, each a tuple of its words (ё as е, lower case); `optional`: may be left out."""

    zh: str
    ru: tuple[tuple[str, ...], ...]
    en: tuple[tuple[str, ...], ...]
    optional: bool

    def renderings(self, lang: Lang) -> tuple[tuple[str, ...], ...]:
        return self.ru if lang == "ru" else self.en


def kin(one: str, other: str) -> bool:
    """Do two words begin alike far enough to be of one family (развитие, развивать)? Short ones must be equal."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    need = max(_BEGINNING, math.ceil(_SHARE * shorter))
    return shorter >= need and one[:need] == other[:need]


@cache
def load() -> dict[str, Entry]:
    """Entries by Chinese word. Raises DataError with the line where the asset is missing or broken."""
    try:
        text = (resources.files("pipeline.assets") / "dictionary" / "zh.tsv").read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"the dictionary cannot be read: {error}", hint="reinstall the package") from error
    found: dict[str, Entry] = {}
    for number, line in enumerate(text.splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 3:
            raise DataError(f"{len(cells)} cells where there should be three", where=f"dictionary/zh.tsv:{number}")
        listed = [[item.strip() for item in cell.split(";")] for cell in cells[1:]]
        ru, en = (tuple(made for item in items if (made := _words(item))) for items in listed)
        found[cells[0]] = Entry(cells[0], ru, en, any("-" in items for items in listed))
    return found


def _words(item: str) -> tuple[str, ...]:
    """The words of a rendering that carry its meaning; all of them where none does."""
    every = item.lower().replace("ё", "е").replace("’", "'").split() if item != "-" else []
    return tuple(word for word in every if word not in SMALL) or tuple(every)


@lru_cache(maxsize=256)
def segment(text: str) -> tuple[tuple[Span, Entry | None], ...]:
    """The Chinese words of a text with their entries; what the segmenter makes longer than the entries is cut up."""
    entries, found = load(), []
    for span in chinese.words(text):
        word = span.of(text)
        if word in entries or len(word) < 2 or not chinese.is_han(word):
            found.append((span, entries.get(word)))
            continue
        parts = _parts(word)
        at = span.start
        for part in parts:
            found.append((Span(at, at + len(part)), entries.get(part)))
            at += len(part)
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> tuple[str, ...]:
    """`word` cut into entries of two characters and more, as few as can be; itself where that does not come out."""
    entries = load()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end - 1):
            before, piece = best[start], word[start:end]
            held = best[end]
            if before is not None and piece in entries and (held is None or len(before) + 1 < len(held)):
                best[end] = (*before, piece)
    return best[-1] or (word,)


@lru_cache(maxsize=1 << 16)
def begun(lemmas: frozenset[str]) -> frozenset[str]:
    """The letters with which words begin, as many as words of one family share: without one in common they are none."""
    return frozenset(lemma[:_BEGINNING] for lemma in lemmas)


@lru_cache(maxsize=1 << 15)
def beginnings(zh: str, lang: Lang) -> frozenset[str]:
    """`begun` of the words of all renderings; empty where the dictionary has no `zh`."""
    entry = load().get(zh)
    return frozenset(word[:_BEGINNING] for item in entry.renderings(lang) for word in item) if entry else frozenset()


@lru_cache(maxsize=1 << 16)
def renders(lang: Lang, zh: str, lemma: str) -> bool:
    """Is `lemma` (lower case, ё as е) or a word of its family part of an admitted rendering of `zh`?"""
    if lemma[:_BEGINNING] not in beginnings(zh, lang):
        return False
    return any(kin(word, lemma) for item in load()[zh].renderings(lang) for word in item)


def covered(lang: Lang, zh: str, lemmas: Iterable[str]) -> bool:
    """Does any of `lemmas` render `zh`?"""
    wanted = beginnings(zh, lang)
    return bool(wanted) and any(lemma[:_BEGINNING] in wanted and renders(lang, zh, lemma) for lemma in lemmas)
