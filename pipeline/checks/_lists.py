"""Lists of the source against the row of like parts of the target that renders them: how many members has either?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.checks._renderings import forward
from pipeline.checks._words import Word, parses
from pipeline.checks.base import View
from pipeline.languages import dictionary
from pipeline.model import Lang

# Where a row of like parts cannot go on: a new sentence or clause
_BREAK: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(
        r"[.!?…:]+(?=\s|$)|[;()«»“”]|\s[—–]\s|,\s(?:что(?:бы)?|котор\w+|где|когда|если|а(?!\sтакже)|но(?!\sи\b)|однако|поэтому|"
        r"как(?!\sи\b)|поскольку|так что|тем самым|при этом|причем|"
        r"\w+(?<!служа)(?<!трудя)(?<!\bуча)(?<!верую)(?:вши|щи)(?:й|е|х|м|ми|мся|еся|хся|сь)|"
        r"\w{4,}(?:ая|яя|уя|ив|ав|ыв|ясь|вшись))\b", re.IGNORECASE
    ),
    "en": re.compile(
        r"[.!?…:]+(?=\s|$)|[;()“”\"]|\s[—–]\s|,\s(?:which|that|who|where|when|if|but|so|while|as|thus|thereby|to|\w{3,}ing)\b",
        re.IGNORECASE
    ),
}  # fmt: skip
_MARK: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(
        r",(?:\s(?:а\sтакже|и|но\sи|как\sи))?|\b(?:и|или|либо|да|также|плюс|вместе с|наряду с|равно как)\b|/|"
        r"(?<=\w)-(?=\w)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r",(?:\s(?:and|or|as well as))?|\b(?:and|or|as well as|along with|plus|with)\b|/|&|(?<=\w)-(?=\w)",
        re.IGNORECASE,
    ),
}
_WITH: Final[dict[Lang, re.Pattern[str]]] = {"ru": re.compile(r"\bсо?\b", re.I), "en": re.compile("(?!)")}
# от скрининга и диагностики до лечения: the second preposition parts members, too
_FROM_TO: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(r"\bот\b[^.;:()]*?\b(до)\b", re.I), "en": re.compile(r"\bfrom\b[^.;:()]*?\b(to)\b", re.I),
}  # fmt: skip
_AND: Final = re.compile("、.*[与和及同跟]")
_LEAST: Final = 3  # members
_NEAR: Final = 6  # words between renderings of one member
_SHORT: Final = 6  # characters of a member: longer ones are rendered by clauses
_AROUND: Final = 1  # words marked beside the members found


def says(lang: Lang, han: str, lemmas: frozenset[str]) -> bool:
    """Is a word with these lemmas a rendering of `han` by the dictionary or the tables?"""
    return any(dictionary.renders(lang, han, lemma) for lemma in lemmas) or bool(lemmas & forward(lang, han))


def shorter(clause: str, items: Sequence[str], view: View) -> tuple[tuple[int, int], str] | None:
    """(span, message) where the row that renders the list has fewer members than the list, None elsewhere.

    The row is told by the members found in it; one member at least must be known to the dictionary and not be found.
    """
    if len(items) < _LEAST or any(len(item) > _SHORT or "的" in item for item in items):
        return None
    lang, words = view.target_lang, view.words
    places, lost = [], 0
    for item in items:
        content = [span.of(item) for span, entry in dictionary.segment(item) if len(span) > 1 and entry]
        at = [n for n, word in enumerate(words) if any(says(lang, han, word.lemmas) for han in content)]
        if at:
            places.append(at)
        elif content and not any(dictionary.load()[han].optional for han in content):
            lost += 1
    if not places and framed(items):
        return _shorter_than(items, view)
    if not places or not lost or any(len(at) > 2 and at[-1] - at[0] > _NEAR for at in places):
        return None
    first, last = min(at[0] for at in places), max(at[-1] for at in places)
    count = _parts(view, first, last, bool(_AND.search(clause)))
    if count is None or count >= len(items):
        return None
    span = words[first].start, words[min(len(words) - 1, last + _AROUND)].end
    return span, f"{len(items)} members in {'、'.join(items)}, {count} at most in the target"


def framed(items: Sequence[str]) -> bool:
    """Are all of one length and alike in their first or last sign: 早发现、早报告、早处置?"""
    return len({len(item) for item in items}) == 1 and (
        len({item[0] for item in items}) == 1 or len({item[-1] for item in items}) == 1
    )


def _shorter_than(items: Sequence[str], view: View) -> tuple[tuple[int, int], str] | None:
    """The longest row of the target, where even that has fewer parts than a list of which no member is known."""
    lang, text = view.target_lang, view.target
    edges = [match.span() for match in _BREAK[lang].finditer(text)]
    spans = zip([0, *(stop for _, stop in edges)], [*(at for at, _ in edges), len(text)], strict=True)
    rows = [(len(_MARK[lang].findall(text[one:other])) + 1, one, other) for one, other in spans]
    count, start, end = max(rows, key=lambda row: row[0])
    shared = len({item[:-1] for item in items}) == 1 and items[0][-2] == "得"  # 坐得下、坐得稳: one verb, two adverbs
    if not 2 <= count < len(items) - shared:
        return None
    marks = list(_MARK[lang].finditer(text, start, end))
    inside = [word for word in view.words if start <= word.start < end]
    before = [word for word in inside if word.end <= marks[0].start()][-1:]
    after = [word for word in inside if word.start >= marks[-1].end()][:1]
    if not before or not after:
        return None
    return (before[0].start, after[0].end), f"{len(items)} members in {'、'.join(items)}, {count} at most in the target"


def _parts(view: View, first: int, last: int, with_: bool) -> int | None:
    """The most members that the row which holds words `first` to `last` can have; None where a clause ends in it."""
    lang, words, text = view.target_lang, view.words, view.target
    start, end = words[first].start, words[last].end
    breaks = [match.span() for match in _BREAK[lang].finditer(text)]
    if any(start < left < end for left, _ in breaks):
        return None
    left = max((right for _, right in breaks if right <= start), default=0)
    right = min((at for at, _ in breaks if at >= end), default=len(text))
    marks = [match.span() for match in _MARK[lang].finditer(text, left, right)]
    marks += [match.span(1) for match in _FROM_TO[lang].finditer(text, left, right)]
    if with_:
        marks += [match.span() for match in _WITH[lang].finditer(text, left, right)]
    edges = sorted(marks)
    chunks = list(zip([left, *(stop for _, stop in edges)], [*(at for at, _ in edges), right], strict=True))
    chunks = [(one, other) for one, other in chunks if text[one:other].strip()]
    low = next((n for n, (_, stop) in enumerate(chunks) if stop > start), 0)
    high = next((n for n, (_, stop) in enumerate(chunks) if stop >= end), len(chunks) - 1)
    if lang != "ru" or any(_verb(words[n]) for n in (first, last)):
        return len(chunks)
    verbs = [[word for word in words if one <= word.start < other and _verb(word)] for one, other in chunks]
    while low > 0 and (not any(word.start < start for word in verbs[low]) or verbs[low - 1]):
        low -= 1
    while high + 1 < len(chunks) and not any(word.start > end for word in verbs[high]):
        high += 1  # a verb may stand behind the last member
    return high - low + 1


def _verb(word: Word) -> bool:
    return all(str(reading.tag.POS) in ("VERB", "INFN", "PRTS") for reading in parses(word.low)[:1])
