"""Personal names of Chinese people in running text, without a list: surname, context, and a guard against words.

Chinese text: a surname of the table, one or two more characters, and what stands around them (a title before or after,
a verb of speech or office, an enumeration). Precision comes first: what looks like a word of the dictionary is left.
Russian and English text: a surname in Palladius or pinyin and a given name of one or two syllables.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.languages import chinese, palladius, pinyin
from pipeline.languages import names_tables as tables
from pipeline.model import Lang, Span


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in a text. `span` is in code points of the text; `sure` is False where the context alone is thin."""

    span: Span
    surname: str
    given: str
    sure: bool
    cause: str

    @property
    def name(self) -> str:
        return self.surname + self.given


_TITLES = frozenset(tables.TITLES)
_AFTER = frozenset(tables.TITLES) | frozenset(tables.FORMS_OF_ADDRESS)
_VERBS = frozenset(tables.VERBS)
_STRONG = frozenset(tables.STRONG_VERBS)
_LEADS = frozenset(tables.LEADS)
# Surnames that are function words or parts of everyday words far oftener than surnames.
_FUNCTIONAL = frozenset(
    "于和向任时连都成由应相来全关但当令别从容能过经方将为要同及让安曾何那国信计以万高明常解尚各水红官公位党"
)
_PREPOSITIONS = frozenset("向和于任由应随据")
_UNITS = frozenset("委省市县区部局厅院校会司团府处所")  # bodies: 省委王君正书记
_LONGEST = 6
_WORD = 15  # occurrences in jieba's counts from which a string is taken for a word


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    """Strings that jieba's dictionary tags as personal names and that begin with a surname."""
    from pathlib import Path

    found = set(tables.KNOWN)
    with Path(chinese.dictionary_file()).open(encoding="utf-8") as lines:
        for line in lines:
            word, _, rest = line.partition(" ")
            if 2 <= len(word) <= 4 and " nr" in rest and (word[0] in pinyin.SURNAMES or word[:2] in pinyin.COMPOUND):
                found.add(word)
    return frozenset(found)


def _frequency(word: str) -> int:
    return chinese.frequency(word)


def _prefix(text: str, at: int, words: frozenset[str]) -> str:
    """The longest of `words` that stands at `at`."""
    for size in range(min(_LONGEST, len(text) - at), 0, -1):
        if text[at : at + size] in words:
            return text[at : at + size]
    return ""


def _suffix(text: str, at: int, words: frozenset[str]) -> str:
    """The longest of `words` that ends at `at`."""
    for size in range(min(_LONGEST, at), 0, -1):
        if text[at - size : at] in words:
            return text[at - size : at]
    return ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    cut: int
    end: int
    left: str  # title, list, start, lead, unit or ""
    right: str  # title, strong, weak, word, list, end or ""
    reach: int = 0  # length of the word that makes the right side

    def text(self, text: str) -> str:
        return text[self.start : self.end]


def _left(text: str, start: int) -> str:
    if start == 0:
        return "start"
    before = text[start - 1]
    if before in "、和及与":
        return "list"
    if not chinese.is_han(before):
        return "start"
    if _suffix(text, start, _TITLES):
        return "title"
    if _suffix(text, start, _LEADS):
        return "lead"
    return "unit" if before in _UNITS else ""


def _parts(text: str, found: _Candidate) -> tuple[str, str]:
    return text[found.start : found.cut], text[found.cut : found.end]


def _right(text: str, end: int) -> str:
    if end == len(text):
        return "end"
    after = text[end]
    if after == "、":
        return "list"
    if not chinese.is_han(after):
        return "end"
    if _prefix(text, end, _AFTER):
        return "title"
    if _prefix(text, end, _STRONG):
        return "strong"
    if _prefix(text, end, _VERBS):
        return "weak"
    return "word" if any(_frequency(text[end : end + size]) >= 100 for size in (2, 3, 4)) else ""


def _given_limit(surname: str) -> int:
    """From which frequency a given name counts as a word of its own behind this surname."""
    if surname not in _FUNCTIONAL:
        return 3000
    return 600 if pinyin.SURNAMES[surname] < 250 and surname not in _PREPOSITIONS else 20


