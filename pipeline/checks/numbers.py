"""Numbers, dates, percentages and sums of money that differ from the source"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.checks import _units as units
from pipeline.checks._number_text import SCALES, han_numbers, target_numbers, tidy
from pipeline.checks.base import Check, View
from pipeline.languages.numbers_base import Number
from pipeline.model import Finding, Severity

_UNITS = re.compile(
    r"\b(?:degrees?|miles?|mph|feet|foot|ft|inch(?:es)?|pounds?|lbs?|ounces?|acres?|yards?|gallons?|fahrenheit|stone)\b|°F|"
    r"英里|英尺|英寸|磅|英亩|码|加仑|华氏|亩|斤|摄氏|(?<=\d)度|里(?!程)|мил[ьяеию]|фут|дюйм|фунт|акр|ярд|галлон|градус|\b[2-9]0s\b",
    re.IGNORECASE,
)
_FACTORS = tuple(
    Decimal(text)
    for text in ("1.609", "0.3048", "30.48", "2.54", "25.4", "0.4536", "28.35", "0.4047", "0.9144", "3.785", "0.0667",
                 "0.5", "6.35", "15", "2000", "1000", "2.47", "3.28", "2.205", "0.62")
)  # fmt: skip
_SOFT = 20  # spelled-out or small numbers may be rephrased: «оба», "a dozen", 双方
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_WORD = re.compile(r"(?<![A-Za-zА-Яа-я])[IVXLC]{1,7}(?![A-Za-zА-Яа-я])")
_PARTS = re.compile(r"полов|половин|полтор|треть|четверт|дюжин|вдвое|втрое|вчетверо|"
    r"дважды|трижды|удво|утро|учетвер|двойн|тройн|оба|обе|пара|"
                    r"\b(?:half|halves|third|quarter|dozen|twice|double|triple|both|couple|pair|decade|score|single|one)|半|倍|双|两|翻番|成|分之",
                    re.IGNORECASE)  # fmt: skip


class Numbers(Check):
    name = "numbers"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        from pipeline.languages.numbers import numbers

        assert view.source_lang is not None
        if not view.target.strip():
            return
        lang = view.source_lang
        written = view.source
        source = tidy(written, lang)
        if source != view.source:
            view = replace(view, segment=replace(view.segment, source=source))
        theirs, ours = list(numbers(source, lang)), target_numbers(view)
        theirs, ours = [n for n in theirs if not _heads(n, source)], [n for n in ours if not _heads(n, view.target)]
        if not theirs and not ours:
            return
        missing, extra = _unmatched(theirs, ours, view)
        fitting = [span for span, _, fits in units.land(view.source, view.target, view.target_lang) if fits]
        extra = [n for n in extra if not any(start <= n.span.start < end for start, end in fitting)]
        missing, extra = _without_powers(missing, extra, view)
        points = _points_lost(missing, extra)
        yield from self._pairs([one for one, _ in points], [other for _, other in points], view)
        missing, extra = (
            [n for n in missing if n not in dict(points)],
            [n for n in extra if n not in dict(points).values()],
        )
        yield from self._small(missing, extra, view)
        shares = [[n for n in found if n.kind == "percent"] for found in (missing, extra)]
        sure = [*shares[0], *shares[1]] if all(shares) else []  # a share on both sides: no rephrasing
        missing = [n for n in missing if self._hard(n, view.source, view.target, sure)]
        extra = [n for n in extra if self._hard(n, view.target, view.source, sure)]
        dates = _swapped(theirs, ours)
        if dates is not None:
            missing, extra = [n for n in missing if n.kind != "date"], [n for n in extra if n.kind != "date"]
            yield from self._pairs([dates[0]], [dates[1]], view)
        yield from self._pairs(missing, extra, view)
        yield from self._currencies(theirs, ours, view)
        yield from self._units(view, written)
        yield from self._points(view)

    def _currencies(self, theirs: Sequence[Number], ours: Sequence[Number], view: View) -> Iterator[Finding]:
        """The same sum in another currency: 1500元, «1500 долларов»."""
        from pipeline.languages.numbers import render

        money = [n for n in theirs if n.kind == "money" and n.unit and n.value]
        units = {n.unit for n in money}
        for number in ours:
            same = [n for n in money if n.value == number.value]
            if number.kind == "money" and number.unit and same and number.unit not in units:
                written = number.span.of(view.target)
                message = f"currency differs: source {same[0].span.of(view.source)}, target {written}"
                yield self.finding(number.span, message, render(same[0], view.target_lang) or "")

    def _units(self, view: View, source: str) -> Iterator[Finding]:
        """The same figure with another unit of the same kind: 250毫米, «250 см»; 3年, «3 месяца»."""
        for span, message in units.differing(source, view.source_lang or "", view.target, view.target_lang):
            yield self.finding(span, message)
        for span, message, fits in units.land(view.source, view.target, view.target_lang):
            if not fits:
                yield self.finding(span, message)

    def _small(self, missing: list[Number], extra: list[Number], view: View) -> Iterator[Finding]:
        """One small number on each side that the other lacks: 五年, «двух лет»."""
        from pipeline.languages.numbers import render

        left, right = ([n for n in found if _is_small(n)] for found in (missing, extra))
        if len(left) != 1 or len(right) != 1 or _PARTS.search(view.source + view.target):
            return
        source, target = left[0].span.of(view.source), right[0].span.of(view.target)
        yield self.finding(
            right[0].span, f"number differs: source {source}, target {target}", render(left[0], view.target_lang) or ""
        )

    def _points(self, view: View) -> Iterator[Finding]:
        """百分点 rendered as per cent: a share that grew by one point did not grow by one per cent."""
        if not re.search(r"个?百分点|percentage points?|процентн\w+ пункт", view.source, re.IGNORECASE):
            return
        if re.search(r"пункт|point|百分点|п\. ?п\.", view.target, re.IGNORECASE):
            return
        for match in re.finditer(
            r"(\d+(?:[.,]\d+)?)\s*(?:个百分点|percentage points?|процентн\w+ пункт\w*)", view.source, re.IGNORECASE
        ):
            digits = re.sub("[.,]", "[.,]", match[1])
            found = re.search(rf"(?<!\d){digits}\s*(?:%|процент\w*|percent|per cent)", view.target)
            if found:
                right = {
                    "ru": f"{match[1].replace('.', ',')} процентного пункта",
                    "en": f"{match[1]} percentage points",
                }
                yield self.finding(
                    found.span(),
                    f"{match[0]} are percentage points, not per cent",
                    right.get(view.target_lang, f"{match[1]}个百分点"),
                )

    def _pairs(self, missing: list[Number], extra: list[Number], view: View) -> Iterator[Finding]:
        from pipeline.languages.numbers import render

        left = list(missing)
        for number in extra:
            written = number.span.of(view.target)
            partner = min(left, key=lambda other: _unlike(other, number), default=None)
            if partner is not None and _unlike(partner, number) < 10:
                left.remove(partner)
                right = render(partner, view.target_lang) or ""
                meant = f" ({_plain(partner)})" if partner.kind in ("number", "money") else ""
                yield self.finding(
                    number.span,
                    f"{_KIND[number.kind]} differs: source {partner.span.of(view.source)}{meant}, target {written}",
                    right,
                )
            else:
                yield self.finding(
                    number.span, f"{_KIND[number.kind]} {written} is not in the source", category="accuracy/addition"
                )
        for number in left:
            yield self.finding(
                (0, len(view.target)), f"{_KIND[number.kind]} {number.span.of(view.source)} of the source is missing",
                render(number, view.target_lang) or "", category="accuracy/omission",
            )  # fmt: skip

    def _hard(self, number: Number, text: str, other: str, sure: Sequence[Number]) -> bool:
        """Must the other side have it? Not a small or spelled number, nor one written there in some other way."""
        value = number.value
        if value is None:
            return False
        written = number.span.of(text)
        digits = re.search(r"\d+(?:[.,]\d+)?", written)
        groups = re.findall(r"\d+(?:[.,]\d+)?", written)
        if groups and number.kind not in ("number", "money") and all(_stands(group, other) for group in groups):
            return False
        if number.kind == "money":
            return value > 1
        if number.kind == "percent":
            return (number in sure or not _PARTS.search(other)) and not (value == 100 and _ALL.search(other))
        if re.search("[A-Za-z]$", text[: number.span.start]) and digits is not None:
            return not re.search(rf"[A-Za-zА-Яа-я]-?{digits[0]}(?!\d)", other)  # a code: G9876
        if number.kind == "date":
            return bool(int(value) % 100) and digits is not None
        if number.kind == "time":
            return False
        if digits is None:
            return value >= 10000
        if value < _SOFT and value == value.to_integral_value():
            return False
        return not (text[number.span.end : number.span.end + 1] in "-–/:" and value < 100)


_ALL = re.compile(r"\b(?:вс[её]|целиком|кажд|полн|(?:all|every|full|fully|entire|entirely)\b|complete)|均|都|全", re.I)


def _without_powers(missing: list[Number], extra: list[Number], view: View) -> tuple[list[Number], list[Number]]:
    """Without the figures that are the same power or energy in other units: 25万千瓦, «250 МВт»."""

    def read(number: Number, text: str, lang: str | None) -> tuple[float, str] | None:
        return units.power(float(number.value or 0), text[number.span.end :][:20], lang or "")

    left = [(n, read(n, view.source, view.source_lang)) for n in missing]
    right = [(n, read(n, view.target, view.target_lang)) for n in extra]
    return (
        [n for n, power in left if not any(units.same_power(power, other) for _, other in right)],
        [n for n, power in right if not any(units.same_power(other, power) for _, other in left)],
    )


def _is_small(number: Number) -> bool:
    value = number.value
    return (
        value is not None
        and 2 <= value < _SOFT
        and value == value.to_integral_value()
        and number.kind in ("number", "ordinal")
    )


def _stands(digits: str, other: str) -> bool:
    return (
        re.search(rf"(?<!\d){re.escape(digits.lstrip('0') or '0')}(?!\d)", re.sub(r"(?<!\d)0(?=\d)", "", other))
        is not None
    )


_KIND = {
    "number": "number", "percent": "percentage", "date": "date", "year": "year", "ordinal": "ordinal number",
    "money": "sum of money", "time": "time",
}  # fmt: skip


def _heads(number: Number, text: str) -> bool:
    """Numbers a paragraph: “61. In the past five years”."""
    return not text[: number.span.start].strip(' «“"(') and bool(re.match(r"[.)、．]\s*\D|$", text[number.span.end :]))


def _plain(number: Number) -> str:
    if number.value is None:
        return ""
    whole = number.value == number.value.to_integral_value()
    return f"{int(number.value):,}" if whole else f"{number.value.normalize():,f}"


def _unlike(left: Number, right: Number) -> float:
    """How unlikely it is that one stands for the other: 0 for same kind and same digits."""
    a, b = left.value, right.value
    assert a is not None and b is not None
    kinds = (
        0.0
        if left.kind == right.kind
        else 1.0
        if {left.kind, right.kind} <= {"number", "money", "year", "ordinal", "percent"}
        else 5.0
    )
    digits = (
        0.0
        if _significant(a) == _significant(b)
        else 1.0 + min(4.0, abs(float(a - b)) / (float(abs(a) + abs(b)) + 1e-9) * 2)
    )
    return kinds + digits


def _significant(value: Decimal) -> str:
    return str(value.normalize()).split("E")[0].replace(".", "").strip("0")


def _unmatched(theirs: Sequence[Number], ours: Sequence[Number], view: View) -> tuple[list[Number], list[Number]]:
    """Numbers of either side that the other lacks; each stands for one at most, repeated ones may share."""
    left, right = list(theirs), list(ours)
    for agrees in (_same, lambda a, b: _alike(a, b, view)):
        for number in list(left):
            found = next((other for other in right if agrees(number, other)), None)
            if found is not None:
                left.remove(number)
                right.remove(found)
    left = [n for n in left if not any(_same(n, other) or _alike(n, other, view) for other in ours)]
    right = [n for n in right if not any(_same(other, n) or _alike(other, n, view) for other in theirs)]
    if view.source_lang == "zh":
        rows = han_numbers(view.source)
        right = [n for n in right if not any(_same(row, n) or _alike(row, n, view) for row in rows)]
    left = [n for n in left if not _in_text(n, view.target)]
    right = [n for n in right if not _in_text(n, view.source)]
    return left, right


def _points_lost(missing: Sequence[Number], extra: Sequence[Number]) -> list[tuple[Number, Number]]:
    """A broken number of the source with one of the same digits and another point: 1.7, «17»; 0.8, «8»."""
    found: list[tuple[Number, Number]] = []
    for number in missing:
        if not number.value or number.value == number.value.to_integral_value() or number.kind in ("date", "time"):
            continue
        alike = [
            n for n in extra
            if n.value and n.kind not in ("date", "time") and _significant(n.value) == _significant(number.value)
        ]  # fmt: skip
        if len(alike) == 1 and alike[0] not in [other for _, other in found]:
            found.append((number, alike[0]))
    return found


def _swapped(theirs: Sequence[Number], ours: Sequence[Number]) -> tuple[Number, Number] | None:
    """The one full date on each side, where they differ in day or month: 3月1日, «3 января»."""
    left, right = ([n for n in found if n.kind == "date" and n.value] for found in (theirs, ours))
    if len(left) != 1 or len(right) != 1 or left[0].value is None or right[0].value is None:
        return None
    one, two = _date(left[0].value)[1:], _date(right[0].value)[1:]
    return (left[0], right[0]) if all((*one, *two)) and one != two else None


def _same(a: Number, b: Number) -> bool:
    return a.value is not None and a.same(b)


def _date(value: Decimal) -> tuple[int, int, int]:
    return int(value) // 10000, int(value) // 100 % 100, int(value) % 100


def _alike(a: Number, b: Number, view: View) -> bool:
    """Do the two agree in some looser way: part of a date, a century or decade, rounding, converted units?"""
    if a.value is None or b.value is None:
        return False
    if a.kind == "date" and b.kind == "date":
        return all(not x or not y or x == y for x, y in zip(_date(a.value), _date(b.value), strict=True))
    if "date" in (a.kind, b.kind):
        date, other = (a, b) if a.kind == "date" else (b, a)
        assert date.value is not None and other.value is not None
        return other.value in [Decimal(part) for part in _date(date.value) if part]
    if "time" in (a.kind, b.kind):
        return True
    x, y = abs(a.value), abs(b.value)
    if x == y:
        return a.unit == b.unit or not a.unit or not b.unit
    low, high = min(x, y), max(x, y)
    if high < 2100 and high - low in (1900, 2000) and low < 100:
        return True  # the 80s
    if low and high < 100 and a.kind != "percent" and high - low == 12:
        return True  # 3 pm, 15:00
    if low and x != x.to_integral_value() and abs(x - y) / high < Decimal("0.006"):
        return True
    if low and a.kind not in ("percent", "money") and _UNITS.search(view.source + view.target):
        if low < 60 and abs((high - 32) / Decimal("1.8") - low) < Decimal("1.3"):
            return True  # degrees
        ratio = high / low
        return any(abs(ratio / max(f, 1 / f) - 1) < Decimal("0.07") for f in _FACTORS)
    return False


def _in_text(number: Number, other: str) -> bool:
    """Stands there in a form that no pattern reads as a number: 10G, XX, COVID-19."""
    if number.value is None or number.value != number.value.to_integral_value():
        return False
    value = int(number.value)
    for stem, scale in SCALES:
        if value >= scale:
            written = format((number.value / scale).normalize(), "f").replace(".", "[.,]")
            if re.search(rf"(?<![\d.,]){written}\W{{0,2}}{stem}", other, re.IGNORECASE):
                return True
    if value in _NAMED and re.search(_NAMED[value], other, re.IGNORECASE):
        return True
    if (
        value >= 1000
        and value % 1000 == 0
        and re.search(rf"(?<!\d){value // 1000}(?:[- ]?тыс|[- ]?thousand|千|k\b)", other)
    ):
        return True
    if value < 100 and any(_roman(match[0]) == value for match in _ROMAN_WORD.finditer(other)):
        return True
    return (
        value < 3000 and number.kind != "percent" and re.search(rf"(?<!\d)(?<!\d[.,]){value}(?!\d)", other) is not None
    )


_NAMED = {
    24: r"сут(?:ки|ок|кам)|круглосуточ|\bday|一天|一昼夜|全天",
    100: r"сотн|столет|век|centur|hundred|世纪|百", 1000: r"тысяч|thousand|千",
    500_000: r"полумиллион|полмиллион|half a million|半",
    1_000_000: r"миллион|million|百万", 10**9: r"миллиард|billion|十亿",
    10_000: r"десят\w+ тысяч|тьм|万", 12: r"дюжин|dozen|год",
    20: r"двадцат|score", 30: r"тридцат|полчаса|half", 15: r"четверт|quarter|пятнадцат|一刻",
    50: r"полов|half|полсотн|полвека|半",
    18: "совершеннолет", 365: "год", 60: r"\bчас|hour|минут", 25: "четверт|quarter", 40: "сорок",
    10: r"десят|decade",
    90: "девяност|девяност|квартал",
}  # fmt: skip


def _roman(text: str) -> int:
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[letter]
        total += -value if following and _ROMAN[following] > value else value
    return total


PLUGIN = Numbers()
