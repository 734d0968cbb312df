"""The word for one of several, which has the gender of their noun: «[каждая] из девяти турбин» -> «[каждый] из девяти
ветрогенераторов», with its predicate («одна из турбин [остановилась]») and the clause behind («[которая] стояла»)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.enforce import place
from pipeline.enforce.result import by_agreement
from pipeline.enforce.tree import governed, tagged
from pipeline.enforce.view import STOPS, View
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, inflect_word, lemmas
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import predicate
from pipeline.model import Edit, Span, Term

_SAYS = ("VERB", "PRTS", "ADJS")
_CHOOSES = frozenset(
    ("каждый", "один", "любой", "какой-либо", "какой-нибудь", "какой-то", "последний", "единственный", "самый",
     "другой", "второй", "третий", "первый", "некий", "который", "какой")
)  # fmt: skip
_LINKS = frozenset(("быть", "стать", "остаться", "оказаться"))


def edits(span: Span, old: str, new: Paradigm, view: View, term: Term) -> list[Edit]:
    """The changes before «из» and behind the span, a genitive plural of another gender than the `old` words there."""
    if old not in ("m", "f", "n") or new.gender not in ("m", "f", "n") or old == new.gender:
        return []
    row = [token for token in view.tokens if token.end <= span.start]
    at = place.before_attributes(row)
    if at >= 0 and any(a.pos == "NUMR" and a.case == "gen" for a in analyses(row[at].text)):
        at -= 1
    at = at if at >= 0 and row[at].text.lower() in ("из", "изо") else -1
    found: list[Token] = []
    while at > 0 and _of(row[at - 1], old):
        at -= 1
        found.append(row[at])
    if not any(lemmas(token.text) & _CHOOSES or _ranks(token) for token in found):
        return []  # «Куртка теплая из [тканей]»
    cases = {a.case for a in _of(found[0], old)}
    read_as = tagged(view.text, found[0].start)
    case = read_as if read_as in cases else "nom" if "nom" in cases else min(cases)
    changed = [(t, inflect_word(t.text, case, "sg", new.gender, new.animate, "ADJF")) for t in found]
    behind = [token for token in view.tokens if token.start >= span.end]
    clause, rest = _clause(behind)
    if clause:
        apposed = _apposed(clause, old, case, new)
        if apposed is None:
            return []
        changed += apposed
    if case == "nom":
        verbs = _verbs(rest, old) or _verbs(row[max(0, at - 1) : at], old)
        if clause and not verbs:
            return []  # what is said of it could not be told: all stays of one gender
        changed += [(verb, predicate(verb.text, "sg", new.gender)) for verb in verbs]
    return [
        Edit(token.start, token.end, token.text, made, term.id, by_agreement(new.text))
        for token, made in changed
        if made and made != token.text and view.free(Span(token.start, token.end))
    ]


def _clause(row: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The relative or participial clause right behind the term, its comma left out, and what follows it; no clause
    where none stands there. What has commas of its own ends at the first."""
    if not row or row[0].text != ",":
        return (), row
    end = next((at for at, token in enumerate(row) if at and (token.text == "," or token.text in STOPS)), len(row))
    return row[1:end], row[end + 1 :] if end < len(row) and row[end].text == "," else ()


def _apposed(clause: Sequence[Token], gender: str, case: str, new: Paradigm) -> list[tuple[Token, str | None]] | None:
    """How the clause is said of the new word: «которая» or a participle in the singular and what agrees with it. None
    where that is not plain: another pronoun, a case that has two readings, a second subject. A clause that is said of
    the many («которые стояли», «купленных весной») stays."""
    which = next((token for token in clause[:2] if "который" in lemmas(token.text)), None)
    first = which or next(iter(clause), None)
    readings = [a for a in analyses(first.text) if a.pos == ("ADJF" if which else "PRTF")] if first else []
    if first is None or not readings:
        return None
    if all(a.number == "pl" for a in readings):
        return []
    cases = {a.case for a in readings if a.number == "sg" and a.gender == gender}
    if which is not None:
        asked = governed("prep").get(fold(clause[0].text), cases) if which is not clause[0] else cases
        cases = cases.intersection(asked)
    else:
        cases &= {case}
    if len(cases) != 1:
        return None
    own = next(iter(cases))
    changed = [(first, inflect_word(first.text, own, "sg", new.gender, new.animate, readings[0].pos))]
    if which is None or own != "nom":
        return changed
    verbs = _verbs(clause[clause.index(which) + 1 :], gender)
    if len(verbs) != sum(_says(token, gender) for token in clause):
        return None
    return [*changed, *((verb, predicate(verb.text, "sg", new.gender)) for verb in verbs)]


def _says(token: Token, gender: str) -> bool:
    """Is it a past tense or short form in the singular of that gender?"""
    first = analyses(token.text)[0] if token.is_word else None
    return first is not None and first.pos in _SAYS and first.number == "sg" and first.gender == gender


def _of(token: Token, gender: str) -> list[Analysis]:
    """Its readings as an adjective in the singular of that gender, where it is one («каждая», «старейшее»)."""
    readings = analyses(token.text) if token.is_word else ()
    mine = [a for a in readings if a.pos == "ADJF" and a.number == "sg" and a.gender == gender]
    return mine if mine and readings[0].pos == "ADJF" else []


def _ranks(token: Token) -> bool:
    """Is it an ordinal or a superlative («пятая», «крупнейшая»)?"""
    return any({"Anum", "Supr"} & a.grammemes for a in analyses(token.text))


def _verbs(row: Sequence[Token], gender: str) -> list[Token]:
    """The first word that says something, where it agrees with a subject of that gender and no other stands before, and
    the short form behind a linking verb («[была повреждена]») or one joined by «и» («[остановилась] и [сломалась]»)."""
    for at, token in enumerate(row):
        readings = analyses(token.text) if token.is_word else ()
        if not readings or (readings[0].pos == "NOUN" and readings[0].case == "nom"):
            break
        if readings[0].pos not in _SAYS:
            continue
        if readings[0].number != "sg" or readings[0].gender != gender:
            break
        linking = readings[0].pos == "VERB" and readings[0].lemma in _LINKS
        linked = _verbs(row[at + 1 : at + 2], gender) if linking else []
        joined = [word for left, word in pairwise(row[at + 1 :]) if left.text == "и" and _says(word, gender)]
        return [token, *linked, *joined[:1]]
    return []
