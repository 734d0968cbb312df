"""Which case a place in a Russian sentence asks for: what the replaced words were in, and what governs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.enforce.view import CLOSERS, OPENERS
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.model import Span

NAMES = {
    "nom": "nominative",
    "gen": "genitive",
    "dat": "dative",
    "acc": "accusative",
    "ins": "instrumental",
    "prp": "prepositional",
}
_PREPOSITIONS = {
    "gen": "без безо близ вдоль вместо вне внутри возле вокруг для до из изо из-за из-под кроме мимо насчет накануне около от ото "
    "позади помимо после посередине посреди посредством против ради сверх свыше среди у ввиду вследствие относительно касательно "
    "путем силами",
    "dat": "к ко благодаря вопреки согласно навстречу наперекор подобно соответственно по",
    "acc": "про через сквозь спустя включая исключая",
    "ins": "над надо перед передо",
    "prp": "о об обо при",
    "prp acc": "в во на",
    "ins gen": "с со между",
    "ins acc": "за под подо",
}
PREPOSITIONS: dict[str, tuple[str, ...]] = {
    word: tuple(cases.split()) for cases, words in _PREPOSITIONS.items() for word in words.split()
}
_AFTER_NOUN = {
    "связь": ("с", "ins"), "отношение": ("к", "dat"), "соответствие": ("с", "ins"), "отличие": ("от", "gen"), "рамка": ("", "gen"),
}  # fmt: skip
_VERBS = {
    "ins": "руководить управлять заниматься пользоваться являться стать становиться быть оставаться обладать располагать "
    "гордиться руководствоваться обмениваться дорожить делиться ограничиваться",
    "dat": "способствовать содействовать помогать следовать соответствовать противостоять препятствовать служить уделять "
    "учиться посвятить принадлежать угрожать отвечать радоваться",
    "gen": "придерживаться достигать достичь добиваться добиться требовать избегать касаться опасаться лишиться",
}
VERBS: dict[str, str] = {word: case for case, words in _VERBS.items() for word in words.split()}
_REPORT = frozenset(
    [
        "подчеркнуть",
        "отметить",
        "заявить",
        "сказать",
        "указать",
        "сообщить",
        "выразить",
        "потребовать",
        "призвать",
        "напомнить",
        "добавить",
        "заметить",
        "считать",
        "выступить",
        "посетить",
        "возглавить",
        "провести",
        "принять",
        "прибыть",
        "присутствовать",
        "участвовать",
        "встретиться",
    ]
)
GENERIC = frozenset(
    [
        "город",
        "провинция",
        "район",
        "уезд",
        "округ",
        "остров",
        "река",
        "область",
        "край",
        "республика",
        "автономный",
        "посёлок",
        "поселок",
        "деревня",
        "порт",
        "станция",
        "префектура",
        "муниципалитет",
        "столица",
    ]
)
_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NUMR", "NPRO"))
_ADJECTIVAL = frozenset(("ADJF", "PRTF"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The cell chosen, whether that is certain, and why, in a few words."""

    cell: str
    sure: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What the context asks for: cases, how strongly (3 preposition, 2 governor or apposition, 1 guess), why."""

    cases: tuple[str, ...]
    strength: int
    reason: str


def cases_of(token: Token, pos: Iterable[str] = _NOMINAL) -> frozenset[str]:
    wanted = frozenset(pos)
    return frozenset(a.case for a in analyses(token.text) if a.pos in wanted and a.case)


def own(text: str) -> tuple[str, ...]:
    """The cells ("gen", "acc.pl" ...) a Russian phrase can stand in, by its first noun and what agrees with it before it."""
    allowed: frozenset[tuple[str, str]] | None = None
    for token in tokenise(text):
        if not token.is_word:
            continue
        readings = [a for a in analyses(token.text) if a.pos in _NOMINAL and a.case not in ("", "voc", "loc")]
        if not readings:
            continue
        noun = any(a.pos in ("NOUN", "NPRO") for a in readings)
        here = frozenset(
            (a.case, a.number) for a in readings if not noun or a.pos in ("NOUN", "NPRO") or allowed is None
        )
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
        if numeral and allowed and all(case not in ("nom", "acc") for case, _ in allowed):
            continue
        if numeral:
            break
    if allowed is None:
        return ()
    return tuple(sorted({case + (".pl" if number == "pl" else "") for case, number in allowed}))


def demand(text: str, span: Span, kind: str, depth: int = 0) -> Demand:
    """What stands left of the span, modifiers aside, and what it asks for."""
    tokens = tokenise(text)
    index = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].end <= span.start), -1)
    agreeing: frozenset[str] = frozenset()
    while index >= 0:
        token = tokens[index]
        word = fold(token.text)
        if token.text in OPENERS:
            index -= 1
            continue
        if not token.is_word:
            break
        if word in PREPOSITIONS:
            break
        readings = analyses(token.text)
        if token.text.isdigit():
            index -= 1
            continue
        if readings[0].pos in _ADJECTIVAL or word in ("этот", "весь", "свой", "сам"):
            here = cases_of(token, _ADJECTIVAL)
            agreeing = here if not agreeing else (agreeing & here or agreeing)
            index -= 1
            continue
        break
    modifiers = tuple(case for case in NAMES if case in agreeing)
    if index < 0:
        return Demand(modifiers or ("nom",), 2 if len(modifiers) == 1 else 1, "at the start")
    token = tokens[index]
    word = fold(token.text)
    if word in PREPOSITIONS:
        cases = PREPOSITIONS[word]
        if agreeing:
            cases = tuple(case for case in cases if case in agreeing) or cases
        return Demand(cases, 3, f"after «{token.text}»")
    if modifiers and len(modifiers) == 1:
        return Demand(modifiers, 2, "agrees with the word before it")
    first = analyses(token.text)[0]
    if word in ("и", "или", "а", "также", "как") or token.text == ",":
        if depth < 2 and index > 0:
            joined = _coordinate(text, tokens, index, kind, depth)
            if joined is not None:
                return joined
        return Demand(modifiers or ("nom",), 1, "begins a clause")
    if any(a.pos in ("VERB", "INFN", "GRND") for a in analyses(token.text)) and first.pos != "NOUN":
        return _verb(token, kind, modifiers)
    if first.pos == "PRTF" or first.pos == "PRTS":
        return Demand(modifiers or ("ins",), 1, f"after «{token.text}»")
    if any(a.pos == "NOUN" for a in analyses(token.text)):
        return _noun(text, tokens, index, kind, depth, modifiers)
    return Demand(modifiers or ("nom",), 1, "no governor found")


def _verb(token: Token, kind: str, modifiers: tuple[str, ...]) -> Demand:
    known = lemmas(token.text)
    if kind == "person" and known & _REPORT and any(a.pos == "VERB" for a in analyses(token.text)):
        return Demand(("nom",), 2, f"subject of «{token.text}»")
    for lemma in known:
        if lemma in VERBS:
            return Demand((VERBS[lemma],), 2, f"after «{token.text}»")
    grammemes = analyses(token.text)[0].grammemes
    if "tran" in grammemes:
        return Demand(("acc",), 2, f"object of «{token.text}»")
    return Demand(modifiers or ("nom",), 1, f"after «{token.text}»")


def _noun(
    text: str, tokens: tuple[Token, ...], index: int, kind: str, depth: int, modifiers: tuple[str, ...]
) -> Demand:
    token = tokens[index]
    known = lemmas(token.text)
    animate = any(a.pos == "NOUN" and a.animate for a in analyses(token.text))
    if kind == "person" and (animate or token.text[:1].isupper() or "." in token.text):
        cases = tuple(case for case in NAMES if case in cases_of(token, ("NOUN",)))
        if len(cases) > 1 and depth < 2:
            outer = demand(text, Span(token.start, token.end), "title", depth + 1)
            cases = tuple(case for case in cases if case in outer.cases) or cases
        return Demand(cases or ("nom",), 2 if len(cases) == 1 else 1, f"stands with «{token.text}»")
    if kind == "place" and known & GENERIC:
        return Demand(("nom",), 1, f"name after «{token.text}»")
    return Demand(("gen",), 2, f"after «{token.text}»")


def _coordinate(text: str, tokens: tuple[Token, ...], index: int, kind: str, depth: int) -> Demand | None:
    """The case of the conjunct before «и» or a comma: that of the nearest noun whose own place tells it."""
    for at in range(index - 1, max(-1, index - 6), -1):
        token = tokens[at]
        if token.text in CLOSERS:
            continue
        if not token.is_word:
            return None
        nouns = cases_of(token, ("NOUN",))
        if not nouns:
            continue
        outer = demand(text, Span(token.start, token.end), kind, depth + 1)
        cases = tuple(case for case in NAMES if case in nouns and case in outer.cases)
        if cases:
            return Demand(cases, min(outer.strength, 2), f"joined to «{token.text}»")
        return Demand(tuple(case for case in NAMES if case in nouns), 1, f"joined to «{token.text}»")
    return None


def read(text: str, span: Span, made: Paradigm, kind: str, cells: tuple[str, ...], inflects: bool) -> Reading:
    """The cell that the words at `span` are to be put in. `cells`: what the replaced words can be."""
    plural = bool(cells) and all(cell.endswith(".pl") for cell in cells) and "gen.pl" in made.cells
    own_cases = tuple(dict.fromkeys(cell.removesuffix(".pl") for cell in cells)) if inflects else ()
    asked = demand(text, span, kind)
    suffix = ".pl" if plural else ""
    both = [case for case in own_cases if case in asked.cases]
    if both and (asked.strength >= 2 or len(both) < len(own_cases) or len(own_cases) == 1):
        if len(both) == 1:
            return Reading(both[0] + suffix, True, f"{NAMES[both[0]]}: {asked.reason}")
        best = next(case for case in asked.cases if case in both)
        return Reading(
            best + suffix, len({made.cells.get(case, "") for case in both}) == 1, f"{NAMES[best]}: {asked.reason}"
        )
    if own_cases and not both and asked.strength >= 3 and set(own_cases) <= {"nom", "acc"}:
        return Reading(asked.cases[0] + suffix, True, f"{NAMES[asked.cases[0]]}: {asked.reason}")
    if own_cases:
        if len(own_cases) == 1:
            return Reading(own_cases[0] + suffix, True, f"{NAMES[own_cases[0]]}, as what stood there")
        best = own_cases[0]
        return Reading(best + suffix, False, f"{NAMES[best]}, as what stood there")
    best = asked.cases[0]
    return Reading(best, asked.strength >= 2, f"{NAMES[best]}: {asked.reason}")
