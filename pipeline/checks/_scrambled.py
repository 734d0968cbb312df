"""Formulas whose official rendering the glossary has, with its words in another order.

An attribute that stands before another noun of the same formula («единый принцип Китая») is what a guess looks like.
Formulas with some of their words missing are left: human translators shorten and vary them freely.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from pipeline.checks._words import Word, parses, words
from pipeline.checks.base import View

_SHORTEST = 4  # characters of a formula
_SMALL = frozenset(("и", "в", "во", "на", "по", "с", "со", "к", "ко", "о", "об", "от", "до", "из", "за", "при", "для"))
_LONGEST = 4  # content words of a form


@dataclass(frozen=True, slots=True)
class Guess:
    span: tuple[int, int]
    han: str
    right: str


@cache
def _matcher() -> Any:
    from pipeline.glossary import store
    from pipeline.glossary.match import Matcher

    return Matcher([term for term in store.builtin() if term.kind == "slogan" and term.forms.get("zh")], "zh")


@lru_cache(maxsize=4096)
def _content(form: str) -> tuple[Word, ...]:
    return tuple(word for word in words(form, "ru") if word.low not in _SMALL)


def guesses(view: View) -> Iterator[Guess]:
    """Formulas of the source whose words are in the target out of order."""
    taken: list[tuple[int, int]] = []
    for occurrence in _matcher().find(view.source):
        han = occurrence.span.of(view.source)
        forms = [form.text for form in occurrence.term.forms.get("ru", ())]
        if len(han.strip("“”")) < _SHORTEST or not forms:
            continue
        guess = _guess(view, han, forms)
        if guess and not any(a < guess.span[1] and guess.span[0] < b for a, b in taken):
            taken.append(guess.span)
            yield guess


def _guess(view: View, han: str, forms: list[str]) -> Guess | None:
    contents = [_content(form) for form in forms]
    guess = None
    for form, content in zip(forms, contents, strict=True):
        stretch = _whole(view, content) if 1 < len(content) <= _LONGEST else None
        if stretch is None:
            continue
        inside = view.words[stretch[0] : stretch[1]]
        if not _swapped(inside, content):
            return None
        guess = guess or Guess((inside[0].start, inside[-1].end), han, form)
    return guess


def _whole(view: View, content: tuple[Word, ...]) -> tuple[int, int] | None:
    """First word, and word after the last, of a row of just these content words in whatever order."""
    for first, word in enumerate(view.words):
        left = list(content)
        for last in range(first, len(view.words)):
            word = view.words[last]
            if last > first and view.target[view.words[last - 1].end : word.start].strip(' «»"“”\u00a0'):
                break
            if word.low in _SMALL:
                if last == first:
                    break
                continue
            one = next((one for one in left if one.lemmas & word.lemmas), None)
            if one is None:
                break
            left.remove(one)
            if not left:
                return first, last + 1
    return None


def _swapped(inside: tuple[Word, ...], content: tuple[Word, ...]) -> bool:
    """Does an attribute of the form stand before another noun of the form than its own?"""
    for attribute, noun in pairwise(content):
        twice = sum(bool(one.lemmas & attribute.lemmas) for one in content) > 1
        if twice or not _is(attribute, "ADJF") or not _is(noun, "NOUN"):
            continue
        others = [one for one in content if one is not noun and _is(one, "NOUN")]
        for word, after in pairwise(inside):
            elsewhere = word.lemmas & attribute.lemmas and not after.lemmas & noun.lemmas
            if elsewhere and any(after.lemmas & one.lemmas for one in others):
                return True
    return False


def _is(word: Word, part: str) -> bool:
    readings = parses(word.low)
    return bool(readings) and part in readings[0].tag.grammemes
