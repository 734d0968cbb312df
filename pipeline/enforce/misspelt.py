"""In which case a misspelt name of a person stands: its letters tell little, its place and its ending more."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline.enforce import context, tree
from pipeline.enforce.view import STOPS, View
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, tokenise
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.model import Span, Term

_STANDS = re.compile("stands with «(.+)»")
_NOMINAL = ("NOUN", "NPRO", "ADJF", "NUMR")


def cells(span: Span, term: Term, made: Paradigm, view: View, guess: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of the misspelt name: the nominative where it acts («[Лаврофу] поблагодарил»), else what its ending
    tells, else those of the office before it, else the guess by its letters."""
    told = by_ending(span.of(view.text), made)
    if told and told != ("ins",) and _stands_with_subject(span, term, view, told):
        return ("nom",)
    if guess != ("nom",) and told != ("ins",) and acts(span, term, view):
        return ("nom",)
    return told or of_office(span, view, guess)


def _stands_with_subject(span: Span, term: Term, view: View, told: tuple[str, ...]) -> bool:
    """Does the name stand behind the office of a person in the nominative, and before a past tense that agrees with
    the person, so that its ending («секретарь горкома [Гао Жэнью] сказал», for Гао Жэньюй) is no case's?"""
    near, verb = context.demand(view.text, span, "person"), view.after(span.end)
    office = _STANDS.fullmatch(near.reason)
    if office is None or near.cases != ("nom",) or near.strength < 2 or "nom" in told or verb is None:
        return False
    readings = analyses(verb.text) if verb.is_word else ()
    past = [a for a in readings if a.pos == "VERB" == readings[0].pos and a.tense == "past"]
    return analyses(office.group(1))[0].animate is True and any(a.gender == (term.gender or "m") for a in past)


def by_ending(words: str, made: Paradigm) -> tuple[str, ...]:
    """The cells whose ending the misspelt name has («роману [Лю Цисиня]»); none where no ending tells."""
    forms = {case: form.rpartition(" ")[2] for case, form in made.cells.items() if case in tree.NAMES}
    size = sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*forms.values(), strict=False)))
    ending = {case: form[size:] for case, form in forms.items()}
    fitting = [case for case, end in ending.items() if end and words.endswith(end)]
    if not fitting:  # «Баолину» for Баолиню
        stem = made.text.rstrip("ьй")[-1:]
        ending = {case: _OTHER.get(end, "") for case, end in ending.items()}
        fitting = [case for case, end in ending.items() if end and words.endswith(stem + end)]
    longest = max((len(ending[case]) for case in fitting), default=0)
    return tuple(case for case in fitting if len(ending[case]) == longest)


def by_given_name(span: Span, term: Term, made: Paradigm, view: View) -> tuple[str, ...]:
    """The case of a given name that is spelt right and is no nominative («[Тамаре] Веляминовой»), where the surname may
    have its ending; none where that tells no single case."""
    row = tokenise(span.of(view.text))
    given = [a for a in analyses(row[0].text) if "Name" in a.grammemes and a.number == "sg"] if len(row) > 1 else []
    own = {a.case for a in given if a.known and a.gender in ("c", term.gender or made.gender)}
    if "nom" in own or fold(row[0].text) == fold(tokenise(made.text)[0].text):
        return ()
    ended = by_ending(span.of(view.text), made)
    cases = own & set(ended or own) & set(tree.NAMES)
    lead = view.before(span.start)
    if lead is None or fold(lead.text) not in tree.governed("prep"):
        cases -= {"prp"}
    return tuple(cases) if len(cases) == 1 else ()


_OTHER = {"я": "а", "ю": "у", "ем": "ом", "а": "я", "у": "ю", "ом": "ем"}  # after a hard or a soft consonant


