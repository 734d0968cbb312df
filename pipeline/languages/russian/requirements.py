"""What a word of a clause needs and does not have: a case, a preposition, an infinitive.

A preposition before a verb or before a noun in no case that it takes; a finite verb where an infinitive is due; a verb
with its set object and a preposition that the two do not take (уделить внимание на). As in `constructions` any reading
that allows the sentence is enough for silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from pipeline.languages.russian.analyse import Analysis, Token, fold, inflect_word, is_known
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement
from pipeline.languages.russian.near import (
    TIMES,
    Rule,
    adjectives,
    adverbial,
    framed,
    governing,
    group,
    nominal,
    only,
    read,
    second_genitive,
    transitive,
)
from pipeline.languages.russian.reading import cases_of, nouns
from pipeline.languages.russian.tables import table

VERBAL: Final = frozenset(("VERB", "INFN", "GRND"))


def report(word: Token, head: Token, message: str, suggestion: str = "", sure: bool = True) -> Disagreement:
    return Disagreement(word.start, word.end, head.start, head.end, "construction", message, suggestion, sure)


def low(tokens: Sequence[Token], at: int) -> str:
    return fold(tokens[at].text) if 0 <= at < len(tokens) else ""


def every(word: str, kinds: frozenset[str]) -> tuple[Analysis, ...]:
    found = read(word)
    return found if found and is_known(word) and all(a.pos in kinds for a in found) else ()


_AFTER: Final = frozenset(
    (
        "приезд",
        "прилет",
        "приход",
        "уход",
        "отъезд",
        "вылет",
        "выход",
        "смерть",
        "выпуск",
        "вход",
        "выезд",
        "въезд",
        "отход",
    )
)


def along(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """по сертификате: «по» takes the prepositional only of nouns of an event (по приезде, по окончании)."""
    if low(tokens, at - 1) != "по" or not tokens[at].text.islower():
        return None
    found = nouns(tokens[at].text)
    if not found or cases_of(found) != {"prp"} or any("Fixd" in n.grammemes for n in found):
        return None
    lemma = fold(found[0].lemma)
    if lemma.endswith("техник"):
        return None  # по агротехнике: the dictionary has the man alone
    if lemma.endswith(("ие", "ье", "тье", "ция")) or lemma in _AFTER:
        return None
    right = inflect_word(tokens[at].text, "dat", found[0].number, pos="NOUN") or ""
    return report(tokens[at], tokens[at - 1], f"“по” takes the dative, not “{tokens[at].text}”", right)


_NO_VERB: Final = frozenset(
    ("для", "без", "из", "к", "от", "при", "об", "над", "под", "перед", "через", "ради", "среди", "вместо",
     "против", "благодаря", "согласно", "вследствие", "посредством", "в", "на", "с", "по")
)  # fmt: skip


def bare(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """для повысить, путём развивать: a verb right behind a preposition."""
    word = low(tokens, at - 1)
    if not at or word not in _NO_VERB or not tokens[at].text.islower():
        return None
    own = every(tokens[at].text, frozenset(("INFN", "VERB")))
    if word == "против" and not any(a.pos == "INFN" for a in own):
        return None  # против высказались немногие: an adverb
    if not own or (at > 1 and low(tokens, at - 2) in ("за", "-")) or any(a.lemma in ("быть",) for a in own):
        return None
    if (at > 1 and tokens[at - 2].text in '«“"') or (tokens[at - 1].text[:1].isupper() and at > 1):
        return None
    return report(
        tokens[at], tokens[at - 1], f"a verb (“{tokens[at].text}”) cannot stand behind “{tokens[at - 1].text}”"
    )


_FREE: Final = frozenset(
    ("есть", "быть", "бывать", "мочь", "стать", "хотеть", "знать", "казаться", "сказать", "говорить", "идти", "пойти",
     "взять", "давать", "дать", "значить", "следовать", "считать", "думать", "видеть", "помнить", "прийти", "ходить")
)  # fmt: skip
_DUTY: Final = frozenset(("необходимо", "нужно", "надлежит", "нельзя", "надо", "способен", "способна", "способны"))


def finite(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """продолжает развивается, необходимо укрепляет: a finite verb right behind another, or behind a word of duty."""
    if not at or not tokens[at].text.islower() or tokens[at].start - tokens[at - 1].end != 1:
        return None
    own = every(tokens[at].text, frozenset(("VERB",)))
    if not own or any(a.tense not in ("pres", "futr") or a.person != "3per" for a in own):
        return None
    duty = low(tokens, at - 1) in _DUTY
    before = every(tokens[at - 1].text, frozenset(("VERB",)))
    modal = bool(before) and all(fold(a.lemma) in table("constructions", "phase") for a in before)
    if not (duty or modal) or fold(own[0].lemma) in _FREE:
        return None
    if duty and any(low(tokens, place) in ("что", "как", "где", "когда") for place in range(max(0, at - 5), at)):
        return None
    return report(
        tokens[at],
        tokens[at - 1],
        f"behind “{tokens[at - 1].text}” stands an infinitive, not “{tokens[at].text}”",
        own[0].lemma,
    )


def paired(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """уделить внимание на, оказать помощь к: a preposition that a verb with its set object does not take."""
    word = low(tokens, at)
    plain = {"об": "о", "обо": "о", "ко": "к", "со": "с", "во": "в"}.get(word, word)
    if at < 2 or at + 1 >= len(tokens) or word not in table("government", "prep"):
        return None
    found = nouns(tokens[at - 1].text)
    if not found:
        return None
    pairs = table("constructions", "pair")
    for place in range(at - 2, max(-1, at - 7), -1):
        if tokens[place].text in ",;:()":
            return None
        for a in read(tokens[place].text):
            if a.pos in (*VERBAL, "PRTS", "PRTF") and (told := pairs.get(f"{fold(a.lemma)}_{fold(found[0].lemma)}")):
                cases = {x.case for x in read(tokens[at + 1].text)}
                if any(fold(x.lemma) in TIMES for t in tokens[at + 1 : at + 3] for x in read(t.text)[:1]):
                    return None  # поставлена задача на текущий год
                for entry in told.split():
                    name, _, case = entry.partition(":")
                    if name == plain and (not case or (case in cases and len(cases & {"acc", "prp"}) == 1)):
                        message = f"«{tokens[place].text} {tokens[at - 1].text}» does not take «{tokens[at].text}»"
                        return report(tokens[at], tokens[at - 1], message)
                return None
    return None


def needs(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """нулевая терпимость незаконным действиям: the case without the preposition that the noun has it with."""
    own = nouns(tokens[at].text)
    told = table("constructions", "needs").get(fold(own[0].lemma), "") if own else ""
    if not told:
        return None
    place = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].text == "»")
    first = place
    while place < len(tokens) - 1 and place < first + 3 and adjectives(tokens[place].text):
        place += 1
    found = nouns(tokens[place].text) if place < len(tokens) else ()
    if not found or any(n.animate or "Fixd" in n.grammemes for n in found):
        return None
    start, cases = group(tokens, place)
    prep, _, case = told.partition(":")
    if start > first or cases != {case}:
        return None
    if any(fold(n.lemma).endswith("ение") for token in tokens[max(0, at - 4) : at] for n in nouns(token.text)):
        return None  # уделение внимания вопросам
    for token in (*tokens[max(0, at - 8) : at], *tokens[place + 1 : place + 8]):
        if any(a.pos in ("VERB", "INFN", "GRND", "PRTS", "ADJS", "PRED", "PRTF") for a in read(token.text)):
            return None
    return report(tokens[place], tokens[at], f"«{tokens[at].text}» takes «{prep}» with the {CASE_NAMES[case]}")


_REGIONS: Final = {"провинции": "провинцию", "области": "область", "республики": "республику", "волости": "волость"}


def region(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """поблагодарил провинции Хэйлунцзян: before a single name the object stands in the accusative singular."""
    right = _REGIONS.get(tokens[at].text)
    if not right or at < 1 or at + 2 >= len(tokens) or not tokens[at + 1].text[:1].isupper():
        return None
    own = every(tokens[at - 1].text, VERBAL)
    if not own or not all("tran" in a.grammemes for a in own) or not transitive(tokens[at - 1].text):
        return None
    if low(tokens, at + 2) in ("и", ",", "-", "–", "—") or tokens[at + 2].text[:1].isupper():
        return None
    if any(low(tokens, place) in ("не", "ни") for place in range(max(0, at - 4), at)):
        return None
    if any(fold(a.lemma) in ("предложить", "сообщить", "предоставить", "поручить", "выделить") for a in own):
        return None
    return report(tokens[at], tokens[at - 1], f"“{tokens[at - 1].text}” takes the accusative singular", right)


_MANY: Final = frozenset(
    (
        "больше",
        "меньше",
        "сколько",
        "столько",
        "много",
        "немало",
        "мало",
        "достаточно",
        "не",
        "ни",
        "нет",
        "без",
        "более",
    )
)


def partitive(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """обеспечили любых потребностей: a genitive plural right behind a verb of the table that has an object."""
    own = every(tokens[at].text, VERBAL)
    if not own or not all(fold(a.lemma) in table("constructions", "object") for a in own):
        return None
    place = at + 1
    while place < len(tokens) - 1 and place < at + 4 and adjectives(tokens[place].text):
        place += 1
    found = nouns(tokens[place].text) if place < len(tokens) else ()
    first, cases = group(tokens, place) if found else (0, frozenset())
    if first != at + 1 or cases != {"gen"} or any(n.animate for n in found) or not tokens[place].text.islower():
        return None
    for token in (*tokens[max(0, at - 9) : at], *tokens[place + 1 : place + 8]):
        low = fold(token.text)
        if low in _MANY or low[:1].isdigit() or any(a.pos == "NUMR" for a in read(token.text)):
            return None
    message = f"“{tokens[at].text}” takes the accusative, not “{tokens[place].text}”"
    right = inflect_word(tokens[place].text, "acc", found[0].number, pos="NOUN") if place == at + 1 else ""
    return report(tokens[place], tokens[at], message, right or "")


def case(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """благодаря усилий, без поддержке: a noun or its group right behind a preposition, in no case that this takes."""
    if at + 1 < len(tokens) and second_genitive(tokens[at + 1].text, low(tokens, at)):
        return None
    if low(tokens, at) == "с" and low(tokens, at + 1) in ("лишним", "небольшим"):
        return None  # тридцати с лишним бегуньям
    told = table("government", "prep").get(low(tokens, at))
    if not told or at + 1 >= len(tokens) or tokens[at + 1].start - tokens[at].end != 1:
        return None
    place = at + 1
    while place < len(tokens) - 1 and place < at + 4 and adjectives(tokens[place].text):
        if any(a.pos == "PRTF" for a in read(tokens[place].text)):
            return None  # в охваченной войной стране
        place += 1
    found = nouns(tokens[place].text)
    if not found or not tokens[place].text.islower() or any("Fixd" in n.grammemes for n in found):
        return None
    first, cases = group(tokens, place)
    if first != at + 1 or not cases or cases & frozenset(told.split()) or fold(found[0].lemma) in TIMES:
        return None
    if low(tokens, at - 1) in ("что", "это", "еще", "за", "и", "не") or any(
        n.animate and n.case == "nom" for n in found
    ):
        return None  # что за человек; за и против; пойти в солдаты
    if adverbial(tokens, at, found) or framed(tokens, place, place + 1):
        return None
    if any(a.pos not in ("PREP", "CONJ") for a in read(tokens[at].text)) and low(tokens, at) not in _SURE:
        return None
    wanted = told.split()
    right = inflect_word(tokens[place].text, wanted[0], found[0].number, pos="NOUN") if place == at + 1 else ""
    named = " or ".join(sorted({CASE_NAMES[each] for each in wanted if each in CASE_NAMES}))
    message = f"“{tokens[at].text}” takes the {named}, not “{tokens[place].text}”"
    return report(tokens[place], tokens[at], message, right or "")


_SURE: Final = frozenset(("благодаря", "согласно", "вопреки", "навстречу", "в", "на", "о", "к", "с", "по", "у", "за"))


RULES: Final[tuple[tuple[Rule, Callable[[str], bool]], ...]] = (
    (along, nominal),
    (bare, only("INFN", "VERB")),
    (finite, only("VERB")),
    (paired, governing),
    (needs, nominal),
    (region, _REGIONS.__contains__),
    (partitive, only(*VERBAL)),
    (case, governing),
)
