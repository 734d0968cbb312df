"""A word that is but a part of another name in the source: 黑龙江省委 in 共青团黑龙江省委, «управление» in
«Национальное управление …», Central China in Central China Normal University."""

from __future__ import annotations

import re

from pipeline.enforce import synonyms
from pipeline.model import Lang, Occurrence

_LEAGUE = re.compile("(?:共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:中央)?$")
_NATIONAL = re.compile(
    r"\b(?:Национальн|Государственн|Федеральн|Главн|Генеральн|Всероссийск|Центральн)(?:ое|ый|ая|ого|ому|ым|ом|ой|ую) $"
)
_NAMED = re.compile(
    r"(?= [A-Z])(?: (?:of|for|and|the|[A-Z][a-z]+)){0,4} ?\b(?:University|College|Institute|Academy|Hospital|Bank)\b"
)


_PLACES = re.compile("(?:自治)?[区县市镇乡村州路街巷桥湖河江山岛港](?![长政民委])|街道|社区|大道|广场|公园")


def a_place(occurrence: Occurrence, source: str, target: str, lang: Lang) -> bool:
    """Is a Chinese word that is no name in the glossary that of a place, spelt as such in the target: 和平 in 和平区,
    Heping District?"""
    from pipeline.languages import palladius, pinyin

    term, span = occurrence.term, occurrence.span
    if term.kind not in ("term", "slogan", "title") or lang == "zh" or not _PLACES.match(source, span.end):
        return False
    name = (palladius.place if lang == "ru" else pinyin.place)(span.of(source))
    return len(name) > 3 and re.search(rf"\b{re.escape(name[:-1])}", target) is not None


def another(occurrence: Occurrence, source: str, lang: Lang) -> bool:
    """Does the source go on to another name, before the occurrence or behind it?"""
    term, span = occurrence.term, occurrence.span
    if not synonyms.bundled(term.origin):
        return False
    if lang == "zh":
        league = source[span.end - 1] == "委" and _LEAGUE.search(source[: span.start])
        return term.kind == "body" and bool(league or source.endswith("联邦", 0, span.start))  # 德国联邦[统计局]
    if lang == "ru":
        small = term.kind == "body" and source[span.start].islower()
        return small and _NATIONAL.search(source[: span.start]) is not None
    return term.kind == "place" and _NAMED.match(source, span.end) is not None
