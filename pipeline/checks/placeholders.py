"""Tags, placeholders, addresses and file names that must come through unchanged"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.checks.base import Check, View
from pipeline.languages import verbatim
from pipeline.model import Finding, Severity

_TAG = re.compile(r"</?[a-z]+\d*(?:\s[^<>]*)?/?>")


def _kept(text: str) -> list[str]:
    """Tags, placeholders, addresses and file names, in order of kind."""
    return [*_TAG.findall(text), *(span.of(text) for span in verbatim.find(text))]


class Placeholders(Check):
    name = "placeholders"
    category = "design-and-markup/markup"
    severity = Severity.MAJOR
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        text = view.target
        if not text.strip():
            return
        whole = (0, len(text))
        expected, found = Counter(_kept(view.source)), Counter(_kept(text))
        for mark in expected - found:
            if not verbatim.stand([mark] * expected[mark], text):
                yield self.finding(whole, f"{_kind(mark)} {mark} of the source is missing", mark)
        for mark in found - expected:
            if not verbatim.stand([mark] * found[mark], view.source):
                at = text.find(mark)
                yield self.finding((at, at + len(mark)), f"{_kind(mark)} {mark} is not in the source")
        segment = view.segment
        if segment.codes or segment.target_codes:
            ours = Counter((code.kind, code.text) for code in segment.target_codes)
            theirs = Counter((code.kind, code.text) for code in segment.codes)
            for kind, tag in theirs - ours:
                yield self.finding(whole, f"{kind} tag {tag} of the source is missing")
            for kind, tag in ours - theirs:
                yield self.finding(whole, f"{kind} tag {tag} is not in the source")
            depth: list[str] = []
            for code in sorted(segment.target_codes, key=lambda code: code.position):
                if code.kind == "open":
                    depth.append(code.pair)
                elif code.kind == "close" and (not depth or depth.pop() != code.pair):
                    yield self.finding(
                        (code.position, code.position), f"closing tag {code.text} stands before its opening one"
                    )


def _kind(mark: str) -> str:
    return "address or file name" if verbatim.addresses(mark) else "placeholder"


PLUGIN = Placeholders()
