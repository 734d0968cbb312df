"""A text that is checked without its source: it is the target, placeholders and all."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("name", "text", "target"),
    [
        ("a.json", '{"a": "В {place} у вас {n} планов ({x})"}', "В {place} у вас {n} планов ({x})"),
        ("a.md", "В `code` у вас ![a](b) планов (`x`).\n", "В `code` у вас ![a](b) планов (`x`)."),
    ],
)
def test_codes_of_a_text_alone_are_its_own(inside: Run, tmp_path: Path, name: str, text: str, target: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = inside("check", str(tmp_path / name), "--to", "ru", "--json", "--offline")
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (row["source"], row["target"], row["findings"]) == ("", target, []), done.stderr
