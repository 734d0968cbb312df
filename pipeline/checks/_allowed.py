"""What a Chinese source forbids, what it allows, and the Russian words of permission: 不得堆放, «можно складывать»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.checks._words import Word, parses

FORBIDS = re.compile(
    r"(?:(?<!求)不得(?![超少低高多大小长短早晚])|严禁|禁止|[绝决]不(?:能|允许|可|容许)?|不行(?=[。，；！”]|$)|不批(?![评判])|不容(?![易置得])|不予(?:批准|受理|许可)|不(?:能|可|允许|准|许|应|宜|"
    r"容许)(?![或多缺少抗思避替逆估忽比]|不))(?:让|使)?"
)
_CAN = (
    r"(?<!不)能(?![源力量耗效级])|可(?!靠|观|持续|再生|行|见|控|及|喜|信|爱|视|谓|贵|追溯)|能够|[才就更还也都便将会]能|允许|准许|容许|放开|得以|有权|"
    r"应|须|要|让|使(?![用命节者馆])|以便"
)
# 极易坠湖, 或致拥堵: what may happen, «может провалиться»
_CHANCE = re.compile(
    "(?<![容轻交贸简不])易(?![于燃爆地手货])|容易|恐(?![怖吓慌])|或(?:将|致|会)|会(?:导致|造成|引发|影响)|有可能"
)
# What speaks for each kind of permission in the source
_ALLOWS = {
    "can": re.compile(_CAN),
    "might": re.compile(_CAN),
    "let": re.compile(
        r"可(?!靠|观|持续|再生|控|及|喜|信|爱|视|谓|贵)|[允准容许]许|许可|批准|放开|放行|让|使(?![用命节者馆])|得以|有权|"
        r"准予|同意|能够"
    ),
}
_MAY = {
    **dict.fromkeys(("может", "могут"), "might"),
    **dict.fromkeys(("можно", "вправе"), "can"),
    **dict.fromkeys(
        ("позволить", "позволять", "позволяет", "позволяют", "разрешить", "разрешать", "разрешает", "разрешают",
         "разрешено", "разрешается", "допускается", "допустимо", "допустима", "допустим", "допустимы", "приемлемо",
         "дозволено", "дозволяется"), "let"),
}  # fmt: skip
# Words of a target that renders the ban
_BANNED = re.compile(
    r"нельзя|недопуст\w+|(?:запре[тщ]|воспре[тщ]|отказ|воздерж|избега|исключа|исключен|противопоказ|закры)\w*"
)


def permitting(source: str, words: Sequence[Word]) -> Iterator[int]:
    """Places of the words of permission for which nothing speaks in a source that forbids something.

    What may happen excuses as many «может» as the source has such words, the last ones, and only beside a ban or
    another word of permission: 严禁行走，极易断裂, «ходить запрещено: лед [может] проломиться», but not «могут ходить,
    последствия бывают тяжелыми».
    """
    rest = FORBIDS.sub("", source)
    allowed = {kind for kind, pattern in _ALLOWS.items() if pattern.search(rest)}
    found = [at for at, word in enumerate(words) if word.low in _MAY and _MAY[word.low] not in allowed]
    likely = [at for at in found if _MAY[words[at].low] == "might"]
    excused = likely[max(0, len(likely) - len(_CHANCE.findall(rest))) :]
    if len(excused) == len(found) and not any(_bans(words, at) for at in range(len(words))):
        excused = []
    yield from (at for at in found if at not in excused)


def _bans(words: Sequence[Word], at: int) -> bool:
    """Does the word, or «не» with the verb behind it, say what must not be: «запрещено», «не купайтесь»?"""
    if _BANNED.fullmatch(words[at].low):
        return True
    if words[at].low != "не" or at + 1 == len(words):
        return False
    following = words[at + 1].low
    return following.startswith("долж") or str(parses(following)[0].tag.POS) in ("VERB", "INFN", "PRED", "PRTS")
