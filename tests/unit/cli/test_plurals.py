"""Messages that count say «1 unit» and «2 units»."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    "args",
    [
        ("memory", "import", "m.sqlite", "b.tsv"),
        ("glossary", "lint", "g.tsv"),
        ("check", "b.tsv", "--from", "zh", "--to", "ru"),
        ("enforce", "b.tsv", "--from", "zh", "--to", "ru", "-o", "o.tsv"),
        ("translate", "a.txt", "--from", "zh", "--to", "ru", "--targets", "b.tsv", "-o", "o.txt"),
        ("regress", "b.tsv", "--outputs", "a.txt", "--outputs", "a.txt"),
        ("regress", "b.tsv", "--outputs", "a.txt", "--from", "zh", "--to", "ru"),
        ("check", "a.txt", "two.txt", "--from", "zh", "--to", "ru"),
        ("check", "short.tsv", "--from", "zh", "--to", "ru"),
    ],
)
def test_one_is_singular(inside: Run, tmp_path: Path, args: tuple[str, ...]) -> None:
    (tmp_path / "b.tsv").write_text("source\ttarget\n会议开始。\tСовещание началось.\n", encoding="utf-8")
    (tmp_path / "g.tsv").write_text("id\tzh\tru\tkind\nx\t会议\tсовещание\tterm\n", encoding="utf-8")
    (tmp_path / "short.tsv").write_text("source\ttarget\n会议\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("会议开始。\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Раз.\n\nДва.\n", encoding="utf-8")
    done = inside(*args)
    said = done.stdout + done.stderr
    assert re.search(r"(?<![\d.])1 \w+", said), said
    assert not re.search(
        r"(?<![\d.,])1 (?:segment|unit|entrie|error|warning|output|set|line|column|edit|regression)s", said
    )
