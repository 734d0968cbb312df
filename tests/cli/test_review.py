from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.review.desk import jsonl, session

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_stats_for_people_and_machines(palladius: Run, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    made = session(path)
    made.edit(1, "Он отметил, что экономика живёт.")
    made.confirm(1)
    told = palladius("review", path, "--stats", "--json")
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert (answer["confirmed"], answer["changed"], answer["by_segment"][0]["edits"]) == (1, 1, 1)
    assert 0 < answer["hter"] < 1
    assert "1 confirmed" in palladius("review", path, "--stats").stdout


def test_stats_of_a_file_that_was_never_reviewed(palladius: Run, tmp_path: Path) -> None:
    done = palladius("review", jsonl(tmp_path / "a.jsonl"), "--stats")
    assert done.returncode == 3 and "not been reviewed" in done.stderr and done.stderr.count("\n") == 1


def test_without_a_terminal_and_for_text_alone_it_says_so(palladius: Run, tmp_path: Path) -> None:
    pytest.importorskip("textual", reason="the extra palladius[review] is not installed")
    done = palladius("review", jsonl(tmp_path / "a.jsonl"), "--from", "zh", "--to", "ru")
    assert done.returncode == 2 and "needs a terminal" in done.stderr
    (tmp_path / "a.txt").write_text("Текст.\n", encoding="utf-8")
    done = palladius("review", "a.txt", "--from", "zh", "--to", "ru")
    assert done.returncode == 2 and "--original FILE" in done.stderr


def test_what_cannot_be_written_is_said_before_the_work(palladius: Run, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    direction = ("--from", "zh", "--to", "ru", "--engine", "no-such-engine")
    done = palladius("translate", path, *direction, "-o", "nowhere/b.jsonl")
    assert done.returncode == 3 and "nowhere/b.jsonl: cannot be written: no such folder" in done.stderr
    done = palladius("translate", path, *direction, "--report", "b.pdf")
    assert done.returncode == 2 and "b.pdf: no report is known" in done.stderr


@pytest.mark.parametrize(
    ("command", "package", "extra"),
    [("review", "textual", "review"), ("serve", "fastapi", "serve"), ("serve", "uvicorn", "serve")],
)
def test_a_missing_package_names_its_extra(
    palladius: Run, tmp_path: Path, command: str, package: str, extra: str
) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / f"{package}.py").write_text(f"raise ModuleNotFoundError('no', name='{package}')\n")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'hidden'}{os.pathsep}{Path(__file__).parents[2]}"}
    arguments = [jsonl(tmp_path / "a.jsonl"), "--from", "zh", "--to", "ru"] if command == "review" else []
    done = palladius(command, *arguments, env=environment)
    assert done.returncode == 3 and f'palladius[{extra}]"' in done.stderr and done.stderr.count("\n") == 1
