"""Lines and targets that a hostile or careless caller hands over."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import files
from pipeline.checks.coverage import chance
from pipeline.errors import InputError, OutputError
from pipeline.formats import jsonl

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_number_of_thousands_of_digits() -> None:
    with pytest.raises(InputError, match="is not a JSON object"):
        jsonl.line_of('{"source": 1' + "0" * 10_000 + "}", "a.jsonl:1")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('"score": NaN', "NaN is no number of JSON"),
        ('"score": {"a": [-Infinity]}', "-Infinity is no number of JSON"),
        ('"score": 1e999', "1e999 is no number of JSON"),
        ('"source": "b"', 'the key "source" stands twice'),
        ('"meta": {"k": 1, "k": 1}', 'the key "k" stands twice'),
    ],
)
def test_what_is_no_json_or_means_two_things_is_refused(inside: Run, tmp_path: Path, more: str, said: str) -> None:
    (tmp_path / "a.jsonl").write_text('\n{"source": "会议", ' + more + "}\n", encoding="utf-8")
    done = inside("translate", "a.jsonl", "--from", "zh", "--to", "ru", "--engine", "echo")
    assert done.returncode == 3 and f"a.jsonl:2: is not a JSON object: {said}" in done.stderr and not done.stdout
    done = inside("batch", "run", "a.jsonl", "--from", "zh", "--to", "ru", "--engine", "echo", "-q")
    assert done.returncode == 3 and f"a.jsonl:2: is not a JSON object: {said}" in done.stdout


def test_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("there")
    files.write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_text(encoding="utf-8") == "new"


def test_full_device_is_named() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("the system has no /dev/full")
    with pytest.raises(OutputError, match="/dev/full"):
        files.write_text("/dev/full", "new")


def test_closed_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(OutputError, match="closed"):
        files.write_text("-", "new")


def test_coverage_of_a_text_without_end() -> None:
    from pipeline.checks.coverage import _WEIGHTS

    assert 0 <= chance(tuple(-1e6 if weight > 0 else 1e6 for weight in _WEIGHTS)) < 1e-9
    assert chance(tuple(1e6 if weight > 0 else -1e6 for weight in _WEIGHTS)) > 0.999
