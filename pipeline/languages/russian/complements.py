"""Nouns in a case that their numeral, preposition, verb or noun does not take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.languages.russian.analyse import Analysis, analyses, fold, inflect_word
from pipeline.languages.russian.clauses import object_possible, subject_possible
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement, disagreement
from pipeline.languages.russian.near import adverbial, framed, opens, second_genitive
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.languages.russian.reading import adjectives, cases_of, goes_on, nouns, pair_cases, preposition_cases
from pipeline.languages.russian.syntax import Sentence, Token
from pipeline.languages.russian.tables import table


def numerals(sentence: Sentence) -> Iterator[Disagreement]:
    """пять проект, три городов: the noun after a spelled numeral or figures."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:-1]):
        head = token.head
        if head != at + 1 or not token.rel.startswith("nummod"):
            continue
        low = fold(token.text)
        figures = re.fullmatch(r"\d+", token.text) is not None
        spelled = low in table("words", "few") or low in table("words", "many")
        if not (figures or spelled):
            continue
        noun = tokens[head]
        possible = nouns(noun.text)
        if not possible:
            continue
        if figures and (not at or not _counts_after(tokens[at - 1]) or any(n.case == "gen" for n in possible)):
            continue
        few = low in table("words", "few") or (figures and low[-1] in "234" and low[-2:-1] != "1")
        one = figures and low[-1] == "1" and low[-2:-1] != "1"
        if one or (len(low) == 4 and figures):
            continue
        if fold(noun.text) == "число" and at and fold(tokens[at - 1].text) in ("по", "на"):
            continue  # с 10 по 16 число
        allowed = {("pl", "gen"), ("pl", "dat"), ("pl", "ins"), ("pl", "prp")} | ({("sg", "gen")} if few else set())
        if spelled and few and not any(a.case in ("nom", "acc") for a in analyses(token.text)):
            allowed.discard(("sg", "gen"))
        if (
            any((n.number, n.case) in allowed for n in possible)
            or fold(noun.text) in _HOURS | table("words", "bare").keys()
        ):
            continue
        suggestion = inflect_word(noun.text, "gen", "sg" if few else "pl", pos="NOUN")
        yield disagreement(
            noun, token, "numeral", f"“{noun.text}” does not fit the numeral “{token.text}”", suggestion, True
        )


_HOURS: Final = frozenset(("утра", "вечера", "дня", "ночи", "пополудни"))  # в семь утра


def _counts_after(token: Token) -> bool:
    """Can figures after this word count what follows? Not after a noun («пункт 19 повестки») or another figure."""
    return token.pos in ("VERB", "ADP", "ADV") and token.text[:1].isalpha()


def prepositions(sentence: Sentence) -> Iterator[Disagreement]:
    """The noun after a preposition has a case which the preposition takes."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        found = (
            preposition_cases(tokens, at)
            if token.pos == "ADP" or fold(token.text) in table("government", "prep")
            else None
        )
        if found is None or not _compound_end(tokens, at):
            continue
        if fold(tokens[min(at + 1, len(tokens) - 1)].text) in ("лишним", "небольшим", "чем-то"):
            continue  # тридцати с лишним односельчанкам
        head = _noun_after(sentence, at)
        if head is None:
            continue
        noun, (name, cases) = tokens[head], found
        possible = nouns(noun.text) if noun.pos != "PROPN" else ()
        if not possible or (name == "за" and any(fold(word.text) == "что" for word in tokens[max(0, at - 3) : at])):
            continue
        have = cases_of(possible)
        if second_genitive(noun.text, name):
            continue
        if adverbial(tokens, at, possible) or any(framed(tokens, head, head + far) for far in (1, 2)):
            continue
        if have & cases or (
            name in ("в", "во") and any(n.case == "nom" and n.number == "pl" and n.animate for n in possible)
        ):
            continue
        case = _likeliest(cases, noun)
        suggestion = inflect_word(noun.text, case, possible[0].number, pos="NOUN")
        told = " or ".join(sorted({CASE_NAMES[each] for each in cases}))
        yield disagreement(
            noun,
            token,
            "preposition",
            f"“{name}” takes the {told}, not “{noun.text}”",
            suggestion,
            tokens[at].head == head,
        )


def _compound_end(tokens: tuple[Token, ...], at: int) -> bool:
    """Is the word at `at` the last of its preposition, not the «в» of «в соответствии с»?"""
    rest = [fold(token.text) for token in tokens[at : at + 3]]
    return "_".join(rest) not in table("government", "compound") and "_".join(rest[:2]) not in table(
        "government", "compound"
    )


def _likeliest(cases: frozenset[str], noun: Token) -> str:
    told = noun.feats.get("case", "")
    if told in cases:
        return told
    for case in ("ins", "prp", "gen", "dat", "acc"):
        if case in cases:
            return case
    return "gen"


def _noun_after(sentence: Sentence, at: int) -> int | None:
    """Index of the noun that the preposition at `at` governs: next, or behind agreeing adjectives only."""
    tokens = sentence.tokens
    for index in range(at + 1, min(len(tokens), at + 5)):
        if nouns(tokens[index].text):
            own = tokens[at].head
            return index if own == index or (index == at + 1 and tokens[at].rel in ("fixed", "case")) else None
        if not adjectives(tokens[index].text) or tokens[index].head <= index:
            return None
    return None


def complements(sentence: Sentence) -> Iterator[Disagreement]:
    """The bare noun after a word of fixed government."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        group = "verb" if token.pos in ("VERB", "AUX") else "noun" if token.pos == "NOUN" else ""
        cases = table("government", group).get(token.lemma) if group else None
        if not cases or fold(token.text).startswith(("управляющ", "служащ")):
            continue  # управляющий компании: a noun, which the dictionary lists as a participle
        head = _noun_after_word(sentence, at)
        if head is None:
            continue
        noun = tokens[head]
        possible = nouns(noun.text)
        if noun.head != at or not possible or noun.lemma in table("words", "adverbial"):
            continue
        wanted = frozenset(cases.split())
        have = cases_of(possible)
        if have & wanted:
            continue
        if group == "verb" and (_may_be_subject(token, possible) or _coordinated_subject(sentence, head, possible)):
            continue
        plural = any(a.pos == "VERB" and a.number == "pl" for a in analyses(token.text)) and "nom" in have
        if plural and head + 1 < len(tokens) and fold(tokens[head + 1].text) in (",", "и"):
            continue  # обеспечиваются питание, отдых, безопасность
        if "ins" in have and group == "verb":
            continue  # an adjunct: способствовать своим трудом
        if group == "noun" and "gen" in have:
            continue
        case = sorted(wanted)[0]
        suggestion = inflect_word(noun.text, case, noun.feats.get("number", possible[0].number), pos="NOUN")
        told = " or ".join(sorted(CASE_NAMES[each] for each in wanted))
        yield disagreement(
            noun, token, "government", f"“{token.text}” takes the {told}, not “{noun.text}”", suggestion, head == at + 1
        )


