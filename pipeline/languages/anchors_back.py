"""The terms of the genre's dictionary, which languages.anchors has by Chinese term, read from their Russian or English
rendering: "industrial design" -> «промышленный образец» and 外观设计.

A rendering is found in any form that its words have (simplemma, pymorphy3). What other right translations hold is told
by every Chinese term that has the rendering and, for a single word, by the word tables: "party" is a вечеринка, too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, Literal

from pipeline.languages import anchors, english, lexicon
from pipeline.model import Lang, Span

Read = Literal["ru", "en"]
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"(?:^|[.!?…:;«“\"(]\s*)$")
_MORE: Final = re.compile(r"\s*[,;]\s*")
_COUNTS: Final = re.compile("[一二三四五六七八九十百千万亿]")
_BEGINNING: Final = 3  # letters that the first word of a term and that of the text share
_KNOWN: Final = 0.03  # probability from which what the word tables give is as good as the dictionary's rendering
_SURE: Final = 0.2  # and from which they know the word
_SENSE, _SHARE = 0.1, 0.4  # what they give the dictionary's own rendering at least, or this share of the best
_STEM: Final = 3  # letters at the end of such a Russian or English word that its other forms need not have


@cache
def _starts(lang: Read) -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """(words of a rendering, its Chinese terms) by the beginning of its first word, longest first."""
    column = 1 if lang == "ru" else 4
    terms: dict[str, list[str]] = {}
    for zh, line in anchors.load().items():
        cells = line.split("\t")
        if cells[2] and cells[column]:
            terms.setdefault(cells[column].replace("ё", "е"), []).append(zh)
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for text, several in terms.items():
        if words := tuple(_WORD.findall(text)):
            found.setdefault(words[0][:_BEGINNING].lower(), []).append((words, tuple(several)))
    return {start: tuple(sorted(rows, key=lambda row: -len(row[0]))) for start, rows in found.items()}


@lru_cache(maxsize=1 << 15)
def _same(listed: str, word: str, lang: Read) -> bool:
    """Is `word` (lower case) a form of the listed one?"""
    low = listed.lower()
    if low == word:
        return True
    if low[:_BEGINNING] != word[:_BEGINNING] or abs(len(low) - len(word)) > 4:
        return False
    if lang == "en":
        return english.lemma(low) == english.lemma(word)
    from pipeline.languages.russian import analyse

    return not analyse.lemmas(low).isdisjoint(analyse.lemmas(word))


def find(text: str, source: Read, target: Lang) -> Iterator[tuple[Span, anchors.Side]]:
    """Terms in a text with what the target language has for them, the longest of those that begin at a word; none
    within another. A word with a capital amid a sentence is a name, and no single common word."""
    spans = [Span(*match.span()) for match in _WORD.finditer(text)]
    low = [span.of(text).lower().replace("ё", "е") for span in spans]
    rows = _starts(source)
    at = 0
    while at < len(spans):
        step = 1
        for words, terms in rows.get(low[at][:_BEGINNING], ()):
            here = spans[at : at + len(words)]
            if not _reads(words, low[at : at + len(words)], source) or not _together(text, here):
                continue
            step, whole = len(words), Span(here[0].start, here[-1].end)
            if step > 1 or not _is_name(text, whole, words[0]):
                yield whole, _side(terms, " ".join(words), source, target)
            break
        at += step


def _reads(words: Sequence[str], text: Sequence[str], lang: Read) -> bool:
    return len(words) == len(text) and all(_same(a, b, lang) for a, b in zip(words, text, strict=True))


def _together(text: str, spans: Sequence[Span]) -> bool:
    """Does nothing but space stand between the words?"""
    return all(not text[a.end : b.start].strip() for a, b in itertools.pairwise(spans))


def _is_name(text: str, span: Span, listed: str) -> bool:
    word = span.of(text)
    return word[0].isupper() and not listed[0].isupper() and not _SENTENCE.search(text[: span.start])


@lru_cache(maxsize=1 << 13)
def _side(terms: Sequence[str], rendering: str, source: Read, target: Lang) -> anchors.Side:
    """The usual rendering among those of several Chinese terms, and everything that right ones may hold."""
    known = {} if " " in rendering else dict(lexicon.load(f"{source}-{target}").best(rendering, 12))
    more = [word for word, likely in known.items() if likely >= _KNOWN]
    needs: list[anchors.Option]
    if target == "zh":
        rights = [zh for zh in terms if " " in rendering or not _COUNTS.search(zh)]
        needs = [(zh,) for zh in (*terms, *more)]
    else:
        sides = [anchors.anchor(zh).side(target) for zh in terms]
        rights = [side.right if " " in rendering else _MORE.split(side.right)[0] for side in sides]
        stems = [(word.replace("ё", "е")[: max(_STEM + 1, len(word) - _STEM)],) for word in more]
        needs = [*(option for side in sides for option in side.needs), *stems]
    right = max(rights, key=lambda one: _likely(one, known, target), default="")  # the first of equals
    best, own = max(known.values(), default=0.0), _likely(right, known, target)
    if best >= _SURE and own < min(_SENSE, _SHARE * best):
        right = ""  # the word is met in another sense
    several = tuple(dict.fromkeys(needs))
    return anchors.Side(right, several, (), frozenset(s for o in several for s in o), frozenset())


def _likely(rendering: str, known: dict[str, float], target: Lang) -> float:
    """What the word tables give for the likeliest word of a rendering, in any of its forms."""
    if target == "zh":
        return max((likely for word, likely in known.items() if word in rendering or rendering in word), default=0.0)
    key = english.lemma if target == "en" else _russian
    words = {key(word) for word in _WORD.findall(rendering)}
    return sum(likely for word, likely in known.items() if key(word) in words)


def _russian(word: str) -> str:
    from pipeline.languages.russian import analyse

    return analyse.lemma(word)
