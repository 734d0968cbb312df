"""Lines and targets that a hostile or careless caller hands over."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import files
from pipeline.checks.coverage import chance
from pipeline.errors import InputError, OutputError
from pipeline.formats import base, jsonl

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


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("jsonl", '{"source": "a"}\n\ufeff{"source": "b"}\n', ":2: holds a byte order mark within the text"),
        ("jsonl", '{"source": "a"}\n{"source": "b\0"}\n', r":2: holds a control character \(U\+0000\)"),
        ("json", '{\n"a": "b\0"}', r":2: a string with a control character \(U\+0000\) in it"),
    ],
)
def test_a_sign_that_nobody_sees_is_named(name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        base.plugin(name).read(text.encode(), "a", "zh", "ru")


UNITS = "".join(f'<trans-unit id="{n}">\n<source>会议</source></trans-unit>\n' for n in (1, 2, 1))
FILES = '<file source-language="zh" target-language="ru" original="a" datatype="plaintext">\n<body>{}</body></file>'
MESSAGES = 'msgid "甲"\nmsgstr ""\n\nmsgctxt "c"\nmsgid "甲"\nmsgstr ""\n\n'


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("xliff", f'<xliff version="1.2">{FILES.format(UNITS)}</xliff>', "a:6: warning: the id '1' stands in line 2 "),
        ("xliff", f'<xliff version="1.2">{2 * FILES.format(UNITS[: len(UNITS) // 3])}</xliff>', ""),
        ("po", MESSAGES + 'msgid "甲"\nmsgstr ""\n', "a:8: warning: the message '甲' stands in line 1 already"),
        ("po", MESSAGES, ""),
    ],
)
def test_what_stands_twice_is_warned_of(name: str, text: str, said: str) -> None:
    warning = base.plugin(name).read(text.encode(), "a", "zh", "ru").meta.get("warning", "")
    assert warning.startswith(said) if said else not warning
