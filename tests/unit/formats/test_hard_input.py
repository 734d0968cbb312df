"""Lines and targets that a hostile or careless caller hands over."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import files
from pipeline.checks.coverage import chance
from pipeline.errors import InputError, OutputError
from pipeline.formats import jsonl


def test_number_of_thousands_of_digits() -> None:
    with pytest.raises(InputError, match="is not a JSON object"):
        jsonl._record('{"source": 1' + "0" * 10_000 + "}", "a.jsonl:1")


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
