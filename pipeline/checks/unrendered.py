"""A term of the source that nothing in the target renders, or that stands there in a sense it has not"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.checks import _pieces
from pipeline.checks._pieces import Piece
from pipeline.checks._tables import rows
from pipeline.checks._words import Word
from pipeline.checks._words import words as cut_words
from pipeline.checks.base import Check, View
from pipeline.errors import DataError
from pipeline.languages import anchors, chinese, dictionary, sense
from pipeline.model import Finding, Lang, Severity

_CLOSE = 0.5  # share of the source's words that are rendered; under it a translation is too free to say
_OFTEN = 10  # times that a word was seen to render nothing
_FAR = 12  # words from where the rendering should stand
_WHOLE = 0.85  # share of the rendered words above which a missing one is an omission
_APART = 3  # words between neighbours of what is left out
_COMMON = 500  # jieba's count above which a term may be left out
_TOGETHER = 3  # words between the parts of one wrong rendering


@dataclass(frozen=True, slots=True)
class Lacking:
    """A term that seems not to be rendered, the words (indices) in its place, and what speaks for an error.

    first, rest: what the encoder is to compare: the words, the term, its right rendering and some other words of the
    source; all further ones.
    """

    piece: Piece
    run: tuple[int, ...]
    plain: tuple[float, ...]
    first: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """The same with all features."""

    piece: Piece
    run: tuple[int, ...]
    features: tuple[float, ...]


class Unrendered(Check):
    name = "unrendered"
    category = "accuracy/mistranslation"
    doubtful = True
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True
    longest = 10_000

    def ahead(self, views: Sequence[View]) -> None:
        """The points of the words that are compared first: the encoder is twice as fast with many texts."""
        texts: list[str] = []
        for view in views:
            if not view.words or max(len(view.source), len(view.target)) > self.longest:
                continue
            try:
                lacking = view.once(_read)[2]
            except DataError:
                return  # the dictionary is not installed
            texts += (text for one in lacking for text in one.first)
        if texts:
            sense.points(texts)

    def segment(self, view: View) -> Iterable[Finding]:
        if not view.words:
            return
        try:
            pieces, slips, lacking = view.once(_read)
        except DataError:
            return  # the dictionary is not installed
        taken = {at for _, run in slips for at in run}
        told = {piece for piece, _ in slips}
        for piece, run in slips:
            yield self._told(view, piece, run)
        least = _fitted()[0][view.target_lang]
        for one in lacking:
            features = _with_sense(one, least) if one.piece not in told else None
            if features is not None and chance(features) >= least:
                taken.update(one.run)
                yield self._told(view, one.piece, one.run)
        for piece, (first, last) in left_out(view, pieces, taken):
            if piece in told:
                continue
            right = piece.anchor.side(view.target_lang).right if piece.anchor is not None else ""
            span = view.words[first].start, view.words[last].end
            yield self.finding(span, f"{piece.text} ({right}) is left out here", right, category="accuracy/omission")

    def _told(self, view: View, piece: Piece, run: Sequence[int]) -> Finding:
        assert piece.anchor is not None
        first, last = view.words[min(run)], view.words[max(run)]
        right = piece.anchor.side(view.target_lang).right
        written = view.target[first.start : last.end]
        return self.finding((first.start, last.end), f"{piece.text} is «{right}», not «{written}»", right)


def chance(features: Sequence[float]) -> float:
    """How likely it is that the term is rendered wrong: logistic regression on the project's annotated texts, and on
    human translations for what is none."""
    _, bias, weights = _fitted()
    return 1 / (1 + math.exp(-bias - sum(a * b for a, b in zip(weights, features, strict=True))))


@cache
def _fitted() -> tuple[dict[str, float], float, tuple[float, ...]]:
    """The chance from which a candidate is told, by language, the bias and the weights, of
    assets/dictionary/unrendered.tsv."""
    held = {row["name"]: float(row["weight"]) for row in rows("dictionary", "unrendered")}
    sure = {lang: held.pop(f"sure {lang}") for lang in ("ru", "en")}
    return sure, held.pop("bias"), tuple(held.values())


def wrong(view: View, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, tuple[int, ...]]]:
    """Terms and set phrases with the words (indices) of a listed wrong rendering that nothing else explains.

    Where something stands that a right rendering would hold too, the wrong words count only beside it, as parts of one
    phrase («стеклянный занавес», 玻璃幕墙), or where they hold it themselves (十四五, «четырнадцатая пятёрка»).
    """
    every = [word.low for word in view.words]
    for piece in pieces:
        if piece.anchor is None:
            continue
        side = piece.anchor.side(view.target_lang)
        if not side.wrong or not anchors.stands(side.wrong, view.keyed[1:]):
            continue
        rendered = piece.said and not _contested(pieces, piece)
        apart = _pieces.others(pieces, piece)
        own = [
            index for index in range(len(every)) if index not in apart and not _pieces.named(view, view.words[index])
        ]
        for found in anchors.options(side.wrong, [every[index] for index in own], inside=False):
            places = tuple(own[at] for at in found)
            if not _one_stretch(view, places):
                continue
            own_words = [at for at in places if side.stems.isdisjoint(anchors.keys(every[at]))] or places
            if all(_explained(view, piece, view.words[at]) for at in own_words):
                continue  # сертификационный знак (商标) с географическим указанием
            if not rendered or _of_one_phrase(view, side, places):
                yield piece, places
                break


def _one_stretch(view: View, places: Sequence[int]) -> bool:
    """Are the parts of a wrong rendering near each other, with no mark between them?"""
    first, last = min(places), max(places)
    return last - first <= _TOGETHER and not any(_parted(view, at, at + 1) for at in range(first, last))


def _explained(view: View, piece: Piece, word: Word) -> bool:
    """Does a row of two characters elsewhere in the source mean the word: 封路, «дороги», beside 限价?

    Or one that the end of the piece makes with a single sign beside it: 金奖, «золотая», where 奖|金奖 is cut 奖金|奖.
    """
    lang, source, stems = view.target_lang, view.source, anchors.keys(word.low)
    rest = source.replace(piece.text, "\n")
    pairs = {rest[at : at + 2] for at in range(len(rest) - 1)}
    single = {span.start for span, _ in dictionary.segment(source) if len(span) == 1}
    start, end = piece.span.start, piece.span.end
    edges = {source[at : at + 2] for at, beside in ((start - 1, start - 1), (end - 1, end)) if beside in single}
    listed = {edge for edge in edges if edge in anchors.load()}
    return any(dictionary.covered(lang, pair, (word.low, *word.lemmas)) for pair in pairs | edges) or any(
        not anchors.anchor(edge).side(lang).stems.isdisjoint(stems) for edge in listed
    )


def _of_one_phrase(view: View, side: anchors.Side, places: tuple[int, ...]) -> bool:
    right = {at for at, word in enumerate(view.words) if not side.stems.isdisjoint(anchors.keys(word.low))}
    apart = right - set(places)
    if not apart:
        return True
    return any(
        abs(one - other) == 1 and not _parted(view, min(one, other), max(one, other))
        for one in places
        for other in apart
    )


def _parted(view: View, one: int, other: int) -> bool:
    between = view.target[view.words[one].end : view.words[other].start]
    return any(mark in between for mark in ",;:()«»“”—.!?…")


def _contested(pieces: Sequence[Piece], piece: Piece) -> bool:
    """Does everything that may render the piece have to render another: 种薯 beside 土豆, one «картофель»?"""
    return set(piece.by) <= {
        at for other in pieces if other is not piece and other.due and set(other.by) <= set(piece.by) for at in other.by
    }


def _read(view: View) -> tuple[list[Piece], list[tuple[Piece, tuple[int, ...]]], list[Lacking]]:
    """The pieces of the source, listed wrong renderings, none over another, and what seems to be lacking."""
    pieces = _pieces.pieces(view)
    slips: list[tuple[Piece, tuple[int, ...]]] = []
    taken: set[int] = set()
    for piece, run in wrong(view, pieces):
        if taken.isdisjoint(run):
            taken.update(run)
            slips.append((piece, run))
    return pieces, slips, list(_lacking(view, pieces, taken))


def candidates(view: View, pieces: Sequence[Piece], taken: set[int]) -> Iterator[Candidate]:
    """Terms of which nothing stands in the target, each with the idle words nearest to where it should stand."""
    for one in _lacking(view, pieces, taken):
        features = _with_sense(one, 0.0)
        assert features is not None
        yield Candidate(one.piece, one.run, features)


def _lacking(view: View, pieces: Sequence[Piece], taken: set[int]) -> Iterator[Lacking]:
    """`candidates`, not compared by the encoder yet."""
    due = [piece for piece in pieces if piece.due]
    said = sum(bool(piece.by) for piece in due)
    if said < _CLOSE * len(due) or all(piece.anchor is None for piece in due if not piece.by):
        return
    lang = view.target_lang
    content = [at for at, word in enumerate(view.words) if _pieces.content(word, lang)]
    used = {index for piece in pieces for index in piece.by}
    idle = sum(at not in used and not _pieces.named(view, view.words[at]) for at in content)
    taken = set(taken)
    for at, piece in enumerate(pieces):
        if piece.anchor is None or piece.anchor.free or piece.by:
            continue
        found = _instead(view, pieces, at, content, used | taken)
        if found is None:
            continue
        run, cost = found
        taken.update(run)
        words = [view.words[index] for index in run]
        others = len(due) - 1
        plain = (
            said / others if others else 0.0,
            float(min(others - said, 5)),
            min(idle, 12) / max(1, len(content)),
            cost,
            _likeness(piece.anchor, words) if lang == "ru" else 0.0,
            float(any(_pieces.literal(lang, piece.text, word.low, word.lemmas) for word in words)),
            float(min(len(run), 4)),
            float(min(len(piece.text), 6)),
            math.log1p(min(_pieces.idleness(word, lang) for word in words)),
            float(at > 0 and bool(pieces[at - 1].by)) + float(at + 1 < len(pieces) and bool(pieces[at + 1].by)),
            min(others, 15) / 15,
        )
        written = view.target[view.words[min(run)].start : view.words[max(run)].end]
        rest = [other.text for other in pieces if other is not piece]
        first = (written, piece.text, piece.anchor.side(lang).right, *rest[:_FIRST])
        yield Lacking(piece, run, plain, first, tuple(rest[_FIRST:]))


_FIRST = 2  # other words of the source to which the cosines are worked out before the rest


def _with_sense(one: Lacking, least: float) -> tuple[float, ...] | None:
    """The features with cosines, by the sentence encoder, of the words to the term, to its right rendering, to the
    nearest other word of the source, and of the term to its right rendering: a right one far from the term says little.

    None where the chance stays under `least` already by some of the other words: a nearer one only lowers it, and the
    encoder is dear.
    """
    words, term, right, *others = sense.points(one.first)
    near = [float(words @ other) for other in others]

    def made() -> tuple[float, ...]:
        return *one.plain, float(words @ term), float(words @ right), max(near, default=0.0), float(term @ right)

    if one.rest:
        if chance(made()) < least - _ROUGH:
            return None
        near += [float(words @ other) for other in sense.points(one.rest)]
    return made()


_ROUGH = 1e-3  # what is left for the rounding of the encoder's numbers


def left_out(view: View, pieces: Sequence[Piece], taken: set[int]) -> Iterator[tuple[Piece, tuple[int, int]]]:
    """Terms of which nothing stands in the target while their neighbours stand side by side there, with no idle word
    about; with the words (indices) of the two neighbours."""
    lang = view.target_lang
    due = [piece for piece in pieces if piece.due]
    if sum(bool(piece.by) for piece in due) < _WHOLE * len(due):
        return
    used = {index for piece in pieces for index in piece.by}
    for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if piece.anchor is None or piece.anchor.free or piece.by or not (before.due and after.due):
            continue
        if chinese.frequency(piece.text) > _COMMON:
            continue  # 企业, 经费: what is meant goes without saying
        gaps = [(abs(one - two), min(one, two), max(one, two)) for one in before.by for two in after.by if one != two]
        gap, first, last = min(gaps, default=(_APART + 1, 0, 0))
        around = range(max(0, first - 2), min(len(view.words), last + 3))
        if gap > _APART or not taken.isdisjoint(around):
            continue
        if not any(index not in used and _pieces.content(view.words[index], lang) for index in around):
            yield piece, (first, last)


def _likeness(anchor: anchors.Anchor, words: Sequence[Word]) -> float:
    """The greatest cosine between a word of the run and one of the right rendering or of the dictionary's."""
    from pipeline.languages.russian import vectors

    right = {lemma for word in cut_words(anchor.ru.right, "ru") if len(word.low) > 3 for lemma in word.lemmas}
    entry = dictionary.load().get(anchor.zh)
    if entry is not None:
        right |= {word for option in entry.ru for word in option if len(word) > 3}
    return max((vectors.cosine(one, other) for word in words for one in word.lemmas for other in right), default=0.0)


