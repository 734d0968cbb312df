"""Where numbers stand in a text: the patterns of each language, the longer reading before the shorter."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.languages import numbers_words as words
from pipeline.languages.numbers_base import (
    HAN,
    HAN_DIGIT,
    PLAIN,
    SPACE,
    Finder,
    alternatives,
    date_value,
    plain,
    valid,
)
from pipeline.model import Lang

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d|\.\d)")
_CLOCK = re.compile(r"(?<![\d:：])([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?![\d:：]|[ \u00a0]?[apAP]\.?[mM])")
_PERCENT = re.compile(rf"({PLAIN}){SPACE}?([%％‰])")


def common(finder: Finder, lang: Lang) -> None:
    """Dates and times in digits, percentages: alike in all three languages."""
    if not finder.figures:
        return
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


_ROMAN = re.compile(r"(?<![\w.])(?=[IVXL])(X{0,3}|XL|L?X{0,3})(IX|IV|V?I{0,3})(?![\w’'])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def roman(finder: Finder, shortest: int) -> None:
    """Roman numerals count things in order: XX съезд, глава VI, Part II."""
    for match in finder.each(_ROMAN):
        values = [_ROMAN_VALUES[char] for char in match[0]]
        heading = match.start() == 0 and finder.text[match.end() : match.end() + 1] in (".", ")")
        if len(values) >= shortest and not heading:
            total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
            finder.add(*match.span(), Decimal(total), "ordinal")


def follow(finder: Finder, match: re.Match[str], day: int, group: int = 1) -> None:
    """A second day after a date, which has the month and year of that date: 3月9日至20日, March 9-20."""
    last = next((one for one in reversed(finder.found) if one.kind == "date" and one.span.end == match.start()), None)
    if last is not None and last.value is not None and 1 <= day <= 31:
        finder.add(match.start(group), match.end(), last.value - last.value % 100 + day, "date")


def lead(finder: Finder, match: re.Match[str]) -> None:
    """A first day before a date: 9–20 марта, 3 и 4 ноября, 9-20 March."""
    after = next((one for one in finder.found if one.kind == "date" and one.span.start == match.end()), None)
    if after is not None and after.value is not None and 1 <= int(match[1]) <= 31:
        finder.add(match.start(1), match.end(1), after.value - after.value % 100 + int(match[1]), "date")


# --- Chinese

# A weekday or a heading is no number: 星期三, 二、 at the beginning of a line, （三）.
_ZH_PLACES = re.compile(
    rf"(?:星期|礼拜|周)[一二三四五六](?![\d年月])|(?m:^\s*[（(]?[{HAN_DIGIT}十]{{1,3}}[)）、．.])|（[{HAN_DIGIT}十]{{1,3}}）"
)
# Names that hold numerals and are not numbers: plans, slogans, committees, idioms.
_ZH_NAMES = re.compile(
    '[“"]?十[一二三四五六]五[”"]?(?=规划|时期|期间|以来|末|收官|开局|[“”"，。、的])|“[一二三四五六七八九十两百千双]+[^”“]{0,6}”'
    "|两年期|两用|两会|一带一路|一国两制|二十国集团|两会|三农|四个自信|四个意识|两个维护|两个确立|五位一体|四个全面|九一八|七七事变|八一|五一|六一|十一黄金周"
    "|千方百计|千家万户|千千万万|万众一心|一心一意|一五一十|三三两两|五湖四海|四面八方|百花齐放|百家争鸣|十全十美|千载难逢|万无一失|独一无二"
    rf"|(?<![\d.{HAN}])[一万千百](?:致|定|般|些|直|旦|切|贯|样|起|同|道|体|线|流|律|概|时|再|向|方面|系列|批|分子|分|带|面|行|经|并|味|部分)(?!年)|"
    rf"统一|唯一|同一|之一|第一书记|一把手|[退入队落为行]伍"
    "|万里长城|千里|百姓|百年|千年|百货|百度|百科|万象|万物|万一|万岁|千万(?=要|不|别)|老百姓|两岸|两国|两军|两党|两院|双边|三峡|三亚|四川|五粮液|六安|九江|十堰|七台河|八达岭|百色"
)
_ZH_YEAR = rf"(?:\d{{4}}|[{HAN_DIGIT}]{{4}})"
_ZH_SMALL = rf"(?:\d{{1,2}}|[{HAN_DIGIT}十]{{1,3}})"
_ZH_DATE = re.compile(
    rf"(?:({_ZH_YEAR})年)?({_ZH_SMALL})月(?:份|({_ZH_SMALL})(?:[日号]|(?=[至和、—–-]{_ZH_SMALL}日)))?"
)
_ZH_ONLY_YEAR = re.compile(rf"({_ZH_YEAR})年(?!级)")
_ZH_SHORT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[—–~至-](?:19|20)\d\d年)")
_ZH_PERCENT = re.compile(
    rf"百分之([{HAN}点]+|\d+(?:\.\d+)?)|千分之([{HAN}点]+|\d+(?:\.\d+)?)|([{HAN}\d.]+(?:点[{HAN_DIGIT}]+)?)个百分点"
)
_ZH_ORDINAL = re.compile(rf"第(\d+(?:\.\d+)?[百千万亿]+|\d+|[{HAN}]+)")
_ZH_MONEY = f"(?:{alternatives([word for word in words.CURRENCIES if not word.isascii() and ord(word[0]) > 0x3000])})"
_ZH_SYMBOL = re.compile(rf"(US\$|HK\$|RMB|[$¥￥€₽£])({PLAIN})([万亿千百]*)")
_ZH_NUMBER = re.compile(
    rf"(?:({PLAIN})([十百千万亿]*)|([{HAN}]+(?:点[{HAN_DIGIT}]+[十百千万亿]*)?))[多余几]?(?:个)?({_ZH_MONEY})?"
)
_ZH_CLOCK = re.compile(
    rf"(上午|中午|下午|晚上|晚|凌晨|早上|傍晚)?({_ZH_SMALL})[时点](?!间|期|代|候|速|评)(?:({_ZH_SMALL})分|整|半|钟)?"
)
_ZH_NEXT_DAY = re.compile(rf"(?<=[日\d{HAN_DIGIT}十])(?:至|到|、|和|—|–|-|～|~)({_ZH_SMALL})日")
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
    for match in finder.each(_ZH_NEXT_DAY):
        follow(finder, match, int(_han_value(match[1]) or 0))
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
        hour, minute = int(_han_value(match[2]) or 0), int(_han_value(match[3] or "零") or 0)
        bare = match[1] is None and match[3] is None and match[0][-1] in "时点"
        if hour <= 24 and minute < 60 and not bare:
            hour += 12 if match[1] in ("下午", "晚上", "晚", "傍晚") and hour < 12 else 0
            finder.add(*match.span(), Decimal(hour * 100 + (30 if match[0][-1] == "半" else minute)), "time")
    for pattern in (_ZH_PLACES, _ZH_NAMES):
        for match in finder.each(pattern):
            finder.skip(*match.span())
    for match in finder.each(_ZH_ORDINAL):
        if (value := _han_value(match[1])) is not None:
            finder.add(*match.span(), value, "ordinal")
    roman(finder, 2)
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
    rf"(?<![\d,.])(\d{{4}})(?=(?:{SPACE}?[-–—−]{SPACE}?|{SPACE}и{SPACE})\d{{4}}{SPACE}?(?:гг?\.|год))"
)
_RU_ORDINAL = re.compile(r"(?<![\d.,-])(\d+)-?(?:й|я|е|го|ому|му|ым|м|ой|ую|ю|х|ый|ая|ое|ые|ых)(?![а-яё])", re.I)
_RU_CLOCK = re.compile(
    rf"(?<![\d.,])([01]?\d|2[0-4]){SPACE}?(?:ч\.|час(?:а|ов)?)(?:{SPACE}?([0-5]?\d){SPACE}?(?:м\.|мин\.|"
    rf"минут[аы]?))?(?![а-яё])"
)
_RU_FIRST_DAY = re.compile(rf"(?<![\d.,])(\d{{1,2}}){SPACE}?(?:[-–—−]|и|по){SPACE}?(?=\d)")
_RU_ADVERB = re.compile(rf"\bв{SPACE}перв(?:ую{SPACE}очередь|ых{SPACE}рядах)|\bво-(?:первых|вторых)|в-третьих", re.I)
_RU_TENS = "двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто"
_RU_ORDINAL_WORD = re.compile(
    rf"\b(?:({_RU_TENS}){SPACE})?({alternatives(words.ORDINAL_STEMS_RU)})(?:ый|ий|ой|ая|ое|ые|ого|его|ому|"
    rf"ему|ым|им|ом|ем|ую|ых|ыми|"
    r"(?<=трет)(?:ья|ье|ьи|ьего|ьей|ьему|ьим|ьем|ью|ьих))\b",
    re.I,
)
_RU_TIMES = "|".join(re.escape(word) for word in sorted(words.MULTIPLIERS_RU, key=len, reverse=True))
_RU_MONEY = "|".join(
    re.escape(word) for word in sorted(words.CURRENCIES, key=len, reverse=True) if re.match("[а-яё]", word)
)
_RU_WORD = "|".join(re.escape(word) for word in sorted(words.RUSSIAN, key=len, reverse=True))
_RU_FIRST = "".join(sorted({word[0] for word in words.RUSSIAN}))
_RU_PERCENT = rf"процент(?:а|ов|ам|ами|ах|ы|е|ом|ный)?\b|процентн[а-я]+{SPACE}пункт[а-я]*|п\.{SPACE}?п\."
_RU_NUMBER = re.compile(
    rf"(?=[\d{_RU_FIRST}])(?<![\w.,])(?:({PLAIN})|((?:{_RU_WORD})(?:{SPACE}(?:{_RU_WORD}))*)(?![а-яё]))"
    rf"(?:(?:{SPACE}с{SPACE}(?:лишним|небольшим))?{SPACE}({_RU_TIMES})(?![а-яё]))?(?:{SPACE}({_RU_PERCENT}))?"
    rf"(?:{SPACE}({_RU_MONEY})(?![а-яё]))?",
    re.I,
)
_RU_ALONE = re.compile(
    rf"(?<![\w-])(тысяча|тысячу|миллион|миллиард|триллион)(?![\w-])(?:{SPACE}({_RU_MONEY})(?![а-яё]))?", re.I
)
# «два с половиной миллиона», «полтора процента»; «полмиллиона»; «десятитысячный», «50-миллионный»
_RU_HALF = re.compile(
    rf"(?<![\w-])(?:({_RU_WORD}){SPACE}с{SPACE}половиной|полтор[аы]|полутора)(?:{SPACE}({_RU_TIMES})(?![а-яё]))?"
    rf"(?:{SPACE}({_RU_PERCENT}))?(?:{SPACE}({_RU_MONEY})(?![а-яё]))?",
    re.I,
)
_RU_PART = re.compile(
    rf"(?<![\w-])(пол|полу|четверть{SPACE}|треть{SPACE})(тысяч|миллион|миллиард|триллион)[а-я]{{0,3}}"
    rf"(?:{SPACE}({_RU_MONEY})(?![а-яё]))?",
    re.I,
)
_RU_GREAT = re.compile(
    rf"(?<![\w,.-])(?:(\d+(?:,\d+)?)-?|({alternatives(words.COMPOUND_STEMS_RU)}))(тысяч|миллион|"
    rf"миллиард)н(?:ый|ая|ое|ые|ого|ой|ому|ую|ым|ом|ых|ыми)\b",
    re.I,
)
_SYMBOL = re.compile(
    rf"(US\$|HK\$|RMB|CNY|USD|EUR|[$¥￥€₽£]){SPACE}?({PLAIN})(?:[ \u00a0-]({{}})(?![\w]))?".replace(
        "{}", "|".join([_RU_TIMES, "thousand|million|billion|trillion|mln|bln|trn|bn|mn|tn|[mbk]"])
    ),
    re.I,
)


def spelt(text: str, table: dict[str, int]) -> Decimal:
    return Decimal(sum(table[word] for word in re.split(r"[\s\u00a0-]+", text.lower().replace("ё", "е"))))


def symbols(finder: Finder, lang: Lang) -> None:
    if not finder.figures:
        return
    for match in finder.each(_SYMBOL):
        value = plain(match[2], lang)
        times = (match[3] or "").lower()
        factor = words.MULTIPLIERS_RU.get(times) or words.MULTIPLIERS_EN.get(times) or Decimal(1)
        finder.add(
            *match.span(), value * factor if value is not None else None, "money", words.SYMBOLS[match[1].upper()]
        )


_WHOLE_RU = {"тысяч": "тысяча", "миллион": "миллион", "миллиард": "миллиард", "триллион": "триллион"}


def russian(finder: Finder) -> None:
    if finder.figures:
        _russian_dates(finder)
    for match in finder.each(_RU_ADVERB):
        finder.skip(*match.span())
    roman(finder, 1)
    low = finder.text.lower()
    great = "тысяч" in low or "миллион" in low or "миллиард" in low or "триллион" in low
    for match in finder.each(_RU_GREAT) if great else ():
        count = Decimal((match[1] or "").replace(",", ".") or words.COMPOUND_STEMS_RU[match[2].lower()])
        finder.add(*match.span(), count * words.MULTIPLIERS_RU[_WHOLE_RU[match[3].lower()]], "ordinal")
    for match in finder.each(_RU_PART) if great else ():
        part = {"п": Decimal("0.5"), "ч": Decimal("0.25"), "т": Decimal(1) / 3}[match[1][0].lower()]
        unit = words.CURRENCIES.get((match[3] or "").lower(), "")
        whole = (part * words.MULTIPLIERS_RU[_WHOLE_RU[match[2].lower()]]).quantize(Decimal(1))
        finder.add(*match.span(), whole, "money" if unit else "number", unit)
    for match in finder.each(_RU_HALF) if "полтор" in low or "полутор" in low or "половиной" in low else ():
        half = Decimal(words.RUSSIAN[match[1].lower()] if match[1] else 1) + Decimal("0.5")
        half *= words.MULTIPLIERS_RU[match[2].lower()] if match[2] else 1
        unit = words.CURRENCIES.get((match[4] or "").lower(), "")
        if match[3]:
            finder.add(match.start(), match.end(3), half, "percent")
        else:
            finder.add(*match.span(), half, "money" if unit else "number", unit)
    for match in finder.each(_RU_ORDINAL) if finder.figures else ():
        finder.add(*match.span(), Decimal(match[1]), "ordinal")
    for match in finder.each(_RU_ORDINAL_WORD):
        tens = words.RUSSIAN[match[1].lower()] if match[1] else 0
        finder.add(*match.span(), Decimal(tens + words.ORDINAL_STEMS_RU[match[2].lower()]), "ordinal")
    symbols(finder, "ru")
    for match in finder.each(_RU_NUMBER):
        value = plain(match[1], "ru") if match[1] else spelt(match[2], dict(words.RUSSIAN))
        if value is not None and match[3]:
            value *= words.MULTIPLIERS_RU[match[3].lower()]
        if match[4]:
            finder.add(match.start(), match.end(4), value, "percent")
        else:
            unit = words.CURRENCIES.get(match[5] or "") or words.CURRENCIES.get((match[5] or "").lower(), "")
            finder.add(*match.span(), value, "money" if unit else "number", unit)
    for match in finder.each(_RU_ALONE) if great else ():
        unit = words.CURRENCIES.get((match[2] or "").lower(), "")
        finder.add(*match.span(), words.MULTIPLIERS_RU[match[1].lower()], "money" if unit else "number", unit)


def _russian_dates(finder: Finder) -> None:
    """What has figures in it for certain: dates, times of day, years."""
    for match in finder.each(_RU_DATE):
        month = words.MONTHS_RU[match[2].lower()]
        if valid(month, int(match[1])):
            finder.add(*match.span(), date_value(int(match[3] or 0), month, int(match[1])), "date")
    for match in finder.each(_RU_MONTH_YEAR):
        finder.add(*match.span(), date_value(int(match[2]), words.MONTHS_RU[match[1].lower()]), "date")
    for match in finder.each(_RU_FIRST_DAY):
        lead(finder, match)
    for match in finder.each(_RU_CLOCK):
        if match[2] or finder.text[: match.start()].endswith(("в ", "В ", "к ", "до ", "с ", "после ")):
            finder.add(*match.span(), Decimal(int(match[1]) * 100 + int(match[2] or 0)), "time")
    for pattern in (_RU_YEAR, _RU_YEARS):
        for match in finder.each(pattern):
            if 1000 <= int(match[1]) <= 2999:
                finder.add(*match.span(), Decimal(match[1]), "year")
