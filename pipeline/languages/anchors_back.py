"""The terms of the genre's dictionary, which languages.anchors has by Chinese term, read from their Russian or English
rendering: "industrial design" -> «промышленный образец» and 外观设计.

A rendering is found in any form of its words, by their likeliest dictionary form (simplemma, pymorphy3). A single word
is a term only where the word tables do not mostly give another sense for it. What a right translation may hold is told
by every Chinese term that has the rendering, and by the word tables: "party" may be a вечеринка, too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from pipeline.languages import anchors, dictionary, english, lexicon
from pipeline.model import Lang, Span

Read = Literal["ru", "en"]
Rendering = tuple[tuple[str, ...], tuple[str, ...]]  # its words, and the Chinese terms that have it
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u00ad\u0301])*(?:[-'’](?:[^\W\d_]|[\u00ad\u0301])+)*")
_INVISIBLE: Final = re.compile("[\u00ad\u0301]")
_OPENS: Final = re.compile(r"[!?…:]\s*[«“\"„]?$")  # what a sentence begins behind; a full stop may be an abbreviation's
_MORE: Final = re.compile(r"\s*[,;]\s*")
_COUNTS: Final = re.compile("[一二三四五六七八九十百千万亿]")  # 七成 for "percent", 亿元 for "million yuan"
_NUMERALS: Final = frozenset((
    "million", "billion", "trillion", "thousand", "hundred", "percent", "yuan", "ton", "mu", "year", "may",
    "миллион", "миллиард", "триллион", "тысяча", "сто", "процент", "юань", "тонна", "му", "год", "май",
))  # fmt: skip
_BOUND: Final = frozenset("本该此各每首驻来俄美中")  # first characters of terms that say more: 本省 "this province"
_SMALL: Final = dictionary.SMALL | english.FUNCTION_WORDS | frozenset(
    ("этот", "тот", "свой", "весь", "который", "наш", "ваш", "такой", "один", "или", "где", "мочь", "быть", "стать")
)  # fmt: skip
_BEGINNING: Final = 3  # letters that the words of a phrase and those of the text share
_SHORTEST: Final = 4  # letters of a single word
_WHOLE: Final = 4  # characters of a Chinese term of which a part may tell
_KNOWN: Final = 0.03  # probability from which what the word tables give is as good as the dictionary's rendering
_SURE: Final = 0.12  # and from which they know the word
_SENSE: Final = 0.3  # least probability of the dictionary's own rendering, where they know the word;
_SHARE: Final = 0.6  # or its least share of the best one's


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term of a text: the usual rendering ("": another sense is likelier), what right ones hold, and other words, in
    dictionary form, that are as good."""

    span: Span
    right: str
    needs: anchors.Options
    known: frozenset[str]


@cache
def _index(lang: Read) -> tuple[dict[str, Rendering], dict[str, tuple[Rendering, ...]]]:
    """Single words by themselves, in small letters; phrases by the beginning of their first word, longest first."""
    column = 1 if lang == "ru" else 4
    terms: dict[str, list[str]] = {}
    for zh, line in anchors.load().items():
        cells = line.split("\t")
        if cells[2] and cells[column] and not _COUNTS.search(zh[0] + zh[-2:]) and zh[0] not in _BOUND:
            terms.setdefault(cells[column].replace("ё", "е").strip('«»“”" '), []).append(zh)
    singles: dict[str, Rendering] = {}
    phrases: dict[str, list[Rendering]] = {}
    for text, several in terms.items():
        words = tuple(_WORD.findall(text))
        low = [word.lower() for word in words]
        if " ".join(words) != text or not _NUMERALS.isdisjoint(low) or not _SMALL.isdisjoint(low):
            continue  # figures, marks, function words: more than its words say, or less
        if len(words) > 1:
            phrases.setdefault(low[0][:_BEGINNING], []).append((words, tuple(several)))
        elif len(text) >= _SHORTEST:
            singles.setdefault(low[0], (words, tuple(several)))
    return singles, {start: tuple(sorted(rows, key=lambda row: -len(row[0]))) for start, rows in phrases.items()}


@lru_cache(maxsize=1 << 15)
def _base(word: str, lang: Lang) -> str:
    """The likeliest dictionary form of a word in small letters, ё as е."""
    if lang == "en":
        return english.lemma(word)
    from pipeline.languages.russian import analyse

    return analyse.lemma(word).replace("ё", "е")


