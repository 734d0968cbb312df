"""Which case and number a place in a sentence demands, and what must change around it when the words there change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.languages.russian.analyse import CASES, Analysis, analyses, fold, is_known
from pipeline.languages.russian.clauses import object_possible, subject_possible
from pipeline.languages.russian.disagreement import CASE_NAMES
from pipeline.languages.russian.names import looks_chinese
from pipeline.languages.russian.reading import (
    ADJECTIVAL,
    NOMINAL,
    cases_of,
    pair_cases,
    preposition_cases,
    stands_as_noun,
)
from pipeline.languages.russian.reagreement import preposition, reagree
from pipeline.languages.russian.spans import Bounds, head_of, sentence_of, stands_alone
from pipeline.languages.russian.syntax import Sentence
from pipeline.languages.russian.tables import table

__all__ = ["Bounds", "Demand", "demanded", "preposition", "reagree"]

_CLEAR: Final = 1.0  # how far the best case must lead the second to be called sure


@dataclass(frozen=True, slots=True)
class Demand:
    """case: one of CASES; number: of what stands there now; cause: in English, for reports; sure: no rival case."""

    case: str
    number: Literal["sg", "pl"]
    cause: str
    sure: bool
    ranked: tuple[str, ...] = ()  # cases, likeliest first
    gender: str = ""  # m, f or n of what stands there now, where it is an adjective that follows another noun


def demanded(text: str | Sentence, span: Bounds, kind: str = "", *, undeclined: bool = False) -> Demand:
    """The case and number which the place of `span` (code points of the text) demands.

    `kind` is the term's, where it is known: a person's name stands beside a title, a place or body depends on it.
    `undeclined`: what stands there is a dictionary form that somebody may have put there without declining it, so its
    own case is no evidence.

    Evidence, strongest first: the preposition before it, attributes left outside it, the governing verb or noun, the
    case of what stands there now, and the tagger's reading of the whole sentence. Always answers; see `sure`.
    """
    sentence = sentence_of(text, span)
    inside = (
        [at for at, token in enumerate(sentence.tokens) if token.end > span[0] and token.start < span[1]]
        if sentence
        else []
    )
    if sentence is None or not inside:
        return Demand("nom", "sg", "nothing stands there", False, CASES)
    head = head_of(sentence, inside)
    scores: dict[str, float] = defaultdict(float)
    causes: dict[str, tuple[float, str]] = {}
    limit = frozenset(CASES)

    def vote(cases: frozenset[str] | set[str], weight: float, cause: str) -> None:
        for case in cases:
            scores[case] += weight
            causes[case] = max(causes.get(case, (0.0, "")), (weight, cause), key=lambda item: item[0])

    before = _before(sentence, inside[0])
    preposition = preposition_cases(sentence.tokens, before) if before is not None else None
    doubtful = False  # в Чанчунь: where to or where?
    own, number = _own_cases(sentence, inside, head)
    bare = undeclined or (sentence.tokens[head].text[:1].isupper() and "nom" in own)  # perhaps left undeclined
    if preposition is not None and before is not None:
        limit = preposition[1] & limit or limit
        if preposition[0] in ("о", "об", "обо"):
            limit = frozenset({"prp"})  # the accusative (опереться о стену) is no matter of names and terms
        vote(limit, 3.0, f"after “{preposition[0]}”")
        usual, told = _usual(sentence, before)
        doubtful = bare and not told and {"acc", "prp"} <= limit
        if usual in limit and len(limit) > 1:
            vote({usual}, 2.5 if bare or not own & limit else 0.5, f"after “{preposition[0]}”")
    plain = preposition is None and "nom" in own and (undeclined or own <= {"nom", "acc"})
    governor = None if preposition is not None else _governor(sentence, inside, head, before, kind, bare)
    if plain and (undeclined or (governor is not None and not governor[0] & {"nom", "acc"})):
        limit -= _impossible(sentence, inside, head, undeclined)
        if undeclined and "nom" not in limit and "acc" in limit:
            vote({"acc"}, 1.5, "object of the verb")
        if "nom" not in limit and ("acc" not in limit or "acc" not in own):
            own = frozenset()  # left in the dictionary form, so its case says nothing
    outside = _attributes_before(sentence, inside, before)
    for cases, cause in outside:
        vote(cases & limit or cases, 2.0, cause)
    if governor is not None:
        vote(governor[0], governor[2] + (undeclined and "nom" not in limit), governor[1])
    vote(
        own & limit or own,
        0.3 if len(own) > 3 else 0.6 if bare else 1.5,
        f"“{sentence.tokens[head].text}” stands there now",
    )
    tagged = sentence.tokens[head].feats.get("case", "")
    if tagged in limit or (tagged in CASES and not plain):
        vote(
            {tagged},
            0.6 if bare and tagged in ("nom", "acc") else 1.2,
            f"the sentence reads “{sentence.tokens[head].text}” as {CASE_NAMES[tagged]}",
        )
    other = _coordinate(sentence, inside, head)
    if other is not None:
        vote(other, 1.0, "like what it is coordinated with")
    if not any(scores[case] for case in limit):
        limit = frozenset(CASES)  # no evidence at all: leave the nominative
    ranked = sorted(CASES, key=lambda case: (case in limit, scores[case]), reverse=True)
    best, second = ranked[0], ranked[1]
    sure = not doubtful and scores[best] > 0 and (second not in limit or scores[best] - scores[second] >= _CLEAR)
    cause = causes[best][1] if best in causes else "no governor found"
    gender = sentence.tokens[head].feats.get("gender", "") if sentence.tokens[head].pos == "ADJ" else ""
    return Demand(best, number, cause, sure, tuple(case for case in ranked if case in limit), gender)


def _impossible(sentence: Sentence, inside: list[int], head: int, strict: bool) -> set[str]:
    """Nominative and accusative, where the clause has no room for them."""
    banned = set()
    if not subject_possible(sentence, inside, head, strict):
        banned.add("nom")
        if not object_possible(sentence, inside):
            banned.add("acc")
    return banned


def _usual(sentence: Sentence, preposition: int) -> tuple[str, bool]:
    """The case a preposition most often takes with a name, and whether a word of motion or rest tells it."""
    tokens = sentence.tokens
    word = fold(tokens[preposition].text)
    governors = {tokens[at].lemma for at in range(max(0, preposition - 3), preposition)}
    head = tokens[preposition].head
    if head >= 0 and tokens[head].head >= 0:
        governors.add(tokens[tokens[head].head].lemma)
    if word in ("в", "во", "на", "за", "под") and governors & table("government", "motion").keys():
        return "acc", True
    return table("government", "default").get(word, ""), bool(governors & table("government", "state").keys())


def _before(sentence: Sentence, first: int) -> int | None:
    """Index of the word before the span and its attributes, numerals and quotation marks."""
    at = first - 1
    while at >= 0:
        token = sentence.tokens[at]
        word = token.text
        adjectival = any(a.pos in ADJECTIVAL for a in analyses(word)) and token.pos in ("ADJ", "DET", "NUM", "VERB")
        if at > 0 and f"{fold(sentence.tokens[at - 1].text)}_{fold(word)}" in table("words", "aside"):
            at -= 2
            continue
        if adjectival and stands_as_noun(word, [sentence.tokens[first].text]):
            return at
        if word in '«„“"' or word.isdigit() or adjectival or (token.pos == "NUM" and not word.isdigit()):
            at -= 1
            continue
        return at
    return None


def _attributes_before(sentence: Sentence, inside: list[int], before: int | None) -> list[tuple[frozenset[str], str]]:
    """Cases of adjectives and numerals that stand before the span and belong to it."""
    found = []
    start = 0 if before is None else before + 1
    for token in sentence.tokens[start : inside[0]]:
        readings = [a for a in analyses(token.text) if a.pos in ADJECTIVAL | {"NUMR"} and token.text[:1].isalnum()]
        cases = cases_of(readings) & frozenset(CASES)
        if cases and token.head in (*inside, -1):
            found.append((cases, f"agrees with “{token.text}”"))
    return found


def _after_noun(
    sentence: Sentence, head: int, before: int, kind: str, bare: bool
) -> tuple[frozenset[str], str, float] | None:
    """What a noun or passive participle right before the span demands: its own case of a name, else the genitive."""
    token, word = sentence.tokens[head], sentence.tokens[before]
    readings = analyses(word.text) if word.text[:1].isalpha() else ()
    if bare and any("pssv" in a.grammemes and a.pos == "PRTF" for a in readings) and word.pos != "NOUN":
        return frozenset({"ins"}), f"complement of “{word.text}”", 2.5
    if word.pos not in ("NOUN", "PROPN") or not is_known(word.text) or word.lemma in table("words", "generic"):
        return None
    living = any(a.animate for a in readings if a.pos == "NOUN" and fold(a.lemma) == word.lemma)
    if word.lemma in table("words", "settlement") or (
        living and (kind == "person" or (not kind and _personal(sentence, head)))
    ):
        cases = cases_of(a for a in readings if a.pos == "NOUN") & frozenset(CASES)
        tagged = word.feats.get("case", "")
        return (frozenset({tagged}) if tagged in cases else cases), f"beside “{word.text}”", 2.5
    weight = 2.5 if token.rel == "nmod" else 1.0 if token.rel.startswith("nsubj") or not bare else 2.0
    return frozenset({"gen"}), f"attribute of “{word.text}”", weight


def _personal(sentence: Sentence, head: int) -> bool:
    """May the word begin a person's name? A Chinese name, a listed one, or any unlisted capitalised word may."""
    word = sentence.tokens[head].text
    if not word[:1].isupper():
        return False
    following = sentence.tokens[head + 1].text if head + 1 < len(sentence.tokens) else ""
    if following[:1].isupper() and looks_chinese((word, following)):
        return True
    return not is_known(word) or any(a.grammemes & {"Name", "Surn", "Patr"} for a in analyses(word))


