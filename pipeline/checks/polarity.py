"""Growth rendered as decline, or decline as growth"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Lang, Severity

_UP: Final[dict[Lang, str]] = {
    "zh": "增长|上升|提高|增加|上涨|增至|升至|提升",
    "ru": r"вырос\w*|возрос\w*|увелич\w+|повыс\w+|(?:при)?рост(?:а|у|ом|е)?|рос(?:л[аои]?)?|рас(?:тет|тут|ти|тущ\w+)|"
    r"подня\w+|прибав\w+|больше|выше|быстрее|подорож\w+|восстанов\w+",
    "en": r"increas\w*|grew|grow(?:s|n|ing|th)?|r[io]se[sn]?|risen|rising|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|"
    r"gain(?:s|ed|ing)?|soar\w*|surg\w+|higher|more|faster|up(?=\s*$| {2}| (?:by |about |nearly |over |more than )?\d)",
}
_DOWN: Final[dict[Lang, str]] = {
    "zh": "下降|减少|降低|下跌|下滑|缩减|降至|回落|减至",
    "ru": r"сниз\w+|снижен\w*|сократ\w+|сокращ\w+|упал\w*|уменьш\w+|паден\w+|спад(?:а|у|ом|е)?|меньше|ниже|"
    r"пониз\w+|убав\w+|потер\w+|подешев\w+|медленнее",
    "en": r"decreas\w*|declin\w*|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|reduc\w*|lower|less|"
    r"fewer|slower|shr[aiu]nk\w*|cut|lost|los(?:e|es|ing|s|ses)|slid\w*|slip\w*|dip\w*|down",
}
_NUMBER = r"(\d+(?:[.,]\d+)?)\s*(?:%|％|个百分点|процент\w*|percent|per cent)"


class Polarity(Check):
    name = "polarity"
    category = "accuracy/mistranslation"
    severity = Severity.CRITICAL
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        assert view.source_lang is not None
        theirs = _moves(view.source, view.source_lang)
        if not theirs:
            return
        text, lang = view.target, view.target_lang
        for match in re.finditer(_NUMBER, text):
            move = theirs.get(match[1].replace(",", "."))
            if move is None:
                continue
            before = max((other.end() for other in re.finditer(_NUMBER, text[: match.start()])), default=0)
            clause = text[max(before, match.start() - 70) : match.start()]
            if not any(_words(f"{_UP[lang]}|{_DOWN[lang]}", clause, lang)):  # «вырос на 5,2 и 4,1 %»
                clause = text[max(0, match.start() - 70) : match.start()]
            clause = (
                re.split(r"[.;。；!?]\s", clause)[-1]
                + " "
                + re.split(r"[.,;，。；]", text[match.end() : match.end() + 25])[0]
            )
            ups, downs = list(_words(_UP[lang], clause, lang)), list(_words(_DOWN[lang], clause, lang))
            if (move == "up" and downs and not ups) or (move == "down" and ups and not downs):
                said = (ups or downs)[-1]
                word = said[0]
                at = text.find(word, max(0, match.start() - 70))
                what = "a rise" if move == "up" else "a fall"
                yield self.finding(
                    (at, at + len(word)), f"the source speaks of {what} by {match[1]} %, the target says «{word}»"
                )


def _words(pattern: str, text: str, lang: Lang) -> Iterable[re.Match[str]]:
    return re.finditer(pattern if lang == "zh" else rf"\b(?:{pattern})\b", text, re.IGNORECASE)


def _moves(text: str, lang: Lang) -> dict[str, str]:
    """Percentage -> "up" or "down", where the words before it (in English also after it) say only one of them."""
    found: dict[str, str] = {}
    before = 0
    for match in re.finditer(_NUMBER, text):
        first = match.start() - (8 if lang == "zh" else 40)
        clause = text[max(before, first) : match.start()]
        if not any(_words(f"{_UP[lang]}|{_DOWN[lang]}", clause, lang)):  # rose by 5.2 and 4.1 percent
            clause = text[max(0, first) : match.start()]
        before = match.end()
        clause = re.split(r"[，,。；;]", clause)[-1]
        if lang != "zh":
            clause += " " + re.split(r"[.,;]", text[match.end() : match.end() + 20])[0]
        up, down = any(_words(_UP[lang], clause, lang)), any(_words(_DOWN[lang], clause, lang))
        if up != down:
            key = match[1].replace(",", ".")
            move = "up" if up else "down"
            found[key] = move if found.get(key, move) == move else ""
    return {key: move for key, move in found.items() if move}


PLUGIN = Polarity()
