"""Every format: untranslated round trip is the identical file; targets change nothing but targets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.model import State

CASES = Path(__file__).parents[2] / "cases" / "formats"


def files() -> list[Path]:
    return sorted(path for path in CASES.iterdir() if path.is_file())


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_untranslated_round_trip_is_identical(path: Path) -> None:
    plugin = base.plugin(base.by_name(path.name))
    data = path.read_bytes()
    assert plugin.write(plugin.read(data, path.name, "zh", "ru")) == data


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_targets_are_read_again(path: Path) -> None:
    plugin = base.plugin(base.by_name(path.name))
    document = plugin.read(path.read_bytes(), path.name, "zh", "ru")
    made = [
        replace(s, target=f"Перевод <&> {i}", state=State.TRANSLATED) if s.open else s
        for i, s in enumerate(document.segments)
    ]
    again = plugin.read(plugin.write(document.with_segments(made)), path.name, "zh", "ru")
    assert len(again.segments) == len(document.segments)
    for before, after in zip(made, again.segments, strict=True):
        if before.open and plugin.bilingual:
            assert after.target == before.target
            assert after.source == before.source
            assert sorted(c.text for c in after.target_codes) == sorted(c.text for c in before.codes)
        elif before.open:
            assert after.source == before.target
        else:
            assert after.target == before.target


@given(st.text("а б\n\r\t中。\u2028\ufeff", max_size=80))
def test_text_is_kept_byte_for_byte(text: str) -> None:
    plugin = base.plugin("text")
    try:
        document = plugin.read(text.encode(), "t", "ru", "zh")
    except InputError:
        assert not text.replace("\ufeff", " ").strip() or not text.lstrip("\ufeff").strip()
        return
    assert plugin.write(document) == text.encode()
    done = document.with_segments(replace(s, target=s.source) for s in document.segments)
    assert plugin.write(done) == text.encode()


@given(st.binary(max_size=200))
@pytest.mark.parametrize("name", ["text", "jsonl", "tsv", "xliff", "tmx", "markdown"])
def test_no_reader_fails_but_with_a_clear_error(name: str, data: bytes) -> None:
    try:
        document = base.plugin(name).read(data, "t", "zh", "ru")
    except InputError as error:
        assert "t" in str(error)
    else:
        assert base.plugin(name).write(document) == data
