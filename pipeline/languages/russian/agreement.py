"""Agreement and government errors in running Russian text.

A word is only reported when none of its dictionary readings fits its neighbours and the tree says that they belong
together; ambiguous or unlisted words are passed over. Kinds: adjective, numeral, preposition, government, predicate,
relative, undeclined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.languages.russian.analyse import (
    Analysis,
    analyses,
    fold,
    inflect_word,
    inflected,
    is_known,
    like,
    parses,
    unyo,
)
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.reading import (
    ADJECTIVAL,
    adjectives,
    agree,
    cases_of,
    nouns,
    preposition_cases,
    same_case,
)
from pipeline.languages.russian.syntax import Sentence, Token, parse
from pipeline.languages.russian.tables import table

CASE_NAMES: Final = {
    "nom": "nominative", "gen": "genitive", "dat": "dative", "acc": "accusative", "ins": "instrumental",
    "prp": "prepositional", "loc": "prepositional",
}  # fmt: skip
_QUANTITY: Final = frozenset(
    ("ряд", "большинство", "меньшинство", "часть", "множество", "половина", "треть", "четверть", "количество", "число",
     "тысяча", "миллион", "миллиард", "сотня", "десяток", "процент", "пара", "группа")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where: [start, end) of the word that is wrong, [head_start, head_end) of the word it should fit; code points.

    suggestion replaces [start, end), or is empty; `sure` is False where tree or reading leave some doubt.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    kind: str
    message: str
    suggestion: str = ""
    sure: bool = True


def errors(text: str | Sentence) -> tuple[Disagreement, ...]:
    """Everything that does not agree in a text or in one parsed sentence, in order of place, one for each word."""
    found: dict[tuple[int, int], Disagreement] = {}
    for sentence in parse(text) if isinstance(text, str) else (text,):
        for check in (_attributes, _numerals, _prepositions, _complements, _chains, _predicates, _relatives):
            for error in check(sentence):
                found.setdefault((error.start, error.end), error)
    return tuple(found[key] for key in sorted(found))


def _error(word: Token, head: Token, kind: str, message: str, suggestion: str | None, sure: bool) -> Disagreement:
    return Disagreement(word.start, word.end, head.start, head.end, kind, message, suggestion or "", sure)


def _attributes(sentence: Sentence) -> Iterator[Disagreement]:
    """Adjectives, participles, ordinals and possessives before their noun."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.rel not in ("amod", "det", "acl") or token.head <= at or token.head - at > 4:
            continue
        head = tokens[token.head]
        readings, possible = adjectives(token.text), nouns(head.text)
        if not readings or not possible or (token.rel == "acl" and token.head != at + 1):
            continue
        between = tokens[at + 1 : token.head]
        if not all(_modifier(word) for word in between) or any(
            fold(word.text) in ("и", "или", ",") for word in between
        ):
            continue
        if any(agree(a, n) for a in readings for n in possible) or _counted(sentence, at, readings, possible):
            continue
        if head.lemma in _QUANTITY or _complement(readings, possible):
            continue
        if _coordinated(sentence, at, token.head, readings, possible):
            continue
        suggestion, which = _attribute_fix(token, head, readings, possible)
        wrong, other = (head, token) if which == "head" else (token, head)
        yield _error(
            wrong,
            other,
            "adjective",
            f"“{token.text}” does not agree with “{head.text}”",
            suggestion,
            token.head == at + 1,
        )


def _modifier(word: Token) -> bool:
    return any(a.pos in ADJECTIVAL | {"ADVB"} for a in analyses(word.text))


def _complement(readings: tuple[Analysis, ...], possible: tuple[Analysis, ...]) -> bool:
    """May the noun depend on the attribute: наказуемое лишением, приносящей доход, полном сена?"""
    cases = cases_of(possible)
    participle = next((a for a in readings if a.pos == "PRTF"), None)
    if participle is not None:
        return "ins" in cases or ("pssv" not in participle.grammemes and bool(cases - {"nom"}))
    lemma = fold(readings[0].lemma)
    return lemma in table("words", "takes") or (lemma.endswith("мый") and "ins" in cases)


