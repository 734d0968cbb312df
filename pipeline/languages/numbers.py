"""Numbers, dates, percentages and sums of money in the three languages, in one form that compares.

A value is exact: «1,5 млн», 150万 and "1.5 million" are all Decimal("1500000"). A date's value is yyyymmdd, 0 where
the year or the day is not named (12 мая -> 512, май 2025 г. -> 20250500).
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.languages import numbers_english, numbers_find
from pipeline.languages import numbers_words as words
from pipeline.languages.numbers_base import Finder, Number, Sort
from pipeline.model import Lang

__all__ = ["Number", "Sort", "numbers", "render"]


def numbers(text: str, lang: Lang) -> tuple[Number, ...]:
    """All numbers of a text, in order, without overlaps. Spans are code points."""
    finder = Finder(text)
    numbers_find.common(finder, lang)
    {"zh": numbers_find.chinese, "ru": numbers_find.russian, "en": numbers_english.english}[lang](finder)
    return tuple(sorted(finder.found, key=lambda number: number.span.start))


_STEPS = (
    (Decimal(10**12), "трлн", "trillion"),
    (Decimal(10**9), "млрд", "billion"),
    (Decimal(10**6), "млн", "million"),
)


def _digits(value: Decimal, lang: Lang) -> str:
    """1234567.5 with the separators of the language."""
    text = format(value.normalize(), "f")
    whole, point, rest = text.partition(".")
    group = {"ru": "\u00a0", "en": ",", "zh": ""}[lang]
    if len(whole) > (4 if lang == "ru" else 3) and group:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", group, whole)
    return whole + ({"ru": ",", "en": ".", "zh": "."}[lang] + rest if point else "")


def _scaled(value: Decimal, lang: Lang) -> str:
    if lang == "zh":
        for step, name in ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万")):
            if value >= step and len(format((value / step).normalize(), "f").partition(".")[2]) <= 2:
                return _digits(value / step, lang) + name
        return _digits(value, lang)
    for step, russian, english in _STEPS:
        if value >= step and len(format((value / step).normalize(), "f").replace(".", "")) <= 5:
            named = f"\u00a0{russian}" if lang == "ru" else f" {english}"
            return _digits(value / step, lang) + named
    return _digits(value, lang)


def render(number: Number, lang: Lang) -> str | None:
    """The number as the language writes it, for a suggestion; None where that needs more than the number."""
    if number.value is None:
        return None
    value = number.value
    if number.kind == "percent":
        sign = number.unit or "%"
        return _digits(value, lang) + ("\u00a0" if lang == "ru" else "") + sign
    if number.kind == "year":
        return f"{value:f}年" if lang == "zh" else f"{value:f}"
    if number.kind == "date":
        return _date(value, lang)
    if number.kind == "number":
        return _scaled(value, lang)
    if number.kind == "money":
        return _money(value, number.unit, lang)
    if number.kind == "ordinal" and lang == "zh":
        return f"第{value:f}"
    return None


_MONEY = {
    "CNY": ("元", "юаней", "yuan"),
    "USD": ("美元", "долларов США", "U.S. dollars"),
    "EUR": ("欧元", "евро", "euros"),
    "RUB": ("卢布", "рублей", "rubles"),
    "JPY": ("日元", "иен", "yen"),
    "HKD": ("港元", "гонконгских долларов", "Hong Kong dollars"),
}


def _money(value: Decimal, unit: str, lang: Lang) -> str | None:
    """A sum with its currency; None in Russian where the numeral would ask for another form than «рублей»."""
    if unit not in _MONEY:
        return None
    chinese, russian, english = _MONEY[unit]
    amount = _scaled(value, lang)
    if lang == "zh":
        return amount + chinese
    if lang == "en":
        return f"{amount} {english}" if value != 1 else None
    last = int(value) % 100
    many = not amount[-1].isdigit() or (value == int(value) and (last % 10 in (0, 5, 6, 7, 8, 9) or 11 <= last <= 14))
    return f"{amount} {russian}" if many or unit == "EUR" else None


def _date(value: Decimal, lang: Lang) -> str:
    year, month, day = int(value) // 10000, int(value) // 100 % 100, int(value) % 100
    if lang == "zh":
        return (f"{year}年" if year else "") + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    if lang == "ru":
        named = words.GENITIVE_MONTHS_RU[month] if day else words.NOMINATIVE_MONTHS_RU[month]
        return f"{day}\u00a0{named}" * bool(day) + named * (not day) + (f" {year}\u00a0года" if year else "")
    named = words.MONTH_NAMES_EN[month]
    if day:
        return f"{named} {day}" + (f", {year}" if year else "")
    return f"{named} {year}" if year else named
