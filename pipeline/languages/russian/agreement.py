"""Agreement and government errors in running Russian text.

A word is only reported when none of its dictionary readings fits its neighbours and the tree says that they belong
together; ambiguous or unlisted words are passed over. Kinds: adjective, numeral, preposition, government, predicate,
relative, undeclined.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.languages.russian.attributes import attributes
from pipeline.languages.russian.complements import chains, complements, numerals, pairs, prepositions
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement
from pipeline.languages.russian.government import demanded
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import predicates, relatives
from pipeline.languages.russian.syntax import Sentence, Token, parse
from pipeline.languages.russian.tables import table

__all__ = ["Disagreement", "errors", "undeclined"]

_CHECKS = (attributes, numerals, prepositions, complements, pairs, chains, predicates, relatives)


def errors(text: str | Sentence) -> tuple[Disagreement, ...]:
    """Everything that does not agree in a text or in one parsed sentence, in order of place, one for each word."""
    found: dict[tuple[int, int], Disagreement] = {}
    for sentence in parse(text) if isinstance(text, str) else (text,):
        for check in _CHECKS:
            for error in check(sentence):
                found.setdefault((error.start, error.end), error)
    return tuple(found[key] for key in sorted(found))


def undeclined(sentence: Sentence, names: Mapping[str, Paradigm]) -> tuple[Disagreement, ...]:
    """Names left in the dictionary form where an oblique case is due: «развитие Чанчунь», «встреча с Ли Цян».

    names: dictionary form -> paradigm; indeclinable ones are passed over. Names inside guillemets and names whose
    place is in doubt are not reported.
    """
    found = []
    tokens = sentence.tokens
    widest = max((name.count(" ") + 1 for name in names), default=0)
    at = 0
    while at < len(tokens):
        width, known = _longest(tokens, at, names, widest)
        if known is None:
            at += 1
            continue
        first, last = tokens[at], tokens[at + width - 1]
        before = tokens[at - 1] if at else first
        at += width
        kind_word = before.lemma in table("words", "settlement") or before.lemma in table("words", "generic")
        if known.indeclinable or before.text in '«„“".' or kind_word:
            continue  # «города Чанчунь» is admitted
        demand = demanded(sentence, (first.start, last.end), "person" if known.animate else "place")
        if not demand.sure or demand.case not in known.cells or demand.case in known.cells_of(known.cells["nom"]):
            continue
        name = known.cells["nom"]
        message = f"“{name}” should be in the {CASE_NAMES[demand.case]}: {demand.cause}"
        found.append(Disagreement(first.start, last.end, before.start, before.end, "undeclined", message,
                                  known.cells[demand.case], True))  # fmt: skip
    return tuple(found)


def _longest(
    tokens: tuple[Token, ...], at: int, names: Mapping[str, Paradigm], widest: int
) -> tuple[int, Paradigm | None]:
    """Number of words and paradigm of the longest name that begins at `at`, in its dictionary form."""
    if not tokens[at].text[:1].isupper():
        return 0, None
    for width in range(min(widest, len(tokens) - at), 0, -1):
        known = names.get(" ".join(token.text for token in tokens[at : at + width]))
        if known is not None:
            return width, known
    return 0, None
