"""One thing a line on standard input: what does not fit is named by its line, and the others are answered."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("command", "lines", "answered"),
    [
        (("name", "-", "--from", "zh"), "王君正\n\nIvanov\n李强\n", ["王君正", "李强"]),
        (("glossary", "inflect", "-"), "Чанчунь\n\nIvanov\nПекин\n", ["Чанчунь", "Пекин"]),
        (("glossary", "inflect", "-", "--kind", "place"), "Чанчунь\n\nПекин {m\nПекин\n", ["Чанчунь", "Пекин"]),
    ],
)
def test_a_bad_line_does_not_stop_the_others(
    inside: Run, command: tuple[str, ...], lines: str, answered: list[str]
) -> None:
    done = inside(*command, "--json", stdin=lines)
    assert done.returncode == 3
    assert done.stderr.startswith("palladius: standard input:3: ") and done.stderr.count("\n") == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("input") or row["text"] for row in rows] == answered


@pytest.mark.parametrize(
    "command",
    [
        ("name", "Иванов", "--from", "zh"),
        ("glossary", "inflect", "nonesuch"),
        ("glossary", "inflect", "-", "--kind", "x"),
        ("glossary", "inflect", "-", "--gender", "x"),
        ("name", "-"),
    ],
)
def test_a_wrong_argument_is_wrong_usage(inside: Run, command: tuple[str, ...]) -> None:
    done = inside(*command, stdin="Чанчунь\n" if "inflect" in command else "\n")
    assert done.returncode == 2 and not done.stdout, done.stderr
