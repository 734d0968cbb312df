"""Adjectives, participles, ordinals and possessives that do not agree with their noun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.languages.russian.analyse import Analysis, analyses, fold, inflect_word, inflected, like, parses, unyo
from pipeline.languages.russian.disagreement import Disagreement, disagreement
from pipeline.languages.russian.near import set_adverb, several
from pipeline.languages.russian.reading import (
    ADJECTIVAL,
    adjectives,
    agree,
    cases_of,
    nouns,
    preposition_cases,
    same_case,
    woman,
)
from pipeline.languages.russian.syntax import Sentence, Token
from pipeline.languages.russian.tables import table

QUANTITY: Final = frozenset(
    ("ряд", "большинство", "меньшинство", "часть", "множество", "половина", "треть", "четверть", "количество", "число",
     "тысяча", "миллион", "миллиард", "сотня", "десяток", "процент", "пара", "группа")
)  # fmt: skip


def attributes(sentence: Sentence) -> Iterator[Disagreement]:
    """Adjectives, participles, ordinals and possessives before their noun."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:-1]):
        own = token.rel in ("amod", "det") and at < token.head <= at + 4
        place = token.head if own else at + 1
        head = tokens[place]
        readings, possible = adjectives(token.text), nouns(head.text)
        if not readings or not possible or not (own or _stray(sentence, at, readings)):
            continue
        between = tokens[at + 1 : place]
        if not all(_modifier(word) for word in between) or any(
            fold(word.text) in ("и", "или", ",", "как") for word in between
        ):
            continue
        if any(agree(a, n) for a in readings for n in possible) or _counted(sentence, at, readings, possible):
            continue
        if set_adverb(tokens, at):
            continue
        if fold(token.text) == "такое" and at and fold(tokens[at - 1].text) == "что":
            continue  # что такое патент
        if place + 1 < len(tokens) and any(
            fold(a.lemma) in table("words", "substantive") for a in adjectives(tokens[at + 1].text)
        ):
            continue  # в новогодние выходные погода; главный ответственный комитета
        if substantive(readings, possible):
            continue
        if all(a.case == "ins" for a in readings) and any(
            fold(w.lemma) in _STAYING for w in tokens[max(0, at - 2) : at]
        ):
            continue  # остались нетронутыми целые блюда
        if _said_of_object(tokens, at, readings):
            continue  # признал действительным завещание
        if head.lemma in QUANTITY or _complement(readings, possible) or woman(readings, possible):
            continue
        if fold(token.text) in ("лишним", "небольшим") and at and fold(tokens[at - 1].text) == "с":
            continue  # сорок с лишним лет
        if _coordinated(sentence, at, place, readings, possible) or several(tokens, at, place):
            continue
        suggestion, which = _attribute_fix(token, head, readings, possible, _governed(sentence, at, place))
        wrong, other = (head, token) if which == "head" else (token, head)
        yield disagreement(
            wrong,
            other,
            "adjective",
            f"“{token.text}” does not agree with “{head.text}”",
            suggestion,
            token.head == at + 1,
        )


def substantive(readings: Iterable[Analysis], possible: Iterable[Analysis]) -> bool:
    """Is the adjective a noun with an attribute in the genitive: ответственный комитета?"""
    noun = any(a.case == "nom" and fold(a.lemma) in table("words", "substantive") for a in readings)
    return noun and any(a.case == "gen" for a in possible)


_STAYING: Final = frozenset(("остаться", "оставаться", "казаться", "оказаться", "оказываться", "выглядеть", "стать"))
# Verbs behind which an adjective in the instrumental is said of the object, or of the subject of their passive.
HOLDING: Final = frozenset(
    ("признать", "признавать", "считать", "счесть", "посчитать", "назвать", "называть", "сделать", "делать", "объявить",
     "объявлять", "оставить", "оставлять", "найти", "сохранить", "сохранять")
)  # fmt: skip


def _said_of_object(tokens: tuple[Token, ...], at: int, readings: tuple[Analysis, ...]) -> bool:
    """Is the adjective in the instrumental, behind a verb of holding, and something near it of which it can be said, in
    its gender: «признал [действительным] завещание», but not «сделали [важной] шаг»?"""
    said = [a for a in readings if a.case == "ins"]
    verb = next((n for n in range(at - 1, max(0, at - 2) - 1, -1) if tokens[n].lemma in HOLDING), None)
    if verb is None or not said:
        return False
    if len(said) == len(readings):
        return True
    passive = any(a.pos == "PRTS" for a in analyses(tokens[verb].text))
    first = max(0, verb - 5) if passive else verb + 1
    near = [a for token in (*tokens[first:at], *tokens[at + 1 : at + 4]) for a in nouns(token.text)]
    return any(
        a.number == n.number and (a.number == "pl" or a.gender == n.gender)
        for a in said for n in near if n.case == ("nom" if passive else "acc")
    )  # fmt: skip


