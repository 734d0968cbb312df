"""What stands in a Chinese target for a term that is missing there.

Stretches of whole words (jieba's dictionary, so that no word is cut) whose characters are those of the official form,
or whose words are translations of the term's words; names that sound the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.enforce import bridge
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground, by_likeness
from pipeline.enforce.view import View, closed
from pipeline.languages.chinese import is_han, segmenter
from pipeline.languages.pinyin import reading
from pipeline.model import Occurrence

_SURE = 0.74
_NAMED = 0.52
_LINKS = frozenset("的之与和及同、")
_JOINTS = frozenset("和与及同、")
_JOINTED = frozenset("和与及或、")
COUNT = re.compile(
    r"[一二两三四五六七八九十百千万几数\d]+[艘座台辆架株枚栋幢间名位所家头匹条颗根只张块件股批阵场份种个]"
)
"""A number with its measure word, as one word."""
_COUNTED = re.compile("[一每各某该这那][名个位种项次家]$|[一二两三四五六七八九十几数][所座艘台株枚栋幢辆间名家]$")


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 8)
def pieces(text: str) -> tuple[_Piece, ...]:
    """The text in dictionary words, unknown characters one by one."""
    freq = segmenter().FREQ
    found: list[_Piece] = []
    for word, start, _ in segmenter().tokenize(text, HMM=False):
        for part in _apart(word, freq):
            found.append(_Piece(part, start, start + len(part)))
            start += len(part)
    return tuple(found)


def _apart(word: str, freq: Mapping[str, int]) -> list[str]:
    """A dictionary compound of four characters and more as the two words it is made of, if it is."""
    cuts = [
        (freq.get(word[:at], 0) * freq.get(word[at:], 0), at)
        for at in range(1, len(word))
        if len(word) > at + 1 or at > 2
    ]
    best, at = max(cuts, default=(0, 0)) if len(word) >= 4 else (0, 0)
    return [*_apart(word[:at], freq), *_apart(word[at:], freq)] if best else [word]


def phrases(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """Stretches that may be the term's rendering, the best of overlapping ones; only the sure ones are for repair."""
    if occurrence.term.kind in ("person", "place"):
        return
    found: list[tuple[float, int, Candidate]] = []
    words = bridge.source_words(occurrence.form.text)
    lang = bridge.language_of(occurrence.form.text)
    for rank, form in enumerate(occurrence.term.forms.get("zh", ())):
        joined = bool(re.search(r"[和与及、]|\b(?:and|or|и|или)\b", f"{form.text} {occurrence.form.text}"))
        wanted = "".join(char for char in form.text if is_han(char))
        if len(wanted) < 2:
            continue
        for score, mass, start, end in _windows(view.folded.text, wanted, words, lang, occurrence.term.kind, joined):
            span = closed(view.text, view.folded.span(start, end))
            if not view.free(span):
                continue
            why = by_likeness(span.of(view.text))
            window = "".join(char for char in span.of(view.text) if is_han(char))
            sure = score >= _SURE and not _shorter(window, wanted, occurrence.term.kind)
            spelt_out = occurrence.term.kind == "title" and len(window) == 2 * len(wanted) and _through(window, wanted)
            sure = sure and (len(window) < max(4, 2 * len(wanted)) or spelt_out)
            sure = sure and not (occurrence.term.kind == "title" and _acts(window, wanted))
            sure = sure and not _torn(span.of(view.text)) and not _fuller(window, wanted, words, lang)
            candidate = Candidate(span, 0.9 * score, why, (), False, "", rank, repair=sure, ground=Ground.ALIKE)
            found.append((score - 0.12 * min(rank, 1) + 0.05 * mass, end - start, candidate))
    found.sort(key=lambda item: (-round(item[0], 3), item[1], item[2].span.start))
    kept: list[Candidate] = []
    for _, _, item in found:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    yield from kept[:4]


def _shorter(window: str, wanted: str, kind: str) -> bool:
    """Is it the beginning or end of a formula or an office («民主党» for 民主党派)? That may be another thing."""
    return kind in ("slogan", "title") and len(window) < len(wanted) and window in wanted


def _through(window: str, wanted: str) -> bool:
    """Are all characters of the form in the stretch, in their order («特别使者» for 特使)?"""
    rest = iter(window)
    return all(char in rest for char in wanted)


def _acts(window: str, wanted: str) -> bool:
    """Does the stretch end in no noun and in no character of the office («院长[率团]»)?"""
    last = pieces(window)[-1].text
    return last not in wanted and not is_noun(last)


