"""How likely each stretch of a target is to stand for a term: a small network over what its words say of the term.

Every row of neighbouring words is a rival of every other (a softmax over all of them and «none»), as in extractive
question answering (Rajpurkar et al. 2016; Nagata et al. 2020 align words that way). What the network sees are the
model's attention, what the word tables say of each word, of its neighbours and of the row, how much of the term is said
already, parts of speech, and how near in meaning the row is to the term (`akin`); it was fitted to written cases of
machine renderings (assets/pointing/card.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.enforce.akin import Akin
from pipeline.enforce.chinese import tag
from pipeline.enforce.heard import STRONG, Word
from pipeline.enforce.view import View
from pipeline.languages.chinese import frequency
from pipeline.languages.russian.analyse import Analysis, analyses
from pipeline.model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ASSET = Path(__file__).parent.parent / "assets" / "pointing" / "weights.npz"
MORE = 5  # words that a row may have beyond the official form's
_HEARD = 0.35  # attention of some word of the target from which the model has found what answers the term
_LEAST = 0.1  # attention of a row, none of whose words the tables give for the term
_ALONE = 0.7  # part of the attention for a place of the source from which it is a row's alone
_MUCH = 0.3  # attention from which such a place counts
BOUND = 6.0  # standardised features are cut at this
_USUAL = 500  # occurrences of a Chinese word in the segmenter's corpus: a word as usual is what its tag says
_BETWEEN = re.compile(r"[ \u00a0«»“”\"'’\-—–·s]*")
_LISTED = re.compile(_BETWEEN.pattern.replace("[ ", "[,、， "))
_JOINTS = frozenset(("and", "и", "和", "与", "及"))
_TAGS = ("n", "vn", "v", "a", "d", "p", "c", "u", "f", "m", "q", "r", "x")
_POS = ("ADJF", "PRTF", "NOUN", "VERB", "INFN", "ADVB", "PREP", "CONJ", "NPRO", "GRND", "PRTS", "UNKN")
_KINDS = ("term", "slogan", "body", "title", "place")


@dataclass(frozen=True, slots=True)
class Asked:
    """The term: its kind, words of its official form and its longest length in characters, its words in the source,
    whether it has a conjunction; the source, where the term stands in it, and its official form."""

    kind: str
    size: int
    length: int
    parts: int
    joined: bool
    source: str
    term: Span
    form: str
    listed: bool = False  # has it commas


@dataclass(frozen=True, slots=True)
class Row:
    """Words `first` to `last` of the target and how likely they are the term's rendering (0..1)."""

    first: int
    last: int
    chance: float


def rows(words: Sequence[Word], view: View, asked: Asked) -> list[Row]:
    """The rows of words that may stand for the term, the likeliest first."""
    places, seen = features(words, view, asked)
    if not places:
        return []
    found = [Row(*place, chance) for place, chance in zip(places, chances(seen), strict=True)]
    return sorted(found, key=lambda row: (-row.chance, row.first, row.last))


def chances(seen: Sequence[Sequence[float]]) -> list[float]:
    """The probability of each row, «none» being what is left of 1."""
    import numpy as np

    mean, scale, nets = _network()
    inner = np.clip((np.asarray(seen, dtype=np.float32) - mean) / scale, -BOUND, BOUND)
    total = np.zeros(len(seen), dtype=np.float64)
    for first, bias, last, end, none in nets:
        score = np.append(np.maximum(inner @ first + bias, 0) @ last + end, none).astype(np.float64)
        score = np.exp(score - score.max())
        total += (score / score.sum())[:-1]
    return [float(value) for value in total / len(nets)]


@lru_cache(maxsize=1)
def _network() -> tuple[NDArray[np.float32], NDArray[np.float32], list[tuple[NDArray[np.float32], ...]]]:
    import numpy as np

    with np.load(ASSET, allow_pickle=False) as made:
        table = {name: made[name].astype(np.float32) for name in made.files}
    count = sum(name.startswith("none") for name in table)
    nets = [tuple(table[f"{name}{n}"] for name in ("first", "bias", "last", "end", "none")) for n in range(count)]
    return table["mean"], table["scale"], nets


