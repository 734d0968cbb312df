"""Renderings of a Chinese word and back, by the statistical tables."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=20_000)
def forward(target: str, han: str) -> frozenset[str]:
    """Renderings of a Chinese word: direct ones, and for Russian those through its likeliest English ones."""
    from pipeline.languages import lexicon
    from pipeline.languages.dictionary import SMALL

    found = {word for word, _ in lexicon.load(f"zh-{target}").best(han, 30)}
    if target == "ru":
        for english, likely in lexicon.load("zh-en").best(han, 4):
            if likely > 0.05:
                found |= _from_english(english)
    return frozenset(found - SMALL)  # «и» of 规模 is no rendering


@lru_cache(maxsize=20_000)
def _from_english(word: str) -> frozenset[str]:
    """The likely Russian renderings of an English word, through which many Chinese words are reached."""
    from pipeline.languages import lexicon

    return frozenset(russian for russian, sure in lexicon.load("en-ru").best(word, 6) if sure > 0.04)


@lru_cache(maxsize=20_000)
def back(target: str, lemma: str) -> frozenset[str]:
    """Chinese words that a Russian or English dictionary form renders."""
    from pipeline.languages import lexicon

    return frozenset(han for han, _ in lexicon.load(f"{target}-zh").best(lemma, 12))


@lru_cache(maxsize=20_000)
def surely(target: str, han: str) -> frozenset[str]:
    """Renderings that the tables know both ways: p(word | han) from 0.05, p(han | word) from 0.1."""
    from pipeline.languages import lexicon

    reverse = lexicon.load(f"{target}-zh")
    found = lexicon.load(f"zh-{target}").best(han, 10)
    return frozenset(word for word, likely in found if likely >= 0.05 and reverse.prob(word, han) >= 0.1)


def explained(rendering: str, source: str) -> str:
    """The row of characters of the source that the Palladius system turns into this name; "" where there is none."""
    return _by_sound(source).get(_flat(rendering), "")


@lru_cache(maxsize=512)
def _by_sound(source: str) -> dict[str, str]:
    """By its name in the Palladius system every row of two to four characters of the source, the first of its like."""
    from pipeline.languages import palladius

    found: dict[str, str] = {}
    for run in re.findall(r"[\u3400-\u9fff]{2,}", source):
        for start in range(len(run) - 1):
            for size in (2, 3, 4):
                if start + size <= len(run):
                    piece = run[start : start + size]
                    found.setdefault(_flat(palladius.name(piece)), piece)
    return found


def _flat(name: str) -> str:
    return name.replace(" ", "").replace("ъ", "").lower()
