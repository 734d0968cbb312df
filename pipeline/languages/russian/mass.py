"""Which Russian nouns are hardly ever in the plural: топливо, информация, кукуруза.

Told by how often their forms stand in news: navec (Kukushkin 2020) keeps the counts of its 250,000 most frequent word
forms. The dative, instrumental and prepositional plural are no other forms of the noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.languages.russian import vectors
from pipeline.languages.russian.analyse import fold, inflected, lemmas, parses
from pipeline.languages.russian.tables import table

_KNOWN = 4_000  # occurrences in the singular from which a plural would have been seen, too
_SEEN = 100  # occurrences in the singular of a rare word
_RARE = 90  # times that the singular outnumbers a plural that is hardly in use
_SINGULAR, _PLURAL = ("nom", "gen", "dat", "ins", "prp"), ("dat", "ins", "prp")


def uncounted(noun: str) -> bool:
    """Is the noun (dictionary form) frequent, and its plural unknown?"""
    one, many = _counts(noun)
    return one >= _KNOWN and not many


def listed(head: str, attributes: Sequence[str]) -> bool:
    """Is it a noun that is said of a material or of many together, always (молодь) or with one of the attributes that
    stand before it (подвижной состав, but not «железнодорожный состав»)?"""
    told = table("words", "mass").get(fold(head))
    if told is None:
        return False
    due = {lemma for word in told.split() for lemma in lemmas(word)}
    return not due or any(due & lemmas(word) for word in attributes)


def counted(noun: str) -> bool:
    """Is the plural of the noun in use?"""
    one, many = _counts(noun)
    return many > 0 and many * _RARE >= one


def material(noun: str, *, unseen: bool = False) -> bool:
    """May the noun be of a thing that is weighed: is it known, and its plural hardly ever used (силос, руда)?

    `unseen`: its genitive plural has to be unknown, too (керн, but not разрыв).
    """
    one, many = _counts(noun)
    return one >= _SEEN and many * _RARE < one and not (unseen and _forms(noun, "pl", ("gen",)))


@lru_cache(maxsize=4096)
def _counts(noun: str) -> tuple[int, int]:
    """How often the forms of the singular, and three of the plural, were seen; (0, 0) where nothing is known."""
    return _forms(noun, "sg", _SINGULAR), _forms(noun, "pl", _PLURAL)


def _forms(noun: str, number: str, cases: tuple[str, ...]) -> int:
    """How often the forms of the noun in a number were seen in news."""
    known = vectors.table()
    parse = next((one for one in parses(noun) if one.tag.POS == "NOUN" and one.tag.case == "nomn"), None)
    if known is None or parse is None:
        return 0
    forms = {form for case in cases if (form := inflected(parse, case, number))}
    places = {known.vocab.word_ids.get(spelt) for form in forms for spelt in (form, form.replace("ё", "е"))}
    return sum(int(known.vocab.counts[place]) for place in places if place is not None)