def _stray(sentence: Sentence, at: int, readings: tuple[Analysis, ...]) -> bool:
    """An adjective right before a noun which the tree hangs elsewhere, though it agrees with no other noun around."""
    token = sentence.tokens[at]
    if any(a.pos == "PRTF" for a in readings) or token.pos != "ADJ" or token.rel in ("root", "xcomp", "conj", "nsubj"):
        return False
    if any(sentence.tokens[child].rel in ("nsubj", "cop", "case", "advmod") for child in sentence.children(at)):
        return False
    around = sentence.tokens[max(0, at - 8) : at] + sentence.tokens[at + 2 : at + 8]
    return not any(
        a.pos in ("NOUN", "NPRO") and (not a.case or any(agree(r, a) for r in readings))
        for word in around if word.text[:1].isalpha() for a in analyses(word.text)
    )  # fmt: skip


def _modifier(word: Token) -> bool:
    return any(a.pos in ADJECTIVAL | {"ADVB"} for a in analyses(word.text))


def _complement(readings: tuple[Analysis, ...], possible: tuple[Analysis, ...]) -> bool:
    """May the noun depend on the attribute: наказуемое лишением, приносящей доход, полном сена?"""
    cases = cases_of(possible)
    participle = next((a for a in readings if a.pos == "PRTF"), None)
    if participle is not None:
        return "ins" in cases or ("pssv" not in participle.grammemes and bool(cases - {"nom"}))
    lemma = fold(readings[0].lemma)
    return lemma in table("words", "takes") or (lemma.endswith("мый") and "ins" in cases)


def _counted(sentence: Sentence, at: int, readings: Iterable[Analysis], possible: Iterable[Analysis]) -> bool:
    """два новых рынка, 3 новые цели: plural attribute, noun in the genitive singular, a numeral before."""
    if not (any(a.number == "pl" and a.case in ("gen", "nom", "acc") for a in readings)):
        return False
    if not any(n.number == "sg" and n.case == "gen" for n in possible):
        return False
    before = sentence.tokens[max(0, at - 5) : at]
    return any(word.text[-1:].isdigit() or any(a.pos == "NUMR" for a in analyses(word.text)) for word in before)


def _coordinated(
    sentence: Sentence, at: int, head: int, readings: Iterable[Analysis], possible: Iterable[Analysis]
) -> bool:
    """внутренний и внешний рынки; новые завод и фабрика; юго-восточная и северная части."""
    joined = any(token.rel == "conj" and token.head in (at, head) for token in sentence.tokens)
    joined = (
        joined
        or sentence.tokens[at].rel == "conj"
        or any(fold(word.text) in ("и", "или", ",") for word in sentence.tokens[max(0, at - 3) : at])
    )
    return joined and any(same_case(a.case, n.case) and a.number != n.number for a in readings for n in possible)


def _governed(sentence: Sentence, at: int, place: int) -> frozenset[str]:
    """Cases taken by the preposition before the attribute or the verb above the noun; empty where neither tells."""
    tokens = sentence.tokens
    before = preposition_cases(tokens, at - 1) if at else None
    if before is not None:
        return before[1]
    up = tokens[place].head
    return frozenset(table("government", "verb").get(tokens[up].lemma, "").split()) if up >= 0 else frozenset()


def _attribute_fix(
    token: Token,
    head: Token,
    readings: tuple[Analysis, ...],
    possible: tuple[Analysis, ...],
    governed: frozenset[str],
) -> tuple[str | None, str]:
    """The noun in the attribute's cell where gender allows it and the tree agrees; else the attribute in the noun's."""
    wanted = head.feats.get("case", "")
    genders = {n.gender for n in possible}
    settled = bool(governed & cases_of(possible)) and not governed & cases_of(readings)
    for a in () if settled else readings:
        if a.number != "sg" or a.gender not in genders or a.case not in (wanted, token.feats.get("case", "")):
            continue
        if not any(same_case(n.case, a.case) and n.number == "sg" for n in possible):
            made = inflect_word(head.text, a.case, "sg", pos="NOUN")
            if made and fold(made) != fold(head.text):
                return made, "head"
    own = token.feats.get("case")
    ranked = sorted(possible, key=lambda n: (n.case not in governed, n.case != wanted, n.case != own, -n.score))
    n = ranked[0]
    return put(token.text, n.case, n.number, n.gender, bool(n.animate)), "token"


def put(word: str, case: str, number: str, gender: str, animate: bool | None) -> str | None:
    """An adjective or participle in a cell, with the capitals of `word`."""
    case = "prp" if case == "loc" else case
    for parse_ in parses(word):
        if str(parse_.tag.POS) in ADJECTIVAL:
            made = inflected(parse_, case, number, gender if gender in ("m", "f", "n") else "m", animate)
            if made:
                return like(word, unyo(word, made))
    return None
