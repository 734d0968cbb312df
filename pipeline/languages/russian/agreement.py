"""Agreement and government errors in running Russian text.

A word is only reported when none of its dictionary readings fits its neighbours and the tree says that they belong
together; ambiguous or unlisted words are passed over. Kinds: adjective, numeral, preposition, government, predicate,
relative, undeclined.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.languages.russian.analyse import fold
from pipeline.languages.russian.attributes import attributes
from pipeline.languages.russian.complements import chains, complements, numerals, prepositions
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement, disagreement
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import predicates, relatives
from pipeline.languages.russian.syntax import Sentence, parse

__all__ = ["Disagreement", "errors", "undeclined"]

_CHECKS = (attributes, numerals, prepositions, complements, chains, predicates, relatives)


def errors(text: str | Sentence) -> tuple[Disagreement, ...]:
    """Everything that does not agree in a text or in one parsed sentence, in order of place, one for each word."""
    found: dict[tuple[int, int], Disagreement] = {}
    for sentence in parse(text) if isinstance(text, str) else (text,):
        for check in _CHECKS:
            for error in check(sentence):
                found.setdefault((error.start, error.end), error)
    return tuple(found[key] for key in sorted(found))


def undeclined(sentence: Sentence, names: Mapping[str, Paradigm]) -> tuple[Disagreement, ...]:
    """Names left in the dictionary form where an oblique case is due: «развитие Чанчунь», «в Чанчунь находится».

    names: dictionary form -> paradigm; indeclinable ones are passed over. Only names of one word are looked for.
    """
    from pipeline.languages.russian.government import demanded

    found = []
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        known = names.get(token.text)
        if known is None or known.indeclinable or fold(known.cells["nom"]) != fold(token.text):
            continue
        demand = demanded(sentence, (token.start, token.end), "person" if known.animate else "place")
        if not demand.sure or demand.case in known.cells_of(token.text):
            continue
        right = known.cells[demand.case]
        governor = tokens[at - 1] if at else token
        found.append(
            disagreement(
                token,
                governor,
                "undeclined",
                f"“{token.text}” should be in the {CASE_NAMES[demand.case]}: {demand.cause}",
                right,
                True,
            )
        )
    return tuple(found)
