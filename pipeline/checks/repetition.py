"""Repeated words and loops"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_DOUBLE = {
    "очень", "да", "нет", "давно", "ну", "вот", "едва", "еле", "чуть", "никогда", "далеко", "много", "very", "had",
    "that", "no", "so", "really", "bye", "ha", "ля", "ха", "всё", "все", "то", "это", "bora", "walla", "же", "ни",
}  # fmt: skip


_YI = ("язык", "народност", "район", "област", "уезд", "письм", "букв", "слог")  # before the name of a people, and


class Repetition(Check):
    name = "repetition"
    category = "linguistic-conventions/unintelligible"
    severity = Severity.MAJOR

    def segment(self, view: View) -> Iterable[Finding]:
        yield from self._chinese(view) if view.target_lang == "zh" else self._words(view)

    def _words(self, view: View) -> Iterator[Finding]:
        text, words = view.target, view.words
        lows = [word.low for word in words]
        at = 0
        while at < len(words):
            found = _loop(lows, at)
            if found is None:
                at += 1
                continue
            size, times = found
            last = words[at + size * times - 1]
            first = words[at]
            between = text[words[at + size - 1].end : words[at + size].start]
            phrase = text[first.start : words[at + size - 1].end]
            at += size * times
            if size == 1 and times == 2:
                if (
                    lows[at - 1] in _DOUBLE
                    or not first.text.isalpha()
                    or between.strip()
                    or _source_doubles(view.source)
                ):
                    continue
                if _out_of_nothing(lows, at):
                    continue  # из ничего ничего не выйдет
                if lows[at - 2] == "и" and at > 2 and lows[at - 3].startswith(_YI):
                    continue  # на языке и и на китайском: of the Yi
                if last.text[0].isupper() or (first.text[0].isupper() and first.start > 0):
                    continue  # Вага Вага, Bora Bora
                yield self.finding(
                    (first.start, last.end), f"the word «{phrase}» stands twice", phrase, severity=Severity.MINOR
                )
                continue
            if (size == 1 and not first.text.isalpha()) or "_" in between:
                continue
            if any(mark in between for mark in ".!?…\n") and times < 3:
                continue
            severity = Severity.CRITICAL if size * times >= 12 or times >= 4 else Severity.MAJOR
            yield self.finding(
                (first.start, last.end), f"«{phrase}» is repeated {times} times", phrase, severity=severity
            )
        yield from self._echo(view, lows)
        yield from self._pair(view)

    def _pair(self, view: View) -> Iterator[Finding]:
        """Россией и Россией: a name joined with itself."""
        words = view.words
        for left, joint, right in zip(words, words[1:], words[2:], strict=False):
            if joint.low not in ("и", "and", "с") or not left.text.isalpha() or len(left.text) < 4:
                continue
            same = left.lemmas & right.lemmas and left.text[0].isupper() and right.text[0].isupper()
            if same and view.target[left.end : right.start] == f" {joint.text} ":
                yield self.finding((left.start, right.end), f"«{left.text}» is joined with itself")

    def _echo(self, view: View, lows: list[str]) -> Iterator[Finding]:
        """A run of six words that comes three times, though not at once."""
        if len(lows) < 18:
            return
        grams = Counter(tuple(lows[i : i + 6]) for i in range(len(lows) - 5))
        gram, times = grams.most_common(1)[0]
        if times >= 3:
            last = max(i for i in range(len(lows) - 5) if tuple(lows[i : i + 6]) == gram)
            words = view.words
            yield self.finding(
                (words[last].start, words[last + 5].end), f"the same six words stand {times} times in one segment"
            )

    def _chinese(self, view: View) -> Iterator[Finding]:
        for match in re.finditer(r"([\u3400-\u9fff，、]{3,}?)\1+", view.target):
            times = len(match[0]) // len(match[1])
            if match[0] in view.source or (times == 2 and len(match[1]) < 4):
                continue
            severity = Severity.CRITICAL if times >= 4 else Severity.MAJOR
            yield self.finding(match.span(), f"“{match[1]}” is repeated {times} times", match[1], severity=severity)
        for match in re.finditer(r"([的了在是和与])\1", view.target):
            if match[0] not in view.source:
                yield self.finding(match.span(), f"“{match[1]}” stands twice", match[1], severity=Severity.MINOR)


def _loop(lows: list[str], at: int) -> tuple[int, int] | None:
    """(length, how often) of a phrase repeated at once at `at`; two-word phrases count from three times."""
    for size in range(1, 13):
        if lows[at] != (lows[at + size] if at + size < len(lows) else None):
            continue
        times = 1
        while lows[at : at + size] == lows[at + size * times : at + size * (times + 1)]:
            times += 1
        if times >= 3 or (times == 2 and size != 2):
            return size, times
    return None


def _out_of_nothing(lows: list[str], behind: int) -> bool:
    """Is the first of the two words before `behind` closed by a preposition, and the second denied?"""
    before = lows[behind - 3] if behind > 2 else ""
    return before in ("из", "от", "без") and lows[behind : behind + 1] == ["не"] and lows[behind - 1].startswith("ни")


def _source_doubles(source: str) -> bool:
    return bool(re.search(r"\b(\w+)\W+\1\b", source, re.IGNORECASE)) if source else False


PLUGIN = Repetition()
