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
    r"\b(?:(?:по)?москов|(?:по)?местн|мск\b|гринвич|GMT\b|UTC\b|local\b|[A-Z]ST\b)|莫斯科|格林|世界时|当地|[东西]部时间"
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
    for match in _SECOND_HOUR.finditer(source) if found else ():
        if (hour := _han(match[1])) <= 24:
            found.append({hour % 24, (hour + _NOON) % 24} if hour <= _NOON else {hour % 24})
    return found


_SECOND_HOUR: Final = re.compile(rf"[点时半\d]\s?[到至~～—–-]\s?(\d{{1,2}}|[{_HAN}]{{1,3}})[时点]")


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
    "天": {"ru": r"(?:день|дня|дню|дней|дням|сут(?:ки|ок|кам))", "en": "day"},
    "日": {"ru": r"(?:день|дня|дню|дней|дням|сут(?:ки|ок|кам))", "en": "day"},
    "年": {"ru": r"(?:год\w*|лет)", "en": "year"}, "月": {"ru": r"месяц\w*", "en": "month"},
    "周": {"ru": r"недел\w*", "en": "week"}, "星期": {"ru": r"недел\w*", "en": "week"},
    "小时": {"ru": r"час\w*", "en": "hour"},
}  # fmt: skip
_ORDINAL: Final[dict[Lang, str]] = {
    "ru": r"(\d{1,2}-?[а-я]{1,3}|[а-яё]{5,14})", "en": r"(\d{1,2}(?:st|nd|rd|th)|[a-z]{5,11})",
}  # fmt: skip
_COUNTING: Final = re.compile(r"\b(?:подряд|кряду|in a row|straight|consecutive(?:ly)?)\b")


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


_LIMIT_ZH: Final = re.compile(
    rf"(?<![近过前后去最未第])(?<![{_HAN}\d])(\d{{1,3}}|[{_HAN}]{{1,3}})(?:个)?(小时|天|日|月|年|周|星期|分钟)(?:之|以)?(内|后)(?![地外部陆蒙存置涵容])"
)
_PAST_ZH: Final = re.compile("(?:近|过去|最近|此前|今后|未来|往后|接下来|前)[的这]?$")
_LIMIT_UNITS: Final[dict[str, dict[Lang, str]]] = {
    **_SHIFT_UNITS, "分钟": {"ru": r"минут\w*", "en": "minute"},
}  # fmt: skip
_AFTER: Final[dict[Lang, str]] = {
    "ru": r"((?:через|спустя)[ \u00a0](?:около |примерно )?{count}[ \u00a0]{unit})(?!\w)",
    "en": r"((?:after|in another) {count} {unit}s?|{count} {unit}s? later)\b",
}
_LATEST: Final = re.compile(
    r"\bне (?:поз|более)|\bчем[ \u00a0]$|\bмакс(?:\b|имум|имальн)|\bуже[ \u00a0]$|\blater than|\bno more", re.I
)
_WITHIN: Final[dict[Lang, str]] = {
    "ru": r"(в течение[ \u00a0](?:первые |первых )?{count}[ \u00a0]{unit})(?!\w)",
    "en": r"(within {count} {unit}s?)\b",
}


