"""The format of what comes without a file name (standard input), by how it begins."""

from __future__ import annotations

import json
import re

_HEAD = 4096  # bytes that are looked at
_ROOTS = re.compile(rb"<(?:[\w.-]+:)?(xliff|tmx|html)\b|<!doctype\s+(html)\b", re.IGNORECASE)
_DIALECTS = ((b"sdl.com/filetypes", "sdlxliff"), (b"mqxliff", "mqxliff"), (b"memsource.com", "mxliff"))
_PO = re.compile(rb'^(?:#[^\n]*\n|\s)*(?:msgctxt\s+"[^\n]*\n)?msgid\s+"')
_SRT = re.compile(rb"^\d+[ \t]*\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> ")


def told(data: bytes, default: str) -> str:
    """The name of the format, or `default` (where that is "jsonl", a text that begins like JSON is taken for it)."""
    start = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return default
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    if start[:1] == b"<":
        return _markup(start) or default
    if start[:1] in b"{[":
        return "jsonl" if default == "jsonl" or _rows(start) else default
    head = start.splitlines()[0].lower().split(b"\t")
    if b"source" in head and b"target" in head:
        return "tsv"
    if _PO.match(start):
        return "po"
    if _SRT.match(start):
        return "srt"
    if start.startswith(b"WEBVTT"):
        return "vtt"
    return "text" if default == "jsonl" else default


def _markup(start: bytes) -> str:
    found = _ROOTS.search(start)
    if found is None:
        return ""
    name = (found[1] or found[2]).decode().lower()
    if name == "xliff":
        low = start.lower()
        return next((dialect for mark, dialect in _DIALECTS if mark in low), name)
    return name


def _rows(start: bytes) -> bool:
    """Is the first line an object with a source?"""
    try:
        first = json.loads(start.splitlines()[0])
    except ValueError:
        return False
    return isinstance(first, dict) and "source" in first