def pairs(sentence: Sentence) -> Iterator[Disagreement]:
    """The bare noun after уделять внимание, придавать значение and their like stands in the dative."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:-1]):
        found = pair_cases(tokens, at)
        head = _noun_after_word(sentence, at) if found else None
        if found is None or head is None or not tokens[head].text.islower():
            continue
        possible = nouns(tokens[head].text)
        later = {case for word in tokens[head + 1 : head + 6] for case in cases_of(nouns(word.text))}
        if cases_of(possible) & (found[1] | {"ins"}) or later & found[1]:
            continue
        number = tokens[head].feats.get("number", possible[0].number)
        suggestion = inflect_word(tokens[head].text, "dat", number, pos="NOUN")
        message = f"“{found[0]}” takes the dative, not “{tokens[head].text}”"
        yield disagreement(tokens[head], token, "government", message, suggestion, head == at + 1)


def _noun_after_word(sentence: Sentence, at: int) -> int | None:
    tokens = sentence.tokens
    for index in range(at + 1, min(len(tokens), at + 4)):
        if nouns(tokens[index].text):
            return index
        if not adjectives(tokens[index].text):
            return None
    return None


def chains(sentence: Sentence) -> Iterator[Disagreement]:
    """Two nouns in a row, the second in a form that is only nominative or accusative: «развитие экономика»."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:-1]):
        noun = tokens[at + 1]
        if token.pos != "NOUN" or noun.pos != "NOUN" or noun.head != at or noun.rel not in ("nmod", "appos"):
            continue
        first, second = nouns(token.text), nouns(noun.text)
        if not first or not second or any(n.animate for n in (*first, *second)) or not noun.text.islower():
            continue
        if cases_of(second) - {"nom", "acc"} or token.lemma in table("words", "generic"):
            continue
        if opens(tokens, at + 1) or framed(tokens, at, at + 1) or fold(noun.text) in table("words", "apposed"):
            continue
        if goes_on([word.text for word in tokens[at + 1 : at + 10]]):
            continue
        room = subject_possible(sentence, (at + 1,), at + 1) or object_possible(sentence, (at + 1,))
        if room and not all(n.case == "nom" for n in second):
            continue
        suggestion = inflect_word(noun.text, "gen", second[0].number, pos="NOUN")
        yield disagreement(
            noun,
            token,
            "government",
            f"“{noun.text}” after “{token.text}” should be in the genitive",
            suggestion,
            False,
        )


def _may_be_subject(verb: Token, possible: Iterable[Analysis]) -> bool:
    finite = [a for a in analyses(verb.text) if a.pos == "VERB"]
    nominative = [n for n in possible if n.case == "nom"]
    return any(predicate_fits(a, n.number, n.gender) for a in finite for n in nominative)


def _coordinated_subject(sentence: Sentence, at: int, possible: Iterable[Analysis]) -> bool:
    joined = any(sentence.tokens[child].rel == "conj" for child in sentence.children(at))
    return joined and any(n.case == "nom" for n in possible)
