"""What comes on standard input is read as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.formats import base
from pipeline.formats._sniff import told

CASES = Path(__file__).parents[2] / "cases" / "formats"
MARKED = ("xliff", "sdlxliff", "mqxliff", "mxliff", "tmx", "po", "srt", "vtt", "docx", "html", "tsv", "jsonl")
FILES = [
    path for path in sorted(CASES.iterdir())
    if path.suffix in (".xlf", ".mqxliff", ".sdlxliff", ".mxliff", ".tmx", ".po", ".srt", ".vtt", ".docx", ".jsonl")
]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_told_without_its_name(path: Path) -> None:
    expected = base.by_name(path.name)
    assert expected in MARKED
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        pytest.skip("UTF-16: named with --format")
    assert told(data, "jsonl") == expected
    assert told(data, "text") == expected


@pytest.mark.parametrize(
    ("data", "asked", "default"),
    [
        (b"", "text", "jsonl"),
        ("加快长春的发展。".encode(), "text", "text"),
        (b"source\ttarget\nA\tB\n", "tsv", "tsv"),
        (b'{"a": "b"}\n', "text", "jsonl"),
        (b'{"source": "b"}\n', "jsonl", "jsonl"),
        (b"{braces} are words, too", "text", "jsonl"),
        (b"<b>bold</b> words", "text", "jsonl"),
        (b"<!DOCTYPE html><p>a</p>", "html", "html"),
        (b"1 of 2\nmsgid\n", "text", "text"),
    ],
)
def test_what_else_begins_so(data: bytes, asked: str, default: str) -> None:
    assert told(data, "text") == asked
    assert told(data, "jsonl") == default
