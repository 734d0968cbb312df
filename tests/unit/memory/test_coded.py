"""Units keep their inline codes: an exact match has each in its own place, other codes make a fuzzy match."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import settings
from pipeline.flow import Flow
from pipeline.formats import base, units
from pipeline.memory import Memory, Unit
from pipeline.memory.coded import moved
from pipeline.model import Code, Document

ENGLISH = "Welcome to %s, you have %d plans in {place}"
RUSSIAN = "В {place} у вас %d планов, добро пожаловать, %s"
UNIT = '<trans-unit id="1"><source>{}</source>{}</trans-unit>'
XLIFF = '<xliff version="1.2"><file source-language="en" target-language="ru"><body>{}</body></file></xliff>'
TAGGED = 'Open <g id="1">the door</g> <x id="2"/> now <x id="3"/>'
TAGGED_RU = 'Сейчас <x id="3"/> откройте <x id="2"/> <g id="1">дверь</g>'


def po(source: str, target: str) -> str:
    return f'msgid "{source}"\nmsgstr "{target}"\n'


def xliff(source: str, target: str) -> str:
    return XLIFF.format(UNIT.format(source, f"<target>{target}</target>" if target else ""))


def json(source: str, target: str) -> str:
    return f'{{"a": "{source}"}}'


def read(name: str, text: str) -> Document:
    from dataclasses import replace

    return replace(base.plugin(name).read(text.encode(), "a", "en", "ru"), format=name)


def filled(path: Path, *documents: Document) -> None:
    with Memory(path) as memory:
        for document in documents:
            rows = units.carried(document.segments, document.format)
            memory.add(
                [Unit(s.source, s.target or "", codes=s.codes, target_codes=s.target_codes) for s in rows], "en", "ru"
            )


def translated(path: Path, document: Document) -> tuple[str, str]:
    values: dict[str, Any] = {"engine": "echo", "memory": {"path": str(path)}}
    values |= {"enforce": {"enabled": False}, "checks": {"enabled": False}, "quality": {"enabled": False}}
    done = Flow(settings.Settings(**values), "en", "ru").translate(document)
    return done.segments[0].provenance, base.plugin(document.format).write(done).decode()


@pytest.mark.parametrize(("name", "made"), [("po", po), ("xliff", xliff), ("json", json)])
def test_placeholders_of_an_exact_match_stand_in_their_own_places(
    name: str, made: Callable[[str, str], str], tmp_path: Path
) -> None:
    filled(tmp_path / "tm", read("po", po(ENGLISH, RUSSIAN)))
    provenance, text = translated(tmp_path / "tm", read(name, made(ENGLISH, "")))
    assert provenance == "memory:exact:1.00" and RUSSIAN in text


def test_a_sentence_with_another_placeholder_does_not_get_them(tmp_path: Path) -> None:
    filled(tmp_path / "tm", read("po", po(ENGLISH, RUSSIAN)))
    provenance, _ = translated(tmp_path / "tm", read("po", po(ENGLISH.replace("{place}", "{city}"), "")))
    assert provenance == "engine:echo"
    with Memory(tmp_path / "tm") as memory:
        match = memory.best(ENGLISH.replace("{place}", "{city}"), "en", "ru")
        assert match is not None and match.unsure == ("placeholders",)


def test_tags_of_an_exact_match_and_of_a_fuzzy_one(tmp_path: Path) -> None:
    filled(tmp_path / "tm", read("xliff", xliff(TAGGED, TAGGED_RU)))
    provenance, text = translated(tmp_path / "tm", read("xliff", xliff(TAGGED, "")))
    assert provenance == "memory:exact:1.00" and f">{TAGGED_RU}</target>" in text
    other = TAGGED.replace("<x", "<ph").replace('"/>', '">&lt;br/&gt;</ph>')
    provenance, text = translated(tmp_path / "tm", read("xliff", xliff(other, "")))
    assert provenance == "memory:fuzzy:0.96"
    assert text.count('<ph id="2">&lt;br/&gt;</ph>') == text.count('<ph id="3">&lt;br/&gt;</ph>') == 2
    assert translated(tmp_path / "tm", read("xliff", xliff("Open the door now ", "")))[0] == "memory:fuzzy:0.96"


def test_the_same_tags_of_other_numbers_are_the_same(tmp_path: Path) -> None:
    """A bitext of one tool has them numbered otherwise than that of another."""
    left, right = (
        'A <bpt id="1">&lt;b&gt;</bpt>word<ept id="1">&lt;/b&gt;</ept>',
        'Одно <bpt id="1">&lt;b&gt;</bpt>слово<ept id="1">&lt;/b&gt;</ept>',
    )
    filled(tmp_path / "tm", read("xliff", xliff(left, right)))
    provenance, text = translated(tmp_path / "tm", read("html", "<p>A <b>word</b></p>"))
    assert provenance == "memory:exact:1.00" and text == "<p>Одно <b>слово</b></p>"


def numbered(text: str, *numbers: int) -> str:
    for old, new in enumerate(numbers, 1):
        text = text.replace(f'id="{old}"', f'id="@{new}"')
    return text.replace("@", "")


@pytest.mark.parametrize("numbers", [(7, 8, 9), (2, 3, 4), (3, 2, 1)])
def test_an_exact_match_takes_other_numbers_of_tags_in_their_places(numbers: tuple[int, ...], tmp_path: Path) -> None:
    """The numbers are those of one file: its first tag is the first of the memory's unit, whatever it is called."""
    filled(tmp_path / "tm", read("xliff", xliff(TAGGED, TAGGED_RU)))
    provenance, text = translated(tmp_path / "tm", read("xliff", xliff(numbered(TAGGED, *numbers), "")))
    assert provenance == "memory:exact:1.00" and f">{numbered(TAGGED_RU, *numbers)}</target>" in text


