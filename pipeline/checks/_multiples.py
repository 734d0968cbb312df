"""Vague numbers (数万, 上千) and multiples (增长三倍, 翻两番) against those of a Russian or English target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pipeline.checks._number_text import about as found_about
from pipeline.checks.base import View
from pipeline.languages.numbers_base import Number
from pipeline.model import Lang, Severity

Differing = tuple[tuple[int, int], str, str, Severity]  # span in the target, message, suggestion, severity

_ZEROS: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_VAGUE_ZH = re.compile(
    r"(?<![\d.无不零〇一二三四五六七八九两十百千])([数几上近成])(?:([十百千万亿]{1,3})(?=[^十百千万亿强计级年月日天%％]|$)|([十百千]?[万亿])(?=年))|"
    r"(?<![\d.十百千万数几])([百千万]亿)(?=元?级)"
)
_NOT_VAGUE = re.compile(r"成千上万|成百上千|上千年|数十年|几十年|数百年|近千年|近百年|上百年|上亿|近万里|上万里")
_EXACT = re.compile("(?<![数几上近成])(?:一[百千万亿]|[百千]万)(?![余多名人])")
_ORDERS: Final[dict[Lang, tuple[tuple[str, int], ...]]] = {
    "ru": ((r"десят(?:ка|ки|ков|кам|ками|ках)", 1), (r"сотн(?:[яюи]|ей|ям|ями|ях)|сотен", 2),
           (r"тысяч(?:[аеиу]|ей|ам|ами|ах)?", 3), (r"миллион(?:[аеуы]|ом|ов|ам|ами|ах)?", 6),
           (r"миллиард(?:[аеуы]|ом|ов|ам|ами|ах)?", 9)),
    "en": ((r"(?:tens|dozens|scores)", 1), (r"hundreds", 2), (r"thousands", 3), (r"millions", 6), (r"billions", 9)),
}  # fmt: skip
_COUNTED = re.compile(
    r"(?:\d|две|три|четыре|пять|шесть|семь|восемь|девять|десят\w*|нескольк\w+|пар\w|сто|двести|полутор\w+|"
    r"дв\w+|тр[её]х|"
    r"четырех|пяти|шести|семи|восьми|девяти|\w+надцат\w|\w+сот|\w+ста|one|two|three|four|five|ten)"
    r"(?:[ \u00a0]с[ \u00a0](?:лишним|небольшим|чем-то))?[ \u00a0]$"
)
_LINK: Final = {"ru": r"[ \u00a0]", "en": r" of "}
_NAMES: Final = {
    1: ("десятки", "dozens"), 2: ("сотни", "hundreds"), 3: ("тысячи", "thousands"),
    4: ("десятки тысяч", "tens of thousands"), 5: ("сотни тысяч", "hundreds of thousands"),
    6: ("миллионы", "millions"), 7: ("десятки миллионов", "tens of millions"),
    8: ("сотни миллионов", "hundreds of millions"), 9: ("миллиарды", "billions"),
}  # fmt: skip


def _orders(text: str, lang: Lang) -> list[tuple[tuple[int, int], int]]:
    """(span, power of ten) of every «тысячи», «десятки тысяч», "hundreds of thousands" that no figure goes before."""
    words = _ORDERS[lang]
    one = "|".join(f"(?:{pattern})" for pattern, _ in words)
    pattern = re.compile(rf"(?<!\w)({one})(?:{_LINK[lang]}({one}))?(?!\w)", re.I)
    found = []
    for match in pattern.finditer(text):
        if _COUNTED.search(text[max(0, match.start() - 24) : match.start()].lower()):
            continue
        power = sum(_power(part, lang) for part in match.groups() if part)
        found.append((match.span(), power))
    return found


def _power(word: str, lang: Lang) -> int:
    return next(power for pattern, power in _ORDERS[lang] if re.fullmatch(pattern, word, re.I))


def vague(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """The one vague number of the source and the one of the target, where they are of different size."""
    source = _NOT_VAGUE.sub("", source)
    if _EXACT.search(source):
        return
    theirs = list(_VAGUE_ZH.finditer(source))
    ours = _orders(target, lang)
    if len(theirs) != 1 or len(ours) != 1 or re.search(r"\d", target[ours[0][0][1] : ours[0][0][1] + 3]):
        return
    mark, scale = theirs[0][1] or "", theirs[0][2] or theirs[0][3] or theirs[0][4]
    power = sum(_ZEROS[char] for char in scale)
    (start, end), said = ours[0]
    fine = {power, power - 1} if mark in ("近", "成") else {power}
    if said in fine:
        return
    suggestion = _NAMES.get(power, ("", ""))[0 if lang == "ru" else 1] if mark in ("数", "几") else ""
    yield (
        (start, end),
        f"the size differs: {theirs[0][0]} in the source, «{target[start:end]}» in the target",
        suggestion,
        Severity.MAJOR,
    )


_DIGIT_WORDS: Final[dict[Lang, tuple[str, ...]]] = {
    "ru": ("", "один|одн", "дв[аеу]", "тр[иеё]", "четыр", "пят", "шест", "сем", "вос", "девят"),
    "en": ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}  # fmt: skip
_OR: Final = {"ru": r"(?:[ \u00a0](?:или|либо|до)[ \u00a0]|[-–—])", "en": r"(?: (?:or|to) |[-–—])"}


def about(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """七八十个 is seventy or eighty: the target counts by another power of ten, «семь или восемь»."""
    for _, first, second, power in found_about(source):
        words = _DIGIT_WORDS[lang]
        one, other = (f"(?:{words[int(digit)]}|{digit})" for digit in (first, second))
        pair = rf"(?<![\w.,]){one}\w{{0,3}}{_OR[lang]}{other}(\w{{0,3}})"
        said = list(re.finditer(rf"{pair}(?:[ \u00a0-](\w+\.?))?", target, re.IGNORECASE))
        if len(said) != 1 or said[0][1].lower().startswith(("дцат", "над", "ьдес", "рок", "ст", "сот", "ty", "teen")):
            continue
        unit = (said[0][2] or "").lower()
        scale = next((Decimal(10) ** order for stem, order in _SCALE_STEMS if unit.startswith(stem)), Decimal(1))
        if re.search(r"\d", said[0][0]) and re.match(r"\d", said[0][1]):
            continue
        if scale != power and not (unit.startswith(("дес", "сот")) or re.search(r"ty\b|десят|сот", said[0][0])):
            right = f"{_plain(first * power)}–{_plain(second * power)}"
            message = f"{first}–{second} times {power:f} in the source, «{said[0][0]}» in the target"
            yield said[0].span(), message, right, Severity.MAJOR


_SCALE_STEMS: Final = (
    ("тыс", 3), ("млн", 6), ("миллион", 6), ("млрд", 9), ("миллиард", 9), ("hundred", 2), ("thousand", 3),
    ("million", 6), ("billion", 9),
)  # fmt: skip

# 增长四成, «в четыре раза»
_TENTHS: Final = re.compile(
    r"(?:增长|提高|增加|上升|提升|扩大|上涨|下降|减少|降低|回落|缩短|下跌|多|高|涨|降|减|[占达超])(?:了|约|近|超过?|逾)*"
    r"([一二两三四五六七八九])成(半?)(?!立|为|功|果|员|绩|本|长)"
)


def tenths(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """增长四成 is growth by 40 %, not fourfold."""
    theirs, ours = list(_TENTHS.finditer(source)), list(_FOLD[lang].finditer(target))
    if len(theirs) != 1 or len(ours) != 1 or re.search("倍|番|(?<!成)半", source):
        return
    count = _DIGITS[theirs[0][1]]
    share = f"{count}{5 if theirs[0][2] else 0}"
    heard = (count, count + 1, count + Decimal("0.5"))
    if _said(ours[0]) in heard and not re.search(rf"{share}\s?(?:%|проц|percent)", target):
        right = f"на {share} %" if lang == "ru" else f"by {share} %"
        yield ours[0].span(), f"{theirs[0][0]} is {share} %, not a multiple: «{ours[0][0]}»", right, Severity.CRITICAL


_DIGITS: Final = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_FOLD_ZH = re.compile(r"(?<![点差])(\d+(?:\.\d+)?|[一二两三四五六七八九十])倍(半?)")
_MORE = re.compile(r"(?:增长|提高|增加|上升|提升|扩大|上涨|多|高|快)了?(?:约|近|超过?|逾)?$")
_AS = re.compile(r"(?:[是为](?!什么|何)|达到?|相当于|增长到|增至|提高到|扩大到)[^，。；]{0,24}的?$")
_DOUBLED = re.compile(r"翻了?([一两二三]?)番")
_FOLD: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(
        r"\bв[ \u00a0](\d+(?:,\d+)?|полтора|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять)[ \u00a0]раза?\b|"
        r"\b(вдвое|втрое|вчетверо|впятеро|вшестеро|удво\w+|утро\w+|учетвер\w+)", re.I),
    "en": re.compile(r"\b(\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten)(?:[ -]times|[ -]?fold)\b|"
                     r"\b(doubl\w+|tripl\w+|quadrupl\w+)", re.I),
}  # fmt: skip
_FOLD_WORDS: Final = (
    ("полтора", "1.5"), ("два", 2), ("две", 2), ("три", 3), ("четыре", 4), ("пять", 5), ("шесть", 6), ("семь", 7),
    ("восемь", 8), ("девять", 9), ("десять", 10), ("вдвое", 2), ("втрое", 3), ("вчетверо", 4), ("впятеро", 5),
    ("вшестеро", 6),
    ("удво", 2), ("утро", 3), ("учетвер", 4), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6),
    ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("doubl", 2), ("tripl", 3), ("quadrupl", 4),
)  # fmt: skip


def _said(match: re.Match[str]) -> Decimal:
    word = (match[1] or match[2]).lower()
    for stem, value in _FOLD_WORDS:
        if word.startswith(stem):
            return Decimal(value)
    return Decimal(word.replace(",", "."))


def _fold(value: Decimal, lang: Lang) -> str:
    written = format(value.normalize(), "f")
    if lang == "en":
        return f"{written}-fold"
    few = "." in written or (written[-1] in "234" and written[-2:-1] != "1")
    return f"в {written.replace('.', ',')} раз{'а' if few else ''}"


def grown(theirs: Number, ours: Number, view: View) -> bool:
    """增长1.3倍, «в 2,3 раза»: is the second number the multiple with the base counted in?"""
    source, target = view.source, view.target
    if theirs.value is None or ours.value != theirs.value + 1 or not source.startswith("倍", theirs.span.end):
        return False
    said = re.match(r"[ \u00a0-]?(?:раз|times|fold)", target[ours.span.end :])
    return said is not None and _MORE.search(source[: theirs.span.start]) is not None


_YOUNG = re.compile("母[子女]|父[子女]|妻[儿女]")


def with_young(theirs: Number, ours: Number, view: View) -> bool:
    """母子四只, «тигрица с тремя тигрятами»: is the parent, whom the source counts in, named beside the number?"""
    before = view.source[max(0, theirs.span.start - 3) : theirs.span.start]
    return _YOUNG.search(before) is not None and theirs.value is not None and ours.value == theirs.value - 1


_COIN = re.compile("([一二两三四五六七八九1-9])[毛角](?![利料笔巾衣线织病坯竹钱度])")
_SMALLEST = re.compile(r"[ \u00a0](?:фын|фэн|фен|fen\b|cents?\b|цент)")


def small_coins(ours: Number, view: View) -> bool:
    """两毛, «20 фэней»: ten of the smallest coins to one."""
    if not _SMALLEST.match(view.target, ours.span.end):
        return False
    found = (match[1] for match in _COIN.finditer(view.source))
    return any(ours.value == 10 * Decimal(_DIGITS.get(coins, coins)) for coins in found)


def times(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """增长了三倍 is fourfold, 是…的三倍 threefold, 翻两番 fourfold; where one multiple stands on either side."""
    ours = list(_FOLD[lang].finditer(target))
    if len(ours) != 1:
        return
    match, said = ours[0], _said(ours[0])
    folds, doubled = list(_FOLD_ZH.finditer(source)), list(_DOUBLED.finditer(source))
    if len(folds) + len(doubled) != 1:
        return
    severity = Severity.MAJOR
    if doubled:
        han, right = doubled[0][0], Decimal(2) ** {"": 1, "一": 1, "两": 2, "二": 2, "三": 3}[doubled[0][1]]
    else:
        fold, before = folds[0], source[: folds[0].start()]
        value = Decimal(_DIGITS[fold[1]]) if fold[1] in _DIGITS else Decimal(fold[1])
        value += Decimal("0.5") if fold[2] else 0
        if _MORE.search(before):
            more = _MORE.search(before)
            han, right = (more[0] if more else "") + fold[0], value + 1
            severity = Severity.MINOR if said == value else severity  # loose usage counts the base in
        elif _AS.search(before):
            if value == 1 and source[fold.end() :].startswith(("多", "以上", "有余")):
                return  # 是平时的一倍多: as much again, or nearly
            han, right = fold[0], value
        else:
            return
    if said == right or (said - right).copy_abs() < Decimal("0.06") or right > 10:
        return
    written = match[0]
    yield (
        match.span(),
        f"{han} means {_plain(right)} times as much, the target says «{written}»",
        _fold(right, lang),
        severity,
    )


_PART_ZH: Final = re.compile(r"([二三四五六七八九十]|\d)分之([一二两三四五六七八九]|\d)")
_LESS: Final = r"(?:меньше|тоньше|ниже|короче|легче|дешевле|реже|слабее|уже|мельче|беднее|медленнее)"
_PART: Final[dict[Lang, tuple[tuple[str, int, int], ...]]] = {
    "ru": ((r"(?:две|двух|двумя) трет\w+", 2, 3), (r"(?:три|трех|тремя) четверт\w+", 3, 4),
           (r"(?:одну? |одной )?треть\w*(?! квартал| раз| год|"
           r" сторон)", 1, 3), (r"четверть(?:ю|и)?(?! века| финал)", 1, 4),
           (rf"втрое {_LESS}", 1, 3), (rf"вчетверо {_LESS}", 1, 4), (rf"впятеро {_LESS}", 1, 5),
           (r"половин\w+|вдвое", 1, 2), (r"втрое", 0, 3), (r"вчетверо", 0, 4)),
    "en": ((r"two[- ]thirds", 2, 3), (r"three[- ]quarters", 3, 4), (r"(?:one|a)[- ]third", 1, 3),
           (r"(?:one|a)[- ]quarter", 1, 4), (r"half", 1, 2), (r"three ?fold|threefold", 0, 3), (r"fourfold", 0, 4)),
}  # fmt: skip


_LACKING: Final[dict[Lang, tuple[re.Pattern[str], re.Pattern[str]]]] = {
    "ru": (re.compile(r"\bна[ \u00a0]$", re.I), re.compile(rf"[ \u00a0](?:\w+[ \u00a0])?{_LESS}", re.I)),
    "en": (re.compile("$"), re.compile(r" (?:less|lighter|lower|cheaper|shorter|smaller|fewer)\b", re.I)),
}


def _lacking(text: str, span: tuple[int, int], lang: Lang) -> bool:
    """仅为三分之二, «на треть меньше», "a third less": is the fraction said what is lacking to the whole?"""
    before, behind = _LACKING[lang]
    return before.search(text[: span[0]]) is not None and behind.match(text, span[1]) is not None


def parts(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """四分之三, «четверть»; 下降三分之一, «снизились втрое»: the one fraction on each side."""
    theirs = list(_PART_ZH.finditer(source))
    if len(theirs) != 1 or re.search("半|倍|成|折", source):
        return
    whole, part = (_DIGITS.get(char) or int(char) for char in theirs[0].groups())
    text, said = target.replace("ё", "е"), list[tuple[tuple[int, int], int, int]]()
    for pattern, above, below in _PART[lang]:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE):
            if not any(match.start() < end and start < match.end() for (start, end), _, _ in said):
                said.append((match.span(), above, below))
    if (
        len(said) == 1
        and said[0][2] == whole
        and said[0][1] + part == whole
        and _lacking(text, said[0][0], lang)
        and (re.search("减|下降|降低|缩", source) is None)
    ):
        return
    if len(said) == 1 and (said[0][1], said[0][2]) != (part, whole) and not (part * 2 == whole and said[0][2] == 2):
        (start, end), _, _ = said[0]
        yield (
            (start, end),
            f"{theirs[0][0]} is {part}/{whole}, the target says «{target[start:end]}»",
            "",
            Severity.MAJOR,
        )


def inverted(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """价款三倍, «треть цены»: a multiple rendered as the part of that number."""
    folds = list(_FOLD_ZH.finditer(source))
    if len(folds) != 1 or re.search("分之|减|降|缩", source):
        return
    count = _DIGITS.get(folds[0][1]) or (int(folds[0][1]) if folds[0][1].isdigit() else 0)
    for pattern, above, below in _PART[lang]:
        if above == 1 and below == count and "меньше" not in pattern:
            for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", target.replace("ё", "е"), re.IGNORECASE):
                if not match[0].lower().startswith(("вдвое", "половин")):
                    message = f"{folds[0][0]} is a multiple, «{match[0]}» a part"
                    yield match.span(), message, _fold(Decimal(count), lang), Severity.CRITICAL


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def differing(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """All of the above."""
    yield from vague(source, target, lang)
    yield from about(source, target, lang)
    if "分之" in source:
        yield from parts(source, target, lang)
    if "成" in source:
        yield from tenths(source, target, lang)
    if "倍" in source or "番" in source:
        yield from times(source, target, lang)
        yield from inverted(source, target, lang)
