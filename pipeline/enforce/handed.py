"""What a verb has to somebody: its object handed over («вручил награду»), and the passive («внимание было уделено»)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.enforce.tree import words
from pipeline.languages.russian.analyse import Token, analyses, lemmas
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
