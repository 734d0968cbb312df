"""Which Russian sentences are worth a parse: a test by dictionary alone that passes over what surely agrees.

The tree costs a hundred times what the dictionary does. A disagreement between neighbours shows in the readings of the
words, so a sentence where every adjective finds its noun, every preposition its case and every predicate a
possible subject need not be parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.checks._words import Word, parses

_ADJECTIVAL = frozenset(("ADJF", "PRTF"))
Reading = tuple[str, frozenset[str]]


@lru_cache(maxsize=100_000)
def _readings(low: str) -> tuple[Reading, ...]:
    return tuple((str(r.tag.POS), frozenset(r.tag.grammemes)) for r in parses(low))


@lru_cache(maxsize=100_000)
def _kinds(low: str) -> frozenset[str]:
    return frozenset(pos for pos, _ in _readings(low))


def _has(low: str, *kinds: str) -> bool:
    return not _kinds(low).isdisjoint(kinds)


_CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct", "gen2", "acc2", "loc2", "voct"))
_LIKE = {"gen2": "gent", "acc2": "accs", "loc2": "loct", "voct": "nomn"}


def _cases(grammemes: frozenset[str]) -> set[str]:
    return {_LIKE.get(case, case) for case in grammemes & _CASES}


@lru_cache(maxsize=200_000)
def _agree(left: str, right: str) -> bool:
    """Can the adjective `left` belong to the noun `right`, by any readings?"""
    for pos, one in _readings(left):
        if pos not in _ADJECTIVAL:
            continue
        for kind, two in _readings(right):
            if kind != "NOUN" or not (_cases(one) & _cases(two)):
                continue
            if ("plur" in one) != ("plur" in two):
                continue
            if (
                "plur" in one
                or not one & {"masc", "femn", "neut"}
                or one & two & {"masc", "femn", "neut"}
                or "ms-f" in two
            ):
                return True
    return False


def attributes(words: Sequence[Word]) -> bool:
    """An adjective, further adjectives or adverbs, and a noun that none of the readings fit."""
    for at, word in enumerate(words):
        if not _has(word.low, *_ADJECTIVAL):
            continue
        for follow in words[at + 1 : at + 4]:
            if _has(follow.low, "NOUN"):
                if not _agree(word.low, follow.low):
                    return True
                break
            if not _has(follow.low, "ADJF", "PRTF", "ADVB"):
                break
    return False


def governed(words: Sequence[Word]) -> bool:
    """A preposition before a noun in a case it cannot take, or a noun after figures in no case that figures take."""
    from pipeline.languages.russian.tables import table

    takes = table("government", "prep")
    for at, word in enumerate(words[:-1]):
        cases = takes.get(word.low)
        number = word.text[-1].isdigit()
        if not cases and not number and not _has(word.low, "NUMR", "PREP"):
            continue
        for follow in words[at + 1 : at + 4]:
            if _has(follow.low, "NOUN"):
                have = set().union(*(_cases(g) for pos, g in _readings(follow.low) if pos == "NOUN"))
                if cases and not have & {_NAMES[case] for case in cases.split() if case in _NAMES}:
                    return True
                if not cases and "gent" not in have:
                    return True
                break
            if not _has(follow.low, "ADJF", "PRTF"):
                break
    return False


_NAMES = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "prp": "loct", "loc": "loct"}


def complements(words: Sequence[Word]) -> bool:
    """A word of fixed government before a noun in no case it takes."""
    from pipeline.languages.russian.tables import table

    verbs, nouns = table("government", "verb"), table("government", "noun")
    for at, word in enumerate(words[:-1]):
        cases = next(
            (verbs.get(lemma) or nouns.get(lemma) for lemma in word.lemmas if lemma in verbs or lemma in nouns), None
        )
        if not cases:
            continue
        for follow in words[at + 1 : at + 4]:
            if _has(follow.low, "NOUN"):
                have = set().union(*(_cases(g) for pos, g in _readings(follow.low) if pos == "NOUN"))
                if not have & {_NAMES[case] for case in cases.split() if case in _NAMES}:
                    return True
                break
            if not _has(follow.low, "ADJF", "PRTF"):
                break
    return False


def predicates(words: Sequence[Word]) -> bool:
    """A finite verb or short form that no nominative of its stretch between marks fits, though one there does not."""
    nominatives = [
        (at, [g for pos, g in _readings(word.low) if pos in ("NOUN", "NPRO", "ADJF", "NUMR", "PRTF") and "nomn" in g])
        for at, word in enumerate(words)
    ]
    for at, word in enumerate(words):
        forms = _readings(word.low)
        verbs = [g for pos, g in forms if pos in ("VERB", "PRTS", "ADJS")]
        if not verbs or len(verbs) != len(forms):
            continue
        first, last = at, at
        while first and at - first < 12 and words[first].start - words[first - 1].end == 1:
            first -= 1
        while last + 1 < len(words) and last - at < 12 and words[last + 1].start - words[last].end == 1:
            last += 1
        near = [g for place, found in nominatives[first : last + 1] for g in found if place != at]
        if near and not any(_fits(verb, noun) for verb in verbs for noun in near):
            return True
    return False


def _fits(verb: frozenset[str], noun: frozenset[str]) -> bool:
    if ("plur" in verb) != ("plur" in noun):
        return False
    genders = verb & {"masc", "femn", "neut"}
    return not genders or "plur" in verb or not noun & {"masc", "femn", "neut"} or bool(genders & noun)


def relatives(words: Sequence[Word]) -> bool:
    """который with no noun before it, within fourteen words, of its number and gender."""
    for at, word in enumerate(words):
        if not word.low.startswith("котор"):
            continue
        forms = [g for pos, g in _readings(word.low) if pos == "ADJF"]
        before = [
            g
            for other in words[max(0, at - 14) : at]
            for pos, g in _readings(other.low)
            if pos in ("NOUN", "ADJF", "PRTF")
        ]
        if not any(_fits(form, noun) for form in forms for noun in before):
            return True
    return False


def suspect(words: Sequence[Word]) -> bool:
    return (
        attributes(words) or governed(words) or complements(words) or predicates(words)
        or relatives(words)
    )  # fmt: skip
