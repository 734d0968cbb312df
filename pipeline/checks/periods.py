"""Months, parts of a month, quarters, weekdays and times of day that differ from the source"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pipeline.checks import _offices as offices
from pipeline.checks import _times as times
from pipeline.checks._cues import Cues
from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.languages import numbers_words
from pipeline.model import Finding, Lang, Severity

_HAN_MONTHS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
                      "十一": 11, "十二": 12}  # fmt: skip
_MONTH_ZH = re.compile(
    r"(?<![\d.个零〇一二三四五六七八九])(1[0-2]|0?[1-9]|十[一二]?|[二三四五六七八九])月"
    r"(份|底|末|初|中旬|上旬|下旬|上半月|下半月)?(?![亮球饼季嫂光薪活均刊坛])"
)
_SPAN_ZH = re.compile(r"(?<![\d.])(1[0-2]|[1-9])(?:月份?)?\s*[-—–~～至到]\s*(1[0-2]|[1-9])月")
_HAN = "一二三四五六七八九十"
_LUNAR = re.compile(rf"农历|阴历|正月|腊月|冬月|闰|[{_HAN}]+月(?:初|十|廿|二十)[{_HAN}]+(?!日)")
_LUNAR_DAY = re.compile(rf"(?:农历|阴历)?(正月|腊月|冬月|[{_HAN}]月)(初|十|廿|二十)?([{_HAN}])(?!月)")
_LUNAR_DAYS = re.compile(rf"(?:农历|阴历)(?:逢|初)?[{_HAN}\d]+、[{_HAN}\d]+")
_HOUR_ZH = re.compile(
    rf"(?:凌晨|清晨|早上|早晨|上午|下午|午后|晚上|傍晚|当晚|日晚|今晚|昨晚|晚间)\s*[\d{_HAN}]{{1,3}}[时点]"
)
_PARTS_ZH: Final = {
    "初": "1",
    "上旬": "1",
    "中旬": "2",
    "底": "3",
    "末": "3",
    "下旬": "3",
    "上半月": "4",
    "下半月": "5",
}
_PARTS: Final[dict[Lang, tuple[tuple[str, str], ...]]] = {
    "ru": ((r"начал\w+|перв\w+ (?:декад\w+|чис\w+)", "1"),
           (r"перв\w+ половин\w+", "4"), (r"втор\w+ половин\w+", "5"),
           (r"середин\w+|втор\w+ декад\w+", "2"),
           (r"кон(?:ец|ца|цу|це|цом)|треть\w+ декад\w+|последн\w+ (?:декад\w+|дн\w+|чис\w+)", "3")),
    "en": ((r"early|(?:beginning|start) of|the first (?:ten days|third) of", "1"),
           (r"(?:the )?first half of", "4"), (r"(?:the )?second half of", "5"),
           (r"mid[- ]?|(?:the )?middle of|the second (?:ten days|third) of", "2"),
           (r"late|(?:the )?end of|the (?:last|third) (?:ten days|third) of", "3")),
}  # fmt: skip
_PART_NAMES: Final = {
    "ru": {"1": "начало", "2": "середина", "3": "конец", "4": "первая половина", "5": "вторая половина"},
    "en": {"1": "early", "2": "mid", "3": "late", "4": "first half", "5": "second half"},
}  # fmt: skip


class Periods(Check):
    name = "periods"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if not view.target.strip():
            return
        yield from self._lunar(view)
        yield from self._months(view)
        hours = False
        for span, message in times.differing(view.source, view.target, view.target_lang):
            hours = True
            yield self.finding(span, message)
        yield from self._named(view, hours)
        yield from self._compared(view)
        for span, message in offices.differing(view.source, view.target, view.target_lang):
            yield self.finding(span, message)

    def _lunar(self, view: View) -> Iterator[Finding]:
        """正月十五 is the 15th day of the first month of the lunar calendar, not 15 January."""
        from pipeline.languages.numbers import numbers

        text = view.target
        if re.search(r"лунн|lunar", text, re.IGNORECASE):
            return
        days = _LUNAR_DAYS.search(view.source)
        named = _months_pattern(view.target_lang).search(text) if days else None
        if days and named and "月" not in view.source:
            yield self.finding(named.span(), f"{days[0]} are days of every lunar month, not of «{named[0]}»")
        for match in _LUNAR_DAY.finditer(view.source):
            if match[1][0] not in "正腊冬" and not match[0].startswith(("农历", "阴历")):
                continue
            ten = {"初": 0, "十": 10, "廿": 20, "二十": 20}.get(match[2] or "", 0)
            day = ten + _HAN_MONTHS[match[3]]
            for number in numbers(text, view.target_lang):
                if number.kind == "date" and number.value and int(number.value) % 100 == day and number.value < 10000:
                    month = {"正": 1, "腊": 12, "冬": 11}.get(match[1][0]) or _HAN_MONTHS[match[1][:-1]]
                    if int(number.value) // 100 == month:
                        right = f"{day}-й день {month}-го месяца по лунному календарю"
                        yield self.finding(
                            number.span,
                            f"{match[0]} is a day of the lunar calendar, «{number.span.of(text)}» is not",
                            right if view.target_lang == "ru" else "",
                        )

    def _months(self, view: View) -> Iterator[Finding]:
        lang, text = view.target_lang, view.target
        if _LUNAR.search(view.source):
            return
        theirs: dict[int, set[str]] = {}
        for match in _MONTH_ZH.finditer(view.source):
            month = int(match[1]) if match[1].isdigit() else _HAN_MONTHS[match[1]]
            theirs.setdefault(month, set()).add(_PARTS_ZH.get(match[2] or "", ""))
        for match in _SPAN_ZH.finditer(view.source):
            for month in range(int(match[1]), int(match[2]) + 1):
                theirs.setdefault(month, set()).add("")
        if not theirs:
            return
        ours = list(_month_names(text, lang))
        said = {month for *_, month, _, _ in ours}
        missing = [month for month in theirs if month not in said]
        for start, end, month, part, dated in ours:
            if month not in theirs:
                alone = len(theirs) == 1 == len(said)
                if len(missing) == 1 and not dated and (alone or (part and theirs[missing[0]] - {""})):
                    yield self.finding((start, end), f"month differs: source {missing[0]}月, target {text[start:end]}")
            elif part and "" not in theirs[month] and part not in theirs[month]:
                right = ", ".join(_PART_NAMES[lang][one] for one in sorted(theirs[month]))
                yield self.finding((start, end), f"part of the month differs: {right} in the source", right)

    def _compared(self, view: View) -> Iterator[Finding]:
        """环比上涨0.1%，同比下降0.3%: each figure with what it is reckoned from, the month or the year before."""
        source, text = view.source, view.target
        if not _ON_YEAR.search(source) or not _ON_MONTH.search(source):
            return
        marks = _marks(view.target_lang)
        for figure in _SHARE.finditer(text):
            number = figure[1].replace(",", ".")
            said = [m for m in _SHARE.finditer(source) if m[1] == number]
            if len(said) != 1 or len([m for m in _SHARE.finditer(text) if m[1] == figure[1]]) != 1:
                continue
            before = re.split("[，。；]", source[: said[0].start()])[-1]
            kinds = {kind for kind, one in (("year", _ON_YEAR), ("month", _ON_MONTH)) if one.search(before)}
            if len(kinds) != 1:
                continue
            following = _SHARE.search(text, figure.end())
            tail = text[figure.end() : following.start() if following else len(text)]
            tail = re.split(r"[;.]\s", tail)[0]
            found = [(kind, m) for kind, one in marks for m in one.finditer(tail)]
            if len({kind for kind, _ in found}) == 1 and found[0][0] not in kinds:
                match = found[0][1]
                span = (figure.end() + match.start(), figure.end() + match.end())
                yield self.finding(
                    span, f"{before[-8:]}{said[0][0]} in the source, «{figure[0]} … {match[0]}» in the target",
                    severity=Severity.CRITICAL,
                )  # fmt: skip

    def _named(self, view: View, hours: bool) -> Iterator[Finding]:
        """The one time of its kind on each side: 上半年, «второе полугодие». `hours`: those are marked already."""
        lang, text = view.target_lang, view.target
        likely = _likely().among(view.source)
        if not likely:
            return
        told = rows("contrasts", "periods")
        hopeful = {told[number]["kind"] for number in likely}
        for kind, values in _kinds(lang).items():
            if kind not in hopeful:
                continue
            if kind.startswith("lunar") and _LUNAR_DAY.search(view.source):
                continue  # 正月十五: see `_lunar`
            if (kind == "daypart" and hours) or (kind == "rate" and _RATE_SIGN.search(view.source)):
                continue
            source = {value for value, han, _ in values if han.search(view.source)}
            if len(source) != 1:
                continue
            found = [(value, match) for value, _, ours in values for match in ours.finditer(text)]
            value = next(iter(source))
            if not found or any(value == other for other, _ in found):
                continue
            if len({match.span() for _, match in found}) > 1:
                continue
            if kind == "daypart" and not _clock(view.source, found[0][1], text, lang):
                continue
            if kind == "yearref" and "同比" in view.source and _LAST_YEAR.match(found[0][1][0]):
                continue
            if kind == "per" and value == "mu" and found[0][0] == "hectare" and _converted(view.source, text):
                continue
            if kind == "compared" and re.search("上年|去年|上月|年底|年末|季度|月", view.source) and value == "month":
                continue
            if kind == "compared" and value == "year" and re.search("上个?[月季]", view.source):
                continue  # 上月家电零售额同比下降
            match = found[0][1]
            if kind != "festival" and re.search(r"\s[А-ЯЁ]\w", match[0]):
                continue  # каждый День архивов: the name of a day
            han = next(h for v, h, _ in values if v == value).search(view.source)
            assert han is not None
            message = f"{_WHAT.get(kind, 'the time')} differs: {han[0]} in the source, «{match[0]}» in the target"
            yield self.finding(match.span(), message)


_WHAT: Final = {
    "per": "what the figure is reckoned by",
    "rate": "what the figure is reckoned by",
    "pay": "what the figure is reckoned by",
    "fate": "the fate",
}
_LAST_YEAR: Final = re.compile(r"year|прошл\w+ год", re.I)  # «чем за тот же период прошлого года»
_ON_YEAR: Final = re.compile("同比|[比较](?:上年|去年)(?:同期)?")
_ON_MONTH: Final = re.compile("环比|[比较]上个?[月季]")
_SHARE: Final = re.compile(r"(\d+(?:[.,]\d+)?)[ \u00a0]?(?:%|％|个百分点|процент|п\. ?п\.|per ?cent|percentage)")


@cache
def _marks(lang: Lang) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """("year" or "month", what says in the target that a figure is reckoned from the one before)."""
    return tuple((value, ours) for value, _, ours in _kinds(lang)["compared"])


_YIELD: Final = re.compile(r"(?:亩产|每亩|亩均)\D{0,8}(\d+(?:\.\d+)?)")


def _converted(source: str, target: str) -> bool:
    """Do none of the figures by the mu stand in the target as they are?"""
    figures = {match[1] for match in _YIELD.finditer(source)}
    return bool(figures) and not any(
        re.search(rf"(?<![\d,.]){re.escape(figure.replace('.', ','))}(?![\d,])", target) for figure in figures
    )


_RATE_SIGN: Final = re.compile(r"[/／][天日月年]")  # 桶/日 may be meant


def _clock(source: str, match: re.Match[str], text: str, lang: Lang) -> bool:
    """Does the part of the day on either side go with an hour: 晚7时, «7 часов утра»?"""
    if not _HOUR_ZH.search(source):
        return False
    before = text[: match.start()]
    return bool(re.search(r"(?:час(?:а|ов|ам)?|\d) ?$" if lang == "ru" else r"(?:\d|o'clock) ?(?:in the )?$", before))


def _month_names(text: str, lang: Lang) -> Iterator[tuple[int, int, int, str, bool]]:
    """(start, end, month, part of it, does a day stand with it) for every month named in the text."""
    table = numbers_words.MONTHS_RU if lang == "ru" else numbers_words.MONTHS_EN
    for match in _months_pattern(lang).finditer(text):
        month = table[match[2].lower()]
        lead = (match[1] or "").strip()
        part = next((value for pattern, value in _PARTS[lang] if lead and re.fullmatch(pattern, lead, re.I)), "")
        before, after = text[: match.start()], text[match.end() :]
        dated = bool(re.search(r"\d(?:-\w+)? ?$", before) or re.match(r" \d{1,2}\b", after))
        yield match.start(), match.end(), month, part, dated


@cache
def _months_pattern(lang: Lang) -> re.Pattern[str]:
    table = numbers_words.MONTHS_RU if lang == "ru" else numbers_words.MONTHS_EN
    names = "|".join(sorted((re.escape(name) for name in table), key=len, reverse=True))
    parts = "|".join(pattern for pattern, _ in _PARTS[lang])
    if lang == "en":
        return re.compile(rf"\b(?:((?i:{parts}))[ ]?)?(?-i:(?=[A-Z]))((?i:{names}))\b")
    return re.compile(rf"(?<!\w)(?:({parts})[ \u00a0])?({names})(?!\w)", re.IGNORECASE)


@cache
def _likely() -> Cues:
    return Cues(row["zh"] for row in rows("contrasts", "periods"))


@cache
def _kinds(lang: Lang) -> dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]] = {}
    for row in rows("contrasts", "periods"):
        ours = re.compile(rf"(?<!\w)(?:{row[lang]})(?!\w)", re.IGNORECASE)
        found.setdefault(row["kind"], []).append((row["value"], re.compile(row["zh"]), ours))
    return found


PLUGIN = Periods()