def find(text: str, source: Read, target: Lang) -> Iterator[Wanted]:
    """Terms in a text with what the target language has for them, the longest of those that begin at a word; none
    within another. A word with a capital amid a sentence is a name, and no common word; one beside a figure is none."""
    singles, phrases = _index(source)
    spans = [Span(*match.span()) for match in _WORD.finditer(text)]
    low = [_INVISIBLE.sub("", span.of(text)).lower().replace("ё", "е") for span in spans]
    at = 0
    while at < len(spans):
        row = next(_phrases(phrases.get(low[at][:_BEGINNING], ()), text, spans, low, at, source), None)
        if row is None and len(low[at]) >= _SHORTEST:
            row = singles.get(low[at]) or singles.get(_base(low[at], source))
        step = len(row[0]) if row is not None else 1
        here = spans[at : at + step]
        if row is not None and all(_cased(text, s, word, not at) for s, word in zip(here, row[0], strict=True)):
            whole = Span(here[0].start, here[-1].end)
            if not _figure(text, whole):
                said = low[at] if step == 1 else ""
                yield Wanted(whole, *_side(row[1], " ".join(row[0]), said, source, target))
        at += step


def _phrases(
    rows: Sequence[Rendering], text: str, spans: Sequence[Span], low: Sequence[str], at: int, lang: Read
) -> Iterator[Rendering]:
    """Those of the phrases that begin at a word of the text."""
    for row in rows:
        size = len(row[0])
        if _reads(row[0], low[at : at + size], lang) and _together(text, spans[at : at + size]):
            yield row


def _reads(words: Sequence[str], text: Sequence[str], lang: Read) -> bool:
    """Are these words of the text, in small letters, the phrase's in some form?"""
    if len(words) != len(text):
        return False
    pairs = [(a.lower(), b) for a, b in zip(words, text, strict=True)]
    if any(a[:_BEGINNING] != b[:_BEGINNING] for a, b in pairs):
        return False
    return all(a == b or _base(a, lang) == _base(b, lang) for a, b in pairs)


def _together(text: str, spans: Sequence[Span]) -> bool:
    """Does nothing but space stand between the words?"""
    return all(not text[a.end : b.start].strip() for a, b in itertools.pairwise(spans))


def _figure(text: str, span: Span) -> bool:
    """Does a figure stand right before or behind?"""
    before, behind = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    return before.strip("- ").isdigit() or behind.strip("- ").isdigit()


def _cased(text: str, span: Span, listed: str, first: bool) -> bool:
    """Has the word of the text a capital where the listed one has, and only there or where a sentence begins?"""
    word = span.of(text)
    if listed[0].isupper():
        return word[0].isupper() and listed.isupper() == word.isupper()
    if word[0].islower():
        return True
    opens = first or _OPENS.search(text, max(0, span.start - 8), span.start) is not None
    return opens and not word[1:].isupper()


@lru_cache(maxsize=1 << 13)
def _side(
    terms: Sequence[str], rendering: str, said: str, source: Read, target: Lang
) -> tuple[str, anchors.Options, frozenset[str]]:
    """The usual rendering among those of several Chinese terms, what right ones hold, and other words as good; `said`:
    a single word as the text has it."""
    table = lexicon.load(f"{source}-{target}")
    known: dict[str, float] = {}
    for word in (said,) if said else rendering.lower().split():
        given = table.best(word, 12) or (table.best(rendering, 12) if said else [])
        known |= {
            _base(other.lower(), target) if target != "zh" else other: likely for other, likely in reversed(given)
        }
    if target == "zh":
        rights = list(terms)
        needs: anchors.Options = tuple((zh,) for zh in terms)
    else:
        sides = [anchors.anchor(zh).side(target) for zh in terms]
        rights = [(_MORE.split(side.right)[0] if said else side.right).removeprefix("to ") for side in sides]
        needs = tuple(dict.fromkeys(option for side in sides for option in side.needs))
    good = {word for word, likely in known.items() if likely >= _KNOWN and word not in _SMALL}
    good = {word for word in good if len(word) > 1 or any(word in zh for zh in terms)}  # 河 for 河流
    right = max(rights, key=lambda one: _likely(one, known, target)) if said else rights[0]  # the first of equals
    best, own = max(known.values(), default=0.0), _likely(right, known, target)
    if said and best >= _SURE and own < min(_SENSE, _SHARE * best):
        right = ""
    return right, needs, frozenset(good)


def _likely(rendering: str, known: dict[str, float], target: Lang) -> float:
    """What the word tables give for the likeliest word of a rendering."""
    if target == "zh":
        whole = len(rendering) >= _WHOLE  # 多样性 of 生物多样性
        near = [p for word, p in known.items() if word == rendering or (whole and len(word) > 1 and word in rendering)]
        return max(near, default=0.0)
    return max((known.get(_base(word.lower(), target), 0.0) for word in _WORD.findall(rendering)), default=0.0)


def stands(wanted: Wanted, text: str, target: Lang) -> bool:
    """Does a right rendering stand in the text, or what may be one?"""
    if target == "zh":
        pieces = {zh[at : at + 2] for (zh,) in wanted.needs for at in range(max(1, len(zh) - 1))}
        return any(piece in text for piece in (*pieces, *wanted.known))
    words = [word.lower().replace("ё", "е") for word in _WORD.findall(text)]
    if anchors.stands(wanted.needs, [anchors.keys(word) for word in words]):
        return True
    return not wanted.known.isdisjoint(_base(word, target) for word in words)
