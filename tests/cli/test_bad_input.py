"""Bad input: one clear line, the right exit status, the old output intact."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ECHO = (
    "--engine",
    "echo",
    "--set",
    "enforce.enabled=false",
    "--set",
    "checks.enabled=false",
    "--set",
    "quality.enabled=false",
)
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xliff version="1.2"><file source-language="zh" target-language="ru"><body>
<trans-unit id="1"><source>&c;</source></trans-unit></body></file></xliff>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="1.2">
<file source-language="zh" target-language="ru"><body><trans-unit id="1"><source>&e;</source></trans-unit></body></file></xliff>"""


def refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_not_utf8_names_the_line(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("第一行\n第二行\n".encode() + "Привет".encode("cp1251") + b"\n")
    refused(palladius("translate", "a.txt", "--from", "zh", "--to", "ru", *ECHO), 3, "a.txt:3", "not UTF-8")


def test_utf16_is_recognised(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("你好".encode("utf-16"))
    refused(palladius("translate", "a.txt", "--from", "zh", "--to", "ru", *ECHO), 3, "UTF-16")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.tsv", "a.xlf", "a.tmx"])
@pytest.mark.parametrize("content", ["", "\n\n  \n"])
def test_empty_file(palladius: Run, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    refused(palladius("translate", name, "--from", "zh", "--to", "ru", *ECHO), 3, name)


def test_a_line_of_five_megabytes(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好" * 2_500_000)
    refused(palladius("translate", "a.txt", "--from", "zh", "--to", "ru", *ECHO), 3, "a.txt:1", "5,000,000")


@pytest.mark.parametrize("content", ["<xliff><file>", "<xliff/", "no xml at all", "<html></html>"])
def test_broken_xml_names_the_line(palladius: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.xlf").write_text(content)
    refused(palladius("translate", "a.xlf", "--from", "zh", "--to", "ru", *ECHO), 3, "a.xlf:1")


@pytest.mark.parametrize("content", [BOMB, OUTSIDE], ids=["billion laughs", "external entity"])
def test_entities_are_refused(palladius: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.xlf").write_text(content)
    done = palladius("translate", "a.xlf", *ECHO)
    refused(done, 3, "entities")
    assert "root:" not in done.stdout + done.stderr


def test_deep_nesting_is_refused(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text("<xliff>" + "<g>" * 1_000_000)
    started = time.monotonic()
    refused(palladius("translate", "a.xlf", "--from", "zh", "--to", "ru", *ECHO), 3, "nested too deep")
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--from", "zh", "--to", "fr"], ["unknown language", "zh ru en"]),
        (["--from", "zh", "--to", "zh"], ["both zh"]),
        (["--from", "zh"], ["--to"]),
        (["--from", "zh", "--to", "ru", "--engine", "nonesuch"], ["unknown engine", "compact"]),
        (["--from", "zh", "--to", "ru", "--profile", "nonesuch"], ["unknown profile", "news"]),
        (["--from", "zh", "--to", "ru", "--set", "cheks.enabled=false"], ["cheks"]),
        (["--from", "zh", "--to", "ru", "--set", "nonsense"], ["key=value"]),
        (["--from", "zh", "--to", "ru", "--fail-on", "awful"], ["unknown severity"]),
        (["--from", "zh", "--to", "ru", "--nonesuch"], ["--nonesuch"]),
        (["--from", "zh", "--to", "ru", "--format", "nonesuch"], ["unknown format"]),
    ],
)
def test_wrong_usage(palladius: Run, tmp_path: Path, args: list[str], words: list[str]) -> None:
    (tmp_path / "a.txt").write_text("你好\n")
    refused(palladius("translate", "a.txt", *args), 2, *words)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('engine = "echo\n', "p.toml:1:", "not valid TOML"),
        ('engine = "echo"\n\n[enforce]\nread = "maybe"\n', "p.toml:4:", "setting enforce.read"),
        ("enforce.reed = true\n", "p.toml:1:", "setting enforce.reed: is no setting"),
        ("[checks]\ndisable = [\n  1]\n", "p.toml:2:", "setting checks.disable.0"),
        ("memory = 5\n", "p.toml:1:", "setting memory"),
    ],
)
def test_an_error_in_a_profile_names_its_line(inside: Run, tmp_path: Path, text: str, place: str, words: str) -> None:
    (tmp_path / "a.txt").write_text("你好\n")
    (tmp_path / "p.toml").write_text(text)
    refused(inside("translate", "a.txt", "--from", "zh", "--to", "ru", "--profile", "p.toml"), 2, place, words)


def test_a_setting_of_the_command_line_is_not_looked_for_in_the_profile(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好\n")
    (tmp_path / "p.toml").write_text("[enforce]\nread = true\n")
    args = ("--from", "zh", "--to", "ru", "--profile", "p.toml", "--set", "enforce.read=4")
    done = inside("translate", "a.txt", *args)
    refused(done, 2, "setting enforce.read")
    assert "p.toml" not in done.stderr


def test_a_job_is_not_made_of_standard_input(inside: Run) -> None:
    refused(inside("batch", "run", "-", "--from", "zh", "--to", "ru", stdin="你好\n"), 2, "works on files")


def test_unknown_command(palladius: Run) -> None:
    refused(palladius("transalte"), 2, "transalte")


def test_missing_input(palladius: Run) -> None:
    refused(palladius("translate", "none.txt", "--from", "zh", "--to", "ru", *ECHO), 3, "none.txt")


def test_missing_glossary(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id":"1","source":"你好","target":"Привет"}\n')
    refused(palladius("enforce", "a.jsonl", "--from", "zh", "--to", "ru", "--glossary", "none.tsv"), 3, "none.tsv")


def test_malformed_glossary_row_names_the_line(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id":"1","source":"你好","target":"Привет"}\n')
    (tmp_path / "g.tsv").write_text("id\tzh\tru\n1\t你好\tпривет\n2\t再见\tпока\tлишнее\tещё\n")
    refused(palladius("enforce", "a.jsonl", "--from", "zh", "--to", "ru", "--glossary", "g.tsv"), 3, "g.tsv:3")


@pytest.mark.parametrize(
    "line", ["{", "[1]", '{"id": 1}', '{"source": 5}', '{"source": "a", "target": 7}', '{"source": "\\ud800"}']
)
def test_broken_json_line(palladius: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"id":"1","source":"你好","target":"Привет"}\n' + line + "\n")
    refused(palladius("check", "a.jsonl", "--from", "zh", "--to", "ru"), 3, "a.jsonl:2")


def test_tsv_with_a_wrong_row(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("id\tsource\ttarget\n1\t你好\tПривет\n2\t你好\tПривет\tещё\n")
    refused(palladius("check", "a.tsv", "--from", "zh", "--to", "ru"), 3, "a.tsv:3")


def test_unwritable_output_leaves_the_old_one(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好\n")
    refused(
        palladius("translate", "a.txt", "--from", "zh", "--to", "ru", *ECHO, "-o", "no/such/folder.txt"),
        3,
        "folder.txt",
    )
    (tmp_path / "folder").mkdir()
    refused(palladius("translate", "a.txt", "--from", "zh", "--to", "ru", *ECHO, "-o", "folder"), 3, "is a folder")


@pytest.mark.parametrize("options", [("-o", "a.txt"), ("-o", "./link.txt"), ("--report", "a.txt")])
def test_a_source_is_not_written_over(palladius: Run, tmp_path: Path, options: tuple[str, str]) -> None:
    (tmp_path / "a.txt").write_text("你好，世界。\n", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("a.txt")
    args = ("translate", "a.txt", "--from", "zh", "--to", "ru", *ECHO)
    refused(palladius(*args, *options), 2, "is the source", "--force")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "你好，世界。\n"
    forced = palladius(*args, "--set", "engines.echo.prefix=Ж", "-o", "a.txt", "--force", "--quiet")
    assert forced.returncode == 0, forced.stderr
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "Ж你好，世界。\n"


def test_a_bitext_may_be_filled_in_its_place(palladius: Run, tmp_path: Path) -> None:
    """Its source stays in it; not so where JSON lines would take its place."""
    (tmp_path / "a.tsv").write_text("id\tsource\ttarget\n1\t你好\t\n", encoding="utf-8")
    args = ("translate", "a.tsv", "--from", "zh", "--to", "ru", *ECHO, "-o", "a.tsv")
    refused(palladius(*args, "--json"), 2, "is the source", "--force")
    assert palladius(*args, "--quiet").returncode == 0
    assert (tmp_path / "a.tsv").read_text(encoding="utf-8") == "id\tsource\ttarget\n1\t你好\t你好\n"


def test_full_disk_leaves_the_old_output(palladius: Run, tmp_path: Path) -> None:
    """A file size limit stands for a full disk: the write of the new file fails half way."""
    (tmp_path / "a.txt").write_text("你好，世界。\n" * 20_000)
    old = tmp_path / "out.txt"
    old.write_text("old content\n")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    args = ("translate", "a.txt", "--from", "zh", "--to", "ru", *ECHO, "--quiet", "-o", "out.txt")
    refused(palladius(*args, preexec_fn=limit), 3, "out.txt", "cannot be written")
    assert old.read_text() == "old content\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out.txt"]


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_in_the_middle(tmp_path: Path, which: signal.Signals) -> None:
    """A pipe that is never closed keeps the run in the middle of its work."""
    old = tmp_path / "out.txt"
    old.write_text("old content\n")
    command = [
        sys.executable,
        "-m",
        "pipeline.cli.main",
        "translate",
        "-",
        "--from",
        "zh",
        "--to",
        "ru",
        *ECHO,
        "-o",
        str(old),
    ]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdin is not None
    process.stdin.write("你好\n".encode())
    process.stdin.flush()
    time.sleep(1.5)
    os.kill(process.pid, which)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.decode().strip().splitlines() == ["palladius: interrupted"]
    assert old.read_text() == "old content\n"


def test_debug_shows_the_traceback(palladius: Run) -> None:
    done = palladius("translate", "none.txt", "--from", "zh", "--to", "ru", "--debug")
    assert "Traceback" in done.stderr
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith("palladius: none.txt")


def test_setting_in_the_environment(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好\n")
    done = palladius("translate", "a.txt", "--from", "zh", "--to", "ru", env={**os.environ, "PALLADIUS_CHEKS": "1"})
    refused(done, 2, "PALLADIUS_CHEKS")


def test_locked_and_confirmed_targets_stay(palladius: Run, tmp_path: Path) -> None:
    lines = [
        {"id": "1", "source": "你好", "target": "Ы", "state": "locked"},
        {"id": "2", "source": "你好", "target": ""},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = palladius("translate", "a.jsonl", "--from", "zh", "--to", "ru", "--over", *ECHO, "--quiet")
    targets = [json.loads(line)["target"] for line in done.stdout.splitlines()]
    assert targets == ["Ы", "你好"]


def test_a_summary_is_not_written_over_what_was_checked(palladius: Run, tmp_path: Path) -> None:
    bitext = tmp_path / "a.tsv"
    bitext.write_text("zh\tru\n会议结束。\tЗаседание завершилось.\n", encoding="utf-8")
    refused(palladius("check", "a.tsv", "--from", "zh", "--to", "ru", "-o", "a.tsv"), 2, "is the source")
    refused(palladius("check", "a.tsv", "--from", "zh", "--to", "ru", "--report", "a.tsv"), 2, "a.tsv")
    assert bitext.read_text(encoding="utf-8").startswith("zh\tru\n")


@pytest.mark.parametrize("command", [("find", "x"), ("search", "x"), ("export",)])
def test_looking_into_a_memory_that_is_not_there_makes_none(
    palladius: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    refused(palladius("memory", command[0], "none.sqlite", *command[1:]), 3, "no such memory")
    assert not (tmp_path / "none.sqlite").exists()


def test_messages_are_readable_whatever_the_locale(palladius: Run) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONIOENCODING", "LANG")}
    done = palladius("check", "нет.jsonl", env=kept | plain)
    assert done.stderr == "palladius: нет.jsonl: cannot be read: No such file or directory\n"
    done = palladius("name", "--gender", "男", "王", env=kept | plain)
    assert (done.returncode, done.stderr) == (2, "palladius: unknown gender '男' (m or f)\n")
    assert "Чанчуню" in palladius("glossary", "inflect", "Чанчунь", "--kind", "place", env=kept | plain).stdout
    assert "нет" in palladius("check", "нет.jsonl", env=kept | {"PYTHONUTF8": "1"}).stderr


@pytest.mark.parametrize(("option", "value"), [("--metric", "foo"), ("--tolerance", "foo=1")])
def test_an_unknown_metric_is_refused_before_anything_is_read(
    palladius: Run, tmp_path: Path, option: str, value: str
) -> None:
    (tmp_path / "r.tsv").write_text("no table at all", encoding="utf-8")
    done = palladius("regress", "r.tsv", option, value)
    assert done.returncode == 2 and "unknown metric 'foo' (known: bleu" in done.stderr
