"""Bitexts the other way round: told where it is sure, never for short or mixed segments."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import _sides
from pipeline.errors import UsageError

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ZH, RU = "会议通过了三份文件。", "На заседании были приняты три документа."
EN = "The meeting adopted three documents."


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (ZH, "zh"),
        (RU, "ru"),
        (EN, "en"),
        ("北京", None),
        ("Москва", None),
        ("WTO", None),
        ("", None),
        ("2025年3月", None),
        ("华为 Mate 60 Pro (Huawei Technologies)", None),
        ("Компания Huawei Technologies Co., Ltd.", None),
    ],
)
def test_only_a_clear_text_tells_its_language(text: str, lang: str | None) -> None:
    assert _sides.clear(text) == lang


@pytest.mark.parametrize(
    "pair",
    [
        (ZH, RU),
        ("北京", "Пекин"),
        ("Пекин", "北京"),
        (RU, ""),
        (RU, RU),
        (ZH, ZH),
        (RU, "WTO"),
        ("Компания Huawei Technologies Co., Ltd.", ZH),
    ],
)
def test_no_false_alarm(pair: tuple[str, str]) -> None:
    assert _sides.message("f", [pair], ["1"], "zh", "ru") == ""


def test_some_give_a_warning_and_all_an_error() -> None:
    pairs = [(RU, ZH), (ZH, RU), ("北京", "Пекин")]
    said = _sides.message("f.tsv", pairs, ["a", "b", "c"], "zh", "ru")
    assert "f.tsv" in said and "1 of 3" in said and said.endswith(": a")
    with pytest.raises(UsageError, match="all 2"):
        _sides.message("f.tsv", [(RU, ZH)] * 2, ["a", "b"], "zh", "ru")
    with pytest.raises(UsageError, match="--from en --to zh"):
        _sides.message("f.tsv", [(EN, ZH)], ["a"], "zh", "en")


def bitext(path: Path, rows: list[tuple[str, str]]) -> None:
    path.write_text("source\ttarget\n" + "".join(f"{a}\t{b}\n" for a, b in rows), encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ("translate", "b.tsv"),
        ("check", "b.tsv"),
        ("enforce", "b.tsv"),
        ("regress", "b.tsv"),
        ("memory", "import", "m", "b.tsv"),
    ],
)
def test_every_command_stops_at_a_bitext_that_is_all_turned(
    inside: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    bitext(tmp_path / "b.tsv", [(RU, ZH), (RU, ZH)])
    done = inside(*command, "--from", "zh", "--to", "ru")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and "--from ru --to zh" in done.stderr


def test_one_warning_is_shown_even_with_quiet(inside: Run, tmp_path: Path) -> None:
    bitext(tmp_path / "b.tsv", [(RU, ZH), (ZH, RU)])
    done = inside("check", "b.tsv", "--from", "zh", "--to", "ru", "--quiet", "--fail-on", "never")
    assert done.returncode == 0 and done.stderr.count("warning") == 1
