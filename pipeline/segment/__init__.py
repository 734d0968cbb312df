"""Sentence boundaries: sentencex (MIT, Wikimedia) with corrections for Russian, Chinese and English official texts."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages.abbreviations import AFTER_AMOUNT, MAY_BE_LAST, NEVER_LAST
from pipeline.model import Lang, Span

_LAST_WORD = re.compile(r"([\w-]+(?:\.\s?\w+)*)\.\s*$")
_FIRST_WORD = re.compile(r"^[\s«“\"(]*([\w-]+)")
_INITIAL = re.compile(r"(?:^|[\s(«.])[A-ZА-ЯЁ]\.\s*$")
_MISSED = {
    "ru": re.compile(
        r"(?:т\.\s?[дп]\.|\b(?:др|пр|руб|долл|чел|экз)\.|\d\s(?:гг?|в|вв)\.)(?=\s+[А-ЯЁ«][\w«]*)|[.!?…]+[»)”\"]?(?=\s+[«—–]?\s?[А-ЯЁ])"
    ),
    "en": re.compile(r"[.!?…]+[”\")’]*(?=\s+[“\"(]?[A-Z])"),
    "zh": re.compile(r"[。！？…]+[”’」』）》]*(?=[^。！？…”’」』）》，、；：,;\s])"),
}
_MARKS = re.compile(r"[.!?…。！？；\n\r\u2028\u2029\x85\x0b\x0c]")
_CLOSERS = "”’」』）》〉】»)]\"'"


@lru_cache(maxsize=4096)
def cut(text: str, lang: Lang) -> tuple[Span, ...]:
    """Spans of the sentences, without the white space between them.

    Everything between two spans, and before the first and after the last, is white space.
    """
    body = text.strip()
    if not body:
        return ()
    if not _MARKS.search(body, 0, len(body) - 1):  # nothing inside that could end a sentence
        start = len(text) - len(text.lstrip())
        return (Span(start, start + len(body)),)
    edges = sorted(_edges(text, lang))
    kept: list[int] = []
    start = 0
    for edge in edges:
        if not _tied(text[start:edge], text[edge:], lang):
            kept.append(edge)
            start = edge
    spans: list[Span] = []
    start = 0
    for edge in [*kept, len(text)]:
        piece = text[start:edge]
        lead = len(piece) - len(piece.lstrip())
        body = piece.strip()
        if body:
            spans.append(Span(start + lead, start + lead + len(body)))
        start = edge
    return tuple(spans)


def _edges(text: str, lang: Lang) -> set[int]:
    """Offsets where a new sentence may start."""
    from sentencex import get_sentence_boundaries

    edges = {
        boundary["start_index"]
        for boundary in get_sentence_boundaries(lang, text)
        if 0 < boundary["start_index"] < len(text)
    }
    edges.update(match.end() for match in _MISSED[lang].finditer(text))
    return edges


def _tied(left: str, right: str, lang: Lang) -> bool:
    """Does `right` go on with the sentence of `left`?"""
    body, rest = left.rstrip(), right.lstrip()
    if not body.strip() or not rest:
        return True
    if rest[0] in _CLOSERS or rest[0] in "，。、；：！？,;:.!?…":
        return True
    if lang == "zh" or "\n" in left[len(body) :] + right[: len(right) - len(rest)]:
        return False
    if lang == "ru" and rest[0] in "—–" and body[-1:] in "»”!?" and (rest[1:].lstrip()[:1].islower()):
        return True
    first = _FIRST_WORD.match(rest)
    starts_low = rest[0].islower() or (first is not None and rest[0] in '«“"(' and first.group(1)[0].islower())
    if starts_low and body[-1] != "\n":
        return True
    if body[-1] != ".":
        return False
    if _INITIAL.search(body) and rest[0].isupper():
        return True
    last = _LAST_WORD.search(body)
    if last is None:
        return False
    word = re.sub(r"\s", "", last.group(1)).lower().rpartition(" ")[2]
    tail = word.rpartition(".")[2]
    if word in NEVER_LAST[lang] or (tail in NEVER_LAST[lang] and tail not in MAY_BE_LAST[lang]):
        return not (lang == "ru" and _year_end(body))
    if word in MAY_BE_LAST[lang] or tail in MAY_BE_LAST[lang]:
        if first is not None and first.group(1) in AFTER_AMOUNT:
            return True
        if rest[0].isdigit():
            return True
        return lang == "ru" and tail == "г" and not _year_end(body)  # «г. Чанчунь» is a town, «2025 г.» a year
    return False


def _year_end(body: str) -> bool:
    return re.search(r"\d\s?(?:г|гг|в|вв)\.$", body) is not None
