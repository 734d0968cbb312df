"""Capital letters"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from pipeline.checks._words import parses
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_ILI = re.compile(r"伊犁|\bI+li\b")
_SMALL = {"INFN", "PREP", "CONJ", "ADVB", "PRCL"}


class Capitals(Check):
    name = "capitals"
    category = "linguistic-conventions/spelling"
    severity = Severity.MINOR
    targets = ("ru", "en")

    def segment(self, view: View) -> Iterable[Finding]:
        yield from self._start(view)
        yield from self._shouting(view)
        if view.target_lang == "ru":
            yield from self._stray(view)

    def _start(self, view: View) -> Iterator[Finding]:
        """A sentence that starts small; the first only where it closes with a full stop and the source starts big."""
        text, source = view.target, view.source.lstrip("«“\"'( ")
        for number, (start, end) in enumerate(view.sentences):
            match = re.match(r"[«“\"'(]*([^\W\d_])\w*", text[start:end])
            if not match or not match[1].islower():
                continue
            word = match[0].lstrip("«“\"'(")
            if any(letter.isupper() for letter in word):  # iPhone, eBay
                continue
            if number == 0:
                han = bool(re.match(r"[\u3400-\u9fff]", source))
                if not source or not (source[0].isupper() or han) or text.rstrip()[-1:] not in ".!?":
                    continue
                if len(view.words) < 4:
                    continue
            at = start + match.start(1)
            yield self.finding(
                (at, at + len(word)), "a sentence starts with a small letter", word[0].upper() + word[1:]
            )

    def _shouting(self, view: View) -> Iterator[Finding]:
        """Whole text in capitals on one side only."""
        source, text = view.source, view.target
        ours = [letter for letter in text if letter.isalpha()]
        theirs = [letter for letter in source if letter.isalpha() and letter.lower() != letter.upper()]
        if len(ours) < 12 or not source:
            return
        upper = all(letter.isupper() for letter in ours if letter.lower() != letter.upper())
        if upper and (not theirs or not all(letter.isupper() for letter in theirs)):
            yield self.finding((0, len(text)), "the target is written in capitals, the source is not")
        elif not upper and len(theirs) >= 12 and all(letter.isupper() for letter in theirs):
            yield self.finding(
                (0, len(text)), "the source is written in capitals, the target is not", severity=Severity.NEUTRAL
            )

    def _stray(self, view: View) -> Iterator[Finding]:
        """An infinitive, adverb, preposition or conjunction with a capital in mid-sentence: English headline style."""
        text, words = view.target, view.words
        starts = {start for start, _ in view.sentences}
        capitals = sum(word.text[0].isupper() for word in words)
        if words and capitals > len(words) * 0.8:
            return
        for left, word in itertools.pairwise(words):
            if len(word.text) < 3 or not word.text[0].isupper() or not word.text[1:].islower() or word.start in starts:
                continue
            if text[left.end : word.start] != " " or not left.text.isalpha() or not left.text[0].islower():
                continue
            if word.low == "или" and _ILI.search(view.source):
                continue  # the river
            readings = parses(word.low)
            if readings and all(str(r.tag.POS) in _SMALL and r.is_known for r in readings):
                yield self.finding(word.span, "capital letter inside a sentence", word.text.lower())


PLUGIN = Capitals()