def _counted(sentence: Sentence, at: int, readings: Iterable[Analysis], possible: Iterable[Analysis]) -> bool:
    """два новых рынка, 3 новые цели: plural attribute, noun in the genitive singular, a numeral before."""
    if not (any(a.number == "pl" and a.case in ("gen", "nom", "acc") for a in readings)):
        return False
    if not any(n.number == "sg" and n.case == "gen" for n in possible):
        return False
    before = sentence.tokens[max(0, at - 5) : at]
    return any(word.text[-1:].isdigit() or any("NUMR" == a.pos for a in analyses(word.text)) for word in before)


def _coordinated(
    sentence: Sentence, at: int, head: int, readings: Iterable[Analysis], possible: Iterable[Analysis]
) -> bool:
    """внутренний и внешний рынки; новые завод и фабрика; юго-восточная и северная части."""
    joined = any(token.rel == "conj" and token.head in (at, head) for token in sentence.tokens)
    joined = (
        joined
        or sentence.tokens[at].rel == "conj"
        or any(fold(word.text) in ("и", "или", ",") for word in sentence.tokens[max(0, at - 3) : at])
    )
    return joined and any(same_case(a.case, n.case) and a.number != n.number for a in readings for n in possible)


def _attribute_fix(
    token: Token, head: Token, readings: tuple[Analysis, ...], possible: tuple[Analysis, ...]
) -> tuple[str | None, str]:
    """The noun put into the attribute's cell where gender allows it and the tree agrees; else the attribute into the noun's."""
    wanted = head.feats.get("case", "")
    for a in readings:
        if (
            a.number == "sg"
            and a.case in (wanted, token.feats.get("case", ""))
            and a.gender in {n.gender for n in possible}
        ):
            if not any(same_case(n.case, a.case) and n.number == a.number for n in possible):
                made = inflect_word(head.text, a.case, "sg", pos="NOUN")
                if made and fold(made) != fold(head.text):
                    return made, "head"
    ranked = sorted(possible, key=lambda n: (n.case != wanted, n.case != token.feats.get("case"), -n.score))
    n = ranked[0]
    return put(token.text, n.case, n.number, n.gender, bool(n.animate)), "token"


def put(word: str, case: str, number: str, gender: str, animate: bool | None) -> str | None:
    """An adjective or participle in a cell, with the capitals of `word`."""
    case = "prp" if case == "loc" else case
    for parse_ in parses(word):
        if str(parse_.tag.POS) in ADJECTIVAL:
            made = inflected(parse_, case, number, gender if gender in ("m", "f", "n") else "m", animate)
            if made:
                return like(word, unyo(word, made))
    return None


def _numerals(sentence: Sentence) -> Iterator[Disagreement]:
    """пять проект, три городов: the noun after a spelled numeral or figures."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:-1]):
        low = fold(token.text)
        figures = re.fullmatch(r"\d+", token.text) is not None
        spelled = low in table("words", "few") or low in table("words", "many")
        head = token.head
        if not (figures or spelled) or head != at + 1 or not token.rel.startswith("nummod"):
            continue
        noun = tokens[head]
        possible = nouns(noun.text)
        if not possible:
            continue
        if figures and (not at or not _counts_after(tokens[at - 1]) or any(n.case == "gen" for n in possible)):
            continue
        few = low in table("words", "few") or (figures and low[-1] in "234" and low[-2:-1] != "1")
        one = figures and low[-1] == "1" and low[-2:-1] != "1"
        if one or len(low) == 4 and figures:
            continue
        allowed = {("pl", "gen"), ("pl", "dat"), ("pl", "ins"), ("pl", "prp")} | ({("sg", "gen")} if few else set())
        if spelled and few and not any(a.case in ("nom", "acc") for a in analyses(token.text)):
            allowed.discard(("sg", "gen"))
        if any((n.number, n.case) in allowed for n in possible):
            continue
        suggestion = inflect_word(noun.text, "gen", "sg" if few else "pl", pos="NOUN")
        yield _error(noun, token, "numeral", f"“{noun.text}” does not fit the numeral “{token.text}”", suggestion, True)


def _counts_after(token: Token) -> bool:
    """Can figures after this word count what follows? Not after a noun («пункт 19 повестки») or another figure."""
    return token.pos in ("VERB", "ADP", "ADV") and token.text[:1].isalpha()


def _prepositions(sentence: Sentence) -> Iterator[Disagreement]:
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
        head = _noun_after(sentence, at)
        if head is None:
            continue
        noun, (name, cases) = tokens[head], found
        possible = nouns(noun.text) if noun.pos != "PROPN" else ()
        if not possible or (name == "за" and any(fold(word.text) == "что" for word in tokens[max(0, at - 3) : at])):
            continue
        have = cases_of(possible)
        if have & cases or (
            name in ("в", "во") and any(n.case == "nom" and n.number == "pl" and n.animate for n in possible)
        ):
            continue
        case = _likeliest(cases, noun)
        suggestion = inflect_word(noun.text, case, possible[0].number, pos="NOUN")
        told = " or ".join(sorted({CASE_NAMES[each] for each in cases}))
        yield _error(
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


def _complements(sentence: Sentence) -> Iterator[Disagreement]:
    """The bare noun after a word of fixed government."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        group = "verb" if token.pos in ("VERB", "AUX") else "noun" if token.pos == "NOUN" else ""
        cases = table("government", group).get(token.lemma) if group else None
        if not cases:
            continue
        head = _noun_after_word(sentence, at)
        if head is None:
            continue
        noun = tokens[head]
        possible = nouns(noun.text)
        if noun.head != at or not possible:
            continue
        wanted = frozenset(cases.split())
        have = cases_of(possible)
        if have & wanted:
            continue
        if group == "verb" and (_may_be_subject(token, possible) or _coordinated_subject(sentence, head, possible)):
            continue
        if "ins" in have and group == "verb":
            continue  # an adjunct: способствовать своим трудом
        if group == "noun" and "gen" in have:
            continue
        case = sorted(wanted)[0]
        suggestion = inflect_word(noun.text, case, noun.feats.get("number", possible[0].number), pos="NOUN")
        told = " or ".join(sorted(CASE_NAMES[each] for each in wanted))
        yield _error(
            noun, token, "government", f"“{token.text}” takes the {told}, not “{noun.text}”", suggestion, head == at + 1
        )


