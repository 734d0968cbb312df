"""What is told of a file with codes holds its text: placeholders and tags in their places, offsets that fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import settings
from pipeline.flow import Flow
from pipeline.formats import base, convert, woven
from pipeline.formats.woven import Woven
from pipeline.model import Code, Document, Edit, Finding, Segment, Severity, Span, apply_edits, shifted

PO = 'msgid "Welcome to %s, you have %d plans in {place}"\nmsgstr "В {place} у вас %d планов, добро пожаловать, %s"\n'
XLIFF = (
    '<xliff version="1.2"><file source-language="en" target-language="ru"><body><trans-unit id="1">'
    '<source>Open <x id="1"/> the <ph id="2">%s</ph> <bpt id="3">&lt;b&gt;</bpt>door<ept id="3">&lt;/b&gt;</ept></source>'
    '<target>Откройте <x id="1"/> дверь <ph id="2">%s</ph></target></trans-unit></body></file></xliff>'
)


def read(name: str, text: str) -> Document:
    return replace(base.plugin(name).read(text.encode(), "a", "en", "ru"), format=name)


def flow() -> Flow:
    values: dict[str, Any] = {"enforce": {"enabled": False}, "quality": {"enabled": False}}
    return Flow(settings.Settings(**values), "en", "ru")


def test_source_and_target_are_those_of_the_file() -> None:
    (segment,) = woven.shown(read("po", PO)).segments
    assert (segment.source, segment.target) == tuple(line.partition('"')[2][:-1] for line in PO.splitlines())
    (segment,) = woven.shown(read("xliff", XLIFF)).segments
    assert segment.source == 'Open <x id="1"/> the %s <b>door</b>'
    assert segment.target == 'Откройте <x id="1"/> дверь %s' and not segment.codes


@pytest.mark.parametrize(
    ("name", "text"), [("po", PO), ("xliff", XLIFF), ("markdown", "See <!-- a --> this `b` now.\n")]
)
def test_a_code_is_no_hole_to_the_checks(name: str, text: str) -> None:
    document = read(name, text)
    if not base.plugin(name).bilingual:
        document = document.with_segments(replace(s, target=s.source, target_codes=s.codes) for s in document.segments)
    for segment in flow().check(document).segments:
        assert not [f for f in segment.findings if f.check in ("spaces", "punctuation")]


def test_a_placeholder_that_is_wrong_is_marked_where_it_stands() -> None:
    document = read("po", PO.replace("пожаловать, %s", "пожаловать, {name}"))
    (segment,) = woven.shown(flow().check(document)).segments
    marked = {
        Span(f.start, f.end).of(segment.target or "") for f in segment.findings if "not in the source" in f.message
    }
    assert "{name}" in marked


def test_codes_that_a_person_left_out_are_not_put_into_an_export() -> None:
    document = read("po", PO.replace(" {place} у", " нём у"))
    assert (
        "{place}"
        not in base.plugin("jsonl").read(convert.converted(document, "jsonl"), "a", "en", "ru").segments[0].target
    )  # type: ignore[operator]


@st.composite
def drawn(draw: st.DrawFn) -> tuple[str, list[Code], list[Edit]]:
    text = draw(st.text("аб в", max_size=20))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=5)))
    codes = [
        Code(str(i), "empty", f"<{i}/>", at, before=draw(st.sampled_from(["", " "]))) for i, at in enumerate(places)
    ]
    ends = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=6))))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return text, codes, [Edit(a, b, text[a:b], draw(st.text("гд ", max_size=4)), "t", "") for a, b in pairs]


@given(drawn())
def test_edits_make_the_text_that_is_told_of_the_one_that_came_in(case: tuple[str, list[Code], list[Edit]]) -> None:
    text, codes, edits = case
    moved = tuple(replace(code, position=shifted(code.position, edits)) for code in codes)
    finding = Finding("c", "c", Severity.MINOR, 0, len(apply_edits(text, edits)), "m")
    segment = Segment(
        "1",
        "x",
        apply_edits(text, edits),
        target_codes=moved,
        edits=tuple(edits),
        findings=(finding,),
        meta={"given": (text, tuple(codes))},
    )
    came = Woven.of(text, codes, lambda code: code.text).text
    for one in (segment, replace(segment, meta={})):
        (told,) = woven.shown(Document("d", "xliff", (one,))).segments
        assert told.target == Woven.of(segment.target or "", moved, lambda code: code.text).text
        if one.meta:
            assert apply_edits(came, told.edits) == told.target
        assert 0 <= told.findings[0].start <= told.findings[0].end <= len(told.target)


@given(drawn(), st.integers(0, 20), st.integers(0, 20))
def test_a_place_is_found_again(case: tuple[str, list[Code], list[Edit]], one: int, two: int) -> None:
    text, codes, _ = case
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    there = Woven.of(text, codes, lambda code: code.text)
    finding = Finding("c", "c", Severity.MINOR, start, end, "m")
    assert there.finding(there.finding(finding), back=True) == finding


def placed(*codes: tuple[str, int]) -> tuple[Code, ...]:
    return tuple(Code(str(i), "empty", text, at) for i, (text, at) in enumerate(codes))


@pytest.mark.parametrize(
    ("text", "codes", "suggestion", "there"),
    [
        ("два рынки и два ресурсов", (("<g>", 10),), "двух рынков и двух ресурсов", "двух рынков <g>и двух ресурсов"),
        ("два рынки и два ресурсов", (("<g>", 9),), "двух рынков и двух ресурсов", "двух рынков<g> и двух ресурсов"),
        ("два рынки", (("{x} ", 0), (" {y}", 9)), "два рынка", "два рынка"),
        ("рынок города", (("<x/>", 5),), "рынок", ""),
        ("рынок города", (("<x/>", 2),), "рынки города", ""),
        ("рынок города", (("<x/>", 8),), "рынки города", "рынки го<x/>рода"),
        ("рынок  города", (("{x}", 6),), "рынки  городов", "рынки {x} городов"),
        ("план .", (("<x/> ", 5),), ".", ""),
        ("", (("{x}", 0),), ".", ""),
    ],
)
def test_a_suggestion_takes_no_code_away(
    text: str, codes: tuple[tuple[str, int], ...], suggestion: str, there: str
) -> None:
    found = Finding("a", "b", Severity.MINOR, 0, len(text), "why", suggestion)
    segment = Segment("1", "a", text, codes=placed(("c", 0)), target_codes=placed(*codes), findings=(found,))
    [shown] = woven.shown(Document("a", "po", (segment,), "en", "ru")).segments
    [made] = shown.findings
    assert made.suggestion == there
    assert (suggestion in made.message) == (not there and suggestion != ".")
    if there:
        spoken = Woven.of(text, placed(*codes), lambda code: code.text)
        assert spoken.finding(made, back=True).suggestion == suggestion


def test_flags_on_placeholders_offer_the_text_nothing_that_holds_them() -> None:
    spoken = Woven.of("два  планы", placed(("{n}", 4)), lambda code: code.text)
    flag = Finding("a", "b", Severity.MINOR, 0, len(spoken.text), "why", "двух {n} планов")
    assert spoken.finding(flag, back=True).suggestion == "двух  планов"
    made = spoken.finding(replace(flag, suggestion="двух планов"), back=True)
    assert (made.suggestion, made.message) == ("", "why; right: двух планов")


def test_a_message_of_a_placeholder_is_not_empty() -> None:
    document = read("po", 'msgid "%s"\nmsgstr "%s"\n\nmsgid "%d"\nmsgstr ""\n')
    whole, empty = woven.shown(flow().check(document)).segments
    assert (whole.target, empty.target) == ("%s", None) and not whole.findings
    assert [f.message for f in empty.findings] == ["the target is empty"]


def test_an_edit_shows_the_codes_where_the_target_has_them() -> None:
    edit = Edit(14, 38, "два рынки и два ресурсов", "двух рынков и двух ресурсов", "two-markets", "genitive")
    code = Code("1", "empty", '<x id="1"/>', 25)
    target = "использование двух рынков и двух ресурсов"
    segment = Segment(
        "1", "two markets", target, codes=(replace(code, position=3),), target_codes=(code,), edits=(edit,)
    )
    (made,) = woven.shown(Document("a.xlf", "xliff", (segment,), "en", "ru", None)).segments
    assert made.target is not None and made.edits[0].after in made.target
    assert made.edits[0].after == 'двух рынков<x id="1"/> и двух ресурсов'
