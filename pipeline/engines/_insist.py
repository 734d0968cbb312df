"""A translation that must hold a given word form: where it stands best is asked of the model itself.

The form is tried at beginnings of words (anywhere, for Chinese) near the place that the attention gives; of each the
model says how likely it is there. Behind the likeliest the sentence is decoded anew with all before it as a prefix
(constraint as a prefix: Wuebker et al. 2016), or goes on as it stood. The likeliest whole sentence is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model import Lang, Span

_NEAR = 12  # places tried, forms times these at most
_KEPT = 6  # of those the likeliest are carried through
_SKIPPED = 5  # words of the old sentence that the form may replace where the rest is kept
_ENDS = ".!?…。！？；;:："


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
    accept: Callable[[Sequence[str]], bool],
    options: dict[str, Any],
) -> Held | None:
    """The likeliest translation that `accept` (given its pieces) takes, with one of `forms` in it; None without any.

    `source` are the pieces that the encoder gets, `text` the translation without the form, `near` the spans of it that
    stand for the term, where that is known.
    """
    wide = target != "zh"
    places = _places(text, near, wide)
    heads = [(text[:at].rstrip() if wide else text[:at], at, form) for at in places for form in forms]
    begins = [(head, _joined(head, _cased(head, form, forms), wide), at) for head, at, form in heads]
    rows = [(len(encode(head)), encode(begun)) for head, begun, _ in begins]
    scored = translator.score_batch([source] * len(rows), [row for _, row in rows], max_batch_size=0)
    worth = [_mean(item.log_probs[size : len(row)]) for item, (size, row) in zip(scored, rows, strict=True)]
    order = sorted(range(len(rows)), key=lambda n: (-worth[n], n))[:_KEPT]
    prefixes = [rows[n][1] for n in order]
    made = translator.translate_batch(
        [source] * len(prefixes), target_prefix=prefixes, max_batch_size=0, return_attention=False, **options
    )
    whole = {tuple(one) for answer in made for one in answer.hypotheses}
    for n in order[: _KEPT // 2]:
        _, begun, at = begins[n]
        whole |= {tuple(encode(_joined(begun, text[end:], wide))) for end in _ends(text, at, wide)}
    good = sorted(pieces for pieces in whole if accept(pieces))
    if not good:
        return None
    final = translator.score_batch([source] * len(good), [list(pieces) for pieces in good], max_batch_size=0)
    score, pieces = max((_mean(item.log_probs), pieces) for item, pieces in zip(final, good, strict=True))
    shown = translator.translate_batch(
        [source], target_prefix=[list(pieces)], beam_size=1, max_decoding_length=len(pieces) + 1, return_attention=True
    )[0]
    return Held(pieces, score, shown.attention[0][: len(pieces)])


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
    elif len(starts) > 2 * _NEAR:
        starts = starts[:: len(starts) // (2 * _NEAR) + 1]
    return sorted(starts[: _NEAR if near else 2 * _NEAR])


def _ends(text: str, at: int, wide: bool) -> list[int]:
    """Where the old sentence may go on behind a form put in at `at`: after none, one ... of the words there."""
    found = [at]
    for place in range(at + 1, len(text) + 1):
        if len(found) > _SKIPPED:
            break
        if place == len(text) or text[place] in _ENDS + ",，、" or (text[place].isspace() if wide else True):
            found.append(place)
    return found


def _cased(head: str, form: str, forms: Sequence[str]) -> str:
    return form[:1].upper() + form[1:] if not head and form[:1].islower() and forms else form


def _joined(left: str, right: str, wide: bool) -> str:
    right = right.lstrip()
    if not wide or not left or not right or right[0] in _ENDS + ",)»”":
        return left + right
    return left + " " + right


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
