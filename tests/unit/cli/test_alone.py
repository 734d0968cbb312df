"""A text that is checked without its source: it is the target, placeholders and all."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("name", "text", "targets"),
    [
        ("a.json", '{"a": "В {place} у вас {n} планов ({x})"}', ["В {place} у вас {n} планов ({x})"]),
        ("a.md", "В `code` у вас ![план](b) планов (`x`).\n", ["В `code` у вас ![](b) планов (`x`).", "план"]),
    ],
)
def test_codes_of_a_text_alone_are_its_own(
    inside: Run, tmp_path: Path, name: str, text: str, targets: list[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = inside("check", str(tmp_path / name), "--to", "ru", "--json", "--offline")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["source"], row["target"], row["findings"]) for row in rows] == [
        ("", target, []) for target in targets
    ], done.stderr
