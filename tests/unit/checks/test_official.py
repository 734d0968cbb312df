"""Every line of tests/cases/checks/official.tsv, and the tables that the checks of official names read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.checks._tables import rows
from pipeline.checks.base import View, run
from pipeline.languages import bodies, names_windows
from pipeline.model import Segment, Severity

CASES = Path(__file__).parents[2] / "cases" / "checks" / "official.tsv"


def _cases() -> list[list[str]]:
    return [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("check", "source", "target", "expect"), _cases())
def test_case(check: str, source: str, target: str, expect: str) -> None:
    (findings,) = run([View(Segment("1", source, target), "zh", "ru")], set(registry.names("checks")) - {check})
    assert [target[finding.start : finding.end] for finding in findings] == [part for part in [expect] if part]


@pytest.mark.parametrize("name", ["titles-zh", "terms-zh"])
def test_rows_do_not_contradict_themselves(name: str) -> None:
    for row in rows("official", name):
        re.compile(row["zh"])
        assert row["need"] and row["at"] and row["right"], row["zh"]
        assert not row["severity"] or Severity(row["severity"])
        right = row["right"].lower().replace("ё", "е")
        words = re.findall("[а-я0-9]+", right) + re.findall("[а-я]+(?:-[а-я]+)+", right)
        for group in bodies.groups(row["need"]):
            assert any(word.startswith(group) for word in words), f"{row['zh']}: {row['right']} lacks {group}"


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("市审计局", "городское ревизионное управление"),
        ("省教育厅", "провинциальный департамент образования"),
        ("县发改委", "уездный комитет по делам развития и реформ"),
        ("市应急办", "городская канцелярия по управлению чрезвычайными ситуациями"),
    ],
)
def test_composed(source: str, right: str) -> None:
    (body,) = bodies.find(source)
    assert (body.span.of(source), body.right) == (source, right)


def test_readings_of_one_character() -> None:
    assert names_windows.spells("чаншань", "长山") and names_windows.spells("чжаншань", "长山")
    assert not names_windows.spells("шаншань", "长山")
    assert names_windows.explained("Чаншане", "在长山") == "长山"
    assert names_windows.nearest("Чинхэ", "在清河县", 0.16)[:2] == ("清河", "Цинхэ")  # type: ignore[index]
