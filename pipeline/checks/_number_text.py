"""Reading numbers for comparison: what hides them is put aside, and every Chinese numeral is at hand to explain one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pipeline.checks.base import View
from pipeline.languages.numbers_base import Number
from pipeline.model import Lang, Span


def tidy(text: str, lang: str) -> str:
    """Without what hides a number: spaces and 多 before 万, the 万 that ends a range, $5bn; decades become years."""
    if lang == "zh":
        text = _THOUSAND_UNITS.sub(lambda match: _ONE_SIGN[match[0][1]], text)
        text = _INNER_GAP.sub("", text)
        text = _DECADE.sub(lambda match: f"{(int(match[1]) - 1) * 100 + int(match[2])}年代", text)
        text = _TENTHS.sub(lambda match: f"{_DIGITS[match[1]]}{5 if match[2] else 0}%", text)
        return _RANGE.sub(r"\1\3\2\3", text)
    if lang == "en":
        text = _GLUED.sub(" ", text)
        return _SHORT_MONEY.sub(lambda match: match[1] + _MONEY_NAMES[match[2]], text)
    return text


# 千 of a unit is no number (百万千瓦); the unit is written with one sign, so that its size is not lost
_ONE_SIGN = {"瓦": "瓩", "克": "公斤", "米": "公里", "卡": "大卡", "赫": "赫", "伏": "伏"}
_THOUSAND_UNITS = re.compile(r"千[瓦克卡赫伏]|(?<=\d)千米")
_INNER_GAP = re.compile(r"(?<=\d)\s*[多余几]?\s*(?=[万亿千百])|(?<=\d)\s+(?=[年月日个世元])|(?<=[世纪年月])\s+(?=\d)")
_DECADE = re.compile(r"(\d{2})世纪(\d0)年代")
_RANGE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(\s?[至到~～—-]\s?\d+(?:\.\d+)?)([万亿]+)")
_GLUED = re.compile(r"(?<=\d)(?=(?:thousand|million|billion|trillion)\b)")
_SHORT_MONEY = re.compile(r"([£$€¥]\d+(?:\.\d+)?)(bn|m|tn|k)\b")
_MONEY_NAMES = {"bn": " billion", "m": " million", "tn": " trillion", "k": " thousand"}


SCALES = (
    *((stem, 10**12) for stem in ("трлн", "триллион", "trillion")),
    *((stem, 10**9) for stem in ("млрд", "миллиард", "billion")),
    *((stem, 10**6) for stem in ("млн", "миллион", "million")),
    *((stem, 10**3) for stem in ("тыс", "thousand")),
)


_HUNDRED = 100  # «1,7 миллионами четыре года назад» are two numbers


def _merged(found: list[Number], text: str) -> list[Number]:
    """«1 млрд 408,28 млн» is one number."""
    out: list[Number] = []
    for number in found:
        last = out[-1] if out else None
        if last is not None and last.value and number.value and last.kind in ("number", "money") and not last.unit:
            scaled = any(stem in last.span.of(text) for stem, _ in SCALES)
            exact = number.value >= _HUNDRED or any(stem in number.span.of(text) for stem, _ in SCALES)
            if (
                scaled
                and exact
                and text[last.span.end : number.span.start] in (" ", "\u00a0")
                and number.value < last.value
            ):
                out[-1] = replace(number, span=Span(last.span.start, number.span.end), value=last.value + number.value)
                continue
        out.append(number)
    return out


# 四成, 超八成五: tenths; not 一成不变, 建成, 八成新
_TENTHS = re.compile(
    r"(?<![\d零〇一二三四五六七八九十百第])([一二三四五六七八九])成(五|半)?(?![不新为员立功果本长效套一-十])"
)
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_POWERS = {"十": 10, "百": 100, "千": 1000}


def _han_value(run: str) -> Decimal:
    """千亿, 十万, 百万, 亿: a row of Chinese numerals; a power without a digit before it stands for one."""
    total = section = digit = 0
    for mark in run:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _POWERS:
            section += (digit or 1) * _POWERS[mark]
            digit = 0
        else:
            power = 10**4 if mark == "万" else 10**8
            total, section, digit = (total + (section + digit or 1)) * power, 0, 0
    return Decimal(total + section + digit)


def han_numbers(text: str) -> list[Number]:
    """Every row of Chinese numerals with a power of ten in it, whatever stands around it: explains, never demands."""
    return [Number(Span(*match.span()), _han_value(match[0]), "number") for match in _HAN_ROW.finditer(text)]


_HAN_ROW = re.compile(r"(?<![\d.零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]*[十百千万亿]")


_GAP = re.compile(r"(?<=\d)\s+(?=[万亿千百年月日世元])|(?<=[世纪年月])\s+(?=\d)")


@lru_cache(maxsize=256)
def read(text: str, lang: Lang) -> tuple[Number, ...]:
    """All numbers of a text; several checks ask for those of one segment."""
    from pipeline.languages.numbers import numbers

    return numbers(text, lang)


def target_numbers(view: View) -> list[Number]:
    """Numbers of the target; in Chinese, spaces inside numbers are read over."""
    text = view.target
    if view.target_lang != "zh" or not _GAP.search(text):
        if view.target_lang == "ru":
            text = text.replace("ё", "е").replace("Ё", "Е")
        return _merged(list(read(text, view.target_lang)), text)
    dropped = {at for match in _GAP.finditer(text) for at in range(*match.span())}
    kept = [at for at in range(len(text)) if at not in dropped]
    found = read("".join(text[at] for at in kept), "zh")
    return [replace(n, span=Span(kept[n.span.start], kept[n.span.end - 1] + 1)) for n in found]
