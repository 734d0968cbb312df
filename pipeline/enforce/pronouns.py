"""Pronouns of the third person that meant what stood in a term's place, and another gender's now: «внедряют возврат
соломы …: на него пришлось» -> «заделку соломы …: на неё пришлось»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from pipeline.enforce.result import Repair, by_agreement
from pipeline.enforce.tree import governed, token_at
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, like
from pipeline.languages.russian.near import TIMES
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import predicate
from pipeline.languages.russian.syntax import sentences
from pipeline.model import Edit, Span, Term

# Case, with or without «н»: masculine or neuter form, feminine form. The nominative differs between all three.
_FORMS = (
    ("его", "ее"), ("него", "нее"), ("ему", "ей"), ("нему", "ней"), ("им", "ею"), ("ним", "нею"), ("нем", "ней"),
)  # fmt: skip
_NOMINATIVE = {"m": "он", "n": "оно", "f": "она"}
_MAN = dict(_FORMS)
_ACTORS = frozenset(  # who has accounts, leaders and plans of their own («компании … заморозить [ее] счета»)
    ("компания", "компания-ответчик", "фирма", "корпорация", "организация", "сторона", "страна", "команда", "семья",
     "школа", "банк", "завод", "предприятие", "суд", "университет", "институт", "колледж", "музей", "театр",
     "государство", "ведомство", "министерство", "агентство", "общество", "комбинат", "клуб", "холдинг", "концерн")
)  # fmt: skip
_SEVERAL = {"его": "их", "ее": "их", "него": "них", "нее": "них", "ему": "им", "нему": "ним", "нем": "них", "ею": "ими"}
_ITS = {"prp": ("нем", "них"), "dat": ("нему", "ним"), "ins": ("ним", "ними")}  # behind a preposition
_WOMAN = {"ее": "его", "нее": "него", "ею": "им", "нею": "ним"}  # «ей» and «ней» are of several cases


def edits(span: Span, old: str, new: Paradigm, view: View, term: Term, cell: str) -> list[Edit]:
    """The pronouns behind the span in its sentence that agreed with the `old` gender, where no other noun of it stands
    between that they may mean, and no subject or actor of it before. `cell`: that of the new form."""
    gender = "pl" if new.number == "pl" else new.gender
    if new.animate or old not in _NOMINATIVE or gender not in (*_NOMINATIVE, "pl") or old == gender:
        return []
    row = _sentence(view, span)
    behind = [token for token in row if token.start >= span.end]
    said = [token for token in behind if fold(token.text) in _of(old) or (old == "f" and _to_her(token, row))]
    between = [token for token in behind if said and token.end <= said[0].start]
    ahead = [token for token in row if token.end <= span.start]
    subjects = [t for t in ahead if analyses(t.text)[0].case == "nom" or not lemmas(t.text).isdisjoint(_ACTORS)]
    own = [token for token in row if span.start <= token.start < span.end][:1]
    people = [t for t, after in zip_longest(ahead, [*ahead[1:], *own]) if t is not None and _substantive(t, after, old)]
    if cell == "nom":
        between = [token for at, token in enumerate(between) if not _aside(between, at)]
    between = [token for token in between if not _verb(token, view)]
    either = ("m", "n") if said and old != "f" and fold(said[0].text) not in _NOMINATIVE.values() else (old,)
    if not said or people or any(_rival(token, each) for token in between for each in either):
        return []  # «его» is of both genders
    possessive = fold(said[0].text) in ("ее", "его")  # «Квоту установила служба и следит за [ее] …»
    if any(_rival(token, old) for token in (ahead if possessive else subjects)):
        return []
    made = []
    for token in said:
        form = _other(fold(token.text), gender) or _behind_preposition(token, row, gender)
        form = form or ("им" if gender == "pl" else "ему" if fold(token.text) == "ей" else "")
        if form and form != fold(token.text) and view.free(Span(token.start, token.end)):
            why = f"stands for «{new.text}»"
            made.append(Edit(token.start, token.end, token.text, like(token.text, form), term.id, why))
            if fold(token.text) in _NOMINATIVE.values() and gender != "pl":
                made += _predicates(behind[behind.index(token) + 1 :], old, new, term, form)
    return made


def _verb(token: Token, view: View) -> bool:
    """Does the sentence read a word that may be a noun as a verb («дали»)?"""
    parts = {a.pos for a in analyses(token.text)} if token.is_word else set()
    read = token_at(view.text, token.start) if {"NOUN", "VERB"} <= parts else None
    return read is not None and read.pos in ("VERB", "AUX")


def _to_her(token: Token, row: Sequence[Token]) -> bool:
    """Is it «ей» in the dative: right behind a verb or before it, with an object and no verb that takes an
    instrumental («дали [ей] высокую оценку»)?"""
    if fold(token.text) != "ей":
        return False
    at = row.index(token)
    beside = [word for word in (*row[max(0, at - 1) : at], *row[at + 1 : at + 2]) if word.is_word]
    verbs = [a for word in beside for a in analyses(word.text) if a.pos in ("VERB", "INFN", "GRND")]
    return bool(verbs) and all("tran" in a.grammemes and a.lemma not in governed("verb") for a in verbs)


def of_one(span: Span, new: Paradigm, view: View, term: Term) -> list[Edit]:
    """The pronouns behind the span that meant what stood there in the plural, and now one thing («механизмы прошли
    проверку, [они готовы]» -> «подвижной состав прошел проверку, [он готов]»), where no other plural stands before."""
    row = _sentence(view, span)
    behind = [token for token in row if token.start >= span.end]
    said = [token for token in behind if fold(token.text) in _MANY]
    others = [
        token for token in row if said and token.end <= said[0].start and not span.start <= token.start < span.end
    ]
    old = [a for token in row if span.start <= token.start < span.end for a in analyses(token.text)]
    things = any(a.pos == "NOUN" and a.number == "pl" and not a.animate for a in old)
    joined = any(fold(token.text) in ("и", "с") for token in others)
    if new.animate or not things or new.gender not in _NOMINATIVE or joined or any(_several(token) for token in others):
        return []
    made = []
    for token in said:
        form = _one(token, row, new.gender)
        if form and view.free(Span(token.start, token.end)):
            why = f"stands for «{new.text}»"
            made.append(Edit(token.start, token.end, token.text, like(token.text, form), term.id, why))
            if fold(token.text) == "они":
                made += _predicates(behind[behind.index(token) + 1 :], "", new, term, form)
    return made


def _several(token: Token) -> bool:
    """May the word be a noun in the plural, or one that counts?"""
    return token.text.isdigit() or any(
        a.pos in ("NOUN", "NUMR") and a.number != "sg" and fold(a.lemma) not in TIMES
        for a in analyses(token.text)[:2]
        if token.is_word
    )


_MANY = {
    "они": tuple(_NOMINATIVE.values()), "их": ("его", "его", "ее"), "им": ("ему", "ему", "ей"),
    "ими": ("им", "им", "ею"), "ним": ("нему", "нему", "ней"), "ними": ("ним", "ним", "нею"), "них": (),
}  # fmt: skip
"""Pronouns in the plural: in the masculine, neuter and feminine."""
_THEM = {"gen": ("него", "нее"), "acc": ("него", "нее"), "prp": ("нем", "ней")}


def _one(token: Token, row: Sequence[Token], gender: str) -> str:
    """The same case in the singular; "" where that cannot be told («в них»)."""
    several = _MANY[fold(token.text)]
    if several:
        return several[("m", "n", "f").index(gender)]
    at = row.index(token)
    due = set(governed("prep").get(fold(row[at - 1].text), ())) & set(_THEM) if at else set()
    return _THEM[due.pop()][gender == "f"] if len(due) == 1 else ""


def woman(span: Span, view: View) -> bool:
    """Does a name stand behind the words for a person and what hangs on them, or «она» in the text, so that they may be
    a woman's («проводница поезда [Анна Ким] вышла»)?"""
    for token in [token for token in view.tokens if token.start >= span.end][:_ON_IT]:
        readings = analyses(token.text)
        if not token.is_word or readings[0].pos in ("VERB", "PRTS", "PREP", "CONJ"):
            break
        if token.text[:1].isupper() and any(not a.known or _NAMES & a.grammemes for a in readings):
            return True
    return any(fold(token.text) in (*_of("f"), "ей") for token in view.tokens)


