"""Homographs in Chinese running text: is the string found really a word there, or a piece of its neighbours?

发展中国家 holds 中国, 扩大连接 holds 大连. A hit is refused where a dictionary word that contains it, or crosses its
edge, makes a better segmentation (maximum probability over jieba's dictionary, Sun Junyi 2013) than one with the hit
as a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import log

from pipeline.languages.chinese import frequencies

_WINDOW = 6  # characters either side that can change the segmentation at the hit's edges
_LONGEST = 8
_FEW = 300  # hits that are looked at without the table of pairs
_SAFE = 5  # hits this long are never refused
_ORDINARY = 500  # a personal name of two characters more frequent than this is first of all a word
_NAME, _TERM = 3, 30  # how much likelier an entry of two characters is in its texts than the dictionary says
_UNKNOWN = 300  # frequency lent to a hit of two characters that the dictionary lacks; eight times for each more
_BESIDE = frozenset("女男老新旧古大小东西南北中前原本")  # what stands before a name or title and leaves it what it is
_NAMES_END = (
    *("银行", "大学", "学院", "公司", "集团", "出版社", "法院", "医院", "杂志", "日报", "晚报", "报社", "协会"),
    *("学会", "研究院", "研究所", "大会堂"),
)


@cache
def _dictionary() -> tuple[dict[str, int], float]:
    """Word frequencies and log of their sum."""
    freq, total = frequencies()
    return freq, log(total)


@cache
def _pairs() -> frozenset[str]:
    """Every pair of neighbours inside a word: what no word holds needs no segmentation. It pays in long jobs only."""
    return frozenset(word[i : i + 2] for word, count in _dictionary()[0].items() if count for i in range(len(word) - 1))


def _segment(text: str, hit: tuple[int, int], bias: int, banned: str = "") -> list[tuple[int, int]]:
    """The best segmentation of `text`; the span `hit` counts as a word even where the dictionary lacks it."""
    freq, total = _dictionary()
    size = len(text)
    best: list[tuple[float, int]] = [(0.0, 0)] * size + [(0.0, size)]
    for at in range(size - 1, -1, -1):
        choice = (-total - 1.0 + best[at + 1][0], at + 1)
        for stop in range(at + 1, min(size, at + _LONGEST) + 1):
            word = text[at:stop]
            count = 0 if word == banned else freq.get(word, 0)
            if (at, stop) == hit:
                count = max(count * (bias if stop - at == 2 else 1), _UNKNOWN * 8 ** (stop - at - 2))
            if count and log(count) - total + best[stop][0] > choice[0]:
                choice = (log(count) - total + best[stop][0], stop)
        best[at] = choice
    spans = []
    at = 0
    while at < size:
        spans.append((at, best[at][1]))
        at = best[at][1]
    return spans


@lru_cache(maxsize=1 << 15)
def _stands(left: str, hit: str, right: str, bias: int) -> bool:
    """Does `hit` keep its edges in the best segmentation of left + hit + right?

    Inside a compound (市委 + 书记) it does where the compound falls apart at the same edges and is no proper name; an
    edge that a word crosses is kept where that falls apart there into two words (伏季 + 休渔 beside 休渔期).
    """
    start, end = len(left), len(left) + len(hit)
    text = left + hit + right
    spans = _segment(text, (start, end), bias)
    edges = {a for a, _ in spans} | {b for _, b in spans}
    if all(at in edges or _falls_apart(text, spans, at) for at in (start, end)):
        return True
    for a, b in spans:
        if a <= start and end <= b:
            if text[a:b].endswith(_NAMES_END) and not hit.endswith(_NAMES_END):
                return False
            rest = (text[a:start], text[end:b])
            if (
                rest[0]
                and not rest[1]
                and (_is_person(text[a:b]) or (bias == _NAME and len(rest[0]) == 1 and rest[0] not in _BESIDE))
            ):
                return False  # 孙[中山], 入[海口]
            if all(not piece or (len(piece) > 1 and _dictionary()[0].get(piece)) for piece in rest):
                return True
            inner = _segment(text[a:b], (start - a, end - a), bias, banned=text[a:b])
            edges = {x for x, _ in inner} | {y for _, y in inner}
            return start - a in edges and end - a in edges
    return False


def _is_person(word: str) -> bool:
    from pipeline.languages.names_context import known_names

    return word in known_names()


def _falls_apart(text: str, spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Is the word that goes over the place made of two listed ones of two characters or more that meet there, and no
    name (人民银行, beside 中国人民)?"""
    freq, _ = _dictionary()
    a, b = next(span for span in spans if span[0] < at < span[1])
    if text[a:b].endswith(_NAMES_END):
        return False
    return min(at - a, b - at) > 1 and bool(freq.get(text[a:at]) and freq.get(text[at:b]))


