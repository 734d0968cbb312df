"""What speaks for a Chinese personal name at a place, and what against it: both sides of it, and the dictionary."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.languages import anchors, chinese, dictionary, pinyin
from pipeline.languages import names_tables as tables

TITLES = frozenset(tables.TITLES)
AFTER = frozenset(tables.TITLES) | frozenset(tables.FORMS_OF_ADDRESS)
VERBS = frozenset(tables.VERBS)
STRONG = frozenset(tables.STRONG_VERBS)
LEADS = frozenset(tables.LEADS)
# Surnames that are function words or parts of everyday words far oftener than surnames.
FUNCTIONAL = frozenset(
    "于和向任时连都成由应相来全关但当令别从容能过经方将为要同及让安曾何那国信计以万高明常解尚各水红官公位党"
)
PREPOSITIONS = frozenset("向和于任由应随据")
UNITS = frozenset("委省市县区部局厅院校会司团府处所")  # bodies: 省委王君正书记
LONGEST = 6
WORD = 15  # occurrences in jieba's counts from which a string is taken for a word


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """Strings that jieba's dictionary tags as personal names and that begin with a surname."""
    from pathlib import Path

    found = set(tables.KNOWN)
    with Path(chinese.dictionary_file()).open(encoding="utf-8") as lines:
        for line in lines:
            word, _, rest = line.partition(" ")
            if 2 <= len(word) <= 4 and " nr" in rest and (word[0] in pinyin.SURNAMES or word[:2] in pinyin.COMPOUND):
                found.add(word)
    return frozenset(found)


@cache
def _sizes(words: frozenset[str], edge: int) -> dict[str, tuple[int, ...]]:
    """Lengths of the words, no longer than LONGEST, by their first (`edge` 0) or last (-1) character, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        if 0 < len(word) <= LONGEST:
            found.setdefault(word[edge], set()).add(len(word))
    return {char: tuple(sorted(sizes, reverse=True)) for char, sizes in found.items()}


def prefix(text: str, at: int, words: frozenset[str]) -> str:
    """The longest of `words` that stands at `at`."""
    for size in _sizes(words, 0).get(text[at : at + 1], ()):
        if text[at : at + size] in words:
            return text[at : at + size]
    return ""


def suffix(text: str, at: int, words: frozenset[str]) -> str:
    """The longest of `words` that ends at `at`."""
    for size in _sizes(words, -1).get(text[at - 1 : at], ()):
        if size <= at and text[at - size : at] in words:
            return text[at - size : at]
    return ""


@dataclass(frozen=True, slots=True)
class Candidate:
    start: int
    cut: int
    end: int
    left: str  # title, list, start, lead, unit or ""
    right: str  # title, strong, weak, word, list, end or ""
    reach: int = 0  # length of the word that makes the right side

    def text(self, text: str) -> str:
        return text[self.start : self.end]


def left_of(text: str, start: int) -> str:
    if start == 0:
        return "start"
    before = text[start - 1]
    if before in "、和及与":
        return "list"
    if not chinese.is_han(before):
        return "start"
    if suffix(text, start, TITLES):
        return "title"
    if suffix(text, start, LEADS):
        return "lead"
    return "unit" if before in UNITS else ""


def parts_of(text: str, found: Candidate) -> tuple[str, str]:
    return text[found.start : found.cut], text[found.cut : found.end]


def right_of(text: str, end: int) -> str:
    if end == len(text):
        return "end"
    after = text[end]
    if after == "、":
        return "list"
    if not chinese.is_han(after):
        return "end"
    if prefix(text, end, AFTER):
        return "title"
    if prefix(text, end, STRONG):
        return "strong"
    if prefix(text, end, VERBS):
        return "weak"
    return "word" if any(chinese.frequency(text[end : end + size]) >= 100 for size in (2, 3, 4)) else ""


def given_limit(surname: str) -> int:
    """From which frequency a given name counts as a word of its own behind this surname."""
    if surname not in FUNCTIONAL:
        return 3000
    return 600 if pinyin.SURNAMES[surname] < 250 and surname not in PREPOSITIONS else 20


def word_like(surname: str, given: str, cause_is_strong: bool) -> bool:
    """Is the string a word, the beginning of a word, or a surname-like function word before a word?"""
    whole = surname + given
    if whole in tables.NOT_NAMES or (len(surname) == 1 and whole[:2] in tables.NOT_NAMES):
        return True
    if whole in AFTER or whole in VERBS or given in AFTER:
        return True
    if whole in known_names() and len(whole) > 2:
        return False
    if _is_term(whole):
        return True  # 谢幕
    if any(char in tables.GIVEN_STOP for char in given):
        return True
    if len(surname) == 2 and chinese.frequency(given) >= 200:
        return True
    count = chinese.frequency(whole)
    if len(whole) == 2:
        limit = 700 if whole in known_names() and cause_is_strong else WORD
        return count >= limit
    if count >= (3 if len(surname) == 1 else 100):
        return True
    opening = chinese.frequency(whole[:2]) if len(surname) == 1 else 0
    if opening >= 300 and not (cause_is_strong and opening < 3000 and chinese.frequency(given) < 200):
        return True
    if len(surname) == 1 and chinese.frequency(given) >= given_limit(surname):
        return True
    return surname in FUNCTIONAL and not cause_is_strong


def _is_term(word: str) -> bool:
    """Is it a term of the project's dictionary, and no name of its own, which is rendered by one?"""
    return word in anchors.load() and not anchors.anchor(word).ru.right[:1].isupper()


