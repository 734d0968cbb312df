"""Reading numbers for comparison: what hides them is put aside, and every Chinese numeral is at hand to explain one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pipeline.checks.base import View
from pipeline.languages import numbers_words as words
from pipeline.languages.numbers_base import Number
from pipeline.model import Lang, Span


@lru_cache(maxsize=256)
def tidy(text: str, lang: str) -> str:
    """Without what hides a number: spaces and 多 before 万, the 万 that ends a range, $5bn; decades become years. A
    character reference (&#39;) is none."""
    if "&#" in text:
        text = _REFERENCE.sub(lambda match: " " * len(match[0]), text)
    if lang == "zh":
        text = _THOUSAND_UNITS.sub(lambda match: _ONE_SIGN[match[0][1]], text)
        text = _THOUSAND_BITS.sub("K", text)
        text = _INNER_GAP.sub("", text)
        text = _FEVER.sub(lambda m: f"{words.han(m[1]) if m[1][0] in _DIGITS else m[1]}.{_digits(m[2])}度", text)
        text = _COINS.sub(lambda m: f"{_han_value(m[1])}.{_digits(m[2])}块{m[3]}", text)
        text = _HALF_MEASURES.sub(lambda m: f"{_digits(m[1])}.{_digits(m[3])}{_digits(m[4] or '')}{m[2]}", text)
        text = _ROUTE.sub(lambda m: _digits(m[0]), text)
        text = _SPLIT_SECONDS.sub(r"\1.\2秒", text)
        text = _TAELS.sub("兩", text)
        text = _CLASSES.sub(r"\1、\2", text)
        text = _TWO_OR_THREE.sub(lambda match: str(_DIGITS[match[0][1]]), text)
        text = _DECADE.sub(lambda match: f"{(int(match[1]) - 1) * 100 + int(match[2])}年代", text)
        text = _TENTHS.sub(lambda match: f"{_DIGITS[match[1]]}{5 if match[2] else 0}%", text)
        text = _FRACTION.sub(lambda match: f"{100 * _DIGITS[match[2]] // _WHOLES[match[1]]}%", text)
        return _RANGE.sub(_shared, text)
    if lang == "en":
        text = _GLUED.sub(" ", text)
        return _SHORT_MONEY.sub(lambda match: match[1] + _MONEY_NAMES[match[2]], text)
    return text


_REFERENCE = re.compile(r"&#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});")
# 千 of a unit is no number (百万千瓦); the unit is written with one sign, so that its size is not lost
_ONE_SIGN = {"瓦": "瓩", "克": "公斤", "米": "公里", "卡": "大卡", "赫": "赫", "伏": "伏"}
_THOUSAND_UNITS = re.compile(r"千[瓦克卡赫伏]|(?<=\d)千米")
_THOUSAND_BITS = re.compile("千(?=比特|字节)")
_INNER_GAP = re.compile(
    r"(?<=\d)\s*[多余几]?\s*(?=[万亿千百])|(?<=[一二三四五六七八九十百千])[多余](?=[万亿])|(?<=\d)\s+(?=[年月日个世元])|(?<=[世纪年月])\s+(?=\d)"
)
_FEVER = re.compile(r"(三十[一二三四五六七八九]|四十[一二]?|(?<!\d)[34]\d)度([一二三四五六七八九\d])(?![\d度])")
# 一米六五, 两块五, 六斤八两
_HALF_MEASURES = re.compile(
    r"(?<![点百千万亿〇零.第])([一二两三四五六七八九]|\d+)(米|块|斤)([一二三四五六七八九半])([一二三四五六七八九])?"
    r"(?![一二三四五六七八九十百千万亿元米斤块点个名条])[两毛]?"
)
# 三百一十二块五毛
_COINS = re.compile(
    r"(?<![点\d零〇一二两三四五六七八九十百千万亿第])([零〇一二两三四五六七八九十百千]*[十百千零〇][零〇一二两三四五六七八九十百千]*)块"
    r"([一二两三四五六七八九])毛?(钱|(?=[，。；、！？”]|$))"
)
_SPLIT_SECONDS = re.compile(r"(?<![\d.])(\d{1,2})秒(\d{1,3})(?![\d分秒])")  # 55秒38
_ROUTE = re.compile(
    "(?<![零〇一二两三四五六七八九十百千万点第])[一二三四五六七八九][零〇一二三四五六七八九]{2}(?=路)"
)  # a bus
# 两三块钱 is no 23
_TWO_OR_THREE = re.compile(
    r"(?<![零〇○一二两三四五六七八九点\d])(?:两三|三四|三五|四五|五六|六七|七八|八九)(?=[块个天年名人次条件里户家斤米岁]|公里|小时)"
)
_TAELS = re.compile(r"(?<=[十百千万亿])两(?=[多余]?(?:白|纹|黄|的)?[银金](?![亿万牌]))")  # of silver, no digit
# 一二年级 are two classes
_CLASSES = re.compile(r"(?<![零〇一二三四五六七八九十])([一二三四五])([二三四五六])(?=年级)")
_DECADE = re.compile(r"(\d{2})世纪(\d0)年代")
_RANGE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(\s?[至到~～—-]\s?\d+(?:\.\d+)?)([万亿]+)")
_GLUED = re.compile(r"(?<=\d)(?=(?:thousand|million|billion|trillion)\b)")
_SHORT_MONEY = re.compile(r"([£$€¥]\d+(?:\.\d+)?)(bn|m|tn|k)\b")
_MONEY_NAMES = {"bn": " billion", "m": " million", "tn": " trillion", "k": " thousand"}


def _shared(match: re.Match[str]) -> str:
    """3至5万 is 3万至5万; 400至1万 is not."""
    last = float(re.findall(r"\d+(?:\.\d+)?", match[2])[0])
    return f"{match[1]}{match[3]}{match[2]}{match[3]}" if float(match[1]) < last else match[0]


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
    r"(?<![\d零〇一二三四五六七八九十百第])([一二两三四五六七八九])成(五|半)?"
    r"(?![不新为员立功果本长效绩份分因语交年人见批活套就品都群行串对批双批熟一二三四五六七八九十])"
)
# 四分之三: what a share of whole per cents can be said by
_WHOLES = {"二": 2, "四": 4, "五": 5, "十": 10}
_FRACTION = re.compile(
    r"(?<![\d零〇一二两三四五六七八九十百千第])([二四五十])分之([一二三四五六七八九])(?![\d一二三四五六七八九十百])"
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
            total, section, digit = (total + section + digit or 1) * power, 0, 0
    return Decimal(total + section + digit)


def han_numbers(text: str) -> list[Number]:
    """Every row of Chinese numerals with a power of ten in it, whatever stands around it: explains, never demands.

    So do 七折 (70 %, a discount of 30 %), 半斤, 七八十 and feasts named by their date: “双十一”, 九一八, 八一.
    """
    found = [Number(Span(*match.span()), _han_value(match[0]), "number") for match in _HAN_ROW.finditer(text)]
    for match in _OFF.finditer(text):
        left = Decimal(_digits(match[1]).ljust(2, "0"))
        found += [Number(Span(*match.span()), value, "percent") for value in (left, 100 - left)]
    for match in _ABOUT.finditer(text):
        for digit in match.groups()[:2]:
            found.append(Number(Span(*match.span()), _han_value(digit + match[3]), "number"))
    for match in _TENS_ABOUT.finditer(text):
        for digit in match.groups()[1:]:
            found.append(Number(Span(*match.span()), _han_value(match[1] + digit), "number"))
    for match in _NAMED_DIGITS.finditer(text):
        found.append(Number(Span(*match.span()), Decimal(_digits(match[1])), "number"))
    for match in _TENS_AND_SOME.finditer(text):
        found.append(Number(Span(*match.span()), _han_value(match[1] + match[2]), "number"))
    for match in _SHORT_YEAR.finditer(text):
        year = int(_digits(match[1]))
        found.append(Number(Span(*match.span()), Decimal(year + (1900 if year > _THIS_CENTURY else 2000)), "year"))
    for match in _HALF_JIN.finditer(text):
        found += [Number(Span(*match.span()), Decimal(value), "number") for value in ("0.5", "250", "0.25")]
    for match in _FEASTS.finditer(text):
        month, day = _FEAST_DAYS[match[1] or match[2]]
        found += [Number(Span(*match.span()), Decimal(100 * month + day), "date")]
        found += [Number(Span(*match.span()), Decimal(f"{month}.{day:02}"), "number")]  # «распродажа 11.11»
    return found


def about(text: str) -> list[tuple[tuple[int, int], Decimal, Decimal, Decimal]]:
    """(span, first digit, second digit, power) of every 七八十, 两三万: 7, 8, 10; 2, 3, 10000."""
    return [
        (match.span(), _han_value(match[1]), _han_value(match[2]), _han_value(match[3]))
        for match in _ABOUT.finditer(text)
    ]


def _digits(text: str) -> str:
    """六五 -> 65; digits stay."""
    return "".join(str(_DIGITS.get(char, 5 if char == "半" else char)) for char in text)


_OFF = re.compile(r"([一二三四五六七八九]{1,2}|\d{1,2}(?:\.\d)?)折(?![子叠扣叠])")
_ABOUT = re.compile(
    r"(?<![\d.零〇一二两三四五六七八九十百千万亿第])(?=一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)([一二两三四五六七八九])"
    r"([一二三四五六七八九])([十百千万亿]+)(?![一二三四五六七八九])"
)
# 三十七八度: 37 or 38
_TENS_ABOUT = re.compile(
    r"([一二三四五六七八九]?十)(?=一二|二三|三四|三五|四五|五六|六七|七八|八九)([一二三四五六七八九])([二三四五六七八九])(?![十百千万亿])"
)
_NAMED_DIGITS = re.compile(r"“([零〇一二三四五六七八九]{3,4})”")  # “二一一”高校
# 十几万: over a hundred thousand
_TENS_AND_SOME = re.compile(r"((?<![\d第])[一二三四五六七八九]?[十百千])[几来]([万亿])")
_SHORT_YEAR = re.compile(
    r"(?<![\d零〇一二两三四五六七八九十百千万亿第])([零〇一二三四五六七八九]{2})(?=共识|抗洪|洪水|[级届]|南巡)"
)
_THIS_CENTURY = 30
_HALF_JIN = re.compile("半斤")
_FEAST_DAYS = {
    "三八": (3, 8), "五一": (5, 1), "五四": (5, 4), "六一": (6, 1), "七一": (7, 1), "七七": (7, 7), "八一": (8, 1),
    "九三": (9, 3), "九一八": (9, 18), "十一": (10, 1), "双十一": (11, 11), "双十二": (12, 12), "一二·九": (12, 9),
    "双11": (11, 11), "双12": (12, 12), "三一五": (3, 15), "3·15": (3, 15), "五卅": (5, 30), "618": (6, 18),
    "六一八": (6, 18), "九·一八": (9, 18), "一·二八": (1, 28), "七·七": (7, 7), "七·一": (7, 1), "八·一": (8, 1),
    "五·一": (5, 1), "五·四": (5, 4),
}  # fmt: skip
_FEASTS = re.compile(
    rf"[“\"‘]({'|'.join(sorted(_FEAST_DAYS, key=len, reverse=True))})(?!五)|"
    r"(五一|七一|八一|九一八|九三|七七|双十一|双11|五四|三八|六一|五卅)(?=[”\"’节]|前夕|假期|小长假|事变|奖|勋|劳动|运动|期间|学社|学|国际|儿童|建党|建军|购物|妇女)"
)


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
    if "&#" in text:
        text = _REFERENCE.sub(lambda match: " " * len(match[0]), text)
    if view.target_lang != "zh" or not _GAP.search(text):
        if view.target_lang == "ru":
            text = text.replace("ё", "е").replace("Ё", "Е")
            found = [n for n in _merged(list(read(text, "ru")), text) if not _family(n, text)]
            return _with_fen(found, text)
        return _merged(list(read(text, view.target_lang)), text)
    dropped = {at for match in _GAP.finditer(text) for at in range(*match.span())}
    kept = [at for at in range(len(text)) if at not in dropped]
    spread = read("".join(text[at] for at in kept), "zh")
    return [replace(n, span=Span(kept[n.span.start], kept[n.span.end - 1] + 1)) for n in spread]


_COIN = re.compile(r"[ \u00a0](?:фэн|фын)")
_ONE_YUAN = re.compile(r"\bодин[ \u00a0]юань[ \u00a0]$")
_YUAN = re.compile(r"юан\w+[ \u00a0]$")


def _with_fen(found: list[Number], text: str) -> list[Number]:
    """«312 юаней 50 фэней», «пять юаней двадцать» are one sum."""
    out: list[Number] = []
    for number in found:
        before, last = text[: number.span.start], out[-1] if out else None
        if number.kind == "number" and number.value and number.value < _HUNDRED:
            beside = last is not None and last.kind == "money" and text[last.span.end : number.span.start] in " \u00a0"
            if last is not None and last.value and beside and _YUAN.search(before):
                sum_ = last.value + number.value / 100
                out[-1] = replace(last, span=Span(last.span.start, number.span.end), value=sum_)
                continue
            if (one := _ONE_YUAN.search(before)) and _COIN.match(text, number.span.end):
                sum_ = 1 + number.value / 100
                out.append(Number(Span(one.start(), number.span.end), sum_, "money", "CNY"))
                continue
        out.append(number)
    return out


_TO_A = re.compile(r"\b(?:на|в|за|о|про|через|свою|одну|каждую|эту|всю|нашу|и)[ \u00a0]$", re.IGNORECASE)
_WORD = 12  # characters that hold the longest of them with what parts it from the word before
_SEVEN = re.compile(r"[ \u00a0]\w+(?:ами|ями|ью)\b")


def _family(number: Number, text: str) -> bool:
    """Is «семью» a family?"""
    if number.span.of(text).lower() != "семью" or _SEVEN.match(text, number.span.end):
        return False
    return bool(_TO_A.search(text, max(0, number.span.start - _WORD), number.span.start))


_NEAR = 60  # characters that are looked at before a number
_OTHERS = r"(?:друг(?:их|ими|ие|им)|ин(?:ых|ыми|ые)|проч(?:их|ими|ие)|others?)\b"
_BESIDES = (
    re.compile(rf"\b(?:еще|ещё)\s+(?:\S+\s+){{0,2}}$|\b{_OTHERS}\s*$", re.IGNORECASE),
    re.compile(rf"\s*{_OTHERS}", re.IGNORECASE),
)
"""Words right before and right behind a number that counts what stands beside what is named."""


def besides(text: str, number: Span) -> bool:
    """Does the number count what stands beside what is named: «еще двух стран», «с двумя другими странами»?"""
    before, behind = _BESIDES
    return (
        before.search(text[max(0, number.start - _NEAR) : number.start]) is not None
        or behind.match(text, number.end) is not None
    )
