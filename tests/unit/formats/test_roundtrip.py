"""Every format: untranslated round trip is the identical file; targets change nothing but targets."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import registry
from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.model import Code, Segment, State

CASES = Path(__file__).parents[2] / "cases" / "formats"


def balanced(codes: tuple[Code, ...]) -> bool:
    stack: list[str] = []
    for code in codes:
        if code.kind == "open":
            stack.append(code.pair)
        elif code.kind == "close" and (not stack or stack.pop() != code.pair):
            return False
    return not stack


def without_numbers(segment: Segment) -> str:
    """The text without the results of page number fields, which stand in it as long as the field does."""
    text = segment.source
    places = [code.position for code in segment.codes if code.text in ("<number>", "</number>")]
    for end, start in zip(places[::-2], places[-2::-2], strict=True):
        text = text[:start] + text[end:]
    return text


def sample(segment: Segment) -> str:
    """The number of a plural form, which its translation has too."""
    way = segment.meta.get("way")
    return f"{way.number} " if way is not None else ""


def kept(codes: tuple[Code, ...]) -> list[tuple[str, str]]:
    """Codes by name; a change of the look in Word or Markdown goes where it finds its words, or away. The alt text and
    the title of Markdown are no part of the name."""
    named = ((re.sub(r"\A!\[.*?\]", "![]", c.text, flags=re.DOTALL).partition(" ")[0], c.kind, c) for c in codes)
    return sorted((name, kind) for name, kind, c in named if c.text.strip("*_~") not in ("<run>", "</run>", ""))


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
        replace(s, target=f"{sample(s)}Перевод <&> {i + 100}", state=State.TRANSLATED) if s.open else s
        for i, s in enumerate(document.segments)
    ]
    out = plugin.write(document.with_segments(made))
    again = plugin.read(out, path.name, "zh", "ru")
    assert len(again.segments) == len(document.segments)
    if path.suffix in (".html", ".htm", ".xhtml"):
        tags = [sorted(re.findall(rb"</?[a-zA-Z!?-]+", data)) for data in (path.read_bytes(), out)]
        assert tags[0] == tags[1]
    for before, after in zip(made, again.segments, strict=True):
        if before.open and (plugin.bilingual or after.target):  # bitext, or bitext in a package
            spaced = "".join((after.target or "").split())  # a code may bring spaces along
            assert spaced == "".join((before.target or "").split())
            assert after.source == before.source
            assert sorted(c.text for c in after.target_codes) == sorted(
                c.text for c in before.target_codes or before.codes
            )
            assert balanced(after.target_codes)
        elif before.open:
            text = without_numbers(after).strip()
            assert (text if plugin.sentences else " ".join(text.split())) == before.target
            if path.suffix[:4] not in (".htm", ".xht"):  # there codes at the edge of a block are outside of it
                assert kept(after.codes) == kept(before.codes)
            assert balanced(after.codes)
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


NAMES = sorted(registry.names("formats"))


@given(st.binary(max_size=200))
@pytest.mark.parametrize("name", NAMES)
def test_no_reader_fails_but_with_a_clear_error(name: str, data: bytes) -> None:
    read_or_refused(name, data)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_truncated_and_damaged_files_are_read_or_refused(path: Path) -> None:
    data = path.read_bytes()
    name = base.by_name(path.name)
    rng = random.Random(path.name)
    for _ in range(25):
        read_or_refused(name, data[: rng.randrange(len(data))])
        damaged = bytearray(data)
        for _ in range(3):
            damaged[rng.randrange(len(data))] = rng.choice(b"<>&\"' \n\xff\x00a{}")
        read_or_refused(name, bytes(damaged))


def read_or_refused(name: str, data: bytes) -> None:
    try:
        document = base.plugin(name).read(data, "t", "zh", "ru")
    except InputError as error:
        assert "t" in str(error)
    else:
        assert base.plugin(name).write(document) == data
        made = [replace(s, target=s.source + "!", state=State.TRANSLATED) if s.open else s for s in document.segments]
        base.plugin(name).write(document.with_segments(made))
