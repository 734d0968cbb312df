"""A folder in, a folder out: files of known formats translated, all others as they were, nothing written over."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
XLIFF = (
    '<xliff version="1.2"><file source-language="zh" target-language="ru" original="a" datatype="plaintext"><body>'
    '<trans-unit id="1"><source>会议</source><target>Совещание 5</target></trans-unit></body></file></xliff>'
)
ECHO = ("--from", "zh", "--to", "ru", "--engine", "echo", "--set", "enforce.enabled=false")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "дело"
    (made / "sub" / ".git").mkdir(parents=True)
    (made / "a.txt").write_text("第一行\n", encoding="utf-8")
    (made / "sub" / "b.md").write_text("# 标题\n", encoding="utf-8")
    (made / "sub" / ".git" / "c.txt").write_text("不动", encoding="utf-8")
    (made / "sub" / "d.bin").write_bytes(bytes(range(256)))
    (made / "link.txt").symlink_to("/etc/hostname")
    return made


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_folder_is_translated_into_a_new_one(inside: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "sub" / "far").symlink_to("/etc")
    done = inside("translate", "дело", *ECHO, "-o", "out", "--report", "r.json")
    assert done.returncode == 0, done.stderr
    skipped = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["documents"][0]["skipped"]
    assert skipped == [
        ["дело/link.txt", "is a link, and left out"],
        ["дело/sub/far", "is a link, and left out"],
        ["дело/sub/d.bin", "is left as it is"],
    ]
    assert all(f"palladius: skipped: {path}: {why}\n" in done.stderr for path, why in skipped)
    assert names(tmp_path / "out") == ["a.txt", "sub/.git/c.txt", "sub/b.md", "sub/d.bin"]
    assert (tmp_path / "out" / "sub" / "d.bin").read_bytes() == bytes(range(256))
    assert "第一行" in (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("output", [(), ("-o", "there")])
def test_nothing_is_written_over(inside: Run, folder: Path, tmp_path: Path, output: tuple[str, ...]) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "x").write_text("x")
    done = inside("translate", "дело", *ECHO, *output)
    assert done.returncode == 2 and "-o" in done.stderr and done.stdout == ""
    assert names(tmp_path / "there") == ["x"]


def test_a_folder_of_bitext_is_enforced_and_checked(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlf").write_text(XLIFF, encoding="utf-8")
    done = inside("check", "in", "--set", "quality.enabled=false", "--json")
    assert '"id": "a.xlf:1"' in done.stdout and '"source": "会议"' in done.stdout
    assert inside("enforce", "in", "-o", "out").returncode == 0
    assert (tmp_path / "out" / "a.xlf").read_text(encoding="utf-8") == XLIFF
    (tmp_path / "in" / "b.txt").write_text("文字", encoding="utf-8")
    assert "is no bitext" in inside("enforce", "in", "--from", "zh", "--to", "ru", "-o", "more").stderr


def test_an_empty_folder_is_an_error(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = inside("translate", "in", *ECHO, "-o", "out")
    assert done.returncode == 3 and "no file of a known format" in done.stderr and not (tmp_path / "out").exists()
