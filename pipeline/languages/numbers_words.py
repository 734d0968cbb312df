"""Numerals as words: Chinese characters, Russian and English number words, multipliers, months, units of money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipeline.languages.palladius_table import listed, pairs

HAN_DIGITS: Mapping[str, int] = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
HAN_POWERS: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
HAN_MYRIADS: Mapping[str, int] = {"万": 10**4, "亿": 10**8, "兆": 10**12}


_SHORT = {"百": "十", "千": "百", "万": "千", "亿": "千万"}  # 六万六 is 66,000: the last digit counts the next power


def han(text: str) -> Decimal | None:
    """A numeral in Chinese characters: 三十五, 二〇二五, 一亿二千万, 十; None where it is none or out of order."""
    if not text:
        return None
    if all(char in HAN_DIGITS for char in text):
        return Decimal(int("".join(str(HAN_DIGITS[char]) for char in text)))
    total = section = digit = 0
    last_power, last_myriad = 10**4, 10**16
    seen_digit = False
    if text.startswith("万亿"):
        text = "一" + text
    if len(text) > 2 and text[-1] in HAN_DIGITS and text[-3] in HAN_DIGITS and text[-2] in _SHORT:
        text += _SHORT[text[-2]]  # 六万六
    for char in text:
        if char in HAN_DIGITS:
            if seen_digit and digit:
                return None  # 三五十
            digit, seen_digit = HAN_DIGITS[char], True
        elif char in HAN_POWERS:
            power = HAN_POWERS[char]
            if power >= last_power or (seen_digit and digit == 0 and power != 10):
                return None
            section += (digit if seen_digit and digit else 1) * power
            digit, seen_digit, last_power = 0, False, power
        elif char in HAN_MYRIADS:
            myriad = HAN_MYRIADS[char]
            part = section + digit
            if not part and not total:
                return None
            total = (total + part) * myriad if myriad > last_myriad or not part else total + part * myriad
            section, digit, seen_digit, last_power, last_myriad = 0, 0, False, 10**4, myriad
        else:
            return None
    return Decimal(total + section + digit)


def _words(text: str, start: int = 0, step: int = 1) -> dict[str, int]:
    """Forms of successive numbers: numbers parted by |, forms of one number by spaces."""
    found: dict[str, int] = {}
    for place, forms in enumerate(text.split("|")):
        for form in forms.split():
            found[form] = start + place * step
    return found


_TENS_RU = "двадцать двадцати двадцатью|тридцать тридцати тридцатью|сорок сорока|пятьдесят пятидесяти пятьюдесятью"
_TENS_RU += "|шестьдесят шестидесяти шестьюдесятью|семьдесят семидесяти семьюдесятью"
_TENS_RU += "|восемьдесят восьмидесяти восемьюдесятью|девяносто девяноста"
_HUNDREDS_RU = "сто ста|двести двухсот двумстам двумястами двухстах|триста трехсот тремстам тремястами трехстах"
_HUNDREDS_RU += "|четыреста четырехсот четыремстам четырьмястами|пятьсот пятисот пятистам пятьюстами"
_HUNDREDS_RU += "|шестьсот шестисот шестистам|семьсот семисот семистам|восемьсот восьмисот восьмистам"
_HUNDREDS_RU += "|девятьсот девятисот девятистам"
_UNITS_RU = "два две двух двум двумя двое двоих|три трех трем тремя трое троих|четыре четырех четырем четырьмя четверо"
_UNITS_RU += (
    "|пять пяти пятью пятеро|шесть шести шестью шестеро|семь семи семью семеро|восемь восьми восемью|девять девяти"
)
_UNITS_RU += "|десять десяти десятью"
_TEENS_RU = "одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать"

RUSSIAN: Mapping[str, int] = {
    "ноль": 0,
    **_words(_UNITS_RU, 2),
    "девятью": 9,
    **{form: value for word, value in _words(_TEENS_RU, 11).items() for form in (word, word[:-1] + "и", word + "ю")},
    **_words(_TENS_RU, 20, 10),
    **_words(_HUNDREDS_RU, 100, 100),
}
"""Number words in all cases, in lower case with ё as е. One (один) is left out: it is mostly no number."""

COMPOUND_STEMS_RU: Mapping[str, int] = {
    **_words("двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти", 2),
    **_words("двадцати|тридцати|сорока|пятидесяти|шестидесяти|семидесяти|восьмидесяти|девяносто", 20, 10),
    **_words("сто|двухсот|трехсот|четырехсот|пятисот|шестисот|семисот|восьмисот|девятисот", 100, 100),
}
"""First parts of «десятитысячный», «двухмиллионный»."""

ENGLISH: Mapping[str, int] = {
    **_words("two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen", 2),
    **_words("seventeen|eighteen|nineteen", 17),
    **_words("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", 20, 10),
}

TENS_EN: Mapping[str, int] = _words("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", 20, 10)

ORDINALS_EN: Mapping[str, int] = _words(
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth",
    1,
)

ORDINAL_STEMS_RU: Mapping[str, int] = _words(
    "перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат|тринадцат|четырнадцат|пятнадцат"
    "|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат",
    1,
)

MULTIPLIERS_RU: Mapping[str, Decimal] = {
    form: Decimal(10) ** power
    for power, forms in (
        (2, "сотни сотен сотням сотнями сотнях"),
        (3, "тыс тыс. тысяча тысячи тысяч тысячу тысяче тысячам тысячами тысячей тысячах"),
        (6, "млн млн. миллион миллиона миллионов миллиону миллионам миллионом миллионами миллионе миллионах"),
        (
            9,
            "млрд млрд. миллиард миллиарда миллиардов миллиарду миллиардам миллиардом миллиардами миллиарде миллиардах",
        ),
        (12, "трлн трлн. триллион триллиона триллионов триллиону триллионам триллионом триллионами триллионах"),
    )
    for form in forms.split()
}

MULTIPLIERS_EN: Mapping[str, Decimal] = {
    form: Decimal(10) ** power
    for power, forms in (
        (2, "hundred"),
        (3, "thousand k"),
        (6, "million mln mn m"),
        (9, "billion bln bn b"),
        (12, "trillion trn tn"),
    )
    for form in forms.split()
}

MONTHS_RU = _words(
    "январь января январе январю январем|февраль февраля феврале февралю февралем"
    "|март марта марте марту мартом|апрель апреля апреле апрелю апрелем|май мая мае маю маем"
    "|июнь июня июне июню июнем|июль июля июле июлю июлем|август августа августе августу августом"
    "|сентябрь сентября сентябре сентябрю сентябрем|октябрь октября октябре октябрю октябрем"
    "|ноябрь ноября ноябре ноябрю ноябрем|декабрь декабря декабре декабрю декабрем",
    1,
)
MONTHS_EN = _words(
    "january jan jan.|february feb feb.|march mar.|april apr apr.|may|june jun jun.|july jul jul.|august aug aug."
    "|september sept sept. sep sep.|october oct oct.|november nov nov.|december dec dec.",
    1,
)
GENITIVE_MONTHS_RU = ("", *listed("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"))

CURRENCIES: Mapping[str, str] = pairs(
    """
    人民币=CNY; 元人民币=CNY; 元=CNY; 块钱=CNY; 美元=USD; 欧元=EUR; 卢布=RUB; 日元=JPY; 港元=HKD; 港币=HKD
    英镑=GBP; 韩元=KRW
    坚戈=KZT; 新台币=TWD; 澳元=AUD; 加元=CAD; 瑞士法郎=CHF
    юань=CNY; юаня=CNY; юаней=CNY; юаням=CNY; юанями=CNY; юанях=CNY; доллар=USD; доллара=USD; долларов=USD
    долларам=USD; долларами=USD; долларах=USD; долл.=USD; долл=USD; евро=EUR; рубль=RUB; рубля=RUB; рублей=RUB
    рублям=RUB; рублями=RUB; руб.=RUB; руб=RUB; иен=JPY; иены=JPY; иена=JPY; тенге=KZT; вон=KRW; фунтов=GBP; фунта=GBP
    гонконгских долларов=HKD; гонконгского доллара=HKD; долларов США=USD; доллара США=USD; долл. США=USD
    yuan=CNY; rmb=CNY; renminbi=CNY; cny=CNY; dollar=USD; dollars=USD; u.s. dollars=USD; us dollars=USD; usd=USD
    euro=EUR; euros=EUR; eur=EUR; ruble=RUB; rubles=RUB; rouble=RUB; roubles=RUB; rub=RUB; yen=JPY; won=KRW; tenge=KZT
    hong kong dollars=HKD; pounds=GBP
    """
)
"""Words for money, longest to be tried first -> ISO 4217."""

SYMBOLS = pairs("$=USD; US$=USD; ¥=CNY; ￥=CNY; €=EUR; ₽=RUB; £=GBP; HK$=HKD; RMB=CNY; CNY=CNY; USD=USD; EUR=EUR")
MONTH_NAMES_EN = ("", *listed("January February March April May June July August September October November December"))
NOMINATIVE_MONTHS_RU = ("", *listed("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"))
