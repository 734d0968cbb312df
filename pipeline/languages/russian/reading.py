"""What the dictionary allows a word of a sentence to be, and which words belong to one nominal group.

Shared by agreement and government: both ask whether any reading fits, so that ambiguity never makes an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from pipeline.languages.russian.analyse import Analysis, analyses, fold, is_known, tokenise
from pipeline.languages.russian.syntax import Sentence, Token
from pipeline.languages.russian.tables import load, table

ADJECTIVAL: Final = frozenset(("ADJF", "PRTF"))
_NAMES: Final = frozenset(("Abbr", "Name", "Surn", "Patr", "Geox", "Orgn", "Fixd"))
NOMINAL: Final = frozenset(("NOUN", "NPRO"))


def same_case(one: str, other: str) -> bool:
    return one == other or {one, other} == {"prp", "loc"}


@lru_cache(maxsize=1 << 15)
def nouns(word: str) -> tuple[Analysis, ...]:
    """Readings as a common noun, if every likely reading of the listed word is one; () where it may be another."""
    if not word[:1].isalpha() or not is_known(word):
        return ()
    readings = analyses(word)
    found = tuple(a for a in readings if a.pos == "NOUN")
    other = [a for a in readings if a.pos != "NOUN"]
    if any(a.score > 0.02 or a.pos in ADJECTIVAL for a in other) or any(a.grammemes & _NAMES for a in found):
        return ()
    return found


@lru_cache(maxsize=1 << 15)
def adjectives(word: str) -> tuple[Analysis, ...]:
    """Readings as a full adjective or participle, if every reading of the listed word is one.

    Words that often stand alone (весь, другой, последний, пострадавший) are left out.
    """
    if not word[:1].isalpha() or not is_known(word):
        return ()
    readings = analyses(word)
    if any(a.pos not in ADJECTIVAL or "Fixd" in a.grammemes for a in readings):
        return ()
    alone = any("Subx" in a.grammemes or "Apro" in a.grammemes for a in readings)
    if fold(readings[0].lemma) in table("words", "alone") or (
        alone and fold(readings[0].lemma) not in table("words", "possessive")
    ):
        return ()
    return readings


def agree(adjective: Analysis, noun: Analysis) -> bool:
    """Same case, number and, in the singular, gender; in the accusative also animacy."""
    if "Fixd" in noun.grammemes:
        cases = True
    else:
        cases = same_case(adjective.case, noun.case)
    if not cases or adjective.number != noun.number:
        return False
    if adjective.number == "sg" and not (adjective.gender == noun.gender or noun.gender in ("c", "")):
        return False
    animacy = adjective.case == "acc" and adjective.animate is not None and noun.animate is not None
    return not animacy or adjective.animate == noun.animate


def stands_as_noun(word: str, beside: Sequence[str]) -> bool:
    """Is a word that an adjective may look like a noun, as it cannot agree with the noun beside it («перед дойкой
    [вымя] моют», «в дальнейшем [город]»)? A noun that is made of an adjective («больной») is taken for one."""
    readings = analyses(word)
    own = [a for a in readings if a.pos == "NOUN" and a.known]
    made = not own or any(b.pos in ADJECTIVAL for a in own for b in analyses(a.lemma))
    if made and fold(word) not in table("words", "adverbial"):
        return False
    heads = first_nouns(beside)
    return bool(heads) and not any(agree(a, n) for a in readings if a.pos in ADJECTIVAL for n in heads)


def first_nouns(words: Sequence[str]) -> list[Analysis]:
    """The readings as a noun of the first word that has any; none where there is none."""
    return next((found for each in words if (found := [a for a in analyses(each) if a.pos == "NOUN"])), [])


def group_before(sentence: Sentence, head: int) -> range:
    """Indices of the words just before `head` that may belong to its group: adjectives, adverbs, numerals, «и»."""
    at = head
    while at > 0 and _inner(sentence.tokens[at - 1]):
        at -= 1
    return range(at, head)


def _inner(token: Token) -> bool:
    if token.text in (",", "«", "„", "“", '"') or fold(token.text) in ("и", "или"):
        return True
    if token.text[:1].isdigit():
        return True
    return any(a.pos in ADJECTIVAL | {"NUMR", "ADVB"} or "Apro" in a.grammemes for a in analyses(token.text))


@lru_cache(maxsize=1)
def _compounds() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    rows = [
        (tuple(text.split("_")), frozenset(value.split()))
        for text, value in load("government").get("compound", {}).items()
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def preposition_cases(tokens: Sequence[Token], at: int) -> tuple[str, frozenset[str]] | None:
    """Text and cases of the (compound) preposition whose last word stands at `at`; None where there is none."""
    words = [fold(token.text) for token in tokens[max(0, at - 3) : at + 1]]
    for compound, cases in _compounds():
        if len(words) >= len(compound) and tuple(words[-len(compound) :]) == compound:
            return " ".join(compound), cases
    if words and words[-1] in table("government", "prep") and (len(words) < 2 or words[-2] != "/"):
        cases = frozenset(table("government", "prep")[words[-1]].split())
        for start in range(at - 1, max(-1, at - 5), -1):
            governor = table("government", "with").get(f"{tokens[start].lemma}_{words[-1]}")
            if governor and all(token.pos in ("PROPN", "NOUN", "ADJ", "PRON", "ADV") for token in tokens[start:at]):
                if start == at - 1:
                    return f"{tokens[start].text} {words[-1]}", frozenset(governor.split())
                break
        return words[-1], cases
    return None


def pair_cases(tokens: Sequence[Token], at: int) -> tuple[str, frozenset[str]] | None:
    """For a noun at `at` that is the object of a set verb (уделять внимание): the words and the case they take."""
    pairs = table("government", "pair")
    for verb in range(at - 1, max(-1, at - 5), -1):
        cases = pairs.get(f"{tokens[verb].lemma}_{tokens[at].lemma}")
        if cases:
            return f"{tokens[verb].text} {tokens[at].text}", frozenset(cases.split())
    return None


def cases_of(readings: Iterable[Analysis]) -> frozenset[str]:
    """Cases of the readings, the second locative counted as prepositional too."""
    found = {a.case for a in readings if a.case}
    return frozenset(found | ({"prp"} if "loc" in found else set()))


def goes_on(words: Sequence[str]) -> bool:
    """Words from a noun on: is it said twice («шаг за шагом»), or does a subject follow («истец и ответчик спорят»)?"""
    if len(words) < 3:
        return False
    first, second = nouns(words[0]), nouns(words[2])
    if {fold(n.lemma) for n in first} & {fold(a.lemma) for a in analyses(words[2])}:
        return True
    joined = fold(words[1]) in ("и", "или") and any(n.case == "nom" for n in second)
    return joined and any(a.pos == "VERB" and a.number == "pl" for word in words[3:9] for a in analyses(word))


def woman(own: Sequence[Analysis], found: Sequence[Analysis]) -> bool:
    """бывшая председатель, сельская врач: a title in the masculine, of a woman."""
    woman = any(a.gender == "f" and a.case == "nom" and a.number == "sg" for a in own)
    return woman and any(n.animate and n.gender == "m" and n.case == "nom" and n.number == "sg" for n in found)


def coordinate(text: str) -> bool:
    """Are two nouns of the text, its first and the first behind «и», both such that they may be subjects («сырой нагрев
    и мощность», but not «охрана лесов и рек»)?"""
    rows = []
    for part in text.partition(" и ")[::2]:
        words = (analyses(token.text) for token in tokenise(part))
        rows.append([a for found in words for a in found if a.pos == "NOUN" == found[0].pos])
    return all(row and any(a.case == "nom" and a.lemma == row[0].lemma for a in row) for row in rows)
