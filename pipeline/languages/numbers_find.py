"""Where numbers stand in a text: the patterns of each language, the longer reading before the shorter."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.languages import numbers_words as words
from pipeline.languages.numbers_base import HAN, HAN_DIGIT, PLAIN, SPACE, Finder, alternatives, date_value, plain, valid
from pipeline.model import Lang

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d|\.\d)")
_CLOCK = re.compile(r"(?<![\d:：])([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?![\d:：])")
_PERCENT = re.compile(rf"({PLAIN}){SPACE}?([%％‰])")


def common(finder: Finder, lang: Lang) -> None:
    """Dates and times in digits, percentages: alike in all three languages."""
    for match in finder.each(_ISO):
        if valid(int(match[2]), int(match[3])):
            finder.add(*match.span(), date_value(*map(int, match.groups())), "date")
    for match in finder.each(_DOTTED):
        day, month, year = map(int, match.groups())
        if valid(month, day):
            finder.add(*match.span(), date_value(year, month, day), "date")
    for match in finder.each(_CLOCK):
        finder.add(*match.span(), Decimal(int(match[1]) * 100 + int(match[2])), "time")
    for match in finder.each(_PERCENT):
        finder.add(*match.span(), plain(match[1], lang), "percent", "‰" if match[2] == "‰" else "")


# --- Chinese

# Names that hold numerals and are not numbers: plans, slogans, committees, idioms.
_ZH_NAMES = re.compile(
    '[“"]?十[一二三四五六]五[”"]?(?=规划|时期|期间|以来|末|收官|开局|[“”"，。、的])|“[一二三四五六七八九十两百千双]+[^”“]{0,6}”'
    "|一带一路|一国两制|二十国集团|两会|三农|四个自信|四个意识|两个维护|两个确立|五位一体|四个全面|九一八|七七事变|八一|五一|六一|十一黄金周"
    "|千方百计|千家万户|千千万万|万众一心|一心一意|一五一十|三三两两|五湖四海|四面八方|百花齐放|百家争鸣|十全十美|千载难逢|万无一失|独一无二"
    "|[一万千百](?:致|定|般|些|直|旦|切|贯|样|起|同|道|体|线|流|律|概|时|再|向|方面|系列|批|分子|分|带|面|行|经|并|味|部分)(?!年)|统一|唯一|同一|之一|第一书记|一把手"
    "|万里长城|千里|百姓|百年|千年|百货|百度|百科|万象|万物|万一|万岁|千万(?=要|不|别)|老百姓|两岸|两国|两军|两党|两院|双边|三峡|三亚|四川|五粮液|六安|九江|十堰|七台河|八达岭|百色"
)
_ZH_YEAR = rf"(?:\d{{4}}|[{HAN_DIGIT}]{{4}})"
_ZH_SMALL = rf"(?:\d{{1,2}}|[{HAN_DIGIT}十]{{1,3}})"
_ZH_DATE = re.compile(rf"(?:({_ZH_YEAR})年)?({_ZH_SMALL})月(?:份|({_ZH_SMALL})[日号])?")
_ZH_ONLY_YEAR = re.compile(rf"({_ZH_YEAR})年(?!级)")
_ZH_SHORT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[—–~至-](?:19|20)\d\d年)")
_ZH_PERCENT = re.compile(rf"百分之([{HAN}点]+|\d+(?:\.\d+)?)|千分之([{HAN}点]+|\d+(?:\.\d+)?)|([{HAN}\d.]+)个百分点")
_ZH_ORDINAL = re.compile(rf"第(\d+|[{HAN}]+)")
_ZH_MONEY = f"(?:{alternatives([word for word in words.CURRENCIES if not word.isascii() and ord(word[0]) > 0x3000])})"
_ZH_SYMBOL = re.compile(rf"(US\$|HK\$|RMB|[$¥￥€₽£])({PLAIN})([万亿千百]*)")
_ZH_NUMBER = re.compile(rf"(?:({PLAIN})([十百千万亿]*)|([{HAN}]+(?:点[{HAN_DIGIT}]+)?))[多余几]?(?:个)?({_ZH_MONEY})?")
_ZH_CLOCK = re.compile(rf"({_ZH_SMALL})[时点](?:({_ZH_SMALL})分|整|半|钟)")
_ZH_VAGUE = re.compile(r"[数几上成][十百千万亿]+")


def _han_value(text: str) -> Decimal | None:
    """Han or digits, also with a decimal 点 and a multiplier after digits: 三点五, 3.5万, 1.2亿."""
    digits = re.fullmatch(rf"({PLAIN})([十百千万亿]*)", text)
    if digits:
        value = plain(digits[1], "zh")
        for char in digits[2]:
            power = words.HAN_POWERS.get(char) or words.HAN_MYRIADS[char]
            value = value * power if value is not None else None
        return value
    whole, point, rest = text.partition("点")
    if not point:
        return words.han(text)
    tail = re.fullmatch(rf"([{HAN_DIGIT}]+)([十百千万亿]*)", rest)
    left = words.han(whole)
    if left is None or not tail:
        return None
    value = Decimal(f"{left}." + "".join(str(words.HAN_DIGITS[char]) for char in tail[1]))
    for char in tail[2]:
        value *= words.HAN_POWERS.get(char) or words.HAN_MYRIADS[char]
    return value


def chinese(finder: Finder) -> None:
    for match in finder.each(_ZH_DATE):
        year, month, day = (int(_han_value(part) or 0) if part else 0 for part in match.groups())
        if valid(month, day) and (
            year or match[3] or "份" in match[0] or not finder.text[match.end() :].startswith("亮")
        ):
            finder.add(*match.span(), date_value(year, month, day), "date")
    for match in finder.each(_ZH_ONLY_YEAR):
        value = _han_value(match[1])
        if value and 1000 <= value <= 2999:
            finder.add(*match.span(), value, "year")
    for match in finder.each(_ZH_SHORT_YEAR):
        finder.add(*match.span(), Decimal(match[1]), "year")
    for match in finder.each(_ZH_PERCENT):
        value = _han_value(next(part for part in match.groups() if part))
        finder.add(*match.span(), value, "percent", "‰" if match[2] else "")
    for match in finder.each(_ZH_CLOCK):
        minute = 30 if "半" in match[0] else int(_han_value(match[2]) or 0) if match[2] else 0
        finder.add(*match.span(), (_han_value(match[1]) or 0) * 100 + Decimal(minute), "time")
    for match in finder.each(_ZH_NAMES):
        finder.skip(*match.span())
    for match in finder.each(_ZH_ORDINAL):
        if (value := _han_value(match[1])) is not None:
            finder.add(*match.span(), value, "ordinal")
    for match in finder.each(_ZH_SYMBOL):
        finder.add(*match.span(), _han_value(match[2] + match[3]), "money", words.SYMBOLS[match[1]])
    for match in finder.each(_ZH_VAGUE):
        finder.skip(*match.span())
    for match in finder.each(_ZH_NUMBER):
        value = _han_value(match[1] + match[2]) if match[1] else _han_value(match[3])
        end = match.end(4) if match[4] else match.end(2) if match[1] else match.end(3)
        if value is None or ((match[3] in ("一", "十", "百", "千", "万", "亿", "零", "〇", "两万万")) and not match[4]):
            continue
        finder.add(
            match.start(), end, value, "money" if match[4] else "number", words.CURRENCIES.get(match[4] or "", "")
        )


# --- Russian

_RU_MONTH = alternatives(words.MONTHS_RU)
_RU_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}}){SPACE}({_RU_MONTH})\b(?:{SPACE}(\d{{4}})(?:{SPACE}?(?:г\.|год[а-я]*))?)?", re.I
)
_RU_MONTH_YEAR = re.compile(rf"\b({_RU_MONTH}){SPACE}(\d{{4}})(?:{SPACE}?(?:г\.|год[а-я]*))?", re.I)
_RU_YEAR = re.compile(rf"(?<![\d,.])(\d{{4}})(?:-(?:й|го|му|м|е|х|ом))?{SPACE}?(?:гг?\.|год[а-я]*)(?![а-яё])", re.I)
_RU_YEARS = re.compile(
    rf"(?<![\d,.])(\d{{4}})(?=(?:{SPACE}?[-–—]{SPACE}?|{SPACE}и{SPACE})\d{{4}}{SPACE}?(?:гг?\.|год))"
)
_RU_ORDINAL = re.compile(r"(?<![\d.,-])(\d+)-(?:й|я|е|го|ому|му|ым|м|ой|ую|ю|х|ый|ая|ое|ые|ых)(?![а-яё])", re.I)
_RU_ORDINAL_WORD = re.compile(
    rf"\b({alternatives(words.ORDINAL_STEMS_RU)})(?:ый|ий|ой|ая|ое|ые|ого|его|ому|ему|ым|им|ом|ем|ую|ых|ыми|"
    r"ья|ье|ьи|ьего|ьей|ьему|ьим|ьем|ью|ьих)\b",
    re.I,
)
_RU_TIMES = "|".join(re.escape(word) for word in sorted(words.MULTIPLIERS_RU, key=len, reverse=True))
_RU_MONEY = "|".join(
    re.escape(word) for word in sorted(words.CURRENCIES, key=len, reverse=True) if re.match("[а-яё]", word)
)
_RU_WORD = "|".join(re.escape(word) for word in sorted(words.RUSSIAN, key=len, reverse=True))
_RU_PERCENT = rf"процент(?:а|ов|ам|ами|ах|ы|е|ом|ный)?\b|процентн[а-я]+{SPACE}пункт[а-я]*|п\.{SPACE}?п\."
_RU_NUMBER = re.compile(
    rf"(?<![\w.,])(?:({PLAIN})|((?:{_RU_WORD})(?:{SPACE}(?:{_RU_WORD}))*)(?![а-яё]))"
    rf"(?:{SPACE}({_RU_TIMES})(?![а-яё]))?(?:{SPACE}({_RU_PERCENT}))?(?:{SPACE}({_RU_MONEY})(?![а-яё]))?",
    re.I,
)
_RU_ALONE = re.compile(
    rf"(?<![\w-])(тысяча|тысячу|миллион|миллиард|триллион)(?![\w-])(?:{SPACE}({_RU_MONEY})(?![а-яё]))?", re.I
)
_SYMBOL = re.compile(
    rf"(US\$|HK\$|RMB|CNY|USD|EUR|[$¥￥€₽£]){SPACE}?({PLAIN})(?:[ \u00a0-]({{}})(?![\w]))?".replace(
        "{}", "|".join([_RU_TIMES, "thousand|million|billion|trillion|mln|bln|trn|bn|mn|tn|[mbk]"])
    ),
    re.I,
)


def _spelt(text: str, table: dict[str, int]) -> Decimal:
    return Decimal(sum(table[word] for word in re.split(r"[\s\u00a0-]+", text.lower().replace("ё", "е"))))


def _symbols(finder: Finder, lang: Lang) -> None:
    for match in finder.each(_SYMBOL):
        value = plain(match[2], lang)
        times = (match[3] or "").lower()
        factor = words.MULTIPLIERS_RU.get(times) or words.MULTIPLIERS_EN.get(times) or Decimal(1)
        finder.add(
            *match.span(), value * factor if value is not None else None, "money", words.SYMBOLS[match[1].upper()]
        )


def russian(finder: Finder) -> None:
    for match in finder.each(_RU_DATE):
        month = words.MONTHS_RU[match[2].lower()]
        if valid(month, int(match[1])):
            finder.add(*match.span(), date_value(int(match[3] or 0), month, int(match[1])), "date")
    for match in finder.each(_RU_MONTH_YEAR):
        finder.add(*match.span(), date_value(int(match[2]), words.MONTHS_RU[match[1].lower()]), "date")
    for pattern in (_RU_YEAR, _RU_YEARS):
        for match in finder.each(pattern):
            if 1000 <= int(match[1]) <= 2999:
                finder.add(*match.span(), Decimal(match[1]), "year")
    for match in finder.each(_RU_ORDINAL):
        finder.add(*match.span(), Decimal(match[1]), "ordinal")
    for match in finder.each(_RU_ORDINAL_WORD):
        finder.add(*match.span(), Decimal(words.ORDINAL_STEMS_RU[match[1].lower().replace("ё", "е")]), "ordinal")
    _symbols(finder, "ru")
    for match in finder.each(_RU_NUMBER):
        value = plain(match[1], "ru") if match[1] else _spelt(match[2], dict(words.RUSSIAN))
        if value is not None and match[3]:
            value *= words.MULTIPLIERS_RU[match[3].lower()]
        if match[4]:
            finder.add(match.start(), match.end(4), value, "percent")
        else:
            unit = words.CURRENCIES.get(match[5] or "") or words.CURRENCIES.get((match[5] or "").lower(), "")
            finder.add(*match.span(), value, "money" if unit else "number", unit)
    for match in finder.each(_RU_ALONE):
        unit = words.CURRENCIES.get((match[2] or "").lower(), "")
        finder.add(*match.span(), words.MULTIPLIERS_RU[match[1].lower()], "money" if unit else "number", unit)


# --- English

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
_EN_ORDINAL_WORD = re.compile(rf"\b(?:(twenty|thirty|forty|fifty)-)?({alternatives(words.ORDINALS_EN)})\b", re.I)
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
    rf"\b(?:an?|one){SPACE}(thousand|million|billion|trillion|hundred)(?!\w)(?:{SPACE}({_EN_MONEY})(?!\w))?", re.I
)


@lru_cache(maxsize=1)
def _english_tens() -> dict[str, int]:
    return {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}


def english(finder: Finder) -> None:
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
    for match in finder.each(_EN_ORDINAL):
        finder.add(*match.span(), Decimal(match[1]), "ordinal")
    for match in finder.each(_EN_ORDINAL_WORD):
        if match[2].lower() != "second" or re.search(
            r"\b(?:the|a|its|their|his)\W$", finder.text[: match.start()], re.I
        ):
            tens = _english_tens().get((match[1] or "").lower(), 0)
            finder.add(*match.span(), Decimal(tens + words.ORDINALS_EN[match[2].lower()]), "ordinal")
    _symbols(finder, "en")
    for match in finder.each(_EN_YEAR):
        finder.add(*match.span(), Decimal(match[1]), "year")
    for match in finder.each(_EN_NUMBER):
        value = plain(match[1], "en") if match[1] else _spelt(match[2], dict(words.ENGLISH))
        for times in re.split(r"[ \u00a0-]", match[3].lower()):
            if times and value is not None:
                value *= words.MULTIPLIERS_EN[times]
        if match[4]:
            finder.add(match.start(), match.end(4), value, "percent")
        else:
            unit = words.CURRENCIES.get((match[5] or "").lower(), "")
            finder.add(*match.span(), value, "money" if unit else "number", unit)
    for match in finder.each(_EN_ALONE):
        unit = words.CURRENCIES.get((match[2] or "").lower(), "")
        finder.add(*match.span(), words.MULTIPLIERS_EN[match[1].lower()], "money" if unit else "number", unit)
