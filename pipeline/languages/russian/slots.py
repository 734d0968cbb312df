"""Words for whose case or form the clause has no place, told by the dictionary's readings alone.

A nominative needs a predicate that agrees, an accusative a verb or preposition that takes it, a noun behind «и» a
partner in its case. Where no reading of any word near gives such a place, the form is wrong. Nothing is said of words
that the dictionary does not list, and one word that may give the place is enough for silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.languages.russian.analyse import Analysis, Token, fold, inflect_word, is_known
from pipeline.languages.russian.attributes import QUANTITY
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement
from pipeline.languages.russian.near import (
    TIMES,
    Rules,
    adjectives,
    framed,
    group,
    maybe_noun,
    nominal,
    noun,
    opens,
    read,
    some,
    standing,
    transitive,
)
from pipeline.languages.russian.reading import ADJECTIVAL, agree, cases_of, goes_on, nouns
from pipeline.languages.russian.room import later, ruled
from pipeline.languages.russian.tables import table

_REACH: Final = 14
_EDGES: Final = frozenset(',;:()—–«»"“”')
_DASHES: Final = frozenset("—–-")
_VERBAL: Final = frozenset(("VERB", "PRTS", "ADJS", "INFN", "GRND", "PRED", "PRTF"))
_FINITE: Final = frozenset(("VERB", "PRTS", "ADJS"))


def slots(tokens: Sequence[Token]) -> Iterator[Disagreement]:
    """Reports on one sentence, at most one for each word."""
    taken = -1
    for at, token in enumerate(tokens):
        if at <= taken or not token.text[:1].isalpha() or not is_known(token.text):
            continue
        found = _RULES.first(tokens, at)
        if found is not None:
            taken = at + 1
            yield found


def _fits(verb: Analysis, noun: Analysis) -> bool:
    if verb.number and noun.number and verb.number != noun.number:
        return False
    return not (verb.number == "sg" and verb.gender and noun.gender in ("m", "f", "n") and verb.gender != noun.gender)


def _listed(tokens: Sequence[Token], at: int) -> bool:
    """Does another nominative follow behind «и» or a comma, so that the predicate may be in the plural?"""
    for place in range(at + 1, min(len(tokens) - 1, at + 5)):
        if fold(tokens[place].text) not in ("и", "или", "а", "но", ","):
            continue
        last = place + 1
        while last + 1 < len(tokens) and last < place + 4 and adjectives(tokens[last].text):
            last += 1
        if not nouns(tokens[last].text) or "nom" in group(tokens, last)[1]:
            return True
    return False


def subject_possible(tokens: Sequence[Token], first: int, at: int) -> bool:
    """May the nominative at `at` be a subject: does a predicate near it agree, or is there none at all?"""
    listed = _listed(tokens, at)
    own = [n for n in noun(tokens, at) if n.case == "nom"]
    verbs = False
    if not any(a.pos in _VERBAL for token in _clause(tokens, first, at) for a in read(token.text)):
        return True  # в вагонах поручни
    for place in (*range(max(0, first - _REACH), first), *range(at + 1, _last(tokens, first, at))):
        token = tokens[place]
        if token.text in _DASHES or fold(token.text) in ("это", "как", "нет"):
            return True
        if fold(token.text) == "чем" and fold(tokens[place - 1].text) not in _GRADES:
            return True
        for a in read(token.text):
            if a.pos in _FINITE or (a.pos in ("PRED", "COMP") and fold(token.text) not in _GRADES):
                verbs = True
                if a.pos in ("PRED", "COMP"):
                    return True
                if _served(tokens, place, first, at):
                    continue
                if any(_fits(a, n) for n in own) or (listed and a.number == "pl"):
                    return True
            elif a.pos in ("INFN", "GRND"):
                verbs = True
    return not verbs


_GRADES: Final = frozenset(("более", "менее", "больше", "меньше"))


def _last(tokens: Sequence[Token], first: int, at: int) -> int:
    """How far a predicate is looked for: a clause of purpose or a phrase that opens the sentence ends at its comma."""
    start = first
    while start and tokens[start - 1].text not in _EDGES and first - start < 20:
        start -= 1
    opening = start == 0 or tokens[start - 1].text == ","
    word = fold(tokens[start].text)
    aside = word == "чтобы" or (start == 0 and (word in table("government", "prep") or _gerund(word)))
    if opening and aside:
        for place in range(at + 1, min(len(tokens) - 1, at + 9)):
            if tokens[place].text == "," and not _relative(tokens[place + 1].text):
                return place
    return min(len(tokens), at + 1 + _REACH)


def _gerund(word: str) -> bool:
    return bool(read(word)) and all(a.pos == "GRND" for a in read(word))


def _relative(word: str) -> bool:
    return fold(word).startswith("котор") or any(a.pos in ("PRTF", "GRND") for a in read(word))


def _adverb(word: str) -> bool:
    return bool(read(word)) and all(a.pos in ("ADVB", "PRCL") for a in read(word))


def _clause(tokens: Sequence[Token], first: int, last: int) -> Sequence[Token]:
    """What stands between the marks of punctuation around the words from `first` to `last`."""
    while first and tokens[first - 1].text not in _EDGES:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].text not in _EDGES:
        last += 1
    return tokens[first : last + 1]


def _served(tokens: Sequence[Token], verb: int, first: int, at: int) -> bool:
    """Stands right before the verb another word that can only be its subject?"""
    place = verb - 1
    while place > 0 and place > verb - 3 and _adverb(tokens[place].text):
        place -= 1
    return not first <= place <= at and subject_before(tokens, verb, place)


def subject_before(tokens: Sequence[Token], verb: int, place: int) -> bool:
    """Is the word at `place` the subject of the verb: a nominative, or what may be one before a verb without object?"""
    if place < 0 or not tokens[place].text[:1].isalpha():
        return False
    found = nouns(tokens[place].text)
    if fold(tokens[place].text) in ("он", "она", "оно", "они"):
        found = tuple(a for a in read(tokens[place].text) if a.pos == "NPRO")
    if not found or "nom" not in standing(tokens, place):
        return False
    if any(n.case != "nom" for n in found) and (transitive(tokens[verb].text) or cases_of(found) != {"nom", "acc"}):
        return False
    return any(_fits(a, n) for a in read(tokens[verb].text) if a.pos in _FINITE for n in found if n.case == "nom")


def _object(tokens: Sequence[Token], first: int, at: int) -> bool:
    """May the accusative at `at` be an object: is there a transitive form near it that has none yet?"""
    for place in range(max(0, first - _REACH), min(len(tokens), at + 1 + _REACH)):
        if first <= place <= at or not transitive(tokens[place].text):
            continue
        after = place + 1
        while after < len(tokens) and after < place + 4 and adjectives(tokens[after].text):
            after += 1
        found = nouns(tokens[after].text) if after < len(tokens) and after != at else ()
        if not any(n.case == "acc" and n.score > 0.1 for n in found):
            return True
    return False


def _stranded(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """в области торговля, влияние сильный ветер: a nominative behind a noun, and no predicate for it."""
    if not at or not tokens[at].text.islower() or not (found := noun(tokens, at)):
        return None
    first, cases = group(tokens, at)
    if not cases or not cases <= {"nom", "acc"} or not first or "Fixd" in found[0].grammemes:
        return None
    head = tokens[first - 1]
    before = nouns(head.text)
    if not before or not head.text.islower() or any(n.animate for n in (*before, *found)):
        return None
    if goes_on([token.text for token in tokens[at : at + 9]]):
        return None  # члены команды шаг за шагом подтверждали
    if fold(found[0].lemma) in QUANTITY:
        return None  # по каналу множество судов
    if _set_phrase(before[0], head) or fold(found[0].lemma) in TIMES | table("frames", "apart").keys():
        return None
    aside = "acc" in cases and cases_of(before) in (frozenset(("dat",)), frozenset(("ins",)))
    if aside and (later(tokens, at) or ruled(tokens, first - 1)):
        return None  # косякам путь преграждали плотины
    if framed(tokens, first - 1, at) or (first == at and opens(tokens, at)):
        return None  # пригодное для пахоты состояние; на первом этаже аптека
    if subject_possible(tokens, first, at) or ("acc" in cases and _object(tokens, first, at)):
        return None
    if "acc" in cases and _accusative_place(tokens, first):
        return None
    return _told(tokens, at, first - 1, "gen", f"“{tokens[at].text}” after “{head.text}” should be in the genitive")


_NAMED: Final = frozenset(table("frames", "named"))
_SET: Final = frozenset(table("frames", "phrase"))


def _set_phrase(noun: Analysis, token: Token) -> bool:
    """в том числе, своего рода, в субботу: what is behind it is not its attribute."""
    return fold(token.text) in _SET or fold(noun.lemma) in TIMES or fold(noun.lemma) in _NAMED


def _joined(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """развитию торговли и промышленность: behind «и» a nominative that has neither a partner nor a predicate."""
    if at < 3 or not tokens[at].text.islower() or not (found := noun(tokens, at)):
        return None
    first, cases = group(tokens, at)
    if first < 3 or fold(tokens[first - 1].text) != "и" or not cases or not cases <= {"nom", "acc"}:
        return None
    before = nouns(tokens[first - 2].text)
    if not before or standing(tokens, first - 2) & cases or any(n.animate for n in found):
        return None
    if fold(found[0].lemma) in TIMES or "Fixd" in found[0].grammemes or tokens[0].text[:1].isdigit():
        return None
    start = 0
    for place in range(first - 1):
        readings = read(tokens[place].text)
        if (readings and all(a.pos in _FINITE for a in readings)) or tokens[place].text in ";:—–(":
            start = place + 1  # what stands before the predicate is no partner
    for place in range(start, first - 1):
        token = tokens[place]
        if token.text[:1].isalpha() and (not is_known(token.text) or (token.text[:1].isupper() and place)):
            return None
        if standing(tokens, place) & cases or any(a.pos in ("NUMR", "PRED") for a in read(token.text)):
            return None
    if subject_possible(tokens, first, at) or ("acc" in cases and _object(tokens, first, at)):
        return None
    case = next((c for c in ("gen", "dat", "ins", "prp") if c in cases_of(before)), "gen")
    message = f"“{tokens[at].text}” is joined to “{tokens[first - 2].text}”, which stands in another case"
    return _told(tokens, at, first - 2, case, message)


def _accusative_place(tokens: Sequence[Token], first: int) -> bool:
    """Is there a preposition before the place that takes the accusative, and no other noun behind it?"""
    for place in range(first - 1, max(-1, first - 6), -1):
        told = table("government", "prep").get(fold(tokens[place].text), "")
        if told:
            return "acc" in told.split() and not any(nouns(token.text) for token in tokens[place + 1 : first])
    return False


def _loose(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """мерами поддержку: a form that is only accusative right behind a noun, and nothing that takes it."""
    if not at or not tokens[at].text.islower():
        return None
    found = nouns(tokens[at].text)
    if not found or cases_of(found) != {"acc"} or any(n.animate for n in found):
        return None
    first, _ = group(tokens, at)
    before = nouns(tokens[first - 1].text) if first else ()
    if not before or fold(found[0].lemma) in table("words", "adverbial"):
        return None
    near = tokens[max(0, first - _REACH) : min(len(tokens), at + 1 + _REACH)]
    if any(transitive(token.text) or any(a.pos == "PRED" for a in read(token.text)) for token in near):
        return None
    for token in tokens[max(0, first - 8) : first]:
        if "acc" in table("government", "prep").get(fold(token.text), "").split():
            return None
    message = f"“{tokens[at].text}” is in the accusative, but nothing here takes it"
    return _told(tokens, at, first - 1, "gen", message)


_MANNER: Final = frozenset(table("frames", "manner"))


def _unlike(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """аплодисменты и возгласами: behind «и» a noun in a case in which no word before it stands."""
    if at < 2 or not tokens[at].text.islower() or not (found := nouns(tokens[at].text)):
        return None
    first, cases = group(tokens, at)
    if first < 2 or fold(tokens[first - 1].text) != "и" or not cases or cases & {"nom", "acc", "gen"}:
        return None
    before = nouns(tokens[first - 2].text)
    if not before or cases_of(before) == {"acc"} or cases_of(before) & cases:
        return None  # гордится историю и культурой: the other is the wrong one
    if fold(found[0].lemma) in TIMES or fold(tokens[at].text) in _MANNER:
        return None
    start = max((n for n in range(first) if tokens[n].text in ";:—–"), default=-1) + 1
    for token in tokens[start : first - 1]:
        if any(a.case in cases or (a.case == "loc" and "prp" in cases) for a in read(token.text)):
            return None
        if token.text[:1].isalpha() and not is_known(token.text):
            return None
    for token in tokens[at + 1 : at + 8]:
        if token.text in ".;":
            break
        if any(a.pos in (*_FINITE, "INFN", "GRND", "PRTF", "PRED") for a in read(token.text)):
            return None
    for token in tokens[start : first - 1]:
        if any(a.pos in ("PRTF", "ADJF") and a.case in ("ins", "dat") for a in read(token.text)):
            return None
    told = " or ".join(sorted(CASE_NAMES[case] for case in cases if case in CASE_NAMES))
    want = cases_of(before)
    case = next((c for c in ("nom", "gen", "dat", "ins", "prp") if c in want), "gen")
    message = f"“{tokens[at].text}” ({told}) is joined to “{tokens[first - 2].text}”, which stands in another case"
    return _told(tokens, at, first - 2, case, message)


def _participle(tokens: Sequence[Token], at: int) -> Disagreement | None:
    """волонтёров, пришедшие: a participle behind a comma that agrees with no noun before or behind it."""
    if at < 2 or tokens[at - 1].text != ",":
        return None
    own = [a for a in read(tokens[at].text) if a.pos in ADJECTIVAL]
    if not any(a.pos == "PRTF" for a in own) or len(own) != len(read(tokens[at].text)):
        return None
    if any(a.grammemes & {"Subx"} or a.case == "ins" for a in own):
        return None
    known = False
    for place in range(at - 2, max(-1, at - 22), -1):
        text = tokens[place].text
        readings = read(text)
        if text in ';:—–()«»"':
            return None
        finite = any(a.pos == "VERB" for a in readings) and all(a.pos != "NOUN" for a in readings)
        if finite and known and not any(p.case == "nom" and p.number == "sg" for p in own):
            break
        if not text[:1].isalpha():
            if text[:1].isdigit():
                return None
            continue
        if not is_known(text) or (text[:1].isupper() and place):
            return None
        for a in readings:
            if a.pos in ("NOUN", "NPRO", "NUMR") or a.pos in ADJECTIVAL:
                known = True
                if "Fixd" in a.grammemes or any(agree(p, a) for p in own) or a.pos == "NUMR":
                    return None
                if a.animate and a.case == "nom" and any(p.case == a.case and p.number == a.number for p in own):
                    return None  # депутат, работающая
                if a.pos in ADJECTIVAL and any(p.case == a.case and p.number == a.number for p in own):
                    return None
                if a.number == "sg" and any(p.number == "pl" and p.case == a.case for p in own):
                    return None  # one of several
    if not known:
        return None
    preposition = False
    for token in tokens[at + 1 : at + 12]:
        if token.text in ",.;:":
            break
        readings = read(token.text)
        fitting = any(a.pos == "NOUN" and p.case == a.case and p.number == a.number for a in readings for p in own)
        if fitting and not preposition:
            return None
        preposition = fold(token.text) in table("government", "prep") or (
            preposition and not any(a.pos == "NOUN" for a in readings)
        )
    near = next((n for n in range(at - 2, -1, -1) if nouns(tokens[n].text)), at - 2)
    word = tokens[at]
    message = f"“{word.text}” agrees with no noun before it"
    return Disagreement(word.start, word.end, tokens[near].start, tokens[near].end, "participle", message, "", True)


def _told(tokens: Sequence[Token], at: int, head: int, case: str, message: str) -> Disagreement:
    word, other = tokens[at], tokens[head]
    best = noun(tokens, at)[0]
    suggestion = inflect_word(word.text, case, best.number, pos="NOUN") or ""
    return Disagreement(word.start, word.end, other.start, other.end, "slot", message, suggestion, True)


_RULES: Final = Rules(
    (_stranded, maybe_noun),
    (_joined, maybe_noun),
    (_loose, nominal),
    (_unlike, nominal),
    (_participle, some("PRTF")),
)