_ON_IT = 6  # words behind a title among which the name of who has it stands
_NAMES = frozenset(("Name", "Surn", "Patr"))


_PERSONS = {
    "m": re.compile(r"他(?!们|国|人)|(?i:\b(?:he|his|him)\b)"),
    "f": re.compile(r"她|(?i:\b(?:she|hers?)\b)"),
    "pl": re.compile(r"[他她]们|(?i:\b(?:they|them|theirs?)\b)"),
}


def without_persons(made: Repair, source: str) -> Repair:
    """The repair without its changes of pronouns, and of what agrees with them, where the source speaks of a person of
    their gender by a pronoun, whom they may mean («одобрил [ее] диссертацию»)."""
    of_them = tuple(by_agreement(form) for form in _NOMINATIVE.values())
    changed = [fold(edit.before) for edit in made.edits if edit.reason.startswith("stands for")]
    genders = {"f" if word in _of("f") else "pl" if word in _MANY else "m" for word in changed}
    if not any(_PERSONS[gender].search(source) for gender in genders):
        return made
    kept = (e for e in made.edits if not e.reason.startswith("stands for") and e.reason not in of_them)
    return replace(made, edits=tuple(kept))


_BETWEEN = 3  # words at most between a pronoun and its verb: «она вчера впервые открыла»


