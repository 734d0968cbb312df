"""The text of a segment with its inline codes in it, and the places of one text in the other.

A file says "Hello %s, you have <x id="1"/>"; a segment holds "Hello , you have " and two codes beside it. Who reads the
text itself (a check, a translation memory, a person with the JSON lines) gets the codes back where they stand:
placeholders as text, tags by what they stand for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import accumulate
from typing import Any

from pipeline.formats import _beside, _placeholders, _xml, plurals
from pipeline.model import Code, Document, Edit, Finding, Segment

LITERAL = frozenset(("po", "markdown", "json"))  # their codes stand in the text as they are
_ESCAPED = frozenset(("docx", "html", "tmx"))  # XML besides XLIFF and its dialects
_CONTENT = re.compile(r"<(?P<tag>(?:\w+:)?(?:ph|bpt|ept|it|ut))\b[^>]*(?<!/)>(?P<inside>.*)</(?P=tag)\s*>", re.DOTALL)
_SAID = re.compile(r"\b(?:disp|equiv-text|equiv)=(?P<mark>[\"'])(?P<said>.*?)(?P=mark)", re.DOTALL)


def display(code: Code, format_name: str) -> str:
    """What a code stands for: the tag or placeholder of the document that a bitext was made of (<ph>&lt;b&gt;</ph> is
    <b>), else as it is written."""
    bitext = format_name.endswith("xliff") or format_name == "tmx"
    if not bitext and format_name not in _ESCAPED:
        return code.text
    if not code.text.startswith("<"):
        picture = format_name == "html" and not _is_space(code)  # &copy;
        return unescape(code.text) if picture else _xml.unescape(code.text.encode("utf-8"))
    if bitext:
        content = _CONTENT.fullmatch(code.text)
        if content is not None and content["inside"].strip():
            return _xml.unescape(re.sub(r"<[^>]*>", "", content["inside"]).encode("utf-8"))
        if _beside.says_a_placeholder(code) and (said := _SAID.search(code.text)) is not None:
            return _xml.unescape(said["said"].encode("utf-8"))
    return code.text


def is_markup(code: Code, format_name: str) -> bool:
    """Is it a tag, and no placeholder that belongs to the text? "marked" is Markdown with its marks as tags. A space by
    name (&nbsp;) is none of the text either, which has a plain one beside it."""
    if _is_space(code):
        return True
    if format_name == "marked":
        return not _beside.is_word(code)
    if format_name in LITERAL or not code.text.lstrip().startswith("<"):
        return False
    return display(code, format_name).startswith("<") or not _beside.says_a_placeholder(code)


def _is_space(code: Code) -> bool:
    return _placeholders.is_space(code.text.strip())


@dataclass(frozen=True, slots=True)
class Woven:
    """`text`: the plain text with some codes in it. places: where in the plain text they stand; sums: how long those
    before each of them are together, and all."""

    text: str
    places: Sequence[int]
    sums: Sequence[int]

    @classmethod
    def of(cls, text: str, codes: Iterable[Code], shown: Callable[[Code], str]) -> Woven:
        pieces: list[str] = []
        places, sizes, at = [], [], 0
        for code in codes:
            position = min(max(at, code.position), len(text))
            said = code.before + shown(code) + code.after
            pieces += (text[at:position], said)
            places.append(position)
            sizes.append(len(said))
            at = position
        return cls("".join([*pieces, text[at:]]), places, list(accumulate(sizes, initial=0)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text in `text`, without the codes at its ends; an empty one is what they take up."""
        if start == end:
            left, right = bisect_left(self.places, start), bisect_right(self.places, start)
            return start + self.sums[left], start + self.sums[right]
        return start + self.sums[bisect_right(self.places, start)], end + self.sums[bisect_left(self.places, end)]

    def plain(self, at: int) -> int:
        """A place of `text` in the plain text; one inside a code is where the code stands."""
        index = bisect_right([place + size for place, size in zip(self.places, self.sums, strict=False)], at) - 1
        return at if index < 0 else max(self.places[index], at - self.sums[index + 1])

    def finding(self, found: Finding, *, back: bool = False) -> Finding:
        """The finding with its place in `text`, its suggestion with the codes among the words that they stood among:
        «два рынки <g>и два» becomes «двух рынков <g>и двух». `back`: in the plain text, without them. Where that cannot
        be told there is no suggestion, as it would take the codes away, and the message says what is right."""
        if back:
            start, end = self.plain(found.start), self.plain(found.end)
            said = self._bare(found.suggestion, found.start, found.end)
        else:
            start, end = self.span(found.start, found.end)
            said = self._coded(found.suggestion, start, end)
        return _said(replace(found, start=start, end=end), said)

    def _coded(self, said: str, start: int, end: int) -> str:
        """A suggestion for a span of `text` whose codes it lacks, with them."""
        inside = [i for i in range(len(self.places)) if start <= self._start(i) and self._end(i) <= end]
        if not inside or not said:
            return said
        edges = [start, *(edge for i in inside for edge in (self._start(i), self._end(i))), end]
        pieces = [self.text[one:other] for one, other in zip(edges[::2], edges[1::2], strict=True)]
        offsets = accumulate(map(len, pieces[:-1]))
        codes = [self.text[self._start(i) : self._end(i)] for i in inside]
        return _among("".join(pieces), said, list(offsets), codes)

    def _bare(self, said: str, start: int, end: int) -> str:
        """A suggestion for a span of `text` without the codes, which stand in it in order; "" where they do not."""
        pieces = []
        for i in range(len(self.places)):
            if code := self.text[max(start, self._start(i)) : min(end, self._end(i))]:
                before, there, said = said.partition(code)
                if not there:
                    return ""
                pieces.append(before)
        return "".join([*pieces, said])

    def _start(self, index: int) -> int:
        return self.places[index] + self.sums[index]

    def _end(self, index: int) -> int:
        return self.places[index] + self.sums[index + 1]


