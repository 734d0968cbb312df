"""A right term in a form that the numeral or the adjective right before it refuses: «22 снегоходов», «25 снегохода»,
«трехмесячных казначейский вексель».

After two, three, four in the nominative or accusative stands the genitive singular, after one the singular, after other
numbers the genitive plural; in the other cases the plural of the case (Russkaya grammatika 1980, § 1370).
"""

from __future__ import annotations

import re

from pipeline.enforce import context, pieces, place, russian, standing, tree
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.model import Span, Term

_KINDS = ("term", "title", "body")
_FIGURES = re.compile(r"\d{1,3}|[1-9]\d{4,}|(?:[2-9]\d|1[0-8])\d\d")  # no years
_BARE = frozenset(("nom", "nom.pl", "acc", "acc.pl", "gen", "gen.pl", forms.PAUCAL))
_OBLIQUE = ("dat", "ins", "prp")
_MUCH = frozenset(("много", "немного", "мало", "немало", "сколько", "столько"))
_GENITIVE = frozenset(("более", "менее", "свыше", "около", "больше", "меньше", "порядка"))


def repair(term: Term, found: Found, view: View) -> Repair | None:
    """The repair that puts the term into the form that the word right before it asks for; None where it fits, or where
    the place leaves a choice."""
    if term.kind not in _KINDS or found.inserted or pieces.goes_on(view.text, found.span, term.kind):
        return None
    made = forms.russian(found.form, term.kind, term.gender)
    left = view.before(found.span.start)
    if left is None or made.indeclinable or standing.adjective(found) or made.number != "sg":
        return None
    if view.text[left.end : found.span.start] not in (" ", "\u00a0"):
        return None
    cell = _number(found, view, left) or _oblique(found, view, left) or _attribute(found, view, left, made.animate)
    few = next(iter(forms.paucal(made)), "") if cell == "gen" and place.is_few(left) else ""
    cell = "gen.pl" if few and " " in few else cell  # «два [народных артиста]», see russian.put
    if not cell or cell not in made.cells or (few or made.cells[cell]) == found.surface.text:
        return None
    words = found.span.of(view.text)
    candidate = Candidate(found.span, 1.0, f"«{words}» does not fit «{left.text}»", (cell,), True, same=True)
    reading = place.Reading(cell, f"{tree.NAMES[cell.partition('.')[0]]}: after «{left.text}»")
    return russian.put(term, found.form, candidate, view, reading)


def _number(found: Found, view: View, left: Token) -> str:
    """The cell after a numeral, where the form found cannot be it; else ""."""
    figures = left.text.isdigit()
    if figures and not _FIGURES.fullmatch(left.text):
        return ""
    few, many = place.is_few(left), place.is_many(left) and (figures or _numeral(left))
    if fold(left.text) in _MUCH and "gen" in found.surface.cells:
        return ""  # «немного [муки]»
    one = bool(re.fullmatch(r"(?:\d*[02-9])?1", left.text)) if figures else False
    cells = set(found.surface.cells)
    if not (few or many or one) or not cells <= _BARE:
        return ""
    ahead = view.before(left.start)
    if ahead is not None and figures and not _opens(ahead, view, left):
        return ""
    near = context.demand(view.text, Span(left.start, found.span.end), "term")
    case = near.cases[0] if near.strength == 3 else ""
    if case in _OBLIQUE and (figures or not _numeral(left)):  # «по 5 направлениям», but «по восемьсот пчел»
        return "" if len(near.cases) > 1 else f"{case}.pl"
    genitive = case == "gen" or (ahead is not None and fold(ahead.text) in _GENITIVE)
    if few and not genitive:
        fits = cells & ({forms.PAUCAL, "nom.pl", "gen.pl"} if _adjectival(found) else {forms.PAUCAL, "gen"})
        return "" if fits else "gen"
    if many or (few and genitive):
        return "" if "gen.pl" in cells else "gen.pl"
    if one and not genitive:
        return "nom" if not cells & {"nom", "acc", "gen"} else ""
    return ""


