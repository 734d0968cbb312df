"""The rank before a person's name: is its noun in the target one that may render it?

The closed classes are in assets/official/ranks-zh.tsv. A title is read from its end, with the body before it (院长 of a
hospital, of a court, of a university); in the target the nouns that stand beside the name of the same person count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.checks._named import nearest, places
from pipeline.checks._tables import rows
from pipeline.checks._words import Word, fold
from pipeline.checks.base import View

_BEFORE = 13  # words before a name among which its title is looked for
_BEHIND = 7
# Nouns that name an office in Russian, by their beginnings; what a wrong rendering may begin with.
_OFFICES = (
    "директор", "начальник", "заведующ", "председател", "президент", "вице-президент", "министр", "вице-министр",
    "секретар", "губернатор", "вице-губернатор", "мэр", "вице-мэр", "ректор", "проректор", "декан", "управляющ",
    "командир", "капитан", "менеджер", "магистрат", "босс", "комиссар", "старост", "старейшин", "канцлер", "премьер",
    "куратор", "дизайнер", "инспектор", "супервайзер", "шеф", "смотрител", "бригадир", "модератор",
    "исследовател", "судь",
)  # fmt: skip
_OTHERS = ("прокурор", "судь", "посол", "посл", "консул", "советник", "инженер", "академик", "профессор", "врач",
           "редактор", "тренер", "спикер", "конструктор", "представител", "руководител", "глав", "лидер",
           "главврач", "ответственн")  # fmt: skip
_NO_OFFICES = re.compile(
    r"(?:хирург|терап|кардиолог|онколог|педиатр|невролог)и|секретариат|комиссариат|директорат|"
    r"\w*ск(?:ий|ая|ое|ие|ого|ой|ую|их|им|ими|ом)$"
)
_DEPUTY = re.compile(r"^(?:зам|вице|проректор|первы|второ|доцент|завуч|помощник|и$|исполня|врио)")
_LAST = frozenset("长员任席记理师士授官使事裁辑领人委令")  # characters with which titles end
_STOP = re.compile("[。；！？：“”\n]")


@dataclass(frozen=True, slots=True)
class Rank:
    """Beginnings of the nouns that render a title, those of another kind of body, and the official rendering."""

    heads: tuple[str, ...]
    plain: tuple[str, ...]
    right: str


@dataclass(frozen=True, slots=True)
class Slip:
    """Where the target has the wrong noun; `grave`: the rank itself is another."""

    span: tuple[int, int]
    han: str
    right: str
    grave: bool


@cache
def _table() -> tuple[tuple[re.Pattern[str], Rank], ...]:
    return tuple(
        (re.compile(f"(?:{row['zh']})$"), Rank(_split(row["heads"]), _split(row["plain"]), row["right"]))
        for row in rows("official", "ranks-zh")
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@lru_cache(maxsize=2048)
def rank(title: str) -> tuple[str, Rank] | None:
    """The row that fits the end of a stretch of Chinese text, and the characters it covers; None where none does."""
    for pattern, found in _table():
        match = pattern.search(title)
        if match is not None:
            return match[0], found
    return None


def _ranks(stretch: str) -> list[tuple[str, Rank]]:
    """Ranks of the titles that stand in a row before a name (省委书记、省长), the last one last."""
    found = []
    for end in [match.start() for match in re.finditer("[、，兼]", stretch)] + [len(stretch)]:
        if (one := rank(stretch[:end])) is not None:
            found.append(one)
    return found


def slips(view: View) -> Iterator[Slip]:
    """Titles before names whose nouns in the target belong to another rank, and deputies that lost or got 副."""
    taken: set[tuple[int, int]] = set()
    before = 0
    for start, end in _people(view.source):
        last = rank(_STOP.split(view.source[before:start])[-1])
        span = place(view, view.source[start:end]) if last else None
        if last is None or span is None:
            continue
        stretch = _STOP.split(view.source[before:start])[-1]
        before = end
        for slip in _beside(view, stretch, last, span):
            if slip.span not in taken:
                taken.add(slip.span)
                yield slip


_HEADS = {
    "部长": "министр", "省长": "губернатор", "市长": "мэр", "校长": "ректор", "总统": "президент", "总理": "премьер",
}  # fmt: skip
_VICE = re.compile("副(?:省级)?(部长|省长|市长|校长|总统|总理)")
_CHIEF = re.compile("(?<!副)(?<!原)(部长|省长|市长|校长|总统|总理)")
_DEAN = re.compile("(?<!副)(?<!法院)(?<!医院)(?<!分院)院长")  # of an institute, ректор, too
_SECOND = re.compile("副|代|助理|次官|次长|署理|候任|常务")
_MARKED = re.compile(r"^(?:заместит|замминист|зампред|замглав|вице|проректор|помощник|первы[йм]|врио|и\.о|исполня)")


def deputies(view: View) -> Iterator[Slip]:
    """Offices without a name: 副部长, «министр», and the other way round; the deputies of both sides are counted."""
    marked = [word for word in view.words if _MARKED.match(word.low)]
    vice = [match[1] for match in _VICE.finditer(view.source)]
    for kind in dict.fromkeys(vice):
        head, count = _HEADS[kind], vice.count(kind)
        said = [at for at, word in enumerate(view.words) if word.low.startswith(head) and word.low != "министров"]
        bare = [at for at in said if not any(_MARKED.match(word.low) for word in view.words[max(0, at - 3) : at + 1])]
        rest = _VICE.sub("", view.source)
        chiefs = len(_CHIEF.findall(rest)) + (len(_DEAN.findall(rest)) if head == "ректор" else 0)
        if bare and len(said) >= count and len(bare) > chiefs:
            word = view.words[bare[0]]
            right = {"министр": "заместитель министра", "ректор": "проректор"}.get(head, f"вице-{head}")
            yield Slip(word.span, f"副{kind}", right, True)
    if not _SECOND.search(view.source) and marked and _CHIEF.search(view.source):
        kind = _CHIEF.findall(view.source)[0]
        for at, word in enumerate(view.words):
            following = view.words[at + 1].low if at + 1 < len(view.words) else ""
            if re.match(f"вице-{_HEADS[kind]}|зам{_HEADS[kind]}", word.low) or (
                word.low.startswith("заместит") and following.startswith(_HEADS[kind])
            ):
                yield Slip(word.span, kind, _HEADS[kind], True)
                return


def _people(source: str) -> Iterator[tuple[int, int]]:
    """Spans of what may be names behind titles, longer readings first; the target bears out which are."""
    from pipeline.languages import names, pinyin

    known = {person.span.start: person.span.end for person in names.people(source)}
    for start in range(1, len(source)):
        if start in known:
            yield start, known[start]
        elif source[start - 1] in _LAST and source[start] in pinyin.SURNAMES:
            yield from ((start, end) for end in (start + 3, start + 2) if end <= len(source))


def place(view: View, han: str) -> tuple[int, int] | None:
    """Where a name stands in the target: rightly spelt or, if the source's context shows a name, nearly so."""
    from pipeline.languages import names

    right = names.resolve(han, "ru")
    if found := places(right, fold(view.target), "ru"):
        return min(found)
    known = any(person.name == han for person in names.people(view.source))
    return nearest(right, view.target, []) if known else None


