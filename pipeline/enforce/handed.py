"""What a verb has to somebody: its object handed over («вручил награду»), the passive («внимание было уделено»), and by
whom («опубликована в понедельник [канцелярией]»)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.enforce.tree import words
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, lemmas
from pipeline.languages.russian.reading import first_nouns
from pipeline.languages.russian.tables import table


def verb_lemmas(token: Token) -> list[str]:
    """Infinitives of the verbs that a participle can come from."""
    return [a.lemma.replace("ё", "е") for a in analyses(token.text) if a.pos in ("PRTF", "PRTS")]


def paired(tokens: Sequence[Token], index: int) -> bool:
    """Is it the passive of a verb with the noun that it has to somebody or something: «внимание было уделено»?"""
    pairs = table("government", "pair")
    return any(
        pairs.get(f"{verb}_{noun}") == "dat"
        for token in tokens[max(0, index - 5) : index]
        if token.is_word
        for noun in lemmas(token.text)
        for verb in verb_lemmas(tokens[index])
    )


def verb_of(tokens: Sequence[Token], index: int) -> str:
    """The verb of which the noun is the object, where that is handed to somebody («вручил награду»); else ""."""
    if not any(a.pos == "NOUN" and a.case == "acc" and not a.animate for a in analyses(tokens[index].text)):
        return ""
    at = index - 1
    while at >= 0 and analyses(tokens[at].text)[0].pos == "ADJF":
        at -= 1
    verb = tokens[at] if at >= 0 else None
    return verb.text if verb is not None and lemmas(verb.text) & words("handing") else ""


def has_subject(tokens: Sequence[Token], index: int) -> bool:
    """Does the subject of a short participle stand right before it («Книга опубликована [канцелярией]»)?"""
    noun = tokens[index - 1] if index else None
    short = [a for a in analyses(tokens[index].text) if a.pos == "PRTS"]
    found = [a for a in analyses(noun.text) if a.pos == "NOUN" and a.case == "nom"] if noun is not None else []
    return any(a.number == n.number and (a.number == "pl" or a.gender == n.gender) for a in short for n in found)


def time_phrase(tokens: Sequence[Token], index: int) -> int:
    """Where «в понедельник», «в прошлом году» begins that ends at `index`, behind a passive; 0 for none."""
    if lemmas(tokens[index].text).isdisjoint(words("time")):
        return 0
    at = index - 1
    if at > 0 and analyses(tokens[at].text)[0].pos == "ADJF":
        at -= 1
    led = at > 0 and fold(tokens[at].text) in ("в", "во")
    return at if led and any(a.pos == "PRTS" for a in analyses(tokens[at - 1].text)[:1]) else 0


def takes(readings: Sequence[Analysis], inside: Sequence[str]) -> bool:
    """Is it a participle in the plural that takes the noun, a singular, as its object: «с порочащими [ислам] …»?"""
    if not all(a.pos == "PRTF" and {"actv", "tran"} <= a.grammemes and a.number == "pl" for a in readings):
        return False
    nouns = first_nouns(inside)
    return bool(nouns) and all(a.number == "sg" for a in nouns)
