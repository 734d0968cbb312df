"""Constructions that no Russian clause has: told by the dictionary's readings of a few words in a row, without a tree.

A subject at the head of its clause and a verb of another number or gender behind its genitives; verbs joined by «и»
that cannot have one subject; figures and «оба» before a noun in a form that they do not count; an agent in the
nominative behind a passive participle; a gerund of people with a thing as subject. Each rule is silent where any
reading of any word concerned allows the sentence. (Forms: D. Rozental, Handbook of Russian spelling and style.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.languages.russian import figures, requirements
from pipeline.languages.russian.analyse import Analysis, Token, fold, inflect_word, is_known
from pipeline.languages.russian.attributes import QUANTITY
from pipeline.languages.russian.disagreement import Disagreement
from pipeline.languages.russian.near import TIMES, Rules, adjectives, attributive, group, noun, only, read, some
from pipeline.languages.russian.predicates import predicate, predicate_fits, subjectless
from pipeline.languages.russian.reading import ADJECTIVAL, agree, cases_of, nouns
from pipeline.languages.russian.requirements import every, low, report
from pipeline.languages.russian.tables import table

_ASIDE: Final = frozenset(("не", "также", "ещё", "еще", "уже", "тоже", "вновь"))


_FINITE: Final = frozenset(("VERB", "PRTS"))


def _finite(word: str) -> tuple[Analysis, ...]:
    """Readings as a finite verb of the third person or a short participle, if the word can be nothing else."""
    own = every(word, _FINITE)
    if any(a.person in ("1per", "2per") or a.grammemes & {"impr", "Impx"} for a in own):
        return ()
    return () if own and fold(own[0].lemma) in table("words", "impersonal") else own


def opening(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """степень развития заметно углубляются: what opens its clause, its genitives, a verb that does not fit."""
    if at and tokens[at - 1].text not in ",;:" and not (low(tokens, at - 1) == "и" and low(tokens, at - 2) == ","):
        return None
    head = at
    while head < len(tokens) - 2 and head < at + 3 and adjectives(tokens[head].text):
        head += 1
    found = nouns(tokens[head].text)
    first, cases = group(tokens, head) if found else (head, frozenset())
    if not found or first > at or "nom" not in cases or not cases <= {"nom", "acc"}:
        return None
    if fold(found[0].lemma) in QUANTITY | TIMES or any("Fixd" in n.grammemes or n.gender == "c" for n in found):
        return None
    place, joined, length = head + 1, False, 0
    while place < len(tokens) and length < 12:
        word = tokens[place].text
        if fold(word) == "и" and place > head + 1:
            behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
            joined = joined or any(a.case == "nom" for a in read(behind))
        elif not (word.islower() and is_known(word) and _genitive(word)):
            break
        place, length = place + 1, length + 1
    while place < len(tokens) and (fold(tokens[place].text) in _ASIDE or _adverb(tokens[place].text)):
        place += 1
    own = _finite(tokens[place].text) if head < place < len(tokens) and tokens[place].text.islower() else ()
    subjects = [n for n in found if n.case == "nom"]
    if not own or not subjects or any(predicate_fits(a, n.number, n.gender) for a in own for n in subjects):
        return None
    if cases != {"nom"} and any("tran" in a.grammemes for a in own if a.pos == "VERB"):
        return None  # работу школы ведут: an object
    if subjectless([token.text for token in tokens], place, head):
        return None
    listed = joined or (at > 0 and low(tokens, at - 1) in ("и", ",") and not _alone(tokens, at))
    if listed and any(a.number == "pl" for a in own):
        return None
    if any(a.gender == "f" for a in own) and any(n.animate for n in subjects):
        return None  # министр сказала
    if any(a.gender == "n" for a in own) and any(a.pos == "PRTS" for a in own):
        return None  # решено: impersonal
    best = subjects[0]
    suggestion = predicate(tokens[place].text, best.number, best.gender) or ""
    message = f"“{tokens[place].text}” does not agree with its subject “{tokens[head].text}”"
    return report(tokens[place], tokens[head], message, suggestion)


def _alone(tokens: Sequence[Token], at: int) -> bool:
    """Is a finite verb between the comma before `at` and the one before it, so that no list of subjects ends here?"""
    place = at - 1
    while (place > 0 and tokens[place].text in ",;:") or low(tokens, place) == "и":
        place -= 1
    while place >= 0 and tokens[place].text not in ";:()—–":
        if _finite(tokens[place].text):
            return True
        place -= 1
    return False


def _adverb(word: str) -> bool:
    """Can the word be an adverb of manner (непрерывно), or nothing but an adverb?"""
    found = read(word)
    return any(a.pos == "ADVB" for a in found) and all(a.pos in ("ADVB", "ADJS") for a in found)


def _genitive(word: str) -> bool:
    return any(a.case == "gen" and a.pos in ("NOUN", "ADJF", "PRTF") for a in read(word)) and not any(
        a.pos in ("VERB", "PREP", "CONJ", "INFN", "PRED") for a in read(word)
    )


def joined(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """провела заседание и подчеркнул: verbs joined by «и» that no single subject fits, and no other subject near."""
    own = _finite(tokens[at].text)
    if not own or low(tokens, at - 1) != "и" or at < 4 or any(a.pos != "VERB" for a in own):
        return None
    before = -1
    for place in range(at - 2, max(-1, at - 16), -1):
        token = tokens[place]
        if token.text in ",;:()—–«»" or token.text[:1].isdigit():
            return None
        if token.text[:1].isalpha() and not is_known(token.text):
            return None
        if found := _finite(token.text):
            before = place if all(a.pos == "VERB" for a in found) else -1
            break
        if any(a.case == "nom" and a.pos in ("NOUN", "NPRO", "NUMR") for a in read(token.text)) and not _object(
            tokens, place
        ):
            return None
    if before < 1 or any(_like(a, b) for a in own for b in _finite(tokens[before].text)):
        return None
    if any(a.gender == "n" for a in own) and any(fold(t.text) in _MUCH for t in tokens[at + 1 : at + 3]):
        return None  # исчезали места и рождалось больше новых
    for token in tokens[at + 1 : at + 12]:
        if token.text in ".,;:()—–":
            break
        if not token.text.islower() or any(
            a.case in ("nom", "") and predicate_fits(v, a.number, a.gender)
            for a in read(token.text)
            for v in own
            if a.pos in ("NOUN", "NPRO", "NUMR") or "Apro" in a.grammemes
        ):
            return None
    model = _finite(tokens[before].text)[0]
    suggestion = predicate(tokens[at].text, model.number, model.gender) or ""
    message = f"“{tokens[at].text}” is joined to “{tokens[before].text}”, which has another number or gender"
    return report(tokens[at], tokens[before], message, suggestion)


_MUCH: Final = frozenset(("больше", "меньше", "много", "мало", "немало", "несколько", "столько", "достаточно", "свыше"))


def _object(tokens: Sequence[Token], at: int) -> bool:
    """Can the word also be an accusative or genitive, and stands no adjective before it that is nominative only?"""
    return any(a.case in ("acc", "gen") for a in read(tokens[at].text))


def _like(one: Analysis, other: Analysis) -> bool:
    if one.number != other.number or one.tense != other.tense:
        return one.tense != other.tense
    return not one.gender or not other.gender or one.gender == other.gender


_FEW: Final = frozenset(("два", "две", "три", "четыре"))


def spelt(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """три документов: two, three and four in the nominative or accusative count a genitive singular."""
    if fold(tokens[at].text) not in _FEW:
        return None
    place = at + 1
    while place < len(tokens) and place < at + 3 and adjectives(tokens[place].text):
        place += 1
    found = noun(tokens, place) if place < len(tokens) else ()
    if not found or not tokens[place].text.islower() or any(n.grammemes & {"Fixd", "Pltm"} for n in found):
        return None
    if not all(n.case == "gen" and n.number == "pl" for n in found) or fold(found[0].lemma) in ("человек", "ребенок"):
        return None
    message = f"“{tokens[place].text}” does not fit the numeral “{tokens[at].text}”"
    return report(tokens[place], tokens[at], message, inflect_word(tokens[place].text, "gen", "sg", pos="NOUN") or "")


_BOTH: Final = {
    "оба": "mn", "обоих": "mn", "обоим": "mn", "обоими": "mn", "обе": "f", "обеих": "f", "обеим": "f", "обеими": "f",
    "два": "mn", "две": "f",
}  # fmt: skip


def both(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """обоих сторон, две завода: the numeral in another gender than its noun."""
    genders = _BOTH.get(low(tokens, at))
    if genders is None or at + 1 >= len(tokens) or (at and any(a.pos == "NUMR" for a in read(tokens[at - 1].text))):
        return None
    found = nouns(tokens[at + 1].text)
    if not found or any(n.gender not in ("m", "n", "f") or n.gender in genders or n.animate for n in found):
        return None
    if any("Pltm" in n.grammemes for n in found) or fold(found[0].lemma) in TIMES or "gen" not in cases_of(found):
        return None
    word = tokens[at].text
    swap = {"два": "две", "две": "два", "оба": "обе", "обе": "оба"}
    right = swap.get(fold(word), word[:2] + {"о": "е", "е": "о"}.get(word[2:3], "") + word[3:])
    return report(tokens[at], tokens[at + 1], f"“{word}” does not agree with “{tokens[at + 1].text}”", right)


def agent(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """разработанного новая команда: behind a passive participle an agent in the nominative."""
    own = every(tokens[at].text, frozenset(("PRTF",)))
    if not own or any("pssv" not in a.grammemes for a in own) or at < 2:
        return None
    start = at
    while start > 1 and _adverb(tokens[start - 1].text):
        start -= 1
    if tokens[start - 1].text != ",":
        return None
    place = at + 1
    while place < len(tokens) - 1 and place < at + 4 and adjectives(tokens[place].text):
        place += 1
    found = nouns(tokens[place].text) if place < len(tokens) else ()
    if not found or not tokens[place].text.islower() or any("Fixd" in n.grammemes for n in found):
        return None
    first, cases = group(tokens, place)
    if first != at + 1 or "nom" not in cases or not cases <= {"nom", "acc"} or fold(found[0].lemma) in TIMES:
        return None
    if any(agree(p, n) for p in own for n in found) or any(a.case == "ins" for a in read(tokens[at + 1].text)):
        return None
    suggestion = inflect_word(tokens[place].text, "ins", found[0].number, pos="NOUN") if place == at + 1 else ""
    message = f"“{tokens[place].text}”: whoever did it stands in the instrumental behind “{tokens[at].text}”"
    return report(tokens[place], tokens[at], message, suggestion or "")


def participles(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """отраслью, обогащающей народ и усиливающий уезд: participles of one noun joined in two cases."""
    own = every(tokens[at].text, frozenset(("PRTF",)))
    if not own or low(tokens, at - 1) != "и" or at + 2 >= len(tokens):
        return None
    if any("actv" not in a.grammemes or "tran" not in a.grammemes for a in own):
        return None
    if not nouns(tokens[at + 1].text) or tokens[at + 2].text not in ".,;":
        return None
    for place in range(at - 2, max(1, at - 9), -1):
        if tokens[place].text in ",;:()":
            return None
        other = every(tokens[place].text, frozenset(("PRTF",)))
        if other and tokens[place - 1].text == "," and all("actv" in a.grammemes for a in other):
            if any(a.case == b.case and a.number == b.number for a in own for b in other):
                return None
            suggestion = inflect_word(tokens[at].text, other[0].case, other[0].number, other[0].gender, pos="PRTF")
            message = f"“{tokens[at].text}” is joined to “{tokens[place].text}”, which stands in another case"
            return report(tokens[at], tokens[place], message, suggestion or "")
    return None


def compared(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """более лучше, самый выше: a comparative behind another degree."""
    if low(tokens, at - 1) not in ("более", "менее", "самый", "самая", "самое", "самые", "наиболее") or not at:
        return None
    readings = read(tokens[at].text)
    own = any(a.pos == "COMP" for a in readings) and not any(a.pos in ADJECTIVAL for a in readings)
    if not own or fold(tokens[at].text) in ("чем", "более", "менее", "позднее", "ранее"):
        return None
    return report(tokens[at - 1], tokens[at], f"“{tokens[at - 1].text} {tokens[at].text}” doubles the degree")


def dangling(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """Входя в цех, роботы-манипуляторы мелькают: a thing as subject of a gerund that only people do."""
    own = every(tokens[at].text, frozenset(("GRND",)))
    if at or not own or fold(own[0].lemma) not in table("constructions", "person"):
        return None
    if not any(fold(a.lemma) in table("constructions", "place") for t in tokens[at + 1 : at + 6] for a in read(t.text)):
        return None
    comma = next((place for place in range(at + 2, min(len(tokens), 20)) if tokens[place].text == ","), 0)
    place = comma + 1
    while comma and place < len(tokens) - 2 and place < comma + 3 and adjectives(tokens[place].text):
        place += 1
    found = noun(tokens, place) if comma and place < len(tokens) - 1 else ()
    if not found or any(n.animate or fold(n.lemma) in table("frames", "body") for n in found):
        return None
    if "nom" not in group(tokens, place)[1] or not is_known(tokens[place].text) or not tokens[place].text.islower():
        return None
    verb = next((_finite(t.text) for t in tokens[place + 1 : place + 3] if _finite(t.text)), ())
    if not any(predicate_fits(a, n.number, n.gender) for a in verb for n in found if n.case == "nom"):
        return None
    return report(
        tokens[place], tokens[at],
        f"“{tokens[at].text}” has no one to do it: its subject would be “{tokens[place].text}”", "", sure=False,
    )  # fmt: skip


RULES: Final = Rules(
    (opening, attributive),
    (joined, only(*_FINITE)),
    (figures.counted, str.isdigit),
    (spelt, lambda word: fold(word) in _FEW),
    (both, lambda word: fold(word) in _BOTH),
    (agent, only("PRTF")),
    (participles, only("PRTF")),
    (compared, some("COMP")),
    (dangling, only("GRND")),
    *requirements.RULES,
)


def constructions(tokens: Sequence[Token]) -> list[Disagreement]:
    """Reports on one sentence, at most one for each word."""
    return RULES.reports(tokens, (at for at, token in enumerate(tokens) if token.text[:1].isalnum()))