def of_office(span: Span, view: View, guess: tuple[str, ...]) -> tuple[str, ...]:
    """The cells guessed; those of the office right before it where that is in others («с
    заместителем министра [Ма Чжаосу]»)."""
    near = context.demand(view.text, span, "person")
    office = _STANDS.fullmatch(near.reason)
    person = office is not None and analyses(office.group(1))[0].animate
    if near.strength != 2 or office is None or not person or "nom" in near.cases or set(near.cases) & set(guess):
        return guess
    between: list[Token] = []
    for token in reversed([token for token in view.tokens if token.end <= span.start]):
        if token.text == office.group(1):
            break
        between.append(token)
    near_by = len(between) < len(view.tokens) and all(any(a.case == "gen" for a in analyses(t.text)) for t in between)
    return near.cases if near_by and not known(span.of(view.text)) else guess


def _may_act(word: Analysis, verb: Token) -> bool:
    """Is it in the nominative and such that the verb's past tense would agree with it?"""
    if word.case != "nom" or word.pos not in _NOMINAL:
        return False
    tense = [a for a in analyses(verb.text) if a.pos == "VERB" and a.number == "sg"]
    return word.number != "pl" and any(not word.gender or a.gender in ("", word.gender) for a in tense)


def known(words: str) -> bool:
    """Are all words such that their endings tell their case?"""
    return all(analyses(token.text)[0].known for token in tokenise(words) if token.is_word)


def follows_its_verb(span: Span, view: View) -> bool:
    """Does a name whose first word is nothing but a nominative stand right behind a past tense that agrees with it and
    with no word before («Предложение поддержала [Ирма Халлидей]», but «Актриса встретила …»)?"""
    verb, first = view.before(span.start), tokenise(span.of(view.text))[0]
    own = [a for a in analyses(first.text) if a.pos == "NOUN"]
    if verb is None or not verb.is_word or any(a.case != "nom" or a.number != "sg" or not a.known for a in own):
        return False
    genders = {a.gender for a in own}
    readings = analyses(verb.text)
    if len(genders) != 1 or any(a.pos != "VERB" or a.number != "sg" or {a.gender} != genders for a in readings):
        return False
    row = [token for token in view.tokens if token.end <= verb.start]
    start = next((n + 1 for n in range(len(row) - 1, -1, -1) if row[n].text in STOPS), 0)
    bare = True  # does no preposition govern the words so far?
    for token in row[start:]:
        found = analyses(token.text)
        if token.is_word and found[0].pos == "PREP":
            bare = False
        elif token.is_word and bare and (not found[0].known or any(_may_act(a, verb) for a in found)):
            return False
        elif not any(a.pos in ("ADJF", "PRTF") for a in found):
            bare = True
    return True


def acts(span: Span, term: Term, view: View) -> bool:
    """Does a past tense that fits the person follow at once where the sentence begins, with no other subject?"""
    verb = view.after(span.end)
    if verb is None or not verb.is_word or not (view.sentence_start(span.start) or only_led(span, view)):
        return False
    readings = [a for a in analyses(verb.text) if a.pos == "VERB" and a.gender == (term.gender or "m")]
    if not readings or analyses(verb.text)[0].pos != "VERB":
        return False
    bare = True  # does no preposition govern the words so far?
    for token in [token for token in view.tokens if token.start >= verb.end]:
        if not token.is_word:
            return True
        found = analyses(token.text)
        if found[0].pos == "PREP":
            bare = False
        elif bare and (token.text[:1].isupper() or any(_may_act(a, verb) for a in found)):
            return False
        elif not any(a.pos in ("ADJF", "PRTF") for a in found):
            bare = True
    return True


def only_led(span: Span, view: View) -> bool:
    """Does nothing but a phrase with a preposition stand before it in its sentence («В финале [Сан Инша] победила»)?"""
    row = [token for token in view.tokens if token.end <= span.start]
    start = next((n + 1 for n in range(len(row) - 1, -1, -1) if not row[n].is_word), 0)
    row = row[start:]
    if not row or analyses(row[0].text)[0].pos != "PREP":
        return False
    return not any(a.case == "nom" and a.pos in tree.NOMINAL for token in row[1:] for a in analyses(token.text))