def _instead(
    view: View, pieces: Sequence[Piece], at: int, content: Sequence[int], used: set[int]
) -> tuple[tuple[int, ...], float] | None:
    """The run of words that render nothing of the source, nearest to where the piece should stand; None for none."""
    lang = view.target_lang
    proper = (anchor := pieces[at].anchor) is not None and anchor.side(lang).right[:1].isupper()
    runs: list[list[int]] = []
    for index in content:
        if index in used or (_pieces.named(view, view.words[index]) and not (proper and _alone(view, index))):
            continue
        if runs and _joined(view, runs[-1][-1], index, used, lang):
            runs[-1].append(index)
        else:
            runs.append([index])
    runs = [run for run in runs if any(_pieces.idleness(view.words[index], lang) < _OFTEN for index in run)]
    marks = [
        _nearest(piece.by, at, pieces, view)
        for piece in (_neighbour(pieces, at, -1), _neighbour(pieces, at, 1))
        if piece is not None
    ]
    where = round((pieces[at].span.start + pieces[at].span.end) / 2 / max(1, len(view.source)) * len(view.words))
    marks = marks or [where]

    def cost(run: list[int]) -> float:
        return sum(min(min(abs(index - mark) for index in run), _FAR) for mark in marks) / len(marks)

    best = min(runs, key=cost, default=None)
    return (tuple(best), cost(best)) if best is not None and cost(best) < _FAR / 2 else None


def _alone(view: View, index: int) -> bool:
    """Is the name one word, not written in capitals and with no other beside it: a place rather than a person?"""
    words = view.words
    beside = [words[at] for at in (index - 1, index + 1) if 0 <= at < len(words)]
    return not words[index].text.isupper() and not any(_pieces.named(view, word) for word in beside)


def _neighbour(pieces: Sequence[Piece], at: int, step: int) -> Piece | None:
    """The nearest piece in this direction that is rendered by one or two words."""
    at += step
    while 0 <= at < len(pieces):
        if 0 < len(pieces[at].by) <= 2 and pieces[at].due:
            return pieces[at]
        at += step
    return None


def _nearest(places: Sequence[int], at: int, pieces: Sequence[Piece], view: View) -> int:
    where = pieces[at].span.start / max(1, len(view.source)) * len(view.words)
    return min(places, key=lambda place: abs(place - where))


def _joined(view: View, one: int, other: int, used: set[int], lang: Lang) -> bool:
    """May the two words belong to one phrase: side by side, or with a small word between?"""
    if other - one > 2 or (other - one == 2 and (one + 1 in used or _pieces.content(view.words[one + 1], lang))):
        return False
    return not _parted(view, one, other)


PLUGIN = Unrendered()