def _predicates(behind: Sequence[Token], old: str, new: Paradigm, term: Term, form: str) -> list[Edit]:
    """What the pronoun is the subject of, in the new gender: «оно [было готово]». No `old` gender: it was a plural."""
    edits = []
    for token in behind[: _BETWEEN + 1]:
        if not token.is_word:
            break
        first = analyses(token.text)[0]
        agrees = first.gender == old and first.number == ("sg" if old else "pl")
        if first.pos in ("VERB", "PRTS", "ADJS") and agrees:
            made = predicate(token.text, "sg", new.gender)
            if made and made != token.text:
                edits.append(Edit(token.start, token.end, token.text, made, term.id, by_agreement(form)))
            if first.lemma != "быть":
                break
    return edits


def _sentence(view: View, span: Span) -> Sequence[Token]:
    for one in sentences(view.text):
        if one and one[0].start <= span.start < one[-1].end:
            return [token for token in view.tokens if one[0].start <= token.start and token.end <= one[-1].end]
    return ()


def _of(gender: str) -> frozenset[str]:
    forms = (*_WOMAN, "ней") if gender == "f" else tuple(_MAN)
    return frozenset((*forms, _NOMINATIVE[gender]))


def _other(word: str, gender: str) -> str:
    """The same case in the other gender, or in the plural («pl»); "" where the form tells no case."""
    if gender == "pl":
        return _SEVERAL.get(word, "")
    if word in _NOMINATIVE.values():
        return _NOMINATIVE[gender]
    if gender == "f":
        return _MAN.get(word, "")
    return _WOMAN.get(word, "" if word not in _MAN else word)


def _behind_preposition(token: Token, row: Sequence[Token], gender: str) -> str:
    """«Ней» in the other gender, in the case that the preposition before it has: «при [нем]», «к [нему]»."""
    at = row.index(token)
    due = {"prp", "dat", "ins"} & set(governed("prep").get(fold(row[at - 1].text), ())) if at else set()
    if fold(token.text) != "ней" or len(due) != 1:
        return ""
    case = due.pop()
    return _ITS[case][gender == "pl"] if gender != "f" else ""


def _aside(row: Sequence[Token], at: int) -> bool:
    """Is the noun at `at` behind a subject that a pronoun of the next clause means no rival of it: a circumstance with
    its preposition («Фреска в [храме] поблекла, ее …»), or what is said of the subject («Бревно было [снарядом], и оно
    …»)?"""
    behind = [token for token in row[at + 1 :] if token.text in (",", ";")]
    if not behind or any(token.text in (",", ";") for token in row[:at]):
        return False
    first = at
    while first and analyses(row[first - 1].text)[0].pos in ("ADJF", "PRTF", "NUMR"):
        first -= 1
    led = first > 0 and analyses(row[first - 1].text)[0].pos == "PREP"
    linked = any(lemmas(token.text) & _LINKS for token in row[:first])
    return led or (linked and any(a.case == "ins" for a in analyses(row[at].text)))


_LINKS = frozenset(("быть", "стать", "являться", "оставаться", "остаться", "считаться", "оказаться"))


def _substantive(token: Token, after: Token | None, gender: str) -> bool:
    """Is it an adjective or participle of that gender in the nominative with no noun behind («Пострадавший
    прооперирован … [его] состояние»)?"""
    mine = any(a.pos in ("ADJF", "PRTF") and a.case == "nom" and a.gender == gender for a in analyses(token.text)[:1])
    return mine and (after is None or analyses(after.text)[0].pos not in ("NOUN", "ADJF", "PRTF"))


def _rival(token: Token, gender: str) -> bool:
    """May the word be a noun in the singular of that gender?"""
    return token.is_word and any(
        a.pos == "NOUN" and a.number == "sg" and a.gender == gender and fold(a.lemma) not in TIMES
        for a in analyses(token.text)[:2]
    )
