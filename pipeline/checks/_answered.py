"""Denials of one text of a pair that nothing in the other text answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks._denials import Denial, Side
from pipeline.checks._renderings import back, forward
from pipeline.checks._words import Word
from pipeline.languages import dictionary, lexicon
from pipeline.model import Lang

_LONGEST = 4_000  # characters: in a text of many sentences places no longer answer each other
_LIKELY = 0.01  # chance of a rendering that counts
_REGION = 0.3  # of a text: as far from its place a rendering may stand
_AROUND = 0.4  # of a text: as far a sign that answers may stand, where there are other signs


def unanswered(one: Side, other: Side, *, bans: bool = False) -> Iterator[tuple[Denial, int | None]]:
    """A denial of `one` with the word (index) of `other` that says undenied what it denies.

    The word is None where the whole of `other` has no negative sign at all and the denial is a ban, which hardly any
    translation turns into an affirmation. Otherwise some word in about the same place must render the denied one, and
    nothing about that place may deny.
    """
    if not one.denials or max(len(one.text), len(other.text)) > _LONGEST:
        return
    counts = Counter(lemma for each in one.words for lemma in each.lemmas)
    for denial in one.denials:
        word = one.words[denial.at]
        if any(counts[lemma] > 1 for lemma in word.lemmas):
            continue  # said twice: which of them is denied?
        if bans and not other.signs and denial.strong:
            yield denial, None
            continue
        place = denial.start / len(one.text)
        if other.signs and (
            denial.strong
            or len(one.denials) > 1
            or any(abs(sign / len(other.text) - place) <= _AROUND for sign in other.signs)
        ):
            continue
        for at, each in enumerate(other.words):
            near = abs(each.start / len(other.text) - place) <= _REGION
            if near and _tells(each, other.lang) and _renders(one.lang, word, other.lang, each):
                first, last = other.clause(at)
                if not any(first <= sign < last for sign in other.signs):
                    yield denial, at
                break


def _tells(word: Word, lang: Lang) -> bool:
    return word.low not in dictionary.SMALL and len(word.low) > (1 if lang == "zh" else 3)


def _renders(lang: Lang, word: Word, other_lang: Lang, other: Word) -> bool:
    """Are two words renderings of each other: by the dictionary, the tables or their families?"""
    if "zh" in (lang, other_lang):
        chinese, word, target = (word, other, other_lang) if lang == "zh" else (other, word, lang)
        return _chinese(target, chinese.low.lstrip("不未无没"), word.lemmas)
    english, russian = (word, other) if lang == "en" else (other, word)
    return any(_english(one, russian.lemmas) for one in english.lemmas | {english.low})


@lru_cache(maxsize=20_000)
def _chinese(target: Lang, han: str, lemmas: frozenset[str]) -> bool:
    known = ways("zh", target, han)
    if any(lemma in known or dictionary.renders(target, han, lemma) for lemma in lemmas):
        return True
    if len(han) < 2:
        return False
    told = [lemma for lemma in lemmas if lemma not in dictionary.SMALL]
    return any(
        han in back(target, one) or any(dictionary.kin(way, one) for way in forward(target, han)) for one in told
    )


@lru_cache(maxsize=20_000)
def _english(english: str, lemmas: frozenset[str]) -> bool:
    known = ways("en", "ru", english)
    if not known.isdisjoint(lemmas):
        return True
    return any(dictionary.kin(way, lemma) for way in known for lemma in lemmas)


@lru_cache(maxsize=20_000)
def ways(lang: Lang, other: Lang, word: str) -> frozenset[str]:
    """Renderings of a word that the tables know both ways."""
    back_table = lexicon.load(f"{other}-{lang}")
    return frozenset(
        way for way, likely in lexicon.load(f"{lang}-{other}").best(word, 30)
        if likely > _LIKELY and back_table.prob(way, word) > _LIKELY and way not in dictionary.SMALL
    )  # fmt: skip
