"""Which word of a source a target word translates: the tables' probabilities, attention, names, equal text, place.

Word tables both ways (IBM model 2, Brown et al. 1993, see `lexicon`), and competitive linking (Melamed 2000, Models of
translational equivalence): the likeliest pairs first, a source word that is taken counts less.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.errors import PalladiusError
from pipeline.languages import dictionary, lexicon
from pipeline.model import Lang, Span

Links = Sequence[tuple[Span, Span, float]]

_LEAST = 0.12  # pairs under this are none
_ATTENDED = 0.6  # what full attention is worth beside a certain translation
_TAKEN = 0.35  # taken off for each word that is linked to the source word already, unless one of them is _NEAR
_NEAR = 2
_ADMITTED = 0.3  # what it is worth that the dictionary lists the rendering
_PLACE = 0.08
_FILLED = 0.1  # what a link is worth that only the neighbours tell
_BESIDE = 0.3
_SMALL = 0.35  # weight of short words: they say little about where a phrase went
_LONGEST = 400  # words of a side; over it only attention is used
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")


def links(source: str, target: str, left: Lang, right: Lang, attention: Links = ()) -> list[tuple[Span, Span, float]]:
    """(source word, target word, weight 0..1.7) for the target words that can be told; one link for each."""
    ours, theirs = _words(source, left), _words(target, right)
    if not ours or not theirs or max(len(ours), len(theirs)) > _LONGEST:
        return list(attention)
    scores = _scores(source, target, left, right, ours, theirs)
    _attend(scores, ours, theirs, attention)
    taken: list[list[int]] = [[] for _ in ours]  # target words by source word
    heap: list[tuple[float, int, int, int]] = []
    for i, row in enumerate(scores):
        for j, value in row.items():
            value += _PLACE * (1 - abs((i + 0.5) / len(theirs) - (j + 0.5) / len(ours)))
            if value >= _LEAST:
                heap.append((-value, i, j, 0))
    heapq.heapify(heap)
    found: dict[int, tuple[Span, Span, float]] = {}
    while heap:
        value, i, j, seen = heapq.heappop(heap)
        if i in found:
            continue
        if len(taken[j]) > seen:  # it may be worth less since
            new = sum(min(abs(i - k) for k in taken[j]) > _NEAR for _ in taken[j][seen:])
            value += _TAKEN * new
            if -value >= _LEAST:
                heapq.heappush(heap, (value, i, j, len(taken[j])))
            continue
        taken[j].append(i)
        word = theirs[i].of(target)
        small = right != "zh" and len(word) < 3 and not word.isdigit()
        found[i] = ours[j], theirs[i], -value * (_SMALL if small else 1.0)
    _fill(target, right, ours, theirs, found)
    return [found[i] for i in sorted(found)]


def _fill(
    target: str, lang: Lang, ours: Sequence[Span], theirs: Sequence[Span], found: dict[int, tuple[Span, Span, float]]
) -> None:
    """What is left over, lightly: to the free words of the source between those of the neighbours, and a word with a
    capital to its neighbour with one (Hong Kong)."""
    linked = {i: ours.index(link[0]) for i, link in found.items()}
    free = sorted(set(range(len(ours))) - set(linked.values()))
    known = sorted(linked)
    for k in range(len(known) + 1):
        before, after = known[k - 1] if k else -1, known[k] if k < len(known) else len(theirs)
        gap = [i for i in range(before + 1, after) if lang == "zh" or len(theirs[i]) > 2]
        if not gap:
            continue
        low, high = linked.get(before, -1), linked.get(after, len(ours))
        between = [j for j in free if min(low, high) < j < max(low, high)] if abs(high - low) <= len(gap) + 6 else []
        for number, i in enumerate(gap):
            if between:
                j = between[min(len(between) - 1, number * len(between) // len(gap))]
                found[i] = ours[j], theirs[i], _FILLED
                continue
            word = theirs[i].of(target)
            for at in (before, after):
                name = at in linked and lang != "zh" and word[0].isupper() and theirs[at].of(target)[0].isupper()
                if name and not _between(target, theirs, i, at).strip(" -"):
                    found[i] = found[at][0], theirs[i], _BESIDE


def _between(target: str, theirs: Sequence[Span], one: int, other: int) -> str:
    first, last = sorted((one, other))
    return target[theirs[first].end : theirs[last].start]


def _words(text: str, lang: Lang) -> list[Span]:
    if lang == "zh":
        from pipeline.languages import chinese, names

        people = [person.span for person in names.people(text)]
        found = list(people)
        for span in chinese.words(text):
            inside = [person for person in people if person.overlaps(span)]
            start = max([span.start, *(person.end for person in inside if person.start <= span.start)])
            end = min([span.end, *(person.start for person in inside if person.start > span.start)])
            if start < end and any(map(str.isalnum, text[start:end])):
                found.append(Span(start, end))
        return sorted(found, key=lambda span: span.start)
    return [Span(*match.span()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=8)
def _table(pair: str) -> lexicon.Lexicon | None:
    try:
        return lexicon.load(pair)
    except PalladiusError:
        return None


@lru_cache(maxsize=1 << 14)
def _likely(pair: str, word: str) -> dict[str, float]:
    table = _table(pair)
    return dict(table.best(word, 30)) if table is not None else {}


def _scores(
    source: str, target: str, left: Lang, right: Lang, ours: Sequence[Span], theirs: Sequence[Span]
) -> list[dict[int, float]]:
    """For each target word the source words that may give it."""
    places: dict[str, list[int]] = {}
    same: dict[str, list[int]] = {}
    for j, span in enumerate(ours):
        word = span.of(source)
        places.setdefault(lexicon.key(word, left), []).append(j)
        same.setdefault(_number(word), []).append(j)
    ahead: dict[str, list[tuple[int, float]]] = {}
    for word, at in places.items():
        for other, likely in _likely(f"{left}-{right}", word).items():
            ahead.setdefault(other, []).extend((j, likely) for j in at)
    rows: list[dict[int, float]] = []
    for span in theirs:
        word = span.of(target)
        key = lexicon.key(word, right)
        row: dict[int, float] = {}
        for j, likely in ahead.get(key, ()):
            row[j] = max(row.get(j, 0.0), likely)
        for other, likely in _likely(f"{right}-{left}", key).items():
            for j in places.get(other, ()):
                row[j] = (row.get(j, 0.0) + likely) / 2 + 0.3 * min(row.get(j, 0.0), likely)
        for j in same.get(_number(word), ()):
            row[j] = 1.1
        rows.append(row)
    _admitted(rows, [span.of(source) for span in ours], [span.of(target) for span in theirs], left, right)
    for j, i in _names(source, target, left, right, ours, theirs):
        rows[i][j] = max(rows[i].get(j, 0.0), 1.0)
    return rows


def _admitted(
    rows: list[dict[int, float]], ours: Sequence[str], theirs: Sequence[str], left: Lang, right: Lang
) -> None:
    """Adds what the dictionary admits: a Chinese word and a word of one of its renderings."""
    if "zh" not in (left, right):
        return
    lang = right if left == "zh" else left
    han, others = (ours, theirs) if left == "zh" else (theirs, ours)
    keys = [lexicon.key(word, lang).replace("ё", "е") for word in others]
    for a, word in enumerate(han):
        for b, key in enumerate(keys):
            if _renders(lang, word, key):
                j, i = (a, b) if left == "zh" else (b, a)
                rows[i][j] = rows[i].get(j, 0.0) + _ADMITTED


def _renders(lang: Lang, han: str, key: str) -> bool:
    try:
        return dictionary.renders(lang, han, key)
    except PalladiusError:
        return False


def _number(word: str) -> str:
    """What equal words have in common: the number in «14.4%»."""
    found = re.search(r"\d+(?:[.,]\d+)*", word)
    return found.group() if found is not None else word.casefold()


def _names(
    source: str, target: str, left: Lang, right: Lang, ours: Sequence[Span], theirs: Sequence[Span]
) -> list[tuple[int, int]]:
    """Words of Chinese names and their transcriptions, (source word, target word)."""
    if left == "zh":
        return _transcribed(source, ours, target, theirs, right)
    if right == "zh":
        return [(j, i) for i, j in _transcribed(target, theirs, source, ours, left)]
    english, russian = (ours, theirs) if left == "en" else (theirs, ours)
    texts = (source, target) if left == "en" else (target, source)
    found = [
        (k, n)
        for k, span in enumerate(english)
        if (word := span.of(texts[0]))[0].isupper() and (wanted := _cyrillic(word))
        for n, other in enumerate(russian)
        if _alike(wanted, other.of(texts[1]), "ru")
    ]
    return found if left == "en" else [(n, k) for k, n in found]


@lru_cache(maxsize=1 << 12)
def _cyrillic(word: str) -> str:
    from pipeline.languages import palladius

    return palladius.from_pinyin(word) or ""


@lru_cache(maxsize=1 << 12)
def _place(han: str, lang: Lang) -> str:
    from pipeline.languages import chinese, palladius, pinyin

    if len(han) < 2 or not all(map(chinese.is_han, han)):
        return ""
    return palladius.place(han) if lang == "ru" else pinyin.place(han)


def _alike(wanted: str, word: str, lang: Lang) -> bool:
    """Is the word the name, in Russian in any case?"""
    if not word[0].isupper() or len(wanted) < 2:
        return False
    stem = wanted[: max(3, len(wanted) - 1)] if lang == "ru" else wanted
    return word.casefold().startswith(stem.casefold()) and len(word) <= len(wanted) + 3


def _transcribed(
    chinese: str, han: Sequence[Span], other: str, words: Sequence[Span], lang: Lang
) -> list[tuple[int, int]]:
    from pipeline.languages import names

    capitals = [(i, span.of(other)) for i, span in enumerate(words) if span.of(other)[0].isupper()]
    found = []
    for person in names.people(chinese) if capitals else ():
        inside = [k for k, span in enumerate(han) if span.overlaps(person.span)]
        for number, part in enumerate(names.resolve(person.name, lang).split()):
            found += [(inside[-1 if number else 0], i) for i, word in capitals if inside and _alike(part, word, lang)]
    for k, span in enumerate(han) if capitals else ():
        wanted = _place(span.of(chinese), lang)
        found += [(k, i) for i, word in capitals if wanted and _alike(wanted, word, lang)]
    return found


def _attend(scores: list[dict[int, float]], ours: Sequence[Span], theirs: Sequence[Span], attention: Links) -> None:
    """Adds attention, summed over the pieces of a source word and averaged over those of a target word."""
    if not attention:
        return
    starts = sorted(attention, key=lambda link: link[1].start)
    at = 0
    for i, span in enumerate(theirs):
        while at < len(starts) and starts[at][1].end <= span.start:
            at += 1
        pieces: set[Span] = set()
        sums: dict[int, float] = {}
        for k in range(at, len(starts)):
            left, right, weight = starts[k]
            if right.start >= span.end:
                break
            if not right.overlaps(span):
                continue
            pieces.add(right)
            for j, word in enumerate(ours):
                if word.overlaps(left):
                    sums[j] = sums.get(j, 0.0) + weight
        for j, total in sums.items():
            scores[i][j] = scores[i].get(j, 0.0) + _ATTENDED * total / max(1, len(pieces))