def _beside(view: View, stretch: str, last: tuple[str, Rank], span: tuple[int, int]) -> Iterator[Slip]:
    window = _window(view, span)
    offices = [word for word in window if _office(word, _OFFICES + _OTHERS)]
    if not offices:
        return
    title, one = last
    ranks = [found for _, found in _ranks(stretch)]
    heads = {head for found in ranks for head in found.heads}
    shown = title if len(title) > 2 else stretch[-6:]
    if not any(_office(word, tuple(heads)) for word in window):
        plain = {head for found in ranks for head in found.plain}
        wrong = [word for word in offices if _office(word, _OFFICES) and word.low != "директоров"]
        if wrong:
            word = wrong[-1]
            yield Slip(word.span, shown, _right(one.right, "副" in title), not _office(word, tuple(plain)))
            return
    deputy = "副" in re.split("[、，]", stretch)[-1][-len(title) - 1 :]
    marked = [word for word in window if _DEPUTY.match(word.low)]
    if deputy and not marked and "副" in title:
        yield Slip(offices[-1].span, shown, _right(one.right, True), True)
    elif "副" not in stretch and not re.search("代|助理|次官|次长|署理", stretch):
        added = [word for word in window if re.match("заместител|вице-|замминистр|зампред|проректор", word.low)]
        if added and added[-1].start < span[0]:
            yield Slip(added[-1].span, shown, one.right, True)


@lru_cache(maxsize=256)
def _right(right: str, deputy: bool) -> str:
    """The rendering, or that of the deputy: «директор университета» as «заместитель директора университета»."""
    if not deputy or right.startswith("заместител"):
        return right
    from pipeline.languages.russian import phrase

    first = re.sub(r"\s*\([^)]*\)", "", right.split(";")[0])
    if first.startswith("ректор"):
        return "про" + first
    return "заместитель " + phrase.form(phrase.plan(first, "title"), "gen")[0]


def _window(view: View, span: tuple[int, int]) -> list[Word]:
    """Words before the name in its sentence, after the name before it; with those of an apposition behind it."""
    from pipeline.languages import names

    start = max((begin for begin, end in view.sentences if begin <= span[0]), default=0)
    for person in names.people(view.source):
        found = places(names.resolve(person.name, "ru"), fold(view.target), "ru")
        start = max((start, *(end for _, end in found if end <= span[0])))
    before = [word for word in view.words if start <= word.start and word.end <= span[0]][-_BEFORE:]
    behind = [word for word in view.words if word.start >= span[1]][:_BEHIND]
    apposed = re.match(r"\s*(?:,|—|\()", view.target[span[1] :]) is not None
    return before + (behind if apposed or not before else [])


def _office(word: Word, heads: tuple[str, ...]) -> bool:
    if _NO_OFFICES.match(word.low):
        return False
    if (first := word.low.partition("-")[0]) in ("вице", "экс", "зам", "пресс", "со"):
        return word.low.startswith(heads) or word.low[len(first) + 1 :].startswith(heads)
    return word.low.startswith(heads)
