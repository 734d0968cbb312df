"""Titles of office and names of bodies rendered word for word, or by another rank"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.checks import _heads, _ranks
from pipeline.checks._patterned import PatternCheck
from pipeline.checks.base import View
from pipeline.model import Finding, Severity

_NEAR = 3  # segments on either side that may say which school is meant
_HEADMASTER = re.compile("(?:^|[，。、；：“”])(?:该校)?(?:副)?校长")
_UNIVERSITY = re.compile("大学|高校|本科|研究生")
_SCHOOL = re.compile("中学|小学|幼儿园|一中|附中")


class Titles(PatternCheck):
    name = "titles"
    category = "terminology/wrong-term"
    severity = Severity.MAJOR
    targets = ("ru", "en")

    def segment(self, view: View) -> Iterable[Finding]:
        found = list(super().segment(view))
        yield from found
        if view.source_lang == "zh" and view.source and view.target_lang == "ru":
            grave = [one for one in found if one.severity is not Severity.NEUTRAL]
            named = list(_ranks.slips(view))
            spans = [slip.span for slip in named]
            more = [slip for slip in _ranks.deputies(view) if slip.span not in spans]
            for slip in (*named, *more, *_heads.slips(view)):
                if any(one.start < slip.span[1] and slip.span[0] < one.end for one in grave):
                    continue
                written = view.target[slip.span[0] : slip.span[1]]
                message = f"{slip.han} is «{slip.right}», not «{written}»"
                severity = Severity.MAJOR if slip.grave else Severity.MINOR
                yield self.finding(slip.span, message, slip.right, severity=severity)

    def document(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        """校长 in a text about a university and no school: a rector, not a director."""
        for index, view in enumerate(views):
            if view.source_lang != "zh" or view.target_lang != "ru" or not _HEADMASTER.search(view.source):
                continue
            around = "".join(one.source for one in views[max(0, index - _NEAR) : index + _NEAR + 1])
            if not _UNIVERSITY.search(around) or _SCHOOL.search(around) or "大学" in view.source:
                continue
            if any(word.low.startswith(("ректор", "проректор", "школ", "гимнази", "лице")) for word in view.words):
                continue
            for word in view.words:
                if word.low.startswith("директор") and word.low != "директоров":
                    message = f"校长 of a university is «ректор», not «{word.text}»"
                    yield index, self.finding(word.span, message, "ректор")
                    break


PLUGIN = Titles()
