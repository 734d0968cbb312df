"""Sentences with some word forms put in another cell of their paradigm, as weak translations have them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pipeline.languages.russian.analyse import is_known, like, parses
from pipeline.languages.russian.fitness import reading_class

_CASES: Final = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))
_RARE: Final = frozenset(("V-oy", "V-ey", "Infr", "V-be", "Arch", "Supr", "Cmp2", "V-ie", "V-en", "V-sh"))
_NOMINAL: Final = ("NOUN", "ADJF", "PRTF", "NUMR")
_DOUBTFUL: Final = 0.35  # how likely the word may stand in the case of another number of the form put for it


@dataclass(frozen=True)
class Example:
    """Words and marks of a sentence; for each 1 wrong, 0 right, -1 not to be judged (beside a wrong one)."""

    words: tuple[str, ...]
    labels: tuple[int, ...]


def _cells(word: str) -> frozenset[tuple[str, str, str]]:
    """(case, number, gender) of every reading; animacy of the accusative is part of the case."""
    return frozenset(
        (str(p.tag.case), str(p.tag.number), str(p.tag.gender) if p.tag.number == "sing" else "") for p in parses(word)
    )


@lru_cache(maxsize=1 << 16)
def others(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Forms that are wrong where `word` is right: dictionary forms, and all others."""
    if not word[:1].isalpha() or not is_known(word) or (len(word) > 1 and word.isupper()):
        return (), ()
    readings = parses(word)
    plain: list[str] = []
    rest: list[str] = []
    for parse in readings[:2]:
        pos = str(parse.tag.POS)
        if pos in _NOMINAL:
            _nominal(word, parse, plain, rest)
        elif pos in ("VERB", "PRTS", "ADJS"):
            _verbal(word, parse, rest)
        elif pos == "INFN":
            rest += [form.word for form in parse.lexeme if form.tag.POS == "VERB" and "3per" in form.tag.grammemes][:2]

    def ready(forms: list[str]) -> tuple[str, ...]:
        folded = word.replace("ё", "е")
        made = (like(word, form if "ё" in word else form.replace("ё", "е")) for form in forms)
        return tuple(dict.fromkeys(form for form in made if form != folded and is_known(form)))

    return ready(plain), ready(rest)


def _nominal(word: str, parse: Any, plain: list[str], rest: list[str]) -> None:
    tag = parse.tag
    pos = str(tag.POS)
    mine = {(case, number) for case, number, _ in _cells(word)} if pos == "NOUN" else _cells(word)
    for form in parse.lexeme:
        theirs = form.tag
        if str(theirs.POS) != pos or theirs.grammemes & _RARE or not theirs.grammemes & _CASES:
            continue
        if pos == "PRTF" and (theirs.voice, theirs.tense, theirs.aspect) != (tag.voice, tag.tense, tag.aspect):
            continue
        if pos == "NOUN":
            cells = {(case, number) for case, number, _ in _cells(form.word)}
            cases = {case for case, _ in cells}
            if cells & mine or sum(p.score for p in parses(word) if str(p.tag.case) in cases) > _DOUBTFUL:
                continue
        elif _cells(form.word) & mine:
            continue
        basic = theirs.case == "nomn" and (theirs.number == "sing" or "Pltm" in theirs.grammemes)
        (plain if basic else rest).append(form.word)


def _verbal(word: str, parse: Any, rest: list[str]) -> None:
    tag = parse.tag
    for form in parse.lexeme:
        theirs = form.tag
        if theirs.grammemes & _RARE or "impr" in theirs.grammemes:
            continue
        if theirs.POS == tag.POS and theirs.tense == tag.tense and theirs.voice == tag.voice:
            if tag.person in (None, "3per") and theirs.person == tag.person and form.word != parse.word:
                rest.append(form.word)
        elif tag.POS == "VERB" and theirs.POS == "INFN":
            rest += [form.word] * 2
    if tag.POS == "VERB":
        reflexive = word.endswith(("ся", "сь"))
        rest += [word[:-2] if reflexive else word + ("сь" if word[-1] in "аеиоуыэюя" else "ся")]


def wrong_form(word: str, chooser: random.Random) -> str:
    """Another form, more often than not no dictionary form; the word itself where it has none that is surely wrong."""
    plain, rest = others(word)
    pool = plain if plain and (not rest or chooser.random() < 0.45) else rest
    return chooser.choice(pool) if pool else word


def example(words: tuple[str, ...], chooser: random.Random, share: float) -> Example:
    """The sentence with about `share` of its words put wrong; with share 0 as it is."""
    made: list[str] = []
    labels: list[int] = []
    verbs = [at for at, word in enumerate(words) if reading_class(word).startswith("VERB")]
    # a sentence without its only verb is marked at its end; without a preposition or conjunction at the next word
    lost = verbs[0] if share and len(verbs) == 1 and len(words) > 6 and chooser.random() < 0.12 else -1
    pending = False
    for at, word in enumerate(words):
        wrong = share and chooser.random() < share
        if at == lost:
            continue
        kind = reading_class(word)
        if wrong and 0 < at < len(words) - 2 and kind in ("PREP", "PREP|PREP") and chooser.random() < 0.35:
            pending = True
            continue
        if wrong and word == "и" and at + 1 < len(words) and reading_class(words[at + 1])[:4] in ("VERB", "INFN"):
            pending = True
            continue
        form = wrong_form(word, chooser) if wrong else word
        made.append(form)
        labels.append(1 if form != word or pending else 0)
        pending = False
    if lost >= 0:
        labels[-1] = 1
    for at, label in enumerate(list(labels)):
        if label == 0 and 1 in labels[max(0, at - 1) : at + 2] and made[at][:1].isalpha():
            labels[at] = -1
    return Example(tuple(made), tuple(labels))
