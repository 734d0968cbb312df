"""Words of a target with what their dictionary says of them, computed once and shared by all checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.model import Lang

_WORD = re.compile(r"[^\W_]+(?:[-‑’'][^\W_]+)*", re.UNICODE)
_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits (inner hyphens and apostrophes belong to it); `low` is lower case, ё written е."""

    text: str
    start: int
    end: int
    low: str
    lemmas: frozenset[str]

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def fold(text: str) -> str:
    """Lower case, ё as е, plain hyphen and apostrophe; as long as `text`."""
    return text.lower().replace("ё", "е").replace("‑", "-").replace("’", "'")


@lru_cache(maxsize=100_000)
def parses(low: str) -> tuple[Any, ...]:
    """Dictionary readings of a Russian word form: objects with `normal_form`, `tag`, `score`, `is_known`."""
    from pipeline.languages.russian import analyse

    return analyse.parses(low)


@lru_cache(maxsize=100_000)
def russian_lemmas(low: str) -> frozenset[str]:
    """Lemmas of all readings; of a participle the infinitive, which is what the dictionary gives."""
    if not _CYRILLIC.search(low):
        return frozenset((low,))
    found = {fold(reading.normal_form) for reading in parses(low)}
    if "-" in low:
        found.add(low)
    return frozenset(found)


_IRREGULAR = {
    "went": "go", "gone": "go", "did": "do", "done": "do", "was": "be", "were": "be", "is": "be", "are": "be",
    "been": "be", "am": "be", "has": "have", "had": "have", "made": "make", "took": "take", "taken": "take",
    "held": "hold", "built": "build", "gave": "give", "given": "give", "led": "lead", "met": "meet", "said": "say",
    "told": "tell", "saw": "see", "seen": "see", "kept": "keep", "came": "come", "men": "man", "women": "woman",
    "children": "child", "brought": "bring", "sought": "seek", "spoke": "speak", "spoken": "speak", "stood": "stand",
    "grew": "grow", "grown": "grow", "won": "win", "wrote": "write", "written": "write", "cadres": "cadre",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def english_lemmas(low: str) -> frozenset[str]:
    """The word and what is left when a regular ending is cut off: more than true lemmas, none missing."""
    found = {low, low.removesuffix("'s")}
    base = low.removesuffix("'s")
    if base in _IRREGULAR:
        found.add(_IRREGULAR[base])
    for ending, puts in (("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")),
                         ("ing", ("", "e"))):  # fmt: skip
        if base.endswith(ending) and len(base) > len(ending) + 2:
            stem = base[: -len(ending)]
            found.update(stem + put for put in puts)
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)


def words(text: str, lang: Lang) -> tuple[Word, ...]:
    """Words of a Russian or English text, in order; runs of Chinese characters count as one word each."""
    lemmatise = {"ru": russian_lemmas, "en": english_lemmas}.get(lang, lambda low: frozenset((low,)))
    return tuple(
        Word(match[0], match.start(), match.end(), low := fold(match[0]), lemmatise(low))
        for match in _WORD.finditer(text)
    )


def forms(words: Iterable[Word]) -> frozenset[str]:
    """All lemmas of some words, and their forms as "=form"."""
    found: set[str] = set()
    for word in words:
        found.update(word.lemmas)
        found.add("=" + word.low)
    return frozenset(found)


_ABBREVIATION = re.compile(
    r"(?:^|[\s(«])(?:[А-ЯЁA-Z]|г|гг|им|тыс|млн|млрд|трлн|руб|долл|т|т\. ?[делкпн]|др|пр|см|ст|п|св|ул|просп|обл|Св|"
    r"Mr|Mrs|Dr|Ms|No|St|Jr|Prof)$"
)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of sentences, cut at closing marks that are followed by a space and a capital, or at Chinese ones."""
    found, start = [], 0
    for match in re.finditer(r"[.!?…]+[»”\")]*(?=\s+[«“\"(—–-]*\s*[A-ZА-ЯЁ0-9])|[。！？]+[”》」』）]*|\n+", text):
        if match[0].startswith(".") and _ABBREVIATION.search(text[start : match.start()]):
            continue
        found.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    trimmed = []
    for begin, end in found:
        piece = text[begin:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            trimmed.append((begin + lead, begin + lead + len(piece.strip())))
    return tuple(trimmed)
