"""What stands behind a term's Chinese rendering and is none of it: the act at the end of a clause («碎石胶泥[铺设]。»),
a word for what kind of matter it is («森林清查[工作]»). And what is no word without it: 槽[位], 募捐[会]."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.enforce import akin, bridge, chinese_rows
from pipeline.enforce.chinese import pieces, tag
from pipeline.enforce.heard import SURE, Word
from pipeline.enforce.spans import Asked, Row
from pipeline.languages.chinese import is_han
from pipeline.languages.russian.analyse import analyses, tokenise
from pipeline.model import Form, Occurrence

KINDS = {
    "工作": "作务业工", "方式": "式法术", "方法": "式法术", "活动": "动节会日赛式典周", "比赛": "赛", "赛事": "赛",
    "事业": "业", "业务": "务业", "岗位": "岗位职", "职务": "职务位", "服务": "务业", "职位": "职位岗",
}  # fmt: skip
"""Words for kinds of matters, and the characters at the end of a form that say the same."""
_LITTLE, _NOTHING = 0.2, 0.05  # attention of a word behind that is none of the term; of one that only the tables give
_PART = 0.2  # part of the chance of a row with what is done that it must have without
_BESIDES = 3  # words between a rendering and the word for its kind
_FUTURE = re.compile(r"\b(?:буд(?:ет|ут)|will|would|can|could|may|might|shall)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_UNITS = frozenset("位")
"""Measure words that end the name of a thing, too."""


def of_kind(word: Word, wording: Sequence[Form]) -> bool:
    """Is it a word for a kind of matter that makes sense behind the form?"""
    ends = KINDS.get(word.text)
    if ends is None or word.own or any(word.text in form.text for form in wording):
        return False
    return wording[0].text[-1] not in ends


def without_act(
    row: list[Word], words: Sequence[Word], asked: Asked, wording: Sequence[Form], found: Sequence[Row]
) -> list[Word]:
    """The words without one for a kind at the end, and without what is done at the end of a clause: what another word
    of the source says, or a verb that says no more of the term than the words before it."""
    if len(row) > 1 and row[-2].noun and row[-1].share < _LITTLE and of_kind(row[-1], wording):
        return row[:-1]
    last, rest = row[-1] if row else None, row[:-1]
    if last is None or not rest or not rest[-1].noun or len(last.text) < 2 or last.share >= _LITTLE:
        return row
    after = next((word for word in words if word.start == last.end), None)
    if (after is not None and is_han(after.text)) or any(last.text in form.text for form in wording):
        return row
    ends = (pieces(form.text)[-1].text for form in wording)
    if any(len(end) > 1 and tag(end).startswith("v") for end in ends):
        return row
    said = frozenset[int]().union(*(word.says for word in rest))
    if not last.says <= said or asked.parts - len(said) > sum(not word.says for word in rest):
        return row  # «牙齿[珐琅]» for tooth enamel
    if chance(rest, words, found) < _PART * chance(row, words, found):
        return row
    own, other = akin.nearest(last.text, asked.source, asked.term)
    verb = tag(last.text) == "v" or (tag(last.text) == "vn" and last.share < _NOTHING)
    return rest if verb or other > own else row


def chance(row: Sequence[Word], words: Sequence[Word], found: Sequence[Row]) -> float:
    """What the network gives these words alone."""
    bounds = row[0].start, row[-1].end
    return next((one.chance for one in found if (words[one.first].start, words[one.last].end) == bounds), 0.0)


def goes_on(word: Word, last: Word, words: Sequence[Word], occurrence: Occurrence, source: str, wording: Sequence[Form]
            ) -> bool:  # fmt: skip
    """Does the single character behind the last word make a noun with it: a measure word without a noun («槽[位]»),
    会 behind what is done there, where the source says nothing of the future («募捐[会]在剧院举行»), the last one of a
    body that the term's own word asks for («顾问[会]敦促», Council)?"""
    after = next((each for each in words if each.start == word.end), None)
    if occurrence.term.kind == "body" and len(word.text) == 1 and wording[0].text.endswith(word.text):
        return word.own and word.share >= SURE and not last.text.endswith(word.text)
    if any(word.text in form.text for form in wording):
        return False
    if word.text in _UNITS:
        spoken = bridge.language_of(source)
        several = chinese_rows.signs(occurrence, source)
        said = any(bridge.strength(word.text, sign, "zh", spoken) >= chinese_rows.RENDERS for sign in several)
        return last.noun and len(last.text) == 1 and not said and (after is None or not is_han(after.text))
    if word.text != "会" or len(last.text) < 2 or not tag(last.text).startswith("v"):
        return False
    meets = after is None or not is_han(after.text) or after.text in ("在", "于", "的", "上")
    return meets and not (_FUTURE.search(source) or _to_come(source))


def _to_come(source: str) -> bool:
    """Does a Russian verb of the source stand in the future?"""
    if bridge.language_of(source) != "ru":
        return False
    several = (analyses(token.text) for token in tokenise(source) if token.is_word)
    return any(found[0].pos == "VERB" and found[0].tense == "futr" for found in several)


def up_to_kind(end: int, words: Sequence[Word], source: str, wording: Sequence[Form]) -> int:
    """The end of the words behind a rendering that stand between it and the word for its kind, where nothing accounts
    for them but what other words render («长线[拉鱼]方式»)."""
    at = end
    for n, word in enumerate(each for each in words if each.start >= end):
        if word.start != at or n > _BESIDES:
            return end
        if word.text in KINDS:
            return at if of_kind(word, wording) else end
        if not word.open or not is_han(word.text) or word.text in "的" or not _idle(word, words, source):
            return end
        at = word.end
    return end


def _idle(word: Word, words: Sequence[Word], source: str) -> bool:
    """Does another word of the target render whatever of the source the word pays heed to?"""
    spoken = bridge.language_of(source)
    heeded = {sign for at, weight in word.away if weight >= _LITTLE for sign in _at(source, at)}
    others = [each for each in words if each is not word and not each.link]
    return all(any(bridge.strength(each.text, sign, "zh", spoken) >= chinese_rows.RENDERS for each in others)
               for sign in heeded)  # fmt: skip


def _at(source: str, at: int) -> tuple[str, ...]:
    """The word of the source that stands at the place or behind its space, as the tables list it."""
    at += len(source[at:]) - len(source[at:].lstrip())
    found = next((match for match in _WORD.finditer(source) if match.start() <= at < match.end()), None)
    return bridge.source_words(found.group()) if found is not None else ()
