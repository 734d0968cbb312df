"""`palladius check zh.txt ru.txt`: two plain files side by side."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ZH = "会议通过了三份文件。\n\n出口额达到3.5亿元。\n"
RU = "На заседании были приняты три документа.\n\nОбъём экспорта достиг 35 млн юаней.\n"


def check(inside: Run, folder: Path, zh: str, ru: str, *args: str) -> subprocess.CompletedProcess[str]:
    (folder / "zh.txt").write_text(zh, encoding="utf-8")
    (folder / "ru.txt").write_text(ru, encoding="utf-8")
    return inside("check", "zh.txt", "ru.txt", *args)


def test_lines_are_paired_by_number(inside: Run, tmp_path: Path) -> None:
    done = check(inside, tmp_path, ZH, RU, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["id"], line["source"]) for line in lines] == [("1", ZH.split("\n")[0]), ("3", ZH.split("\n")[2])]
    assert any(found["check"] == "numbers" for found in lines[1]["findings"])


def test_other_blank_lines_do_not_matter(inside: Run, tmp_path: Path) -> None:
    done = check(inside, tmp_path, ZH, RU.replace("\n\n", "\n"), "--json")
    assert len(done.stdout.splitlines()) == 2, done.stderr


def test_an_empty_line_in_files_of_one_length_is_a_missing_translation(inside: Run, tmp_path: Path) -> None:
    done = check(inside, tmp_path, ZH, "\n\n" + RU.split("\n")[2] + "\n", "--json", "--fail-on", "never")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["target"] for line in lines] == ["", RU.split("\n")[2]]


def test_unequal_numbers_are_one_error_with_both(inside: Run, tmp_path: Path) -> None:
    done = check(inside, tmp_path, ZH, RU.split("\n")[0] + "\n")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "zh.txt has 2 lines of text, ru.txt 1" in done.stderr


def test_sides_in_the_wrong_order_are_told(inside: Run, tmp_path: Path) -> None:
    done = check(inside, tmp_path, RU, ZH, "--from", "zh", "--to", "ru")
    assert done.returncode == 2 and "exchange the sides" in done.stderr


def test_a_bitext_needs_no_second_file(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "b.tsv").write_text("source\ttarget\na\tb\n", encoding="utf-8")
    (tmp_path / "ru.txt").write_text(RU, encoding="utf-8")
    done = inside("check", "b.tsv", "ru.txt", "--from", "zh", "--to", "ru")
    assert done.returncode == 2 and "give it alone" in done.stderr


def test_neither_file_is_written_over(inside: Run, tmp_path: Path) -> None:
    done = check(inside, tmp_path, ZH, RU, "-o", "ru.txt")
    assert done.returncode == 2 and (tmp_path / "ru.txt").read_text(encoding="utf-8") == RU


def test_two_kinds_of_file_are_no_pair(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "ru.md").write_text(RU, encoding="utf-8")
    (tmp_path / "zh.txt").write_text(ZH, encoding="utf-8")
    done = inside("check", "zh.txt", "ru.md")
    assert done.returncode == 2 and "zh.txt is text, ru.md markdown" in done.stderr
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "a.txt").write_text(RU, encoding="utf-8")
    assert "zh.txt is text, refs zip" in inside("check", "zh.txt", "refs").stderr


def test_each_side_keeps_its_own_codes(inside: Run, tmp_path: Path) -> None:
    pages = {
        "zh.html": '<p>会议<b>在北京</b>举行，见<a href="/zh/a" title="说明">说明</a>。</p>',
        "ru.html": '<p>Заседание прошло <b>в Пекине</b>, см. <a href="/ru/a" title="Пояснение">пояснение</a>.</p>',
        "zh.md": '![图](a.png "总体")见[说明](zh "乙")，**很好**。\n',
        "ru.md": '![Схема](a.png "Общая") См. [пояснение](ru "Б"), **хорошо**.\n',
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    shown = {
        "html": pages["zh.html"].removeprefix("<p>").removesuffix("</p>"),
        "md": "![图](a.png)见[说明](zh)，**很好**。",
    }
    for kind, source in shown.items():
        done = inside("check", f"zh.{kind}", f"ru.{kind}", "--from", "zh", "--to", "ru", "--json")
        line = json.loads(done.stdout.splitlines()[0])
        assert line["source"] == source
        assert not {found["check"] for found in line["findings"]} & {"placeholders", "punctuation"}, line


def test_a_tag_that_the_translation_lacks_is_told(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "zh.html").write_text('<p>会议<b>在北京</b>举行，见<a href="/zh">说明</a>。</p>', encoding="utf-8")
    (tmp_path / "ru.html").write_text('<p>Заседание прошло в Пекине, см. <a href="/ru">тут</a>.</p>', encoding="utf-8")
    done = inside("check", "zh.html", "ru.html", "--from", "zh", "--to", "ru", "--json")
    said = [f["message"] for f in json.loads(done.stdout)["findings"] if f["check"] == "placeholders"]
    assert sorted(said, reverse=True) == [
        "open tag <b> of the source is missing",
        "close tag </b> of the source is missing",
    ]
