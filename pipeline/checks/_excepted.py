"""Exceptions that the target counts in: 周一闭馆（法定节假日除外）, «закрыта по понедельникам и в праздничные дни»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks._renderings import surely
from pipeline.checks.base import View
from pipeline.languages import dictionary

_EXCEPT_ZH = re.compile("([\\u4e00-\\u9fff]{2,10})(?<!的)除外")
_EXCEPT = re.compile(
    r"кроме|исключ|искл\b|помимо|не сч|не (?:распр|относ|касает|затраг|включ|работ)|за вычет|без уч[её]т|"
    r"\bесли\b|\bно не\b|остал|остаю|сохран|\bлишь\b",
    re.IGNORECASE,
)


def excepted(view: View) -> Iterator[tuple[tuple[int, int], str]]:
    """(span of the Russian target, message) of what is excepted in the source and stands in the target as the rest."""
    found = list(_EXCEPT_ZH.finditer(view.source))
    if len(found) != 1 or _EXCEPT.search(view.target):
        return
    said = []
    for span, _ in dictionary.segment(found[0][1]):
        han = span.of(found[0][1])
        for at, word in enumerate(view.words) if len(span) > 1 else ():
            if word.lemmas & surely("ru", han) or any(dictionary.renders("ru", han, lemma) for lemma in word.lemmas):
                said.append(at)
    if said:
        span_ = view.words[min(said)].start, view.words[max(said)].end
        yield span_, f"“{found[0][0]}” of the source is an exception"
