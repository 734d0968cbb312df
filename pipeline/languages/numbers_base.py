"""What a number in a text is, and the collector that the patterns fill."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from pipeline.model import Lang, Span

Sort = Literal["number", "percent", "date", "year", "ordinal", "money", "time"]


@dataclass(frozen=True, slots=True)
class Number:
    """`value` is None for what is a number but has no single value (数百, «несколько тысяч» is no number at all).

    `unit` is the ISO 4217 code of money, "‰" for per mille, "" otherwise.
    """

    span: Span
    value: Decimal | None
    kind: Sort
    unit: str = ""

    def same(self, other: Number) -> bool:
        """Do both say the same? A year and a plain number of the same value agree, as do an ordinal and a number."""
        loose = {"number", "year", "ordinal"}
        kinds = self.kind == other.kind or {self.kind, other.kind} <= loose
        kinds = kinds or {self.kind, other.kind} == {"money", "number"}
        return kinds and self.value == other.value and (self.unit == other.unit or not self.unit or not other.unit)


SPACE = "[ \u00a0\u2009\u202f]"
PLAIN = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?:[.,]\d+)?(?!\d)|\d{{1,3}}(?:[,’']\d{{3}})+(?:\.\d+)?(?![\d,])|\d+(?:[.,]\d+)?"
HAN = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
HAN_DIGIT = "零〇○一二两三四五六七八九"


def alternatives(table: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))


def plain(text: str, lang: Lang) -> Decimal | None:
    """A number in digits, separators as the language writes them; other customs where they cannot mislead."""
    text = re.sub(SPACE + "|[’']", "", text)
    if lang == "ru":
        if re.fullmatch(r"\d{1,3}(,\d{3}){2,}(\.\d+)?", text):
            text = text.replace(",", "")
        text = text.replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def date_value(year: int = 0, month: int = 0, day: int = 0) -> Decimal:
    return Decimal(year * 10000 + month * 100 + day)


def valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 0 <= day <= 31


_FIGURE = re.compile(r"\d")


class Finder:
    """Collects numbers; a stretch once taken is not read again."""

    def __init__(self, text: str) -> None:
        self.text, self.taken = text, bytearray(len(text))
        self.figures = _FIGURE.search(text) is not None  # without one, many patterns need not be tried
        self.found: list[Number] = []

    def free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def add(self, start: int, end: int, value: Decimal | None, kind: Sort, unit: str = "") -> None:
        if start < end and self.free(start, end):
            self.found.append(Number(Span(start, end), value, kind, unit))
            self.taken[start:end] = b"\1" * (end - start)

    def dated(self, middle: int, end: int, year: int) -> None:
        """Gives the dates that end at `middle` and at `end` the year that stands behind the second."""
        for at, one in enumerate(self.found):
            if one.kind == "date" and one.span.end in (middle, end) and one.value is not None and one.value < 10000:
                self.found[at] = replace(one, value=one.value + year * 10000)

    def skip(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\1" * (end - start)

    def each(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        return [match for match in pattern.finditer(self.text) if self.free(*match.span())]
