"""Terms and set phrases of official Chinese: what every right rendering holds, and what betrays a wrong one.

assets/dictionary/anchors.tsv has the columns zh, ru, ru_stems, ru_wrong, en, en_stems, en_wrong: the rendering that a
professional would print first; alternatives, parted by ";", one of which stands in every right rendering; and such as
stand in wrong ones only. An alternative is the beginning of a word, or several joined by "+". idioms.tsv has no stems:
its expressions may be rendered in any words but the wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from pipeline.errors import DataError
from pipeline.model import Lang, Span

_CELLS: Final = 7
_INSIDE: Final = range(5, 13)  # lengths of a beginning that also counts within a compound (гидро-акустик)
Option = tuple[str, ...]
Options = tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What one language has for a term: the usual rendering, what right renderings hold, what wrong ones do."""

    right: str
    needs: Options
    wrong: Options
    stems: frozenset[str]  # of `needs`
    wrong_stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """`free`: an expression that may be rendered in any words but the wrong ones."""

    zh: str
    ru: Side
    en: Side
    free: bool

    def side(self, lang: Lang) -> Side:
        return self.ru if lang == "ru" else self.en


@cache
def load() -> dict[str, str]:
    """Lines of the tables by Chinese term; `anchor` reads one. Raises DataError where a table is missing or broken."""
    found: dict[str, str] = {}
    for name in ("idioms", "anchors"):
        try:
            text = (resources.files("pipeline.assets") / "dictionary" / f"{name}.tsv").read_text(encoding="utf-8")
        except OSError as error:
            raise DataError(f"the {name} cannot be read: {error}", hint="reinstall the package") from error
        for number, line in enumerate(text.splitlines()[1:], 2):
            if line.count("\t") != _CELLS - 1:
                where = f"dictionary/{name}.tsv:{number}"
                raise DataError(f"{line.count(chr(9)) + 1} cells where there should be {_CELLS}", where=where)
            found[line[: line.index("\t")]] = line
    return found


@lru_cache(maxsize=1 << 14)
def anchor(zh: str) -> Anchor:
    """The anchor of a term that `load` lists."""
    cells = load()[zh].split("\t")
    return Anchor(zh, _side(*cells[1:4]), _side(*cells[4:]), not cells[2])


def _side(right: str, needs: str, wrong: str) -> Side:
    needed, avoided = _options(needs), _options(wrong)
    return Side(
        right, needed, avoided, frozenset(s for o in needed for s in o), frozenset(s for o in avoided for s in o)
    )


def _options(cell: str) -> Options:
    return tuple(tuple(part.strip() for part in option.split("+")) for option in cell.split(";") if option.strip())


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the terms by their first character, longest first."""
    found: dict[str, set[int]] = {}
    for zh in load():
        found.setdefault(zh[0], set()).add(len(zh))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def find(text: str, borders: frozenset[int]) -> tuple[tuple[Span, Anchor], ...]:
    """Terms in a text, longest first, none within another; they begin and end where words do (`borders`)."""
    anchors, lengths, found = load(), _lengths(), []
    at = 0
    while at < len(text):
        step = 1
        if at in borders:
            for size in lengths.get(text[at], ()):
                if at + size in borders and text[at : at + size] in anchors:
                    found.append((Span(at, at + size), anchor(text[at : at + size])))
                    step = size
                    break
        at += step
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def keys(word: str) -> frozenset[str]:
    """Everything that a word (lower case, ё as е) may be found by: its beginnings, those of the parts between hyphens,
    and, of five letters and more, what stands within it."""
    parts = {word, *word.split("-")}
    found = {part[:size] for part in parts for size in range(1, len(part) + 1)}
    found |= {word[at : at + size] for size in _INSIDE for at in range(2, len(word) - size + 1)}
    return frozenset(found)


@lru_cache(maxsize=1 << 15)
def beginnings(word: str) -> frozenset[str]:
    """The beginnings of a word, and of its part behind a hyphen."""
    return frozenset(part[:size] for part in (word, *word.split("-")[1:]) for size in range(1, len(part) + 1))


def stands(wanted: Options, keyed: Sequence[frozenset[str]]) -> bool:
    """Does an alternative stand whole among words with these `keys`?"""
    return any(all(any(stem in keys for keys in keyed) for stem in option) for option in wanted)


def options(wanted: Options, words: Iterable[str], inside: bool = True) -> tuple[tuple[int, ...], ...]:
    """For every alternative that stands whole among the words, the places of its parts (the first word of each);
    `inside`: also within compounds. Two parts are two words, «дерево дерево», or those of one with a hyphen."""
    texts = tuple(words)
    every = [keys(word) if inside else beginnings(word) for word in texts]
    found = []
    for option in wanted:
        places: list[int] = []
        for stem in option:
            free = (at for at, key in enumerate(every) if stem in key and (at not in places or "-" in texts[at]))
            places.append(next(free, -1))
        if -1 not in places:
            found.append(tuple(places))
    return tuple(found)
