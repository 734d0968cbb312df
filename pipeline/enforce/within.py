"""A word that is but a part of another name in the source: 黑龙江省委 in 共青团黑龙江省委, «управление» in
«Национальное управление …», Central China in Central China Normal University."""

from __future__ import annotations

import re

from pipeline.enforce import synonyms
from pipeline.model import LANGS, Lang, Occurrence

_NATURE = re.compile(
    r"(?:гора|горы|хребет|река|озеро|остров|ущелье) |.*\b(?:Mount|Mountains?|River|Lake|Island|Gorge)\b"
)
_SEATS = re.compile("[市县镇乡](?![长政委])")  # 黄山市 is no mountain
_LEAGUE = re.compile("(?:共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:中央)?$")
_NATIONAL = re.compile(
    r"\b(?:Национальн|Государственн|Федеральн|Главн|Генеральн|Всероссийск|Центральн)(?:ое|ый|ая|ого|ому|ым|ом|ой|ую) $"
)
_NAMED = re.compile(
    r"(?= [A-Z])(?: (?:of|for|and|the|[A-Z][a-z]+)){0,4} ?\b(?:University|College|Institute|Academy|Hospital|Bank)\b"
)


_PLACES = re.compile("(?:自治)?[区县市镇乡村州路街巷桥湖河江山岛港](?![长政民委])|街道|社区|大道|广场|公园")


_STREETS = re.compile("路(?![面网桥况上边口程段])|街(?![头道区边上景坊])|巷|桥(?![梁头上])|大道|广场(?!舞)|公园")
_STREET_BEFORE = re.compile(r"(?i:улиц|просп|переул|бульвар|мост|площад|парк)\w*[ «]+$")
_STREET = re.compile(r"-?(?:лу|цзе|дадао|дацзе|сян)\b|\b(?:Road|Rd|Street|Avenue|Lu|Lane|Alley|Bridge|Square|Park)\b")
_FIRMS = re.compile(
    "航空|实业|办公|证券|集团|股份|控股|地产|置业|药业|制药|软件|科技|电子|电器|汽车|传媒|影业|银行|保险|物流|石化|钢铁|重工|电气|通讯|通信|食品|乳业|酒业"
)


def a_firm(occurrence: Occurrence, source: str) -> bool:
    """Does the name of a place begin that of a firm, which may go by another abroad: 长江实业, CK Asset?"""
    return occurrence.term.kind == "place" and _FIRMS.match(source, occurrence.span.end) is not None


def a_place(occurrence: Occurrence, source: str, target: str, lang: Lang) -> bool:
    """Is a Chinese word that is no name in the glossary that of a place, or that of a place that of a street, spelt as
    such in the target: 和平 in 和平区, Heping District; 北京 in 北京路, Бэйцзин-лу?"""
    from pipeline.languages import palladius, pinyin

    term, span = occurrence.term, occurrence.span
    named = _STREETS if term.kind == "place" else _PLACES
    if term.kind in ("person", "body") or lang == "zh" or not named.match(source, span.end):
        return False
    spoken = pinyin.syllables(span.of(source))
    name = ("".join(map(palladius.syllable, spoken)) if lang == "ru" else "".join(spoken)).capitalize()
    found = re.search(rf"\b{re.escape(name[:-1])}", target)
    if len(name) < 4 or found is None:
        return False
    around = target[max(0, found.start() - 12) : found.start()], target[found.start() : found.end() + 12]
    return term.kind != "place" or _STREET_BEFORE.search(around[0]) is not None or _STREET.search(around[1]) is not None


_OF_A_BODY = re.compile("部(?![门分署队位件落类长])|总?局(?![面势部势长])|厅(?!长)|委员会|出版社")
_OF_NATURE = re.compile("公司|集团|商学院")
_FIRM_ZH = "{}.{{0,2}}(?:公司|集团)"


def of_nature(occurrence: Occurrence, source: str, target: str, lang: Lang) -> bool:
    """Is it the name of a river or mountain that a firm bears: 亚马孙 beside 亚马逊公司, 长江 in 长江商学院?"""
    term = occurrence.term
    first = [form.text for each in LANGS for form in term.forms.get(each, ())[:1]]
    if term.kind != "place" or not any(_NATURE.match(text) or text[-1] in "河江山湖" for text in first):
        return False
    if lang == "zh":
        return _OF_NATURE.match(source, occurrence.span.end) is not None
    stems = {form.text[:2] for form in term.forms.get("zh", ())}
    return any(re.search(_FIRM_ZH.format(re.escape(stem)), target) for stem in stems)


def another(occurrence: Occurrence, source: str, lang: Lang) -> bool:
    """Does the source go on to another name, before the occurrence or behind it?"""
    term, span = occurrence.term, occurrence.span
    if lang == "zh" and term.kind == "term" and _OF_A_BODY.match(source, span.end):
        return True  # 国家安全|部
    if lang == "en" and (_longer_office(occurrence, source) or _of_a_name(occurrence, source)):
        return True
    if lang == "zh" and term.kind == "place" and _SEATS.match(source, span.end):
        return any(_NATURE.match(form.text) for each in ("ru", "en") for form in term.forms.get(each, ())[:1])
    if not synonyms.bundled(term.origin):
        return False
    if lang == "zh":
        league = source[span.end - 1] == "委" and _LEAGUE.search(source[: span.start])
        return term.kind == "body" and bool(league or source.endswith("联邦", 0, span.start))  # 德国联邦[统计局]
    if lang == "ru":
        small = term.kind == "body" and source[span.start].islower()
        return small and _NATIONAL.search(source[: span.start]) is not None
    return term.kind == "place" and _NAMED.match(source, span.end) is not None


_OFFICE_FOR = re.compile(r" for [A-Z][a-z]+\b(?!['’])")
_OF_SEVERAL = re.compile(r"\b(?:General|Envoy|Representative|Advis[eo]r|Ambassador|Coordinator|Rapporteur)$")
_CAPITAL = re.compile(r" [A-Z][a-z]+\b")


def _longer_office(occurrence: Occurrence, source: str) -> bool:
    """Does the office go on: Secretary of State [for Defence]? An Under-Secretary-General for something is one, too."""
    term, span = occurrence.term, occurrence.span
    goes_on = term.kind == "title" and source[span.start].isupper() and _OFFICE_FOR.match(source, span.end) is not None
    return goes_on and _OF_SEVERAL.search(source[: span.end]) is None


def _of_a_name(occurrence: Occurrence, source: str) -> bool:
    """Does a word that the glossary writes small begin a name: [Bill] Gates? Not in a heading, all of whose words have
    capitals."""
    term, span = occurrence.term, occurrence.span
    word = occurrence.form.text
    if term.kind != "term" or " " in word or not word.islower() or not source[span.start].isupper():
        return False
    if _CAPITAL.match(source, span.end) is None:
        return False
    words: list[str] = re.findall(r"[A-Za-z]+", source)
    return sum(each[0].islower() for each in words) > len(words) / 2
