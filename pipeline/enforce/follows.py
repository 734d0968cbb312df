"""Did a word beside a replaced term agree with what stood there, so that it has to follow the new words?"""

from __future__ import annotations

import re

from pipeline.enforce import place, pronouns
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import analyses, fold, is_known, tokenise
from pipeline.languages.russian.paradigm import Paradigm, paradigm
from pipeline.languages.russian.reading import coordinate
from pipeline.model import Term

_WOMAN = re.compile("(?:[ая]я|ница|иня|есса)$")  # заведующая, настоятельница; not глава, судья


def relates(word: str, before: str, candidate: Candidate, term: Term) -> bool:
    """Did «который» agree with what stood `before`?"""
    if candidate.same:
        return term.kind == "person" and bool(term.gender)
    if not candidate.inflects:
        return True
    old = paradigm(candidate.base or before, "", "term")
    plural = old.number == "pl" or plural_there(candidate, before)
    return any(
        a.number == "pl" if plural else a.number == "sg" and a.gender in ("", old.gender) for a in analyses(word)
    )


def agreed(word: str, before: str, candidate: Candidate, new: Paradigm, term: Term, view: View) -> bool:
    """Did a dependent `word` agree with what stood `before`, so that it has to follow the new head?

    What had no gender (a foreign word) or is the same name in other letters asks no change of a predicate, unless the
    entry tells a person's sex.
    """
    predicate = any(a.pos in ("VERB", "PRTS", "ADJS") for a in analyses(word)) and analyses(word)[0].pos not in (
        "ADJF",
        "PRTF",
    )
    if not predicate:
        return True
    if term.kind == "person" and term.gender:
        return any(a.gender in ("m", "f") and a.number == "sg" for a in analyses(word) if a.pos in ("VERB", "PRTS"))
    if candidate.same and term.kind == "place" and is_known(new.text) and " " not in before:
        return any(a.number == "sg" and a.gender == "m" for a in analyses(word))  # Усулицзян начал: Уссури начала
    if new.animate and new.gender == "f" and candidate.inflects and _WOMAN.search(new.cells["nom"].split()[0]):
        return any(a.number == "sg" and a.gender == "m" for a in analyses(word))
    old = paradigm(candidate.base or before, "", "term")  # it stands in the nominative, or there is no predicate
    beast = new.animate and term.kind == "term"  # the sex of a person is the person's, whatever the word
    by_word = new.gender == "m" and old.gender in ("f", "n")  # «Проводница вышла»
    worded = by_word and not pronouns.woman(candidate.span, view)
    person = new.animate and not beast and not worded
    if not candidate.inflects or person or (candidate.same and not _renamed(before, new, term)):
        return False
    number = "pl" if plural_there(candidate, before) else old.number
    several = coordinate(before)  # «нагрев и мощность позволят»
    return any(
        (several and a.number == "pl")
        or (a.number == number and (number == "pl" or not a.gender or a.gender == old.gender))
        for a in analyses(word)
        if a.pos in ("VERB", "PRTS", "ADJS")
    )


def plural_there(candidate: Candidate, before: str) -> bool:
    """Is what stood there a plural by what agrees in it («танские саньцаи»)?"""
    cells = place.own(before)
    return bool(cells) and all(cell.endswith(".pl") for cell in cells)


def _renamed(before: str, new: Paradigm, term: Term) -> bool:
    """Has the name of a place or body that is spelt in another way another head, too («автономная [область] …»)?"""
    if term.kind not in ("place", "body") or " " not in before:
        return False
    heads = [a for token in tokenise(before) for a in analyses(token.text)[:1] if a.pos == "NOUN" and a.known]
    return bool(heads) and not heads[0].animate and heads[0].lemma not in {fold(w) for w in new.cells["nom"].split()}
