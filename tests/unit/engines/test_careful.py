"""No engine cuts silently, loops, answers nothing, or too little."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines._careful import careful
from pipeline.engines.base import Request, Translation, Wish, by_length
from pipeline.errors import EngineError
from pipeline.languages.loops import looped
from pipeline.model import Span


def copy(parts: Sequence[Request], strict: bool) -> list[Translation]:
    return [Translation(part.text) for part in parts]


@given(st.text("абв г,.;。，", max_size=200), st.integers(3, 20))
def test_long_input_is_translated_in_parts_and_says_so(text: str, limit: int) -> None:
    seen: list[str] = []

    def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
        seen.extend(part.text for part in parts)
        return copy(parts, strict)

    [answer] = careful(decode, len, limit, [Request(text)], "zh")
    assert all(len(part) <= limit for part in seen)
    if not looped(text, text) and text.strip():
        assert "".join(answer.text.split()) == "".join(text.split())
    if len(text) > limit:
        assert any("split into" in note for note in answer.notes)


def test_terms_stay_with_their_part() -> None:
    text = "Первое слово. Второе слово."
    wish = Wish(Span(14, 20), "второе")
    got: list[Request] = []

    def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
        got.extend(parts)
        return copy(parts, strict)

    careful(decode, len, 16, [Request(text, (wish,))], "en")
    [part] = [part for part in got if part.wishes]
    assert part.wishes[0].span.of(part.text) == "Второе"


@pytest.mark.parametrize("bad", ["", "  ", "да да да да да да да да да да да да"])
def test_a_bad_answer_is_decoded_again(bad: str) -> None:
    def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
        return [Translation("хорошо" if strict else bad) for _ in parts]

    [answer] = careful(decode, len, 100, [Request("好")], "ru")
    assert answer.text == "хорошо"
    assert answer.notes == ("decoded again after a loop or an empty answer",)


def test_an_engine_that_only_loops_is_flagged() -> None:
    def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
        return [Translation("да " * 20) for _ in parts]

    [answer] = careful(decode, len, 100, [Request("好")], "ru")
    assert "repeats itself" in answer.notes


def test_an_engine_that_says_nothing_gives_the_source_and_says_so() -> None:
    [answer] = careful(lambda parts, strict: [Translation("") for _ in parts], len, 100, [Request("好")], "ru")
    assert answer.text == "好"
    assert "the engine gave nothing: source copied" in answer.notes


@pytest.mark.parametrize("count", [0, 1, 3])
def test_too_few_or_too_many_answers_are_an_error(count: int) -> None:
    with pytest.raises(EngineError, match="answered"):
        careful(lambda parts, strict: [Translation("x")] * count, len, 100, [Request("a"), Request("b")], "ru")


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 16), st.integers(10, 500))
def test_batches_hold_everything_once(lengths: list[int], size: int, tokens: int) -> None:
    batches = by_length(lengths, size, tokens)
    assert sorted(i for batch in batches for i in batch.indexes) == list(range(len(lengths)))
    for batch in batches:
        widest = max(lengths[i] for i in batch.indexes)
        assert len(batch.indexes) <= size
        assert len(batch.indexes) == 1 or widest * len(batch.indexes) <= tokens


def test_repetition_of_the_source_is_no_loop() -> None:
    song = "слово мир труд май слово мир труд май слово мир труд май"
    assert not looped(song, song)
    assert looped(song, "одно слово")
