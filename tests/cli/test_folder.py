"""A folder in, a folder out: files of known formats translated, all others as they were, nothing written over."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    assert names(tmp_path / "out") == ["a.txt", "sub/b.md", "sub/d.bin"]
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


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    inside: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad.jsonl").write_text('{"source": "会议"}\n{"source": \n', encoding="utf-8")
    (folder / "old.txt").write_bytes("Привет\n".encode("windows-1251"))
    (folder / "shut.txt").write_text("第一行\n", encoding="utf-8")
    plain = Path.open

    def opened(self: Path, *args: Any, **options: Any) -> Any:
        if self.name == "shut.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return plain(self, *args, **options)

    monkeypatch.setattr(Path, "open", opened)
    done = inside("translate", "дело/", *ECHO, "-o", "out", "--report", "r.json")
    assert done.returncode == 3
    for said in ("дело/bad.jsonl:2: is not", "дело/old.txt:1: is not UTF-8", "дело/shut.txt: cannot be read: Perm"):
        assert f"palladius: left out: {said}" in done.stderr
    assert names(tmp_path / "out") == ["a.txt", "sub/b.md", "sub/d.bin"]
    for name in ("a.txt", "sub/b.md"):
        (folder / name).unlink()
    done = inside("translate", "дело", *ECHO, "-o", "none")
    assert done.returncode == 3 and "дело/old.txt:1" in done.stderr and "text that can be read" in done.stderr
    assert not (tmp_path / "none").exists()


def test_results_within_the_folder_are_left_out_of_the_next_run(inside: Run, folder: Path) -> None:
    assert inside("translate", "дело", *ECHO, "-o", "дело/out").returncode == 0
    done = inside("translate", "дело", *ECHO, "-o", "дело/new")
    assert "дело/out: is the result of an earlier run, and left out\n" in done.stderr
    assert [name for name in names(folder / "new") if not name.startswith(".")] == ["a.txt", "sub/b.md", "sub/d.bin"]


def test_a_job_leaves_out_hidden_folders_and_its_own_results(inside: Run, folder: Path) -> None:
    for store in ("one", "two"):
        done = inside("batch", "run", "дело", *ECHO, "--store", store, "-o", "дело/out", "--json")
        assert done.returncode == 0 and json.loads(done.stdout)["files"] == 2, done.stdout