def features(words: Sequence[Word], view: View, asked: Asked) -> tuple[list[tuple[int, int]], list[list[float]]]:
    """(first, last) of each row, and what the network sees of it (about 240 numbers)."""
    context = _Context(words, view, asked)
    places: list[tuple[int, int]] = []
    seen: list[list[float]] = []
    for first, word in enumerate(words):
        if not context.edge(word):
            continue
        for last in range(first, min(len(words), first + asked.size + MORE)):
            if last > first and not context.goes_on[last - 1]:
                break
            if context.edge(words[last]) and context.possible(first, last):
                places.append((first, last))
                seen.append(context.row(first, last))
    if places:
        several = [Span(word.start, word.end) for word in words]
        near = Akin(asked.source, asked.term, asked.form, view.text, several).rows(places)
        for row, more in zip(seen, near.tolist(), strict=True):
            row += more
    return places, seen


class _Context:
    """What is asked of the words of one target again and again."""

    def __init__(self, words: Sequence[Word], view: View, asked: Asked) -> None:
        self.words, self.view, self.asked = words, view, asked
        gaps = [view.text[one.end : two.start] for one, two in pairwise(words)]
        self.adjoins = [gap in ("", " ", "\u00a0") for gap in gaps] + [False]
        inside = _LISTED if asked.listed else _BETWEEN
        self.goes_on = [inside.fullmatch(gap) is not None for gap in gaps] + [False]
        readings = [analyses(word.text) if view.lang == "ru" else () for word in words]
        self.genitive = [any(each.case == "gen" for each in found) for found in readings]
        self.pos = [found[0].pos if found else "" for found in readings]
        self.total = sum(word.share for word in words) + 1e-6
        self.answered: dict[int, float] = {}
        for word in words:
            for at, weight in word.away:
                self.answered[at] = self.answered.get(at, 0.0) + weight
        self.unheard = max((word.share for word in words if not word.link), default=0.0) < _HEARD
        strong = [n for n, word in enumerate(words) if word.share >= STRONG]
        self.strong = (strong[0], strong[-1]) if strong else (len(words), -1)

    def edge(self, word: Word) -> bool:
        """May a row begin or end with it: no preposition or conjunction, no Chinese particle or mark?"""
        return not word.link and not (word.stop and self.view.lang == "zh")

    def possible(self, first: int, last: int) -> bool:
        row = [word for word in self.words[first : last + 1] if not word.link]
        if not self.asked.listed and any(word.text in (",", ";", ":") for word in row):
            return False
        idle = self.unheard and all(word.open for word in self.words[first : last + 1])
        if not idle and sum(word.share for word in row) < _LEAST and not any(word.own for word in row):
            return False
        return self.view.free(Span(self.words[first].start, self.words[last].end))

    def row(self, first: int, last: int) -> list[float]:
        words, asked = self.words, self.asked
        row = [word for word in words[first : last + 1] if not word.link]
        left = words[first - 1] if first and self.adjoins[first - 1] else None
        lefter = words[first - 2] if left is not None and first > 1 and self.adjoins[first - 2] else None
        right = words[last + 1] if self.adjoins[last] else None
        righter = words[last + 2] if right is not None and self.adjoins[last + 1] else None
        a, b = row[0], row[-1]
        made: list[float] = [*self._attention(row), *self._lost(words[first : last + 1])]
        made += [a.own, b.own, a.noun, b.noun, a.other, b.other]
        made += [a.stop, b.stop, a.open, b.open, *_accounts(row), *self._size(row)]
        made.append(not asked.joined and any(word.text.lower() in _JOINTS for word in words[first : last + 1]))
        made += [*_likeness(row), last - first + 1 - len(row), (b.end - a.start) / max(1, asked.length)]
        for word in (left, right, lefter, righter):
            made += _beside(word)
        made += [right is not None and self.genitive[last + 1], self.strong[0] < first, self.strong[1] > last]
        made += [*self._quotes(a.start, b.end), phrase(row, self.view)]
        for other in (a, b, left, right):
            made.append(self.view.lang != "zh" and other is not None and other.text[:1].isupper())
        made += self._speech(first, last, left is not None, right is not None)
        made += self._chinese((a, b, left, right))
        made += [self.view.lang == lang for lang in ("zh", "en", "ru")]
        made += [asked.kind == kind for kind in _KINDS]
        return [float(value) for value in made]

    def _attention(self, row: Sequence[Word]) -> list[float]:
        shares = [word.share for word in row]
        mass = sum(shares)
        return [mass / self.total, mass / len(row), min(shares), max(shares), shares[0], shares[-1]]

    def _lost(self, row: Sequence[Word]) -> list[float]:
        """What the row answers besides the term: in all, of the place most of which it alone answers, and how many
        such places there are. With the row they would go unanswered."""
        here: dict[int, float] = {}
        for word in row:
            for at, weight in word.away:
                here[at] = here.get(at, 0.0) + weight
        alone = [weight for at, weight in here.items() if weight >= _ALONE * self.answered[at]]
        return [min(4.0, sum(here.values())), min(2.0, max(alone, default=0.0)), sum(each >= _MUCH for each in alone)]

    def _size(self, row: Sequence[Word]) -> list[float]:
        """How long the row is against the official form and the term in the source, and how much of it is said."""
        size, parts, count = max(1, self.asked.size), max(1, self.asked.parts), len(row)
        over, beyond = (count - self.asked.size) / size, (count - self.asked.parts) / parts
        said = frozenset[int]().union(*(word.says for word in row))
        silent = self.asked.parts - len(said) - sum(not (word.says or word.link) for word in row)
        made = [count, over, abs(over), beyond, abs(beyond), min(3, max(0, count - self.asked.size))]
        made += [min(3, max(0, self.asked.size - count)), min(3, max(0, self.asked.parts - count))]
        return [*made, len(said) / parts, silent / parts]

    def _quotes(self, start: int, end: int) -> list[bool]:
        text = self.view.text
        opened = start > 0 and text[start - 1] in '«“"'
        closed = text[end : end + 1] in ("»", "”", '"')
        return [opened, closed, opened and closed]

    def _speech(self, first: int, last: int, left: bool, right: bool) -> list[bool]:
        """Parts of speech at both ends and beside them; in Russian only."""
        ends = [self.pos[first], self.pos[last]]
        ends += [self.pos[first - 1] if left else "", self.pos[last + 1] if right else ""]
        return [end == pos for end in ends for pos in _POS]

    def _chinese(self, several: Sequence[Word | None]) -> list[float]:
        """Tags, lengths and frequencies of the words at both ends and beside them; in Chinese only."""
        made: list[float] = []
        for word in several:
            if word is None or self.view.lang != "zh":
                made += [0.0] * (len(_TAGS) + 2)
                continue
            found = tag(word.text)
            kind = "vn" if found == "vn" else found[:1] if found[:1] in _TAGS else "x"
            made += [float(kind == each) for each in _TAGS]
            made += [min(4, len(word.text)), math.log1p(frequency(word.text)) / 4]
        return made