def limits(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """两小时内 is within two hours, 两小时后 two hours later."""
    found = [m for m in _LIMIT_ZH.finditer(source) if not _PAST_ZH.search(source[max(0, m.start() - 3) : m.start()])]
    for match in found:
        others = {other[3] for other in found if other is not match and _han(other[1]) == _han(match[1])}
        if len(others | {match[3]}) > 1 or (match[3] == "后" and re.search("内|仅用?|只用?|用时|历时|历经", source)):
            continue
        unit = _LIMIT_UNITS[match[2]][lang]
        pattern = (_AFTER if match[3] == "内" else _WITHIN)[lang]
        said = re.search(pattern.format(count=_counted(_han(match[1]), lang), unit=unit), target, re.IGNORECASE)
        if said and _LATEST.search(target[max(0, said.start() - 20) : said.start()]):
            continue
        if said and not (match[3] == "内" and re.search("后|之后|过后", source.replace(match[0], ""))):
            what = "the longest it takes" if match[3] == "内" else "when it begins"
            yield said.span(1), f"{match[0]} says {what}, not «{said[1]}»"


def _counted(count: int, lang: Lang) -> str:
    """A pattern for a small number in digits and words."""
    words = numbers_words.RUSSIAN if lang == "ru" else numbers_words.ENGLISH
    return "(?:" + "|".join([str(count), *(word for word, value in words.items() if value == count)]) + ")"


_DAY_OF_MONTH: Final = re.compile(
    r"(?<![\d.年零一二三四五六七八九十第近])(\d{1,2})日(?:之?前|以前|起|晚|上午|下午|凌晨|清晨|傍晚|中午|至\d)"
)
_DAYS: Final[dict[Lang, str]] = {
    "ru": r"((?:через|в течение|за|спустя|на)[ \u00a0]{count}[ \u00a0](?:дн(?:я|ей)|суток))(?!\w)",
    "en": r"((?:in|within|after|for) {count} days|{count} days (?:later|before|ago))\b",
}


_HAN_DAYS: Final = {"一": 1, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def days_of_month(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """24日前 is before the 24th, not in 24 days."""
    for match in _DAY_OF_MONTH.finditer(source):
        count = int(match[1])
        days = "|".join([rf"(?<!\d){count}", *(han for han, value in _HAN_DAYS.items() if value == count)])
        if re.search(rf"(?:{days})(?:天|个工作日|日内|日后|个自然日)", source):
            continue
        said = re.search(_DAYS[lang].format(count=_counted(count, lang)), target, re.IGNORECASE)
        if said and count <= _DAYS_IN_MONTH:
            yield said.span(1), f"{match[0]} names a day of the month, «{said[1]}» counts days"


_DAYS_IN_MONTH: Final = 31
_NTH_ZH: Final = re.compile(rf"第(\d{{1,2}}|[{_HAN}]{{1,3}})(天|日|年|周)|(次|翌)(日|年|周)")
_NEXT: Final[dict[str, dict[Lang, str]]] = {
    "天": {"ru": r"(?:следующ|друг)\w+ день|назавтра", "en": r"next day|following day"},
    "年": {"ru": r"следующ\w+ год\w*", "en": r"next year|following year"},
    "周": {"ru": r"следующ\w+ недел\w*", "en": r"next week|following week"},
}  # fmt: skip
_EXPLAINS_NEXT: Final = re.compile(
    "次日|翌日|次年|翌年|第二|第2|明天|明年|下一?周|隔天|隔日|来年|后一天|转天|下一年|第二天|改天|天亮"
)


def places(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """术后第五天 is the fifth day, not the next one."""
    found = list(_NTH_ZH.finditer(source))
    if not found or _EXPLAINS_NEXT.search(source):
        return
    for match in found:
        unit = {"日": "天"}.get(match[2] or "", match[2] or "")
        count = _han(match[1]) if match[1] else 2
        said = list(re.finditer(rf"\b(?:{_NEXT[unit][lang]})\b", target, re.IGNORECASE)) if count > 2 else []
        if said:
            yield said[0].span(), f"{match[0]} in the source, «{said[0][0]}» in the target"


_HALF_ZH: Final = re.compile(rf"([{_HAN}\d]{{1,3}})(年|天)半|([{_HAN}\d]{{1,3}})个半?(月|小时|星期)半?")
_HALF: Final[dict[Lang, str]] = {
    "ru": r"{count}[ \u00a0]с[ \u00a0]половиной[ \u00a0](?:(год\w*|лет)|(месяц\w*)|(недел\w*)|(дн\w+|сут\w+)|(час\w*))",
    "en": r"{count} and a half (?:(years?)|(months?)|(weeks?)|(days?)|(hours?))",
}  # fmt: skip
_HALF_UNITS: Final = ("年", "月", "星期", "天", "小时")


def halves(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """三年半, «три с половиной месяца»."""
    for match in _HALF_ZH.finditer(source):
        if "半" not in match[0]:
            continue
        count, unit = _han(match[1] or match[3]), match[2] or match[4]
        said = re.search(rf"\b{_HALF[lang].format(count=_counted(count, lang))}", target, re.IGNORECASE)
        if said and unit != _HALF_UNITS[(said.lastindex or 1) - 1]:
            yield said.span(), f"{match[0]} in the source, «{said[0]}» in the target"


_EVERY_ZH: Final = re.compile(
    rf"每?([{_HAN}\d]{{1,2}})(?:个)?(年|天|日|月|周|星期|小时)(?:[^，。；\d{_HAN}]{{0,8}})一[次回届]"
)
_TIMES_ZH: Final = re.compile(rf"(?:每|一)(年|天|日|个?月|周|星期|小时)[^，。；\d{_HAN}]{{0,6}}([{_HAN}\d]{{1,2}})次")
_TIMES: Final[dict[Lang, str]] = {
    "ru": r"{count}[ \u00a0]раза?[ \u00a0]в[ \u00a0](?:год|день|сутки|месяц|неделю|"
    r"час)", "en": r"{count} times (?:a|per|each|every) \w+",
}  # fmt: skip
_ONCE_IN: Final[dict[Lang, str]] = {
    "ru": r"(?<!\w )раз[ \u00a0]в[ \u00a0]{count}[ \u00a0](?:года|лет|дня|дней|суток|месяц\w*|недел\w*|час\w*)",
    "en": r"once (?:every|in) {count} \w+",
}  # fmt: skip


def how_often(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """每三年一次, «три раза в год»; 每天三次, «раз в три дня»."""
    for pattern, group, wrong in ((_EVERY_ZH, 1, _TIMES), (_TIMES_ZH, 2, _ONCE_IN)):
        for match in pattern.finditer(source):
            count = _han(match[group])
            other = _TIMES_ZH if pattern is _EVERY_ZH else _EVERY_ZH
            if count < 2 or other.search(source):
                continue
            said = re.search(wrong[lang].format(count=_counted(count, lang)), target, re.IGNORECASE)
            if said:
                yield said.span(), f"{match[0]} in the source, «{said[0]}» in the target"


_NIGHT_ZH: Final = re.compile(rf"(?:次日|凌晨|翌日)(?:凌晨)?([1-6{_HAN[:6]}])[时点]")
_AFTERNOON: Final = re.compile(r"(?<![\d:.,])1([3-8])(?::[0-5]\d|[ \u00a0]час\w*)")


def nights(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """次日1时 is one o'clock in the night, not 13:00."""
    for match in _NIGHT_ZH.finditer(source):
        hour = _han(match[1]) if match[1] in _HAN else int(match[1])
        for said in _AFTERNOON.finditer(target):
            if int(said[1]) + 10 == hour + 12 and f"{hour + 12}时" not in source and "下午" not in source:
                yield said.span(), f"{match[0]} is {hour}:00 in the night, the target says «{said[0]}»"


def differing(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """All of the above."""
    hours = list(clocks(source, target, lang))
    yield from hours or nights(source, target, lang)
    if "每" in source:
        yield from every(source, target, lang)
    yield from shifts(source, target, lang)
    if "内" in source or "后" in source:
        yield from limits(source, target, lang)
    if "半" in source:
        yield from halves(source, target, lang)
    if "次" in source or "届" in source:
        yield from how_often(source, target, lang)
    if "日" in source:
        yield from days_of_month(source, target, lang)
    if "第" in source:
        yield from places(source, target, lang)
