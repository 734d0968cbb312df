"""Predicates that do not agree with their subject, and relative pronouns without an antecedent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.languages.russian.analyse import Analysis, analyses, fold, is_known, like, parses, unyo
from pipeline.languages.russian.attributes import QUANTITY
from pipeline.languages.russian.disagreement import Disagreement, disagreement
from pipeline.languages.russian.reading import ADJECTIVAL, adjectives, nouns
from pipeline.languages.russian.syntax import Sentence, Token
from pipeline.languages.russian.tables import table

_BOUNDARY: Final = frozenset(',;:()—–«»"')
_LISTED: Final = 25  # words within which a subject's second member stands


def predicates(sentence: Sentence) -> Iterator[Disagreement]:
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
        pronoun = fold(token.text) in ("он", "она", "оно", "они")
        subject = [n for n in (analyses(token.text) if pronoun else nouns(token.text)) if n.case == "nom"]
        if not subject or token.lemma in QUANTITY:
            continue
        lasting = at < token.head and any(n.case == "acc" for n in nouns(token.text))
        if lasting and fold(token.lemma) in table("words", "adverbial"):
            continue  # учащиеся год учатся в школе
        neuter = any(a.gender == "n" for a in forms) and any(n.case == "gen" for n in nouns(token.text))
        if neuter or fold(forms[0].lemma) in table("words", "impersonal"):
            continue
        if any(predicate_fits(a, n.number, n.gender) for a in forms for n in subject):
            continue
        behind = nouns(tokens[token.head + 1].text) if token.head + 1 < len(tokens) else ()
        alone = all("intr" in a.grammemes for a in forms) or all(n.case != "acc" for n in behind)
        if alone and any(n.case == "nom" and predicate_fits(a, n.number, n.gender) for a in forms for n in behind):
            continue  # после возвращения пашни лесу восстановилась растительность
        words = [word.text for word in tokens]
        if subjectless(words, token.head, at) or behind_infinitive(words, at):
            continue
        woman = any(a.gender == "f" for a in forms) and not pronoun  # министр сказала
        if _plural_subject(sentence, at) or (woman and any(n.animate and n.gender in ("m", "c") for n in subject)):
            continue
        if not _plain_clause(sentence, at, forms, pronoun) or _other_subject(sentence, at, token.head, forms):
            continue
        n = subject[0]
        suggestion = predicate(verb.text, n.number, n.gender)
        message = f"“{verb.text}” does not agree with its subject “{token.text}”"
        yield disagreement(verb, token, "predicate", message, suggestion, abs(token.head - at) <= 4)


def subjectless(words: Sequence[str], at: int, subject: int) -> bool:
    """Needs the predicate at `at` no subject, so that what stands at `subject` is its object?

    «Остатки рекомендуется забирать», «апелляции не подаст», «дороги замело».
    """
    own = analyses(words[at])
    found = analyses(words[subject])
    lemmas = {fold(a.lemma) for a in own}
    singular = all(a.number == "sg" and a.gender in ("", "n") for a in own)
    if singular and lemmas & table("words", "bidding").keys():
        near = []
        for step in (range(at + 1, min(len(words), at + 9)), range(at - 1, max(-1, at - 6), -1)):
            for place in step:
                if not words[place][:1].isalnum():
                    break
                near.append(words[place])
        if any(a.pos == "INFN" for word in near for a in analyses(word)):
            return True
    transitive = all("tran" in a.grammemes for a in own if a.pos == "VERB") and any(a.pos == "VERB" for a in own)
    if transitive and subject < at and fold(words[at - 1]) == "не" and any(n.case == "gen" for n in found):
        return True
    ahead = [a for word in words[at + 1 : at + 4] for a in analyses(word)] if subject < at else []
    nobody = all(a.number == "pl" and a.pos == "VERB" and a.tense != "past" for a in own)
    if nobody and subject < at and any(a.pos == "INFN" and "tran" in a.grammemes for a in ahead):
        return any(n.case == "acc" for n in found)  # имущество могут арестовать
    elements = transitive and all(a.gender == "n" for a in own) and bool(lemmas & table("words", "elements").keys())
    return elements and any(n.case == "acc" for n in found)


def behind_infinitive(words: Sequence[str], at: int) -> bool:
    """Is the noun the object of the infinitive or gerund just before its group, or said twice?

    «Обхватить ствол могут шестеро», «страница за страницей вводят журналы».
    """
    for place in (at + 2, at - 2):
        other = words[place] if 0 <= place < len(words) else ""
        if other[:1].isalpha() and {fold(n.lemma) for n in nouns(words[at])} & {fold(n.lemma) for n in nouns(other)}:
            return True
    if not any(n.case == "acc" for n in nouns(words[at])):
        return False
    place = at - 1
    while place > 0 and place > at - 3 and adjectives(words[place]):
        place -= 1
    own = analyses(words[place]) if place >= 0 and words[place][:1].isalpha() else ()
    return bool(own) and all(a.pos in ("INFN", "GRND") and "tran" in a.grammemes for a in own)


def _plain_clause(sentence: Sentence, at: int, forms: Iterable[Analysis], pronoun: bool) -> bool:
    """Is the subject common, in one clause with its verb, and neither coordinated nor perhaps an object?"""
    tokens = sentence.tokens
    token, verb = tokens[at], tokens[at].head
    between = tokens[min(at, verb) + 1 : max(at, verb)]
    capital = at > 0 and token.text[:1].isupper() and not pronoun
    if token.pos == "PROPN" or capital or any(word.text in _BOUNDARY for word in between):
        return False
    joined = ("и", "или", "с", "со", "наряду", "как") if any(a.number == "pl" for a in forms) else ("как",)
    if any(fold(word.text) in joined for word in tokens[max(0, at - 8) : max(at, verb)]):
        return False
    if at > verb and (any(not adjectives(word.text) for word in between) or ("и" in joined and _listed(tokens, at))):
        return False
    objectless = all("intr" in a.grammemes or a.pos == "PRTS" or a.word.endswith(("ся", "сь")) for a in forms)
    if at and nouns(tokens[at - 1].text) and any(n.case == "gen" for n in nouns(token.text)):
        return False  # rather a genitive: «брелок сигнализации»
    attributes = [adjectives(tokens[child].text) for child in sentence.children(at)]
    nominative = any(readings and all(a.case == "nom" for a in readings) for readings in attributes)
    return objectless or pronoun or nominative or (at < verb and all(n.case != "acc" for n in nouns(token.text)))


def _listed(tokens: Sequence[Token], at: int) -> bool:
    """Does another nominative follow behind «и»? «пресекаются выписка счетов, сокрытие и другие преступления»"""
    for place in range(at + 1, min(len(tokens) - 1, at + _LISTED)):
        if tokens[place].text in ".;:":
            return False
        if fold(tokens[place].text) in ("и", "или"):
            second = next((found for word in tokens[place + 1 : place + 4] if (found := nouns(word.text))), ())
            if any(n.case == "nom" for n in second) or any(a.pos == "NUMR" for a in analyses(tokens[place + 1].text)):
                return True
    return False


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
    """Another word of the clause that may be the nominative subject which agrees."""
    tokens = sentence.tokens
    only = at < verb and all(n.case == "nom" for n in nouns(tokens[at].text))
    only = only and all(token.text[:1].isalpha() for token in tokens[at:verb])
    start, end = min(at, verb), max(at, verb)
    while start > 0 and tokens[start - 1].text not in _BOUNDARY:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].text not in _BOUNDARY:
        end += 1
    for index in range(start, end + 1):
        token = tokens[index]
        if (
            index == at
            or not token.text[:1].isalpha()
            or token.rel in ("amod", "det", "case", "advmod", "nmod", "flat:name")
        ):
            continue
        if any(tokens[child].rel == "case" for child in sentence.children(index)):
            continue
        if only and index > verb and any(n.case == "acc" for n in nouns(token.text)):
            continue  # the object: «делегация посетил завод»
        if not is_known(token.text) and token.text[:1].isupper():
            return True
        for n in analyses(token.text):
            nominal = n.pos in ("NOUN", "NPRO", "NUMR") or "Apro" in n.grammemes
            if nominal and n.case in ("nom", "") and any(predicate_fits(a, n.number, n.gender) for a in forms):
                return True
    return False


def predicate_fits(verb: Analysis, number: str, gender: str) -> bool:
    if verb.number and verb.number != number:
        return False
    return not (verb.number == "sg" and verb.gender and gender in ("m", "f", "n") and verb.gender != gender)


def predicate(word: str, number: str, gender: str) -> str | None:
    """A finite verb or short form put into number and, in the past, gender."""
    for parse_ in sorted(parses(word), key=lambda each: str(each.tag.POS) == "ADJS"):  # замерзла: замерз, not замерзл
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


def relatives(sentence: Sentence) -> Iterator[Disagreement]:
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
        yield disagreement(
            token, antecedent, "relative", f"“{token.text}” has no noun before it that it agrees with", None, False
        )


def acting(behind: Sequence[str]) -> bool:
    """Is «которое», which may be an object as well, the subject: does a verb in the singular stand right
    `behind` it, with no subject of its own among the next words («который возглавляет [министр]»)?"""
    behind = behind[: next((n for n, word in enumerate(behind[:5]) if not word[0].isalnum()), 5)]
    verb = [a for word in behind[:1] for a in analyses(word) if a.pos == "VERB"]
    nouns = [analyses(word) for word in behind[1:5]]
    own = any(found[0].pos == "NOUN" and any(a.case == "nom" and a.number == "sg" for a in found) for found in nouns)
    return bool(verb) and not own and all(a.number == "sg" and a.person in ("", "3per") for a in verb)
