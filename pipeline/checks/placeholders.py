"""Tags and placeholders that must come through unchanged"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_PLACEHOLDER = re.compile(
    r"\{\{[^{}]+\}\}|\$?\{[A-Za-z_0-9][\w.:-]*\}|%\d+\$[sdif@]|%[sdif](?![\w])|%\([a-z_]+\)[sd]|</?[a-z]+\d*(?:\s[^<>]*)?/?>|"
    r"\[\[[^\]]+\]\]|⟦[^⟧]+⟧"
)


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
        expected, found = Counter(_PLACEHOLDER.findall(view.source)), Counter(_PLACEHOLDER.findall(text))
        for mark in expected - found:
            yield self.finding(whole, f"placeholder {mark} of the source is missing", mark)
        for mark in found - expected:
            at = text.find(mark)
            yield self.finding((at, at + len(mark)), f"placeholder {mark} is not in the source")
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


PLUGIN = Placeholders()
