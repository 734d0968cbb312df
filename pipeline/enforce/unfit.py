"""A right term in a form that its place does not expect, where no rule tells: the case that the sentence expects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pipeline.enforce import context, expects, held, pieces, place, standing, subject
from pipeline.enforce.result import Repair
from pipeline.enforce.view import OPENERS, View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian import masks
from pipeline.languages.russian.analyse import Token, analyses, fold, tokenise
from pipeline.languages.russian.clauses import object_possible, subject_possible
from pipeline.languages.russian.government import demanded
from pipeline.languages.russian.near import TIMES
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.languages.russian.reading import nouns
from pipeline.languages.russian.spans import head_of, sentence_of
from pipeline.languages.russian.syntax import Sentence
from pipeline.model import Span, Term

# (most chance of the form that stands there, least chance of the best one), by the case of the form; free adjuncts
# stand in the dative and the instrumental. Chosen on every other held-out row of the genre.
_SURE: Final = {"nom": (0.04, 0.95), "gen": (0.02, 0.9), "acc": (0.01, 0.9), "prp": (0.02, 0.9), "dat": (0.005, 0.95)}
_STRICT: Final = 0.004, 0.95
_CLEAR: Final = 0.75  # least chance of the best one where the other has a fourth of its most
_JOINED: Final = 4  # by how much less the first is behind «и», where the network knows less
_CUED: Final = 5, 0.75  # how much likelier than the nominative the source makes a case, and its least chance then
_NEVER: Final = 0.001, 0.97  # from which the network is believed against other signs of a nominative
_HARDLY: Final = 0.004, 0.97  # likewise of an oblique form
_TOLD: Final = 0.006, 0.012, 0.95  # where the words before admit what stands there
_ASKED: Final = 2, 0.95  # where the words before ask for that case, too: so many times the first of nom, and the second


def repair(term: Term, found: Found, view: View) -> Repair | None:
    """The repair that puts the term into the one case that the sentence expects; None where its form may stand."""
    made = forms.russian(found.form, term.kind, term.gender)
    if found.inserted or made.indeclinable or pieces.goes_on(view.text, found.span, term.kind):
        return None
    cells = tuple(cell for cell in found.surface.cells if cell != forms.PAUCAL)
    cases = {cell.partition(".")[0].replace("loc", "prp") for cell in cells}
    direct = "nom" in cases
    if not cases <= set(masks.CASES) or not cases or any(cell.partition(".")[2] not in ("", "pl") for cell in cells):
        return None
    if direct and (held.named(found.span, view) or standing.named(term, found, view)):
        return None
    if direct and view.text[max(0, found.span.start - 1) : found.span.start + 1].strip(" ")[:1] in OPENERS:
        return None  # the title of something: «статью „[Пять принципов] …“»
    near = context.demand(view.text, found.span, term.kind)
    told = near.strength == 3 or (near.strength == 2 and near.cases != ("nom",) and len(near.cases) == 1)
    told = told and bool(cases & set(near.cases))  # the words before ask for what stands there: «в [Китай]»
    if (
        found.surface.text not in made.cells.values()
        or adjectival(found)
        or _adjunct(found, made, view)
        or _alone(found, view)
    ):
        return None
    if place.counted(view.text, found.span):
        return None  # «три заводских [столовых]»
    chances = expects.chances(found.span, made, term.kind, view)
    best, chance = expects.best(chances, made, cells)
    case = best.partition(".")[0]
    asked = near.strength >= 2 and case in near.cases
    limits = {each: _SURE["nom"] if direct else _SURE.get(each, _STRICT) for each in cases}
    little, least = sum({limit for limit, _ in limits.values()}), max(least for _, least in limits.values())
    whole = little
    # does the source tell clearly that it is no nominative: "by the …", 给…
    cued = direct and view.cue.get(case, 1.0) > _CUED[0] * view.cue.get("nom", 1.0)
    if told:
        if near.strength == 3 and not asked:
            return None
        little, least = min(little, _TOLD[0] if direct else _TOLD[1]), _TOLD[2]
    elif _joined(found, view):
        if direct and not cued:
            return None
        little /= 1 if cued else _JOINED
    elif asked:
        little, least = little * (_ASKED[0] if direct else 1), _ASKED[1]
    least = min(least, _CUED[1]) if cued else least
    here = expects.share(chances, cells)
    if not best or here > little or chance < (least if here > little / 4 else _CLEAR):
        return None
    if not direct and any(
        expects.share(chances, _alone_in(cells, each)) > limits[each][0] * little / whole for each in cases
    ):
        return None
    if direct and may_stand(found, view, made) and not cued and (here > _NEVER[0] or chance < _NEVER[1]):
        return None
    hardly = here < _HARDLY[0] and chance > _HARDLY[1]
    if not direct and _wanted(term, found, view, made, best, surely=not hardly):
        return None
    return standing.put(term, found, view, best, near.reason if asked else "as the sentence has it")


def _alone_in(cells: Iterable[str], case: str) -> tuple[str, ...]:
    return tuple(cell for cell in cells if cell.partition(".")[0].replace("loc", "prp") == case)


def adjectival(found: Found) -> bool:
    """Is the term one word that may be an adjective or a participle, so that another word may be its noun: «на
    [Хабаровском] процессе», «прививки [бесплатные]»?"""
    words = found.surface.text.split()
    return len(words) == 1 and any(a.pos in ("ADJF", "PRTF") for a in analyses(words[0]))


def _adjunct(found: Found, made: Paradigm, view: View) -> bool:
    """Is it a time («сорок [лет]»), or an instrumental in a sentence where something is done by somebody?"""
    words = tokenise(made.text)
    if words and any(a.lemma in TIMES for a in analyses(words[min(made.head, len(words) - 1)].text)):
        return True
    if {cell.partition(".")[0] for cell in found.surface.cells} != {"ins"}:
        return False
    first = (analyses(token.text)[0] for token in view.tokens if token.is_word)
    return any("pssv" in a.grammemes or a.pos == "PRTS" for a in first)


def _alone(found: Found, view: View) -> bool:
    """Does nothing tell the term's case: it is all but one word of its sentence, or begins one without a verb?"""
    sentence = sentence_of(view.text, (found.span.start, found.span.end))
    words = [token for token in sentence.tokens if token.text[:1].isalpha()] if sentence is not None else []
    others = [token for token in words if token.end <= found.span.start or token.start >= found.span.end]
    verb = any(a.pos in ("VERB", "INFN", "PRTS") for token in others for a in analyses(token.text)[:1])
    return len(others) < _OTHERS or not (verb or others[0].end <= found.span.start)


