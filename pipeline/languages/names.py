"""Personal names of Chinese people in running Chinese text, without a list.

A surname of the table, one or two more characters, and what stands around them (a title before or after, a verb of
speech or office, an enumeration). Precision comes first: what looks like a word of the dictionary is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.languages import chinese, palladius, pinyin
from pipeline.languages import names_tables as tables
from pipeline.languages.names_context import (
    FUNCTIONAL,
    PREPOSITIONS,
    TITLES,
    UNITS,
    Candidate,
    candidates,
    is_abroad,
    is_aligned,
    is_dotted,
    is_foreign,
    is_neighbour,
    is_word,
    known_names,
    parts_of,
    prefix,
)
from pipeline.model import Lang, Span

_RARE = 225  # rank of a surname by number of bearers


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


def _verdict(text: str, found: Candidate) -> tuple[bool, str] | None:
    """(sure, cause) where the context speaks for a name."""
    surname, given = parts_of(text, found)
    if _is_place(text, found, given):
        return None
    if any(len(prefix(text, at, TITLES)) > found.end - at for at in range(found.start + 1, found.end)):
        return None  # 任副|组长
    if (found.start and text[found.start - 1].isdigit()) or is_foreign(text, found):
        return None
    strong = found.left == "title" or found.right in ("title", "strong")
    if is_word(text, found, strong):
        return None
    if surname in PREPOSITIONS and len(given) == 2 and given[0] in pinyin.SURNAMES:
        return None  # 村民向|唐杰
    rank = -1 if len(surname) == 2 else pinyin.SURNAMES[surname]
    if surname in FUNCTIONAL:
        both = found.left == "title" and found.right in ("title", "strong")
        if (rank > 250 and not both) or (len(given) == 1 and found.right == "weak" and rank > 60):
            return None
    known = surname + given in known_names()
    solid = len(given) == 2 or len(surname) == 2 or known
    if found.right == "word":
        return _before_a_word(text, found, rank, known)
    if found.left == "title":
        if found.right == "weak" and not solid:
            return rank < 150, "title before the name"
        return rank < 330 or found.right in ("title", "strong"), "title before the name"
    if found.right == "title" and found.left:
        if given[-1] in "副总前原时女" or any(char in UNITS for char in given):
            return None  # 陈竺副|委员长, 农委|主任
        return rank < 200 and solid, "title after the name"
    if found.right == "strong" and found.left not in ("", "unit") and (rank < 330 or known):
        return rank < 150 and solid and found.left != "lead", "verb of speech or office after the name"
    if found.right == "title" and known and len(given) == 2 and rank < 150 and is_aligned(text, found):
        return True, "title after the name"
    if known and len(given) == 2 and rank < 330 and found.left in ("start", "lead", "list") and found.right == "weak":
        return False, "known as a name"
    if found.left == "start" and found.right == "weak" and rank < 100:
        if len(given) == 1 and text[found.end] in "同与在对向就":
            return False, "at the beginning of a clause"
        if not is_aligned(text, found):
            return None
        return False, "at the beginning of a clause"
    return None


def _is_place(text: str, found: Candidate, given: str) -> bool:
    """Is it the name of a place: 江朗市|财政局, 高桥镇|镇长, 白云山|景区? Behind a title 镇 may end a given name."""
    if given[-1] in "市县省":
        return True
    if found.left == "title" or len(given) == 1:
        return False
    named = given[-1] in "州村" and text.startswith(given[-1], found.end)  # 方山州|州长
    return named or given[-1] in "镇乡" or text.startswith(_OF_PLACES, found.end)


_OF_PLACES = (
    "流域",
    "景区",
    "风景",
    "水库",
    "机场",
    "公园",
    "大桥",
    "大道",
    "街道",
    "社区",
    "码头",
    "隧道",
    "核电站",
    "保护区",
    "开发区",
)


def _before_a_word(text: str, found: Candidate, rank: int, known: bool) -> tuple[bool, str] | None:
    """No title and no verb of the lists follows, only some word: 吴建平邀请对方, 随高翔到访. Sure after a title."""
    if text[found.end - 1] in "同请与对向在就把将让":
        return None  # 王维同|夏侯惇
    long = found.end - found.cut == 2 or found.cut - found.start == 2
    if found.left == "title" and (long or known) and rank < 330:
        return rank < 150, "title before the name"
    if (
        found.left in ("start", "lead")
        and (rank < 150 if long else rank < 60)
        and is_aligned(text, found, whole=not long)
    ):
        return False, "at the beginning of a clause"
    return None


def _better(text: str, options: list[Candidate]) -> list[Candidate]:
    """Longer and shorter given name at one place: the likelier first."""
    order = {"title": 0, "strong": 0, "end": 0, "list": 0, "weak": 1, "word": 2}
    known = known_names()
    short = next((one for one in options if one.reach >= 2 and one.right in ("title", "strong", "weak")), None)
    if short is not None and len(options) > 1 and options[0].text(text) not in known:
        # 许勤担|任副团长: what follows the shorter name reaches over the end of the longer one.
        options = [one for one in options if one.end <= short.end or one.reach >= short.reach]
    return sorted(options, key=lambda one: (order[one.right], one.text(text) not in known, one.start - one.end))


def _chains(text: str, options: list[Candidate]) -> list[list[Candidate]]:
    """Enumerations of names: 徐伟、赵明、王路等. A chain is two members or more, all of them possible names."""
    by_start: dict[int, list[Candidate]] = {}
    for option in options:
        by_start.setdefault(option.start, []).append(option)
    chains: list[list[Candidate]] = []
    used: set[int] = set()
    for option in sorted(options, key=lambda one: one.start):
        if option.right != "list" or option.start in used or not option.left:
            continue
        chain = [option]
        while chain[-1].right == "list" or text[chain[-1].end : chain[-1].end + 1] in ("和", "及", "与"):
            follow = by_start.get(chain[-1].end + 1, [])
            follow = [one for one in follow if not is_word(text, one, True)] or follow
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


@lru_cache(maxsize=1024)
def people(text: str) -> tuple[PersonName, ...]:
    """Chinese personal names in a Chinese text, in order, never overlapping.

    A name that is sure at one place is found again at all others. Names with a dot (foreign, minority) are not
    Chinese names in this sense and are left.
    """
    folded = chinese.fold(text)
    flat = folded.text
    if not _has_surname(flat):
        return ()
    options = [one for one in candidates(flat) if not is_dotted(flat, one)]
    if not options:
        return ()
    found: dict[int, PersonName] = {}
    by_start: dict[int, list[Candidate]] = {}
    for option in options:
        by_start.setdefault(option.start, []).append(option)
    for here in by_start.values():
        for option in _better(flat, here):
            if (verdict := _verdict(flat, option)) is not None:
                abroad = (option.left == "title" and is_abroad(flat, option.start)) or is_neighbour(flat, option)
                unclear = option.text(flat).endswith("正") and flat.startswith("在", option.end)  # 王毅|正在
                sure = verdict[0] and not abroad and not unclear
                sure = sure and not _begins_word(flat, option) and not is_uighur(option.text(flat))
                found[option.start] = _person(flat, option, sure, verdict[1])
                break
    _add_chains(flat, options, found)
    kept = _apart(found)
    for name in {one.name for one in kept if one.sure}:
        kept = _everywhere(flat, name, kept)
    return tuple(replace(one, span=folded.span(one.span.start, one.span.end)) for one in kept)


# Characters that write the sounds of Uighur and Kazakh names: 艾尔肯 (Эркин), 买买提 (Мамат), 古丽 (Гуль).
_SOUNDS = frozenset(
    "阿艾爱安巴拜别布达丹迪丁都尔尕古哈汗吉江杰卡开克肯库拉勒力里丽买麦曼米木穆那纳努帕皮恰热日荣萨赛沙苏塔坦特提铁图吐托娃西"
    "希夏亚依伊孜扎再孙逊甫娜玉素"
)


@lru_cache(maxsize=4096)
def is_uighur(name: str) -> bool:
    """Is a name of three characters and more likely that of a Uighur or Kazakh, which is not transcribed from them?"""
    return len(name) > 2 and all(char in _SOUNDS for char in name)


_USUAL, _RARE = 500, 100  # count of a word from which it is usual; rank of a surname from which it is rare


def _begins_word(text: str, found: Candidate) -> bool:
    """Is what looks like a rare surname and the first character of a given name a usual word: 班子|作?"""
    size = found.end - found.start
    rare = pinyin.SURNAMES.get(text[found.start], 0) > _RARE
    return size == 3 and rare and chinese.frequency(text[found.start : found.start + 2]) >= _USUAL


def _person(text: str, found: Candidate, sure: bool, cause: str) -> PersonName:
    surname, given = parts_of(text, found)
    return PersonName(Span(found.start, found.end), surname, given, sure, cause)


def _add_chains(text: str, options: list[Candidate], found: dict[int, PersonName]) -> None:
    for chain in _chains(text, options):
        names = [one for one in chain if not is_word(text, one, True)]
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


@lru_cache(maxsize=2)
def _families(lang: Lang) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for han in [*sorted(pinyin.SURNAMES, key=lambda char: pinyin.SURNAMES[char]), *sorted(pinyin.COMPOUND)]:
        spelt = palladius.surname(han) if lang == "ru" else pinyin.surname(han)
        found.setdefault(spelt.casefold(), []).append(han)
    return {spelt: tuple(chars) for spelt, chars in found.items()}


def family(word: str, lang: Lang) -> tuple[str, ...]:
    """The Chinese surnames that one word in Palladius or pinyin may stand for, the commonest first; () for none."""
    return _families(lang).get(word.strip().casefold(), ()) if lang != "zh" else ()


def is_common(surname: str) -> bool:
    """Is the surname so common that a word alone which spells it is read as one (王, 赵), not as a word of another
    language that only looks like a rare one (杭, Хан)?"""
    return surname in pinyin.COMPOUND or pinyin.SURNAMES.get(surname, _RARE) < _RARE


def is_woman(han: str, *, last: bool = False) -> bool:
    """Does the given name point at a woman, or its last character? A hint for the form that is offered first, never
    proof."""
    parts = pinyin.split(chinese.fold(han).text)
    return parts is not None and any(char in tables.FEMALE for char in (parts[1][-1:] if last else parts[1]))


def may_be_woman(han: str) -> bool:
    """Is the given name as likely a woman's as a man's, by its last character (周敏), or likelier?"""
    parts = pinyin.split(chinese.fold(han).text)
    return is_woman(han) or (parts is not None and parts[1][-1:] in tables.FEMALE_LAST)
