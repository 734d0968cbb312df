"""What the words around a noun give it room for: a verb that it is subject or object of, a word that takes its case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold
from pipeline.languages.russian.reading import adjectives
from pipeline.languages.russian.tables import table


def later(tokens: Sequence[Token], at: int) -> bool:
    """Stands behind the noun at `at` at once a finite verb that has an object?"""
    if at + 1 >= len(tokens) or not tokens[at + 1].text[:1].isalpha():
        return False
    return any(a.pos == "VERB" and "tran" in a.grammemes for a in analyses(tokens[at + 1].text))


def ruled(tokens: Sequence[Token], at: int) -> bool:
    """Stands a verb with an object right before the group of the noun at `at`?"""
    place = at - 1
    while place > 0 and adjectives(tokens[place].text):
        place -= 1
    return place >= 0 and tokens[place].text[:1].isalpha() and governs(tokens[place].text)


def governs(text: str) -> bool:
    return any("tran" in a.grammemes for a in analyses(text))


def takes(tokens: Sequence[Token], at: int, case: str) -> bool:
    """Is there a word near that takes this case: a verb, a noun, an adjective of the tables, or a noun of giving?"""
    for token in (*tokens[max(0, at - 5) : at], *tokens[at + 1 : at + 5]):
        for a in analyses(token.text) if token.text[:1].isalpha() else ():
            lemma = fold(a.lemma)
            told = table("government", "verb").get(lemma) or table("government", "noun").get(lemma) or ""
            if case in told.split() or a.pos in ("VERB", "INFN", "GRND", "PRED", "ADJS") or lemma in _GIVING:
                return True
            if lemma in table("words", "takes"):
                return True
    return False


_GIVING: Final = frozenset(
    ("передача", "помощь", "ответ", "победа", "угроза", "служение", "вред", "ущерб", "урок", "поддержка", "верность",
     "сопротивление", "доверие", "письмо", "подарок", "благодарность", "предложение", "указание", "поручение", "отпор",
     "памятник", "место", "конец", "начало", "предел", "дань", "гимн", "привет", "слава", "удар", "импульс", "старт")
)  # fmt: skip


def room(tokens: Sequence[Token], at: int, found: Sequence[Analysis]) -> bool:
    """May the noun be a subject or object here: is there a verb in the clause that fits it, or takes the accusative?"""
    low = frozenset(fold(token.text) for token in tokens[max(0, at - 14) : at + 15])
    if "—" in low or "–" in low:
        return True
    for step, last in ((-1, max(-1, at - 15)), (1, min(len(tokens), at + 15))):
        for place in range(at + step, last, step):
            word = tokens[place].text
            if word in ",;:()" and step < 0:
                break
            for a in analyses(word) if word[:1].isalpha() else ():
                if a.pos in ("VERB", "PRTS", "ADJS") and any(n.case == "nom" and fits(a, n) for n in found):
                    return True
                transitive = "tran" in a.grammemes and a.pos in ("VERB", "INFN", "GRND", "PRTF")
                if transitive and "pssv" not in a.grammemes and any(n.case == "acc" for n in found):
                    return True
    return False


def fits(verb: Analysis, noun: Analysis) -> bool:
    if verb.number and noun.number and verb.number != noun.number:
        return False
    return not (verb.number == "sg" and verb.gender and noun.gender in ("m", "f", "n") and verb.gender != noun.gender)


def addressed(tokens: Sequence[Token], at: int) -> bool:
    """Is the word an impersonal passive, which says to whom before it: «по итогам проверки уезду указано»?"""
    found = analyses(tokens[at].text) if at < len(tokens) and tokens[at].text[:1].isalpha() else ()
    return any(a.pos == "PRTS" and a.gender == "n" and a.number == "sg" for a in found)


def elliptic(tokens: Sequence[Token], at: int, readings: Sequence[Analysis]) -> bool:
    """Does the adjective stand for a noun, as the subject of the verb behind it: «по сравнению с прошлой бурей нынешняя
    затронет»?"""
    if not at or not any(adjectives(token.text) for token in tokens[:at]):
        return False
    behind = analyses(tokens[at + 1].text) if at + 1 < len(tokens) and tokens[at + 1].text[:1].isalpha() else ()
    return any(v.pos == "VERB" and any(a.case == "nom" and fits(v, a) for a in readings) for v in behind)
