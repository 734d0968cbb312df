"""The padded width of a sentence follows from the sentence alone, and nothing is lost or mixed up."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.engines._batches import END, decode, width


class _Answer:
    def __init__(self, row: list[str]) -> None:
        self.row = row

    def result(self) -> list[str]:
        return self.row


class _Translator:
    def __init__(self) -> None:
        self.batches: list[list[list[str]]] = []
        self.given: list[dict[str, Any]] = []

    def translate_batch(self, rows: list[list[str]], **given: Any) -> list[_Answer]:
        self.batches.append(rows)
        self.given.append(given)
        return [_Answer(row) for row in rows]


def test_widths_grow_and_hold_their_length() -> None:
    widths = [width(length) for length in range(1, 2000)]
    assert widths == sorted(widths)
    assert all(length <= wide <= max(length + 3, length * 1.3) for length, wide in enumerate(widths, 1))
    assert all(width(wide) == wide for wide in set(widths))


@pytest.mark.parametrize("tokens", [1, 64, 2048])
def test_every_batch_is_filled_to_its_width(tokens: int) -> None:
    sources = [[f"{i}"] * (1 + i * 7 % 90) for i in range(200)]
    translator = _Translator()
    assert decode(translator, sources, tokens, lambda *_: {}) == sources
    for rows in translator.batches:
        wide = max(map(len, rows))
        assert {width(len(row)) for row in rows} == {wide}
        assert len(rows) * wide <= max(tokens, 2 * wide)


def test_kinds_are_kept_apart_and_told_to_the_options() -> None:
    translator = _Translator()
    sources = [["a", END], ["b", END], ["c", END]]
    made = decode(translator, sources, 100, lambda wide, kind: {"size": wide, "kind": kind}, [1, 2, 1], ["<2ru>"])
    assert made == sources
    assert sorted((given["size"], given["kind"]) for given in translator.given) == [(4, 1), (4, 2)]
    assert [given["target_prefix"] for given in translator.given] == [[["<2ru>"]] * len(b) for b in translator.batches]
    assert decode(translator, [], 100, lambda *_: {}) == []