def _fuller(window: str, wanted: str, words: Sequence[str], lang: str) -> bool:
    """Is it the form with words among its own that render none of the term («国际[经贸]秩序»), or a deputy's office?"""
    if ("副" in window) != ("副" in wanted):
        return True
    return _through(window, wanted) and any(
        len(part.text) > 1 and not set(part.text) & set(wanted) and max(_rendered(part.text, words, lang)) < 0.6
        for part in pieces(window)
    )


def _torn(text: str) -> bool:
    """Does the stretch hold one of a pair of quotation marks or brackets only?"""
    pairs = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("「", "」"))
    return text.count('"') % 2 == 1 or any(text.count(a) != text.count(b) for a, b in pairs)


def strays(candidate: Candidate, occurrence: Occurrence, source: str, view: View) -> bool:
    """Does the stretch hold a word that renders another word of the source, and none of the term («国际[经贸]秩序»)?

    A word that stands once more in the target renders the other word there.
    """
    span = occurrence.span
    own = bridge.source_words(span.of(source))
    rest = (*bridge.source_words(source[: span.start]), *bridge.source_words(source[span.end :]))
    wanted = "".join(form.text for form in occurrence.term.forms.get("zh", ()))
    lang = bridge.language_of(source)
    for part in pieces(candidate.span.of(view.text)):
        if len(part.text) < 2 or not is_han(part.text) or part.text in wanted:
            continue
        if view.text.count(part.text) > candidate.span.of(view.text).count(part.text):
            continue
        mine = max(_rendered(part.text, own, lang), default=0.0)
        if mine < 0.6 and max(_rendered(part.text, rest, lang), default=0.0) >= 0.85:
            return True
    return False


def _windows(
    text: str, wanted: str, words: Sequence[str], lang: str, kind: str, joined: bool
) -> Iterator[tuple[float, float, int, int]]:
    """(score, characters that belong, start, end) of each stretch."""
    parts = pieces(text)
    official = tuple(piece.text for piece in pieces(wanted))
    means = [_rendered(part.text, words, lang) for part in parts]
    links = [_rendered(piece, words, lang) for piece in official]
    spell = set(wanted)
    sounds = {reading(char) for char in wanted}
    near = [
        bool(set(part.text) & spell)
        or max(row, default=0.0) > 0
        or (len(part.text) == 1 and reading(part.text) in sounds)
        for part, row in zip(parts, means, strict=True)
    ]
    for first, opener in enumerate(parts):
        if (
            opener.text in _LINKS
            or not is_han(opener.text)
            or (_COUNTED.match(opener.text) and opener.text not in wanted)
        ):
            continue
        for last in range(first, len(parts)):
            end = parts[last].end
            size = end - opener.start
            if parts[last].text in _JOINTS and not joined:
                break
            if size > len(wanted) + 4 or not (is_han(parts[last].text) or parts[last].text == "、"):
                break
            if (
                size < 2
                or parts[last].text in _LINKS
                or not (near[first] and (near[last] or (last > first and near[last - 1])))
            ):
                continue
            if last == first and size < len(wanted) - 2 and len(words) > 1:
                continue
            beside = tuple(
                parts[at].text if 0 <= at < len(parts) and (is_han(parts[at].text) or parts[at].text == "、") else ""
                for at in (first - 1, last + 1)
            )
            taken = slice(first, last + 1)
            score, mass = _score(parts[taken], means[taken], wanted, official, links, beside, kind)
            if score >= _NAMED:
                yield score, mass, opener.start, end


def _rendered(piece: str, words: Sequence[str], lang: str) -> list[float]:
    return [bridge.strength(piece, word, "zh", lang) for word in words] if is_han(piece) else [0.0] * len(words)


