"""Hours of the clock, weekdays and shifts of a date: 18时, «6 часов утра»; 每周三, «каждые три недели»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pipeline.languages import numbers_words
from pipeline.model import Lang

Differing = tuple[tuple[int, int], str]  # span in the target, message

_HAN: Final = "一二三四五六七八九十两"
_DAY_PART: Final = "凌晨|清晨|早上|早晨|早|上午|中午|下午|午后|傍晚|晚上|晚间|晚|夜间|深夜"
_CLOCK_ZH: Final = re.compile(
    rf"(?<![\d.:：第{_HAN}])(?:({_DAY_PART})\s?(\d{{1,2}}|[{_HAN}]{{1,3}})[时点]|(\d{{1,2}})时|(\d{{1,2}})[:：]\d\d)"
    r"(?![间期代候速评钟任节刻]|[:：]?\d{1,3}\.)"
)
_LATER: Final = frozenset(("下午", "午后", "傍晚", "晚上", "晚间", "晚"))
_OTHER_ZONE: Final = re.compile(
    r"москов|мск|GMT|UTC|гринвич|莫斯科|格林|世界时|当地|местн|local|\b[A-Z]ST\b|[东西]部时间"
)
_CLOCK: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(
        r"(?:\b(?:в|к|до|с|после|около)[ \u00a0])(\d{1,2}|{})"
        r"(?:[ \u00a0]час(?:а|ов|ам)?(?:[ \u00a0]\d{1,2}[ \u00a0]минут\w*)?|:\d\d(?:[ \u00a0]час(?:а|ов))?)"
        r"(?:[ \u00a0](утра|дня|вечера|ночи))?(?!\w)".replace("{}", "|".join(numbers_words.RUSSIAN)), re.I
    ),
    "en": re.compile(r"(?<![\d.:])(\d{1,2})(?:[:.]\d\d)?[ \u00a0]?([ap])\.?m\b", re.I),
}  # fmt: skip
_NOON: Final = 12


def _han(text: str) -> int:
    return int(text) if text.isdigit() else int(numbers_words.han(text) or 0)


def _source_hours(source: str) -> list[set[int]]:
    """For every hour of the clock in the source what it can be on a clock of 24 hours; official prose counts to 24."""
    found = []
    for match in _CLOCK_ZH.finditer(source):
        hour = _han(match[2] or match[3] or match[4])
        if hour > 24:
            continue
        part = match[1] or ""
        if part in _LATER and hour <= _NOON:
            found.append({hour % _NOON + _NOON, hour})
        elif part in ("中午", "夜间", "深夜") and hour <= _NOON:
            found.append({hour, hour + _NOON})
        else:
            found.append({hour % 24})
    return found


def _target_hours(match: re.Match[str], lang: Lang) -> set[int]:
    hour = int(match[1]) if match[1].isdigit() else numbers_words.RUSSIAN[match[1].lower()]
    part = (match[2] or "").lower()
    if hour > _NOON or not part:
        return {hour % 24, hour + _NOON} if hour <= _NOON else {hour % 24}
    if lang == "en":
        return {hour % _NOON + (_NOON if part == "p" else 0)}
    if part in ("дня", "вечера"):
        return {hour % _NOON + _NOON, hour}
    if part == "ночи":
        return {hour % _NOON, (hour + _NOON) % 24}
    return {hour}


def clocks(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """Hours of the target that are none of the source's: 18时, «6 часов утра»; 9时, "10 a.m."."""
    theirs = _source_hours(source)
    if not theirs or _OTHER_ZONE.search(source) or _OTHER_ZONE.search(target):
        return
    ours = [(match, _target_hours(match, lang)) for match in _CLOCK[lang].finditer(target)]
    if not ours or len(ours) > len(theirs):
        return
    written = "、".join(match[0] for match in _CLOCK_ZH.finditer(source))
    for match, hours in ours:
        if not any(hours & hour for hour in theirs):
            start = match.start(1)
            yield (start, match.end()), f"the hour differs: {written} in the source, «{target[start : match.end()]}»"


_EVERY_WEEKDAY: Final = re.compile(r"每(?:周|星期|礼拜)([一二三四五六])(?![周天次])")
_WEEKS_ZH: Final = re.compile(rf"[\d{_HAN}]个?(?:周(?![一二三四五六日末])|星期(?![一二三四五六日天])|礼拜)")
_EVERY_WEEKS: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(r"(?:кажд\w+[ \u00a0]|раз[ \u00a0]в[ \u00a0])?(?:(\d)|(\w+))[ \u00a0]недел[иьюя]\w*", re.I),
    "en": re.compile(r"(?:every |once in |each )?(?:(\d)|(\w+)) weeks", re.I),
}  # fmt: skip


def every(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """每周三 is every Wednesday, not every three weeks."""
    match = _EVERY_WEEKDAY.search(source)
    if match is None or _WEEKS_ZH.search(_EVERY_WEEKDAY.sub("", source)):
        return
    day = _HAN.index(match[1]) + 1
    words = numbers_words.RUSSIAN if lang == "ru" else numbers_words.ENGLISH
    for said in _EVERY_WEEKS[lang].finditer(target):
        value = int(said[1]) if said[1] else words.get(said[2].lower().replace("ё", "е"), 0)
        if value == day and value > 1:
            yield said.span(), f"{match[0]} names the day of the week, «{said[0]}» counts weeks"


_SHIFTED: Final = re.compile(
    rf"(?:推迟|推后|延后|延迟|延长|提前|提早|缩短|晚|早|多|少)了?(?:约|近)?(\d{{1,2}}|[{_HAN}]{{1,3}})多?个?(天|日|年|月|周|小时|星期)"
)
_SHIFT_UNITS: Final[dict[str, dict[Lang, str]]] = {
    "天": {"ru": r"(?:день|дня|дню|сутк\w+)", "en": "day"}, "日": {"ru": r"(?:день|дня|дню|сутк\w+)", "en": "day"},
    "年": {"ru": r"год\w*", "en": "year"}, "月": {"ru": r"месяц\w*", "en": "month"},
    "周": {"ru": r"недел\w*", "en": "week"}, "星期": {"ru": r"недел\w*", "en": "week"},
    "小时": {"ru": r"час\w*", "en": "hour"},
}  # fmt: skip
_ORDINAL: Final[dict[Lang, str]] = {
    "ru": r"(\d{1,2}-?[а-я]{1,3}|[а-яё]{5,14})", "en": r"(\d{1,2}(?:st|nd|rd|th)|[a-z]{5,11})",
}  # fmt: skip
_COUNTING: Final = re.compile(r"подряд|кряду|in a row|straight|consecutive")


def shifts(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """推迟了九天: later by nine days, not on the ninth day."""
    from pipeline.languages.numbers import numbers

    for match in _SHIFTED.finditer(source):
        count = Decimal(_han(match[1]))
        unit = _SHIFT_UNITS[match[2]][lang]
        for said in re.finditer(rf"{_ORDINAL[lang]}[ \u00a0]{unit}(?!\w)", target, re.IGNORECASE):
            ordinal = [n for n in numbers(said[1].replace("ё", "е"), lang) if n.kind == "ordinal" and n.value == count]
            if ordinal and not _COUNTING.search(target[said.end() : said.end() + 12]) and f"第{match[1]}" not in source:
                yield said.span(), f"{match[0]} is a difference in time, «{said[0]}» a place in a row"


def differing(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """All of the above."""
    yield from clocks(source, target, lang)
    if "每" in source:
        yield from every(source, target, lang)
    yield from shifts(source, target, lang)
