"""What stands in a Chinese target for a term that is missing there.

Stretches of whole words (jieba's dictionary, so that no word is cut) whose characters are those of the official form,
or whose words are translations of the term's words; names that sound the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.enforce import bridge
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View, closed
from pipeline.languages.chinese import is_han
from pipeline.languages.pinyin import reading
from pipeline.model import Occurrence, Span

_SURE = 0.74
_NAMED = 0.52
_LINKS = frozenset("的之与和及同、")
_SPEECH = tuple(
    "表示 说 指出 强调 会见 出席 主持 在 将 同 与 和 对 于 率 访问 抵达 宣布 认为 称 发表 会 介绍 还 向 到 就 致".split()
)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 8)
def pieces(text: str) -> tuple[_Piece, ...]:
    """The text in dictionary words, unknown characters one by one."""
    from pipeline.languages.chinese import _jieba

    return tuple(_Piece(word, start, end) for word, start, end in _jieba().tokenize(text, HMM=False))


def phrases(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """Stretches that may be the term's rendering, the best of overlapping ones; only the sure ones are for repair."""
    if occurrence.term.kind in ("person", "place"):
        return
    found: list[tuple[float, int, Candidate]] = []
    words = bridge.source_words(occurrence.form.text)
    lang = bridge.language_of(occurrence.form.text)
    for rank, form in enumerate(occurrence.term.forms.get("zh", ())):
        wanted = "".join(char for char in form.text if is_han(char))
        if len(wanted) < 2:
            continue
        for score, start, end in _windows(view.folded.text, wanted, words, lang):
            span = closed(view.text, view.folded.span(start, end))
            if not view.free(span):
                continue
            why = f"«{span.of(view.text)}» stands in its place"
            candidate = Candidate(span, 0.9 * score, why, (), False, "", rank, repair=score >= _SURE)
            found.append((score - 0.12 * min(rank, 1), end - start, candidate))
    found.sort(key=lambda item: (-round(item[0], 2), -item[1], item[2].span.start))
    kept: list[Candidate] = []
    for _, _, item in found:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    yield from kept[:4]


def _windows(text: str, wanted: str, words: Sequence[str], lang: str) -> Iterator[tuple[float, int, int]]:
    parts = pieces(text)
    official = tuple(piece.text for piece in pieces(wanted))
    means = [_rendered(part.text, words, lang) for part in parts]
    spell = set(wanted)
    sounds = {reading(char) for char in wanted}
    near = [
        bool(set(part.text) & spell) or max(row, default=0.0) > 0 or reading(part.text[0]) in sounds
        for part, row in zip(parts, means, strict=True)
    ]
    for first, opener in enumerate(parts):
        if not near[first] or opener.text in _LINKS:
            continue
        for last in range(first, len(parts)):
            end = parts[last].end
            size = end - opener.start
            if size > len(wanted) + 4 or not (is_han(parts[last].text) or parts[last].text == "、"):
                break
            if size < 2 or not near[last] or parts[last].text in _LINKS:
                continue
            if size == 1 or (last == first and size < len(wanted) - 2 and len(words) > 1):
                continue
            score = _score(parts[first : last + 1], means[first : last + 1], wanted, official, words, lang)
            if score >= _NAMED:
                yield score, opener.start, end


def _rendered(piece: str, words: Sequence[str], lang: str) -> list[float]:
    return [bridge.strength(piece, word, "zh", lang) for word in words] if is_han(piece) else [0.0] * len(words)  # type: ignore[arg-type]


def _score(
    parts: Sequence[_Piece], means: Sequence[Sequence[float]], wanted: str, official: Sequence[str],
    words: Sequence[str], lang: str,
) -> float:  # fmt: skip
    """Harmonic mean of how much of the stretch belongs to the term and how much of the term is there, 0..1."""
    window = "".join(part.text for part in parts)
    alike = _aligned(window, wanted)
    at = 0
    good = whole = 0.0
    for part, row in zip(parts, means, strict=True):
        size = len(part.text)
        own = sum(alike[at : at + size]) / size
        if part.text in _LINKS:
            own, size = max(own, 0.5), size * (1.0 if own == 1 else 0.4)  # type: ignore[assignment]
        elif len(part.text) > 1 and part.text in wanted:
            own = 1.0
        good += size * max([own, *row])
        whole += size
        at += len(part.text)
    precision = good / whole
    bag = sum((Counter(window) & Counter(wanted)).values())
    letters = max(sum(alike), bag) / len(wanted)
    spoken = []
    for s, word in enumerate(words):
        over = max(
            (bridge.strength(piece, word, "zh", lang) for piece in official if piece in window),  # type: ignore[arg-type]
            default=0.0,
        )
        spoken.append(max(over, *(row[s] for row in means)))
    meaning = sum(spoken) / len(spoken) if spoken else 0.0
    recall = max(letters, meaning if len(spoken) > 1 else (meaning + letters) / 2)
    if precision < 0.66 or recall < 0.6 or (letters < 0.34 and len(spoken) < 2):
        return min(precision, recall, 0.6)
    return 2 * precision * recall / (precision + recall)


def _aligned(window: str, wanted: str) -> list[float]:
    """For each character of the window: 1 where it is one of the form in its order, 0.8 where it sounds like it."""
    from rapidfuzz.distance import Indel

    result = [0.0] * len(window)
    gap: tuple[int, int, int, int] = (0, 0, 0, 0)
    for block in (*Indel.opcodes(window, wanted), None):
        if block is None or block.tag == "equal":
            for a in range(gap[0], gap[1]):
                if any(reading(window[a]) == reading(char) for char in wanted[gap[2] : gap[3]]):
                    result[a] = 0.8
            if block is not None:
                result[block.src_start : block.src_end] = [1.0] * (block.src_end - block.src_start)
                gap = (block.src_end, block.src_end, block.dest_end, block.dest_end)
        else:
            gap = (gap[0], block.src_end, gap[2], block.dest_end)
    return result


def names(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """A Chinese person's name in other characters that sound the same («王一» for 王毅, «何利峰» for 何立峰)."""
    if occurrence.term.kind != "person":
        return
    text = view.folded.text
    for rank, form in enumerate(occurrence.term.forms.get("zh", ())):
        wanted = form.text
        if not 2 <= len(wanted) <= 4 or not is_han(wanted):
            continue
        sounded = [reading(char) for char in wanted]
        for start in range(len(text) - len(wanted) + 1):
            window = text[start : start + len(wanted)]
            if window == wanted or not is_han(window) or [reading(char) for char in window] != sounded:
                continue
            same = sum(a == b for a, b in zip(window, wanted, strict=True))
            if not same:
                continue
            sure = same >= 2 or (window[0] == wanted[0] and _named(text, start, start + len(window)))
            span = view.folded.span(start, start + len(window))
            if view.free(span):
                yield Candidate(
                    span, 0.93 if sure else 0.6, f"«{window}» sounds like {wanted}", (), False, window, rank,
                    same=True, repair=sure,
                )  # fmt: skip


def _named(text: str, start: int, end: int) -> bool:
    """Does the place ask for a name: a title beside it, or a mark or a beginning before it and a verb of action after?"""
    from pipeline.languages.names_context import TITLES

    left, right = text[max(0, start - 6) : start], text[end:]
    if any(left.endswith(title) for title in TITLES) or any(right.startswith(title) for title in TITLES):
        return True
    edge = not left or left[-1] in "，。、；：“”（）()《》 \n和与同及见对向由请"
    return edge and (right.startswith(_SPEECH) or not right or not is_han(right[0]))
