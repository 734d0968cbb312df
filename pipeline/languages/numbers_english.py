"""Where numbers stand in an English text."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.languages import numbers_words as words
from pipeline.languages.numbers_base import PLAIN, SPACE, Finder, Sort, alternatives, date_value, plain, valid
from pipeline.languages.numbers_find import follow, lead, roman, spelt, symbols

_EN_MONTH = alternatives(words.MONTHS_EN)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_EN_DATE = re.compile(rf"\b(?-i:(?=[A-Z]))({_EN_MONTH}){SPACE}{_DAY}(?![\d%])(?:,?{SPACE}(\d{{4}})(?!\d))?", re.I)
_EN_DATE_BRITISH = re.compile(
    rf"(?<!\d){_DAY}{SPACE}(?:of{SPACE})?(?-i:(?=[A-Z]))({_EN_MONTH})\b(?:,?{SPACE}(\d{{4}})(?!\d))?", re.I
)
_EN_MONTH_YEAR = re.compile(rf"\b(?-i:(?=[A-Z]))({_EN_MONTH})(?:,|{SPACE}of)?{SPACE}(\d{{4}})(?!\d)", re.I)
_EN_YEAR = re.compile(
    r"(?:(?<![\d,.$€£¥-])|(?<=\d{4}[-–]))((?:19|20)\d\d)"
    r"(?![\d,]\d|[%\d]|\.\d|[ \u00a0-](?:million|billion|people|yuan|rubles|km))"
)
_EN_ORDINAL = re.compile(r"(?<![\d.,])(\d+)(?:st|nd|rd|th)\b", re.I)
_EN_CLOCK = re.compile(rf"(?<![\d.,])(\d{{1,2}})(?:[:.]([0-5]\d))?{SPACE}?([ap])\.?m\b\.?", re.I)
_EN_NEXT_DAY = re.compile(
    rf"(?:{SPACE}?[-–—−]{SPACE}?|{SPACE}(?:to|and){SPACE}){_DAY}(?!\d|[ ](?:{_EN_MONTH}))(?:,?{SPACE}(\d{{4}})(?!\d))?"
)
_EN_FIRST_DAY = re.compile(rf"(?<![\d.,]){_DAY}{SPACE}?(?:[-–—−]|to|and){SPACE}?(?=\d)")
_EN_NO_ORDINAL = re.compile(
    r"\b(?:for the first time|in the first place|first and foremost|(?:one|two)[ -]thirds?)\b", re.I
)
_EN_ORDINAL_WORD = re.compile(rf"\b(?:({'|'.join(words.TENS_EN)})-)?({alternatives(words.ORDINALS_EN)})\b", re.I)
_EN_WORD = alternatives(words.ENGLISH)
_EN_TIMES = "hundred|thousand|million|billion|trillion|mln|bln|trn|bn|mn|tn"
_EN_MONEY = "|".join(
    re.escape(word) for word in sorted(words.CURRENCIES, key=len, reverse=True) if re.match("[a-z]", word)
)
_EN_NUMBER = re.compile(
    rf"(?<![\w.,])(?:({PLAIN})|((?:{_EN_WORD})(?:[ -](?:{_EN_WORD}))*)(?![\w]))"
    rf"((?:[ \u00a0-](?:{_EN_TIMES})(?!\w))*)(?:[ \u00a0-](percent(?:age{SPACE}points?)?|per{SPACE}cent)\b)?"
    rf"(?:[ \u00a0-]({_EN_MONEY})(?!\w))?",
    re.I,
)
_EN_ALONE = re.compile(
    rf"\b(?:(half|(?:a{SPACE})?quarter{SPACE}of){SPACE})?(?:an?|one){SPACE}"
    rf"(thousand|million|billion|trillion|hundred)(?:{SPACE}(thousand|million|billion|trillion))?(?!\w)"
    rf"(?:{SPACE}({_EN_MONEY})(?!\w))?",
    re.I,
)
_EN_HALF = re.compile(
    rf"(?<![\w.,-])(one|{_EN_WORD}){SPACE}and{SPACE}a{SPACE}half(?:{SPACE}({_EN_TIMES})(?!\w))?"
    rf"(?:{SPACE}(percent(?:age{SPACE}points?)?|per{SPACE}cent)\b)?(?:{SPACE}({_EN_MONEY})(?!\w))?",
    re.I,
)


def english(finder: Finder) -> None:
    for match in finder.each(_EN_CLOCK):
        hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
        finder.add(*match.span(), Decimal(hour * 100 + int(match[2] or 0)), "time")
    for match in finder.each(_EN_DATE):
        month, day = words.MONTHS_EN[match[1].lower()], int(match[2])
        if valid(month, day) and day:
            finder.add(*match.span(), date_value(int(match[3] or 0), month, day), "date")
    for match in finder.each(_EN_DATE_BRITISH):
        month, day = words.MONTHS_EN[match[2].lower()], int(match[1])
        if valid(month, day) and day:
            finder.add(*match.span(), date_value(int(match[3] or 0), month, day), "date")
    for match in finder.each(_EN_MONTH_YEAR):
        finder.add(*match.span(), date_value(int(match[2]), words.MONTHS_EN[match[1].lower()]), "date")
    for match in finder.each(_EN_NEXT_DAY):
        follow(finder, match, int(match[1]))
        if match[2]:
            finder.dated(match.start(), match.end(), int(match[2]))
    for match in finder.each(_EN_FIRST_DAY):
        lead(finder, match)
    roman(finder, 2)
    for match in finder.each(_EN_NO_ORDINAL):
        finder.skip(*match.span())
    for match in finder.each(_EN_ORDINAL):
        finder.add(*match.span(), Decimal(match[1]), "ordinal")
    for match in finder.each(_EN_ORDINAL_WORD):
        if (
            match[2].lower() not in ("first", "second")
            or match[1]
            or re.search(r"\b(?:the|a|its|their|his)\W$", finder.text[: match.start()], re.I)
        ):
            tens = words.TENS_EN.get((match[1] or "").lower(), 0)
            finder.add(*match.span(), Decimal(tens + words.ORDINALS_EN[match[2].lower()]), "ordinal")
    symbols(finder, "en")
    for match in finder.each(_EN_YEAR):
        finder.add(*match.span(), Decimal(match[1]), "year")
    for match in finder.each(_EN_HALF):
        half = Decimal(dict(words.ENGLISH).get(match[1].lower(), 1)) + Decimal("0.5")
        half *= words.MULTIPLIERS_EN[match[2].lower()] if match[2] else 1
        unit = words.CURRENCIES.get((match[4] or "").lower(), "")
        kind: Sort = "percent" if match[3] else "money" if unit else "number"
        finder.add(match.start(), match.end(3) if match[3] else match.end(), half, kind, unit)
    _english_alone(finder)
    for match in finder.each(_EN_NUMBER):
        value = plain(match[1], "en") if match[1] else spelt(match[2], dict(words.ENGLISH))
        for times in re.split(r"[ \u00a0-]", match[3].lower()):
            if times and value is not None:
                value *= words.MULTIPLIERS_EN[times]
        if match[4]:
            finder.add(match.start(), match.end(4), value, "percent")
        else:
            unit = words.CURRENCIES.get((match[5] or "").lower(), "")
            finder.add(*match.span(), value, "money" if unit else "number", unit)


def _english_alone(finder: Finder) -> None:
    """A million, half a million, a hundred thousand."""
    for match in finder.each(_EN_ALONE):
        value = words.MULTIPLIERS_EN[match[2].lower()] * words.MULTIPLIERS_EN.get((match[3] or "").lower(), Decimal(1))
        if match[1]:
            value /= 2 if match[1].lower() == "half" else 4
        unit = words.CURRENCIES.get((match[4] or "").lower(), "")
        finder.add(*match.span(), value, "money" if unit else "number", unit)
