"""Can a nominative or accusative stand at a place: is there a predicate without subject, a verb without object?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from pipeline.languages.russian.analyse import analyses
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.languages.russian.reading import nouns
from pipeline.languages.russian.syntax import Sentence, Token

_EDGES: Final = frozenset(",;:()—–")


def region(sentence: Sentence, inside: Collection[int]) -> range:
    """Indices of the words between the marks of punctuation around a span."""
    tokens = sentence.tokens
    start, end = min(inside), max(inside)
    while start > 0 and tokens[start - 1].text not in _EDGES:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].text not in _EDGES:
        end += 1
    return range(start, end + 1)


def subject_possible(sentence: Sentence, inside: Collection[int], head: int, strict: bool = False) -> bool:
    """Can the span be the subject: of a predicate that agrees and has no other, or where there is no verb at all?

    `strict`: without a verb only what begins the clause can.
    """
    tokens = sentence.tokens
    part = region(sentence, inside)
    dash = any(token.text in ("—", "–") for token in tokens) and (not strict or part.start == min(inside))
    if dash or (tokens[head].rel == "conj" and not strict):
        return True
    verbs = [at for at in part if at not in inside and _finite(tokens[at])]
    if not verbs:
        part = range(len(tokens))
        verbs = [at for at in part if at not in inside and _finite(tokens[at])]
    if not verbs:
        return not strict or part.start == min(inside)
    forms = [n for n in analyses(tokens[head].text) if n.pos in ("NOUN", "NPRO", "ADJF", "PRTF") and n.case == "nom"]
    for verb in verbs:
        readings = [a for a in analyses(tokens[verb].text) if a.pos in ("VERB", "PRTS", "ADJS", "PRED")]
        agreeing = [a for a in readings if any(predicate_fits(a, n.number, n.gender) for n in forms)]
        if agreeing and not any(_subject(tokens[at], at, part, inside, verb, sentence) for at in part):
            return True
    return False


def _finite(token: Token) -> bool:
    if token.pos not in ("VERB", "AUX", "ADJ"):
        return False
    readings = analyses(token.text)
    return bool(readings) and all(a.pos in ("VERB", "PRTS", "ADJS", "PRED") for a in readings)


def _subject(token: Token, at: int, part: range, inside: Collection[int], verb: int, sentence: Sentence) -> bool:
    """Is the word a nominative outside the span that serves the verb already?"""
    if at in inside or at == verb or not token.text[:1].isalpha():
        return False
    own = token.head == verb and token.rel.startswith("nsubj") and token.feats.get("case") == "nom"
    listed = nouns(token.text)
    only = bool(listed) and all(n.case == "nom" for n in listed)
    personal = any(a.pos == "NPRO" and a.case == "nom" for a in analyses(token.text))
    if not (own or only or personal):
        return False
    verbal = [a for a in analyses(sentence.tokens[verb].text) if a.pos in ("VERB", "PRTS", "ADJS", "PRED")]
    nominal = [n for n in analyses(token.text) if n.case == "nom"]
    return not nominal or any(predicate_fits(a, n.number or a.number, n.gender) for a in verbal for n in nominal)


def object_possible(sentence: Sentence, inside: Collection[int]) -> bool:
    """Is there a transitive verb, gerund, infinitive or active participle near the span without another object?"""
    tokens = sentence.tokens
    for at in region(sentence, inside):
        if at in inside or not tokens[at].text[:1].isalpha():
            continue
        readings = analyses(tokens[at].text)
        transitive = any(
            "tran" in a.grammemes and a.pos in ("VERB", "INFN", "GRND", "PRTF") and "pssv" not in a.grammemes
            for a in readings
        )
        if transitive and not _served(sentence, inside, at):
            return True
    return False


def _served(sentence: Sentence, inside: Collection[int], verb: int) -> bool:
    """Has the verb a bare accusative outside the span?"""
    tokens = sentence.tokens
    for at in sentence.children(verb):
        token = tokens[at]
        if at in inside or token.rel != "obj" or token.feats.get("case") != "acc":
            continue
        if not any(tokens[child].rel == "case" for child in sentence.children(at)):
            return True
    return False
