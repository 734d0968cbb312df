"""Stretches of time taken for dates: 4个月, «в апреле»; 假期前五天, «за пять дней до праздника»; 三到五年, «35 лет».

And discounts turned round: 打九折, «скидка 90 %».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model import Lang, Severity

Differing = tuple[tuple[int, int], str, str, Severity]  # span in the target, message, suggestion, severity

_DIGITS: Final = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_MONTHS_ZH: Final = re.compile(r"(?<![\d.第十])([2-9]|1[0-2]|[二两三四五六七八九])个月")
_MONTHS: Final = (
    "январ", "феврал", "март", "апрел", "ма[йея]", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_FIRST_ZH: Final = re.compile(r"(?:假期|长假|黄金周|小长假|[节会展]期)前([一二两三四五六七八九十]|\d+)[天日]")
_BEFORE: Final = re.compile(r"\bза [\w ]{1,14}(?:дн\w+|день|сут\w+) до \w+", re.IGNORECASE)
_RANGE_ZH: Final = re.compile(
    r"(?<![\d.十百千万第])([一二两三四五六七八])[到至]([三四五六七八九])(?=[年天日周人名次个倍])"
)
_TENS: Final = {
    2: "двадца", 3: "тридца", 4: "сорок", 5: "пят(?:ь|и|ью)десят", 6: "шест(?:ь|и|ью)десят",
    7: "сем(?:ь|и|ью)десят", 8: "вос[ье]м(?:ь|и|ью)десят",
}  # fmt: skip
_ONES: Final = ("", "", "дв", "тр", "четыр", "пят", "шест", "сем", "вос", "девят")


def differing(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """All that this module finds in a Chinese source and its Russian target; nothing for other targets."""
    if lang != "ru":
        return
    text = target.replace("ё", "е")
    yield from _months(source, text)
    yield from _first(source, text)
    yield from _either(source, text)
    yield from _discounts(source, text)


def _months(source: str, text: str) -> Iterator[Differing]:
    """4个月 are four months, not April."""
    for match in _MONTHS_ZH.finditer(source):
        count = _DIGITS.get(match[1]) or int(match[1])
        if re.search(rf"(?<!\d){count}月|{match[1]}月(?!季)", source) or "месяц" in text:
            continue
        if re.search("[至到—–-]\\d+月|[前头]\\w{1,2}个月", source):
            continue
        said = list(re.finditer(rf"\b(?:в|до|к|с) {_MONTHS[count - 1]}\w*", text, re.IGNORECASE))
        if len(said) == 1:
            yield said[0].span(), f"{match[0]} is a stretch of time, not «{said[0][0]}»", "", Severity.MAJOR


def _first(source: str, text: str) -> Iterator[Differing]:
    """假期前五天 are the first five days of the holiday."""
    match, said = _FIRST_ZH.search(source), _BEFORE.search(text)
    if match and said and not re.search("提前|之前|前夕|以前", source):
        yield said.span(), f"{match[0]}: the first days of it, not the days before", "", Severity.MAJOR


def _either(source: str, text: str) -> Iterator[Differing]:
    """三到五年 is from three to five, not thirty-five."""
    for match in _RANGE_ZH.finditer(source):
        low, high = _DIGITS[match[1]], _DIGITS[match[2]]
        whole = rf"{match[1]}十{match[2]}|(?<!\d){low}{high}(?!\d)"
        if low >= high or low not in _TENS or re.search(whole, source):
            continue
        number = rf"(?<![\d,.]){low}{high}(?![\d,.])|\b{_TENS[low]}\w* {_ONES[high]}\w*"
        if (said := re.search(number, text, re.IGNORECASE)) is not None:
            right = f"{low}–{high}"
            yield said.span(), f"{match[0]} is from {low} to {high}, not «{said[0]}»", right, Severity.MAJOR


_FOLD_ZH: Final = re.compile(r"打([一二三四五六七八九]|[1-9])折")
_PERCENT: Final = re.compile(r"(\d+)[ \u00a0]?%")


def _discounts(source: str, text: str) -> Iterator[Differing]:
    """打九折: ninety per cent are paid, the discount is ten."""
    paid = {10 * (_DIGITS.get(match[1]) or int(match[1])): match[0] for match in _FOLD_ZH.finditer(source)}
    for match in _PERCENT.finditer(text):
        share = int(match[1])
        ahead, behind = text[: match.start()], text[match.end() :]
        if not (re.search(r"скидк\w*[^,.;:\d]{0,20}$", ahead) or re.match(r"(?: |-ная )?скидк", behind)):
            continue
        if (
            share in paid
            and share != 50
            and 100 - share not in paid
            and not re.search(f"{share}[%％]|百分之|成", source)
        ):
            message = f"{paid[share]}: {share} % of the price are paid, the discount is {100 - share} %"
            yield match.span(), message, f"{100 - share} %", Severity.CRITICAL
