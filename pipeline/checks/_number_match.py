"""Which numbers of a text answer which of its translation: equal, rounded, converted, written in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from pipeline.checks._number_text import SCALES, han_numbers
from pipeline.checks.base import View
from pipeline.languages.numbers_base import Number

# Customary units with what one of them makes in metric units; read where they stand right behind a figure.
_CUSTOMARY: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (r"miles?\b|mph\b|英里|мил[ьяеию]|mi\b", ("1.609", "2.59", "0.62")),
    (r"(?:feet|foot|ft)\b|英尺|фут", ("0.3048", "30.48", "3.28", "0.0929")),
    (r"(?:inch(?:es)?|in)\b|英?寸|дюйм", ("2.54", "25.4")),
    (r"(?:pounds?|lbs?)\b|磅|фунт", ("0.4536", "2.205")),
    (r"ounces?\b|盎司|унци", ("28.35",)),
    (r"acres?\b|英亩|акр", ("0.4047", "2.47", "247")),
    (r"yards?\b|码|ярд", ("0.9144",)),
    (r"gallons?\b|加仑|галлон", ("3.785",)),
    (r"stone\b", ("6.35",)),
    (r"[万亿]?亩", ("15", "1500", "0.0667", "666.7")),
    (r"[万亿]?斤", ("2", "2000", "500")),
    (r"[万亿]?毫?升|мл\b|ml\b|л\b|l\b|(?:милли|milli)?(?:литр|lit(?:er|re))", ("1000",)),
    (r"里(?!程)", ("2", "500")),
    (r"сантиметр|см\b|cm\b|centimet|厘米|公分", ("100",)),
    (r"[万亿]?像素|мегапиксел|Мп\b|megapixel|MP\b", ("1000000",)),
    (r"个?小时|сут(?:ки|ок)|дн(?:я|ей)\b|hours?\b|days?\b", ("24",)),
    (r"терабайт|ТБ\b|TB\b|terabyte", ("1e12",)),
    (r"гигабайт|ГБ\b|GB\b|gigabyte", ("1e9",)),
    (r"мегабайт|МБ\b|MB\b|megabyte", ("1e6",)),
    (r"平方米|кв\.? ?м|м²|m²|square met|sq\.? ?m", ("10000",)),
    (r"[万亿]?(?:公斤|kg\b|кг\b|килограмм|kilogram)|[万亿]?(?:米|м\b|m\b|met(?:er|re)|метр)", ("1000",)),
)
_SQUARE: Final = r"[多余]?[ \u00a0-]{0,2}(?:平方|кв\. ?|квадратн\w+ |square |sq\.? )?"
_UNITS: Final = tuple(
    (re.compile(rf"{_SQUARE}(?:{pattern})", re.IGNORECASE), tuple(float(factor) for factor in factors))
    for pattern, factors in _CUSTOMARY
)
_DEGREES: Final = re.compile(r"[ \u00a0-]?(?:degrees?|°|℉|℃|华氏|摄氏|度|градус)", re.IGNORECASE)
_CONVERTED: Final = 0.07
_LASTING: Final = re.compile(r"(?:连续|过去|历经|历时|长达|近|时隔|持续|超过?)$")
_WORD: Final = 2  # characters of the longest word before a number
_HOUR: Final = re.compile(r"[ \u00a0]?(?:[时点:：]|час|ч\b|o'clock|[ap]\.?m)", re.IGNORECASE)
_WHOLE_HOURS: Final = 12

_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_WORD: Final = re.compile(r"(?<![A-Za-zА-Яа-я])[IVXLC]{1,7}(?![A-Za-zА-Яа-я])")


def unmatched(theirs: Sequence[Number], ours: Sequence[Number], view: View) -> tuple[list[Number], list[Number]]:
    """Numbers of either side that the other lacks; each stands for one at most, repeated ones may share."""
    left, right = list(theirs), list(ours)
    for agrees in (same, lambda a, b: _alike(a, b, view)):
        for number in list(left):
            found = next((other for other in right if agrees(number, other)), None)
            if found is not None:
                left.remove(number)
                right.remove(found)
    left, right = _elliptic(left, right, view.target)
    left = [n for n in left if not any(same(n, other) or _alike(n, other, view) for other in ours)]
    right = [n for n in right if not any(same(other, n) or _alike(other, n, view) for other in theirs)]
    if view.source_lang == "zh" and right:
        rows = han_numbers(view.source)
        right = [n for n in right if not any(same(row, n) or _alike(row, n, view) for row in rows)]
    left = [n for n in left if not _in_text(n, view.target) and not _literal(n.span.of(view.source), view.target)]
    right = [n for n in right if not _in_text(n, view.source) and not _literal(n.span.of(view.target), view.source)]
    return left, right


def _elliptic(left: list[Number], right: list[Number], text: str) -> tuple[list[Number], list[Number]]:
    """Without numbers whose power stands with the next: «с 5 до 8 млн» for 500万 and 800万, «одной» counting as 1.

    So in «рубежи в 4 и 5 трлн».
    """
    for match in (*_FROM_TO.finditer(text), *_AND.finditer(text)):
        first = Decimal(1) if match[1] else next((n.value for n in right if n.span.start == match.start(2)), None)
        scale = _STEPS[match[3].lower()]
        if first is None or first >= scale:
            continue
        found = [n for n in left if n.value == first * scale]
        if found:
            left = [n for n in left if n not in found]
            right = [n for n in right if n.span.start != match.start(2)]
    return left, right


def points_lost(missing: Sequence[Number], extra: Sequence[Number]) -> list[tuple[Number, Number]]:
    """A broken number of the source with one of the same digits and another point: 1.7, «17»; 0.8, «8»."""
    found: list[tuple[Number, Number]] = []
    for number in missing:
        if not number.value or number.value == number.value.to_integral_value() or number.kind in ("date", "time"):
            continue
        alike = [
            n for n in extra
            if n.value and n.kind not in ("date", "time") and significant(n.value) == significant(number.value)
        ]  # fmt: skip
        if len(alike) == 1 and alike[0] not in [other for _, other in found]:
            found.append((number, alike[0]))
    return found


def swapped(theirs: Sequence[Number], ours: Sequence[Number]) -> tuple[Number, Number] | None:
    """The one full date on each side, where they differ in day or month: 3月1日, «3 января»."""
    left, right = ([n for n in found if n.kind == "date" and n.value] for found in (theirs, ours))
    if len(left) != 1 or len(right) != 1 or left[0].value is None or right[0].value is None:
        return None
    one, two = _date(left[0].value)[1:], _date(right[0].value)[1:]
    return (left[0], right[0]) if all((*one, *two)) and one != two else None


def unlike(left: Number, right: Number) -> float:
    """How unlikely it is that one stands for the other: 0 for same kind and same digits."""
    a, b = left.value, right.value
    assert a is not None and b is not None
    kinds = 5.0
    if left.kind == right.kind:
        kinds = 0.0
    elif {left.kind, right.kind} <= {"number", "money", "year", "ordinal", "percent"}:
        kinds = 1.0
    if significant(a) == significant(b):
        return kinds
    return kinds + 1.0 + min(4.0, abs(float(a - b)) / (float(abs(a) + abs(b)) + 1e-9) * 2)


def significant(value: Decimal) -> str:
    return str(value.normalize()).split("E")[0].replace(".", "").strip("0")


def same(a: Number, b: Number) -> bool:
    return a.value is not None and a.same(b)


def _date(value: Decimal) -> tuple[int, int, int]:
    return int(value) // 10000, int(value) // 100 % 100, int(value) % 100


def _alike(a: Number, b: Number, view: View) -> bool:
    """Does number `a` of the source agree with `b` of the target in some looser way?"""
    if a.value is None or b.value is None:
        return False
    if a.kind == b.kind == "percent" and a.unit != b.unit and a.value in (b.value * 10, b.value / 10):
        return True  # 千分之三, 0,3 %
    if a.kind == "date" and b.kind == "date":
        if eve(a, b, view):
            return True
        return all(not x or not y or x == y for x, y in zip(_date(a.value), _date(b.value), strict=True))
    if "date" in (a.kind, b.kind) and a.value == b.value:
        return True  # “618”, 18 июня
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
    behind = (_behind(view.source, a), _behind(view.target, b))
    if high < 2100 and high - low in (1900, 2000) and low < 100:  # the 80s; not for a span of years: 连续24年
        return not _LASTING.search(view.source, max(0, a.span.start - _WORD), a.span.start)
    if low and high < 100 and a.kind != "percent" and high - low == _WHOLE_HOURS:
        return any(_HOUR.match(text) for text in behind)  # 3 pm, 15:00
    if low and x != x.to_integral_value() and abs(x - y) / high < Decimal("0.006"):
        return True
    if low >= _GREAT and _rounded(x, y):
        return True  # 11520.46亿, 1,152 трлн
    if low and a.kind == "number" and _sown(view.source, view.target):
        ratio = float(y / x)
        if any(abs(ratio / factor - 1) < _CONVERTED / 2 for factor in _YIELDS):
            return True
    return bool(low) and a.kind not in ("percent", "money") and _converts(float(low), float(high), behind)


def eve(a: Number, b: Number, view: View) -> bool:
    """7月21日夜间, «в ночь на 22 июля»: is the second date the morning after the night of the first?"""
    if a.value is None or b.value is None:
        return False
    if a.value < _MONTH and view.source.startswith("日", a.span.end):  # 9日夜间: the month goes without saying
        following = b.value % _MONTH - a.value == 1 or (b.value % _MONTH == 1 and a.value >= _LAST)
    else:
        following = b.value - a.value in (1, *_MONTH_ENDS)
    if not following:
        return False
    return bool(
        _EVE.match(view.target, max(0, b.span.start - _EVE_LENGTH), b.span.start)
        and _NIGHT.match(view.source, a.span.end)
    )


_MONTH: Final = 100  # a date is a number of month and day, 0710
_LAST: Final = 28
_EVE: Final = re.compile(r"\bноч[ьи][ \u00a0]на[ \u00a0]$")
_EVE_LENGTH: Final = 8  # characters
_NIGHT: Final = re.compile("日?当?[深半]?[夜晚]")
_MONTH_ENDS: Final = (70, 71, 72, 73)  # from the last of a month to the first of the next, as MMDD
_MU_YIELD: Final = re.compile("亩产|每亩|亩均")
_HECTARE_YIELD: Final = re.compile(
    r"(?:с|на)[ \u00a0](?:\w+[ \u00a0])?(?:га\b|гектар)|/[ \u00a0]?га\b|(?:per|a) hectare|/ha\b", re.I
)
# from a mu to a hectare: kg to kg, to hundredweights, to tonnes; jin to kg, to hundredweights, to tonnes; t to t
_YIELDS: Final = (15.0, 0.15, 0.015, 7.5, 0.075, 0.0075)


@lru_cache(maxsize=256)
def _sown(source: str, target: str) -> bool:
    """Does the source speak of a yield of a mu and the target of one of a hectare?"""
    return _MU_YIELD.search(source) is not None and _HECTARE_YIELD.search(target) is not None


_GREAT: Final = 1_000_000  # from which a figure may be rounded
_ENOUGH: Final = 3  # digits of a rounded figure


def _rounded(one: Decimal, other: Decimal) -> bool:
    """Is the one with fewer digits, three at least, the other one rounded?"""
    digits = [len(str(int(value)).rstrip("0")) for value in (one, other)]
    few = min(digits)
    if few < _ENOUGH or digits[0] == digits[1]:
        return False
    short, long = (one, other) if digits[0] == few else (other, one)
    return round(long, few - 1 - long.adjusted()) == short


_TO: Final = re.compile(r"[ \u00a0]?(?:[至到~～–—-]|до|to|и|and)[ \u00a0]?\d+(?:[.,]\d+)?")


def _behind(text: str, number: Number) -> str:
    """What stands behind a figure, the second figure of a range passed over: 2 | 至4 | 英寸."""
    second = _TO.match(text, number.span.end)
    end = second.end() if second else number.span.end
    return text[end : end + 16]


def _converts(low: float, high: float, behind: tuple[str, str]) -> bool:
    """Are the two figures one measure in customary and in metric units, as the unit behind one of them says?"""
    if low < 60 and any(_DEGREES.match(text) for text in behind) and abs((high - 32) / 1.8 - low) < 1.3:
        return True
    ratio = high / low
    for unit, factors in _UNITS:
        near = any(abs(ratio / max(factor, 1 / factor) - 1) < _CONVERTED for factor in factors)
        if near and any(unit.match(text) for text in behind):
            return True
    return False


_STEPS: Final = dict(SCALES)
_STEM: Final = "|".join(_STEPS)
_FROM_TO: Final = re.compile(
    r"\b(?:с|со|от|между|from|between)[ \u00a0](?:(одной|одного|one)|([\w,.]+))(?:[ \u00a0]с небольшим)?"
    r"[ \u00a0](?:юаней[ \u00a0])?(?:до|и|to|and)[ \u00a0](?:почти |более |nearly |over )?[\w,.]+(?:[ \u00a0-][\w,.]+)?"
    rf"[ \u00a0]({_STEM})", re.IGNORECASE,
)  # fmt: skip
_AND: Final = re.compile(
    r"(?<![\w.,])(?:(?!)()|(\d+(?:,\d+)?))(?:[ \u00a0](?:и|или|and|or)[ \u00a0]|[–—-])"
    rf"\d+(?:[.,]\d+)?[ \u00a0]({_STEM})",
    re.IGNORECASE,
)
_SCALED: Final = re.compile(rf"(?<![\d.,])(\d+(?:[.,]\d+)?)\W{{0,2}}({_STEM})|(?<!\d)(\d+)[- ]?(千|k\b)", re.IGNORECASE)
_BARE: Final = re.compile(
    rf"(?<!\d)(?<!\d[.,])(\d+)(?!\d)(?!\W{{0,2}}(?:{_STEM})|[多余几]?[十百千万亿]|[.,]\d+\W{{0,2}}(?:{_STEM}|[万亿]))",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def _figures(text: str) -> tuple[frozenset[int], frozenset[Decimal], frozenset[int]]:
    """Figures of a text: those without a power behind them, values of those with one, values of Roman numerals."""
    scaled = set()
    for match in _SCALED.finditer(text):
        try:
            value = Decimal((match[1] or match[3]).replace(",", "."))
        except InvalidOperation:  # digits of other scripts
            continue
        scaled.add(value * (_STEPS[match[2].lower()] if match[2] else 1000))
    bare = {int(match[1]) for match in _BARE.finditer(text) if len(match[1]) < 5}
    roman = {_roman(match[0]) for match in _ROMAN_WORD.finditer(text)}
    return frozenset(bare), frozenset(scaled), frozenset(roman)


_DOTTED: Final = re.compile(r"\d+(?:\.\d+)+")


def _literal(written: str, other: str) -> bool:
    """The number of a section stands there as it is, that of a law without its point: 第2.1条, «статья 2.1»."""
    match = _DOTTED.fullmatch(written)
    if match is None:
        return False
    return any(
        re.search(rf"(?<![\d.]){re.escape(form)}(?![\d.]*\d)", other) for form in (match[0], match[0].replace(".", ""))
    ) and (match[0] in other or len(match[0].rpartition(".")[2]) == 3)


def _in_text(number: Number, other: str) -> bool:
    """Stands there in a form that no pattern reads as a number: 10G, XX, COVID-19, «полметра», «однопроцентный»."""
    if number.value is None:
        return False
    if number.value == _HALF and number.kind == "number":
        return _HALVED.search(other) is not None
    if number.kind == "percent" and number.value in _shares(other):
        return True
    if number.value != number.value.to_integral_value():
        return False
    value = int(number.value)
    if value in _ages(other):
        return True
    bare, scaled, roman = _figures(other)
    if value in scaled or (value < 100 and value in roman):
        return True
    if value >= 1000 and re.search(rf"(?<![\d.]){value // 1000}\.{value % 1000:03}(?!\d)", other):
        return True  # the number of a law: № 17.524
    if value in _NAMED and _NAMED[value].search(other):
        return True
    return value < 3000 and number.kind != "percent" and value in bare


def in_words(value: Decimal, other: str) -> bool:
    """Is the number one that has a name, and does the name stand in the other text: «миллион», without a figure?"""
    pattern = _NAMED.get(int(value)) if value == value.to_integral_value() else None
    return pattern is not None and pattern.search(other) is not None


_HALF: Final = Decimal("0.5")
_HALVED: Final = re.compile(
    r"\bпол[- ]?(?:(?:кило)?(?:метр|грамм)|литр|тонн|го?да\b|час|месяц|дня\b|века\b|балл|градус|гектар|л\b)|"
    r"半(?:[米吨升里年天日斤月亩]|个|公[里斤顷]|小时|世纪)|\bhalf(?: an?|-)",
    re.IGNORECASE,
)


_TENS: Final = {
    "двадцати": 20, "тридцати": 30, "сорока": 40, "пятидесяти": 50, "шестидесяти": 60, "семидесяти": 70,
    "восьмидесяти": 80, "девяноста": 90,
}  # fmt: skip
_ONES: Final = {
    "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9,
}  # fmt: skip
_COMPOUND: Final = re.compile(
    rf"\b({'|'.join(_TENS)})({'|'.join(_ONES)})(?:летн|месячн|дневн|часов|минутн|километров|метров|тысячн|миллионн|кратн)"
)


@lru_cache(maxsize=256)
def _ages(text: str) -> frozenset[int]:
    """Compound numerals within a word: шестидесятитрёхлетний."""
    return frozenset(_TENS[m[1]] + _ONES[m[2]] for m in _COMPOUND.finditer(text.lower().replace("ё", "е")))


_PERCENTS: Final = {**_ONES, "десяти": 10, "пятнадцати": 15, **_TENS, "сто": 100}
_PER_CENT: Final = re.compile(rf"\b({'|'.join(_TENS)})?({'|'.join(_PERCENTS)})процентн", re.IGNORECASE)


@lru_cache(maxsize=256)
def _shares(text: str) -> frozenset[int]:
    """Per cents within a word: однопроцентное, двадцатипятипроцентный."""
    found = _PER_CENT.finditer(text.lower().replace("ё", "е"))
    return frozenset(_TENS.get(match[1], 0) + _PERCENTS[match[2]] for match in found)


# A power that no figure goes before: 百余名, «тысяча», "a million".
_ALONE: Final = r"(?<![\d.十百千万亿零一二两三四五六七八九])"
_UNCOUNTED: Final = r"(?<!\d)(?<!\d[ \u00a0-])"
_NAMED: Final = {
    value: re.compile(pattern, re.IGNORECASE)
    for value, pattern in {
        24: r"сут(?:ки|ок|кам|очн)|круглосуточ|\bday|(?:around|round)[ -]the[ -]clock|一天|一昼夜|全天",
        100: rf"сотн|столет|век|centur|{_UNCOUNTED}hundred|世纪|{_ALONE}百(?![千万亿])",
        1000: rf"{_UNCOUNTED}(?:тысяч|thousand)|{_ALONE}千(?![万亿])",
        500_000: rf"полумиллион|полмиллион|half a million|{_ALONE}半",
        1_000_000: rf"{_UNCOUNTED}(?:миллион|million)|{_ALONE}百万",
        10**9: rf"{_UNCOUNTED}(?:миллиард|billion)|{_ALONE}十亿",
        10_000: rf"десят\w+ тысяч|тьм|{_ALONE}万(?!亿)|千万工程",
        12: r"дюжин|dozen|год",
        20: r"двадцат|score", 30: r"тридцат|полчаса|half", 15: r"четверт|quarter|пятнадцат|一刻",
        50: r"полов|half|полсотн|полвека|半",
        18: "совершеннолет|полу?тора (?:года|лет)", 365: "год", 60: r"\bчас|hour|минут",
        25: "четверт|quarter", 40: "сорок", 10: r"десят|decade",
        90: "девяност|квартал|полу?тора час|hour and a half|一个半小时",
    }.items()
}  # fmt: skip


def _roman(text: str) -> int:
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[letter]
        total += -value if following and _ROMAN[following] > value else value
    return total