def _accounts(row: Sequence[Word]) -> list[float]:
    """Shares of words that are the term's, another's, of no noun group, of nothing; is there one of the latter two?"""
    own, other = sum(word.own for word in row), sum(word.other for word in row)
    stop, left = sum(word.stop for word in row), sum(word.open for word in row)
    count = len(row)
    return [own / count, other / count, stop / count, left / count, other > 0, stop > 0]


def _likeness(row: Sequence[Word]) -> list[float]:
    """Mean and least likeness to the official words, and what share of these stands in the row."""
    alike = [max(word.like, default=0.0) for word in row]
    width = len(row[0].like)
    there = sum(any(word.like[n] >= 0.75 for word in row if n < len(word.like)) for n in range(width))
    return [sum(alike) / len(row), there / max(1, width), min(alike)]


def _beside(word: Word | None) -> list[float]:
    if word is None:
        return [0.0] * 8
    return [1.0, word.share, word.own, word.other, word.link, word.stop, word.noun, word.open]


def phrase(row: Sequence[Word], view: View) -> bool:
    """Is it a nominal group: its last word a noun; in Russian a noun is followed by nothing but what depends on it?"""
    if not row[-1].noun and (
        view.lang != "zh" or (len(row) == 1 and not row[0].own) or frequency(row[-1].text) > _USUAL
    ):
        return False
    if view.lang != "ru":
        return True
    return all(_joined(one, two) for one, two in pairwise(row) if view.text[one.end : two.start] in (" ", "\u00a0"))


def _joined(one: Word, two: Word) -> bool:
    """May two neighbours of Russian belong to one group?"""
    left, right = analyses(one.text)[0], analyses(two.text)
    if left.pos in ("ADJF", "PRTF") and left.known and right[0].pos == "NOUN":
        return _agree(analyses(one.text), right)  # not «заболевших простудой»
    if two.text.isupper() and len(two.text) > 1:
        return True
    depends = any(a.case in ("gen", "ins", "dat") or not a.known for a in right)
    return left.pos != "NOUN" or not left.known or depends


def _agree(left: Sequence[Analysis], right: Sequence[Analysis]) -> bool:
    """Do an adjective and a noun share a case and number?"""
    adjectives = {(a.case, a.number) for a in left if a.pos in ("ADJF", "PRTF")}
    return any((a.case, a.number) in adjectives for a in right if a.pos == "NOUN")
