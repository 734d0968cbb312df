"""Word, HTML and subtitles: formatting survives, everything else stays."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.model import Document, State
from tests.unit.formats import samples

CASES = Path(__file__).parents[2] / "cases" / "formats"
ROOT = Path(__file__).parents[3]


def translate(name: str, data: bytes, words: dict[str, str]) -> tuple[Document, bytes]:
    plugin = base.plugin(name)
    document = plugin.read(data, "t", "zh", "ru")
    made = [
        replace(s, target=words[s.source], state=State.TRANSLATED) if s.source in words else s
        for s in document.segments
    ]
    return document, plugin.write(document.with_segments(made))


def part(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_word_units() -> None:
    document, _ = translate("docx", samples.news(), {})
    assert [s.source for s in document.segments] == [
        *[
            "市长会见代表团。",
            "请看这里。",
            "第一列\t第二列\n下一行",
            "甲 & 乙",
            "丙",
            "第7页的文字",
            "正文继续",
            "图外文字",
            "框内",
        ],
        *["页眉", "页脚", "脚注"],
    ]
    assert [s.id for s in document.segments][-3:] == ["header1.1", "footer1.1", "footnotes.1"]


def test_word_formatting_goes_with_its_words() -> None:
    _, out = translate(
        "docx",
        samples.docx(samples.p(samples.run("请大家看这个文件"), samples.run("app.zip", samples.BOLD))),
        {"请大家看这个文件app.zip": "app.zip смотрите"},
    )
    assert samples.run("app.zip", samples.BOLD) + samples.run(" смотрите") in part(out)


def test_word_keeps_all_other_parts_and_their_order() -> None:
    data = samples.news()
    words = {"框内": "В рамке", "图外文字": "Вокруг", "页眉": "Шапка", "第7页的文字": "Страница"}
    _, out = translate("docx", data, words)
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(out))
    assert old.namelist() == new.namelist()
    for before, after in zip(old.infolist(), new.infolist(), strict=True):
        assert (before.date_time, before.compress_type) == (after.date_time, after.compress_type)
        if before.filename not in ("word/document.xml", "word/header1.xml"):
            assert old.read(before) == new.read(after)
    text = part(out)
    assert text.count("В рамке") == 2 and text.count("<mc:AlternateContent>") == 1
    assert "Шапка" in part(out, "word/header1.xml")
    assert text.count("fldChar ") == 3 and "<w:instrText> PAGE </w:instrText>" in text
    untouched = part(data).split("图外")[0].rsplit("<w:p ", 1)[0].split("第</w:t>")[0]
    assert text.startswith(untouched.rsplit("<w:p ", 1)[0])
    assert base.plugin("docx").read(out, "t", "ru", "zh").segments


TRACKED = {
    "甲新的乙": samples.run("甲")
    + '<w:del w:id="1"><w:r><w:delText>删除的</w:delText></w:r></w:del>'
    + f'<w:ins w:id="2">{samples.run("新的")}</w:ins>'
    + samples.run("乙"),
    "中移来": f'<w:moveFrom w:id="3">{samples.run("移走")}</w:moveFrom>{samples.run("中")}'
    f'<w:moveTo w:id="4">{samples.run("移来")}</w:moveTo>',
    "新文": '<w:ins w:id="1"><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins>'
    + samples.run("新文"),
    "甲乙": samples.run("甲")
    + '<w:del w:id="1"><w:r><w:pict><w:txbxContent>'
    + samples.p(samples.run("删除的框"))
    + "</w:txbxContent></w:pict></w:r></w:del>"
    + samples.run("乙"),
    "北京市": '<w:smartTag w:element="place"><w:smartTagPr><w:attr w:name="a" w:val="b"/></w:smartTagPr>'
    + samples.run("北京")
    + "</w:smartTag>"
    + samples.run("市"),
    "内容后": "<w:sdt><w:sdtPr/><w:sdtContent>" + samples.run("内容") + "</w:sdtContent></w:sdt>" + samples.run("后"),
    "软硬": "<w:r><w:t>软\u00ad</w:t><w:softHyphen/><w:t>硬</w:t></w:r>",
}


@pytest.mark.parametrize("source", TRACKED)
def test_word_takes_away_nothing_and_translates_what_is_there(source: str) -> None:
    data = samples.docx(samples.p(TRACKED[source]))
    document, out = translate("docx", data, {source: "Новый текст"})
    assert [s.source for s in document.segments] == [source]
    [again] = base.plugin("docx").read(out, "t", "ru", "zh").segments
    assert again.source == "Новый текст"
    gone = re.compile(r"<w:(del|moveFrom) .*?</w:\1>")
    assert [m.group() for m in gone.finditer(part(out))] == [m.group() for m in gone.finditer(part(data))]
    for tag in ("ins", "moveTo", "sdt", "sdtPr", "smartTag", "smartTagPr"):
        assert len(re.findall(rf"<w:{tag}[ />]", part(out))) == len(re.findall(rf"<w:{tag}[ />]", part(data)))
    assert ("<w:smartTagPr" in part(out)) == bool(re.search(r"<w:smartTag [^>]*><w:smartTagPr>", part(out)))


def test_word_text_boxes_that_differ_for_older_readers_are_both_translated() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent>{samples.p(samples.run(text))}{samples.p(samples.run('同'))}</w:txbxContent>"

    body = f"<mc:AlternateContent><mc:Choice>{box('新框')}</mc:Choice><mc:Fallback>{box('旧框')}</mc:Fallback></mc:AlternateContent>"
    data = samples.docx(samples.p(f"<w:r>{body}</w:r>", samples.run("外面")))
    document, out = translate("docx", data, {"新框": "Новая", "旧框": "Старая", "同": "то же"})
    assert [s.source for s in document.segments] == ["外面", "新框", "同", "旧框"]
    assert [part(out).count(text) for text in ("Новая", "Старая", "то же", "同")] == [1, 1, 2, 0]


def test_word_text_that_stays_keeps_its_bytes() -> None:
    data = samples.news()
    document, out = translate("docx", data, {"丙": "丙"})
    assert out == data and document.segments


def test_html_skips_what_is_no_text() -> None:
    data = (
        "<p>市长 <code>a &lt; b</code> 讲话<script>var x = '你好';</script></p><pre>不动</pre><p translate=no>不译</p>"
    )
    document, out = translate("html", data.encode(), {"市长  讲话": "Мэр"})
    assert [re.sub(r"\s+", " ", s.source) for s in document.segments] == ["市长 讲话"]
    assert "<code>a &lt; b</code>" in out.decode() or out.decode() == data


def test_html_attributes_inside_a_translated_block() -> None:
    data = '<p>看<a href="x?a=1&b=2" title=\'"甲"\'>这里</a><img alt=图 src=a></p>'
    _, out = translate("html", data.encode(), {"看这里": "Смотрите здесь", '"甲"': '«А» & "Б"', "图": "рис."})
    text = out.decode()
    assert "title='«А» &amp; &quot;Б&quot;'" in text
    assert 'alt="рис." src=a' in text
    assert 'href="x?a=1&b=2"' in text


def test_html_in_a_chinese_encoding_takes_russian() -> None:
    data = '<meta charset="gb2312"><p>你好</p><p>再见</p>'.encode("gb18030")
    _, out = translate("html", data, {"你好": "Привет ў"})
    assert "再见" in out.decode("gb18030") and "Привет" in out.decode("gb18030")


def test_subtitles_keep_their_lines() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\n<i>各位观众，\n晚上好！</i>\n".encode()
    _, out = translate("srt", data, {"各位观众，晚上好！": "Добрый вечер, уважаемые телезрители!"})
    lines = out.decode().splitlines()
    assert lines[2].startswith("<i>Добрый вечер") and lines[3].endswith("телезрители!</i>") and len(lines) == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("你好，市长。\n- 大家好。", ["你好，市长。", "大家好。"]),
        ("你好\n–再见", ["你好", "再见"]),
        ("- 会议通过了\n三份文件\n- 很好", ["会议通过了三份文件", "很好"]),
        ("- 会议开始。", ["会议开始。"]),
        ("Как дела?\n— нормально", ["Как дела?", "нормально"]),
        ("Москва\n— столица России", ["Москва — столица России"]),
        ("Похолодало до\n-5 градусов", ["Похолодало до -5 градусов"]),
        ("我们的目标\n——和平", ["我们的目标——和平"]),
        ("——甲\n——乙", ["甲", "乙"]),
    ],
)
@pytest.mark.parametrize("name", ["srt", "vtt"])
def test_each_speaker_is_a_segment_and_dashes_stay(name: str, text: str, found: list[str]) -> None:
    head = "WEBVTT\n\n00:01.000 --> 00:02.000\n" if name == "vtt" else "1\n00:00:01,000 --> 00:00:02,000\n"
    document, out = translate(name, f"{head}{text}\n".encode(), {each: f"<{each}>" for each in found})
    assert [segment.source for segment in document.segments] == found
    dashes = re.compile("[-–—]")
    assert Counter(dashes.findall(out.decode())) == Counter(dashes.findall(head + text))


def test_voices_are_segments() -> None:
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 李>你好\n<v 王>再见</v>\n".encode()
    document, out = translate("vtt", data, {"你好": "Привет", "再见": "Пока"})
    assert out.decode().endswith("<v 李>Привет\n<v 王>Пока</v>\n") and len(document.segments) == 2


BOX = samples.part("document", "<w:body>" + samples.p(samples.run("你好")) + "</w:body>")


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"word/document.xml": BOX, **parts}.items():
            made.writestr(name, content)
    return out.getvalue()


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for i in range(20_001):
            made.writestr(f"{i}.txt", b"")
    return out.getvalue()


@cache
def slow() -> dict[str, tuple[str, bytes]]:
    """Files that are read, but might take for ever."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end"))
    marks = "".join(f'<w:bookmarkStart w:id="{i}"/>' for i in range(10_000))
    marks += "".join(f'<w:bookmarkEnd w:id="{i + 50_000}"/>' for i in range(10_000))

    def message(text: str) -> bytes:
        return f'<xliff version="1.2"><file><body><trans-unit id="1"><source>字{text}</source></trans-unit></body></file></xliff>'.encode()

    return {
        "fields in fields": ("docx", samples.docx(samples.p(begin * 20_000, samples.run("字"), end * 20_000))),
        "separators": (
            "docx",
            samples.docx(
                samples.p(begin, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' * 20_000, samples.run("字"), end)
            ),
        ),
        "bookmarks that never meet": ("docx", samples.docx(samples.p(marks, samples.run("字")))),
        "openings of choices": ("xliff", message("{a,plural," * 40_000)),
        "branches": ("xliff", message("{a,plural," + "x{y}" * 20_000)),
        "names of tags": ("xliff", message("".join(f"&lt;/t{i}&gt;&lt;t{i}&gt;" for i in range(10_000)))),
        "braces": ("po", b'msgid ""\nmsgstr ""\n\nmsgid "' + b"{" * 400_000 + b'"\nmsgstr ""\n'),
        "spaces": ("markdown", ("字" + " " * 400_000 + "字\n" + "字").encode()),
        "stars": ("markdown", ("字" + "*" * 50_000 + "\n" + "字").encode()),
        "ticks": ("markdown", ("字" + "`a" * 50_000).encode()),
        "kbd": ("markdown", ("字" + "<kbd>" * 50_000).encode()),
        "breaks": ("html", b"<p>" + b"<br>\xe5\xad\x97" * 50_000),
        "plural rules": (
            "po",
            b'msgid ""\nmsgstr "Plural-Forms: plural=' + b"(n+" * 20_000 + b'n;\\n"\n\nmsgid "a"\nmsgstr ""\n',
        ),
    }


@cache
def hostile() -> dict[str, tuple[str, bytes]]:
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>'
    huge = bytearray(package(**{"word/a.bin": b"x" * 100}))
    at = huge.rindex(b"PK\x01\x02")
    huge[at + 24 : at + 28] = (3 * 2**30).to_bytes(4, "little")
    return {
        "zip bomb": ("docx", package(**{"word/a.bin": bytes(200 * 2**20)})),
        "size that lies": ("docx", bytes(huge)),
        "path outside": ("docx", package(**{"../../etc/passwd": b"x"})),
        "absolute path": ("docx", package(**{"/etc/passwd": b"x"})),
        "drive": ("docx", package(**{"c:\\x": b"x"})),
        "entity": ("docx", package(**{"word/header1.xml": entity})),
        "no word": ("docx", package().replace(b"document.xml", b"dokument.xml")),
        "truncated": ("docx", package()[:-40]),
        "million nested": ("docx", package(**{"word/header1.xml": b"<w>" * 1_000_000})),
        "html of open tags": ("html", b"<b>" * 400_000),
        "html of open brackets": ("html", b"<a " * 1_000_000),
        "html of open quotes": ("html", b'<a "' * 200_000 + b">"),
        "html of open comments": ("html", b"<!--" * 500_000),
        "html of skipped elements": ("html", b"<code>" * 200_000),
        "a line of PO": ("po", b'msgid "' + b"\\" * 1_000_001),
        "PO of quotes": ("po", b'"a"\n' * 100_000),
        "SRT without times": ("srt", b"1\n\n" * 150_000),
        "VTT without cues": ("vtt", b"WEBVTT\n\n" + b"a\n\n" * 150_000),
        "XLIFF of a million units deep": ("xliff", b"<xliff>" + b"<group>" * 1_000_000),
        "TMX cut off": ("tmx", b"<tmx><body>" + b"<tu/>" * 100_000),
        "laughs": ("xliff", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>'),
        "XLIFF of attributes": ("xliff", b"<xliff " + b"".join(b'a%d="x" ' % i for i in range(300_000))),
        "package of a million parts": ("zip", many_parts()),
    }


WHICH = [
    *("zip bomb", "size that lies", "path outside", "absolute path", "drive", "entity", "no word", "truncated"),
    *("million nested", "html of open tags", "html of open brackets", "html of open quotes", "html of open comments"),
    *("html of skipped elements", "a line of PO", "PO of quotes", "SRT without times", "VTT without cues"),
    *("XLIFF of a million units deep", "TMX cut off", "laughs", "XLIFF of attributes", "package of a million parts"),
]


@pytest.mark.parametrize("which", WHICH)
def test_hostile_files_are_refused(which: str) -> None:
    import time

    name, data = hostile()[which]
    started = time.process_time()
    with pytest.raises(InputError) if name != "html" else suppress(InputError):  # to HTML anything is text
        base.plugin(name).read(data, "t", "zh", "ru")
    assert time.process_time() - started < 10


@pytest.mark.parametrize("which", list(slow()))
def test_what_is_strange_but_no_error_takes_bounded_time(which: str) -> None:
    import time

    name, data = slow()[which]
    plugin = base.plugin(name)
    started = time.process_time()
    with suppress(InputError):
        document = plugin.read(data, "t", "zh", "ru")
        assert plugin.write(document) == data
        plugin.write(document.with_segments(replace(s, target="слово", target_codes=()) for s in document.segments))
    assert time.process_time() - started < 10


def test_hostile_files_take_bounded_memory() -> None:
    """All of them in a process that may not have more than two gigabytes: 0.4 of them are the files themselves."""
    import subprocess
    import sys

    script = """
import resource
from pipeline.errors import InputError
from pipeline.formats import base
from tests.unit.formats.test_documents import WHICH, hostile
files = hostile()
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
for which in WHICH:
    name, data = files[which]
    try:
        base.plugin(name).read(data, "t", "zh", "ru")
    except InputError:
        pass
print("done")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False
    )
    assert done.stdout == "done\n", done.stderr[-2000:]


def test_many_codes_take_bounded_time() -> None:
    import time

    data = ("<p>" + "<b>字</b>" * 20_000 + "</p>").encode()
    started = time.process_time()
    plugin = base.plugin("html")
    document = plugin.read(data, "t", "zh", "ru")
    plugin.write(document.with_segments(replace(s, target="слово " * 20_000) for s in document.segments))
    assert time.process_time() - started < 10


def test_zip_of_known_formats() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("дело/a.txt", "你好\n")
        made.writestr("b.docx", samples.news())
        made.writestr("c.png", bytes(range(256)))
        made.writestr("d.xlf", (CASES / "plain.xlf").read_bytes())
        made.writestr("empty.txt", "")
    data = out.getvalue()
    document, done = translate("zip", data, {"你好": "Привет", "丙": "В"})
    assert base.plugin("zip").write(document) == data
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(done))
    assert old.namelist() == new.namelist()
    assert new.read("дело/a.txt").decode() == "Привет\n"
    assert new.read("c.png") == old.read("c.png") and new.read("d.xlf") == old.read("d.xlf")
    assert ">В</w:t>" in part(new.read("b.docx"))
    assert "дело/a.txt:1" in [s.id for s in document.segments]
    with pytest.raises(InputError, match="outside"):
        base.plugin("zip").read(package(**{"../x.txt": b"x"}), "t", "zh", "ru")
