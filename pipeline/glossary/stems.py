"""What every form of a Russian entry begins with, so that a paradigm is made only where one of its forms may stand.

A paradigm costs some milliseconds, the look at a text's beginnings of words a few microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.glossary.fold import key
from pipeline.languages.russian.analyse import parses
from pipeline.languages.russian.paradigm import read_notes

WORD = re.compile(r"[^\W_]+")
_LONGEST = 5
_SUPERLATIVE = re.compile("[еа]йш")
# words with forms from another stem, as far as their beginnings tell
_OTHER_STEM = ("человек", "люд", "ребен", "дет", "год", "лет", "лучш", "хорош", "худш", "плох", "больш", "меньш", "мал")


def stem(word: str) -> str:
    """What all forms of a folded word begin with: fleeting vowels and endings cut, five letters at most."""
    if not word.isalpha() or len(word) <= 2:
        return word[:1]
    return word[: max(1, min(_LONGEST, len(word) - 3))]


@lru_cache(maxsize=1 << 6)
def prefixes(folded: str) -> frozenset[str]:
    """The words of a folded text and their first one to five letters."""
    return beginnings(WORD.findall(folded))


def beginnings(words: Iterable[str]) -> frozenset[str]:
    """Folded words and their first one to five letters."""
    found: set[str] = set()
    for word in words:
        found.update((word, word[:1], word[:2], word[:3], word[:4], word[:5]))
    return frozenset(found)


@lru_cache(maxsize=1 << 15)
def needed(text: str, notes: str) -> tuple[str, ...]:
    """Beginnings of words that stand in every text with a form of this entry; what its notes leave alone in full.

    Empty where nothing is certain: a verb, a word with forms from another stem, forms that the notes list.
    """
    said = read_notes(notes)
    if said.cells:
        return ()
    if said.invariable:
        return tuple(WORD.findall(key(text, "ru")))
    parts = text.split()
    if len(parts) == 1 and parts[0].isalpha() and str(parses(parts[0])[0].tag.POS) in ("INFN", "VERB"):
        return ()
    found: list[str] = []
    for number, part in enumerate(parts, 1):
        words = WORD.findall(key(part, "ru"))
        if said.words is not None and number not in said.words:
            found += words
        else:
            first = words[:1] if "-" in part else words  # «Северо-Кавказский» is written Северокавказский, too
            found += [_beginning(word) for word in first if len(word) > 2 and not word.startswith(_OTHER_STEM)]
    return tuple(found)


def _beginning(word: str) -> str:
    most = _SUPERLATIVE.search(word)
    return stem(word)[: max(1, most.start() - 1) if most else None]  # «высочайший» is listed under высокий
