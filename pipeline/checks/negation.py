"""A negation of the source that the target has lost"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

# Only what can hardly be rendered without a negative word: not 不断, 不仅, 不同, 不少, 无数.
_STRONG = {
    "zh": re.compile(
        r"(?<![求舍])不得(?![不了已])|严禁|禁止|绝不|决不|(?<!能)不能(?!不)|不允许|不准|从未|从不|毫不(?!犹豫|动摇)|"
        r"(?<!有)没有(?!.{0,12}就没有|任何)|尚未"
    ),
    "en": re.compile(r"\b(?:never|must not|shall not|cannot)\b", re.I),
    "ru": re.compile(r"\b(?:никогда|нельзя|запрещается|запрещено)\b", re.I),
}
_ANY = {
    "ru": re.compile(
        r"\b(?:не|ни|нет|без|нельзя|вне|кроме|лишь|только|едва|мало|вряд|против|вместо|пока|вопреки|несмотря)\b|"
        r"\bне\w{3,}|\bни\w{2,}|"
        r"\bбез\w{3,}|\bбес\w{3,}|запре\w+|отказ\w*|отверг\w*|отриц\w*|исключ\w+|отсутств\w+|"
        r"прекра\w+|избе\w+|лиш\w+|воздерж\w+|"
        r"пресе\w+|искорен\w+|предотвра\w+|противо\w+|отнюдь|далек\w*|перест\w+|уступ\w*|потер\w*|утра\w*",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:not?|non|never|nor|none|neither|without|cannot|nothing|nobody|"
            r"nowhere|little|few|hardly|barely|rarely|seldom|only|yet|unless|"
        r"instead|rather|against|out|far|other|else|anything)\b|n't\b|n’t\b|\b(?:un|in|im|ir|il|dis|non)\w{3,}|\w+less\b|"
        r"\b(?:prohibit|ban|forbid|forbade|fail|refus|reject|den[iy]|avoid|prevent|lack|absen|stop|ceas|exclud|refrain|reluct|miss)\w*",
        re.I,
    ),
    "zh": re.compile(r"[不没无未非莫勿别禁否拒免难绝缺少]|尚待|以免|除"),
}  # fmt: skip


class Negation(Check):
    name = "negation"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        assert view.source_lang is not None
        if not view.target.strip() or _ANY[view.target_lang].search(view.target):
            return
        match = _STRONG[view.source_lang].search(view.source)
        if match:
            yield self.finding(
                (0, len(view.target)), f"“{match[0]}” of the source is lost: nothing in the target denies"
            )


PLUGIN = Negation()
