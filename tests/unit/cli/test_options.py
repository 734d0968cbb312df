"""Every command takes the common options of the contract, and they do what they say."""

from __future__ import annotations

import importlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from pipeline.cli.main import COMMANDS

Run = Callable[..., "subprocess.CompletedProcess[str]"]
OPTIONS = {"-o", "--profile", "--set", "--quiet", "--json", "--offline"}
WRITES = {"--json"}  # a glossary, in the form that --as names
ALLOWED = {"serve": {"-o", "--json"}, "glossary import": WRITES, "glossary export": WRITES}


def commands() -> Iterator[tuple[str, Any]]:
    for name in COMMANDS:
        command: Any = typer.main.get_command(importlib.import_module(f"pipeline.cli.{name}").app)
        for below, leaf in getattr(command, "commands", {"": command}).items():
            yield f"{name} {below}".strip(), leaf


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_takes_the_common_options(name: str, command: Any) -> None:
    known = {option for parameter in command.params for option in parameter.opts}
    assert OPTIONS - known == ALLOWED.get(name, set())


def test_a_job_goes_on_with_the_settings_it_began_with(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好。\n", encoding="utf-8")
    plain = ("--engine", "echo", "--profile", "draft", "--set", "enforce.enabled=false", "--quiet")
    assert inside("batch", "run", "a.txt", "--from", "zh", "--to", "ru", *plain).returncode == 0
    same = inside("batch", "resume", "a.txt", "--profile", "draft", "--set", "enforce.enabled=false", "--offline")
    assert same.returncode == 0, same.stderr
    other = inside("batch", "resume", "a.txt", "--set", "enforce.max_length=77")
    assert other.returncode == 2 and "started with other settings: enforce.max_length" in other.stderr
    for command in (("status", "a.txt"), ("export", "a.txt", "-o", "out")):
        assert inside("batch", *command, "--profile", "draft", "--offline", "--quiet", "--json").returncode == 0
        assert inside("batch", *command, "--profile", "nonesuch").returncode == 2


def test_the_memory_takes_them_and_standard_input(inside: Run, tmp_path: Path) -> None:
    row = json.dumps({"source": "市政府", "target": "мэрия"}, ensure_ascii=False)
    added = inside("memory", "import", "m.sqlite", "-", "--json", "--quiet", "--offline", stdin=row)
    assert json.loads(added.stdout) == {"memory": "m.sqlite", "added": 1, "renewed": 0} and added.stderr == ""
    for command in (("find", "m.sqlite", "-"), ("search", "m.sqlite"), ("export", "m.sqlite")):
        done = inside("memory", *command, "--json", "--quiet", "--profile", "news", stdin="市政府\n")
        [unit] = [json.loads(line) for line in done.stdout.splitlines()]
        assert (unit["source"], unit["target"], unit["from"], unit["to"]) == ("市政府", "мэрия", "zh", "ru")
    assert inside("memory", "find", "m.sqlite", "x", "--set", "nonesuch=1").returncode == 2