def _score(
    parts: Sequence[_Piece], means: Sequence[Sequence[float]], wanted: str, official: Sequence[str],
    links: Sequence[Sequence[float]], beside: Sequence[str], kind: str,
) -> tuple[float, float]:  # fmt: skip
    """Harmonic mean of how much of the stretch belongs to the term and how much of the term is there, 0..1; and how
    many characters belong."""
    window = "".join(part.text for part in parts)
    alike, covered = _aligned(window, wanted)
    tail = len(wanted) - 1 - max((at for at, value in enumerate(covered) if value), default=-1)
    head = next((at for at, value in enumerate(covered) if value), len(wanted))
    missing = tail
    if not alike[-1]:
        tail = 0  # something else stands for it
    if not alike[0]:
        head = 0
    at = 0
    good = whole = mass = 0.0
    seen: set[int] = set()  # the source's words that are rendered so far
    lent = 0.0  # characters of the missing tail that another noun stands for
    for index, (part, row) in enumerate(zip(parts, means, strict=True)):
        size = float(len(part.text))
        own = sum(alike[at : at + len(part.text)]) / size
        if part.text in _LINKS:
            own, size = max(own, 0.5), size * (1.0 if own == 1 else 0.4)
        elif len(part.text) > 1 and part.text in wanted:
            own = 1.0
        best = max([own, *row])
        again = sum(part.text == other.text for other in parts[:index])
        if again and part.text not in _LINKS and again >= max((wanted.count(char) for char in part.text), default=0):
            best = 0.0  # the phrase begins anew
        last = index == len(parts) - 1
        if (
            last
            and best < 0.5
            and (sum(covered) > 2 or len(row) > 1)
            and missing >= 2
            and abs(missing - size) <= 1
            and is_noun(part.text)
        ):
            best, lent = 0.5, 0.5 * missing
        if last and not best:
            return 0.0, 0.0
        good += size * best
        word = max(range(len(row)), key=row.__getitem__, default=-1)
        lexical = len(part.text) * row[word] if word >= 0 and word not in seen and part.text not in wanted else 0.0
        mass += max(sum(alike[at : at + len(part.text)]), lexical)
        seen.add(word if row and row[word] >= 0.6 else -1)
        whole += size
        at += len(part.text)
    precision = good / whole
    bag = sum((Counter(window) & Counter(wanted)).values())
    letters = max(sum(covered) + lent, bag) / len(wanted)
    spoken = []
    for s in range(len(links[0]) if links else 0):
        over = max((row[s] for piece, row in zip(official, links, strict=True) if piece in window), default=0.0)
        spoken.append(max(over, *(row[s] for row in means)))
    meaning = sum(spoken) / len(spoken) if spoken else 0.0
    recall = max(letters, meaning if len(spoken) > 1 else (meaning + 3 * letters) / 4)
    if precision < 0.66 or recall < 0.6:
        return min(precision, recall, 0.6), min(mass, float(len(wanted)))
    score = 2 * precision * recall / (precision + recall)
    spelt = bag / len(wanted)
    short = spelt < 1 and bag == len(window)
    if (
        spelt < 0.25
        or (len(parts) == 1 and (spelt <= 0.5 or kind == "term"))
        or (short and (kind == "term" or spelt < 0.7))
        or (spelt < 0.5 and min(spoken, default=0.0) < 0.6)
        or (len(spoken) == 1 and len(parts[-1].text) == 1 and not alike[-1])
        or (beside[0][-1:] in _JOINTED and not alike[0] and max(means[0], default=0.0) < 0.9)
        or (spelt <= 0.5 and any(part.text == "的" for part in parts))
    ):
        score = min(score, _SURE - 0.01)
    whole_term = bag == len(wanted) or (len(spoken) > 1 and min(spoken) >= 0.6)
    if tail < len(official[-1]):
        tail = 0  # only a piece of its last word is missing
    if not whole_term and not lent and ((tail and _is_noun_like(beside[1])) or (head > 1 and len(beside[0]) > 1)):
        score = min(score, _SURE - 0.01)
    return score, min(mass, float(len(wanted)))


def _is_noun_like(piece: str) -> bool:
    return len(piece) > 1 and is_noun(piece)


@lru_cache(maxsize=1 << 12)
def tag(word: str) -> str:
    """The part of speech that jieba's dictionary gives the word (n, v, vn, a, d ...), empty where it has none."""
    at = _tags().find(f"\n{word} ")
    return "" if at < 0 else _tags()[at + 1 : at + 60].split("\n", 1)[0].rpartition(" ")[2]


def is_noun(word: str) -> bool:
    """Does jieba's dictionary list the word as a noun?"""
    return tag(word).startswith(("n", "vn", "an"))


@lru_cache(maxsize=1)
def _tags() -> str:
    from pathlib import Path

    from pipeline.languages.chinese import dictionary_file

    name = dictionary_file()
    return "\n" + Path(name).read_text(encoding="utf-8") if name else ""


def _aligned(window: str, wanted: str) -> tuple[list[float], list[float]]:
    """For each character of the stretch and of the form: 1 where the other has it in the same order, 0.8 where it
    stands for one that sounds the same."""
    from rapidfuzz.distance import Indel

    left, right = [0.0] * len(window), [0.0] * len(wanted)
    at = to = 0
    for block in (*Indel.opcodes(window, wanted), None):
        if block is not None and block.tag != "equal":
            continue
        stop, until = (block.src_start, block.dest_start) if block is not None else (len(window), len(wanted))
        for a in range(at, stop):
            for b in range(to, until):
                if not left[a] and not right[b] and reading(window[a]) == reading(wanted[b]):
                    left[a] = right[b] = 0.8
        if block is not None:
            size = block.src_end - block.src_start
            left[block.src_start : block.src_end] = [1.0] * size
            right[block.dest_start : block.dest_end] = [1.0] * size
            at, to = block.src_end, block.dest_end
    return left, right
