"""Figures that stand in another relation: percent for times, months for days, three bodies for three others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model import Lang, Severity

Differing = tuple[tuple[int, int], str, str, Severity]  # span in the target, message, suggestion, severity

_DIGITS: Final = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_WORDS: Final[dict[int, str]] = {
    1: "один|одного|одном", 2: "два|две|двух|двум|двумя", 3: "три|трех|трем|тремя", 4: "четыре|четырех|четырем",
    5: "пять|пяти", 6: "шесть|шести", 7: "семь|семи", 8: "восемь|восьми", 9: "девять|девяти", 10: "десять|десяти",
}  # fmt: skip


def _number(text: str) -> int:
    return _DIGITS.get(text, 0) if not text.isdigit() else int(text)


def _said(value: int) -> str:
    """Pattern of a number in Russian, in figures or words."""
    return rf"(?:{value}|{_WORDS[value]})" if value in _WORDS else str(value)


def differing(source: str, target: str, lang: Lang) -> Iterator[Differing]:
    """All that this module finds in a Chinese source and its Russian target; nothing for other targets."""
    if lang != "ru":
        return
    text = target.replace("ё", "е")
    for found in _RULES:
        yield from found(source, text)


_PERCENT_ZH = re.compile(r"(\d+(?:\.\d+)?)\s?[%％]|百分之(\d+(?:\.\d+)?)")


def _times(source: str, text: str) -> Iterator[Differing]:
    """增长18%, «в 18 раз»."""
    if "倍" in source:
        return
    for match in _PERCENT_ZH.finditer(source):
        figure = (match[1] or match[2]).replace(".", ",")
        for said in re.finditer(rf"(?<![\w-])[Вв][ \u00a0]{re.escape(figure)}[ \u00a0]раза?\b", text):
            right = f"на {figure} %"
            yield said.span(), f"{match[0]} is a share, not a multiple: «{said[0]}»", right, Severity.CRITICAL


_MONTHS_ZH = re.compile(r"(?<!\d)(1[0-2]|[1-9])(?:月份?)?[至到—–-](1[0-2]|[1-9])月份?(?!\d)")
_MONTH = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"


def _months(source: str, text: str) -> Iterator[Differing]:
    """1至7月, «с 1 по 7 июля»: months counted as days."""
    for match in _MONTHS_ZH.finditer(source):
        one, two = match.groups()
        if re.search(rf"月{one}日?[至到—–-](?:\d+月)?{two}日", source):
            continue  # days of a month with the same figures
        pattern = rf"(?:с[ \u00a0])?{one}(?:[ \u00a0]по[ \u00a0]|[ \u00a0]?[-–—][ \u00a0]?){two}[ \u00a0](?:{_MONTH})\b"
        for said in re.finditer(pattern, text):
            right = f"{_NAMES[int(one) - 1]}–{_NAMES[int(two) - 1]}"
            yield said.span(), f"{match[0]} names months, not days: «{said[0]}»", right, Severity.CRITICAL


_NAMES: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_HALF_ZH = re.compile(r"(?<![十百\d])([一二两三四五六七八九]|\d+)个半(?=小时|月|星期|钟头)")
_HALF_UNITS: Final = {"小": "час", "月": "месяц", "星": "недел", "钟": "час"}


_HALVES_RU = re.compile(
    r"половин|полтор|\bполу(?:час|год|месяч)|\d,5|\bпол[- ]?(?:час|месяц|год)|30[ \u00a0]мин|15[ \u00a0]дн"
)


def _half(source: str, text: str) -> Iterator[Differing]:
    """三个半月, «три месяца»: the half is lost."""
    if _HALVES_RU.search(text):
        return
    for match in _HALF_ZH.finditer(source):
        unit = _HALF_UNITS[source[match.end()]]
        for said in re.finditer(rf"(?<![\w,]){_said(_number(match[1]))}[ \u00a0]{unit}\w*", text, re.IGNORECASE):
            yield said.span(), f"{match[0]} has a half more than «{said[0]}»", "", Severity.CRITICAL


_ET_AL_ZH = re.compile(r"等([二两三四五六七八九十]|\d{1,2})(?:个|家)?(?=部门|部委|单位|机构|国|省|市|地|县)")
_NAMED_FAR = 60  # characters before it among which those stand that are named


def _others(source: str, text: str) -> Iterator[Differing]:
    """教育部等三部门, «Министерство образования и три других ведомства»: the first is one of the three."""
    for match in _ET_AL_ZH.finditer(source):
        whole = _number(match[1])
        ahead = re.split("[，。；：]", source[max(0, match.start() - _NAMED_FAR) : match.start()])[-1]
        named = len(re.split("[、和及与]", ahead))
        if not whole or not 0 < named < whole:
            continue
        more = r"(?:(?:еще|другие|другими|других)[ \u00a0])?(?:с[ \u00a0])?"
        others = rf"{more}{_said(whole)}[ \u00a0](?:друг\w+|ины[мх]\w*|проч\w+)"
        for said in re.finditer(rf"(?<!\w){others}", text, re.IGNORECASE):
            message = f"{match[0]} in the source counts those named, too: not «{said[0]}»"
            yield said.span(), message, "", Severity.CRITICAL


_LEVEL_ZH = re.compile(
    r"(?:低于|高于|超过?|超出|距)(?:历史)?(?:警戒|保证|汛限|正常蓄|防洪)?(?:水位|水位线|线|限)(\d+(?:\.\d+)?)米"
)


def _level(source: str, text: str) -> Iterator[Differing]:
    """低于警戒水位2.58米, «ниже уровня в 2,58 метра»: as much below it, not that high."""
    for match in _LEVEL_ZH.finditer(source):
        figure = re.escape(match[1].replace(".", ","))
        for said in re.finditer(
            rf"(?:уров\w+|отметк\w+)[ \u00a0](?:\w+[ \u00a0])?(?:в[ \u00a0])?{figure}[ \u00a0]?м\w*", text
        ):
            clause = text[max(0, said.start() - 60) : said.start()]
            if re.search(rf"на[ \u00a0]{figure}", clause):
                continue
            right = f"на {match[1].replace('.', ',')} м"
            yield said.span(), f"{match[0]}: by so much, not a level of that height", right, Severity.CRITICAL


_SHARE_ZH = re.compile(
    r"(不到|不足|未到|超过?|逾|多于|近|接近)[^，。；\d]{0,6}?([二三四五六七八九十])分之([一二三四五六七八九])"
)
_SHARES: Final = {("二", "一"): r"половин\w+", ("三", "一"): "трет(?:ь|и|ью)", ("四", "一"): "четверт(?:ь|и|ью)",
                  ("三", "二"): "две трети", ("四", "三"): "три четверти"}  # fmt: skip
_LIMITS: Final = re.compile(
    r"мен[еь]|неполн|не превыш|не достига|до[ \u00a0]|ниже|бол[еь]|свыше|превы|больше|почти|около|близк|без малого|"
    r"с лишним|едва|не дотяг|подход|приближ|лишь|всего",
    re.I,
)


def _share(source: str, text: str) -> Iterator[Differing]:
    """不到三分之一, «составляет треть»: the limit is lost."""
    for match in _SHARE_ZH.finditer(source):
        stem = _SHARES.get((match[2], match[3]))
        said = list(re.finditer(rf"(?<!\w){stem}(?!\w)", text)) if stem else []
        around = text[max(0, said[0].start() - 30) : said[0].start()] + text[said[0].end() :][:14] if said else ""
        if len(said) == 1 and not _LIMITS.search(around):
            severity = Severity.MAJOR if match[1] not in ("近", "接近") else Severity.MINOR
            yield said[0].span(), f"{match[0]} in the source, «{said[0][0]}» in the target", "", severity


_TEENS_ZH = re.compile(
    r"(?<![二三四五六七八九两数几百千万\d])十[几多余来](?=[个家名人座条项种次天年户台辆艘株头位岁间件位册])"
)
_TENS_RU = re.compile(
    r"(?<!\w)(?:несколько[ \u00a0]десятк\w+|десятк(?:и|ов|ам|ами|ах))(?!\w)"
    r"(?![ \u00a0](?:тыс|млн|миллион|млрд))",
    re.I,
)


def _teens(source: str, text: str) -> Iterator[Differing]:
    """十几个, «несколько десятков»: ten and some."""
    match, said = _TEENS_ZH.search(source), list(_TENS_RU.finditer(text))
    if match and len(said) == 1 and not re.search("[数几]十|[二三四五六七八九]十", source):
        message = f"{match[0]} is between ten and twenty, not «{said[0][0]}»"
        yield said[0].span(), message, "более десяти", Severity.MAJOR


_AFTER_ZH = re.compile(
    r"(?<![十百\d第])([一二两三四五六七八九十]|\d+)(个?月|年|天|日|周|小时)(?:的?[^，。；]{0,6}期)?(?:期?满)?[之以]?后(?!续|来|备|勤|代|人|端|台|期)"
)
_UNITS_RU: Final = {
    "月": "месяц",
    "年": "год|лет|годич",
    "天": "дн|день|суток",
    "日": "дн|день|суток",
    "周": "недел",
    "时": "час",
}


def _after(source: str, text: str) -> Iterator[Differing]:
    """一年保护期后, «в течение года»: when it is over."""
    found = list(_AFTER_ZH.finditer(source))
    if len(found) != 1 or re.search("[之以年月天日周时]内|期间|以来|间(?=[，。])", source):
        return
    match = found[0]
    units, value = _UNITS_RU[match[2][-1]], _number(match[1])
    number = rf"(?:{_said(value)}[ \u00a0])" + ("?" if value == 1 else "")
    for said in re.finditer(rf"(?<!\w)в течение[ \u00a0]{number}(?:{units})\w*", text, re.IGNORECASE):
        if not re.search(r"(?<!\w)(?:через|спустя|после|по истечении|по окончании)(?!\w)", text, re.IGNORECASE):
            yield said.span(), f"{match[0]}: after it, not «{said[0]}»", "", Severity.CRITICAL


_GRADE_ZH = re.compile(
    "(?<![国部副])([省市县区])级(?!以上|以下|领导|干部|层面|财政)"
    "(?=[^，。；]{0,4}(?:非物质|非遗|文物|重点|示范|开发|高新|自然|森林|湿地|劳动|工程|实验|传承))"
)
_STATE_RU = re.compile(
    r"(?<!\w)(?:(?:обще)?государственн\w+|национальн\w+)[ \u00a0](?:уровн\w+|значени\w+|ранг\w+)", re.I
)
_GRADES: Final = {"省": "провинциального", "市": "городского", "县": "уездного", "区": "районного"}


def _grade(source: str, text: str) -> Iterator[Differing]:
    """省级非物质文化遗产, «государственного уровня»: of a province."""
    found = {match[1]: match[0] for match in _GRADE_ZH.finditer(source)}
    if len(found) != 1 or re.search("国家|全国|国务院|世界|中央", source):
        return
    [(mark, han)] = found.items()
    for said in _STATE_RU.finditer(text):
        yield said.span(), f"{han} is not «{said[0]}»", f"{_GRADES[mark]} уровня", Severity.CRITICAL


_PROVINCE_RU = re.compile(
    r"(?<!\w)(?:провинциальн|городск|районн|уездн)\w+[ \u00a0](?:уровн\w+|значени\w+|ранг\w+)", re.I
)


def _national(source: str, text: str) -> Iterator[Differing]:
    """国家级示范区, «на провинциальном уровне»: of the state."""
    if "国家级" not in source or re.search("[省市县区]级|全省|全市|省内|本省", source):
        return
    for said in _PROVINCE_RU.finditer(text):
        yield said.span(), f"国家级 is not «{said[0]}»", "национального уровня", Severity.MAJOR


_TIER_ZH = re.compile("([一二三四])级[^，。；]{0,8}(?:响应|预警|警报)")
_TIERS: Final = {"二": "двух", "三": "трех", "四": "четырех"}
_ROMAN: Final = {"二": "II", "三": "III", "四": "IV"}


def _tiers(source: str, text: str) -> Iterator[Differing]:
    """四级应急响应, «четырехуровневый режим»: of the fourth level."""
    for match in _TIER_ZH.finditer(source):
        stem = _TIERS.get(match[1])
        for said in re.finditer(rf"(?<!\w){stem}уровнев\w+", text, re.IGNORECASE) if stem else ():
            right = f"{_ROMAN[match[1]]} уровня"
            yield said.span(), f"{match[0]} names a level, «{said[0]}» counts levels", right, Severity.MAJOR


_PART_ZH = re.compile("([三四五六七八九十])分之一")


def _one_in(source: str, text: str) -> Iterator[Differing]:
    """三分之一, «три из них»: a part taken for a number."""
    for match in _PART_ZH.finditer(source):
        if re.search(r"трет[ьи]|четверт|пят[аоу]|част[ьи]|дол[яию]|%|процент", text):
            return
        for said in re.finditer(
            rf"(?<!\w){_said(_number(match[1]))}[ \u00a0]из(?:[ \u00a0]них)?(?!\w)", text, re.IGNORECASE
        ):
            yield said.span(), f"{match[0]} is a part, not «{said[0]}»", "", Severity.CRITICAL


_WIND_ZH = re.compile(r"(\d+)(?:[至到—–-](\d+))?级(?:以上)?[^，。；]{0,4}(?:大风|阵风|暴风|北风|南风|东风|西风)")


def _wind(source: str, text: str) -> Iterator[Differing]:
    """8至10级大风, «8–10 классов»: wind is measured in points."""
    for match in _WIND_ZH.finditer(source):
        last = match[2] or match[1]
        for said in re.finditer(
            rf"(?<![\d,]){last}(?:-?[йгоем]{{1,3}})?[ \u00a0](?:класс|уровн|степен|ранг|разряд)\w*", text
        ):
            yield said.span(), f"{match[0]}: the force of a wind, not «{said[0]}»", f"{last} баллов", Severity.MAJOR


_SERVICE_ZH = re.compile(r"(?:教龄|工龄|党龄|军龄|警龄|从业|从教|从警|执业)(?:已?有?|达)?(\d+)年")
_AGED: Final = (
    r"-летн(?:ий|яя|его|ему|им|ем|ей|юю)(?=[ \u00a0](?:\w+[ \u00a0])?"
    r"(?:учител|педагог|преподавател|врач|медсестр|полицейск|женщин|мужчин|рабоч(?:ий|его|ему|им|ая|ей)(?!\w)|мастер|"
    r"сотрудни|ветеран|коммунист|служащ|офицер|адвокат|воспитател|тренер))"
)  # fmt: skip


def _service(source: str, text: str) -> Iterator[Differing]:
    """教龄31年的教师, «31-летняя учительница»: years of work, not of age."""
    for match in _SERVICE_ZH.finditer(source):
        for said in re.finditer(rf"(?<!\d){match[1]}{_AGED}", text) if f"{match[1]}岁" not in source else ():
            right = f"стаж: {match[1]}"
            yield said.span(), f"{match[0]}: years of work, not of age", right, Severity.CRITICAL


_LASTS_ZH = re.compile("为期(?:约|近)?(半年|一年|[两三四五六七八九十]年|[一两三四五六七八九十]+个月)")


_OFTEN_RU = re.compile(
    r"(?<!\w)(?:(?:дв\w+|тр\w+|\d+)[ \u00a0])?раза?[ \u00a0]в[ \u00a0]"
    r"(?:полгода|год|месяц|\w+[ \u00a0](?:лет|год|месяц)\w*)"
)


def _lasts(source: str, text: str) -> Iterator[Differing]:
    """为期半年, «раз в полгода»: how long, not how often."""
    match = _LASTS_ZH.search(source)
    if match and not re.search(r"每|[一二两三四五六七八九十\d]次", source):
        for said in _OFTEN_RU.finditer(text):
            yield said.span(), f"{match[0]}: how long it lasts, not «{said[0]}»", "", Severity.CRITICAL


def _tails(source: str, text: str) -> Iterator[Differing]:
    """21万尾, «хвостов»: the measure word of fish."""
    if re.search(r"[\d万千百十两]尾", source) and "尾巴" not in source:
        for said in re.finditer(r"(?<!\w)хвост(?:а|ов|ы)?(?!\w)", text):
            yield said.span(), "尾 counts fish, and is no «хвост»", "рыб", Severity.MAJOR


_RULES: Final = (
    _times, _months, _half, _others, _level, _share, _teens, _after, _grade, _tiers,
    _national, _one_in, _wind, _service, _lasts, _tails,
)  # fmt: skip
