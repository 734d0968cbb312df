"""A bitext made of a document of another format: nothing that is text is lost, states come along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import UsageError
from pipeline.formats import base, convert
from pipeline.model import Document, State

XLIFF = """<xliff version="1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body>
<trans-unit id="a"><source>会议<g id="1">今天</g>结束<x id="2"/>。</source><target>Заседание завершилось <g id="1">\
сегодня</g><x id="2"/>.</target></trans-unit>
<trans-unit id="b" approved="yes"><source>共%d人 &amp; &lt;b&gt;更多&lt;/b&gt;</source><target state="final">Всего %d &amp; \
&lt;b&gt;больше&lt;/b&gt;</target></trans-unit>
<trans-unit id="c" translate="no"><source>北京</source></trans-unit>
<trans-unit id="d"><source>上海</source></trans-unit>
</body></file></xliff>"""
PO = 'msgid ""\nmsgstr "Language: ru\\n"\n\nmsgid "共%d人 <b>更多</b>"\nmsgstr "Всего %d <b>больше</b>"\n'


def read(name: str, data: str) -> Document:
    document = base.plugin(name).read(data.encode("utf-8"), f"a.{name}", None, None)
    return replace(document, format=name, source_lang="zh", target_lang="ru")


def again(document: Document, name: str) -> Document:
    return read(name, convert.converted(document, name).decode("utf-8"))


@pytest.mark.parametrize("name", convert.MADE)
def test_text_ids_and_targets_come_along(name: str) -> None:
    made = again(read("xliff", XLIFF), name)
    assert [s.id for s in made.segments] == ["a", "b", "c", "d"]
    assert made.segments[0].source == "会议今天结束。"
    assert made.segments[0].target == "Заседание завершилось сегодня."
    assert [s.target for s in made.segments[2:]] in ([None, None], ["", ""])
    assert (made.source_lang, made.target_lang) == ("zh", "ru")


@pytest.mark.parametrize("name", ["tmx", "xliff"])
def test_markup_stays_as_paired_codes_with_the_same_numbers_on_both_sides(name: str) -> None:
    first = again(read("xliff", XLIFF), name).segments[0]
    assert [(c.kind, c.position) for c in first.codes] == [("open", 2), ("close", 4), ("empty", 6)]
    assert [(c.kind, c.position) for c in first.target_codes] == [("open", 22), ("close", 29), ("empty", 29)]
    assert [c.id for c in first.codes] == [c.id for c in first.target_codes]


@pytest.mark.parametrize("name", ["tsv", "jsonl"])
@pytest.mark.parametrize(("origin", "data", "at"), [("xliff", XLIFF, 1), ("po", PO, 0)])
def test_placeholders_stay_in_the_text_of_a_table(name: str, origin: str, data: str, at: int) -> None:
    segment = again(read(origin, data), name).segments[at]
    assert "共%d人" in segment.source and "<b>更多</b>" in segment.source
    assert "Всего %d" in (segment.target or "") and "<b>больше</b>" in (segment.target or "")


@pytest.mark.parametrize("name", ["xliff", "jsonl"])
def test_confirmed_and_locked_stay_so(name: str) -> None:
    made = again(read("xliff", XLIFF), name)
    assert [s.state for s in made.segments] == [State.NEW, State.CONFIRMED, State.LOCKED, State.NEW]


def test_machine_output_is_marked_in_xliff() -> None:
    document = read("text", "会议结束。\n\n第二句。\n")
    document = document.with_segments(
        replace(s, target="Заседание завершилось.", state=State.TRANSLATED) for s in document.segments
    )
    made = convert.converted(document, "xliff").decode("utf-8")
    assert made.count('state="needs-review-translation" state-qualifier="leveraged-mt">Заседание') == 2
    assert '<trans-unit id="3">' in made


@pytest.mark.parametrize("name", convert.MADE)
def test_line_breaks_tabs_quotes_and_forbidden_characters(name: str) -> None:
    document = read("jsonl", '{"id": "\\"<1>\\"", "source": "一\\t二\\n三\\u0001 &<", "target": "раз\\n«два» > 3"}\n')
    segment = again(document, name).segments[0]
    assert segment.id == '"<1>"'
    assert segment.source.replace("\x01", "").split() == ["一", "二", "三", "&<"]
    assert (segment.target or "").split() == ["раз", "«два»", ">", "3"]


def test_a_format_that_cannot_be_made_says_so() -> None:
    with pytest.raises(UsageError, match="cannot be written as docx"):
        convert.converted(read("xliff", XLIFF), "docx")
