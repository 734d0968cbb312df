"""Which other form of a word fits its place better, as the network of `fitness` says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.languages.russian import fitness
from pipeline.languages.russian.analyse import Token, analyses, like, parses, unyo
from pipeline.languages.russian.reading import ADJECTIVAL, agree


@lru_cache(maxsize=1 << 14)
def _forms(word: str, number: bool = True) -> tuple[str, ...]:
    """Other forms of the likeliest lexeme: of a noun in the same number (or any), of a participle of the same kind."""
    found: dict[str, None] = {}
    for parse in parses(word)[:2]:
        tag = parse.tag
        for form in parse.lexeme:
            theirs = form.tag
            same = theirs.POS == tag.POS and theirs.tense == tag.tense and theirs.voice == tag.voice
            if not same or (number and tag.POS == "NOUN" and theirs.number != tag.number) or "impr" in theirs.grammemes:
                continue
            if tag.POS == "VERB" and theirs.person != tag.person:
                continue
            if theirs.grammemes & {"V-oy", "V-ey", "V-be", "V-ie", "Infr", "Arch", "Supr", "Cmp2"}:
                continue
            found[like(word, unyo(word, str(form.word)))] = None
    found.pop(word, None)
    return tuple(found)


def better(tokens: Sequence[Token], at: int, partner: int = -1) -> tuple[str, float] | None:
    """The form with which the words around `at` fit best, and the misfit that is left there; None without others.

    `partner`: the index of a word that the form must agree with, as an adjective and a noun do.
    """
    forms = _forms(tokens[at].text, partner < 0)
    if partner >= 0:
        forms = tuple(form for form in forms if _pair(form, tokens[partner].text))
    forms = forms[:16]
    if not forms:
        return None
    first, last = max(0, at - 12), min(len(tokens), at + 13)
    words = [token.text for token in tokens[first:last]]
    rows = [[*words[: at - first], form, *words[at - first + 1 :]] for form in forms]
    near = slice(max(0, at - first - 2), at - first + 3)
    left = [float(chances[near].max()) for chances in fitness.network().misfit(rows)]
    place = min(range(len(forms)), key=left.__getitem__)
    return forms[place], left[place]


def _pair(one: str, other: str) -> bool:
    """Do an adjective and a noun, in either order, agree by some reading?"""
    left, right = analyses(one), analyses(other)
    return any(
        agree(*((a, n) if a.pos in ADJECTIVAL else (n, a)))
        for a in left
        for n in right
        if (a.pos in ADJECTIVAL and n.pos == "NOUN") or (a.pos == "NOUN" and n.pos in ADJECTIVAL)
    )
