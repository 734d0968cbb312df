"""What a verb, a noun or a conjunction does not take, by the table data/frames.tsv and by what the dictionary says.

Each rule looks at words side by side: a preposition that never stands behind the verb (ознакомиться об), a clause
with «что» behind a verb that has none (представил, что), an accusative behind a verb without object (пользоваться
возможность), a present tense in a clause of purpose. Nothing is said where another word stands between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.languages.russian.analyse import Analysis, Token, fold, inflect_word
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement
from pipeline.languages.russian.near import (
    TIMES,
    Rules,
    adjectives,
    group,
    nominal,
    only,
    read,
    some,
    standing,
    transitive,
)
from pipeline.languages.russian.reading import cases_of, nouns
from pipeline.languages.russian.slots import subject_before, subject_possible
from pipeline.languages.russian.tables import table

_VERBAL: Final = frozenset(("VERB", "INFN", "GRND"))


def _all(word: str, kinds: frozenset[str]) -> tuple[Analysis, ...]:
    """The readings, if all of them are of these parts of speech."""
    found = read(word)
    return found if all(a.pos in kinds for a in found) else ()


def _report(word: Token, head: Token, message: str, suggestion: str = "", sure: bool = True) -> Disagreement:
    return Disagreement(word.start, word.end, head.start, head.end, "frame", message, suggestion, sure)


def _text(tokens: Sequence[Token], at: int) -> str:
    return fold(tokens[at].text) if 0 <= at < len(tokens) else ""


def clause(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """представил, что; потребовал, что: a verb with a clause that it does not take."""
    if _text(tokens, at + 1) != "," or _text(tokens, at + 2) != "что":
        return None
    own = _all(tokens[at].text, frozenset(("VERB", "GRND")))
    if not own or any("impr" in a.grammemes or a.person in ("1per", "2per") for a in own):
        return None
    lemmas = {fold(a.lemma) for a in own}
    if any(fold(t.text) in ("как", "то", "себе") for t in tokens[max(0, at - 4) : at]) or _text(tokens, at + 3) in (
        "ли", "за", "бы", "именно", "нужно", "необходимо"
    ):  # fmt: skip
        return None
    if any(a.pos == "INFN" for token in tokens[at + 3 : at + 4] for a in read(token.text)):
        return None  # обсуждая, что делать
    told = next((table("frames", "nothat")[lemma] for lemma in lemmas if lemma in table("frames", "nothat")), None)
    if told is not None:
        message = f"«{tokens[at].text}» takes no clause with «что»; meant is rather «{told.replace(', ', '», «')}»"
        return _report(tokens[at], tokens[at], message, sure=False)
    if lemmas <= table("frames", "wish").keys():
        for token in tokens[at + 3 : at + 18]:
            if token.text in ",;:":
                break
            if any(
                (a.pos == "VERB" and a.tense in ("pres", "futr")) or a.pos in ("PRED", "ADJS") for a in read(token.text)
            ):
                return None  # требует, что нужно; предлагает, что может
        return _report(tokens[at + 2], tokens[at], f"«{tokens[at].text}» takes «чтобы», not «что»", "чтобы", sure=False)
    return None


def about(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """подчеркнул о важности: «о» right behind a verb that has no such complement."""
    if _text(tokens, at + 1) not in ("о", "об", "обо") or at + 2 >= len(tokens):
        return None
    own = _all(tokens[at].text, _VERBAL)
    if not own or any(fold(a.lemma) in table("frames", "about") for a in own):
        return None
    if not any(a.case == "prp" for a in read(tokens[at + 2].text)):
        return None
    if any(a.pos == "INFN" for token in tokens[at + 3 : at + 6] for a in read(token.text)):
        return None  # перестали об этом думать
    return _report(tokens[at + 1], tokens[at], f"«{tokens[at].text}» does not take «{tokens[at + 1].text}»")


def preposition(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """соответствует с требованиями, избегать от ошибок: a preposition that the word before it does not take."""
    word = _text(tokens, at + 1)
    if at + 2 >= len(tokens) or word not in table("government", "prep"):
        return None
    own = _all(tokens[at].text, _VERBAL)
    if not own and tokens[at].text.islower():
        own = _all(tokens[at].text, frozenset(("NOUN",)))
    if not own and at and tokens[at].text.islower():  # касающихся на: an active participle governs as its verb does
        own = tuple(a for a in _all(tokens[at].text, frozenset(("PRTF",))) if "actv" in a.grammemes)
    told = next((t for a in own if (t := table("frames", "notprep").get(fold(a.lemma)))), None)
    if not told or any(not table("frames", "notprep").get(fold(a.lemma)) for a in own):
        return None
    if tokens[at + 2].text[:1].isdigit() or _text(tokens, at + 2) in table("frames", "aside"):
        return None  # к 2030 году; к сожалению; верить на слово
    plain = {"об": "о", "обо": "о", "ко": "к", "со": "с", "во": "в"}.get(word, word)
    if plain == "за" and any(a.pos == "NPRO" or a.animate for a in read(tokens[at + 2].text)):
        return None  # оплатить за них лечение: for whom it is done
    toward = table("frames", "toward")
    if plain == "к" and any(fold(a.lemma) in toward for t in tokens[max(0, at - 14) : at] for a in read(t.text)):
        return None  # принуждать предприятия с иностранными инвестициями к передаче технологий
    cases = {a.case for a in read(tokens[at + 2].text)}
    at_end = at + 2
    while at_end < len(tokens) - 1 and adjectives(tokens[at_end].text):
        at_end += 1
    last = read(tokens[at_end].text)
    if any(fold(a.lemma) in TIMES for a in last) or _text(tokens, at_end) in table("frames", "aside"):
        return None
    if any(a.pos == "NUMR" for a in read(tokens[at + 2].text)) and any(
        fold(a.lemma) in TIMES for token in tokens[at + 3 : at + 5] for a in read(token.text)
    ):
        return None  # вывешены для ознакомления на семь дней
    for entry in told.split():
        name, _, case = entry.partition(":")
        if name == plain and (not case or cases == {case} or (case in cases and len(cases & {"acc", "prp"}) == 1)):
            return _report(tokens[at + 1], tokens[at], f"«{tokens[at].text}» does not take «{tokens[at + 1].text}»")
    return None


_ABSTRACT: Final = ("ение", "ание", "ция", "ость", "ство", "изм")
_BODIES: Final = frozenset(table("frames", "body"))
_THINGS: Final = frozenset(table("frames", "thing"))


def _subject_of(tokens: Sequence[Token], verb: int) -> bool:
    """Has the verb its subject right before it: комитет проинформировал?"""
    if not verb or not tokens[verb - 1].text[:1].isalpha():
        return False
    found = nouns(tokens[verb - 1].text)
    return bool(found) and "nom" in standing(tokens, verb - 1)


def person(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """проинформировать прогресс: the thing as object of a verb whose object is a person."""
    own = _all(tokens[at].text, _VERBAL)
    told = next((t for a in own if (t := table("frames", "person").get(fold(a.lemma)))), None)
    if told is None:
        return None
    place = at + 1
    while place < len(tokens) and place < at + 4 and adjectives(tokens[place].text):
        place += 1
    found = nouns(tokens[place].text) if place < len(tokens) else ()
    if not found or "acc" not in cases_of(found) or any(n.animate for n in found):
        return None
    lemma = fold(found[0].lemma)
    if lemma in _BODIES or not (lemma in _THINGS or lemma.endswith(_ABSTRACT)):
        return None
    if any(a.pos == "VERB" for a in own) and not _subject_of(tokens, at) and subject_possible(tokens, place, place):
        return None
    return _report(
        tokens[place], tokens[at], f"«{tokens[at].text}» takes «{told}», not “{tokens[place].text}” as its object"
    )


def denied(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """принесли пользы: the genitive of a set object where nothing is denied or counted."""
    found = nouns(tokens[at].text)
    if not at or not found or found[0].case != "gen" or any(n.case == "acc" and n.score > 0.3 for n in found):
        return None
    place = at - 1
    while place > 0 and place > at - 3 and adjectives(tokens[place].text):
        if not any(a.case == "gen" for a in read(tokens[place].text)):
            return None
        place -= 1
    own = _all(tokens[place].text, _VERBAL | {"VERB"})
    if not own or not any(fold(found[0].lemma) in table("frames", "set").get(fold(a.lemma), "").split() for a in own):
        return None
    for token in (*tokens[max(0, place - 8) : place], *tokens[at + 1 : at + 3]):
        low = fold(token.text)
        if low in table("frames", "quantity") or low[:1].isdigit():
            return None
    right = inflect_word(tokens[at].text, "acc", found[0].number, pos="NOUN") or ""
    return _report(
        tokens[at], tokens[place], f"“{tokens[place].text}” takes the accusative, not “{tokens[at].text}”", right
    )


def intransitive(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """пользоваться возможность, занимается торговлю: an accusative behind a verb that has no object."""
    own = _all(tokens[at].text, _VERBAL)
    if not own or transitive(tokens[at].text) or any("Impx" in a.grammemes for a in own):
        return None
    if any(fold(a.lemma) in _FREE for a in own):
        return None
    place = at + 1
    while place < len(tokens) - 1 and place < at + 4 and adjectives(tokens[place].text):
        place += 1
    found = nouns(tokens[place].text) if place < len(tokens) else ()
    if not found or not tokens[place].text.islower() or any(n.animate or "Fixd" in n.grammemes for n in found):
        return None
    first, cases = group(tokens, place)
    if first != at + 1 or not cases or not cases <= {"acc", "nom"}:
        return None
    if (
        fold(found[0].lemma) in TIMES
        or fold(found[0].lemma) in _SPACES
        or _text(tokens, place + 1) in ("назад", "спустя")
    ):
        return None
    plural = "nom" in cases and any(a.pos == "VERB" and a.number == "pl" for a in own)
    if plural and _text(tokens, place + 1) in (",", "и"):
        return None  # развиваются овощеводство, грибоводство
    if cases == {"acc"}:
        if any(transitive(t.text) for t in tokens[max(0, at - 5) : at]) or any(
            transitive(t.text) for t in tokens[place + 1 : place + 6]
        ):
            return None
    elif any(a.pos == "VERB" for a in own):
        if not subject_before(tokens, at, at - 1):
            return None
    elif subject_possible(tokens, first, place) or not any(fold(a.lemma) in table("government", "verb") for a in own):
        return None  # должна оказываться поддержка
    told = next((t for a in own if (t := table("government", "verb").get(fold(a.lemma)))), "").split()
    named = " or ".join(CASE_NAMES[case] for case in told if case in CASE_NAMES)
    said = f"takes the {named}" if named else "takes no accusative"
    right = inflect_word(tokens[place].text, told[0], found[0].number, pos="NOUN") if told and place == at + 1 else ""
    return _report(tokens[place], tokens[at], f"“{tokens[at].text}” {said}, not “{tokens[place].text}”", right or "")


_FREE: Final = frozenset(table("frames", "free"))
_SPACES: Final = frozenset(table("frames", "extent"))


def governed(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """содействовать применении, заниматься коррупции: a noun right behind a verb, in a case that it does not take."""
    own = _all(tokens[at].text, _VERBAL)
    told = [table("government", "verb").get(fold(a.lemma), "") for a in own]
    if not told or "" in told:
        return None
    wanted = frozenset(" ".join(told).split())
    place = at + 1
    while place < len(tokens) - 1 and place < at + 4 and adjectives(tokens[place].text):
        place += 1
    found = nouns(tokens[place].text) if place < len(tokens) else ()
    if not found or not tokens[place].text.islower() or any("Fixd" in n.grammemes for n in found):
        return None
    first, cases = group(tokens, place)
    if first != at + 1 or not cases or cases & (wanted | {"nom", "acc", "ins"}):
        return None
    lemma = fold(found[0].lemma)
    if lemma in TIMES or lemma in _SPACES or (cases == {"dat"} and any(n.animate for n in found)):
        return None  # гордиться людям: a dative of whom it concerns
    later = {case for token in tokens[place + 1 : place + 4] for case in cases_of(nouns(token.text))}
    if later & wanted and cases & {"gen", "dat"}:
        return None
    case = sorted(wanted)[0]
    named = " or ".join(sorted(CASE_NAMES[each] for each in wanted if each in CASE_NAMES))
    right = inflect_word(tokens[place].text, case, found[0].number, pos="NOUN") or ""
    message = f"“{tokens[at].text}” takes the {named}, not “{tokens[place].text}”"
    return _report(tokens[place], tokens[at], message, right if place == at + 1 else "")


def parenthesis(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """126 тыс. предметов (комплекта): another counted noun in brackets, in another number or case."""
    if at < 3 or at + 1 >= len(tokens) or tokens[at - 1].text != "(" or tokens[at + 1].text != ")":
        return None
    own, before = nouns(tokens[at].text), nouns(tokens[at - 2].text)
    if not own or not before or tokens[at].text in tokens[at - 2].text:
        return None
    number = _text(tokens, at - 3) if tokens[at - 3].text != "." else _text(tokens, at - 4)
    if not (number[:1].isdigit() or number in ("тыс", "млн", "млрд", "тысяч", "миллионов")):
        return None
    if any(a.case == b.case and a.number == b.number for a in own for b in before):
        return None
    best = before[0]
    right = inflect_word(tokens[at].text, best.case, best.number, pos="NOUN") or ""
    return _report(
        tokens[at], tokens[at - 2], f"“{tokens[at].text}” does not agree with “{tokens[at - 2].text}”", right
    )


def infinitive(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """среду для людей весело провести праздник: an infinitive as attribute of «для» with its noun."""
    if not _all(tokens[at].text, frozenset(("INFN",))):
        return None
    place = at - 1
    while place > 0 and place > at - 4 and any(a.pos in ("ADVB", "PRCL") for a in read(tokens[place].text)):
        place -= 1
    if place < 1 or not any(n.case == "gen" for n in nouns(tokens[place].text)) or not nouns(tokens[place].text):
        return None
    first = place
    while first > 0 and adjectives(tokens[first - 1].text):
        first -= 1
    if _text(tokens, first - 1) != "для" or first < 2:
        return None
    for token in tokens[max(0, first - 4) : first - 1]:
        if any(a.pos in ("ADJS", "COMP") or (a.pos == "ADVB" and a.word[-1] in "ое") for a in read(token.text)):
            return None
    if _text(tokens, at - 1) == "не" and _text(tokens, at - 2) in ("было", "будет"):
        return None  # наушников для перевода было не достать
    if tokens[first - 2].text in ",;" and any(a.pos == "INFN" for t in tokens[: first - 1] for a in read(t.text)):
        return None  # строить дома, для молодёжи открывать школы
    for token in (*tokens[max(0, first - 9) : first - 1], *tokens[at + 1 : at + 8]):
        if any(a.pos == "PRED" or fold(a.lemma) in _LEAVES for a in read(token.text)):
            return None
    return _report(
        tokens[at], tokens[first - 1], f"“{tokens[at].text}” hangs in the air: «для» takes a noun, not an infinitive"
    )


_LEAVES: Final = frozenset(table("frames", "leave"))


def purpose(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """чтобы ученики веселее играются: a clause with «чтобы» has the past tense or an infinitive."""
    own = _all(tokens[at].text, frozenset(("VERB",)))
    if not own or any(a.tense not in ("pres", "futr") or a.person != "3per" for a in own):
        return None
    if _text(tokens, at - 1) == "как":
        return None  # как следует
    for place in range(at - 1, max(-1, at - 13), -1):
        word = _text(tokens, place)
        if word in ",;:()—–«»":
            return None
        if word == "чтобы":
            if (place + 1 < at and _text(tokens, place + 1) == "ни") or _text(tokens, place - 1) == "то":
                return None  # не то чтобы не хотят
            return _report(
                tokens[at],
                tokens[place],
                f"behind «чтобы» stands the past tense or an infinitive, not “{tokens[at].text}”",
            )
    return None


RULES: Final = Rules(
    (clause, only("VERB", "GRND")),
    (about, only(*_VERBAL)),
    (preposition, some(*_VERBAL, "NOUN", "PRTF")),
    (person, only(*_VERBAL)),
    (denied, nominal),
    (intransitive, only(*_VERBAL)),
    (governed, only(*_VERBAL)),
    (parenthesis, nominal),
    (infinitive, only("INFN")),
    (purpose, only("VERB")),
)


def frames(tokens: Sequence[Token]) -> list[Disagreement]:
    """Reports on one sentence, at most one for each word."""
    return RULES.reports(tokens, (at for at, token in enumerate(tokens) if token.text[:1].isalpha()))