def _word_like(surname: str, given: str, cause_is_strong: bool) -> bool:
    """Is the string a word, the beginning of a word, or a surname-like function word before a word?"""
    whole = surname + given
    if whole in tables.NOT_NAMES or (len(surname) == 1 and whole[:2] in tables.NOT_NAMES):
        return True
    if whole in _AFTER or whole in _VERBS or given in _AFTER:
        return True
    if whole in _known_names() and len(whole) > 2:
        return False
    if any(char in tables.GIVEN_STOP for char in given):
        return True
    if len(surname) == 2 and _frequency(given) >= 200:
        return True
    frequency = _frequency(whole)
    if len(whole) == 2:
        limit = 700 if whole in _known_names() and cause_is_strong else _WORD
        return frequency >= limit
    if frequency >= (3 if len(surname) == 1 else 100):
        return True
    opening = _frequency(whole[:2]) if len(surname) == 1 else 0
    if opening >= 300 and not (cause_is_strong and opening < 3000 and _frequency(given) < 200):
        return True
    if len(surname) == 1 and _frequency(given) >= _given_limit(surname):
        return True
    return surname in _FUNCTIONAL and not cause_is_strong


def _candidates(text: str) -> Iterator[_Candidate]:
    """Every stretch that could be a name by its surname and by both its sides."""
    for start, char in enumerate(text):
        compound = text[start : start + 2] in pinyin.COMPOUND
        if not compound and char not in pinyin.SURNAMES:
            continue
        left = _left(text, start)
        cut = start + 2 if compound else start + 1
        for end in (cut + 2, cut + 1):
            if end <= len(text) and chinese.is_han(text[cut:end]) and (right := _right(text, end)):
                reach = len(_prefix(text, end, _AFTER) or _prefix(text, end, _STRONG) or _prefix(text, end, _VERBS))
                yield _Candidate(start, cut, end, left, right, reach)


def _is_word(text: str, found: _Candidate, strong: bool) -> bool:
    """`_word_like`, with 和 allowed where it joins nothing: 魏凤和、李作成; 部长阴和俊会见."""
    surname, given = _parts(text, found)
    last = given[-1] == "和" and found.right in ("list", "end")
    first = given[0] == "和" and found.left == "title" and found.right in ("title", "strong")
    if len(given) == 2 and (first or last):
        given = given.replace("和", "")
    return not given or _word_like(surname, given, strong)


def _verdict(text: str, found: _Candidate) -> tuple[bool, str] | None:
    """(sure, cause) where the context speaks for a name."""
    surname, given = _parts(text, found)
    if any(len(_prefix(text, at, _TITLES)) > found.end - at for at in range(found.start + 1, found.end)):
        return None  # 任副|组长
    if (found.start and text[found.start - 1].isdigit()) or _foreign(text, found):
        return None
    strong = found.left == "title" or found.right in ("title", "strong")
    if _is_word(text, found, strong):
        return None
    if surname in _PREPOSITIONS and len(given) == 2 and given[0] in pinyin.SURNAMES:
        return None  # 村民向|唐杰
    rank = -1 if len(surname) == 2 else pinyin.SURNAMES[surname]
    if surname in _FUNCTIONAL:
        both = found.left == "title" and found.right in ("title", "strong")
        if (rank > 250 and not both) or (len(given) == 1 and found.right == "weak" and rank > 60):
            return None
    known = surname + given in _known_names()
    solid = len(given) == 2 or len(surname) == 2 or known
    if found.right == "word":
        return _before_a_word(text, found, rank, known)
    if found.left == "title":
        if found.right == "weak" and not solid:
            return rank < 150, "title before the name"
        return rank < 330 or found.right in ("title", "strong"), "title before the name"
    if found.right == "title" and found.left:
        if given[-1] in "副总前原时女" or any(char in _UNITS for char in given):
            return None  # 陈竺副|委员长, 农委|主任
        return rank < 200 and solid, "title after the name"
    if found.right == "strong" and found.left not in ("", "unit") and (rank < 330 or known):
        return rank < 150 and solid and found.left != "lead", "verb of speech or office after the name"
    if found.right == "title" and known and len(given) == 2 and rank < 150 and _aligned(text, found):
        return True, "title after the name"
    if known and len(given) == 2 and rank < 330 and found.left in ("start", "lead", "list") and found.right == "weak":
        return False, "known as a name"
    if found.left == "start" and found.right == "weak" and rank < 100:
        if len(given) == 1 and text[found.end] in "同与在对向就":
            return False, "at the beginning of a clause"
        if not _aligned(text, found):
            return None
        return False, "at the beginning of a clause"
    return None