def _noun_after_word(sentence: Sentence, at: int) -> int | None:
    tokens = sentence.tokens
    for index in range(at + 1, min(len(tokens), at + 4)):
        if nouns(tokens[index].text):
            return index
        if not adjectives(tokens[index].text):
            return None
    return None


def _chains(sentence: Sentence) -> Iterator[Disagreement]:
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
        suggestion = inflect_word(noun.text, "gen", second[0].number, pos="NOUN")
        yield _error(
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
    return any(_predicate_fits(a, n.number, n.gender) for a in finite for n in nominative)


def _coordinated_subject(sentence: Sentence, at: int, possible: Iterable[Analysis]) -> bool:
    joined = any(sentence.tokens[child].rel == "conj" for child in sentence.children(at))
    return joined and any(n.case == "nom" for n in possible)


def _predicate_fits(verb: Analysis, number: str, gender: str) -> bool:
    if verb.number and verb.number != number:
        return False
    return not (verb.number == "sg" and verb.gender and gender in ("m", "f", "n") and verb.gender != gender)


def _predicates(sentence: Sentence) -> Iterator[Disagreement]:
    """Past tense, short participle and present number with a nominative subject."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.rel not in ("nsubj", "nsubj:pass") or token.head < 0 or not is_known(token.text):
            continue
        verb = tokens[token.head]
        readings = analyses(verb.text)
        forms = [
            a for a in readings if a.pos in ("VERB", "PRTS") and a.person in ("", "3per") and "impr" not in a.grammemes
        ]
        if not forms or len(forms) != len(readings):
            continue
        subject = [n for n in nouns(token.text) if n.case == "nom"]
        if not subject or token.lemma in _QUANTITY:
            continue
        neuter = any(a.gender == "n" for a in forms) and any(n.case == "gen" for n in nouns(token.text))
        if neuter or fold(forms[0].lemma) in table("words", "impersonal"):
            continue
        if any(_predicate_fits(a, n.number, n.gender) for a in forms for n in subject):
            continue
        if _plural_subject(sentence, at) or any(
            n.animate and n.gender in ("m", "c") for n in subject if n.number == "sg"
        ):
            continue
        if _other_subject(sentence, at, token.head, forms):
            continue
        n = subject[0]
        suggestion = predicate(verb.text, n.number, n.gender)
        near = abs(token.head - at) <= 4 and not any(
            other.text in ",;:()—" for other in tokens[min(at, token.head) : max(at, token.head)]
        )
        yield _error(
            verb, token, "predicate", f"“{verb.text}” does not agree with its subject “{token.text}”", suggestion, near
        )


def _plural_subject(sentence: Sentence, at: int) -> bool:
    children = [sentence.tokens[index] for index in sentence.children(at)]
    return any(
        child.rel in ("conj", "appos", "nummod", "nummod:gov", "flat:name") or fold(child.text) in ("с", "и")
        for child in children
    ) or any(
        word.text[:1].isdigit() or any(a.pos == "NUMR" for a in analyses(word.text))
        for word in sentence.tokens[max(0, at - 3) : at]
    )


def _other_subject(sentence: Sentence, at: int, verb: int, forms: Iterable[Analysis]) -> bool:
    """Another word near the verb that may be the nominative subject which agrees."""
    only = at < verb and all(n.case == "nom" for n in nouns(sentence.tokens[at].text))
    only = only and all(token.text[:1].isalpha() for token in sentence.tokens[at:verb])
    for index in range(max(0, verb - 12), min(len(sentence.tokens), verb + 13)):
        token = sentence.tokens[index]
        if index == at or not token.text[:1].isalpha():
            continue
        readings = nouns(token.text)
        if only and index > verb and readings and any(n.case == "acc" for n in readings):
            continue  # the object: «делегация посетил завод»
        if not is_known(token.text) and token.text[:1].isupper():
            return True
        for n in analyses(token.text):
            if (
                n.pos in ("NOUN", "NPRO", "ADJF", "NUMR")
                and n.case in ("nom", "")
                and any(_predicate_fits(a, n.number, n.gender) for a in forms)
            ):
                return True
    return False


def predicate(word: str, number: str, gender: str) -> str | None:
    """A finite verb or short form put into number and, in the past, gender."""
    for parse_ in parses(word):
        tag = parse_.tag
        if str(tag.POS) not in ("VERB", "PRTS", "ADJS"):
            continue
        want = {"plur"} if number == "pl" else {"sing"}
        if number == "sg" and (tag.tense == "past" or str(tag.POS) in ("PRTS", "ADJS")):
            want.add({"m": "masc", "f": "femn", "n": "neut"}.get(gender, "masc"))
        made = parse_.inflect(want)
        if made is not None:
            return like(word, unyo(word, str(made.word)))
    return None


def _relatives(sentence: Sentence) -> Iterator[Disagreement]:
    """который agrees in number and gender with some noun before it."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if not fold(token.text).startswith("котор") or token.lemma != "который":
            continue
        before = tokens[max(0, at - 14) : at]
        if not before or not any(word.text == "," for word in before):
            continue
        pronouns = analyses(token.text)
        doubtful = False
        fits = False
        antecedent: Token | None = None
        for word in before:
            if not word.text[:1].isalpha():
                continue
            readings = analyses(word.text)
            if any(a.pos in ("NOUN", "NPRO", "NUMR") or "Subx" in a.grammemes or a.pos in ADJECTIVAL for a in readings):
                antecedent = word
            doubtful = (
                doubtful
                or not is_known(word.text)
                or any(a.pos in ("NPRO", "NUMR") or "Fixd" in a.grammemes for a in readings)
            )
            doubtful = doubtful or fold(word.text) in ("и", "или")
            for a in readings:
                if a.pos in ("NOUN", "ADJF", "PRTF") and any(
                    p.number == a.number and (p.number == "pl" or p.gender == a.gender or a.gender == "c")
                    for p in pronouns
                ):
                    fits = True
        if fits or doubtful or antecedent is None:
            continue
        yield _error(
            token, antecedent, "relative", f"“{token.text}” has no noun before it that it agrees with", None, False
        )


def undeclined(sentence: Sentence, names: Mapping[str, Paradigm]) -> tuple[Disagreement, ...]:
    """Names left in the dictionary form where an oblique case is due: «развитие Чанчунь», «в Чанчунь находится».

    names: dictionary form -> paradigm; indeclinable ones are passed over. Only names of one word are looked for.
    """
    from pipeline.languages.russian.government import demanded

    found = []
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        known = names.get(token.text)
        if known is None or known.indeclinable or fold(known.cells["nom"]) != fold(token.text):
            continue
        demand = demanded(sentence, (token.start, token.end))
        if not demand.sure or demand.case in known.cells_of(token.text):
            continue
        right = known.cells[demand.case]
        governor = tokens[at - 1] if at else token
        found.append(
            _error(
                token,
                governor,
                "undeclined",
                f"“{token.text}” should be in the {CASE_NAMES[demand.case]}: {demand.cause}",
                right,
                True,
            )
        )
    return tuple(found)
