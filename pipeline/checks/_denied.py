"""Words that a Chinese source denies wherever it has them: 尚未批准, 并非产自."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks._denials import listed as words_of
from pipeline.languages import dictionary

_DENIAL = re.compile(
    r"(?<![不没无未有])(并非(?!没|无|不)|绝非|未(?!来|必|成年|中标)|没有(?!这|那|其他|针对|任何|可|一|什么)|尚未(?!针对)|从未|(?<!会)不会(?!不)|不(?![是能可要会得应该须宜允准许容]))"
    r"(?:能|曾|获得?|予以?|肯|愿意?|敢|加以|作出?|再有?|按期|按时|及时|如期|完全|充分|有效|真正|根本|全面|当庭|当场|当面|当天|当日|得到|被|很好地?|明显)*"
)
_SIGNS = {"足": "充足", "稳": "稳定", "均": "均衡", "公": "公平", "齐": "齐全"}


_LONGEST = 4  # characters of a denied word


def denials(source: str) -> Iterator[tuple[str, str]]:
    """(word, the denial with it) for every word that stands in the source behind a negation and nowhere else."""
    from pipeline.languages import chinese

    entries = dictionary.load()
    for match in _DENIAL.finditer(source):
        rest = re.split(r"[，。；、！？,;]", source[match.end() : match.end() + 8])[0]
        if not rest or rest[0] == "由":
            continue  # 不再由单位转交: not the doer is denied
        span = next(iter(chinese.words(rest)), None)
        word = span.of(rest) if span is not None and span.start == 0 else ""
        if word not in entries:
            listed = (rest[:size] for size in range(_LONGEST, 1, -1))
            word = next((one for one in listed if one in entries), word)
        if len(word) == 1:
            word = _SIGNS.get(word, "")
        if word in words_of("zh", "name") and len(rest) > len(word) and chinese.is_han(rest[len(word)]):
            continue  # 没有中国公民受伤: not the country is denied
        plain = source.count(word) if word else 0
        if word and plain <= 1 and not rest[len(word) :].startswith("者") and not _again(source, word, match[0] + word):
            yield word, match[0] + rest[: len(word)]


def _again(source: str, han: str, denial: str) -> bool:
    """Does a word that ends in the denied one's first sign stand undenied elsewhere: 尚未采摘的茶园应抢采?"""
    if len(han) < 2:
        return False
    rest = source.replace(denial, "\n")
    return any(
        span.of(rest).endswith(han[0]) and not re.search("[不未没无]", rest[max(0, span.start - 2) : span.end])
        for span, _ in dictionary.segment(rest)
    )
