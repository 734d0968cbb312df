"""A translation that must hold a given word form: where it stands best is asked of the model itself.

The form is tried at beginnings of words (anywhere, for Chinese) near the place that the attention gives; of each the
model says how likely it is there. Behind the likeliest the sentence is decoded anew with all before it as a prefix
(prefix-constrained decoding: Wuebker et al. 2016). The likeliest whole sentence is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model import Lang, Span

_NEAR = 6  # places where the first form is tried, where the term's own words are known
_FAR = 16  # and where they are not
_PLACES = 2  # the likeliest of them, where all forms are tried
_KEPT = 4  # of these the likeliest are carried through
_SPLICED = 2  # and with the rest of the sentence as it was
_REPLACED = 5  # words of it that a form may replace
_BEST = 2  # what the best translations are worth
_ENDS = ".!?…。！？；;:："


@dataclass(frozen=True, slots=True)
class _Begun:
    """A sentence up to the end of a form at offset `at`; log-probability of it (`total`), mean of the form's pieces."""

    at: int
    text: str
    pieces: list[str]
    total: float
    worth: float


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces of a whole translation, its mean log-probability a piece (nats), and attention (rows of target pieces)."""

    pieces: tuple[str, ...]
    score: float
    attention: Sequence[Sequence[float]]


def held(
    translator: Any,
    source: list[str],
    text: str,
    forms: Sequence[str],
    near: Sequence[Span],
    target: Lang,
    encode: Callable[[str], list[str]],
    worth: Callable[[Sequence[str]], int],
    options: dict[str, Any],
) -> Held | None:
    """The likeliest translation of those worth most (`worth` is given pieces; 0: not to be taken), with one of `forms`
    in it; None where there is none.

    `source` are the pieces that the encoder gets, `text` the translation without the form, `near` the spans of it that
    stand for the term, where that is known.
    """
    wide = target != "zh"

    def likeliest(tried: Sequence[tuple[int, str]], most: int) -> list[_Begun]:
        """Of (place, form) those that the model expects most."""
        rows = []
        for at, form in tried:
            head = text[:at].rstrip() if wide else text[:at]
            begun = _joined(head, form if head else form[:1].upper() + form[1:], wide)
            rows.append((at, begun, len(encode(head)), encode(begun)))
        scored = translator.score_batch([source] * len(rows), [row for *_, row in rows], max_batch_size=0)
        found = [
            _Begun(at, begun, row, sum(item.log_probs[: len(row)]), _mean(item.log_probs[size : len(row)]))
            for item, (at, begun, size, row) in zip(scored, rows, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.worth, one.at, one.pieces))[:most]

    places = _places(text, near, wide)
    if len(places) > _PLACES:
        places = [one.at for one in likeliest([(at, forms[0]) for at in places], _PLACES)]
    begins = likeliest([(at, form) for at in places for form in forms], _KEPT)
    made = translator.translate_batch(
        [source] * len(begins),
        target_prefix=[one.pieces for one in begins],
        max_batch_size=0,
        return_scores=True,
        return_attention=True,
        **options,
    )
    found: list[tuple[int, Held]] = []
    for one, answer in zip(begins, made, strict=True):
        pieces = answer.hypotheses[0]
        rest = len(pieces) - len(one.pieces) + 1  # with the end mark
        score = (one.total + answer.scores[0] * rest) / (len(pieces) + 1)
        found.append((worth(pieces), Held(tuple(pieces), score, answer.attention[0])))
    best = max(found, key=lambda one: (one[0], one[1].score))
    if best[0] < _BEST:
        more = _spliced(translator, source, text, begins[:_SPLICED], wide, encode, worth)
        best = more if more is not None and more[0] > best[0] else best
    return best[1] if best[0] else None


def _spliced(
    translator: Any,
    source: list[str],
    text: str,
    begins: Sequence[_Begun],
    wide: bool,
    encode: Callable[[str], list[str]],
    worth: Callable[[Sequence[str]], int],
) -> tuple[int, Held] | None:
    """The same with the rest of the old sentence kept, but for a few words that the form replaces; and its worth."""
    found = {tuple(encode(_joined(one.text, text[end:], wide))) for one in begins for end in _ends(text, one.at, wide)}
    most = max((worth(pieces) for pieces in found), default=0)
    if not most:
        return None
    good = [list(pieces) for pieces in sorted(found) if worth(pieces) == most]
    scored = translator.score_batch([source] * len(good), good, max_batch_size=0)
    score, pieces = max((_mean(item.log_probs), pieces) for item, pieces in zip(scored, good, strict=True))
    read = translator.translate_batch(
        [source], target_prefix=[pieces], beam_size=1, max_decoding_length=len(pieces) + 1, return_attention=True
    )[0]
    return most, Held(tuple(pieces), score, read.attention[0][: len(pieces)])


def _places(text: str, near: Sequence[Span], wide: bool) -> list[int]:
    """Offsets where a form may begin, those next to the words that stand for the term first; in order."""
    stop = len(text.rstrip(_ENDS + ' »"”’'))
    if wide:
        starts = [at for at in range(stop) if not text[at].isspace() and (at == 0 or text[at - 1].isspace())]
    else:
        starts = list(range(stop))
    starts.append(stop)
    if near:
        low, high = min(span.start for span in near), max(span.end for span in near)
        starts.sort(key=lambda at: (max(low - at, at - high, 0), at))
    elif len(starts) > _FAR:
        starts = starts[:: len(starts) // _FAR + 1]
    return sorted(starts[: _NEAR if near else _FAR])


def _ends(text: str, at: int, wide: bool) -> list[int]:
    """Where the old sentence may go on behind a form put in at `at`: after none, one ... of the words there."""
    found = [at]
    for place in range(at + 1, len(text) + 1):
        if len(found) > _REPLACED:
            break
        if place == len(text) or text[place] in _ENDS + ",，、" or (text[place].isspace() if wide else True):
            found.append(place)
    return found


def _joined(left: str, right: str, wide: bool) -> str:
    right = right.lstrip()
    if not wide or not left or not right or right[0] in _ENDS + ",)»”":
        return left + right
    return left + " " + right


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
