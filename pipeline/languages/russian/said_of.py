"""Adjectives in the instrumental that are said of an object: «признал [действительным] завещание»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pipeline.languages.russian.analyse import analyses, fold
from pipeline.languages.russian.attributes import HOLDING, put
from pipeline.languages.russian.reading import ADJECTIVAL
from pipeline.languages.russian.syntax import Sentence, Token

_ASIDE = 6  # words between the verb and what is said, or between that and the object


def held_to_be(
    sentence: Sentence, inside: list[int], head: int, case: str, number: str, gender: str
) -> list[tuple[int, int, str]]:
    """«признал [действительной] волю», of завещание: «действительным»; so too behind it, and in the passive."""
    tokens = sentence.tokens
    clause = [at for at in _clause_around(tokens, inside) if at not in inside]
    verb = next((at for at in clause if _holds(tokens[at], passive=case == "nom")), -1)
    old = [a for a in analyses(tokens[head].text) if a.pos == "NOUN" and a.case == case]
    for at in clause if verb >= 0 and old else ():
        mine = [a for a in analyses(tokens[at].text) if a.pos in ADJECTIVAL and a.case == "ins"]
        mine = [
            a for a in mine if any(a.number == n.number and (a.number == "pl" or a.gender == n.gender) for n in old)
        ]
        if not mine or at < verb or (at and analyses(tokens[at - 1].text)[0].pos == "PREP"):
            continue
        behind = [a for token in tokens[at + 1 : at + 3] for a in analyses(token.text) if a.pos == "NOUN"]
        if any(a.case == "ins" and a.number == b.number for a in behind for b in mine):
            return []  # «счел волю пустой бумагой»
        if any(a.number == number and (number == "pl" or a.gender == gender) for a in mine):
            return []
        changed = [(token, put(token.text, "ins", number, gender, False)) for token in row_of(tokens, at, mine)]
        return [(token.start, token.end, made) for token, made in changed if made and made != token.text]
    return []


def _clause_around(tokens: tuple[Token, ...], inside: list[int]) -> list[int]:
    """Indices of the words around the span up to the next mark on either side, a few at most."""
    first, last = inside[0], inside[-1]
    while first and last - first < 3 * _ASIDE and tokens[first - 1].text[:1].isalnum():
        first -= 1
    while last + 1 < len(tokens) and last - inside[-1] < _ASIDE and tokens[last + 1].text[:1].isalnum():
        last += 1
    return list(range(first, last + 1))


def _holds(token: Token, *, passive: bool) -> bool:
    """Is it a verb of holding something to be so, in the passive or not?"""
    first = analyses(token.text)[0]
    if passive:
        said = first.pos == "PRTS" and first.lemma in HOLDING
        return said or (first.lemma.endswith("ся") and first.lemma.removesuffix("ся") in HOLDING)
    return first.pos in ("VERB", "INFN", "GRND") and first.lemma in HOLDING


def row_of(tokens: tuple[Token, ...], at: int, own: Sequence[Any]) -> list[Token]:
    """The adjective at `at` and those beside it in its case, number and gender, first to last: «[самыми] популярными и
    [любимыми]»."""

    def fits(token: Token) -> bool:
        readings = [a for a in analyses(token.text) if a.pos in ADJECTIVAL]
        return any(a.case == b.case and a.number == b.number and a.gender == b.gender for a in readings for b in own)

    first = last = at
    while first and (
        fits(tokens[first - 1]) or (first > 1 and fold(tokens[first - 1].text) == "и" and fits(tokens[first - 2]))
    ):
        first -= 1
    if last + 2 < len(tokens) and fold(tokens[last + 1].text) == "и" and fits(tokens[last + 2]):
        last += 2
    return [token for token in tokens[first : last + 1] if fits(token)]


def copulas(
    sentence: Sentence, changes: list[tuple[int, int, str]], number: str, gender: str
) -> list[tuple[int, int, str]]:
    """The past of «быть» right before a short participle that changes: «[была] обнаружена» -> «был обнаружен»."""
    due = "были" if number == "pl" else {"f": "была", "n": "было"}.get(gender, "был")
    found = []
    for before, token in pairwise(sentence.tokens):
        changed = any(start == token.start for start, _, _ in changes)
        short = changed and any(a.pos in ("PRTS", "ADJS") for a in analyses(token.text)[:1])
        if short and fold(before.text) in _PAST and before.text != due:
            found.append((before.start, before.end, due.capitalize() if before.text[0].isupper() else due))
    return [each for each in found if each not in changes]


_PAST = frozenset(("был", "была", "было", "были"))