def candidates(text: str) -> Iterator[Candidate]:
    """Every stretch that could be a name by its surname and by both its sides."""
    rights: dict[int, tuple[str, int]] = {}  # what `right_of` says of a place, and the length of the word there
    for start, char in enumerate(text):
        compound = text[start : start + 2] in pinyin.COMPOUND
        if not compound and char not in pinyin.SURNAMES:
            continue
        left: str | None = None
        cut = start + 2 if compound else start + 1
        for end in (cut + 2, cut + 1):
            if end <= len(text) and chinese.is_han(text[cut:end]):
                if end not in rights:
                    right = right_of(text, end)
                    reach = ""
                    if right:
                        reach = prefix(text, end, AFTER) or prefix(text, end, STRONG) or prefix(text, end, VERBS)
                    rights[end] = right, len(reach)
                right, size = rights[end]
                if right:
                    left = left_of(text, start) if left is None else left
                    yield Candidate(start, cut, end, left, right, size)


def is_word(text: str, found: Candidate, strong: bool) -> bool:
    """`word_like`, with 和 allowed where it joins nothing: 魏凤和、李作成; 部长阴和俊会见."""
    surname, given = parts_of(text, found)
    last = given[-1] == "和" and found.right in ("list", "end")
    first = given[0] == "和" and found.left == "title" and found.right in ("title", "strong")
    if len(given) == 2 and (first or last):
        given = given.replace("和", "")
    if not given or word_like(surname, given, strong):
        return True
    if _is_term(text[found.start : found.end + 1]):
        return True  # 毛利|率
    within = found.start > 0 and text[found.start - 1 : found.start + 1] in dictionary.load()
    return within and _is_term(given) and not is_aligned(text, found)  # 对方|冰球


def is_foreign(text: str, found: Candidate) -> bool:
    """A transcribed foreign name that happens to begin with a surname: 副部长鲁登科, 布莱克."""
    surname, given = parts_of(text, found)
    if given[-1] in tables.TRANSCRIBING_ALWAYS or (len(given) == 2 and all(c in tables.TRANSCRIBING for c in given)):
        return True
    if surname + given in known_names() and surname not in tables.TRANSCRIBING_SURNAMES:
        return False
    return surname in tables.TRANSCRIBING_SURNAMES and given[-1] in tables.TRANSCRIBING_LAST


def is_abroad(text: str, start: int) -> bool:
    """Does a foreign country stand shortly before in the same clause, or a title that is borne abroad alone? The holder
    of the title may be foreign."""
    before = re.split("[。；，！？]", text[max(0, start - 16) : start])[-1]
    if before.endswith(tables.OFFICES_ABROAD):
        return True
    at = max((before.rfind(country) for country in tables.COUNTRIES if country in before), default=-1)
    return at >= 0 and "驻" not in before[max(0, at - 1) : at] and "中国" not in before[at:]


def is_neighbour(text: str, found: Candidate) -> bool:
    """A Vietnamese or Korean name, which is written in the same characters and transcribed otherwise."""
    return any(
        text[found.start] in surnames and any(sign in text for sign in signs) for surnames, signs in tables.NEIGHBOURS
    )


def is_aligned(text: str, found: Candidate, whole: bool = False) -> bool:
    """Does the segmentation of the clause begin a word where the name begins and end one where it ends?

    With `whole` the name must be one word of the segmentation.
    """
    low = max(0, found.start - 20)
    piece = text[low : found.end + 20]
    borders = [word.start + low for word in chinese.words(piece)] + [low + len(piece)]
    inside = [border for border in borders if found.start < border < found.end]
    place = bisect_left(borders, found.start)
    return (
        borders[place] == found.start
        and found.end in borders
        and len(inside) < (1 if whole else found.end - found.start)
    )


def is_dotted(text: str, found: Candidate) -> bool:
    """Part of a foreign name: a dot beside it (? where a code page lost the dot)."""
    after = text[found.end : found.end + 2]
    return (
        text[found.start - 1 : found.start] in ("·", "•")
        or after[:1] in ("·", "•")
        or bool(re.match("\\?[一-鿿]", after))
    )
