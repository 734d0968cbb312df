"""Translation memory: what is found, in which order, and what a broken file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.memory import Memory, Unit
from pipeline.memory.sketch import with_numbers


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    memory = Memory(tmp_path / "tm.sqlite")
    units = [
        Unit("会议结束。", "Заседание завершилось.", before="会议开始。", after="大家离开。"),
        Unit("会议结束。", "Совещание окончено."),
        Unit(
            "2024年进出口总额达到215亿元，增长8%。", "В 2024 году внешнеторговый оборот достиг 215 млрд юаней (+8 %)."
        ),
        Unit("市长会见了俄罗斯代表团一行。", "Мэр встретился с российской делегацией."),
    ]
    memory.add(units, "zh", "ru")
    return memory


def test_context_goes_before_exact(memory: Memory) -> None:
    best = memory.best("会议结束。", "zh", "ru", before="会议开始。", after="大家离开。")
    assert best is not None
    assert (best.kind, best.similarity, best.target) == ("context", 1.01, "Заседание завершилось.")
    other = memory.best("会议结束。", "zh", "ru", before="别的。")
    assert other is not None and (other.kind, other.similarity) == ("exact", 1.0)


def test_numbers_are_put_right(memory: Memory) -> None:
    best = memory.best("2025年进出口总额达到231亿元，增长9%。", "zh", "ru")
    assert best is not None and best.kind == "fuzzy"
    assert best.target == "В 2025 году внешнеторговый оборот достиг 231 млрд юаней (+9 %)."


def test_fuzzy_is_under_one_hundred_and_above_the_floor(memory: Memory) -> None:
    best = memory.best("市长会见了白俄罗斯代表团一行。", "zh", "ru")
    assert best is not None and best.kind == "fuzzy" and 0.8 < best.similarity < 1
    assert memory.best("完全不同的一句话在这里。", "zh", "ru") is None
    assert memory.best("市长会见了俄罗斯代表团一行。", "zh", "en") is None


def test_a_second_translation_of_the_same_place_replaces_the_first(memory: Memory) -> None:
    memory.add([Unit("会议结束。", "Заседание закрыто.")], "zh", "ru")
    best = memory.best("会议结束。", "zh", "ru")
    assert best is not None and best.target == "Заседание закрыто."
    assert len(memory) == 4


def test_penalties(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "tm.sqlite", penalties={"old.tmx": 0.1})
    memory.add([Unit("会议结束。", "Конец.", origin="old.tmx")], "zh", "ru")
    best = memory.best("会议结束。", "zh", "ru")
    assert best is not None and best.similarity == pytest.approx(0.9)


@pytest.mark.parametrize("words", ["делегац", "代表团", "Мэр"])
def test_concordance(memory: Memory, words: str) -> None:
    assert [unit.target for unit in memory.concordance(words, "zh", "ru")] == [
        "Мэр встретился с российской делегацией."
    ]
    assert memory.concordance("100%_", "zh", "ru") == []


@pytest.mark.parametrize(
    ("target", "old", "new", "made"),
    [
        ("5 и 6", ["5", "6"], ["7", "6"], "7 и 6"),
        ("5 и 5", ["5"], ["7"], None),
        ("пять", ["5"], ["7"], None),
        ("5", ["5"], ["5", "6"], None),
        ("5 и 6", ["5", "6"], ["6", "5"], "6 и 5"),
    ],
)
def test_substitution_only_where_sure(target: str, old: list[str], new: list[str], made: str | None) -> None:
    assert with_numbers(target, old, new) == made


def test_a_file_that_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no database at all, but long enough to look at" * 10)
    with pytest.raises(DataError, match="cannot be opened"):
        Memory(tmp_path / "x")


def test_all_or_nothing(memory: Memory) -> None:
    def broken() -> list[Unit]:
        raise RuntimeError

    def units():  # type: ignore[no-untyped-def]
        yield Unit("一", "раз")
        broken()

    with pytest.raises(RuntimeError):
        memory.add(units(), "zh", "ru")
    assert memory.best("一", "zh", "ru") is None
