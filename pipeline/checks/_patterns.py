"""A small language of word patterns, and an index that finds thousands of them in one pass over a text.

A pattern is a row of elements, separated by spaces. An element is one or more alternatives joined by `|`:

    слово     a word with this dictionary form (any reading counts)
    =слова    this very form, whatever its case of letters
    слов*     a word that begins so
    <gent>    a Russian word that has a reading with all these grammemes (comma between them), as in pymorphy
    ^         a word that begins with a capital
    #         a word that is a number in digits
    ..3       up to three words of any kind (no sentence end among them)

A trailing `?` makes an element optional. `!` before one: the word must not be so (`!<gent>`, `!=и`); such a word at the
end of a pattern must follow but does not belong to the match. Words next to
each other in a pattern stand next to each other in the text, with nothing between them but spaces, quotes and hyphens.
For Chinese targets a pattern is a regular expression over the characters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks._words import Word, fold, forms, parses, russian_lemmas

_TIGHT = re.compile(r"[\s«»“”„\"'‘’()–—-]*")
_LOOSE = re.compile(r"[^.!?…\n]*")


@dataclass(frozen=True, slots=True)
class Element:
    """One element: alternatives, or a gap of up to `gap` words where there are none."""

    options: tuple[str, ...]
    optional: bool = False
    negative: bool = False
    gap: int = 0

    def fits(self, word: Word) -> bool:
        return any(_fits(option, word) for option in self.options) != self.negative


@lru_cache(maxsize=50_000)
def _grammemes(option: str, low: str) -> bool:
    wanted = set(option.split(","))
    return any(wanted <= set(reading.tag.grammemes) for reading in parses(low))


def _fits(option: str, word: Word) -> bool:
    head = option[0]
    if head == "=":
        return word.low == option[1:]
    if head == "<":
        return _grammemes(option[1:-1], word.low)
    if option == "^":
        return word.text[0].isupper()
    if option == "#":
        return word.text[0].isdigit()
    if option[-1] == "*":
        return word.low.startswith(option[:-1])
    return option in word.lemmas


def _element(text: str) -> Element:
    if text.startswith("..") and text[2:].isdigit():
        return Element((), gap=int(text[2:]))
    optional = text.endswith("?")
    body = text.removesuffix("?")
    negative = body.startswith("!")
    options: list[str] = []
    for part in body.removeprefix("!").split("|"):
        if not part or (part.endswith("*") and len(part) < 4):
            raise ValueError(f"empty or too short alternative in pattern element {text!r}")
        if part[0] == "<":
            options.append(part)
        elif part[0] == "=" or part in "^#" or part.endswith("*"):
            options.append(fold(part))
        else:
            options += _dictionary(fold(part))
    return Element(tuple(options), optional, negative)


def _dictionary(word: str) -> list[str]:
    """The word, or its dictionary forms where it is none itself (руководящий -> руководить)."""
    lemmas = russian_lemmas(word)
    return [word, *sorted(lemmas - {word})] if word not in lemmas else [word]


@lru_cache(maxsize=20_000)
def compile_pattern(text: str) -> tuple[Element, ...]:
    """Elements of a pattern. Raises ValueError for a pattern that is empty or does not begin with a plain element."""
    elements = tuple(_element(part) for part in text.split() if part != "..0")  # words side by side need no mark
    if not elements or elements[0].optional or elements[0].negative or elements[0].gap:
        raise ValueError(f"pattern must begin with a word: {text!r}")
    return elements


def _first(text: str) -> Element:
    """The element a pattern begins with. Raises ValueError as `compile_pattern` does."""
    part = next((part for part in text.split() if part != "..0"), "")
    element = _element(part) if part else Element(())
    if not element.options or element.optional or element.negative:
        raise ValueError(f"pattern must begin with a word: {text!r}")
    return element


def _joined(text: str, left: Word, right: Word, separator: re.Pattern[str]) -> bool:
    return separator.fullmatch(text, left.end, right.start) is not None


def _match(elements: Sequence[Element], words: Sequence[Word], at: int, text: str, previous: int) -> int | None:
    """Index after the last word of a match of `elements` whose first word is `at`, or None."""
    if not elements:
        return at
    element, rest = elements[0], elements[1:]
    if element.gap:
        for skip in range(element.gap + 1):
            if at + skip >= len(words) or not _joined(text, words[previous], words[at + skip], _LOOSE):
                return None
            end = _match(rest, words, at + skip, text, at + skip)
            if end is not None:
                return end
        return None
    if (
        at < len(words)
        and (previous == at or _joined(text, words[previous], words[at], _TIGHT))
        and element.fits(words[at])
    ):
        if element.negative and not rest:
            return at
        end = _match(rest, words, at + 1, text, at)
        if end is not None:
            return end
    return _match(rest, words, at, text, previous) if element.optional else None


def _needed(elements: Sequence[Element]) -> tuple[frozenset[str], ...]:
    """For each element after the first that must be there and is a list of words: those words, forms as "=form"."""
    plain = (e for e in elements[1:] if e.options and not e.optional and not e.negative)
    return tuple(
        frozenset(e.options) for e in plain if not any(o[0] == "<" or o in "^#" or o[-1] == "*" for o in e.options)
    )


class Index:
    """Patterns by the first word they can begin with; one whose other words the text lacks is not tried."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._whole: dict[int, tuple[tuple[Element, ...], tuple[frozenset[str], ...]]] = {}
        self._lemma: dict[str, list[int]] = defaultdict(list)
        self._form: dict[str, list[int]] = defaultdict(list)
        self._prefix: dict[str, list[int]] = defaultdict(list)
        self._other: list[int] = []
        for number, pattern in enumerate(self.patterns):
            for option in _first(pattern).options:
                if option[0] == "=":
                    self._form[option[1:]].append(number)
                elif option[-1] == "*":
                    self._prefix[option[:3]].append(number)
                elif option[0] == "<" or option in "^#":
                    self._other.append(number)
                else:
                    self._lemma[option].append(number)

        self._others = tuple(sorted(set(self._other)))
        self._beginning = lru_cache(maxsize=1 << 15)(self._candidates)

    def _read(self, number: int) -> tuple[tuple[Element, ...], tuple[frozenset[str], ...]]:
        """A pattern and what it needs, read when a text first has its first word: most are never asked for."""
        if (made := self._whole.get(number)) is None:
            elements = compile_pattern(self.patterns[number])
            made = self._whole[number] = elements, _needed(elements)
        return made

    def _candidates(self, low: str, lemmas: frozenset[str]) -> tuple[int, ...]:
        """Numbers of the patterns that may begin with the word."""
        lists = [self._form.get(low), self._prefix.get(low[:3]), *map(self._lemma.get, lemmas)]
        found = [numbers for numbers in lists if numbers]
        if not found:
            return self._others
        return tuple(sorted(set(self._others).union(*found)))

    def find(
        self, text: str, words: Sequence[Word], present: frozenset[str] | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """(number of the pattern, first word, word after the last) of every match; present: `forms` of the words."""
        present = forms(words) if present is None else present
        told: dict[int, tuple[Element, ...]] = {}  # the patterns asked for; () for one of whose words some are lacking
        for at, word in enumerate(words):
            for number in self._beginning(word.low, word.lemmas):
                elements = told.get(number)
                if elements is None:
                    elements, needed = self._read(number)
                    for need in needed:
                        if need.isdisjoint(present):
                            elements = ()
                            break
                    told[number] = elements
                if elements:
                    end = _match(elements, words, at, text, at)
                    if end is not None:
                        yield number, at, end


def matches(pattern: str, text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """(first word, word after the last) of every match of one pattern."""
    elements = compile_pattern(pattern)
    for at in range(len(words)):
        end = _match(elements, words, at, text, at)
        if end is not None:
            yield at, end
