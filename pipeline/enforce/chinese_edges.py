"""Chinese words beside or instead of those that a translation model takes for a term: the verb of a clause that stands
for it («[领取]救济金的家庭»), the quotation marks of a name («“五月一日”[勋章]»), the thing that is counted («两艘[破冰
器]»)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.enforce import heard, spans
from pipeline.enforce.chinese import COUNT, tag
from pipeline.enforce.heard import Word
from pipeline.enforce.view import View
from pipeline.model import Form, Occurrence, Span

_PART_QUOTED = re.compile('[^«“"]{3,}[«“"]')
_AGAIN = frozenset(("重新", "再次"))


def opened(span: Span, words: Sequence[Word]) -> Span:
    """The span with the verb before it whose object it begins with, where both are said of a noun behind 的 and the
    verb surely answers the term («[领取]救济金的家庭»); with a word for «again» that renders a part of the term («[重
    新]植树» for reforestation)."""
    before = next((word for word in words if word.end == span.start), None)
    if before is None or not before.own or before.other:
        return span
    clause = any(word.text == "的" for word in words if span.start < word.start and word.end < span.end)
    verb = clause and before.share >= heard.SURE and tag(before.text).startswith("v")
    return Span(before.start, span.end) if verb or before.text in _AGAIN else span


def with_quoted(span: Span, words: Sequence[Word], occurrence: Occurrence, view: View, wording: Sequence[Form]) -> Span:
    """The span of a quotation with its marks and the noun behind it, where the term is put so in the source («“五月一
    日”[勋章]» for медаль «1 Мая») and the official form has no marks."""
    text = view.text
    marks = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    if marks != ("“", "”") or not _PART_QUOTED.search(occurrence.form.text):
        return span
    after = next((word for word in words if word.start == span.end + 1), None)
    if after is None or not after.own or not after.noun or any("“" in form.text for form in wording):
        return span
    return Span(span.start - 1, after.end)


_AREA = re.compile("边疆区|自治区|地区|州|省|市|县|郡|区|共和国")
_THIS = re.compile(r"(?i)(?:\bэт\w{1,3}|\bданн\w+|\bthis|\bthat|\bsaid)\s+$")


def pointed_at(span: Span, view: View, wording: Sequence[Form], source: str, term: Span) -> Span:
    """The span of a body with 该 before its area, where the form begins with the area, too, and the source does not
    point at it («[该]地区兽医检查团» for инспекция края)."""
    before = view.text[max(0, span.start - 1) : span.start] == "该"
    area = _AREA.match(view.text, span.start) and any(_AREA.match(form.text) for form in wording)
    return Span(span.start - 1, span.end) if before and area and not _THIS.search(source[: term.start]) else span


def counted(span: Span, words: Sequence[Word], top: tuple[int, int], wording: Sequence[Form]) -> Span:
    """The span; that of the words `top` (first and last of what the network would rather take) where these stand right
    behind a count with its measure word and have more characters of the form («两艘[破冰器]», not «[冰堵塞]», for
    破冰船)."""
    first, last = top
    other = Span(words[first].start, words[last].end)
    if (
        not first
        or other.overlaps(span)
        or words[first - 1].end != other.start
        or not COUNT.fullmatch(words[first - 1].text)
    ):
        return span
    inside = "".join(word.text for word in words if span.start <= word.start and word.end <= span.end)
    rival = "".join(word.text for word in words[first : last + 1])
    here, there = (max(_common(each, form.text) for form in wording) for each in (inside, rival))
    return other if there > max(1, here) else span


_LONG, _SHARED, _BEGUN = 4, 0.75, 0.8  # characters of a form, part of them, chance of all rows with one beginning


def spelt_alike(span: Span, words: Sequence[Word], view: View, asked: spans.Asked, wording: Sequence[Form]) -> bool:
    """Has the span nearly all characters of a form in their order and others that nothing accounts for, where the rows
    of words that begin with it differ in their end alone («甲状结节块» for 甲状腺结节)?"""
    from rapidfuzz.distance import LCSseq

    row = [word for word in words if span.start <= word.start and word.end <= span.end]
    if asked.kind in ("person", "place") or not row or any(word.other or word.stop for word in row):
        return False
    text = span.of(view.text)
    several = [form.text for form in wording if len(form.text) >= _LONG and text[0] == form.text[0]]
    alike = any(LCSseq.similarity(text, form) >= _SHARED * len(form) for form in several)
    if not alike or set(text) <= {char for form in several for char in form} or len(text) > max(map(len, several)) + 1:
        return False
    found = spans.rows(words, view, asked)
    return sum(one.chance for one in found if words[one.first].start == span.start) >= _BEGUN


def _common(text: str, form: str) -> int:
    return sum((Counter(text) & Counter(form)).values())
