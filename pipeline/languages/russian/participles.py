"""Participles that stand apart from a noun: before it with a phrase of their own, or behind a comma and other words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from pipeline.languages.russian.analyse import analyses, fold
from pipeline.languages.russian.reading import ADJECTIVAL, agree
from pipeline.languages.russian.syntax import Sentence, Token
from pipeline.languages.russian.tables import table


class Word(Protocol):
    """A word of a text, parsed or not."""

    @property
    def text(self) -> str: ...


def rowed(sentence: Sentence, first: int, old: Sequence[Any]) -> list[int]:
    """Participles joined to that one by «и» with words between that agree with the old head alone: «построенную в 1974
    году и ни разу не [осушавшуюся]»."""
    tokens, found = sentence.tokens, []
    for at in range(first + 1, len(tokens)):
        if tokens[at].text in ".;:!?—–" or (tokens[at].pos == "VERB" and analyses(tokens[at].text)[0].pos == "VERB"):
            break
        mine = [a for a in analyses(tokens[at].text)[:1] if a.pos == "PRTF"]
        if not mine or not any(agree(a, b) for a in mine for b in old):
            continue
        follower = analyses(tokens[at + 1].text) if at + 1 < len(tokens) else ()
        own = any(agree(a, b) for a in mine for b in follower if b.pos in ("NOUN", "ADJF"))
        if not own and any(tokens[n].text == "и" for n in range(first + 1, at)):
            found.append(at)
    return found


def led(tokens: Sequence[Word], at: int, first: int) -> bool:
    """Does a preposition behind the word at `first` govern the noun, adjectives aside («введенный в [строй] новый …»),
    so that what stands at `first` is not said of it?"""
    at -= 1
    while at > first and analyses(tokens[at].text)[0].pos in ADJECTIVAL:
        at -= 1
    return at > first and analyses(tokens[at].text)[0].pos == "PREP"


def _of(tokens: Sequence[Word], at: int, first: int) -> bool:
    """Is the noun counted itself, or does it depend on a noun behind the word at `first`, adjectives aside («закрытые
    много [лет] назад», «введенные в конце прошлого [года]»)?"""
    at -= 1
    while at > first and any(a.pos in ADJECTIVAL for a in analyses(tokens[at].text)):
        at -= 1
    ahead = tokens[at].text
    return at > first and (
        ahead.isdigit()
        or analyses(ahead)[0].pos in ("NOUN", "NUMR")
        or fold(ahead) in ("много", "немного", "несколько")
    )


AHEAD = 7  # words before a noun among which its participle stands


def _participle(token: Token) -> bool:
    return any(a.pos == "PRTF" for a in analyses(token.text))


_FAR = 5  # words in the genitive between a noun and the comma of its participle


def behind(sentence: Sentence, last: int, old: Sequence[Any]) -> int | None:
    """The participle behind what hangs on the old head, which none of those words can have («[остаток] компании,
    обращающийся медленно»)."""
    tokens = sentence.tokens
    comma = next((at for at in range(last + 1, min(last + _FAR + 2, len(tokens) - 1)) if tokens[at].text == ","), None)
    if comma is None or any(tokens[at].pos in ("VERB", "PUNCT") for at in range(last + 1, comma)):
        return None
    at = comma + 1  # «, во многом [прослужившая] тридцать лет»
    while at < min(comma + 4, len(tokens) - 1) and analyses(tokens[at].text)[0].pos in ("PREP", "ADVB", "PRCL", "NPRO"):
        at += 1
        at += int(analyses(tokens[at - 1].text)[0].pos == "PREP" and at < len(tokens) - 1)
    mine = [a for a in analyses(tokens[at].text) if a.pos == "PRTF"]
    between = [a for at in range(last + 1, comma) for a in analyses(tokens[at].text) if a.pos == "NOUN"]
    if any(agree(a, b) for a in mine for b in between) or not any(agree(a, b) for a in mine for b in old):
        return None
    return at


def ahead(sentence: Sentence, start: int, old: Sequence[Any]) -> list[int]:
    """The participle before the noun at `start` and its attributes, with a phrase between: «[Перечисленные] из бюджета
    средства», «[Не прошедшая] проверку паста», «из-за [пришедшей] с севера волны».

    `old`: how the noun there is read. Behind «два», «три», «четыре» the participle need not agree with it («две
    [выданные] с нарушениями лицензии»).
    """
    tokens = sentence.tokens
    first = next((at for at in range(start - 2, max(-1, start - AHEAD), -1) if _participle(tokens[at])), -1)
    if first < 0:
        return []
    counted = first > 0 and fold(tokens[first - 1].text) in table("words", "few")
    between = tokens[first + 1 : start]
    apart = (tokens[at] for at in range(first + 1, start) if not led(tokens, at, first) and not _of(tokens, at, first))
    nouns = [a for token in apart for a in analyses(token.text) if a.pos == "NOUN"]
    mine = [a for a in analyses(tokens[first].text) if a.pos == "PRTF"]
    if any(token.pos == "PUNCT" or analyses(token.text)[0].pos == "VERB" for token in between):
        return []
    if any(agree(a, b) for a in mine for b in nouns):
        return []
    return [first] if counted or any(agree(a, b) for a in mine for b in old) else []


def opens(row: Sequence[Word], at: int) -> int:
    """Index of the participle whose own phrase ends at `at` («две [выданные с нарушениями] …»); -1 for none."""
    for first in range(at, max(-1, at - AHEAD), -1):
        if row[first].text.isdigit():
            continue
        readings = analyses(row[first].text)
        if not row[first].text[:1].isalpha() or readings[0].pos in ("VERB", "INFN", "GRND", "CONJ", "PRTS"):
            return -1
        if readings[0].pos == "NUMR" and (first == at or analyses(row[first + 1].text)[0].pos != "NOUN"):
            return -1
        if readings[0].pos in ADJECTIVAL and any(a.pos == "PRTF" for a in readings):
            cases = {"gen", *(a.case for a in readings if a.pos == "PRTF")}
            apart = (row[n] for n in range(first + 1, at + 1) if not led(row, n, first) and not _of(row, n, first))
            own = any(a.pos == "NOUN" and a.case in cases for word in apart for a in analyses(word.text))
            return -1 if own else first
    return -1
