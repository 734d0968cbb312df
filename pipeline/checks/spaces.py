"""Spaces and invisible characters"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.checks._coded import marks, parted
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_HAN = r"[\u3400-\u9fff，。、；：？！]"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MOJIBAKE = re.compile(
    "(?:[ÐÑ][\u0080-\u00bf°-¿]){2,}|(?:Ð.Ñ.)|(?:[РС][\u0400-\u040f\u0450-\u045f\u00a0-\u00bf°±‚ѓ„…†‡€‰‹‘’“”•]){3,}|(?:[äåæçèé][\u0080-\u00bf]{2}){2,}"
)


class Spaces(Check):
    name = "spaces"
    category = "design-and-markup/spacing"
    severity = Severity.NEUTRAL

    def segment(self, view: View) -> Iterable[Finding]:
        text = view.target
        for match in _INVISIBLE.finditer(text):
            if match[0][0] not in view.source:
                yield self.finding(match.span(), f"invisible character {_name(match[0][0])}", "")
        for match in _BROKEN.finditer(text):
            yield self.finding(
                match.span(),
                f"broken character {_name(match[0])}: the text was read in a wrong encoding",
                severity=Severity.MAJOR,
            )
        for match in _MOJIBAKE.finditer(text):
            yield self.finding(match.span(), "letters broken by a wrong encoding", severity=Severity.MAJOR)
        there = marks(text)
        for match in re.finditer(r"(?<=\S) {2,}(?=\S)", text):
            if _of_mark(match.span(), there, text, view.source) or parted(view, match.span()):
                continue
            yield self.finding(match.span(), "more than one space", " ")
        for match in re.finditer(r"(?<=[(«\[“]) +(?=\w)|(?<=\w) +(?=[)»\]”])", text):
            if text[match.start() - 1] == "“" and "„" in text[: match.start()]:
                continue  # „...“: the mark closes
            if _of_mark(match.span(), there, text, view.source) or parted(view, match.span(), beside=True):
                continue
            yield self.finding(match.span(), "space inside brackets or quotation marks", "", severity=Severity.MINOR)
        if view.target_lang == "zh":
            for match in re.finditer(rf"(?<={_HAN})[ \u3000]+(?={_HAN})", text):
                if not parted(view, match.span(), beside=True):
                    yield self.finding(match.span(), "space between Chinese characters", "", severity=Severity.MINOR)
        source = view.source
        if source:
            for edge, ours, theirs in (("start", text[:1], source[:1]), ("end", text[-1:], source[-1:])):
                if ours and ours.isspace() and not theirs.isspace():
                    span = (0, 1) if edge == "start" else (len(text) - 1, len(text))
                    if parted(view, span, beside=True):
                        continue
                    yield self.finding(span, f"space at the {edge} that the source has not", "")


def _of_mark(span: tuple[int, int], there: list[tuple[int, int]], text: str, source: str) -> bool:
    """Do the spaces stand in a tag or placeholder, or beside one as they do in the source: "[ %d ]"?"""
    start, end = span
    for first, last in there:
        if first <= start and end <= last:
            return True
        if (last == start and text[first:end] in source) or (end == first and text[start:last] in source):
            return True
    return False


def _name(mark: str) -> str:
    return f"U+{ord(mark):04X} {unicodedata.name(mark, 'control').lower()}"


PLUGIN = Spaces()