def _before_a_word(text: str, found: _Candidate, rank: int, known: bool) -> tuple[bool, str] | None:
    """No title and no verb of the lists follows, only some word: 吴建平邀请对方, 随高翔到访. Sure after a title."""
    if text[found.end - 1] in "同请与对向在就把将让":
        return None  # 王维同|夏侯惇
    long = found.end - found.cut == 2 or found.cut - found.start == 2
    if found.left == "title" and (long or known) and rank < 330:
        return rank < 150, "title before the name"
    if (
        found.left in ("start", "lead")
        and (rank < 150 if long else rank < 60)
        and _aligned(text, found, whole=not long)
    ):
        return False, "at the beginning of a clause"
    return None


def _foreign(text: str, found: _Candidate) -> bool:
    """A transcribed foreign name that happens to begin with a surname: 副部长鲁登科, 布莱克."""
    surname, given = _parts(text, found)
    if len(given) == 2 and all(char in tables.TRANSCRIBING for char in given):
        return True
    if surname + given in _known_names() and surname not in tables.TRANSCRIBING_SURNAMES:
        return False
    return surname in tables.TRANSCRIBING_SURNAMES and given[-1] in tables.TRANSCRIBING_LAST


def _abroad(text: str, start: int) -> bool:
    """Does a foreign country stand shortly before in the same clause? The holder of the title may be foreign."""
    before = re.split("[。；，！？]", text[max(0, start - 16) : start])[-1]
    at = max((before.rfind(country) for country in tables.COUNTRIES if country in before), default=-1)
    return at >= 0 and "驻" not in before[max(0, at - 1) : at] and "中国" not in before[at:]


def _neighbour(text: str, found: _Candidate) -> bool:
    """A Vietnamese or Korean name, which is written in the same characters and transcribed otherwise."""
    return any(
        text[found.start] in surnames and any(sign in text for sign in signs) for surnames, signs in tables.NEIGHBOURS
    )


def _aligned(text: str, found: _Candidate, whole: bool = False) -> bool:
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


def _better(text: str, options: list[_Candidate]) -> list[_Candidate]:
    """Longer and shorter given name at one place: the likelier first."""
    order = {"title": 0, "strong": 0, "end": 0, "list": 0, "weak": 1, "word": 2}
    known = _known_names()
    short = next((one for one in options if one.reach >= 2 and one.right in ("title", "strong", "weak")), None)
    if short is not None and len(options) > 1 and options[0].text(text) not in known:
        # 许勤担|任副团长: what follows the shorter name reaches over the end of the longer one.
        options = [one for one in options if one.end <= short.end or one.reach >= short.reach]
    return sorted(options, key=lambda one: (order[one.right], one.text(text) not in known, one.start - one.end))


def _chains(text: str, options: list[_Candidate]) -> list[list[_Candidate]]:
    """Enumerations of names: 徐伟、赵明、王路等. A chain is two members or more, all of them possible names."""
    by_start: dict[int, list[_Candidate]] = {}
    for option in options:
        by_start.setdefault(option.start, []).append(option)
    chains: list[list[_Candidate]] = []
    used: set[int] = set()
    for option in sorted(options, key=lambda one: one.start):
        if option.right != "list" or option.start in used or not option.left:
            continue
        chain = [option]
        while chain[-1].right == "list" or text[chain[-1].end : chain[-1].end + 1] in ("和", "及", "与"):
            follow = by_start.get(chain[-1].end + 1, [])
            follow = [one for one in follow if not _is_word(text, one, True)] or follow
            follow = [one for one in follow if one.right in ("list", "end")] or follow
            if not follow:
                break
            chain.append(_better(text, follow)[0])
        whole = chain[-1].right != "list"
        if whole and len(chain) > 1:
            chains.append(chain)
            used.update(one.start for one in chain)
    return chains