def test_in_a_fuzzy_match_tags_with_other_numbers_are_not_exchanged(tmp_path: Path) -> None:
    codes = tuple(Code(str(i), "empty", f'<x id="{i}"/>', at) for i, at in ((1, 4), (2, 12)))
    asked = "Open the gates now please"
    with Memory(tmp_path / "tm") as memory:
        memory.add([Unit("Open the gate now please", "Сейчас же", codes=codes, target_codes=codes[::-1])], "en", "ru")
        for order, wanted in (("12", ["2", "1"]), ("34", ["4", "3"]), ("21", []), ("31", [])):
            there = [Code(n, "empty", f'<x id="{n}"/>', c.position) for n, c in zip(order, codes, strict=True)]
            match = memory.best(asked, "en", "ru", codes=there)
            assert match is not None and match.kind == "fuzzy"
            assert [code.id for code in match.codes] == wanted


def test_units_come_back_with_their_codes(tmp_path: Path) -> None:
    filled(tmp_path / "tm", read("xliff", xliff(TAGGED, TAGGED_RU)), read("xliff", xliff("Open the door now ", "Да")))
    with Memory(tmp_path / "tm") as memory:
        first, second = memory.units("en", "ru")
    assert [code.text for code in first.target_codes] == ['<x id="3"/>', '<x id="2"/>', '<g id="1">', "</g>"]
    assert {c.id for c in first.codes} == {c.id for c in first.target_codes}
    assert second.codes == ()


def test_a_memory_of_before_is_read_on(tmp_path: Path) -> None:
    filled(tmp_path / "tm", read("po", po("Open", "Открыть")))
    database = sqlite3.connect(tmp_path / "tm")
    database.executescript("ALTER TABLE units DROP COLUMN codes; PRAGMA user_version=1;")
    database.close()
    with Memory(tmp_path / "tm") as memory:
        match = memory.best("Open", "en", "ru")
        assert match is not None and (match.kind, match.target) == ("exact", "Открыть")


def test_codes_follow_what_was_put_right() -> None:
    codes = (Code("1", "empty", "<x/>", 5), Code("2", "empty", "<x/>", 12))
    assert [code.position for code in moved(codes, "план 2024 г. готов", "план 10 г. готов")] == [5, 10]
