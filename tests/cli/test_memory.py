"""`palladius memory`: --from and --to are filters; left out, all directions are looked at."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.memory import Memory, Unit

Run = Callable[..., "subprocess.CompletedProcess[str]"]
OFFICE = ("市政府", "городское правительство", "municipal government")


@pytest.fixture
def memory(tmp_path: Path) -> str:
    zh, ru, en = OFFICE
    with Memory(tmp_path / "tm.sqlite") as store:
        store.add([Unit(zh, ru), Unit("会议结束。", "Заседание завершилось.")], "zh", "ru")
        store.add([Unit(zh, en)], "zh", "en")
        store.add([Unit("Заседание завершилось.", "The meeting is over.")], "ru", "en")
    return "tm.sqlite"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ((), {("zh", "ru"), ("zh", "en")}),
        (("--from", "zh"), {("zh", "ru"), ("zh", "en")}),
        (("--to", "en"), {("zh", "en")}),
        (("--from", "zh", "--to", "ru"), {("zh", "ru")}),
        (("--from", "ru"), set()),
        (("--from", "en", "--to", "zh"), set()),
    ],
)
def test_find(inside: Run, memory: str, given: tuple[str, ...], found: set[tuple[str, str]]) -> None:
    done = inside("memory", "find", memory, OFFICE[0], "--json", *given)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(line["from"], line["to"]) for line in lines} == found
    assert all(line["source"] == OFFICE[0] and line["similarity"] == 1 for line in lines)


@pytest.mark.parametrize(("command", "makes"), [("import", True), ("export", False), ("find", False)])
def test_only_the_import_says_that_it_makes_a_memory(inside: Run, command: str, makes: bool) -> None:
    text = " ".join(inside("memory", command, "--help").stdout.replace("│", " ").split())
    assert ("made where it is not there" in text) is makes
    assert makes or inside("memory", command, "none.db", *(["x"] if command == "find" else [])).returncode == 3


def test_the_direction_is_shown_where_it_was_not_asked_for(inside: Run, memory: str) -> None:
    assert "zh-en  市政府" in inside("memory", "find", memory, "市政府").stdout
    assert "zh-en" not in inside("memory", "find", memory, "市政府", "--from", "zh", "--to", "en").stdout
    assert inside("memory", "search", memory, "Заседание").stdout == (
        "zh-ru  会议结束。\n    Заседание завершилось.\nru-en  Заседание завершилось.\n    The meeting is over.\n"
    )
    assert inside("memory", "search", memory, "Заседание", "--from", "ru").stdout.count("\n") == 2


@pytest.mark.parametrize(
    ("given", "said", "units"),
    [
        ((), "*all*", 4),
        (("--from", "zh"), "zh", 3),
        (("--to", "en"), "*all*", 2),
        (("--from", "zh", "--to", "ru"), "zh", 2),
    ],
)
def test_export(inside: Run, memory: str, given: tuple[str, ...], said: str, units: int) -> None:
    made = inside("memory", "export", memory, *given)
    assert made.returncode == 0, made.stderr
    assert '<header creationtool="palladius"' in made.stdout and f' srclang="{said}" datatype' in made.stdout
    assert made.stdout.count("<tu>") + made.stdout.count("<tu srclang=") == units
    assert ("<tu srclang=" in made.stdout) == (said == "*all*")


def test_what_is_exported_comes_in_again(inside: Run, memory: str, tmp_path: Path) -> None:
    assert inside("memory", "export", memory, "--from", "zh", "-o", "all.tmx").returncode == 0
    assert inside("memory", "import", "new.sqlite", "all.tmx", "--from", "zh", "--to", "ru").returncode == 0
    assert inside("memory", "import", "new.sqlite", "all.tmx", "--from", "zh", "--to", "en").returncode == 0
    with Memory(tmp_path / "tm.sqlite") as old, Memory(tmp_path / "new.sqlite") as new:
        for to in ("ru", "en"):
            pairs = [[(u.source, u.target) for u in each.units("zh", to)] for each in (old, new)]  # type: ignore[arg-type]
            assert pairs[0] == pairs[1] != []


@pytest.mark.parametrize("command", [("find", "x"), ("search", "x"), ("export",)])
def test_one_language_twice(inside: Run, memory: str, command: tuple[str, ...]) -> None:
    done = inside("memory", command[0], memory, *command[1:], "--from", "zh", "--to", "zh")
    assert done.returncode == 2 and "must differ" in done.stderr


def test_tags_go_out_as_codes_of_tmx_and_come_in_again(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text(
        '<xliff version="1.2"><file source-language="en" target-language="ru"><body><trans-unit id="1">'
        '<source>Open <g id="1">it</g> %s<x id="2"/></source><target>%s <g id="1">его</g> открыть<x id="2"/></target>'
        "</trans-unit></body></file></xliff>",
        encoding="utf-8",
    )
    pair = ("--from", "en", "--to", "ru")
    assert inside("memory", "import", "a.db", "a.xlf", *pair).returncode == 0
    first = inside("memory", "export", "a.db", "-o", "a.tmx")
    assert first.returncode == 0, first.stderr
    text = (tmp_path / "a.tmx").read_text(encoding="utf-8")
    assert '<seg>%s <bpt i="1">&lt;g id="1"&gt;</bpt>его<ept i="1">&lt;/g&gt;</ept> открыть<ph x="3">' in text
    assert inside("memory", "import", "b.db", "a.tmx", *pair).returncode == 0
    assert inside("memory", "export", "b.db").stdout == text


def test_what_was_there_is_renewed_not_added(inside: Run, tmp_path: Path) -> None:
    line = '{"source": "%s", "target": "%s"}\n'
    (tmp_path / "a.jsonl").write_text(line % OFFICE[:2], encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(line % OFFICE[:2] + line % ("会议结束。", "Конец."), encoding="utf-8")
    args = ("--from", "zh", "--to", "ru", "--json")
    for file, added, renewed in (("a.jsonl", 1, 0), ("a.jsonl", 0, 1)):
        done = inside("memory", "import", "new.sqlite", file, *args)
        assert json.loads(done.stdout) == {"memory": "new.sqlite", "added": added, "renewed": renewed}
    done = inside("memory", "import", "new.sqlite", "b.jsonl", *args)
    assert json.loads(done.stdout)["added"] == 2  # 市政府 has another neighbour there, and is a unit of its own
