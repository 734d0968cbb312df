"""Standard streams that are full, closed or slow: nothing is lost without a word, and no status is Python's own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import files
from pipeline.errors import OutputError

ROW = '{"id": "a", "source": "会议通过了三份文件。", "target": "На заседании были приняты три документа."}\n'


class Piecemeal(io.RawIOBase):
    """Takes a few bytes at a time, as a file without a buffer does on a disk that is nearly full."""

    def __init__(self, room: int) -> None:
        self.taken, self.room = bytearray(), room

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(memoryview(data)[: min(7, self.room - len(self.taken))])  # type: ignore[arg-type]
        if not part:
            raise OSError(28, "No space left on device")
        self.taken += part
        return len(part)


def test_a_stream_that_takes_a_part_gets_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Piecemeal(1000)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="utf-8", write_through=True))  # type: ignore[type-var]
    files.write_bytes("-", b"0123456789" * 50)
    assert bytes(raw.taken) == b"0123456789" * 50


def test_a_disk_that_fills_up_half_way_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Piecemeal(100)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="utf-8", write_through=True))  # type: ignore[type-var]
    with pytest.raises(OutputError, match="standard output: cannot be written: No space left"):
        files.write_bytes("-", b"0123456789" * 50)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("args", [("name", "王君正"), ("check", "--help")])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_status_3_and_one_line(args: tuple[str, ...], unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli.main", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1 and b"No space left on device" in done.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("enforce b.jsonl --to ru -q >&-", "palladius: standard output is closed (name a file with -o)"),
        ("--version >&-", "palladius: standard output is closed (name a file with -o)"),
        ("name <&-", "palladius: standard input: is closed (name a file)"),
        ("check nothing.jsonl 2>&-", ""),
    ],
)
def test_a_closed_stream_is_named(tmp_path: Path, command: str, said: str) -> None:
    (tmp_path / "b.jsonl").write_text(ROW, encoding="utf-8")
    line = f"exec {sys.executable} -m pipeline.cli.main {command}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, cwd=tmp_path, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.strip() == said
