"""The number of a congress, plenum, convocation or five-year plan that differs from the source"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.checks._number_text import target_numbers
from pipeline.checks.base import Check, View
from pipeline.languages import numbers_words
from pipeline.model import Finding, Lang, Severity

_HAN: Final = "一二三四五六七八九十"
# kind -> (Chinese with the number in a group, what follows the ordinal in Russian, in English)
_KINDS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        rf"[“\"‘]([{_HAN}]+)五[”\"’]|(十[{_HAN}])五(?=规划|时期|期间|末|以来)|第([{_HAN}]+)个五年",
        r"(?:\w+[ ])?пятилет\w+(?: план\w*)?",
        r"five-year plan\w*",
    ),
    (
        rf"(?:党的|中共|学习|贯彻|落实|以来|，|。|、|^|与|和)(十[六七八九]|二十一?)大(?!会)|第([{_HAN}]+)次[^，。]{{0,14}}大会"
        rf"|([{_HAN}]+)大(?:精神|报告|以来|召开|部署|代表)",
        r"(?:\w+[ ])?съезд\w*",
        r"(?:CPC |Party )?(?:National )?(?:Party )?Congress(?! of)",
    ),
    (
        rf"([{_HAN}])中全会|第?([{_HAN}]+)次(?:全体会议|全会)|届([{_HAN}]+)次全",
        r"(?:\w+[ ])?пленум\w*",
        r"(?:plenary session|plenum)\w*",
    ),
    (rf"([{_HAN}]+)届", r"созыв\w*", "(?!)"),
)
_PLAN = 0
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_STEMS = "|".join(sorted(numbers_words.ORDINAL_STEMS_RU, key=len, reverse=True))
_RU_WORD = re.compile(rf"(двадцать )?({_STEMS})(?:[ыиоуаеяюь]\w{{0,3}})", re.IGNORECASE)
_ORDINAL: Final[dict[Lang, str]] = {
    "ru": rf"(\d{{1,2}}-?(?:[а-я]{{1,3}})?|[IVX]+|(?:двадцать )?(?:{_STEMS})[ыиоуаеяюь]\w{{0,3}})",
    "en": r"(\d{1,2}(?:st|nd|rd|th)|" + "|".join(sorted(numbers_words.ORDINALS_EN, key=len, reverse=True)) + ")",
}

# Numerals that count a place in a row and never a quantity: 第三批, 十四届人大, 三级响应
_RANK = re.compile(
    rf"第[{_HAN}]+(?=[批轮届期次个章条节款卷集季代位名])|[{_HAN}]+(?=届[^，。；]{{0,8}}(?:人大|人民代表|政协|常委会|中央|委员会|全[会国]))"
    rf"|[{_HAN}]+(?=级(?:应急|响应|预警|警报|医院|医疗机构|甲等|文物|保护|公路|残疾|伤残|标准|资质|以上(?!大?风|阵风|地震|强风|北风|南风)))"
    rf"|[{_HAN}]+(?=等(?:奖|功)|期(?:工程|项目|建设)|年级|线城市)"
)
_NOT_RANKS = re.compile(rf"第[{_HAN}]+(?:、|和|至|到)第?[{_HAN}]+")
_CLASS = re.compile(rf"(?<![{_HAN}])([{_HAN}]{{1,3}})(?:级|届|等|类|批|档)(?=[^，。；、]{{0,8}})")
# Nouns that an ordinal number counts, with what must stand in the source for them
_NOUNS: Final[dict[Lang, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]] = {
    "ru": tuple(
        (re.compile(rf"(?<![\w-]){_ORDINAL['ru']}[ \u00a0]{noun}", re.IGNORECASE), re.compile(evidence))
        for noun, evidence in (
            (r"этаж\w*", "楼|层"), (r"раунд\w*", "轮|回合"), (r"созыв\w*", "届"), (r"комнат\w*", "室|间|房"),
            (r"ступен\w*", "级|阶|步|梯"), (r"поколени\w*", "代"),
        )
    ),
    "en": tuple(
        (re.compile(rf"(?<![\w-]){_ORDINAL['en']}[ ]{noun}", re.IGNORECASE), re.compile(evidence))
        for noun, evidence in (
            (r"(?:floor|stor(?:e?y|ies))\w*", "楼|层"), (r"round\w*", "轮|回合"), (r"generation\w*", "代"),
        )
    ),
}  # fmt: skip


class Ordinals(Check):
    name = "ordinals"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        for kind, (zh, *following) in enumerate(_KINDS):
            theirs = {_han(next(group for group in match.groups() if group)): match[0] for match in
                      re.finditer(zh, view.source)}  # fmt: skip
            theirs.pop(0, None)
            if not theirs:
                continue
            lang, text = view.target_lang, view.target.replace("ё", "е")
            said = re.compile(rf"(?<![\w-]){_ORDINAL[lang]}[ \u00a0]{following[lang == 'en']}", re.IGNORECASE)
            written = ", ".join(match.strip("，。、") for match in theirs.values())
            found = [(match, _value(match[1], lang)) for match in said.finditer(text)]
            for match, value in found:
                if value and value not in theirs:
                    yield self.finding(match.span(), f"{written} in the source, «{match[0]}» in the target")
            if kind == _PLAN and lang == "ru" and not found and not re.search("пятилет", text, re.IGNORECASE):
                yield from self._guessed(view, theirs)

        yield from self._counted(view)
        yield from self._misnamed(view)

    def _counted(self, view: View) -> Iterator[Finding]:
        """第三批, «трёх партий»: a place in a row rendered as a quantity."""
        source = _NOT_RANKS.sub("", view.source)
        ranks = {_han(match[0].lstrip("第")): match for match in _RANK.finditer(source)}
        ranks = {value: match for value, match in ranks.items() if value > 1}
        if not ranks:
            return
        numbers = target_numbers(view)
        counted = {int(n.value) for n in numbers if n.kind == "ordinal" and n.value is not None}
        for value, match in ranks.items():
            if value in counted:
                continue
            others = source[: match.start()] + source[match.end() :]
            if match[0].lstrip("第") in others or re.search(rf"(?<!\d){value}(?!\d)", others + view.target):
                continue
            said = [n for n in numbers if n.kind == "number" and n.value == value]
            if len(said) == 1:
                start = said[0].span.start
                end = next((w.end for w in view.words if w.start > said[0].span.end), said[0].span.end)
                what = source[max(0, match.start() - 1) : match.end() + 2]
                yield self.finding(
                    (start, end), f"“{what}” names a place in a row, «{view.target[start:end]}» a quantity"
                )

    def _misnamed(self, view: View) -> Iterator[Finding]:
        """二级医院, «второго этажа»: the number goes with another noun than in the source."""
        ranks = {_han(match[1]): match for match in _CLASS.finditer(view.source)}
        if not ranks:
            return
        lang, text = view.target_lang, view.target.replace("ё", "е")
        for noun, evidence in _NOUNS[lang]:
            if evidence.search(view.source):
                continue
            for said in noun.finditer(text):
                value = _value(said[1], lang)
                if value in ranks:
                    match = ranks[value]
                    yield self.finding(said.span(), f"“{match[0]}” of the source is not «{said[0]}»")

    def _guessed(self, view: View, theirs: dict[int, str]) -> Iterator[Finding]:
        """“十四五”, «четырнадцатый пункт»: the number of a five-year plan with another noun."""
        for match in re.finditer(rf"(?<![\w-]){_ORDINAL['ru']}[ \u00a0]([а-яё]{{4,}})", view.target, re.IGNORECASE):
            value = _value(match[1], "ru")
            if value in theirs and not re.match("созыв|съезд|сесси|заседан|год|раз|место|век", match[2].lower()):
                right = f"{value}-я пятилетка"
                yield self.finding(match.span(), f"{theirs[value]} is the {value}th five-year plan", right)


def _han(text: str) -> int:
    """Value of a Chinese numeral under a hundred; 0 for what is none."""
    tens, ten, ones = text.partition("十")
    if any(part and (len(part) > 1 or part not in _HAN) for part in (tens, ones)):
        return 0
    digit = {char: n for n, char in enumerate(_HAN, 1)}
    return (digit.get(tens, 1) * 10 if ten else digit.get(tens, 0)) + digit.get(ones, 0)


def _value(text: str, lang: Lang) -> int:
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    if lang == "en":
        return numbers_words.ORDINALS_EN.get(text.lower(), 0)
    if re.fullmatch("[IVX]+", text):
        total, previous = 0, 0
        for letter in reversed(text):
            one = _ROMAN[letter]
            total, previous = total + (one if one >= previous else -one), max(previous, one)
        return total
    match = _RU_WORD.fullmatch(text)
    if match is None:
        return 0
    return (20 if match[1] else 0) + numbers_words.ORDINAL_STEMS_RU[match[2].lower().replace("ё", "е")]


PLUGIN = Ordinals()