def _said(found: Finding, suggestion: str) -> Finding:
    """The finding with this suggestion; the message names the one it had where that goes."""
    told = suggestion or found.suggestion in found.message or not any(map(str.isalnum, found.suggestion))
    message = found.message if told else f"{found.message}; right: {found.suggestion}"
    return replace(found, message=message, suggestion=suggestion)


def _among(plain: str, suggestion: str, offsets: Sequence[int], codes: Sequence[str]) -> str:
    """The suggestion with codes that stand in the plain text at `offsets`; "" where words or spaces come or go, as then
    nothing tells where the codes belong."""
    old, new = re.findall(r"\s+|\S+", plain), re.findall(r"\s+|\S+", suggestion)
    if len(old) != len(new) or any(a.isspace() and a != b for a, b in zip(old, new, strict=True)):
        return ""
    ends, there = ([0, *accumulate(map(len, runs))] for runs in (old, new))
    pieces, at = list[str](), 0
    for offset, code in zip(offsets, codes, strict=True):
        run = bisect_right(ends, offset) - 1
        if offset != ends[run] and old[run] != new[run]:
            return ""  # within a word that changes
        place = there[run] + offset - ends[run]
        pieces += (suggestion[at:place], code)
        at = place
    return "".join([*pieces, suggestion[at:]])


def shown(document: Document) -> Document:
    """The document with all codes in the text, plural forms with their placeholder, and with edits, findings and terms
    that fit it: what is told of it."""
    return document.with_segments(_shown(plurals.shown(segment), document.format) for segment in document.segments)


def _shown(segment: Segment, format_name: str) -> Segment:
    if not segment.codes and not segment.target_codes:
        return segment

    def said(code: Code) -> str:
        return "" if _is_space(code) else display(code, format_name)

    source = Woven.of(segment.source, segment.codes, said)
    target = Woven.of(segment.target or "", segment.target_codes, said)
    edits: list[Edit] = []
    if segment.edits:
        codes = _before(segment)
        raw = Woven.of(plurals.undone(segment), codes, said)
        by = 0
        for edit in sorted(segment.edits, key=lambda edit: edit.start):
            start, end = raw.span(edit.start, edit.end)
            inside = [
                replace(moved, position=moved.position - edit.start - by)
                for code, moved in zip(codes, segment.target_codes, strict=True)
                if edit.start < code.position < edit.end
            ]
            by += len(edit.after) - len(edit.before)
            after = Woven.of(edit.after, inside, said).text
            edits.append(replace(edit, start=start, end=end, before=raw.text[start:end], after=after))
    return replace(
        segment,
        source=source.text,
        target=None if segment.target is None and not segment.target_codes else target.text,
        codes=(),
        target_codes=(),
        edits=tuple(edits),
        findings=tuple(map(target.finding, segment.findings)),
        terms=tuple(_term(term, source, target) for term in segment.terms),
    )


def _term(term: Any, source: Woven, target: Woven) -> dict[str, Any]:
    made = dict(term)
    for key, woven in (("source_span", source), ("target_span", target)):
        if made.get(key):
            made[key] = list(woven.span(*made[key]))
    return made


def _before(segment: Segment) -> list[Code]:
    """The codes where they stood before the edits: as the file had them, else at the end of an edit."""
    given = segment.meta.get("given")
    if isinstance(given, tuple) and given[0] == plurals.undone(segment) and len(given[1]) == len(segment.target_codes):
        return list(given[1])
    made = []
    for code in segment.target_codes:
        at = code.position
        for edit in sorted(segment.edits, key=lambda edit: edit.start):
            if edit.start + len(edit.after) <= at and edit.start < at:
                at -= len(edit.after) - len(edit.before)
        made.append(replace(code, position=at))
    return made
