"""The same source rendered in different ways within a document, and different sources rendered alike"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.checks._words import fold
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity


class Consistency(Check):
    name = "consistency"
    category = "terminology/inconsistent"
    severity = Severity.MINOR
    needs_source = True

    def document(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        by_source: dict[str, list[int]] = defaultdict(list)
        by_target: dict[str, list[int]] = defaultdict(list)
        for index, view in enumerate(views):
            if view.target.strip():
                by_source[_plain(view.source)].append(index)
                by_target[_plain(view.target)].append(index)
        for places in by_source.values():
            first = views[places[0]].target
            for index in places[1:]:
                text = views[index].target
                if _plain(text) != _plain(first):
                    message = f"the same source stands as «{_short(first)}» in segment {views[places[0]].segment.id}"
                    yield index, self.finding((0, len(text)), message, first)
        for places in by_target.values():
            first = views[places[0]].source
            for index in places[1:]:
                text, source = views[index].target, views[index].source
                if _plain(source) != _plain(first) and len(text) > 12 and not _alike(source, first):
                    where = views[places[0]].segment.id
                    message = f"another source, «{_short(first)}» (segment {where}), has the same target"
                    yield index, self.finding((0, len(text)), message, severity=Severity.NEUTRAL)

        yield from self._quotes(views)

    def _quotes(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        """Titles and slogans in quotation marks: the same one rendered in two ways."""
        seen: dict[str, tuple[tuple[frozenset[str], ...], str, str]] = {}
        for index, view in enumerate(views):
            theirs = _QUOTED.findall(view.source)
            ours = list(_QUOTED.finditer(view.target))
            if len(theirs) != 1 or len(ours) != 1:
                continue
            for marks, match in zip(theirs, ours, strict=True):
                source = "".join(marks)
                lemmas = tuple(word.lemmas for word in view.words if match.start() <= word.start < match.end())
                known = seen.setdefault(source, (lemmas, match[0], view.segment.id))
                if not _same(known[0], lemmas) and len(source) > 2:
                    message = f"“{source}” stands as {known[1]} in segment {known[2]}"
                    yield index, self.finding(match.span(), message, known[1])


_QUOTED = re.compile(r"“([^“”]+)”|《([^《》]+)》|«([^«»]+)»|\"([^\"]+)\"")


def _same(one: Sequence[frozenset[str]], two: Sequence[frozenset[str]]) -> bool:
    return len(one) == len(two) and all(a & b for a, b in zip(one, two, strict=True))


def _plain(text: str) -> str:
    return re.sub(r"[\s\W]+", " ", fold(text)).strip()


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _alike(one: str, two: str) -> bool:
    """Do the sources differ by a letter or two only (singular and plural, a particle)?"""
    a, b = _plain(one).replace(" ", ""), _plain(two).replace(" ", "")
    return abs(len(a) - len(b)) <= 2 and sum(x != y for x, y in zip(a, b, strict=False)) <= 2


PLUGIN = Consistency()
