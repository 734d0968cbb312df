"""The kind and the level of a body: national, provincial, city, county; what its name begins with in Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.checks._ranks import Slip
from pipeline.checks._words import Word
from pipeline.checks.base import View

_ABROAD = re.compile("[美英法德韩日俄泰越印]国?(?:联邦|国家)|斯坦|乌克兰|以色列|伊朗|新加坡|马来西亚|欧盟|联合国|国际")
_NATIONAL = re.compile(
    "国家[\u4e00-\u9fff]{1,14}?(?:总局|局(?![面部势限])|委员会|委(?![员任托派])|总?署(?!名)|办公室)|[\u4e00-\u9fff]{2,8}总[局署]"
)
_HEADS = ("бюро", "комисси", "управлени", "администраци", "комитет", "агентств", "служб", "ведомств", "офис", "контор")
_WIDE = re.compile("национальн(?!ост)|генеральн|общ(?:ая|ей|ую)$|главн|государственн")
_LOCAL = re.compile("[市县区州旗盟省厅会][\u4e00-\u9fff]{0,13}?局(?![面部势限域])|公安局")
_BUREAUS = re.compile("政治局|组织局|旅行社|调查局|情报局|主席团|事务所|常务|国际|联邦|设计局|处")
# Level of a Chinese body: characters, beginnings of Russian words that name it, the adjective.
_LEVELS = (
    ("县", ("уезд", "уком"), "уездный"),
    ("市", ("город", "горком", "горсовет", "муниципал", "мэр"), "городской"),
    ("省", ("провинц", "губерн", "обком"), "провинциальный"),
    ("州", ("округ", "окруж", "префектур", "автономн"), "окружной"),
    ("乡", ("волост",), "волостной"),
    ("镇", ("посел", "поселк", "городк", "городок"), "поселковый"),
)
# Russian adjectives of level, and the characters of the source that may stand for each.
_ADJECTIVES = {
    "окружной": "州区盟军院片", "областной": "州省俄白乌", "уездный": "县旗", "волостной": "乡", "районный": "区地县旗",
    "провинциальный": "省",
}  # fmt: skip
_NOUNS = {"графство": "郡英爱县匈", "губерния": "省", "штат": "州邦编聘员国美"}


def slips(view: View) -> Iterator[Slip]:
    """Bodies of the source whose level or kind another word stands for in the target."""
    yield from _national(view)
    yield from _bureaus(view)
    yield from _levels(view)


@cache
def _bodies() -> dict[str, tuple[str, ...]]:
    """Chinese names of bodies with the admitted Russian ones."""
    from pipeline.glossary import store

    return {
        form.text: tuple(one.text for one in term.forms.get("ru", ()))
        for term in store.builtin()
        if term.kind == "body"
        for form in term.forms.get("zh", ())
    }


def _national(view: View) -> Iterator[Slip]:
    """«Национальное бюро» for 国家…局, «Генеральная администрация» for …总署."""
    if _ABROAD.search(view.source):
        return
    wrong = list(_named(view))
    for match in _NATIONAL.finditer(view.source) if wrong else ():
        han = match[0] if match[0].startswith("国家") else _longest(view.source[: match.end()])
        admitted = _bodies().get(han, ())
        if any("национальн" in one.lower() for one in admitted):
            continue
        for first, last in wrong:
            kind = re.match("национальн", first.low) is not None
            if kind != match[0].startswith("国家") and not last.low.startswith("администраци"):
                continue
            if match[0].startswith("国家") or match[0][-2] == "总":
                right = admitted[0] if admitted else "Государственное управление (Государственный комитет)"
                yield Slip((first.start, last.end), han, right, not last.low.startswith("управлени"))
                wrong.remove((first, last))
                break


def _longest(text: str) -> str:
    """The longest name of a body that ends the text, or its last four characters."""
    return next((text[-size:] for size in range(12, 3, -1) if text[-size:] in _bodies()), text[-4:])


def _named(view: View) -> Iterator[tuple[Word, Word]]:
    words = view.words
    for at, word in enumerate(words):
        wide = _WIDE.match(word.low)
        if wide is None:
            continue
        for step in range(at + 1, min(at + 4, len(words))):
            gap = view.target[words[step - 1].end : words[step].start]
            if gap not in (" ", "\u00a0"):
                break
            if words[step].low.startswith(_HEADS if wide[0] == "национальн" else ("администраци",)):
                yield word, words[step]
                break
            if not re.search("(?:ая|ой|ую|ое|ого|ому|ый|ым|ом|ий|его|ему|яя|ей)$", words[step].low):
                break


def _bureaus(view: View) -> Iterator[Slip]:
    """«бюро» for the 局 of a city, a county, a province."""
    local = _LOCAL.search(view.source)
    if local is None or _BUREAUS.search(view.source) or _ABROAD.search(view.source):
        return
    for word in view.words:
        if word.low.endswith("бюро") and word.low not in ("политбюро", "оргбюро", "турбюро"):
            yield Slip(word.span, local[0][-8:], "управление", False)


def _levels(view: View) -> Iterator[Slip]:
    """«окружной комитет» for 县委, «областной» for 省, where no word of the target names the right level."""
    for mark, beginnings, right in _LEVELS:
        found = re.search(f"{mark}(?:委(?![屈婉派托])|政府|人大|政协|纪委|长(?![期远大久])|[级直])", view.source)
        if found is None or sum(word.low.startswith(beginnings) for word in view.words) >= view.source.count(mark):
            continue
        for word in view.words:
            wrong = {**_ADJECTIVES, **_NOUNS}.keys() & word.lemmas
            if wrong and all(set({**_ADJECTIVES, **_NOUNS}[one]).isdisjoint(view.source) for one in wrong):
                yield Slip(word.span, found[0], right, True)
                break
