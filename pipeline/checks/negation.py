"""A negation of the source that the target has lost"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks._renderings import surely
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
        if not view.target.strip():
            return
        if _ANY[view.target_lang].search(view.target):
            if (view.source_lang, view.target_lang) == ("zh", "ru"):
                yield from self._turned(view)
            return
        match = _STRONG[view.source_lang].search(view.source)
        if match:
            yield self.finding(
                (0, len(view.target)), f"“{match[0]}” of the source is lost: nothing in the target denies"
            )
        elif (view.source_lang, view.target_lang) == ("zh", "ru"):
            yield from self._turned(view)

    def _turned(self, view: View) -> Iterator[Finding]:
        """A word that the source denies wherever it has it, while nothing near it in the target denies it."""
        words = view.words
        source = _SPOKEN.sub("", view.source)
        asks = "？" in source or "?" in source
        if not asks and _FORBIDS.search(source) and not _ALLOWS.search(_FORBIDS.sub("", source)):
            cause = _FORBIDS.search(source)
            for at, word in enumerate(words):
                if cause and word.low in _MAY and not self._denied(view, at):
                    yield self.finding(
                        word.span, f"the source forbids (“{cause[0]}”), the target allows: «{word.text}»",
                        severity=Severity.CRITICAL,
                    )  # fmt: skip
        for han, denial in _denials(source):
            lemmas = surely("ru", han)
            for at, word in enumerate(words):
                if word.lemmas & lemmas and len(word.low) > 4 and not self._denied(view, at):
                    yield self.finding(
                        word.span, f"“{denial}” of the source denies what the target says: «{word.text}»",
                        severity=Severity.CRITICAL,
                    )  # fmt: skip
                    break

    @staticmethod
    def _denied(view: View, at: int) -> bool:
        """Is there a negative word within five words before or two after?"""
        near = view.words[max(0, at - 5) : at + 3]
        return any(_DENIES.fullmatch(word.low) for word in near)


# Turns with a negative sign that deny nothing, or not what follows.
_SPOKEN = re.compile(
    r"(?<=最)不|不超|没有一|未满|不[断扩结仅但只光管论过久少同禁惜愧仅仅懈](?!合格)|不得[不了已]|毫不(?:犹豫|动摇|松懈|放松)|不[^，。；]{0,4}不|没有[^，。；]{1,12}就没有|"
    r"无[^，。；]{0,3}不|非[^，。；]{1,6}不|能否|是否|[^，。；]不[^，。；]{0,2}(?=[？?])|未来|未必|不忘|不畏|不辞|不动产|不等式|不一|与众不同"
)
_FORBIDS = re.compile(
    r"(?<!求)不得|严禁|禁止|[绝决]不(?:能|允许|可|容许)?|不(?:能|可|允许|准|许|应|宜|容许)(?![或多缺少抗思避替逆估忽比]|不)"
)
_ALLOWS = re.compile(
    r"可(?!靠|观|持续|再生|行|见|控|及|喜|信|爱|视|谓|贵|追溯)|能够|[才就更还也都便将会]能|允许|准许|容许|放开|得以|有权|"
    r"应|须|要|让|使|以便"
)
_MAY = frozenset(
    ("может", "могут", "можно", "позволить", "позволять", "позволяет", "позволяют", "разрешить", "разрешать",
     "разрешает", "разрешают", "разрешено", "разрешается", "вправе", "допускается")
)  # fmt: skip
_DENIES = re.compile(
    r"(?:не|ни|нет|без|безо|нельзя|нигде|никогда|вне|мало|вряд|лишь|отнюдь|далеко|кроме|вместо|избегая|едва)|"
    r"не(?!много|сколько|обходим|дел|фт|бес|медленн|пременн|уклонн|устанн|прерывн|посредственн|зависим|сти|сет|сущ)\w{4,}|"
    r"ни(?:что|чего|чему|чем|кто|кого|кому|как\w*|куда)|без(?!опас)\w{4,}|бес(?!ед)\w{4,}|"
    r"(?:запре|отказ|отверг|отриц|исключ|отсутств|прекра|избе|лиш|воздерж|пресе|искорен|предотвра|"
    r"недо|противо|слаб|дефицит|потер|утра|провал|сорв|невоз|перест)\w*"
)
_DENIAL = re.compile(
    r"(?<![不没无未])(未(?!来|必)|没有|尚未|从未|不(?![是能可要会得应该须宜允准许容]))(?:能|曾|再|再有)?"
)
_SIGNS = {"足": "充足", "稳": "稳定", "均": "均衡", "公": "公平", "齐": "齐全"}


def _denials(source: str) -> Iterator[tuple[str, str]]:
    """(word, the denial with it) for every word that stands in the source behind a negation and nowhere else."""
    from pipeline.languages import chinese

    for match in _DENIAL.finditer(source):
        rest = re.split(r"[，。；、！？,;]", source[match.end() : match.end() + 8])[0]
        if not rest:
            continue
        span = next(iter(chinese.words(rest)), None)
        word = span.of(rest) if span is not None and span.start == 0 else ""
        if len(word) == 1:
            word = _SIGNS.get(word, "")
        plain = source.count(word) if word else 0
        if word and plain <= 1:
            yield word, match[0] + rest[: len(word)]


PLUGIN = Negation()
