"""Texts in other encodings: named in the error, read where --encoding says which, written in UTF-8."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import files
from pipeline.errors import InputError, UsageError

Run = Callable[..., "subprocess.CompletedProcess[str]"]
OFF = ("--set", "enforce.enabled=false", "--set", "checks.enabled=false", "--set", "quality.enabled=false", "--quiet")
ZH, ZHT = "市长会见了俄罗斯代表团。\n会议通过了三份文件。\n", "市長會見了俄羅斯代表團。\n會議通過了三份文件。\n"
RU = "Мэр встретился с делегацией из России.\nНа заседании приняты три документа.\n"
EN = "The mayor met a delegation – from “Café de la Paix”.\n"
TEXTS = [
    *((ZH, name) for name in ("gb18030", "utf-16le", "utf-16be")),
    (ZHT, "big5"),
    *((RU, name) for name in ("windows-1251", "koi8-r", "cp866", "utf-16le", "utf-16be")),
    (RU.upper(), "windows-1251"),
    (RU.upper(), "koi8-r"),
    (EN, "windows-1252"),
    (EN, "utf-16le"),
]


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_the_error_names_the_encoding_and_a_command_that_works(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "его текст.txt"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(files.WrongEncoding) as caught:
        files.decode(path.read_bytes(), str(path))
    assert caught.value.encoding == encoding
    assert "is not UTF-8" in str(caught.value) and "\n" not in str(caught.value)
    command = caught.value.command
    assert command in str(caught.value)
    words = shlex.split(command)
    assert words[:2] == ["iconv", "-f"] and words[-2:] == [">", str(tmp_path / "его текст.utf8.txt")]
    try:
        made = subprocess.run(words[:-2], capture_output=True, timeout=30)
    except FileNotFoundError:
        pytest.skip("no iconv on this machine")
    assert made.returncode == 0 and made.stdout.decode("utf-8") == text


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_what_is_named_is_read(text: str, encoding: str) -> None:
    assert files.recoded(text.encode(encoding), "t", encoding.upper()).decode("utf-8") == text


def test_utf16_with_and_without_a_mark() -> None:
    for text in (ZH, RU, EN):
        for data in (text.encode("utf-16"), text.encode("utf-16le"), b"\xfe\xff" + text.encode("utf-16be")):
            assert files.recoded(data, "t", "utf-16").decode("utf-8") == text


@pytest.mark.parametrize("name", ["gbk", "GB2312", "cp1251", "KOI8-R", "UTF8"])
def test_other_names_of_encodings(name: str) -> None:
    text = RU if name in ("cp1251", "KOI8-R") else ZH
    assert files.recoded(text.encode(name), "t", name).decode("utf-8") == text


def test_what_is_utf8_stays_so() -> None:
    assert files.recoded(ZH.encode(), "t", "gb18030") == ZH.encode()


@pytest.mark.parametrize("name", ["rot13", "base64", "utf-7", "idna", "", "unicode_escape", "../x"])
def test_only_known_encodings(name: str) -> None:
    with pytest.raises(UsageError):
        files.recoded(b"abc", "t", name)


def test_a_single_bad_line_is_not_a_file_to_convert() -> None:
    data = ZH.encode() + RU.encode("windows-1251")
    with pytest.raises(files.WrongEncoding) as caught:
        files.decode(data, "a.txt")
    assert caught.value.where == "a.txt:3" and "this one looks like windows-1251" in str(caught.value)
    assert "iconv" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found = files.guessed(data)
    assert found == "" or found in files.ENCODINGS
    try:
        files.decode(data, "t")
    except InputError as error:
        assert str(error).startswith("t:")


@given(st.text("Привет мир。会议\n abc", min_size=1))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert files.decode(text.encode(), "t") == text


@pytest.mark.parametrize(("text", "encoding"), [(ZH, "gb18030"), (ZHT, "big5")])
def test_translate_takes_the_encoding(inside: Run, tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    args = ("translate", "a.txt", "--from", "zh", "--to", "ru", "--engine", "echo", *OFF)
    bad = inside(*args)
    assert bad.returncode == 3 and f"--encoding {encoding}" in bad.stderr and "iconv" in bad.stderr
    done = inside(*args, "--encoding", encoding, "-o", "out.txt")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == text


def test_check_takes_the_encoding_of_both_files(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "ru.txt").write_bytes(RU.encode("koi8-r"))
    done = inside("check", "zh.txt", "ru.txt", "--from", "zh", "--to", "ru", "--encoding", "koi8-r", "--json", *OFF)
    assert done.returncode == 0 and "Мэр" in done.stdout, done.stderr


def test_what_says_its_encoding_takes_none(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<p>{ZH}</p>", encoding="utf-8")
    args = ("translate", "a.html", "--from", "zh", "--to", "ru", "--engine", "echo", *OFF, "--encoding")
    assert inside(*args, "gb18030").returncode == 2
    (tmp_path / "a.txt").write_text(ZH, encoding="utf-8")
    assert inside("translate", "a.txt", *args[2:], "rot13").returncode == 2
