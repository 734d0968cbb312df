"""Addresses, file names and placeholders come through whatever the engine and the format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import settings
from pipeline.checks.base import View
from pipeline.checks.placeholders import PLUGIN
from pipeline.engines.base import Ability, Engine, Request, Translation
from pipeline.flow import Flow
from pipeline.formats import _placeholders, _plain, base, lift
from pipeline.languages import verbatim
from pipeline.model import Lang, Segment, Span
from tests.unit.formats import samples

FOUND = [
    ("См. https://a.b/c?d=1&e=2!x, и x@y.ru. Далее (http://z.ru/a_(b)).", ["https://a.b/c?d=1&e=2!x", "x@y.ru", "http://z.ru/a_(b)"]),
    ("见https://a.cn/x查看https://zh.wikipedia.org/wiki/王君正。", ["https://a.cn/x", "https://zh.wikipedia.org/wiki/王君正"]),
    ("联系x@y.cn，或www.gov.cn。", ["x@y.cn", "www.gov.cn"]),
    ("Open report.v2.docx. See kremlin.ru/events now.", ["report.v2.docx", "kremlin.ru/events"]),
    ("Сайты президент.рф и https://ru.wikipedia.org/wiki/Палладий", ["президент.рф", "https://ru.wikipedia.org/wiki/Палладий"]),
    ("请打开“附件1.docx”和附件2.docx、《通知.pdf》", ["附件1.docx", "2.docx", "通知.pdf"]),
    (r"Файлы C:\Users\Иван\отчёт.docx, /usr/local/bin и отчёт-2.DOCX", [r"C:\Users\Иван\отчёт.docx", "/usr/local/bin", "отчёт-2.DOCX"]),
    ("{name}: {{ x }} ${a.b} %(n)d %1$s ⟦a⟧ [[b]]", ["{name}", "{{ x }}", "${a.b}", "%(n)d", "%1$s", "⟦a⟧", "[[b]]"]),
    ("и/или 12/05/2025, 90 км/ч, т.е. и т.п., ул.Ленина, д.5, 50 % U.S. e.g. this.Now", []),
    ("会议于2025.3.1在北京召开，增长3.5%。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_what_must_stay_is_found(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in verbatim.find(text)] == found


@pytest.mark.parametrize("piece", ["a.", "www.", "/a", "a@", "(", "а-", "/", "a.b-", "C:\\", "{", "“a", "a/", "x.ru/"])
def test_hostile_texts_are_read_in_good_time(piece: str) -> None:
    import time

    started = time.process_time()
    verbatim.find(piece * (20_000 // len(piece)) + ".docx1")
    assert time.process_time() - started < 2


class Spoiling(Engine):
    """Turns every Latin letter into a Cyrillic one, and tells which word came from where."""

    def ability(self) -> Ability:
        return Ability()

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        made = []
        for request in requests:
            text = re.sub("[A-Za-z]", "ж", request.text).replace("。", ".")
            made.append(Translation(text, links=tuple((Span(i, i + 1), Span(i, i + 1), 1.0) for i in range(len(text)))))
        return made


def spoiled(source: str, *, name: str = "jsonl", data: bytes = b"", target: Lang = "ru") -> tuple[list[Segment], bytes]:
    flow = Flow(settings.load("draft", ["enforce.enabled=false"]), "zh", target)
    flow.__dict__["engine"] = Spoiling()
    document = base.plugin(name).read(data, f"t.{name}", "zh", target) if data else None
    if document is None:
        import json

        document = base.plugin(name).read(json.dumps({"source": source}).encode(), "t", "zh", target)
    done = flow.translate(flow.cut(replace(document, format=name)))
    return list(done.segments), base.plugin(name).write(flow.join(done))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("详情请见https://www.gov.cn/a_b。", "详情请见https://www.gov.cn/a_b."),
        ("请看（www.gov.cn）的a文件。", "请看(www.gov.cn)的ж文件."),
        ("打开“x.docx”。再见A。", "打开«x.docx». 再见ж."),
        ("你好{name}，有{n}条A。", "你好{name}，有{n}条ж."),
        ("<b>甲A</b>乙A", "<b>甲ж</b>乙ж"),
        ("a@b.cn", "a@b.cn"),
        ("&lt;b&gt;甲A&lt;/b&gt;乙A", "&lt;b&gt;甲ж&lt;/b&gt;乙ж"),
        ("甲A&nbsp;乙A", "甲ж&nbsp;乙ж"),
        (
            "甲&lt;a href=&quot;http://a.cn/b&quot;&gt;乙&lt;/a&gt;A",
            "甲&lt;a href=&quot;http://a.cn/b&quot;&gt;乙&lt;/a&gt;ж",
        ),
        ('甲<a href="http://a.cn/b">乙</a>A', '甲<a href="http://a.cn/b">乙</a>ж'),
        ('甲A<img src="a.png" alt="x">乙&copy;A', '甲ж<img src="a.png" alt="x">乙&copy;ж'),
        ("甲<p>乙A<BR>丙", "甲<p>乙ж<BR>丙"),
    ],
)
def test_they_are_put_where_they_were(source: str, target: str) -> None:
    [segment] = spoiled(source)[0]
    assert segment.target == target


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("text", "请看A http://a.cn/b ，再见。\n".encode()),
        ("html", '<p>请看A <a href="http://a.cn/b">http://a.cn/b</a> ，再见。</p>'.encode()),
        ("tsv", "source\n请看A http://a.cn/b ，再见。\n".encode()),
        ("json", '{"a": "请看A &lt;b&gt;http://a.cn/b&lt;/b&gt; ，再见。"}'.encode()),
        ("docx", samples.docx(samples.p(samples.run("请大家在我们的网站上仔细看A "), samples.run("http://a.cn/b", samples.BOLD), samples.run(" ，再见。")))),
        (
            "xliff",
            '<xliff version="1.2"><file source-language="zh" target-language="ru" original="a" datatype="x"><body>'
            '<trans-unit id="1"><source>请看A <g id="1">http://a.cn/b</g> ，再见。</source></trans-unit></body></file></xliff>'.encode(),
        ),
    ],
)  # fmt: skip
def test_every_format_keeps_them(name: str, data: bytes) -> None:
    segments, out = spoiled("", name=name, data=data)
    assert "http://a.cn/b" in (segments[0].target or "") and "ж" in (segments[0].target or "")
    if name == "html":
        assert '<a href="http://a.cn/b">http://a.cn/b</a>' in out.decode()
    if name == "docx":
        document = zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml").decode()
        assert samples.run("http://a.cn/b", samples.BOLD) in document


def test_the_space_of_the_translation_gives_way_to_a_space_by_name() -> None:
    made = lift.lifted("会议通过&nbsp;三份文件")
    assert made is not None and made.text == "会议通过 三份文件"
    assert (
        made.restored("Приняли три документа", [(Span(5, 6), Span(8, 11), 1.0)], "ru")[0]
        == "Приняли&nbsp;три документа"
    )
    assert lift.lifted("Don&#39;t, R&amp;D, caf&eacute;") is None  # letters of words
    xliff = (
        '<xliff version="1.2"><file source-language="zh" target-language="ru" original="a" datatype="x"><body>'
        '<trans-unit id="1"><source>甲A&amp;nbsp;乙A&amp;lt;b&amp;gt;丙A&amp;lt;/b&amp;gt;</source></trans-unit></body></file></xliff>'
    )
    out = spoiled("", name="xliff", data=xliff.encode())[1].decode()
    made = out[out.index("<target") :]
    assert [made.count(kept) for kept in ("ж&amp;nbsp;", "&amp;lt;b&amp;gt;", "ж&amp;lt;/b&amp;gt;")] == [1, 1, 1]


@pytest.mark.parametrize("piece", ["&lt;a ", "&lt;", "&lt;/", "<a ", "&a", "&lt;b&gt;", "</b>&lt;/b&gt;", "&nbsp;"])
def test_hostile_tags_are_lifted_in_good_time(piece: str) -> None:
    import time

    started = time.process_time()
    lift.lifted(piece * (20_000 // len(piece)) + "x" * 10_000)
    assert time.process_time() - started < 2


PIECES = st.sampled_from(
    [
        "&nbsp;",
        "&copy;",
        "&lt;b&gt;",
        "&lt;/b&gt;",
        '<img src="http://a.cn/b">',
        "天",
        "地",
        "A",
        " ",
        "，",
        "http://a.cn/b",
        "x@y.ru",
        "{n}",
        "a.docx",
        "（b.pdf）",
        "%s",
        "<i>",
        "</i>",
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_nothing_is_lost_or_doubled(pieces: list[str]) -> None:
    source = " ".join(pieces)
    made = lift.lifted(source)
    if made is None:
        assert not verbatim.find(source)
        return
    target = made.text.replace("A", "Я")
    text, links = made.restored(target, [(Span(i, i + 1), Span(i, i + 1), 1.0) for i in range(len(target))], "ru")
    assert not lift.broken([source], [text])
    assert len(text.replace(" ", "")) == len(source.replace(" ", ""))
    for left, right, _ in links:
        if left.of(source).isalpha():
            assert right.of(text) == left.of(source).replace("A", "Я")


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("见https://a.cn/b。", "См. https://a.cn/b.", []),
        (
            "见https://a.cn/b。",
            "См. https://a.cn/в.",
            ["address or file name https://a.cn/b of the source is missing", "https://a.cn/в is not in"],
        ),
        ("发至x@y.cn。", "Пишите на x@y.ru.", ["of the source is missing", "is not in the source"]),
        ("见附件2.docx。", "См. приложение 2.docx.", []),
        ("见附件2.docx。", "См. отчёт2.docx.", ["2.docx of the source is missing", "отчёт2.docx is not in the source"]),
        ("你好{name}", "Привет, {имя}", ["placeholder {name} of the source is missing"]),
    ],
)
def test_the_check_tells_what_changed(source: str, target: str, said: list[str]) -> None:
    found = list(PLUGIN.segment(View(Segment("1", source, target), "zh", "ru")))
    assert [any(part in finding.message for finding in found) for part in said] == [True] * len(said)
    assert len(found) == len(said)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('Delete "%s" now', ['"%s"']),
        ("Open “{name}” or «{0}»", ["“{name}”", "«{0}»"]),
        ("见《%s》，“%d”", ["《%s》", "“%d”"]),
        ("See &quot;%s&quot;", ["&quot;%s&quot;"]),
        ('"%s and %d"', ["%s", "%d"]),
        ('"<b>%s</b>"', ["<b>", "%s", "</b>"]),
        ('%s"%d', ["%s", "%d"]),
    ],
)
def test_quotation_marks_around_a_placeholder_go_with_it(text: str, codes: list[str]) -> None:
    plain, found = _placeholders.lifted(text)
    assert [code.text for code in found] == codes
    segment = Segment("1", plain, plain, codes=found, target_codes=found)
    assert _plain.rendered(segment) == text
