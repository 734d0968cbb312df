"""What the tests of jobs share: a job of four files, what it must give, and the faulty engine as a plugin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import registry

ROOT = Path(__file__).parents[3]


def job(tmp_path: Path, lines: int = 400) -> Path:
    """Four files of `lines` lines: every text stands in four places."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for number in range(4):
        text = "".join(f"第{i % (lines // 2)}行文字，文件{number // 2}\r\n\n" for i in range(lines))
        (folder / ("deep" if number % 2 else "") / f"{number}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def expected(folder: Path, but: str = "\0") -> dict[str, bytes]:
    """The files with Ж before each text, but for texts that hold `but`."""
    out = {}
    for path in folder.rglob("*.txt"):
        lines = path.read_bytes().decode().split("\n")
        made = "\n".join("Ж" + line if line.strip() and but not in line else line for line in lines)
        out[str(path.relative_to(folder))] = made.encode()
    return out


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.txt")}


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path of this process and its children, whose distribution brings the engine `faulty`."""
    place = tmp_path / "plugins"
    info = place / "faulty-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[palladius.engines]\nfaulty = tests.unit.jobs.faulty\n")
    monkeypatch.syspath_prepend(str(place))
    monkeypatch.setenv("PYTHONPATH", f"{place}:{ROOT}")
    registry.names.cache_clear()
    assert str(place) in sys.path
    yield place
    registry.names.cache_clear()