def _governor(
    sentence: Sentence, inside: list[int], head: int, before: int | None, kind: str, bare: bool
) -> tuple[frozenset[str], str, float] | None:
    """Cases a verb or noun demands of its bare complement, the cause, and how strong the evidence is."""
    tokens = sentence.tokens
    up = tokens[head].head
    pair = pair_cases(tokens, before) if before is not None and before == inside[0] - 1 else None
    if pair is not None:
        return pair[1], f"governed by “{pair[0]}”", 3.0
    candidates = [at for at in (before, up) if at is not None and at >= 0 and at not in inside]
    for at in dict.fromkeys(candidates):
        group = "verb" if tokens[at].pos in ("VERB", "AUX") else "noun" if tokens[at].pos == "NOUN" else ""
        cases = table("government", group).get(tokens[at].lemma) if group else None
        if cases:
            if group == "verb" and tokens[head].rel.startswith("nsubj") and not _served(sentence, inside, at):
                continue
            near = at == before and before == inside[0] - 1
            return (
                frozenset(cases.split()),
                f"governed by “{tokens[at].text}”",
                4.0 if group == "verb" and near else 2.5,
            )
    if before is not None and before in (inside[0] - 1, up):
        found = _after_noun(sentence, head, before, kind, bare)
        if found is not None:
            return found
    if up >= 0 and tokens[up].pos in ("VERB", "ADJ", "AUX"):
        relation = tokens[head].rel
        if relation.startswith("nsubj") and not (up < inside[0] and _served(sentence, inside, up)):
            return frozenset({"nom"}), f"subject of “{tokens[up].text}”", 1.5
        if relation == "obj":
            return frozenset({"acc"}), f"object of “{tokens[up].text}”", 1.5
    if before is None and tokens[head].rel == "root":
        return frozenset({"nom"}), "begins the sentence", 1.0
    return None


