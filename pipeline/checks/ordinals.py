"""The number of a congress, plenum, convocation or five-year plan that differs from the source"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

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
