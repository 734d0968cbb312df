"""Calques: a word rendered through the wrong sense of its English counterpart, or copied word for word"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.checks._patterns import Index
from pipeline.checks._tables import family, rows
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Lang, Severity


@dataclass(frozen=True, slots=True)
class Calque:
    """A line of assets/calques/<source>-<target>.tsv or of its parts.

    cue: regular expression over the source; unless: one over the source that makes the word right after all;
    wrong: word pattern of the target; alone: pattern that is certain without a source ("=" for the same, "" for none);
    note: the message instead of the usual one, "{}" for the words found.

    In the part "images" the cue is any mark of the official register and `unless` whatever would name the thing itself.
    """

    cue: re.Pattern[str]
    unless: re.Pattern[str] | None
    pivot: str
    wrong: str
    alone: str
    right: str
    severity: Severity
    note: str


@cache
def table(source: Lang, target: Lang) -> tuple[Calque, ...]:
    """Calques of a direction. Raises re.error or ValueError for a broken line, which a test reads all of."""
    flags = re.IGNORECASE if source != "zh" else re.NOFLAG
    found = []
    for row in family("calques", f"{source}-{target}"):
        found.append(
            Calque(
                re.compile(_bounded(row["cue"], source), flags),
                re.compile(_bounded(row["unless"], source), flags) if row["unless"] else None,
                row["pivot"], row["wrong"], row["wrong"] if row["alone"] == "=" else row["alone"], row["right"],
                Severity(row["severity"] or "major"), row["note"],
            )
        )  # fmt: skip
    return tuple(found)


def _bounded(pattern: str, source: Lang) -> str:
    return pattern if source == "zh" else rf"\b(?:{pattern})"


@cache
def _set_phrases() -> Index:
    """Russian phrases in which a word is no image of its own: тянет запахом, вдохнуть жизнь."""
    return Index(row["pattern"] for row in rows("calques", "idioms"))


@cache
def _index(source: Lang, target: Lang) -> Index:
    return Index(calque.wrong for calque in table(source, target))


@cache
def _alone(target: Lang) -> tuple[Index, tuple[Calque, ...]]:
    """What is certain without a source: from Chinese and from English alike."""
    sources: tuple[Lang, ...] = ("zh", "en", "ru")
    certain = [calque for source in sources if source != target for calque in table(source, target) if calque.alone]
    return Index(calque.alone for calque in certain), tuple(certain)


# 更新一台, 逐件补色: what is counted is not named, and the target may name it
_COUNTED = re.compile(
    "逐[件台座条辆只艘株块幅把个]|[一二两三四五六七八九十几每各\\d][件台座条辆只艘株块幅口盏栋幢匹头尊把](?=[，。；、！？”]|$)"
)
_STRETCH = 30  # characters of an official source to one mark of its register


def _official(calque: Calque, source: str) -> bool:
    """Is the register official enough for an image to be out of place there? A grave one is under any mark of it."""
    return calque.severity is not Severity.MINOR or len(set(calque.cue.findall(source))) * _STRETCH >= len(source)


class Calques(Check):
    name = "calques"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR

    def segment(self, view: View) -> Iterable[Finding]:
        if view.target_lang == "zh":
            yield from self._chinese(view)
            return
        text, words = view.target, view.words
        taken: list[tuple[int, int]] = []
        found: list[tuple[int, int, Calque]] = []
        if view.source_lang is not None and view.source:
            calques = table(view.source_lang, view.target_lang)
            for number, first, after in _index(view.source_lang, view.target_lang).find(text, words, view.forms):
                calque = calques[number]
                if not calque.cue.search(view.source) or (calque.unless and calque.unless.search(view.source)):
                    continue
                if calque.note and (words[first].text[0].isupper() or not _official(calque, view.source)):
                    continue  # a name is no image; a story may speak of the thing itself
                if calque.note and calque.severity is Severity.MINOR and _COUNTED.search(view.source):
                    continue
                found.append((words[first].start, words[after - 1].end, calque))
        index, certain = _alone(view.target_lang)
        for number, first, after in index.find(text, words, view.forms):
            calque = certain[number]
            if calque.unless and view.source_lang == "zh" and calque.unless.search(view.source):
                continue
            found.append((words[first].start, words[after - 1].end, calque))
        usual: list[tuple[int, int]] = []
        if view.target_lang == "ru" and any(calque.note for _, _, calque in found):
            for _, first, after in _set_phrases().find(text, words, view.forms):
                usual.append((words[first].start, words[after - 1].end))
        for start, end, calque in sorted(found, key=lambda item: (item[0] - item[1], item[0])):
            if any(start < right and left < end for left, right in taken):
                continue
            if calque.note and any(left <= start and end <= right for left, right in usual):
                continue
            taken.append((start, end))
            yield self.finding(
                (start, end), _message(calque, view, text[start:end]), calque.right, severity=calque.severity
            )

    def _chinese(self, view: View) -> Iterable[Finding]:
        if view.source_lang is None or not view.source:
            return
        for calque in table(view.source_lang, view.target_lang):
            if calque.cue.search(view.source) and not (calque.unless and calque.unless.search(view.source)):
                for match in re.finditer(calque.wrong, view.target):
                    message = _message(calque, view, match[0])
                    yield self.finding(match.span(), message, calque.right, severity=calque.severity)


def _message(calque: Calque, view: View, wrong: str) -> str:
    if calque.note:
        return calque.note.replace("{}", wrong)
    cue = calque.cue.search(view.source) if view.source else None
    origin = f"{cue[0]} " if cue else ""
    if calque.pivot:
        return (
            f"calque through English: {origin}is not “{calque.pivot}” in the sense of «{wrong}»"
            if origin
            else (f"calque through English: «{wrong}» renders another sense of “{calque.pivot}”")
        )
    return f"word-for-word rendering{f' of {origin.strip()}' if origin else ''}: «{wrong}»"


PLUGIN = Calques()
