"""Tables as spreadsheets and people write them: cells in quotes, lone quotes, missing columns, columns named twice."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.model import Document, Segment

Run = Callable[..., "subprocess.CompletedProcess[str]"]
HEAD = "id\tsource\ttarget\n"
QUOTES = [  # rows below the header, and the segments in them
    ('1\t"multi\nline plan"\t\n2\tb\tx\n', [("1", "multi\nline plan", None), ("2", "b", "x")]),
    ('1\t"Quoted ""text"" here"\t""\n', [("1", 'Quoted "text" here', None)]),
    ('1\t"a\tb"\tx\n', [("1", "a\tb", "x")]),
    ('1\t"a\tb\nc"\t"d\r\ne"\n', [("1", "a\tb\nc", "d\ne")]),
    ('1\t"Yes," he said.\tx\n', [("1", '"Yes," he said.', "x")]),
    ('1\tthe "plan"\tx\n', [("1", 'the "plan"', "x")]),
    ('1\t"open plan\tx\n2\tc\td\n', [("1", '"open plan', "x"), ("2", "c", "d")]),
    ('1\t"open\tshut"\n', [("1", '"open', 'shut"')]),
    ('1\t"open\tx\n2\tshut"\ty\n', [("1", '"open', "x"), ("2", 'shut"', "y")]),
    ('1\t"\t""\n', [("1", '"', None)]),
    ('1\t"plan"\r\n', "a.tsv:2: 2 columns where the header has 3"),
    ("1\ta\tb\n\n2\tc\n", "a.tsv:4: 2 columns where the header has 3"),
    ('1\t"a\nb"\tc\n2\td\n', "a.tsv:4: 2 columns where the header has 3"),
]


@pytest.mark.parametrize(("rows", "found"), QUOTES, ids=[str(n) for n in range(len(QUOTES))])
def test_quotes(rows: str, found: list[tuple[str, str, str | None]] | str) -> None:
    plugin = base.plugin("tsv")
    data = (HEAD + rows).encode()
    if isinstance(found, str):
        with pytest.raises(InputError) as error:
            plugin.read(data, "a.tsv", "en", "ru")
        assert found in str(error.value)
        return
    document = plugin.read(data, "a.tsv", "en", "ru")
    assert [(s.id, s.source, s.target) for s in document.segments] == found
    assert plugin.write(document) == data, "what is not translated stays as it stands"
    done = document.with_segments(replace(s, target=f'"1\n{s.target}') for s in document.segments)
    again = plugin.read(plugin.write(done), "a.tsv", "en", "ru")
    assert [s.target for s in again.segments] == [s.target for s in done.segments]
    assert [s.source for s in again.segments] == [s.source for s in done.segments]


@pytest.mark.parametrize("header", ["source\ttarget\tsource", "zh\tru\tnote\tru"])
def test_a_column_named_twice(header: str) -> None:
    with pytest.raises(InputError, match=r"a\.tsv:1: names the column '(source|ru)' twice"):
        base.plugin("tsv").read(f"{header}\n会议\tb\tc\td\n".encode(), "a.tsv", None, None)


def test_a_column_that_is_added_stands_in_every_row() -> None:
    plugin = base.plugin("tsv")
    document = plugin.read("source\n甲\n\n乙\n".encode(), "a.tsv", "zh", "ru")
    first, second = document.segments
    made = plugin.write(document.with_segments([replace(first, target="А"), second]))
    assert made.decode() == "source\ttarget\n甲\tА\n\n乙\t\n"


_TEXT = st.text(st.sampled_from('ab"\t\n '), min_size=1, max_size=12)


@given(st.lists(st.tuples(_TEXT.filter(str.strip), _TEXT), min_size=1, max_size=4))
def test_what_is_written_is_read_again_also_by_others(pairs: list[tuple[str, str]]) -> None:
    plugin = base.plugin("tsv")
    rows = [Segment(str(n), source, target) for n, (source, target) in enumerate(pairs, 1)]
    data = plugin.fresh(Document("a", "json", tuple(rows), "en", "ru"))
    assert data is not None
    written = [tuple(text.replace("\t", " ") if "\n" in text else text for text in pair) for pair in pairs]
    again = plugin.read(data, "a.tsv", "en", "ru").segments
    assert [(s.source, s.target) for s in again] == written
    table = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter="\t"))
    assert [tuple(row[1:]) for row in table[1:]] == written


def test_line_breaks_go_through_a_table_and_back(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"one": "Line one\nLine two"}), encoding="utf-8")
    echo = ("--from", "en", "--to", "ru", "--engine", "echo", "--set", "enforce.enabled=false", "-q")
    assert inside("translate", "a.json", *echo, "-o", "bi.tsv").returncode == 0
    table = (tmp_path / "bi.tsv").read_text(encoding="utf-8")
    (tmp_path / "bi.tsv").write_text(table.replace('\t"Line one\nLine two"\n', '\t"Раз\nДва"\n'), encoding="utf-8")
    done = inside("translate", "a.json", *echo, "--targets", "bi.tsv", "-o", "b.json")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8")) == {"one": "Раз\nДва"}
