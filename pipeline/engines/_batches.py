"""Batches for CTranslate2 whose results do not depend on what stands beside a sentence.

A product of matrices adds up in an order that depends on their shape, and an int8 model rounds what comes out: padding
moves the scores of a batch in the third digit and now and then turns a near tie. The number of sentences does not
matter, only the width they are padded to. So the width follows from the sentence alone: sentences of about one length
form a batch, and where none of them fills it, a filler of end marks does, which the decoder leaves after one step.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

END = "</s>"
_STEP, _FINE, _GROWTH = 4, 32, 1.25


def width(length: int) -> int:
    """The number of pieces that a source of `length` pieces is padded to: the next of a fixed series."""
    wide = _STEP
    while wide < length:
        wide = wide + _STEP if wide < _FINE else int(wide * _GROWTH) // _STEP * _STEP
    return wide


def decode(
    translator: Any,
    sources: Sequence[list[str]],
    tokens: int,
    options: Callable[[int, Hashable], Mapping[str, Any]],
    kinds: Sequence[Hashable] = (),
    prefix: Sequence[str] = (),
) -> list[Any]:
    """Results of `translate_batch` in the order of `sources` (lists of pieces).

    A batch holds at most `tokens` padded pieces, of sources of one kind (all are of one where none are given).
    `options` says for a width and a kind how to decode; `prefix` begins every target. Errors are those of CTranslate2.
    """
    groups: dict[tuple[int, Hashable], list[int]] = {}
    for i, source in enumerate(sources):
        groups.setdefault((width(len(source)), kinds[i] if kinds else None), []).append(i)
    pending: list[tuple[list[int], list[Any]]] = []
    for (wide, kind), members in sorted(groups.items(), key=lambda group: -group[0][0]):
        room = max(1, tokens // wide - 1)
        for start in range(0, len(members), room):
            batch = members[start : start + room]
            rows = [sources[i] for i in batch]
            if max(map(len, rows)) < wide:
                rows.append([END] * wide)
            answers = translator.translate_batch(
                rows,
                target_prefix=[list(prefix)] * len(rows) if prefix else None,
                max_batch_size=0,
                max_input_length=0,
                asynchronous=True,
                **options(wide, kind),
            )
            pending.append((batch, answers))
    results: list[Any] = [None] * len(sources)
    for batch, answers in pending:
        for i, answer in zip(batch, answers, strict=False):  # the filler's is left over
            results[i] = answer.result()
    return results