def _has_surname(text: str) -> bool:
    return any(char in pinyin.SURNAMES for char in text)


def people(text: str) -> tuple[PersonName, ...]:
    """Chinese personal names in a Chinese text, in order, never overlapping.

    A name that is sure at one place is found again at all others. Names with a dot (foreign, minority) are not
    Chinese names in this sense and are left.
    """
    folded = chinese.fold(text)
    flat = folded.text
    if not _has_surname(flat):
        return ()
    options = [one for one in _candidates(flat) if not _dotted(flat, one)]
    if not options:
        return ()
    found: dict[int, PersonName] = {}
    by_start: dict[int, list[_Candidate]] = {}
    for option in options:
        by_start.setdefault(option.start, []).append(option)
    for here in by_start.values():
        for option in _better(flat, here):
            if (verdict := _verdict(flat, option)) is not None:
                abroad = (option.left == "title" and _abroad(flat, option.start)) or _neighbour(flat, option)
                unclear = option.text(flat).endswith("正") and flat.startswith("在", option.end)  # 王毅|正在
                sure = verdict[0] and not abroad and not unclear
                found[option.start] = _person(flat, option, sure, verdict[1])
                break
    _add_chains(flat, options, found)
    kept = _apart(found)
    for name in {one.name for one in kept if one.sure}:
        kept = _everywhere(flat, name, kept)
    return tuple(replace(one, span=folded.span(one.span.start, one.span.end)) for one in kept)


def _dotted(text: str, found: _Candidate) -> bool:
    """Part of a foreign name: a dot beside it (? where a code page lost the dot)."""
    after = text[found.end : found.end + 2]
    return (
        text[found.start - 1 : found.start] in ("·", "•")
        or after[:1] in ("·", "•")
        or bool(re.match("\\?[一-鿿]", after))
    )


def _person(text: str, found: _Candidate, sure: bool, cause: str) -> PersonName:
    surname, given = _parts(text, found)
    return PersonName(Span(found.start, found.end), surname, given, sure, cause)


def _add_chains(text: str, options: list[_Candidate], found: dict[int, PersonName]) -> None:
    for chain in _chains(text, options):
        names = [one for one in chain if not _is_word(text, one, True)]
        backed = any(one.start in found and found[one.start].sure for one in chain)
        if len(names) == len(chain) and (len(chain) >= 3 or backed):
            for one in names:
                found[one.start] = _person(text, one, True, "enumeration of names")


def _apart(found: dict[int, PersonName]) -> list[PersonName]:
    """Names that do not overlap: sure ones first, then the earlier one."""
    kept: list[PersonName] = []
    for person in sorted(found.values(), key=lambda one: (not one.sure, one.span.start)):
        if not any(person.span.overlaps(other.span) for other in kept):
            kept.append(person)
    return sorted(kept, key=lambda one: one.span.start)


def _everywhere(text: str, name: str, kept: list[PersonName]) -> list[PersonName]:
    pattern = next(one for one in kept if one.name == name and one.sure)
    at = text.find(name)
    while at >= 0:
        span = Span(at, at + len(name))
        clash = [one for one in kept if one.span.overlaps(span)]
        if not clash or all(not one.sure for one in clash):
            kept = [one for one in kept if one not in clash]
            kept.append(
                replace(pattern, span=span, cause="named elsewhere in the text" if clash == [] else pattern.cause)
            )
        at = text.find(name, at + len(name))
    return sorted(kept, key=lambda one: one.span.start)


def resolve(han: str, lang: Lang) -> str:
    """A Chinese personal name in another language by its system: Palladius, pinyin, or itself in simplified form."""
    if lang == "ru":
        return palladius.name(han)
    return pinyin.name(han) if lang == "en" else chinese.fold(han).text


def is_woman(han: str) -> bool:
    """Does the given name point at a woman? A hint for the form that is offered first, never proof."""
    parts = pinyin.split(chinese.fold(han).text)
    return parts is not None and any(char in tables.FEMALE for char in parts[1])
