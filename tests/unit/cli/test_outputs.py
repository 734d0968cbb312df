"""An output name never covers another format; bitexts are made where the name asks for one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROW = ("会议通过了三份文件。", "На заседании были приняты три документа.")
WAY = ("--from", "zh", "--to", "ru", "--quiet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.tsv").write_text(f"id\tsource\ttarget\na\t{ROW[0]}\t{ROW[1]}\n", encoding="utf-8")
    (tmp_path / "zh.txt").write_text(f"{ROW[0]}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ["translate", "enforce", "check"])
def test_a_name_of_a_folder_is_no_name_for_a_file(inside: Run, folder: Path, command: str) -> None:
    done = inside(command, "b.tsv", *WAY, "-o", "new/")
    assert done.returncode == 3 and "new/: cannot be written: is a name for a folder" in done.stderr
    done = inside("name", "王君正", "-o", "new/")
    assert done.returncode == 3 and "is a name for a folder" in done.stderr
    assert not (folder / "new").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("translate", "zh.txt", "-o", "q.docx"), "docx"),
        (("translate", "zh.txt", "-o", "q.srt"), "end the name in .txt"),
        (("translate", "zh.txt", "--json", "-o", "q.docx"), ".jsonl"),
        (("translate", "b.tsv", "-o", "q.txt"), "end the name in .tsv"),
        (("enforce", "b.tsv", "-o", "q.po"), "po"),
        (("check", "b.tsv", "-o", "q.docx"), "--report"),
        (("check", "b.tsv", "--json", "-o", "q.xlf"), ".jsonl"),
        (("regress", "b.tsv", "-o", "q.tmx"), "summary"),
    ],
)
def test_a_name_of_another_format_is_wrong_usage(inside: Run, folder: Path, args: tuple[str, ...], said: str) -> None:
    done = inside(*args, *WAY)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not list(folder.glob("q.*"))


@pytest.mark.parametrize("name", ["q.xlf", "q.tmx", "q.jsonl", "q.tsv", "q.new"])
def test_a_bitext_is_written_as_another(inside: Run, folder: Path, name: str) -> None:
    done = inside("enforce", "b.tsv", "-o", name, *WAY)
    assert done.returncode == 0, done.stderr
    text = (folder / name).read_text(encoding="utf-8")
    assert ROW[0] in text and ROW[1] in text
    if name == "q.jsonl":
        assert json.loads(text)["id"] == "a"
    if name == "q.xlf":
        assert 'source-language="zh" target-language="ru"' in text
    if name in ("q.tsv", "q.new"):
        assert text == (folder / "b.tsv").read_text(encoding="utf-8")


def test_what_was_made_is_told(inside: Run, folder: Path) -> None:
    done = inside("enforce", "b.tsv", "-o", "q.xlf", "--from", "zh", "--to", "ru")
    assert "q.xlf: tsv written as XLIFF 1.2" in done.stderr


def test_an_export_of_a_memory_is_tmx(inside: Run, folder: Path) -> None:
    assert inside("memory", "import", "m", "b.tsv", *WAY).returncode == 0
    done = inside("memory", "export", "m", "-o", "q.tsv")
    assert done.returncode == 2 and "end the name in .tmx" in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("b.tsv", "--report", "r.pdf"), 2, "end it in .json"),
        (("b.tsv", "--report", "none/r.xml"), 3, "no such folder"),
        (("b.tsv", "--baseline", "none/b.json", "--update"), 3, "no such folder"),
        (("none",), 3, "no such file or folder"),
    ],
)
def test_regress_refuses_before_the_work(
    inside: Run, folder: Path, args: tuple[str, ...], code: int, said: str
) -> None:
    done = inside("regress", *args, *WAY)
    assert (done.returncode, done.stdout) == (code, "") and said in done.stderr


def test_a_file_that_names_another_language_is_told(inside: Run, folder: Path) -> None:
    assert inside("enforce", "b.tsv", "-o", "q.xlf", *WAY).returncode == 0
    done = inside("translate", "q.xlf", "--to", "en", "--engine", "echo", "--over", "-o", "r.xlf")
    assert "warning: q.xlf: says that its target is ru, --to says en" in done.stderr
    text = (folder / "q.xlf").read_text(encoding="utf-8").replace(f"<target>{ROW[1]}</target>", "")
    (folder / "new.xlf").write_text(text, encoding="utf-8")
    assert inside("translate", "new.xlf", "--to", "en", "--engine", "echo", "-o", "s.xlf").returncode == 0
    assert '<target xml:lang="en"' in (folder / "s.xlf").read_text(encoding="utf-8")


def test_a_folder_or_a_place_without_permission_is_told_before_the_work(
    inside: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "out").mkdir()
    done = inside("translate", "zh.txt", "-o", "out", *WAY)
    assert done.returncode == 3 and "out: cannot be written: is a folder" in done.stderr
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    done = inside("translate", "zh.txt", "-o", "q.txt", *WAY)
    assert done.returncode == 3 and "q.txt: cannot be written: no permission" in done.stderr


@pytest.mark.parametrize("args", [("name", "王君正"), ("--help",), ("help", "check")])
def test_a_reader_that_goes_away_is_no_failure(folder: Path, args: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "pipeline.cli.main", *args]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=folder, timeout=120)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_is_a_command_too(inside: Run) -> None:
    done = inside("help", "check")
    assert done.returncode == 0 and "TRANSLATION" in done.stdout


def test_json_lines_may_be_named_json_and_nothing_else_may(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "source": "会议", "target": ""}\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("会议\n", encoding="utf-8")
    off = [x for name in ("enforce", "checks", "quality") for x in ("--set", f"{name}.enabled=false")]
    given = ("--engine", "echo", *off, *WAY)
    assert inside("translate", "a.jsonl", *given, "-o", "b.json").returncode == 0
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["target"] == "会议"
    assert inside("translate", "a.txt", *given, "--json", "-o", "c.json").returncode == 0
    done = inside("translate", "a.txt", *given, "-o", "d.json")
    assert done.returncode == 2 and "d.json: is a name for json" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("check", "b.tsv", "--report", "r.html", "--report-format", "pdf"), "unknown report 'pdf'"),
        (("enforce", "b.tsv", "--report", "r.html", "--report-format", "pdf"), "unknown report 'pdf'"),
        (("check", "b.tsv", "--disable", "nosuch"), "terms"),
        (("check", "-", "-"), "- stands twice"),
    ],
)
def test_wrong_usage_is_told_before_the_work(inside: Run, folder: Path, args: tuple[str, ...], said: str) -> None:
    done = inside(*args, *WAY)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and said in done.stderr
    assert not (folder / "r.html").exists() and not done.stdout
