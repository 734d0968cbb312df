"""Bodies, offices and terms rendered without the words that their official names are made of"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pipeline.checks._cues import Cues
from pipeline.checks._tables import rows
from pipeline.checks._words import Word, parses
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_TABLES = ("titles-zh", "terms-zh")
_LONGEST = 7  # words after the head of a name that are looked at
_BEFORE = 3
_INSIDE = re.compile(
    "[\u3400-\u9fff]{1,5}[司处科室](?:[长副]|负责|相关|有关|$|[，。、])"
)  # 卫生健康委医政司: its department is meant
_INNER = frozenset(("и", "по", "делам", "работе", "с", "со"))


class Official(Check):
    name = "official"
    category = "terminology/wrong-term"
    severity = Severity.MINOR
    sources = ("zh",)
    targets = ("ru",)
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if not view.words:
            return
        taken: list[tuple[int, int]] = []
        for finding in (*self._listed(view), *self._bodies(view)):
            if not any(finding.start < end and start < finding.end for start, end in taken):
                taken.append((finding.start, finding.end))
                yield finding

    def _listed(self, view: View) -> Iterator[Finding]:
        for cue, row in _candidates(view.source):
            match = cue.search(view.source)
            if match is None or _holds(view, _groups(row["need"])):
                continue
            span = _place(view, row["at"])
            if span is not None:
                severity = Severity(row["severity"]) if row["severity"] else self.severity
                written = view.target[span[0] : span[1]]
                message = f"{match[0][-12:]} is «{row['right']}», not «{written}»"
                yield self.finding(span, message, row["right"], severity=severity)

    def _bodies(self, view: View) -> Iterator[Finding]:
        from pipeline.languages import bodies

        found = [body for body in bodies.find(view.source) if not _INSIDE.match(view.source, body.span.end)]
        missing = [body for body in found if not _holds(view, body.need)]
        if not missing:
            return
        known = [group for body in found if body not in missing for group in body.need]
        taken: set[int] = set()
        for body in missing:
            for at, word in enumerate(view.words):
                if at in taken or not _starts(word.low, body.heads):
                    continue
                first, last = _phrase(view, at)
                inside = view.words[first : last + 1]
                if len(inside) < 2 or any(_starts(one.low, group) for one in inside for group in known):
                    continue
                if not _fieldlike(inside, at - first):
                    continue
                taken.update(range(first, last + 1))
                span = inside[0].start, inside[-1].end
                han = body.span.of(view.source)
                written = view.target[span[0] : span[1]]
                yield self.finding(span, f"{han} is «{body.right}», not «{written}»", body.right)
                break


@cache
def _table() -> tuple[Cues, tuple[tuple[re.Pattern[str], dict[str, str]], ...]]:
    """Which patterns of the source may match, and each with its row."""
    found = [row for name in _TABLES for row in rows("official", name)]
    return Cues(row["zh"] for row in found), tuple((re.compile(row["zh"]), row) for row in found)


def _candidates(source: str) -> Iterator[tuple[re.Pattern[str], dict[str, str]]]:
    cues, table = _table()
    for number in cues.among(source):
        yield table[number]


@lru_cache(maxsize=4096)
def _groups(need: str) -> tuple[tuple[str, ...], ...]:
    from pipeline.languages import bodies

    return bodies.groups(need)


def _starts(low: str, beginnings: Iterable[str]) -> bool:
    return any(low.startswith(beginning) for beginning in beginnings)


def _holds(view: View, need: Iterable[tuple[str, ...]]) -> bool:
    """Has the target a word of every group?"""
    return all(any(_starts(word.low, group) or _starts(word.low.rpartition("-")[2], group) for word in view.words)
               for group in need)  # fmt: skip


def _place(view: View, at: str) -> tuple[int, int] | None:
    """Where the target has the words of `at`: beginnings of words that stand next to each other, or near (`~`)."""
    for option in at.split(";"):
        wanted = _groups(option)
        for first, word in enumerate(view.words):
            if wanted and _starts(word.low, wanted[0]):
                last = _follow(view.words, first, wanted[1:])
                if last is not None:
                    return word.start, view.words[_whole(view, last)].end
    return None


def _whole(view: View, last: int) -> int:
    """The noun of an attribute that would stand alone: «отрицательным» -> «отрицательным списком»."""
    for step in range(last, min(len(view.words) - 1, last + 2)):
        if not _attribute(view.words[step].low) or any("NOUN" in tags for tags in _tags(view.words[step].low)):
            return step
        if view.target[view.words[step].end : view.words[step + 1].start] != " ":
            return step
        last = step + 1
    return last


def _follow(words: tuple[Word, ...], at: int, wanted: tuple[tuple[str, ...], ...]) -> int | None:
    for group in wanted:
        step = next((step for step in (1, 2) if at + step < len(words) and _starts(words[at + step].low, group)), None)
        if step is None:
            return None
        at += step
    return at


@lru_cache(maxsize=20_000)
def _tags(low: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(reading.tag.grammemes) for reading in parses(low))


def _attribute(low: str) -> bool:
    return any("ADJF" in tags or "PRTF" in tags for tags in _tags(low))


def _genitive(low: str) -> bool:
    return any("gent" in tags or ("datv" in tags and "NOUN" in tags) for tags in _tags(low))


def _phrase(view: View, at: int) -> tuple[int, int]:
    """First and last word of the noun phrase with the head `at`: attributes before it, genitives after it."""
    words, text = view.words, view.target
    first = last = at
    while first and at - first < _BEFORE and text[words[first - 1].end : words[first].start] == " ":
        if not _attribute(words[first - 1].low):
            break
        first -= 1
    for step in range(at + 1, min(len(words), at + 1 + _LONGEST)):
        gap = text[words[step - 1].end : words[step].start]
        word = words[step]
        if gap not in (" ", ", ") or word.text[:1].isupper():
            break
        if word.low in _INNER:
            continue
        if not _genitive(word.low):
            break
        last = step
    return first, last


def _fieldlike(inside: tuple[Word, ...], head: int) -> bool:
    """Does the phrase say what the body is for, beside the level it stands on?"""
    levels = ("город", "муницип", "провинц", "район", "уезд", "государств", "национальн", "окруж", "местн", "народн",
              "наш", "партийн", "постоянн", "центральн", "кнр", "китай", "управляющ", "административн")  # fmt: skip
    rest = [word for at, word in enumerate(inside) if at != head and word.low not in _INNER]
    return any(not _starts(word.low, levels) for word in rest)


PLUGIN = Official()