_OTHERS = 2  # words of a sentence, besides the term, that tell something


def _joined(found: Found, view: View) -> bool:
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


def _wanted(term: Term, found: Found, view: View, made: Paradigm, best: str, *, surely: bool) -> bool:
    """May an oblique form stand there all the same: something in the sentence takes that case («представить доклад о
    работе [собранию]»), or the term cannot be the subject that it would become?"""
    cases = {cell.partition(".")[0] for cell in found.surface.cells}
    start, end = found.span.start, found.span.end
    if best.partition(".")[0] == "nom":
        whole = f"{view.text[:start]}{made.cells[best]}{view.text[end:]}"
        sentence, inside = _inside(whole, Span(start, start + len(made.cells[best])))
        if sentence is None or not subject_possible(sentence, inside, head_of(sentence, inside), strict=True):
            return True
        if inside[0] == 0:  # «[послов] принимали посыльные»
            behind = (analyses(token.text) for token in sentence.tokens[inside[-1] + 1 :])
            return any(a.case == "nom" and a.pos == "NOUN" and a.animate for readings in behind for a in readings)
        others = (nouns(token.text) for at, token in enumerate(sentence.tokens) if at not in inside)
        return any(found and all(a.case == "nom" for a in found) for found in others)
    if not surely:
        return False
    sentence, inside = _inside(view.text, found.span)
    if sentence is None or ("acc" in cases and object_possible(sentence, inside)):
        return True
    if "dat" in cases and _handed(view, start):
        return True
    return demanded(view.text, (start, end), term.kind, undeclined=True).case in cases


def _inside(text: str, span: Span) -> tuple[Sentence | None, list[int]]:
    """The sentence that holds the span, and the indices of its words there."""
    sentence = sentence_of(text, (span.start, span.end))
    tokens = sentence.tokens if sentence is not None else ()
    inside = [n for n, token in enumerate(tokens) if token.end > span.start and token.start < span.end]
    return (sentence, inside) if inside else (None, [])


def _handed(view: View, start: int) -> bool:
    """Does a verb with an object stand before, and a preposition behind it, so that the dative is the one to whom
    something is given («представить доклад о работе [собранию]»)?"""
    verb = led = False
    for token in (token for token in view.tokens if token.is_word and token.end <= start):
        first = analyses(token.text)[0]
        verb = verb or (first.pos in ("VERB", "INFN", "GRND") and "tran" in first.grammemes)
        led = verb and (led or first.pos == "PREP")
    return led
