"""Which case and number a place in a sentence demands, and what must change around it when the words there change."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.languages.russian.analyse import CASES, Analysis, analyses, fold, is_known, like
from pipeline.languages.russian.attributes import put
from pipeline.languages.russian.disagreement import CASE_NAMES
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.predicates import predicate
from pipeline.languages.russian.reading import ADJECTIVAL, NOMINAL, cases_of, preposition_cases
from pipeline.languages.russian.syntax import Sentence, Token, parse
from pipeline.languages.russian.tables import table

Bounds = tuple[int, int]
_CLEAR: Final = 1.0  # how far the best case must lead the second to be called sure


@dataclass(frozen=True, slots=True)
class Demand:
    """case: one of CASES; number: of what stands there now; cause: in English, for reports; sure: no rival case."""

    case: str
    number: Literal["sg", "pl"]
    cause: str
    sure: bool
    ranked: tuple[str, ...] = ()


def demanded(text: str | Sentence, span: Bounds) -> Demand:
    """The case and number which the place of `span` (code points of the text) demands.

    Evidence, strongest first: the preposition before it, attributes left outside it, the governing verb or noun, the
    case of what stands there now, and the tagger's reading of the whole sentence. Always answers; see `sure`.
    """
    sentence = _sentence_of(text, span)
    inside = (
        [at for at, token in enumerate(sentence.tokens) if token.end > span[0] and token.start < span[1]]
        if sentence
        else []
    )
    if sentence is None or not inside:
        return Demand("nom", "sg", "nothing stands there", False, CASES)
    head = _head_of(sentence, inside)
    scores: dict[str, float] = defaultdict(float)
    causes: dict[str, str] = {}
    limit = frozenset(CASES)

    def vote(cases: frozenset[str] | set[str], weight: float, cause: str) -> None:
        for case in cases:
            scores[case] += weight
            causes.setdefault(case, cause)

    before = _before(sentence, inside[0])
    preposition = preposition_cases(sentence.tokens, before) if before is not None else None
    if preposition is not None:
        limit = frozenset(cases for cases in preposition[1] if cases in CASES) or limit
        vote(limit, 3.0, f"after “{preposition[0]}”")
    outside = _attributes_before(sentence, inside, before)
    for cases, cause in outside:
        vote(cases & limit or cases, 2.0, cause)
    governor = None if preposition is not None else _governor(sentence, inside, head, before)
    if governor is not None:
        vote(governor[0], governor[2], governor[1])
    own, number = _own_cases(sentence, inside, head)
    vote(own & limit or own, 1.5 if len(own) < 4 else 0.3, f"“{sentence.tokens[head].text}” stands there now")
    tagged = sentence.tokens[head].feats.get("case", "")
    if tagged in CASES:
        vote({tagged}, 1.2, f"the sentence reads “{sentence.tokens[head].text}” as {CASE_NAMES[tagged]}")
    other = _coordinate(sentence, inside, head)
    if other is not None:
        vote(other, 1.0, "like what it is coordinated with")
    ranked = sorted(CASES, key=lambda case: (case in limit, scores[case]), reverse=True)
    best, second = ranked[0], ranked[1]
    sure = scores[best] > 0 and (second not in limit or scores[best] - scores[second] >= _CLEAR)
    return Demand(best, number, causes.get(best, "no governor found"), sure, tuple(c for c in ranked if c in limit))


def _sentence_of(text: str | Sentence, span: Bounds) -> Sentence | None:
    if isinstance(text, Sentence):
        return text
    return next((sentence for sentence in parse(text) if sentence.end > span[0] and sentence.start < span[1]), None)


def _head_of(sentence: Sentence, inside: list[int]) -> int:
    """The word of the span on which the rest depends: the first noun whose tree head lies outside."""
    tokens = sentence.tokens
    outward = [at for at in inside if tokens[at].head not in inside and tokens[at].text[:1].isalnum()]
    nominal = [at for at in outward if _may_be_noun(tokens[at])]
    if nominal:
        return nominal[0]
    anywhere = [at for at in inside if _may_be_noun(tokens[at])]
    return (anywhere or outward or inside)[0]


def _may_be_noun(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN", "PRON") or any(
        a.pos in NOMINAL for a in analyses(token.text) if token.text[:1].isalpha()
    )


def _before(sentence: Sentence, first: int) -> int | None:
    """Index of the word before the span and its attributes, numerals and quotation marks."""
    at = first - 1
    while at >= 0:
        token = sentence.tokens[at]
        word = token.text
        adjectival = any(a.pos in ADJECTIVAL for a in analyses(word)) and token.pos in ("ADJ", "DET", "NUM", "VERB")
        if word in '«„“"(' or word.isdigit() or adjectival or (token.pos == "NUM" and not word.isdigit()):
            at -= 1
            continue
        return at
    return None


def _attributes_before(sentence: Sentence, inside: list[int], before: int | None) -> list[tuple[frozenset[str], str]]:
    """Cases of adjectives and numerals that stand before the span and belong to it."""
    found = []
    start = 0 if before is None else before + 1
    for token in sentence.tokens[start : inside[0]]:
        readings = [a for a in analyses(token.text) if a.pos in ADJECTIVAL | {"NUMR"} and token.text[:1].isalpha()]
        cases = cases_of(readings) & frozenset(CASES)
        if cases and token.head in (*inside, -1):
            found.append((cases, f"agrees with “{token.text}”"))
    return found


def _governor(
    sentence: Sentence, inside: list[int], head: int, before: int | None
) -> tuple[frozenset[str], str, float] | None:
    """Cases a verb or noun demands of its bare complement, the cause, and how strong the evidence is."""
    tokens = sentence.tokens
    up = tokens[head].head
    candidates = [at for at in (before, up) if at is not None and at >= 0 and at not in inside]
    for at in dict.fromkeys(candidates):
        group = "verb" if tokens[at].pos in ("VERB", "AUX") else "noun" if tokens[at].pos == "NOUN" else ""
        cases = table("government", group).get(tokens[at].lemma) if group else None
        if cases:
            if group == "verb" and tokens[head].rel.startswith("nsubj"):
                continue
            return frozenset(cases.split()), f"governed by “{tokens[at].text}”", 2.5 if group == "verb" else 1.5
    if (before is not None and tokens[before].pos in ("NOUN", "PROPN") and before == inside[0] - 1) or (
        before is not None and up == before and tokens[before].pos == "NOUN"
    ):
        word = tokens[before]
        if word.pos == "NOUN" and is_known(word.text) and word.lemma not in table("words", "generic"):
            if word.lemma in table("words", "settlement") or any(
                a.animate for a in analyses(word.text) if a.pos == "NOUN" and a.lemma == word.lemma
            ):
                return None
            return frozenset({"gen"}), f"attribute of “{word.text}”", 2.5 if tokens[head].rel == "nmod" else 1.0
    if up >= 0 and tokens[up].pos in ("VERB", "ADJ", "AUX"):
        relation = tokens[head].rel
        if relation.startswith("nsubj"):
            return frozenset({"nom"}), f"subject of “{tokens[up].text}”", 1.5
        if relation == "obj":
            return frozenset({"acc"}), f"object of “{tokens[up].text}”", 1.5
    if before is None and tokens[head].rel == "root":
        return frozenset({"nom"}), "begins the sentence", 1.0
    return None


def _own_cases(sentence: Sentence, inside: list[int], head: int) -> tuple[frozenset[str], Literal["sg", "pl"]]:
    """Cases the present head may be in, narrowed by what agrees with it inside the span; and its number."""
    token = sentence.tokens[head]
    readings: list[Analysis] = (
        [a for a in analyses(token.text) if a.pos in NOMINAL and a.case] if token.text[:1].isalpha() else []
    )
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
        if at >= 0 and at not in inside and is_known(tokens[at].text):
            cases = cases_of(a for a in analyses(tokens[at].text) if a.pos in NOMINAL) & frozenset(CASES)
            if cases:
                return cases
    return None


def reagree(text: str, span: Bounds, new: Paradigm, cell: str) -> list[tuple[int, int, str]]:
    """Changes outside `span` that are due when the words there become `new` in `cell`: (start, end, new text).

    Attributes before the span, the predicate whose subject it is, a following «который», and the form of the
    preposition (о/об, с/со, в/во). Only words that agreed with the old head are touched; offsets refer to `text`.
    """
    sentence = _sentence_of(text, span)
    if sentence is None:
        return []
    inside = [at for at, token in enumerate(sentence.tokens) if token.end > span[0] and token.start < span[1]]
    if not inside:
        return []
    case = cell.split(".")[0]
    number = "pl" if cell.endswith(".pl") else new.number
    gender = new.gender or "m"
    head = _head_of(sentence, inside)
    old = sentence.tokens[head]
    changes: list[tuple[int, int, str]] = []
    for at in _own_attributes(sentence, inside, head):
        token = sentence.tokens[at]
        made = put(token.text, case, number, gender, new.animate)
        if made and made != token.text and not _fits(token.text, case, number, gender, new.animate):
            changes.append((token.start, token.end, made))
    if case == "nom":
        changes += _predicate_change(sentence, head, number, gender)
    changes += _relative_change(sentence, head, number, gender)
    form = new.cells.get(cell, new.text)
    changes += _preposition_change(sentence, inside[0], form)
    old_bounds = (old.start, old.end)
    return sorted(
        {change for change in changes if not (change[0] < span[1] and span[0] < change[1]) and change[:2] != old_bounds}
    )


def _own_attributes(sentence: Sentence, inside: list[int], head: int) -> list[int]:
    """Adjectives and participles just before the span that depend on it."""
    found = []
    at = inside[0] - 1
    while at >= 0:
        token = sentence.tokens[at]
        if token.text in '«„“"':
            at -= 1
            continue
        depends = token.head in inside and token.rel in ("amod", "det", "acl")
        if not depends or not any(a.pos in ADJECTIVAL and "Fixd" not in a.grammemes for a in analyses(token.text)):
            break
        found.append(at)
        at -= 1
    return found


def _fits(word: str, case: str, number: str, gender: str, animate: bool) -> bool:
    for a in analyses(word):
        same = a.pos in ADJECTIVAL and a.case == case and a.number == number and (number == "pl" or a.gender == gender)
        if same and (case != "acc" or a.animate is None or a.animate == animate):
            return True
    return False


def _predicate_change(sentence: Sentence, head: int, number: str, gender: str) -> list[tuple[int, int, str]]:
    tokens = sentence.tokens
    subject = tokens[head]
    if subject.rel not in ("nsubj", "nsubj:pass") or subject.head < 0:
        return []
    if any(tokens[at].rel == "conj" for at in sentence.children(head)):
        return []
    out = []
    verbs = [
        subject.head,
        *(at for at in sentence.children(subject.head) if tokens[at].rel in ("cop", "aux", "aux:pass")),
    ]
    verbs += [
        at for at in sentence.children(subject.head) if tokens[at].rel == "conj" and not _has_subject(sentence, at)
    ]
    for at in verbs:
        verb = tokens[at]
        forms = [a for a in analyses(verb.text) if a.pos in ("VERB", "PRTS", "ADJS") and "impr" not in a.grammemes]
        if not forms or forms[0].pos not in ("VERB", "PRTS", "ADJS") or forms[0].person in ("1per", "2per"):
            continue
        old_fits = any(a.number in ("", subject.feats.get("number", a.number)) for a in forms)
        new_fits = any(a.number == number and (not a.gender or number == "pl" or a.gender == gender) for a in forms)
        made = predicate(verb.text, number, gender)
        if old_fits and not new_fits and made and made != verb.text:
            out.append((verb.start, verb.end, made))
    return out


def _has_subject(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tokens[at].rel.startswith("nsubj") for at in sentence.children(verb))


def _relative_change(sentence: Sentence, head: int, number: str, gender: str) -> list[tuple[int, int, str]]:
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if at <= head or token.lemma != "который":
            continue
        clause = token.head if token.rel not in ("acl:relcl",) else at
        while clause >= 0 and tokens[clause].rel not in ("acl:relcl", "acl", "root"):
            clause = tokens[clause].head
        if clause < 0 or tokens[clause].head != head:
            continue
        case = token.feats.get("case", "")
        forms = [a for a in analyses(token.text) if a.pos == "ADJF"]
        if not case or any(a.case == case and a.number == number and a.gender in ("", gender) for a in forms):
            return []
        made = put(token.text, case, number, gender, False)
        changes = [(token.start, token.end, made)] if made and made != token.text else []
        if changes and token.rel.startswith("nsubj"):
            changes += _predicate_change(sentence, at, number, gender)
        return changes
    return []


def _preposition_change(sentence: Sentence, first: int, form: str) -> list[tuple[int, int, str]]:
    at = first - 1
    while at >= 0 and sentence.tokens[at].text in '«„“"':
        at -= 1
    if at < 0:
        return []
    token = sentence.tokens[at]
    made = preposition(fold(token.text), form)
    return [] if made is None or made == fold(token.text) else [(token.start, token.end, like(token.text, made))]


def preposition(word: str, following: str) -> str | None:
    """The form of о/об, в/во, с/со before `following`; None for any other word."""
    low = following.lower().lstrip('«„“"(')
    if word in ("о", "об", "обо"):
        if re.match(r"(мне|всём|всем|всей|всех)\b", low):
            return "обо"
        return "об" if low[:1] in "аоуиэ" and low else "о"
    if word in ("в", "во"):
        return "во" if re.match(r"[вф][бвгджзклмнпрстфхцчшщ]|(льв|льд|мне|много|мн|имя)", low) else "в"
    if word in ("с", "со"):
        return "со" if re.match(r"[сзшж][бвгджзклмнпрстфхцчшщ]|щ|(мн|льв|вс)", low) else "с"
    return None
