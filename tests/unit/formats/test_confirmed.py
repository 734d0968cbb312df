"""What a person confirmed, or took up again, is marked in each format's own way; everything else stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.formats import base
from pipeline.model import Document, Segment, State
from tests.unit.formats.test_dialects import read

XLIFF = (
    '<xliff version="1.2"><file source-language="zh" target-language="ru" original="a" datatype="plaintext"><body>'
    '<trans-unit id="1" approved="no"><source>会议</source><target state="needs-review-translation" '
    'state-qualifier="leveraged-mt">Заседание</target></trans-unit>'
    '<trans-unit id="2" approved="yes"><source>文件</source><target state="final">Документ</target></trans-unit>'
    '<trans-unit id="3"><source>城市</source></trans-unit></body></file></xliff>'
)


def written(document: Document, change: Callable[[Segment], Segment]) -> str:
    made = document.with_segments(change(segment) for segment in document.segments)
    return base.plugin(document.format).write(made).decode("utf-8")


def of(text: str, name: str) -> Document:
    return base.plugin(base.by_name(name)).read(text.encode(), name, "zh", "ru")


def confirmed(segment: Segment) -> Segment:
    return replace(segment, target=segment.target or "Слова", state=State.CONFIRMED) if segment.open else segment


def edited(segment: Segment) -> Segment:
    """As the desk leaves it: a confirmed segment that is typed in is open again."""
    return replace(segment, target="Правка", state=State.NEW) if segment.state is State.CONFIRMED else segment


def states(text: str, name: str) -> list[str]:
    return [str(segment.state) for segment in of(text, name).segments]


@pytest.mark.parametrize(
    ("name", "wanted", "count"),
    [
        ("memoq.mqxliff", 'mq:status="ManuallyConfirmed"', 3),
        ("phrase.mxliff", 'm:confirmed="1"', 2),
        ("trados.sdlxliff", '<sdl:seg id="2" conf="Translated" origin="interactive">', 1),
        ("plain.xlf", 'state="final"', 3),
        ("cut.xlf", 'state="final"', 2),
        ("two-one.xlf", 'state="final"', 3),
        ("pairs.jsonl", '"state": "confirmed"', 2),
    ],
)
def test_confirmed_is_written_and_read_back(name: str, wanted: str, count: int) -> None:
    document = read(name)
    text = written(document, confirmed)
    assert text.count(wanted) == count
    assert set(states(text, name)) <= {"confirmed", "locked"}
    assert written(of(text, name), lambda segment: segment) == text


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("memoq.mqxliff", 'mq:status="PartiallyEdited"'),
        ("phrase.mxliff", 'm:confirmed="0" m:locked="false"><source>会议结束'),
        ("trados.sdlxliff", 'conf="Draft" origin="interactive"'),
    ],
)
def test_what_is_edited_after_its_confirmation_is_a_draft_again(name: str, wanted: str) -> None:
    text = written(read(name), edited)
    assert wanted in text and "confirmed" not in states(text, name)


def test_xliff_says_it_of_the_target_and_keeps_approved_in_step() -> None:
    document = of(XLIFF, "a.xlf")
    text = written(document, confirmed)
    assert '<trans-unit id="1" approved="yes"><source>会议</source><target state="final" state-qua' in text
    assert '<target xml:lang="ru" state="final">Слова</target>' in text
    text = written(document, edited)
    assert '<trans-unit id="2" approved="no"><source>文件</source><target state="needs-review-translation">Пра' in text
    assert text.count("<target") == XLIFF.count("<target") and "Заседание</target>" in text


def test_a_unit_of_several_segments_is_final_when_all_are_confirmed() -> None:
    document = read("cut.xlf")
    first = next(iter(document.segments)).id
    text = written(document, lambda s: confirmed(s) if s.id == first else s)
    assert "final" not in text and "Слова" in text


def test_po_drops_the_fuzzy_flag_when_every_form_is_confirmed() -> None:
    text = (
        '#, fuzzy\nmsgid "会议"\nmsgstr "Заседание"\n\n#, c-format, fuzzy\nmsgid "%d 个"\nmsgid_plural "%d 个们"\n'
        'msgstr[0] "%d штука"\nmsgstr[1] "%d штуки"\n'
    )
    document = of(text, "a.po")
    assert written(document, confirmed) == text.replace("#, fuzzy\n", "").replace(", fuzzy", "")
    last = document.segments[-1].id
    assert written(document, lambda s: s if s.id == last else confirmed(s)) == text.replace("#, fuzzy\n", "")
    crlf = text.replace("\n", "\r\n")
    assert written(of(crlf, "a.po"), confirmed) == crlf.replace("#, fuzzy\r\n", "").replace(", fuzzy", "")


def test_jsonl_keeps_both_ways_of_saying_it_in_step() -> None:
    text = '{"source": "会", "target": "а", "confirmed": true}\n{"source": "会", "target": "б", "state": "locked"}\n'
    assert states(text, "a.jsonl") == ["confirmed", "locked"]
    made = written(of(text, "a.jsonl"), edited)
    assert made.splitlines()[0] == '{"source": "会", "target": "Правка", "confirmed": false, "state": "new"}'
    assert made.splitlines()[1] == text.splitlines()[1]
