"""Prohibitions that the target has turned into requests: 不要将…, «передавайте»; 严禁…, «строго организовать»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks._renderings import forward
from pipeline.checks._words import parses
from pipeline.checks.base import View
from pipeline.languages.dictionary import covered, segment

_BAN = re.compile("(?:^|[，。；！：])(?:请|千万|切记|也)?(?:不要|切勿|请勿|勿|切忌|切莫)")
_WISH = re.compile(
    "(?<![不切])请(?!勿|不|切)|(?<!不)要(?!求|素|道|闻|点|害|领|么)|应|须|务必|注意|建议|保持|可以|需|尽量|尽快|及时"
)
_REFRAINS = re.compile("воздерж|избега|избеж|откаж|остерег|берег|прекрат|запре")
_ASKS = re.compile(r"\w+(?:[йи]|ь)те(?:сь)?$")


_TURNS = re.compile("(?:不要|切勿|勿|别)(?:忘|错过|大意|惊慌|放过|放弃|等|犹豫|客气|担心|着急)")
_FORBIDDEN = re.compile(r"запрещ|запрет|нельзя|не допуска|недопуст|не следует|не надо|не стоит", re.I)


def lifted(view: View) -> Iterator[tuple[tuple[int, int], str]]:
    """Imperatives without «не» where every clause of the source that asks for something forbids it, and there are
    fewer denied ones than prohibitions: (span, message)."""
    bans = list(_BAN.finditer(view.source))
    if _TURNS.search(view.source) or _FORBIDDEN.search(view.target):
        return
    if not bans or _WISH.search(_BAN.sub("", view.source)):
        return
    words = view.words
    asked = [n for n, word in enumerate(words) if _ASKS.match(word.low) and _imperative(word.low)]
    if any(_REFRAINS.match(words[n].low) for n in asked):
        return
    denied = [n for n in asked if any(word.low == "не" for word in words[max(0, n - 2) : n])]
    plain = [n for n in asked if n not in denied]
    if len(denied) < len(bans) and len(asked) <= len(bans):
        said = bans[-1][0].strip("，。；！：")
        forbidden = [span.of(view.source) for span, _ in segment(view.source) if len(span) > 1]
        for n in plain:
            form = (words[n].low, *words[n].lemmas)
            if not any(words[n].lemmas & forward("ru", han) or covered("ru", han, form) for han in forbidden):
                continue  # 切勿大意, «будьте бдительны»
            yield words[n].span, f"the source forbids (“{said}”), the target asks: «{words[n].text}»"


_STRICTLY = re.compile("严禁|严格禁止|严厉禁止")
_ORDERED = re.compile(r"\b(?:строго|строжайше|сурово)(?: \w+){1,6}", re.I)
_DENIES = re.compile(
    r"\b(?:не|ни|нет|нельзя)\b|запре|недопу|воспре|исключ|пресе|табу|карает|караетс|наказ|штраф|возбран|противопоказ|"
    r"противозакон|незакон",
    re.IGNORECASE,
)


def strictly(view: View) -> Iterator[tuple[tuple[int, int], str]]:
    """严禁, «строго организовывать»: a strict ban of which the strictness alone is left: (span, message)."""
    match = _STRICTLY.search(view.source)
    if match is None or view.target_lang != "ru" or "严" in _STRICTLY.sub("", view.source):
        return
    if _DENIES.search(view.target):
        return
    for said in _ORDERED.finditer(view.target):
        yield said.span(), f"“{match[0]}” forbids what the target asks for: «{said[0]}»"


_YET = re.compile("尚未|至今未|迄今未|仍未|还未|还没有?(?!人)")
_NOT_ONE = re.compile("无一(?:例(?!外)|[人起次家户件])")
_ONE = frozenset(("один", "одна", "одно", "одного", "одной", "одну"))
_DONE = re.compile("已|就要|即将|快要|(?<!目)前")
_NO = re.compile(r"(?<!\w)(?:не|ни|нет|без|никто|ничего|никогда|отсутств\w+|пока|предстоит|еще|ещё)(?!\w)", re.I)
_RIGHT = re.compile("(?<![没所])有权(?![威益利限势])")
_NONE = re.compile("无权|没有权|不得|无法|是否|不[能可]|未经")
_NO_RIGHT = re.compile(r"(?<!\w)(?:не имеет права|не имеют права|не имел\w? права|не вправе|нет права)(?!\w)", re.I)


def contradicted(view: View) -> Iterator[tuple[tuple[int, int], str]]:
    """尚未, «уже»; 有权, «не имеет права»; 无一例, «один случай»: (span, message)."""
    if (match := _NOT_ONE.search(view.source)) and not _NO.search(view.target):
        said = [word for word in view.words if word.low in _ONE]
        if said:
            yield said[0].span, f"“{match[0]}” of the source: not one; the target says «{said[0].text}»"
    if (match := _YET.search(view.source)) and not _DONE.search(_YET.sub("", view.source)):
        said = [word for word in view.words if word.low == "уже"]
        if said and not _NO.search(view.target):
            yield said[0].span, f"“{match[0]}” of the source denies what the target says: «{said[0].text}»"
    if _RIGHT.search(view.source) and not _NONE.search(view.source):
        for found in _NO_RIGHT.finditer(view.target):
            yield found.span(), f"有权 of the source allows what the target denies: «{found[0]}»"


def _imperative(low: str) -> bool:
    return any("impr" in reading.tag for reading in parses(low))
