"""What lint says of a glossary, and what the command makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.glossary import app, find_rows, inflect_rows, lint_report
from pipeline.errors import UsageError
from pipeline.glossary import Glossary, builtin, tsv
from pipeline.glossary.lint import lint

HEAD = "id\tzh\tru\ten\tkind\tsource\tru_forbidden\n"


def rules(rows: str) -> set[tuple[str, str]]:
    return {(problem.level, problem.rule) for problem in lint(tsv.read(HEAD + rows, "g.tsv"))}


def test_a_clean_entry_has_no_problem() -> None:
    assert rules("a\t国务院\tГоссовет КНР\tState Council\tbody\tXinhua\tГосдеп\n") == set()


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("a\t国\tстрана\tcountry\tterm\tx\t\na\t省\tпровинция\tprovince\tterm\tx\t\n", ("error", "duplicate-id")),
        ("a\t国\tстрана\tcountry\tterm\tx\t\nb\t国\tгосударство\tstate\tterm\tx\t\n", ("error", "contradiction")),
        ("a\t国\tстрана\tcountry\tterm\tx\t\nb\t国\tстрана\tland\tterm\tx\t\n", ("warning", "duplicate")),
        ("a\t国\tстрана\tcountry\tterm\tx\tстрана\n", ("error", "forbidden-admitted")),
        ("a\t国\tстрана\tcountry\tterm\tx\tпровинция\nb\t省\tпровинция\tprovince\tterm\tx\t\n", ("warning", "forbidden-elsewhere")),
        ("a\t国\tстрана\tcountry\tterm\t\t\n", ("warning", "source")),
        ("a\t国\t\tcountry\tterm\tx\t\n", ("warning", "empty")),
        ("a\t国\tстpана\tcountry\tterm\tx\t\n", ("error", "homoglyph")),
        ("a\t国\t国\tcountry\tterm\tx\t\n", ("error", "script")),
        ("a\t国\tбольшая  страна\tcountry\tterm\tx\t\n", ("error", "spacing")),
        ("a\t国\tстра\u200bна\tcountry\tterm\tx\t\n", ("error", "invisible")),
        ("a\t国\tстрана «А\tcountry\tterm\tx\t\n", ("error", "quotes")),
        ("a\t国\tстрана {мр}\tcountry\tterm\tx\t\n", ("error", "guessed")),
        ("A b\t国\tстрана\tcountry\tterm\tx\t\n", ("warning", "id")),
    ],
)  # fmt: skip
def test_each_rule(rows: str, problem: tuple[str, str]) -> None:
    assert problem in rules(rows)


def test_the_bundled_glossaries_have_no_errors() -> None:
    if not len(builtin()):
        pytest.skip("no bundled glossaries in this installation")
    assert [str(problem) for problem in lint(builtin()) if problem.level == "error"] == []


def test_the_report_and_its_exit_status() -> None:
    text, rows, status = lint_report(Glossary(tsv.read(HEAD + "a\t国\tстpана\tcountry\tterm\tx\t\n", "g.tsv")))
    assert status == 1 and "g.tsv:2: error: a:" in text and rows[0]["rule"] == "homoglyph"


def test_find_gives_hits_and_else_entries() -> None:
    glossary = Glossary(tsv.read(HEAD + "council\t国务院\tГоссовет КНР\tState Council\tbody\tx\t\n", "g.tsv"))
    (hit,) = find_rows(glossary, "经国务院批准", "zh")
    assert (hit["id"], hit["start"], hit["end"]) == ("council", 1, 4)
    assert [row["id"] for row in find_rows(glossary, "Госсов", None)] == ["council"]
    assert find_rows(glossary, "ничего", None) == []


def test_inflect_shows_every_case() -> None:
    (row,) = inflect_rows("Ли Цян", "", "person", "m")
    assert row["cells"]["gen"] == "Ли Цяна" and row["guessed"] == []
    with pytest.raises(UsageError):
        inflect_rows("Ли Цян", "", "hero", "")


def test_the_command(tmp_path: Path) -> None:
    table = tmp_path / "g.tsv"
    table.write_text(HEAD + "council\t国务院\tГоссовет КНР\tState Council\tbody\tx\t\n", encoding="utf-8")
    run = CliRunner().invoke
    assert run(app, ["lint", str(table)]).exit_code == 0
    out = tmp_path / "g.tbx"
    assert run(app, ["export", str(table), "-o", str(out)]).exit_code == 0
    back = tmp_path / "back.tsv"
    assert run(app, ["import", str(out), "-o", str(back)]).exit_code == 0
    assert (
        tsv.read(back.read_text(encoding="utf-8"), "b")[0].forms
        == tsv.read(table.read_text(encoding="utf-8"), "a")[0].forms
    )
    shown = run(app, ["inflect", "Чанчунь", "--kind", "place", "--json"])
    assert json.loads(shown.stdout)["cells"]["ins"] == "Чанчунем"
    assert run(app, ["find", "国务院", "-g", str(table)]).exit_code == 0
    assert run(app, ["find", "没有", "-g", str(table)]).exit_code == 1


def test_rows_that_do_not_fit_are_findings_and_lint_goes_on(tmp_path: Path) -> None:
    table = tmp_path / "g.tsv"
    rows = "a\t国\tстрана\tcountry\thero\tx\nb\t省\tпровинция {f\tprovince\tterm\tx\nc\t市\tгоpод\tcity\tterm\tx\n"
    table.write_text(HEAD + rows + "d\t县\tуезд\tcounty\tterm\tx\t\tmore\n", encoding="utf-8")
    shown = CliRunner().invoke(app, ["lint", str(table), "--json"])
    found = [json.loads(line) for line in shown.stdout.splitlines()]
    errors = [(row["where"].rpartition(":")[2], row["term"], row["rule"]) for row in found if row["level"] == "error"]
    assert errors == [("2", "a", "kind"), ("3", "b", "cell"), ("4", "c", "homoglyph"), ("5", "d", "cells")]
    assert shown.exit_code == 1 and "one of person, place" in found[0]["message"]


@pytest.mark.parametrize("args", [("-",), ()])
def test_texts_are_read_from_standard_input(args: tuple[str, ...], tmp_path: Path) -> None:
    table = tmp_path / "g.tsv"
    table.write_text(HEAD + "council\t国务院\tГоссовет КНР\tState Council\tbody\tx\t\n", encoding="utf-8")
    run = CliRunner().invoke
    found = run(app, ["find", *args, "-g", str(table), "--json"], input="会议召开。\n经国务院批准\n")
    assert [json.loads(line)["start"] for line in found.stdout.splitlines()] == [7]
    shown = run(app, ["inflect", *args, "-g", str(table), "--json"], input="council\n\nЧанчунь\n")
    assert [json.loads(line)["text"] for line in shown.stdout.splitlines()] == ["Госсовет КНР", "Чанчунь"]
    assert run(app, ["find", *args, "-g", str(table)], input="\n").exception
    linted = run(app, ["lint", "-"], input=HEAD + "a\t国\tстрана\tcountry\thero\tx\n")
    assert linted.stdout.startswith("standard input:2: error: a: unknown kind")


@pytest.mark.parametrize(
    ("column", "meant"), [("ru_forbiden", "ru_forbidden"), ("Kinds", "kind"), ("forbidden_ru", "ru_forbidden")]
)
def test_a_mistyped_column_is_a_warning(tmp_path: Path, column: str, meant: str) -> None:
    (tmp_path / "g.tsv").write_text(f"id\tzh\tru\ten\tsource\t{column}\nx\t长春\tЧанчунь\tChangchun\tXinhua\tЧанчун\n")
    done = CliRunner().invoke(app, ["lint", str(tmp_path / "g.tsv")])
    assert done.exit_code == 0
    assert f"g.tsv:1: warning: {column.lower()}: " in done.stdout
    assert f"is not read (is {meant} meant?) [column]" in done.stdout and "0 errors, 1 warning" in done.stdout


def test_a_column_of_ones_own_is_nobodys_business(tmp_path: Path) -> None:
    (tmp_path / "g.tsv").write_text("id\tzh\tru\ten\tsource\tdomain\nx\t长春\tЧанчунь\tChangchun\tXinhua\tгорода\n")
    done = CliRunner().invoke(app, ["lint", str(tmp_path / "g.tsv")])
    assert done.exit_code == 0 and "0 errors, 0 warnings" in done.stdout