def _runs(text: str, start: int, end: int) -> tuple[str, str]:
    """Han characters directly left and right of the hit, at most a window of each."""
    left = start
    while left > max(0, start - _WINDOW) and "\u3400" <= text[left - 1] <= "\u9fff":
        left -= 1
    right = end
    while right < min(len(text), end + _WINDOW) and "\u3400" <= text[right] <= "\u9fff":
        right += 1
    return text[left:start], text[end:right]


def stands_alone(text: str, start: int, end: int, name: bool = True) -> bool:
    """Whether text[start:end] can be the word it looks like, in folded Chinese; names are taken less easily."""
    left, right = _runs(text, start, end)
    if end - start >= _SAFE or not (left or right):
        return True
    if name and end - start > _SHORTEST and right and _goes_on(text[start:end], right):
        return False
    if (
        _stands.cache_info().misses > _FEW
        and not {text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]} & _pairs()
    ):
        return True
    return _stands(left, text[start:end], right, _NAME if name else _TERM)


_SHORTEST = 3  # characters of a name that may be cut at another place
_MEMBERS = frozenset("员人长")


@lru_cache(maxsize=1 << 12)
def _goes_on(hit: str, right: str) -> bool:
    """Does a longer word begin with the last two characters of the hit, and what is left of it is none: 中国[银行业],
    武汉[大学城]?"""
    freq, _ = _dictionary()
    rest = max((freq.get(right[:size], 0) for size in range(2, min(4, len(right)) + 1)), default=0)
    for size in range(1, min(2, len(right)) + 1):
        longer = freq.get(hit[-2:] + right[:size], 0)
        if longer > rest and not (size == 1 and right[0] in _MEMBERS):
            return True
    return False


_LEVELS = frozenset("们级的")


def opens_a_word(text: str, start: int, end: int) -> bool:
    """Is an office but the beginning of a longer word: [主席]台, [大使]馆, [书记]员?"""
    behind = text[end : end + 1]
    return bool(behind) and behind not in _LEVELS and _dictionary()[0].get(text[start : end + 1], 0) > 0


_LINKS = tuple("同与和及在向对以将就为是也并应")


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[tuple[int, int], ...]:
    from pipeline.languages import chinese

    return tuple((span.start, span.end) for span in chinese.words(text))


@lru_cache(maxsize=256)
def _people(text: str) -> dict[int, tuple[int, ...]]:
    """Start of each personal name that its context shows, and where it may end."""
    from pipeline.languages.names import people

    ends: dict[int, tuple[int, ...]] = {}
    for found in people(text):
        ends[found.span.start] = (*ends.get(found.span.start, ()), found.span.end)
    return ends


def names_a_person(text: str, start: int, end: int) -> bool:
    """Whether a personal name of two characters can be a name at text[start:end].

    One that is also an ordinary word (高明, 和平) needs a title beside it or the context that `languages.names` asks
    for; no name is the beginning of a longer one (张明 in 张明远).
    """
    if end - start != 2:
        return True
    joined = text[end : end + 1] in _LINKS  # 韩正|同副总理
    if (
        text[end : end + 1] >= "\u3400"
        and not joined
        and (ends := _people(text).get(start))
        and max(ends) > end
        and end not in ends
    ):
        return False
    if text[end : end + 1] >= "\u3400" and any(start < a < end < b for a, b in _words(text)):
        return False  # 吴清 in 吴|清泉
    if _dictionary()[0].get(text[start:end], 0) < _ORDINARY:
        return True
    if beside_title(text, start, end):
        return True
    return end in _people(text).get(start, ())


def beside_title(text: str, start: int, end: int) -> bool:
    """Does a title or form of address stand right before or after text[start:end]?"""
    from pipeline.languages.names_context import TITLES

    return any(text.endswith(title, 0, start) or text.startswith(title, end) for title in TITLES)
