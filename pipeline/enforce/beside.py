"""Signs beside a Russian term that tell whether it may stand in its case."""

from __future__ import annotations

from pipeline.enforce import standing, subject
from pipeline.enforce.view import View
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import Token, analyses, fold, tokenise
from pipeline.languages.russian.near import TIMES
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.languages.russian.spans import sentence_of


def adjectival(found: Found) -> bool:
    """Is the term one word that may be an adjective or a participle, so that another word may be its noun: «на
    [Хабаровском] процессе», «прививки [бесплатные]»?"""
    words = found.surface.text.split()
    return len(words) == 1 and any(a.pos in ("ADJF", "PRTF") for a in analyses(words[0]))


def is_time(made: Paradigm) -> bool:
    """Is its head a time: a year, an hour, an evening?"""
    words = tokenise(made.text)
    return bool(words) and any(a.lemma in TIMES for a in analyses(words[min(made.head, len(words) - 1)].text))


def adjunct(found: Found, made: Paradigm, view: View) -> bool:
    """Is it a time («сорок [лет]»), or an instrumental in a sentence where something is done by somebody?"""
    if is_time(made):
        return True
    if {cell.partition(".")[0] for cell in found.surface.cells} != {"ins"}:
        return False
    first = (analyses(token.text)[0] for token in view.tokens if token.is_word)
    return any("pssv" in a.grammemes or a.pos == "PRTS" for a in first)


def alone(found: Found, view: View) -> bool:
    """Does nothing tell the term's case: it is all but one word of its sentence, or begins one without a verb?"""
    sentence = sentence_of(view.text, (found.span.start, found.span.end))
    words = [token for token in sentence.tokens if token.text[:1].isalpha()] if sentence is not None else []
    others = [token for token in words if token.end <= found.span.start or token.start >= found.span.end]
    verb = any(a.pos in ("VERB", "INFN", "PRTS") for token in others for a in analyses(token.text)[:1])
    return len(others) < _OTHERS or not (verb or others[0].end <= found.span.start)


_OTHERS = 2  # words of a sentence, besides the term, that tell something


def joined(found: Found, view: View) -> bool:
    left = view.before(found.span.start)
    return left is not None and (left.text == "," or fold(left.text) in ("и", "или", "а", "но"))


def may_stand(found: Found, view: View, made: Paradigm) -> bool:
    """Do other signs say that the dictionary form stands there rightly: a predicate that agrees with it alone, an
    adjective that agrees with it across its complement, a question for the object, a new part of a list?"""
    left = view.before(found.span.start)
    if left is not None and left.text in (";", ":"):
        return True
    if left is not None and _acts(left, found, made):
        return True
    if left is not None and (standing.of_an_adjective(left, found, view) or standing.asked(found, view)):
        return True
    right = view.after(found.span.end)
    if right is not None and any(a.gender and a.pos in ("VERB", "PRTS", "ADJS") for a in analyses(right.text)[:1]):
        return subject.surely(found.span, view) or _acts(right, found, made)  # «[вымя] должно быть …»
    return subject.surely(found.span, view)


def _acts(left: Token, found: Found, made: Paradigm) -> bool:
    """Does a verb right beside agree with the term as its subject: «марки завоевала [частная экономика]»?"""
    many = made.number == "pl" or all(cell.endswith(".pl") for cell in found.surface.cells)
    verbs = [a for a in analyses(left.text) if a.pos in ("VERB", "PRTS", "ADJS") and a.grammemes.isdisjoint(_ADDRESSED)]
    return any(predicate_fits(a, "pl" if many else "sg", made.gender) for a in verbs)


_ADDRESSED = frozenset(("impr", "1per", "2per"))  # «пригласите [свидетели]»


def handed(view: View, start: int) -> bool:
    """Does a verb with an object stand before, and a preposition behind it, so that the dative is the one to whom
    something is given («представить доклад о работе [собранию]»)?"""
    verb = led = False
    for token in (token for token in view.tokens if token.is_word and token.end <= start):
        first = analyses(token.text)[0]
        verb = verb or (first.pos in ("VERB", "INFN", "GRND") and "tran" in first.grammemes)
        led = verb and (led or first.pos == "PREP")
    return led
