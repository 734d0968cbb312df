"""Units of measurement in the three languages, by kind: the same figure with another unit of its kind is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pipeline.languages import numbers_words

_NUMBER: Final = r"(\d+(?:,\d{3})*(?:[.,]\d+)?(?:\s?\d{3})*)"
# Small numbers in words, before units of time: 三天, «трёх недель», "two months"
_SPELT: Final[dict[str, dict[str, str]]] = {
    "zh": {"二": "2"} | {han: str(value) for value, han in enumerate("两三四五六七八九十", 2)},
    "ru": {
        form: str(value)
        for value, forms in enumerate(
            ("два две двух двум двумя", "три трех трёх трем трём тремя",
             "четыре четырех четырёх четырем четырём четырьмя", "пять пяти пятью", "шесть шести шестью",
             "семь семи семью", "восемь восьми восемью", "девять девяти девятью", "десять десяти десятью"), 2)
        for form in forms.split()
    },
    "en": {
        word: str(value)
        for value, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)
    },
}  # fmt: skip
# kind -> unit -> (Chinese, Russian, English), each a pattern of what stands right after the figure
_KINDS: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "length": {
        "mm": ("毫米", r"мм\b|миллиметр", r"mm\b|millimet"),
        "cm": ("厘米|公分", r"см\b|сантиметр", r"cm\b|centimet"),
        "m": ("米(?!²)", r"м\b(?! ?²)|метр", r"m\b|met(?:er|re)s?"),
        "km": ("公里|千米", r"км\b|километр", r"km\b|kilomet"),
        "li": ("华里|市里", r"ли\b(?! [^.;]*\?)", r"li\b"),
        "nmi": ("海里", r"(?:морск\w+ )?мил[ьяи]", r"nautical miles?|n\.? ?mi\b|miles?"),
    },
    "area": {
        "m2": ("平方米|平米", r"кв\. ?м\b|м²|квадратн\w+ метр", r"square met|sq\. ?m\b"),
        "km2": ("平方公里|平方千米", r"кв\. ?км\b|км²|квадратн\w+ километр", r"square kilomet|sq\. ?km\b"),
        "ha": ("公顷", r"га\b|гектар", r"ha\b|hectare"),
        "mu": ("亩", r"му\b", r"mu\b"),
        "m3": ("立方米|方(?=[木土石混沙])", r"куб\. ?м\b|м³|кубическ\w+ метр|кубометр", r"cubic met|cu\. ?m\b|m³"),
    },
    "mass": {
        "g": ("克(?![拉服])", r"г\b(?!\.)|грамм", r"g\b|grams?"),
        "kg": ("公斤|千克", r"кг\b|килограмм", r"kg\b|kilogram"),
        "t": ("吨", r"т\b(?!\.)|тонн", r"t\b|ton(?:ne)?s?\b"),
        "jin": ("斤", r"цзин", r"jin\b"),
    },
    "power": {
        "gwh": ("吉瓦时", r"ГВт ?[·⋅∙*-]? ?ч\b|гигаватт-час", r"GWh"),
        "gw": ("吉瓦(?!时)", r"ГВт\b|гигаватт(?!-час)", r"GW\b"),
        "mwh": ("兆瓦时", r"МВт ?[·⋅∙*-]? ?ч\b|мегаватт-час", r"MWh"),
        "mw": ("兆瓦(?!时)", r"МВт\b|мегаватт(?!-час)", r"MW\b"),
        "kwh": ("千瓦时|度电", r"кВт ?[·⋅∙*-]? ?ч\b|киловатт-час", r"kWh"),
        "kw": ("千瓦(?!时)", r"кВт\b|киловатт(?!-час)", r"kW\b"),
    },
    "time": {
        "s": ("秒", r"секунд", r"seconds?"),
        "min": ("分钟|分(?=[零一二三四五六七八九十\\d]+秒)", r"минут|мин\b", r"minutes?"),
        "h": ("个?(?:小时|钟头)|[点时]", r"час(?:а|ов|\b)", r"hours?"),
        "day": ("天|日(?![元本])", r"дн(?:я|ей)\b|день\b|сут(?:ки|ок)|дневн\w*", r"days?"),
        "week": ("周(?![年岁])|个?星期", r"недел", r"weeks?"),
        "month": ("个月", r"месяц|месячн\w*", r"months?"),
        "year": ("年(?![代度])|周年", r"лет\b|год(?:а|\b)|летн(?:[иея]|ю)\w*", r"years?"),
    },
}  # fmt: skip
_PLACE: Final = {"zh": 0, "ru": 1, "en": 2}


# What may stand between the figure and its unit: 800多立方米, 30万亩, «30 тыс. га»
_SCALES: Final = {
    "zh": r"[多余]?(?P<scale>[万亿]?)[多余]?",
    "ru": r"(?:[ \u00a0](?P<scale>тыс\.?|тысяч\w*|млн|миллион\w*|млрд|миллиард\w*))?",
    "en": r"(?: (?P<scale>thousand|million|billion))?",
}
_ZEROS: Final = {"万": 4, "亿": 8, "ты": 3, "th": 3}  # by the first letters


@lru_cache(maxsize=16)
def _pattern(lang: str, kind: str) -> re.Pattern[str]:
    place = _PLACE[lang]
    units = "|".join(f"(?P<{name}>{words[place]})" for name, words in _KINDS[kind].items())
    figure = _NUMBER
    if kind == "time":
        spelt = "|".join(sorted(_SPELT[lang], key=len, reverse=True))
        alone = "(?<![一二两三四五六七八九十第百千万亿双数几])零?"
        apart = r"(?:\b|(?=дневн|недел|месячн|летн))" if lang == "ru" else r"\b"  # «десятидневный»
        spelt = rf"{alone}(?:{spelt})多?" if lang == "zh" else rf"\b(?:{spelt}){apart}"
        figure = rf"({_NUMBER[1:-1]}|{spelt})"
    return re.compile(rf"(?<![\d.,月]){figure}{_SCALES[lang]}[\s\u00a0-]?(?:{units})", re.IGNORECASE)


def _found(text: str, lang: str, kind: str) -> list[tuple[Decimal, str, tuple[int, int]]]:
    """(figure, unit, span) of every measure of the kind."""
    found = []
    for match in _pattern(lang, kind).finditer(text):
        figure = _SPACE.sub("", match[1] if lang == "ru" else _THOUSANDS.sub("", match[1]))
        figure = figure.replace(",", ".").strip("零多").lower()
        if figure.count(".") > 1:
            continue  # 1.234.567: written as nobody writes it
        value = Decimal(_SPELT[lang].get(figure, figure)).scaleb(_zeros((match["scale"] or "").lower()))
        found.append((value, match.lastgroup or "", match.span()))
    return found


def _zeros(scale: str) -> int:
    """万: 4; «млн»: 6; "billion": 9."""
    if not scale:
        return 0
    if scale[:2] in _ZEROS:
        return _ZEROS[scale[:2]]
    return 9 if scale.startswith(("млрд", "миллиард", "b")) else 6


_SPACE: Final = re.compile(r"\s")
_THOUSANDS: Final = re.compile(r",(?=\d{3}(?!\d))")


def differing(source: str, source_lang: str, target: str, target_lang: str) -> Iterator[tuple[tuple[int, int], str]]:
    """(span in the target, message) of every figure that the source has with another unit of the same kind."""
    if source_lang not in _PLACE:
        return
    for kind in _KINDS:
        theirs = _found(source, source_lang, kind)
        if not theirs:
            continue
        for figure, unit, span in _found(target, target_lang, kind):
            said = {other: where for number, other, where in theirs if number == figure}
            if said and unit not in said:
                start, end = next(iter(said.values()))
                written = target[span[0] : span[1]]
                yield span, f"unit differs: source {source[start:end]}, target {written}"


# 一年零四个月: a length of time in two units
_TWO_UNITS: Final = re.compile(
    r"[一二两三四五六七八九十\d]+(?:(?P<year>年零?)[一二两三四五六七八九十\d]+个月|(?P<hour>个?小时零?)[一二两三四五六七八九十\d]+分钟?)"
)
_GREATER: Final[dict[str, dict[str, str]]] = {
    "year": {"ru": r"\bгод|\bлет\b|летн", "en": r"\byear"}, "hour": {"ru": r"\bчас|\bч\b", "en": r"\bhour|\bh\b"},
}  # fmt: skip
_SMALLER: Final[dict[str, dict[str, str]]] = {
    "year": {"ru": r"\w+[ \u00a0]месяц\w*", "en": r"\w+[ -]months?"},
    "hour": {"ru": r"\w+[ \u00a0]мин(?:ут\w*|\b)", "en": r"\w+[ -]minutes?"},
}


def shortened(source: str, target: str, lang: str) -> Iterator[tuple[tuple[int, int], str]]:
    """(span, message) of a length of time in two units of which the target has the smaller one alone:
    一年零四个月, «четыре месяца»."""
    found = list(_TWO_UNITS.finditer(source))
    if len(found) != 1 or lang not in ("ru", "en"):
        return
    kind = found[0].lastgroup or ""
    said = list(re.finditer(_SMALLER[kind][lang], target, re.IGNORECASE))
    if len(said) == 1 and not re.search(_GREATER[kind][lang], target, re.IGNORECASE):
        yield said[0].span(), f"{found[0][0]} in the source, «{said[0][0]}» in the target"


_MU = re.compile(r"(\d+(?:\.\d+)?)?[多余]?([零一二两三四五六七八九十百千万亿]*)余?亩(?!产)")
_HECTARES: Final = {
    "ru": re.compile(
        r"(\d+(?:[ \u00a0]\d{3})*(?:,\d+)?)[ \u00a0-]?(тыс\.?|тысяч[аи]?|млн)?[ \u00a0-]?(?:га\b|гектар\w*)"
    ),
    "en": re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)[ -](thousand|million)?[ -]?(?:ha\b|hectares?)"),
}  # fmt: skip
_POWERS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MU_IN_HECTARE: Final = 15
_ROUNDED: Final = 0.2  # «более 600 га» for 10 000 mu


def land(source: str, target: str, lang: str) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """(span, message, does it fit) of every area in hectares in the target of a source that speaks of mu only."""
    if "亩" not in source or "公顷" in source or lang not in _HECTARES:
        return
    areas = []
    for match in _MU.finditer(source):
        value = float(match[1] or 1)
        if match[1] and all(char in _POWERS for char in match[2]):
            for power in match[2]:
                value *= _POWERS[power]
        elif match[2]:
            value = float(numbers_words.han(match[2]) or numbers_words.han("一" + match[2]) or 0)
        if match[1] or match[2]:
            areas.append(value / _MU_IN_HECTARE)
    for match in _HECTARES[lang].finditer(target):
        written = re.sub(r"[ \u00a0]", "", match[1])
        said = float(written.replace(",", "." if lang == "ru" else ""))
        said *= {"т": 10**3, "м": 10**6}.get((match[2] or " ").replace("thousand", "т").replace("million", "м")[0], 1)
        fits = any(abs(said / area - 1) <= _ROUNDED for area in areas)
        mu = "; ".join(match[0] for match in _MU.finditer(source))
        if areas:
            yield match.span(), f"{mu} is about {areas[0]:,.0f} ha, the target says «{match[0]}»", fits


_JIN: Final = re.compile(r"[一每]斤[^，。；]{0,6}?(\d+(?:\.\d+)?)元")
_KILO: Final = {
    "ru": re.compile(r"\b(?:килограмм\w*|кг)\b", re.I),
    "en": re.compile(r"\b(?:kilo(?:gram)?s?|kg)\b", re.I),
}
_HALF: Final = re.compile(
    r"\b(?:цзин(?:ь|я|ю|ем|е|и|ей|ями?)\b|полу?кило|фунт|jin\b|half\b)|(?<![\d.,])500(?!\d)", re.IGNORECASE
)


def jin(source: str, target: str, lang: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """(span, message, suggestion) where the price of a jin, half a kilogram, stands in the target for a kilogram."""
    match = _JIN.search(source)
    if match is None or lang not in _KILO or _HALF.search(target):
        return
    figure = match[1].replace(".", ",") if lang == "ru" else match[1]
    said = _KILO[lang].search(target)
    if said and re.search(rf"(?<![\d,.]){re.escape(figure)}(?![\d,])", target):
        right = "полкилограмма" if lang == "ru" else "half a kilogram"
        yield said.span(), f"{match[0]} is the price of half a kilogram, the target says «{said[0]}»", right


# Power and energy, in watts and watt-hours, by what stands right behind the figure (瓩: see _number_text.tidy).
_POWER: Final = {
    lang: tuple((re.compile(rf"[\s\u00a0-]?(?:{pattern})"), scale, unit) for pattern, scale, unit in rows)
    for lang, rows in {
        "zh": ((r"(?:瓩|千瓦)(?:·|小)?时|度(?=电)", 1e3, "Wh"), (r"兆瓦(?:·|小)?时", 1e6, "Wh"), (r"瓩|千瓦", 1e3, "W"),
               (r"兆瓦", 1e6, "W"), (r"吉瓦", 1e9, "W"), (r"瓦(?!时|斯|房|片)", 1.0, "W")),
        "ru": ((r"кВт\s?[·⋅*.-]?\s?ч|киловатт-час", 1e3, "Wh"), (r"МВт\s?[·⋅*.-]?\s?ч|мегаватт-час", 1e6, "Wh"),
               (r"ГВт\s?[·⋅*.-]?\s?ч|гигаватт-час", 1e9, "Wh"), (r"ТВт\s?[·⋅*.-]?\s?ч", 1e12, "Wh"),
               (r"кВт|киловатт", 1e3, "W"), (r"МВт|мегаватт", 1e6, "W"), (r"ГВт|гигаватт", 1e9, "W"),
               (r"Вт\b|ватт", 1.0, "W")),
        "en": ((r"kWh|kilowatt[ -]hour", 1e3, "Wh"), (r"MWh|megawatt[ -]hour", 1e6, "Wh"),
               (r"GWh|gigawatt[ -]hour", 1e9, "Wh"), (r"TWh", 1e12, "Wh"), (r"kW|kilowatt", 1e3, "W"),
               (r"MW|megawatt", 1e6, "W"), (r"GW|gigawatt", 1e9, "W"), (r"W\b|watt", 1.0, "W")),
    }.items()
}  # fmt: skip
_ALIKE: Final = 0.02


def power(value: float, behind: str, lang: str) -> tuple[float, str] | None:
    """Watts or watt-hours of a figure by the text right behind it (25万 | 千瓦 -> 2.5e8 W), None for other units."""
    for pattern, scale, unit in _POWER.get(lang, ()):
        if pattern.match(behind):
            return value * scale, unit
    return None


def same_power(one: tuple[float, str] | None, other: tuple[float, str] | None) -> bool:
    return one is not None and other is not None and one[1] == other[1] and abs(one[0] - other[0]) <= _ALIKE * one[0]
