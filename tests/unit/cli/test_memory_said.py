"""What the memory says: an empty answer, and near matches that are not put in."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import _memory
from pipeline.memory import Memory, Unit
from pipeline.model import Document, Segment

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    with Memory(tmp_path / "tm") as store:
        store.add([Unit("会议通过了关于粮食安全的3份重要文件。", "Заседание приняло 3 документа.")], "zh", "ru")
    return tmp_path / "tm"


@pytest.mark.parametrize("command", ["find", "search"])
def test_an_empty_answer_says_so_and_is_no_error(inside: Run, memory: Path, command: str) -> None:
    done = inside("memory", command, "tm", "天气很好")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("palladius: tm: no ") and done.stderr.count("\n") == 1


def test_the_direction_asked_for_is_named(inside: Run, memory: Path) -> None:
    done = inside("memory", "find", "tm", "会议通过了关于粮食安全的三份重要文件。", "--from", "ru")
    assert "from ru to any" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会议通过了关于粮食安全的3份文件，也通过了预算", "under memory.threshold 85 %"),
        ("会议通过了关于粮食安全的重要文件。", "other numbers, which could not be put right"),
    ],
)
def test_why_a_near_match_is_not_put_in(memory: Path, text: str, said: str) -> None:
    with Memory(memory) as store:
        match = store.best(text, "zh", "ru")
    assert match is not None and match.similarity < 0.85
    cause = _memory.cause(match, 0.85)
    assert said in cause and "Заседание" in cause


def test_what_was_used_is_counted_in_one_line() -> None:
    segments = (
        Segment("1", "a", provenance="memory:exact:1.00"),
        Segment("2", "b", provenance="memory:fuzzy:0.90"),
        Segment("3", "c", provenance="engine:compact", notes=("memory: not used: 80 % alike",)),
    )
    [line] = _memory.lines(Document("x", "text", segments))
    assert line == "memory: 1 exact, 1 fuzzy matches used, 1 near but not used (--json and --report tell why)"
    assert _memory.lines(Document("x", "text", segments[2:]))[0].startswith("memory: no match used, 1 near")
    assert _memory.lines(Document("x", "text", (Segment("1", "a", provenance="engine:compact"),))) == []