def _oblique(found: Found, view: View, left: Token) -> str:
    """The plural of the case in which a numeral in words stands, where the form found is a nominative («между пятью
    [наследники]»); else ""."""
    readings = analyses(left.text)
    cases = {a.case for a in readings if a.pos == "NUMR"}
    every = [cell for cell in found.surface.cells if cell != forms.PAUCAL]
    several = [cell for cell in every if cell.endswith(".pl")]  # «пяти [зоны]» is no genitive singular
    cells = {cell.partition(".")[0] for cell in several or every}
    if not cases or readings[0].pos != "NUMR":
        return ""
    if cases <= set(_OBLIQUE) and not cases & {cell.partition(".")[0] for cell in several}:
        return f"{min(cases)}.pl"  # «трем [передовиков]», «четырьмя [городом-побратимом]»
    if not cells <= {"nom", "acc"} or cases & cells:
        return ""
    near = context.demand(view.text, Span(left.start, found.span.end), "term")
    asked = cases & set(near.cases) if near.strength >= 2 else cases
    return f"{min(asked)}.pl" if len(asked) == 1 else ""


def _adjectival(found: Found) -> bool:
    """Is the noun of the form an adjective by its endings: «четыре учебные мастерские», «четыре столовых»?"""
    words = [token for token in tokenise(found.surface.text) if token.is_word]
    return all(any(a.pos in ("ADJF", "PRTF") for a in analyses(token.text)) for token in words)


def _numeral(token: Token) -> bool:
    return any(a.pos == "NUMR" and a.case in ("nom", "acc") for a in analyses(token.text))


def _opens(ahead: Token, view: View, left: Token) -> bool:
    """Can the numeral count what follows: no number of something before it («поезд 22», «№ 22», «2,5»)?"""
    if view.text[ahead.end : left.start] not in (" ", "\u00a0", " «"):
        return ahead.text in (",", "(", "—", "–") and view.text[ahead.end : left.start] == " "
    if _labelled(view, left):
        return False
    if not ahead.is_word:
        return ahead.text in (",", "—", "–", "(", ":")
    best = analyses(ahead.text)[0]
    if best.pos == "NOUN":
        return best.case in ("dat", "ins") or (best.case == "gen" and best.number == "pl")
    return best.pos in ("VERB", "INFN", "GRND", "PRTF", "PRTS", "PREP", "CONJ", "ADVB", "COMP", "PRCL", "NUMR")


def _labelled(view: View, left: Token) -> bool:
    """Does the figure number something: «по пункту 19 [повестки дня]», «пункты 13 (а) и 115 [повестки дня]»?"""
    ahead = [token for token in view.tokens if token.end <= left.start][-_NUMBERED:]
    return left.text.isdigit() and any(lemmas(token.text) & tree.words("numbered") for token in ahead if token.is_word)


_NUMBERED = 6  # words before a figure among which what it numbers stands


def _attribute(found: Found, view: View, left: Token, animate: bool) -> str:
    """The plural cell that an adjective in the plural asks for, where the term stands in the singular or, in the
    dictionary form, in another case; `animate`: is the term's noun."""
    cells = set(found.surface.cells)
    if found.rank:
        return ""
    every = analyses(left.text)
    readings = [a for a in every if a.pos == "ADJF" or "pssv" in a.grammemes]
    if any(a.lemma == "который" or a.lemma.endswith("щий") for a in readings):
        return ""  # «в отношении которых [Комитет] принял», «лиц, ищущих [убежища]»
    if cells and all(cell.endswith(".pl") for cell in cells) and "весь" in lemmas(left.text):
        readings = [a for a in readings if a.number == "pl"]  # «всем [ветераны]»
        every = tuple(readings)
    if not every or not every[0].known or every[0] not in readings or any(a.number != "pl" for a in readings):
        return ""  # «изучающими [китайский язык]»: what governs is no attribute
    if any(a.pos == "NOUN" and a.animate for a in every):
        return ""  # «раненых», «русских»
    cases = {a.case for a in readings if a.case != "acc" or a.animate in (None, animate)}
    if "nom" in cases or any(cell.endswith(".pl") and cell.partition(".")[0] in cases for cell in cells):
        return ""
    if not cells & {"nom", "nom.pl"}:  # «во всех [центре]»
        led = context.demand(view.text, Span(left.start, found.span.end), "term")
        cases &= {cell for cell in cells if "." not in cell} & set(led.cases)
        whole = "весь" in lemmas(left.text) and led.strength == 3
        return f"{min(cases)}.pl" if whole and len(cases) == 1 and not any("." in cell for cell in cells) else ""
    ahead = view.before(left.start)
    near = context.demand(view.text, Span(left.start, found.span.end), "term") if ahead is not None else None
    asked = [case for case in near.cases if case in cases] if near is not None and near.strength >= 2 else []
    case = asked[0] if asked else "gen" if "gen" in cases else min(cases)
    return f"{case}.pl"
