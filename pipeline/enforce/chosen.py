"""The word for one of several, which has the gender of their noun: «[каждая] из девяти турбин» -> «[каждый] из девяти
ветрогенераторов», with its predicate («одна из турбин [остановилась]»)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.enforce import place
from pipeline.enforce.tree import tagged
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import Analysis, Token, analyses, inflect_word, lemmas
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
    if case == "nom":
        verbs = _verbs([token for token in view.tokens if token.start >= span.end], old)
        verbs = verbs or _verbs(row[max(0, at - 1) : at], old)
        changed += [(verb, predicate(verb.text, "sg", new.gender)) for verb in verbs]
    return [
        Edit(token.start, token.end, token.text, made, term.id, f"agrees with «{new.text}»")
        for token, made in changed
        if made and made != token.text and view.free(Span(token.start, token.end))
    ]


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
    the short form behind a linking verb («[была повреждена]»)."""
    for at, token in enumerate(row):
        readings = analyses(token.text) if token.is_word else ()
        if not readings or (readings[0].pos == "NOUN" and readings[0].case == "nom"):
            break
        if readings[0].pos not in _SAYS:
            continue
        if readings[0].number != "sg" or readings[0].gender != gender:
            break
        linking = readings[0].pos == "VERB" and readings[0].lemma in _LINKS
        return [token, *(_verbs(row[at + 1 : at + 2], gender) if linking else [])]
    return []
