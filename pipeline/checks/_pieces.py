"""Which words of the target render which words and terms of a Chinese source: by the anchors and the dictionary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.checks._renderings import forward
from pipeline.checks._tables import rows
from pipeline.checks._words import Word, parses
from pipeline.checks.base import View
from pipeline.languages import anchors, chinese, dictionary, localities, names_windows
from pipeline.model import Lang, Span

_SMALL = frozenset(("PREP", "CONJ", "PRCL", "NPRO", "NUMR", "INTJ"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or term of the source and the words of the target (indices) that may render it.

    due: must it be rendered? said: does the target hold what every right rendering of the term does?
    """

    span: Span
    text: str
    by: tuple[int, ...]
    due: bool
    anchor: anchors.Anchor | None = None
    said: bool = False


def pieces(view: View) -> list[Piece]:
    """The words of the source, terms of the anchors as one; in order. Raises DataError where the data are missing."""
    lang, source = view.target_lang, view.source
    cut = dictionary.segment(source)
    borders = frozenset(at for span, _ in cut for at in (span.start, span.end))
    terms = anchors.find(source, borders)
    if "方" in source and _SIDES.search(source):
        terms = tuple(found for found in terms if found[1].zh not in _SIDE_TERMS)
    if places := _spelt(view):
        terms = tuple(found for found in terms if found[0] not in places)
    keyed, together = view.keyed if terms else ((), frozenset[str]())
    found = []
    for span, anchor in terms:
        side = anchor.side(lang)
        listed = _rendering(view, anchor.zh)
        said = anchors.stands(side.needs, (together,))
        stems = side.stems if said or listed else frozenset[str]()
        there = not stems.isdisjoint(together)
        by = [at for at, keys in enumerate(keyed) if not stems.isdisjoint(keys)] if there else []
        found.append(Piece(span, anchor.zh, tuple(sorted({*by, *listed})), not anchor.free, anchor, said))
    inside = [span for span, _ in terms]
    for span, entry in cut:
        han = span.of(source)
        if not chinese.is_han(han) or any(term.start < span.end and span.start < term.end for term in inside):
            continue
        by = _rendering(view, han)
        due = len(han) > 1 and entry is not None and not entry.optional
        found.append(Piece(span, han, tuple(by), due))
    return sorted(found, key=lambda piece: piece.span.start)


# 土方 are earthworks, and the side of 土库曼斯坦 or 土耳其
_SIDES = re.compile("中方|土库曼|土耳其")
_SIDE_TERMS = frozenset(("土方",))


def _spelt(view: View) -> frozenset[Span]:
    """Names of places that the target spells, whatever they mean: 海堤市, «Хайди», is no dam."""
    capitals = [word.low for word in view.words if word.text[:1].isupper()]
    return frozenset(
        place.span
        for place in localities.find(view.source)
        if any(names_windows.spells(base, place.name) for low in capitals for base in names_windows.bases(low))
    )


def _rendering(view: View, han: str) -> list[int]:
    """The words of the target (indices) that render the word, by the dictionary or else by the tables."""
    lang = view.target_lang
    if han not in dictionary.load():
        by_lemma = view.by_lemma
        return sorted({at for lemma in forward(lang, han) & by_lemma.keys() for at in by_lemma[lemma]})
    return list(view.rendering(han))


@lru_cache(maxsize=1 << 16)
def literal(lang: Lang, han: str, low: str, lemmas: frozenset[str]) -> bool:
    """Does the word render a part of the term: 检察, «инспекционный» (检)?"""
    parts = {han[start:end] for start in range(len(han)) for end in range(start + 1, len(han) + 1)} - {han}
    return any(
        lemmas & forward(lang, part) or (part in dictionary.load() and dictionary.covered(lang, part, (low, *lemmas)))
        for part in parts
    )


@lru_cache(maxsize=50_000)
def _lexical(low: str) -> bool:
    return not any(str(reading.tag.POS) in _SMALL for reading in parses(low)[:1])


def content(word: Word, lang: Lang) -> bool:
    """Is it a word of its own meaning: no preposition, conjunction, pronoun, numeral?"""
    if not word.text[0].isalpha() or len(word.low) < 3:
        return False
    return _lexical(word.low) if lang == "ru" else len(word.low) > 3


@cache
def _idle(lang: Lang) -> dict[str, int]:
    return {row["lemma"]: int(row["count"]) for row in rows("dictionary", "free") if row["lang"] == lang}


def idleness(word: Word, lang: Lang) -> int:
    """How often the word was seen to render nothing in good translations (рамка, являться)."""
    listed = _idle(lang)
    return max((listed.get(lemma, 0) for lemma in word.lemmas), default=0)


def named(view: View, word: Word) -> bool:
    """Is the word a name: a capital that no sentence begins with?"""
    before = view.target[: word.start].rstrip(' «“"(—–-')
    return word.text[0].isupper() and bool(before) and before[-1] not in ".!?…:\n"


def others(every: Sequence[Piece], piece: Piece) -> set[int]:
    """Words of the target that render something besides this piece."""
    return {at for other in every if other is not piece and other.text != piece.text for at in other.by}
