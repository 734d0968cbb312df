"""Participles and superlatives that stand before a Russian noun with a phrase of their own between."""

from __future__ import annotations

from typing import Any

from pipeline.enforce.tree import NAMES, cases_of, governed
from pipeline.languages.russian.analyse import Token, analyses, fold
from pipeline.languages.russian.reading import agree
from pipeline.model import Span


def cases(tokens: tuple[Token, ...], index: int, span: Span) -> tuple[str, ...]:
    """The cases of a participle with a phrase between it and the span, where no other noun follows that it may belong
    to: «Вступившее в силу [решение] было исполнено»."""
    at = index
    doer = index > 0 and "ins" in cases_of(tokens[index], ("NOUN",)) and passive(tokens[index - 1])
    while at > 0 and not doer and fold(tokens[at].text) not in governed("prep"):  # or «Снятый спутником [выброс]»
        if not tokens[at].is_word or analyses(tokens[at].text)[0].pos in ("VERB", "CONJ", "PRTF"):
            return ()
        at -= 1
    led = analyses(tokens[at - 1].text) if at > 0 else ()
    if any(a.pos == "NOUN" for a in led):
        return ()  # «обменялись данными по …»
    first = [a for a in led if a.pos == "PRTF" or "Supr" in a.grammemes]  # «На старейшей в регионе [верфи]»
    if not first or (at > 1 and tokens[at - 2].is_word and any(a.pos == "NOUN" for a in analyses(tokens[at - 2].text))):
        return ()
    nouns = [token for token in tokens[at : index + 1] if analyses(token.text)[0].pos == "NOUN"]
    if any(_agrees(token, first) for token in nouns[1:]):  # the first is the preposition's
        return ()  # «Прибывший на выставку министр [торговли]»
    if at > 2 and tokens[at - 2].text == "," and _behind(tokens[: at - 2], first):
        return ()
    for token in (token for token in tokens if token.start >= span.end):
        if not token.is_word or analyses(token.text)[0].pos in ("VERB", "PRTS"):
            break
        if shares(token, first):
            return ()
    taken = governed("prep").get(fold(tokens[at - 2].text), tuple(NAMES)) if at > 1 else tuple(NAMES)
    return tuple(case for case in NAMES if case in taken and case in {a.case for a in first})


def _behind(before: tuple[Token, ...], participles: list[Any]) -> bool:
    """Does the participle stand behind its noun, after the comma («Данные, опубликованные в среду [бюро]»)?"""
    for token in reversed(before):
        if not token.is_word or analyses(token.text)[0].pos in ("VERB", "PREP", "CONJ"):
            return False
        if shares(token, participles):
            return True
    return False


def _agrees(noun: Token, participles: list[Any]) -> bool:
    """Can one of the participles belong to the noun?"""
    return any(a.pos == "NOUN" and agree(p, a) for a in analyses(noun.text) for p in participles)


def passive(token: Token) -> bool:
    """May the word be a passive participle?"""
    return any(a.pos == "PRTF" and "pssv" in a.grammemes for a in analyses(token.text))


def shares(noun: Token, participles: list[Any]) -> bool:
    """Can the noun stand in the case and number of one of the participles?"""
    return any(
        a.pos in ("NOUN", "ADJF") and a.case == p.case and a.number == p.number
        for a in analyses(noun.text)
        for p in participles
    )


def object_of(tokens: tuple[Token, ...], index: int) -> tuple[str, ...]:
    """The cases of the object of the active participle at `index`: «заводам, имеющим [разрешение]», «не имеющим
    [разрешения]»; none where it is no such participle."""
    mine = [a for a in analyses(tokens[index].text) if a.pos == "PRTF"]
    if not mine or not all({"actv", "tran"} <= a.grammemes for a in mine):
        return ()
    denied = index > 0 and fold(tokens[index - 1].text) == "не"
    return ("gen",) if denied else ("acc",)
