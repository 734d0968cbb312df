"""SARIF and workflow commands name the file and the line where a segment stands, as URI references and as numbers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.formats import base as formats
from pipeline.model import Document, Finding, Report, Segment, Severity
from pipeline.reports.base import plugin

Run = Callable[..., "subprocess.CompletedProcess[str]"]
FILES = {  # a file with two texts, and the lines where they stand
    "a.po": ('msgid ""\nmsgstr ""\n\nmsgid "5"\nmsgstr "6"\n\nmsgid "7"\nmsgstr "8"\n', [4, 7]),
    "a.tsv": ('source\ttarget\n"5\n5"\t6\n\n7\t8\n', [2, 5]),
    "a.jsonl": ('{"source": "5"}\n\n{"source": "7"}\n', [1, 3]),
    "a.json": ('{\n "a": "Five",\n\n "b": {"c": 1, "d": "Seven"}}\n', [2, 4]),
    "a.txt": ("\nFive plans.\n\nSeven plans.\n", [2, 4]),
    "a.md": ("# Five\n\nSeven\n", [1, 3]),
    "a.srt": ("1\n00:00:01,000 --> 00:00:02,000\nFive\n\n2\n00:00:03,000 --> 00:00:04,000\nSeven\n", [1, 5]),
    "a.tmx": (
        '<tmx version="1.4"><header srclang="en"/><body>\n<tu><tuv xml:lang="en"><seg>Five</seg></tuv></tu>\n'
        '<tu><tuv xml:lang="en"><seg>Seven</seg></tuv></tu></body></tmx>',
        [2, 3],
    ),
    "a.xlf": (
        '<xliff version="1.2"><file source-language="en" target-language="ru" original="a" datatype="x"><body>\n'
        '<trans-unit id="a"><source>Five</source></trans-unit>\n<trans-unit id="b"><source>Seven</source>'
        "</trans-unit></body></file></xliff>",
        [2, 3],
    ),
}


def flagged(document: Document) -> Report:
    finding = Finding("numbers", "accuracy", Severity.MAJOR, 0, 1, "differs", "5")
    rows = [
        Segment(s.id, s.source, s.target or "6", s.state, findings=(finding,), meta=s.meta) for s in document.segments
    ]
    return Report((document.with_segments(rows),), {}, {})


def results(text: str) -> list[dict[str, Any]]:
    log = json.loads(text)
    assert log["$schema"].endswith("sarif-2.1.0.json") and log["runs"][0]["tool"]["driver"]["version"]
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_line_is_the_one_of_the_file(name: str) -> None:
    text, lines = FILES[name]
    document = formats.plugin(formats.by_name(name)).read(text.encode(), name, "en", "ru")
    made = results(plugin("sarif").render(flagged(document)))
    assert [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in made] == lines
    shown = plugin("github").render(flagged(document)).splitlines()
    assert [line.split("line=")[1].split(",")[0] for line in shown] == [str(line) for line in lines]


def test_no_line_is_told_where_none_is_known() -> None:
    report = flagged(Document("a.docx", "docx", (Segment("p1", "Five"),), "en", "ru"))
    place = results(plugin("sarif").render(report))[0]["locations"][0]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "a.docx"}}
    assert place["logicalLocations"] == [{"name": "p1"}]
    assert "line=" not in plugin("github").render(report)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("du имя/a b#имя.tsv", "du%20%D0%B8%D0%BC%D1%8F/a%20b%23%D0%B8%D0%BC%D1%8F.tsv"),
        ("a:b%20.tsv", "a%3Ab%2520.tsv"),
        ("/a b/c.tsv", "file:///a%20b/c.tsv"),
    ],
)
def test_file_names_are_uri_references(name: str, uri: str) -> None:
    report = flagged(Document(name, "tsv", (Segment("1", "5"),), "en", "ru"))
    place = results(plugin("sarif").render(report))[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri


def test_in_a_folder_the_file_is_named(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.jsonl").write_text('\n{"source": "Growth of 5", "target": "Рост на 6"}\n', "utf-8")
    inside("check", "in", "--from", "en", "--to", "ru", "--report", "r.sarif", "-q")
    place = results((tmp_path / "r.sarif").read_text("utf-8"))[0]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("in/sub/a.jsonl", 2)


def test_sentences_of_a_text_stand_in_its_line(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\nThe plan has 5 parts. It has 7 goals.\n", "utf-8")
    inside("translate", "a.txt", "--from", "en", "--to", "ru", "--engine", "echo", "--report", "r.sarif", "-q")
    made = results((tmp_path / "r.sarif").read_text("utf-8"))
    assert made and {r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in made} == {2}
