"""A cell of a glossary: admitted variants split at bars, each with what stands in braces behind it.

A bar or a brace of the text itself, as term bases of other tools may have it, stands behind a backslash: A\\|B.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.model import Form, Kind, Lang

KIND_NAMES: dict[str, Kind] = {
    "person": "person", "place": "place", "body": "body", "org": "body", "title": "title", "slogan": "slogan",
    "term": "term", "": "term",
}  # fmt: skip
GENDERS: dict[str, Literal["", "m", "f"]] = {
    "": "", "m": "m", "f": "f", "n": "", "male": "m", "female": "f", "м": "m", "ж": "f", "男": "m", "女": "f",
}  # fmt: skip
SHADED = "not a source"
"""Note of a form that an entry of a later glossary has taken over as a source."""
CASES = ("nom", "gen", "dat", "acc", "ins", "prp")
_NOTE = re.compile(r"\s*\{([^{}]*)\}\s*")
_HIDDEN = {f"\\{mark}": chr(0xFDD0 + n) for n, mark in enumerate("|{}")}  # while a cell is taken apart


def split_bars(cell: str) -> list[str]:
    """The variants of a cell; a bar inside braces does not split."""
    parts: list[str] = []
    depth = 0
    current = ""
    for char in cell:
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(0, depth - 1)
        if char == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    parts.append(current)
    return [part.strip() for part in parts if part.strip()]


def parse_cell(cell: str) -> tuple[Form, ...]:
    """Forms of a cell, the first is preferred. Raises ValueError for braces that do not close or stand alone."""
    for escaped, hidden in _HIDDEN.items():
        cell = cell.replace(escaped, hidden)
    forms = []
    for part in split_bars(cell):
        notes = [note.strip() for note in _NOTE.findall(part)]
        text = _NOTE.sub(" ", part).strip()
        if "{" in text or "}" in text:
            raise ValueError(f"braces that do not close in {part!r}")
        if not text:
            raise ValueError(f"a note without a form: {part!r}")
        forms.append(Form(_shown(text), _shown("; ".join(note for note in notes if note))))
    return tuple(forms)


def _shown(text: str) -> str:
    for escaped, hidden in _HIDDEN.items():
        text = text.replace(hidden, escaped[1])
    return text


def format_cell(forms: tuple[Form, ...]) -> str:
    """The inverse of parse_cell."""
    cells = []
    for form in forms:
        text, notes = re.sub(r"[|{}]", r"\\\g<0>", form.text), re.sub(r"[{}]", r"\\\g<0>", form.notes)
        cells.append(f"{text} {{{notes}}}" if notes else text)
    return " | ".join(cells)


def script_of(lang: Lang) -> re.Pattern[str]:
    """A letter of the language's own script."""
    return {
        "zh": re.compile(r"[\u3400-\u9fff]"),
        "ru": re.compile(r"[А-Яа-яЁё]"),
        "en": re.compile(r"[A-Za-z]"),
    }[lang]
