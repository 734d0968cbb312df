"""Russian words and trees, as the enforcer asks for them: word groups, cases, what hangs on what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.enforce.view import OPENERS, STOPS
from pipeline.languages.russian.analyse import Token, analyses, lemmas, tokenise
from pipeline.languages.russian.tables import lines, table
from pipeline.model import Span

NAMES = {
    "nom": "nominative",
    "gen": "genitive",
    "dat": "dative",
    "acc": "accusative",
    "ins": "instrumental",
    "prp": "prepositional",
}
NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NUMR", "NPRO"))
ADJECTIVAL = frozenset(("ADJF", "PRTF"))


@cache
def words(group: str) -> frozenset[str]:
    """A group of languages/russian/data/demand.tsv."""
    return frozenset(word for name, row in _rows() if name == group for word in row)


@cache
def governed(group: str) -> dict[str, tuple[str, ...]]:
    """word -> cases, of the prepositions ("prep") or verbs ("verb") of demand.tsv."""
    return {word: tuple(name.split()[1:]) for name, row in _rows() if name.split()[0] == group for word in row}


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = []
    for line in lines("demand"):
        name, _, row = line.partition("\t")
        rows.append((name, tuple(row.split())))
    return tuple(rows)


def cases_of(token: Token, pos: Iterable[str] = NOMINAL) -> frozenset[str]:
    wanted = frozenset(pos)
    return frozenset(a.case for a in analyses(token.text) if a.pos in wanted and a.case)


def token_at(text: str, at: int) -> Any:
    """The parsed word that starts at `at` (see languages.russian.syntax.Token), or None."""
    from pipeline.languages.russian.syntax import parse

    for sentence in parse(text):
        if sentence.start <= at < sentence.end:
            return next((token for token in sentence.tokens if token.start == at), None)
    return None


def tagged(text: str, at: int) -> str:
    """The case in which the sentence as a whole reads the word that starts at `at`; "" where it tells none."""
    token = token_at(text, at)
    return str(token.feats.get("case", "")) if token is not None else ""


def governors(text: str, at: int) -> frozenset[str]:
    """Lemmas of the words above the one at `at` in the tree, up to the first verb."""
    from pipeline.languages.russian.syntax import parse

    for sentence in parse(text):
        if sentence.start <= at < sentence.end:
            index = sentence.at(at)
            found: set[str] = set()
            for _ in range(3):
                index = sentence.tokens[index].head if index < len(sentence.tokens) else -1
                if index < 0:
                    break
                found |= lemmas(sentence.tokens[index].text)
                if sentence.tokens[index].pos == "VERB":
                    break
            return frozenset(found)
    return frozenset()


def after_generic(text: str, span: Span) -> bool:
    """Does the word before the span, quotes aside, say what kind of thing bears the name?"""
    tokens = [token for token in tokenise(text) if token.end <= span.start and token.text not in OPENERS]
    if not tokens or not tokens[-1].is_word:
        return False
    if analyses(tokens[-1].text)[0].pos in ("PREP", *ADJECTIVAL):
        return False
    generic = words("generic") | words("named") | set(table("words", "generic")) | set(table("words", "settlement"))
    first = len(tokens) == 1 or tokens[-2].text in STOPS
    capital = tokens[-1].text[:1].isupper() and not (first and _common(tokens[-1].text))
    if bool(lemmas(tokens[-1].text) & generic) or capital:
        return True
    pair = len(tokens) > 1 and tokens[-2].is_word and any(a.case == "gen" for a in analyses(tokens[-1].text))
    return pair and bool(lemmas(tokens[-2].text) & (generic | words("checkpoint")))  # «пункт пропуска Маньчжурия»


def _common(word: str) -> bool:
    """Is it a common noun of the dictionary («Парламент»), for a thing?"""
    best = analyses(word)[0]
    return best.known and best.pos == "NOUN" and not best.animate and not best.grammemes & _PROPER


_PROPER = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"))


def of_action(word: str) -> bool:
    """Is the word a noun of action, which governs like its verb («использование», «реализация», «строительство»)?"""
    return any(
        a.pos == "NOUN"
        and (a.lemma.endswith(("ние", "тие", "зация")) or a.lemma in ("строительство", "защита", "поддержка"))
        for a in analyses(word)
    )


def hangs_on(text: str, span: Span, at: int) -> bool:
    """Does the tree hang the words at `span` on the noun that starts at `at`, and make no subject of them?"""
    from pipeline.languages.russian.syntax import parse

    for sentence in parse(text):
        if not sentence.start <= span.start < sentence.end:
            continue
        inside = [n for n, token in enumerate(sentence.tokens) if token.end > span.start and token.start < span.end]
        heads = [n for n in inside if sentence.tokens[n].head not in inside]
        if not heads or any(sentence.tokens[n].rel.startswith(("nsubj", "appos", "root", "conj")) for n in heads):
            return False
        above = sentence.tokens[heads[0]].head
        return above >= 0 and sentence.tokens[above].start == at
    return False
