"""A member of a list that is left out: three of four parallel words rendered"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.checks import _lists as lists
from pipeline.checks._cues import Cues
from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.languages import dictionary
from pipeline.model import Finding, Lang, Severity

_CLAUSE = re.compile(r"[^，。；：！？,;:\n]+")
_LAST = re.compile(r"以及|和(?!平|谐|睦|美|解|田|林)|及|与(?!会)|或")
_OUTSIDE = re.compile(r"[“”‘’《》（）()【】A-Za-z\d]")
_BETWEEN = re.compile(r",|;|\b(?:и|или|а также|and|or|as well as)\b")
_LONGEST = 12  # characters of a member
_NEAR = 5  # words looked at before and after the members found


class Members(Check):
    name = "members"
    category = "accuracy/omission"
    severity = Severity.MINOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True
    longest = 10_000

    def segment(self, view: View) -> Iterable[Finding]:
        if not view.words:
            return
        yield from self._fixed(view)
        if "、" in view.source:
            yield from self._lists(view)

    def _fixed(self, view: View) -> Iterator[Finding]:
        """依规依纪依法, 德智体美劳: rows whose members the table knows."""
        listed = _rows(view.target_lang)
        for number in _cues().among(view.source):
            zh, members = listed[number]
            match = zh.search(view.source)
            if match is None:
                continue
            found = [[n for n, word in enumerate(view.words) if member.match(word.low)] for member in members]
            missing = [n for n, at in enumerate(found) if not at]
            if not missing or len(missing) > len(members) / 2:
                continue
            first, last = _nearest([at for at in found if at])
            if first == last and last + 1 < len(view.words):
                last += 1  # the gap is before the next word
            start, end = view.words[first].start, view.words[last].end
            if len(_BETWEEN.findall(view.target[start:end])) + 1 >= len(members) and len(members) > 2:
                continue
            yield self.finding(
                (start, end), f"{len(members)} members in “{match[0]}”, {len(members) - len(missing)} in the target"
            )

    def _lists(self, view: View) -> Iterator[Finding]:
        words, lang = view.words, view.target_lang
        lemmas = [word.lemmas for word in words]
        for clause in _CLAUSE.finditer(view.source):
            items = _items(clause[0])
            if len(items) < 3 or any(_OUTSIDE.search(item) for item in items):
                continue
            short = lists.shorter(clause[0], items, view)
            if short is not None:
                yield self.finding(*short)
                continue
            found: list[tuple[str, list[int]]] = []
            unknown = 0
            for item in items:
                content = [span.of(item) for span, entry in dictionary.segment(item) if len(span) > 1 and entry]
                strange = any(len(span) > 1 and entry is None for span, entry in dictionary.segment(item))
                at = [n for n, own in enumerate(lemmas) if any(lists.says(lang, han, own) for han in content)]
                if not at and (not content or strange or any(dictionary.load()[han].optional for han in content)):
                    unknown += 1
                else:
                    found.append((item, at))
            missing = [item for item, at in found if not at]
            if unknown > len(items) // 4 or not 1 <= len(missing) <= len(items) // 3 or len(found) < 3:
                continue
            first, last = _nearest([at for _, at in found if at])
            start, end = words[first].start, words[last].end
            if first == last:
                continue
            inside = len(_BETWEEN.findall(view.target[start:end])) + 1
            if inside >= len(items) or last - first > 6 * len(items):
                continue
            before = view.target[words[max(0, first - _NEAR)].start : start]
            after = view.target[end : words[min(len(words) - 1, last + _NEAR)].end]
            if (missing[0] == items[0] and _BETWEEN.search(before)) or (
                missing[0] == items[-1] and _BETWEEN.search(after)
            ):
                continue
            yield self.finding((start, end), f"“{missing[0]}” of the list {'、'.join(items)} is left out")


def _nearest(places: list[list[int]]) -> tuple[int, int]:
    """The narrowest stretch that starts at one of the places and holds one of each list."""
    best = (0, 1 << 30)
    for start in sorted(n for at in places for n in at):
        ends = [min((n for n in at if n >= start), default=-1) for at in places]
        if min(ends) >= 0 and max(ends) - start < best[1] - best[0]:
            best = (start, max(ends))
    if best[1] == 1 << 30:
        flat = [n for at in places for n in at]
        return min(flat), max(flat)
    return best


def _items(clause: str) -> list[str]:
    """Members of the list that marks of enumeration part; of what stands before and after it the nearest word."""
    parts = [part.strip() for part in clause.split("、")]
    if len(parts) < 2 or not all(parts):
        return []
    head, *middle, tail = parts
    if len(parts) == 2 and not _LAST.search(tail):
        return []
    framed = _framed(head, middle, tail)
    if framed:
        return framed
    if (etc := tail.find("等")) > 1:
        tail = tail[:etc]
        if len(tail) <= _LONGEST and not _LAST.search(tail):
            items = [_final(head), *middle, tail]
            return items if all(1 < len(item) <= _LONGEST for item in items) else []
    last = _LAST.search(tail)
    ends = [tail[: last.start()], _first(tail[last.end() :])] if last and last.start() > 1 else [_first(tail)]
    items = [_final(head), *middle, *ends]
    return items if all(1 < len(item) <= _LONGEST for item in items) else []


def _framed(head: str, middle: list[str], tail: str) -> list[str]:
    """Members of one make and length, each with the same sign at its beginning or end: 早发现、早报告、早处置."""
    if not middle or len({len(item) for item in middle}) > 1:
        return []
    size = len(middle[0])
    items = [head[-size:], *middle, tail[:size]]
    fits = 1 < size <= _LONGEST and len(head) >= size and len(tail) >= size
    return items if fits and lists.framed(items) else []


def _final(text: str) -> str:
    spans = [span for span, _ in dictionary.segment(text)]
    return spans[-1].of(text) if spans else ""


def _first(text: str) -> str:
    spans = [span for span, _ in dictionary.segment(text)]
    return spans[0].of(text) if spans else ""


@cache
def _cues() -> Cues:
    return Cues(row["zh"] for row in rows("contrasts", "members"))


@cache
def _rows(lang: Lang) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (re.compile(row["zh"]), tuple(re.compile(member) for member in row[lang].split(";")))
        for row in rows("contrasts", "members")
    )


PLUGIN = Members()