def _served(sentence: Sentence, inside: list[int], verb: int) -> bool:
    """Has the verb a nominative before it already, or is it no finite verb?"""
    token = sentence.tokens[verb]
    if token.feats.get("VerbForm") in ("Inf", "Conv", "Part"):
        return True
    return any(
        at < verb and at not in inside and sentence.tokens[at].rel.startswith("nsubj") for at in sentence.children(verb)
    )


def _own_cases(sentence: Sentence, inside: list[int], head: int) -> tuple[frozenset[str], Literal["sg", "pl"]]:
    """Cases the present head may be in, narrowed by what agrees with it inside the span; and its number."""
    token = sentence.tokens[head]
    readings: list[Analysis] = (
        [a for a in analyses(token.text) if a.pos in NOMINAL and a.case] if token.text[:1].isalpha() else []
    )
    if not readings and stands_alone(token.text):
        readings = [a for a in analyses(token.text) if a.pos in ADJECTIVAL and a.case]
    tagged = token.feats.get("number", "")
    number: Literal["sg", "pl"] = "pl" if tagged == "pl" else "sg"
    if not is_known(token.text) and token.text[:1].isupper():
        return frozenset(), number
    numbers = {a.number for a in readings}
    if len(numbers) == 1:
        number = "pl" if "pl" in numbers else "sg"
    cases = cases_of(a for a in readings if a.number in ("", number)) & frozenset(CASES)
    for at in inside:
        other = sentence.tokens[at]
        if other.head == head and at != head and other.rel in ("amod", "det", "nummod", "nummod:gov"):
            theirs = cases_of(a for a in analyses(other.text) if a.pos in ADJECTIVAL | {"NUMR"}) & frozenset(CASES)
            if other.rel.startswith("nummod") and theirs:
                cases, number = theirs, "pl"
            elif cases & theirs:
                cases &= theirs
    return cases, number


def _coordinate(sentence: Sentence, inside: list[int], head: int) -> frozenset[str] | None:
    """Cases of the word the span is coordinated with, where that word stands outside it."""
    tokens = sentence.tokens
    partners = [tokens[head].head] if tokens[head].rel == "conj" else []
    partners += [at for at in sentence.children(head) if tokens[at].rel == "conj"]
    for at in partners:
        named = at >= 0 and tokens[at].pos == "PROPN" and tokens[at].feats.get("case") in ("nom", "acc")
        if at >= 0 and at not in inside and not named and is_known(tokens[at].text):
            cases = cases_of(a for a in analyses(tokens[at].text) if a.pos in NOMINAL) & frozenset(CASES)
            if cases:
                return cases
    return None
