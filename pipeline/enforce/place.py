"""Which case a place in a Russian sentence asks for: what the replaced words were in, and what governs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.enforce import expects
from pipeline.enforce.begins import acts, served
from pipeline.enforce.context import demand
from pipeline.enforce.due import joined_to_subject
from pipeline.enforce.tree import ADJECTIVAL, NAMES, NOMINAL, governed, tagged
from pipeline.enforce.tree import words as listed
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.languages.russian import mass
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.participles import opens
from pipeline.languages.russian.spans import head_of, sentence_of
from pipeline.languages.russian.tables import table
from pipeline.languages.russian.word_order import is_subject
from pipeline.model import Span

if TYPE_CHECKING:
    from pipeline.languages.russian.government import Demand

_AS_BEFORE = "as what stood there"


@dataclass(frozen=True, slots=True)
class Reading:
    """The cell chosen, and why, in a few words."""

    cell: str
    reason: str


def own(text: str, animate: bool | None = None) -> tuple[str, ...]:
    """The cells ("gen", "acc.pl" ...) of a Russian phrase, by its first noun and what agrees with it before it.

    `animate`: whether it speaks of somebody or of a thing, where that is known and the noun may be both («посол»).
    """
    allowed: frozenset[tuple[str, str]] | None = None
    tokens = tokenise(text)
    for at, token in enumerate(tokens):
        if not token.is_word:
            continue
        readings = [a for a in analyses(token.text) if a.pos in NOMINAL and a.case not in ("", "voc", "loc")]
        if not readings:
            continue
        if _attribute(token, tokens[at + 1 : at + 2]):
            readings = [a for a in readings if a.pos in ("ADJF", "PRTF")]
        noun = any(a.pos in ("NOUN", "NPRO") for a in readings)
        if noun and animate is not None:
            readings = [a for a in readings if a.pos == "NOUN" and a.animate == animate] or readings
        elif animate:  # «[патрульный] второго уровня» is no accusative
            readings = [a for a in readings if a.case != "acc" or a.animate is not False] or readings
        here = frozenset(
            (a.case, a.number) for a in readings if not noun or a.pos in ("NOUN", "NPRO") or allowed is None
        )
        if allowed is None and noun and readings[0].pos == "NOUN":  # «политику» is of политика, not of политик
            here = frozenset((a.case, a.number) for a in readings if a.lemma == readings[0].lemma)
        numeral = any(a.pos == "NUMR" for a in readings)
        if numeral:
            here = frozenset((case, "pl") for case, _ in here)
        joined = here if allowed is None else frozenset(
            (c, n or m) for c, n in allowed for d, m in here if c == d and (not n or not m or n == m)
        )  # fmt: skip
        if joined:
            allowed = joined
        if noun:
            break
        if numeral and not (allowed and all(case not in ("nom", "acc") for case, _ in allowed)):
            break
    if allowed is None:
        return ()
    return tuple(sorted({case + (".pl" if number == "pl" else "") for case, number in allowed}))


def _attribute(token: Token, following: Sequence[Token]) -> bool:
    """Is a word that may be a noun as well («семенной») an adjective of the noun right behind it?"""
    mine = [a for a in analyses(token.text) if a.pos in ("ADJF", "PRTF")]
    return any(
        a.case == n.case and a.number == n.number and (a.number == "pl" or a.gender == n.gender)
        for word in following
        for n in analyses(word.text)
        for a in mine
        if n.pos == "NOUN"
    )


def plural_before(text: str, span: Span) -> bool:
    """Does a plural adjective or a word of quantity stand right before?"""
    left = next((token for token in reversed(tokenise(text)) if token.end <= span.start), None)
    if left is None:
        return False
    found = [a for a in analyses(left.text) if a.pos in ("ADJF", "PRTF", "NUMR")] if left.is_word else []
    return is_few(left) or is_many(left) or (bool(found) and all(a.number == "pl" for a in found))


def few_before(text: str, span: Span) -> bool:
    """Does two, three or four in the nominative or accusative stand before, adjectives aside?"""
    return _counted_before(text, span, is_few)


_BEHIND = 5  # words behind a term among which its verb is looked for


def _many_before(text: str, span: Span) -> bool:
    """Does a number that asks for the genitive plural stand before, adjectives aside («тридцать отличных [самок]»)?"""
    return _counted_before(text, span, is_many)


def counted(text: str, span: Span) -> bool:
    """Does a number stand before, in words or figures, adjectives aside («девять новых [яслей]»)?"""
    row = [token for token in tokenise(text) if token.end <= span.start]
    at = before_attributes(row)
    if at < 0:
        return False
    return is_few(row[at]) or is_many(row[at]) or any(a.pos == "NUMR" for a in analyses(row[at].text)[:1])


def _counted_before(text: str, span: Span, asked: Callable[[Token], bool]) -> bool:
    """Does a number of the kind asked stand before, adjectives aside, itself in no oblique case?"""
    row = [token for token in tokenise(text) if token.end <= span.start]
    at = before_attributes(row)
    figures = at > 0 and row[at].text.isdigit()
    return at >= 0 and asked(row[at]) and not (figures and (row[at - 1].text == "№" or _oblique(row[at - 1])))


def before_attributes(row: Sequence[Token]) -> int:
    """Index of the last word before the adjectives and participles with their phrases that end the row («[две] выданные
    с нарушениями новые …»); -1 for none."""
    at = len(row) - 1
    while at >= 0 and row[at].is_word and not is_few(row[at]):
        if not any(a.pos in ADJECTIVAL for a in analyses(row[at].text)):
            first = opens(row, at)
            if first < 0:
                break
            at = first
        at -= 1
    return at


def _oblique(left: Token) -> bool:
    """Puts the word the figures behind it into an oblique case («из 72», «более 22»)? «По» has the accusative there."""
    word = fold(left.text)
    cases = governed("prep").get(word, ()) if word != "по" else ()
    return word in ("более", "менее", "больше", "меньше") or (bool(cases) and "acc" not in cases)


def in_singular(cells: tuple[str, ...], made: Paradigm, span: Span, view: View) -> tuple[str, ...]:
    """The cells, in the singular where the term is a singular that stands for many: for people, of whom the old words
    spoke in the plural («[ремонтники]»: технический состав), or for a material behind its weight («тонн силоса»)."""
    if not cells or made.number != "sg" or not all(cell.endswith(".pl") for cell in cells):
        return cells
    words, left = tokenise(made.text), view.before(span.start)
    head = words[made.head].text if made.head < len(words) else ""
    old = [a for token in tokenise(span.of(view.text)) for a in analyses(token.text)[:1] if a.pos == "NOUN"]
    while left is not None and left.is_word and analyses(left.text)[0].pos in ADJECTIVAL:
        if not lemmas(left.text).isdisjoint(
            ("многий", "многие", "некоторый", "другой", "прочий", "иной", "все", "весь")
        ):
            return cells
        left = view.before(left.start)
    known = lemmas(left.text) if left is not None else frozenset()
    counted = left is not None and (is_few(left) or is_many(left))
    people = bool(old) and old[0].animate and not counted and not lemmas(head).isdisjoint(listed("collective"))
    weighed = not known.isdisjoint(listed("weight")) and mass.material(head)
    weighed = weighed or (not known.isdisjoint(listed("length")) and mass.material(head, unseen=True))
    return tuple(cell.removesuffix(".pl") for cell in cells) if people or weighed else cells


def is_few(token: Token) -> bool:
    """Two, three or four, in words (as nominative or accusative) or figures."""
    named = fold(token.text).rpartition("-")[2] in ("два", "две", "три", "четыре", "оба", "обе")
    return named or re.fullmatch(r"(?:\d*[02-9])?[2-4]", token.text) is not None


def is_many(token: Token) -> bool:
    """A word of quantity in the nominative or accusative, or a figure, that asks for the genitive plural."""
    if re.fullmatch(r"\d*(?:1\d|[05-9])", token.text):
        return True
    readings = analyses(token.text) if token.is_word else ()
    quantity = any(a.pos == "NUMR" and a.case in ("nom", "acc", "") for a in readings)
    return quantity or fold(token.text) in ("сколько", "несколько", "много", "немало", "мало", "столько", "ряд")


def locative(text: str, span: Span, made: Paradigm) -> str:
    """The form behind «в» or «на», adjectives aside, that a few nouns have for a place: «в соседнем морском порту»; ""
    where the term has none or another preposition stands there."""
    form = made.cells.get("loc", "")
    heads = tokenise(made.text)
    head = fold(heads[min(made.head, len(heads) - 1)].text.rpartition("-")[2]) if form else ""
    row = [token for token in tokenise(text) if token.end <= span.start] if form else []
    for at, token in reversed(list(enumerate(row))):
        if not (token.is_word and any(a.pos in ("ADJF", "PRTF") for a in analyses(token.text))):
            if at and not lemmas(row[at - 1].text).isdisjoint(table("words", "abstract")):
                return ""
            preposition = "в" if fold(token.text) == "во" else fold(token.text)
            return form if preposition in table("words", "locative").get(head, "в на").split() else ""
    return ""


def paucal(text: str, span: Span, made: Paradigm) -> str:
    """The form after two, three, four in the nominative or accusative: «два специальных посланника»; "" elsewhere."""
    return next(iter(forms.paucal(made)), "") if few_before(text, span) else ""


def _consistent(text: str, span: Span, made: Paradigm, choice: list[str], suffix: str) -> list[str]:
    """The cells, those first whose form, put in its place, the sentence reads as that case."""
    tried: dict[str, bool] = {}
    for case in choice:
        form = made.cells[case + suffix]
        if form not in tried:
            whole = text[: span.start] + form + text[span.end :]
            head = tokenise(form)
            if not head:
                tried[form] = False
                continue
            at = span.start + head[min(made.head, len(head) - 1)].start
            read_as = tagged(whole, at)
            tried[form] = read_as in NAMES and made.cells.get(read_as + suffix) == form
    return sorted(choice, key=lambda case: not tried[made.cells[case + suffix]])


def read(
    view: View, span: Span, made: Paradigm, kind: str, cells: tuple[str, ...], inflects: bool, *, trusted: bool = False
) -> Iterator[Reading]:
    """The cells that `span` may be put in, the likeliest first, four at most. `cells`: what the replaced words can be;
    `trusted`: they are words of the language in a case of their own, no name left undeclined.

    The tree is asked only where the words beside the span leave a choice.
    """
    from pipeline.languages.russian.government import demanded

    text = view.text

    @cache
    def far() -> Demand:
        return demanded(text, (span.start, span.end), kind)

    cells = tuple(dict.fromkeys("prp" if cell == "loc" else cell for cell in cells))
    if forms.PAUCAL in cells and len(cells) > 1 and not few_before(text, span):
        cells = tuple(cell for cell in cells if cell != forms.PAUCAL)  # «лишили [режима]»
    if forms.PAUCAL in cells:
        cells = tuple(dict.fromkeys((*(cell for cell in cells if cell != forms.PAUCAL), "nom.pl", "acc.pl")))
    cells = tuple(cell for cell in cells if cell.removesuffix(".pl") in NAMES)  # no verb; no paucal of one for many
    if {"gen.pl", "acc.pl"} <= set(cells) and _many_before(text, span):
        cells = tuple(cell for cell in cells if cell != "acc.pl")  # living or not
    near = demand(text, span, kind)
    if len({cell.endswith(".pl") for cell in cells}) > 1:
        fitting = {cell.endswith(".pl") for cell in cells if cell.removesuffix(".pl") in near.cases}
        if few_before(text, span):
            many = True
        elif len(fitting) == 1 and near.strength >= 2:
            many = True in fitting
        else:
            many = far().number == "pl"
        cells = tuple(cell for cell in cells if cell.endswith(".pl") == many) or cells
    plural = bool(cells) and all(cell.endswith(".pl") for cell in cells) and "gen.pl" in made.cells
    suffix = ".pl" if plural else ""
    had = tuple(dict.fromkeys(cell.removesuffix(".pl") for cell in cells)) if inflects else ()
    if not trusted and near.strength >= 3 and len(had) == 1 and not set(near.cases) & set(had):
        had = ()  # между Благовещинском: of a word that no dictionary has the preposition tells more
    if len({made.cells[case + suffix] for case in (had or tuple(NAMES))}) == 1:
        case = next((case for case in near.cases if case in (had or NAMES)), had[0] if had else near.cases[0])
        if len(had) > 1 and (near.strength < 2 or not set(near.cases) & set(had)):
            subject = "nom" in had and (has_predicate(text, span) or joined_to_subject(text, span))
            case = "nom" if subject else next((case for case in far().ranked if case in had), case)
        yield Reading(case + suffix, f"{NAMES[case]}, the only form that fits")
        return
    if set(had) == {"nom", "acc"} and not suffix and acts(text, span):
        yield Reading("nom", "nominative: subject of the verb behind it")
        return
    if set(had) == {"nom", "acc"} and not suffix and served(text, span):
        yield Reading("acc", "accusative: object of the verb behind it")
        return
    if had and not trusted and near.strength >= 3 and set(had) <= {"nom", "acc"} and not set(near.cases) & set(had):
        choice = list(near.cases)
    elif had:
        choice = [case for case in _ranked(far()) if case in had] or list(had)
        narrow = [case for case in choice if case in near.cases]
        if near.strength >= 2 and narrow:
            choice = narrow
        elif not trusted and near.strength >= 3 and set(had) <= {"nom", "acc"}:
            choice = list(near.cases)
        elif "nom" in had and len(had) > 1 and has_predicate(text, span):
            choice.sort(key=lambda case: case != "nom")
    elif near.strength >= 2:
        choice = list(near.cases)
    else:
        choice = _ranked(far())
    if not had:
        if not suffix and "gen.pl" in made.cells and plural_before(text, span):
            suffix = ".pl"
            left = next(token for token in reversed(tokenise(text)) if token.end <= span.start)
            if is_many(left) and not is_few(left):
                choice = ["gen"]
        if len(choice) > 1 and near.strength < 3:
            choice = _consistent(text, span, made, choice, suffix)
    choice = expects.ordered(view, span, made, kind, choice, suffix, free=not had and near.strength < 2)
    cause = dict.fromkeys(near.cases, near.reason) if near.strength >= 2 else {far().case: far().cause}
    for case in choice[:4]:
        yield Reading(case + suffix, f"{NAMES[case]}: {cause.get(case, _AS_BEFORE)}")
    if len(choice) < 4:
        rest = [case for case in (*near.cases, *_ranked(far())) if case not in choice and (not had or case in had)]
        for case in rest[: 4 - len(choice)]:
            yield Reading(case + suffix, f"{NAMES[case]}: {cause.get(case, _AS_BEFORE)}")


def has_predicate(text: str, span: Span) -> bool:
    """Does a past tense or short form behind the words agree with them and with no other subject («[полномочие],
    выданное за рубежом, должно быть переведено»), or one before them («предусмотрен [минимум]»)?"""
    sentence = sentence_of(text, (span.start, span.end))
    inside = [n for n, t in enumerate(sentence.tokens) if t.end > span.start and t.start < span.end] if sentence else []
    if sentence is None or not inside:
        return False
    return is_subject(sentence, inside[0], inside[-1], head_of(sentence, inside))


def surely(span: Span, view: View) -> tuple[str, str]:
    """(case, why) that the words right before surely ask for, whatever the tree says; else ("", "").

    The genitive of a material behind its counted weight («три тонны [россыпное золото]»), where no verb follows whose
    subject it may be.
    """
    row = [token for token in view.tokens if token.end <= span.start]
    if len(row) < 2 or view.text[row[-1].end : span.start] not in (" ", "\u00a0"):
        return "", ""
    second, left = row[-2:]
    if lemmas(left.text).isdisjoint(listed("weight")):
        return "", ""
    led = len(row) > 2 and fold(row[-3].text) in governed("prep")
    counted = second.text.isdigit() or is_few(second) or is_many(second)
    counted = counted or not lemmas(second.text).isdisjoint(("тысяча", "миллион", "миллиард"))
    inside = [token for token in tokenise(span.of(view.text)) if token.is_word]
    head = next((token.text for token in inside if analyses(token.text)[0].pos == "NOUN"), "")
    behind = [token for token in view.tokens if token.start >= span.end][:_BEHIND]
    ruled = any(a.pos in ("VERB", "PRTS") for token in behind for a in analyses(token.text)[:1])
    if not counted or led or ruled or not mass.material(head) or has_predicate(view.text, span):
        return "", ""
    return "gen", f"after «{second.text} {left.text}»"


def _ranked(far: Demand) -> list[str]:
    return list(far.ranked or (far.case,))
