"""Disagreement of words that stand side by side, where no reading of either and no other neighbour explains it.

A tree is of little use in a sentence that is broken; two neighbours often are enough. Only what the
dictionary knows is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks._suspect import _agree, _has, _readings
from pipeline.checks._words import Word, parses

_SOFT = frozenset(
    "его ее их это этот эта весь все всего всему всем всех сам самый самого себя свой один одна одно первый последний другой "
    "другая другие который каждый любой такой такая такое такие многие некоторые многое нечто что чем то тот та те "
    "наш ваш мой твой чей больной рабочий данные прошлое будущее настоящее военный ученый русский должное главное новое общее целое".split()
)


def _known(word: Word) -> bool:
    readings = parses(word.low)
    return bool(readings) and readings[0].is_known


def adjective(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """An adjective just before a noun that it does not agree with, nor with any noun near it."""
    for at, (word, noun) in enumerate(zip(words, words[1:], strict=False)):
        if text[word.end : noun.start] != " " or word.low in _SOFT or not word.text.islower() or not noun.text.islower():
            continue
        kinds = {pos for pos, _ in _readings(word.low)}
        if kinds != {"ADJF"} or {pos for pos, _ in _readings(noun.low)} != {"NOUN"}:
            continue
        if any("ablt" in g for _, g in _readings(word.low)):
            continue  # a predicate: делает возможным усиление
        if at and words[at - 1].low in ("в", "во", "по", "на") and word.low in ("дальнейшем", "основном", "целом", "прежнему"):
            continue
        if any("Apro" in g or "Anum" in g or "Subx" in g for _, g in _readings(word.low)) or not (_known(word) and _known(noun)):
            continue
        if _agree(word.low, noun.low) or any("Fixd" in g for _, g in _readings(noun.low)):
            continue
        around = [*words[max(0, at - 4) : at], *words[at + 2 : at + 5]]
        if any(_agree(word.low, other.low) or not _known(other) or _has(other.low, "NPRO") for other in around):
            continue
        if _joined(words, at):
            continue
        yield word, noun


def _joined(words: Sequence[Word], at: int) -> bool:
    """внутренний и внешний рынки, два новых рынка: number differs with good reason."""
    before = words[max(0, at - 3) : at]
    return any(word.low in ("и", "или", "как", "так", "либо") or word.text[-1].isdigit() or _has(word.low, "NUMR") for word in before)
