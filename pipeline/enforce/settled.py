"""A form of a Russian term that is right past doubt, whatever the judge of forms makes of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.enforce import beside, tree
from pipeline.enforce.signs import Choice
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian import participles
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, lemmas
from pipeline.languages.russian.reading import ADJECTIVAL, agree
from pipeline.languages.russian.spans import head_of, inside_of
from pipeline.languages.russian.syntax import Sentence
from pipeline.languages.russian.tables import table
from pipeline.model import Term

_SURE: Final = (
    frozenset(("case ins", "near alone", "here person")),  # «выведенный [Юань Лунпином] рис»
    frozenset(("case ins", "here appointed", "here title")),  # «назначить его [послом]»
    *(frozenset(("case ins", "here adjunct", f"here {kind}")) for kind in ("body", "person", "title")),
    frozenset(("here starts", "subject surely")),  # «[Вся провинция] следует этому»
)
_OBLIQUE: Final = frozenset(("gen", "dat", "ins", "prp"))
_AHEAD: Final = 6  # words before «в» among which stands what leads there, behind a term those of its verb
_DEVERBAL: Final = ("ние", "нье", "тие", "ция", "сия", "ство", "ка")


def here(term: Term, found: Found, view: View, choices: Sequence[Choice], choice: Choice) -> bool:
    """Is what stands there right, so that `choice` may not take its place?"""
    stands = next(each for each in choices if each.here)
    if any(one <= stands.signs.keys() for one in _SURE):
        return True
    cells = {cell.partition(".")[0] for cell in stands.cells}
    if "nom" in cells:
        return nominative(term, found, view) or _given(found, view, choice)
    if not cells & _OBLIQUE and cells != {"acc"}:
        return False
    made = forms.russian(found.form, term.kind, term.gender)
    timed = beside.is_time(made) and ("near 3 hit" in stands.signs or cells == {"ins"})
    if timed:  # «во [втором полугодии]», «[ранним утром] в пятницу»
        return True
    return _actor(term, found, view, cells) or _shared(found, view, cells) or _agreed(found, view, cells, choice)


def nominative(term: Term, found: Found, view: View) -> bool:
    """Does a form that may be a nominative stand rightly where its neighbours would have another case?"""
    if _adverb(found):
        return True
    return any(
        asked(term, found, view) for asked in (_apposed, _among, _speaks, _joint, _distributed, _set_off, _done, _then)
    )


def _adverb(found: Found) -> bool:
    """Is it one word that is rather an adverb: «третий год [подряд]»?"""
    return " " not in found.surface.text and analyses(found.surface.text)[0].pos == "ADVB"


def _apposed(term: Term, found: Found, view: View) -> bool:
    """Is it a place named after the word that says what it is («Королевства [Бахрейн]»), or between commas after a
    smaller one («в Василле, [Аляска], и»)?"""
    name = term.kind == "place" or (term.kind == "term" and found.form.text[:1].isupper())
    left, right = view.before(found.span.start), view.after(found.span.end)
    if not name or left is None or view.text[left.end : found.span.start].strip():
        return False
    if left.is_word:
        return bool(lemmas(left.text) & (tree.words("generic") | tree.words("realm")))
    town = view.before(left.start)
    if left.text not in (",", "(") or town is None or not town.text[:1].isupper():
        return False
    if right is None or right.text in (".", ")", ";"):
        return True
    after = view.after(right.end)
    return right.text == "," and (after is None or not after.text[:1].isupper())


def _among(term: Term, found: Found, view: View) -> bool:
    """Do persons in the plural stand behind «в» as those among whom one comes: «баллотироваться в [президенты]»?"""
    left = view.before(found.span.start)
    if left is None or fold(left.text) not in ("в", "во"):
        return False
    made = forms.russian(found.form, term.kind, term.gender)
    plural = {"nom"} if made.number == "pl" else {"nom.pl"}
    if not made.animate or not plural & set(found.surface.cells):
        return False
    ahead = [token for token in view.tokens if token.end <= left.start][-_AHEAD:]
    return any(lemmas(token.text) & tree.words("among") for token in ahead if token.is_word)


def _speaks(term: Term, found: Found, view: View) -> bool:
    """Is it the one who says something to somebody: «заявила суду [прокурор]»?"""
    at = view.before(found.span.start)
    if term.kind not in ("person", "title", "body") or at is None:
        return False
    while at is not None and any(a.pos == "NOUN" and a.case == "dat" for a in analyses(at.text)):
        at = view.before(at.start)
    return at is not None and analyses(at.text)[0].pos == "VERB" and bool(lemmas(at.text) & tree.words("report"))


def _set_off(term: Term, found: Found, view: View) -> bool:
    """Does it begin what is said behind an adverb made of an adjective: «в дальнейшем [город]»?"""
    left = view.before(found.span.start)
    led = view.before(left.start) if left is not None else None
    return (
        left is not None
        and led is not None
        and fold(led.text) == "в"
        and fold(left.text) in table("words", "adverbial")
    )


def _distributed(term: Term, found: Found, view: View) -> bool:
    """Does «по» tell how many each has («наберут по [две трети] голосов»), or until when («с октября по [декабрь]»)?"""
    left = view.before(found.span.start)
    if left is None or fold(left.text) != "по":
        return False
    began = any(fold(token.text) in ("с", "со") for token in view.tokens if token.end <= left.start)
    time = began and beside.is_time(forms.russian(found.form, term.kind, term.gender))
    return time or analyses(found.surface.text.split()[0])[0].pos == "NUMR"


def _then(term: Term, found: Found, view: View) -> bool:
    """Does it act after something («После [Эрдоган] направился в Кёльн»), the first word an adverb?"""
    left, right = view.before(found.span.start), view.after(found.span.end)
    if left is None or right is None or fold(left.text) != "после" or not view.sentence_start(left.start):
        return False
    return right.is_word and analyses(right.text)[0].pos == "VERB"


def _done(term: Term, found: Found, view: View) -> bool:
    """Is it a thing with a participle of its own right before it: «получит костыли, пожертвованные [очки]»?"""
    left = view.before(found.span.start)
    if left is None or forms.russian(found.form, term.kind, term.gender).animate or term.kind != "term":
        return False
    mine = [a for a in analyses(left.text) if a.pos == "PRTF" and a.case == "nom"]
    nouns = [a for word in found.surface.text.split() for a in analyses(word) if a.pos == "NOUN" and a.case == "nom"]
    return any(agree(a, n) for a in mine for n in nouns)


def _given(found: Found, view: View, choice: Choice) -> bool:
    """Has the verb before it its dative already: «больным может помочь [хирургия]»?"""
    row = _clause_before(found, view)
    dative = any(cell.startswith("dat") for cell in choice.cells)
    if not dative or not row or analyses(row[-1].text)[0].pos not in ("VERB", "INFN"):
        return False
    for at, token in enumerate(row):
        nouns = [a for a in analyses(token.text) if a.pos in ("NOUN", "NPRO")]
        if nouns and all(a.case == "dat" for a in nouns):
            ahead = next((t for t in reversed(row[:at]) if analyses(t.text)[0].pos not in ADJECTIVAL), None)
            if ahead is None or analyses(ahead.text)[0].pos != "PREP":
                return True
    return False


def _joint(term: Term, found: Found, view: View) -> bool:
    """Is it, with a noun joined to it, the subject of a plural: «[Организация] и ее учреждения должны»?"""
    right = view.after(found.span.end)
    if right is None or fold(right.text) != "и":
        return False
    row = [token for token in view.tokens if token.start >= right.end][: 2 * _AHEAD]
    second = next((n for n, token in enumerate(row) if any(a.pos == "NOUN" for a in analyses(token.text))), None)
    if second is None or any(not token.is_word for token in row[: second + 1]):
        return False
    cases = {a.case for a in analyses(row[second].text) if a.pos == "NOUN"}
    if "nom" not in cases:
        return False
    before, behind = _clause_before(found, view), row[second + 1 :]
    behind = behind[: next((n for n, token in enumerate(behind) if not token.is_word), len(behind))]
    others = [a for token in before for a in analyses(token.text)[:1] if a.case == "nom" and a.pos in ("NOUN", "NPRO")]
    if any(map(_plural, behind[:_AHEAD])):
        return not others
    return cases == {"nom"} and not others and any(map(_plural, before))


def _clause_before(found: Found, view: View) -> list[Token]:
    """The words before the term, back to a mark."""
    row = [token for token in view.tokens if token.end <= found.span.start]
    opened = next((n for n in range(len(row) - 1, -1, -1) if not row[n].is_word), -1)
    return row[opened + 1 :]


def _plural(token: Token) -> bool:
    """Is it a predicate in the plural?"""
    best = analyses(token.text)[0] if token.is_word else None
    return best is not None and best.pos in ("VERB", "PRTS", "ADJS") and best.number == "pl"


def _actor(term: Term, found: Found, view: View, cells: set[str]) -> bool:
    """Is it the one who does what a noun of action before it says: «рассмотрение [Советом] доклада», «поглощение
    углерода [океаном]»?"""
    left = view.before(found.span.start)
    if cells != {"ins"} or left is None or not left.is_word:
        return False
    acts = term.kind in ("body", "person", "title") or forms.russian(found.form, term.kind, term.gender).animate
    right = view.after(found.span.end)
    acts = acts or (right is not None and right.is_word and analyses(right.text)[0].case == "gen")
    if acts and _deverbal(left):
        return True
    at: Token | None = left
    while at is not None and any(a.case == "gen" for a in analyses(at.text) if a.pos in ("NOUN", *ADJECTIVAL)):
        at = view.before(at.start)
        if at is not None and _deverbal(at):
            return True
    return False


def _deverbal(token: Token) -> bool:
    best = analyses(token.text)[0]
    act = best.lemma.endswith(_DEVERBAL) or best.lemma in tree.words("act")
    return best.pos == "NOUN" and best.known and not best.animate and act


def _shared(found: Found, view: View, cells: set[str]) -> bool:
    """Is it joined by «и» to a word further back in the same case: «обучать вырезанию из бумаги и [вышивке]»?"""
    left = view.before(found.span.start)
    if left is None or fold(left.text) not in ("и", "или"):
        return False
    for token in reversed([token for token in view.tokens if token.end <= left.start]):
        if not token.is_word:
            return False
        readings = analyses(token.text)
        if readings[0].pos in ("VERB", "INFN", "GRND", "PRTS", "CONJ", "NPRO"):
            return False
        cases = {a.case for a in readings if a.pos == "NOUN"}
        if cases and (cases <= cells | {"loc"} or (cells == {"acc"} and "acc" in cases)):
            return True
    return False


def _agreed(found: Found, view: View, cells: set[str], choice: Choice) -> bool:
    """Does an adjective or participle that belongs to it agree with it and not with the choice: «к [прошедшим] в
    Индонезии Азиатским играм»?"""
    sentence, inside = inside_of(view.text, found.span)
    if sentence is None or not inside:
        return False
    others = {cell.partition(".")[0] for cell in choice.cells}
    for readings in _attributes(sentence, inside):
        cases = {a.case for a in readings}
        if cases & cells and not cases & others:
            return True
    return False


def _attributes(sentence: Sentence, inside: Sequence[int]) -> list[list[Analysis]]:
    head = head_of(sentence, list(inside))
    own = [a for a in analyses(sentence.tokens[head].text) if a.pos == "NOUN"]
    at = {*participles.ahead(sentence, inside[0], own)}
    at |= {n for n in sentence.children(head) if n < inside[0] and sentence.tokens[n].rel in ("amod", "det", "acl")}
    rows = ([a for a in analyses(sentence.tokens[n].text) if a.pos in ADJECTIVAL] for n in sorted(at))
    return [row for row in rows if row]
