"""What a localisation engineer meets: marks of byte order, old line ends, missing numbers, empty units, odd XML."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.model import State

CASES: list[tuple[str, str, bytes, list[str] | str]] = [  # what, file name, content, its texts or the error
    ("bom txt", "a.txt", "\ufeff甲\r\n乙\r\n".encode(), ["甲", "乙"]),
    ("cr txt", "a.txt", "甲\r乙\r".encode(), ["甲", "乙"]),
    (
        "utf16 tsv",
        "a.tsv",
        b"\xff\xfes\x00o\x00u\x00r\x00c\x00e\x00\t\x00t\x00a\x00r\x00g\x00e\x00t\x00\r\x00\n\x002u\t\x00\r\x00\n\x00",
        "a.tsv:1: is not UTF-8 (byte 0xff) (it looks like UTF-16: convert it to UTF-8 with iconv -f UTF-16 -t UTF-8 a.tsv > a.utf8.tsv)",
    ),
    (
        "utf16be tsv",
        "a.tsv",
        b"\xfe\xff\x00s\x00o\x00u\x00r\x00c\x00e\x00\t\x00t\x00a\x00r\x00g\x00e\x00t\x00\nu2\x00\t\x00\n",
        "a.tsv:1: is not UTF-8 (byte 0xfe) (it looks like UTF-16: convert it to UTF-8 with iconv -f UTF-16 -t UTF-8 a.tsv > a.utf8.tsv)",
    ),
    ("cr tsv", "a.tsv", "source\ttarget\r甲\t\r乙\tб\r".encode(), ["甲", "乙"]),
    ("empty", "a.tsv", b"", "a.tsv: is empty: no row to work on"),
    ("empty txt", "a.txt", b"", "a.txt: is empty: nothing to translate"),
    ("white txt", "a.txt", b"  \n\t\n", "a.txt: is empty: nothing to translate"),
    ("white tsv", "a.tsv", "source\ttarget\n   \t\n甲\t \n".encode(), ["甲"]),
    ("quoted tsv", "a.tsv", 'source\ttarget\n"甲 ""乙"""\t\n'.encode(), ['甲 "乙"']),
    (
        "gb18030 txt",
        "a.txt",
        b"\xd6\xd0\xce\xc4\xce\xc4\xb1\xbe",
        "a.txt:1: is not UTF-8 (byte 0xd6) (it looks like gb18030: convert it to UTF-8 with iconv -f GB18030 -t UTF-8 a.txt > a.utf8.txt)",
    ),
    (
        "cp1251",
        "a.txt",
        b"\xd2\xe5\xea\xf1\xf2 \xed\xe0 \xf0\xf3\xf1\xf1\xea\xee\xec",
        "a.txt:1: is not UTF-8 (byte 0xd2) (it looks like windows-1251: convert it to UTF-8 with iconv -f WINDOWS-1251 -t UTF-8 a.txt > a.utf8.txt)",
    ),
    (
        "utf16 txt",
        "a.txt",
        b"\xff\xfe2u\n\x00",
        "a.txt:1: is not UTF-8 (byte 0xff) (it looks like UTF-16: convert it to UTF-8 with iconv -f UTF-16 -t UTF-8 a.txt > a.utf8.txt)",
    ),
    ("nul", "a.txt", "甲\x00乙".encode(), ["甲\x00乙"]),
    (
        "utf32",
        "a.txt",
        b"\xff\xfe\x00\x002u\x00\x00",
        "a.txt:1: is not UTF-8 (byte 0xff) (it looks like UTF-16: convert it to UTF-8 with iconv -f UTF-16 -t UTF-8 a.txt > a.utf8.txt)",
    ),
    (
        "srt nonum",
        "a.srt",
        "00:00:01,000 --> 00:00:02,000\n甲\n\n00:00:03,000 --> 00:00:04,000\n<i>乙</i>\n".encode(),
        ["甲", "乙"],
    ),
    (
        "srt cr",
        "a.srt",
        "1\r00:00:01,000 --> 00:00:02,000\r甲\r\r2\r00:00:03,000 --> 00:00:04,000\r乙\r".encode(),
        ["甲", "乙"],
    ),
    (
        "srt empty cue",
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\n乙\n".encode(),
        ["乙"],
    ),
    (
        "srt dup",
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000 X1:1\n{\\an8}甲\n\n1\n00:00:03,000 --> 00:00:04,000\n♪ 乙 ♪\n".encode(),
        ["甲", "♪ 乙 ♪"],
    ),
    (
        "srt noblank",
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\n甲\n2\n00:00:03,000 --> 00:00:04,000\n乙\n".encode(),
        ["甲", "乙"],
    ),
    (
        "vtt",
        "a.vtt",
        "WEBVTT - t\nKind: captions\n\nNOTE 注释\n多行\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nid1\n00:01.000 --> 00:02.000 align:start\n<v 李>甲&amp;乙 <c.x>丙</c></v>\n\n00:03.000 --> 00:04.000\n<00:03.500>丁\n".encode(),
        ["甲&乙 丙", "丁"],
    ),
    ("vtt bom crlf", "a.vtt", "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n甲\r\n".encode(), ["甲"]),
    (
        "po",
        "a.po",
        '#\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=3; plural=(n%10==1 ? 0 : 1);\\n"\n\n#, fuzzy\n#| msgid "旧"\nmsgctxt "菜单"\nmsgid "甲\\t\\"乙\\""\nmsgstr "Старое"\n\nmsgid "%d 个文件"\nmsgid_plural "%d 个文件们"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n\n#~ msgid "废"\n#~ msgstr "x"\n'.encode(),
        ['甲\t"乙"', "1 个文件", "2 个文件们", " 个文件们"],
    ),
    (
        "xlf cdata",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id="1"><source><![CDATA[甲<b>乙</b>]]></source></trans-unit></body></file></xliff>'.encode(),
        ["甲乙"],
    ),
    (
        "xlf comment",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id="1"><source>甲<!-- x -->乙<?p?></source><target/></trans-unit></body></file></xliff>'.encode(),
        ["甲乙"],
    ),
    (
        "xlf ent",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id="1"><source>甲 &#x4E59;&amp;&lt;b&gt;</source><target></target></trans-unit></body></file></xliff>'.encode(),
        ["甲 乙&"],
    ),
    (
        "xlf space",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id="1" xml:space="preserve"><source>  甲\n  乙  </source></trans-unit></body></file></xliff>'.encode(),
        ["  甲\n  乙  "],
    ),
    (
        "xlf groups",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><group id="g"><group id="h"><trans-unit id="1"><source>甲</source></trans-unit></group><trans-unit id="2" translate="no"><source>乙</source></trans-unit></group></body></file></xliff>'.encode(),
        ["甲", "乙"],
    ),
    (
        "xlf mrk",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id="1"><source>甲<mrk mtype="protected">KEEP</mrk>乙<mrk mtype="term">丙</mrk></source></trans-unit></body></file></xliff>'.encode(),
        ["甲乙丙"],
    ),
    (
        "xlf alt",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id="1"><source>甲</source><alt-trans><source>丁</source><target>x</target></alt-trans><note>备注</note></trans-unit></body></file></xliff>'.encode(),
        ["甲"],
    ),
    (
        "xlf white",
        "a.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id="1"><source>   </source><target/></trans-unit><trans-unit id="2"><source/></trans-unit><trans-unit id="3"><source>甲</source></trans-unit></body></file></xliff>'.encode(),
        ["甲"],
    ),
    (
        "xlf utf16",
        "a.xlf",
        b'\xff\xfe<\x00?\x00x\x00m\x00l\x00 \x00v\x00e\x00r\x00s\x00i\x00o\x00n\x00=\x00"\x001\x00.\x000\x00"\x00 \x00e\x00n\x00c\x00o\x00d\x00i\x00n\x00g\x00=\x00"\x00U\x00T\x00F\x00-\x001\x006\x00"\x00?\x00>\x00\n\x00<\x00!\x00-\x00-\x00 \x00c\x00 \x00-\x00-\x00>\x00<\x00?\x00p\x00i\x00 \x00x\x00?\x00>\x00\n\x00<\x00x\x00l\x00i\x00f\x00f\x00 \x00v\x00e\x00r\x00s\x00i\x00o\x00n\x00=\x00"\x001\x00.\x002\x00"\x00 \x00x\x00m\x00l\x00n\x00s\x00=\x00"\x00u\x00r\x00n\x00:\x00o\x00a\x00s\x00i\x00s\x00:\x00n\x00a\x00m\x00e\x00s\x00:\x00t\x00c\x00:\x00x\x00l\x00i\x00f\x00f\x00:\x00d\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00:\x001\x00.\x002\x00"\x00>\x00<\x00f\x00i\x00l\x00e\x00 \x00o\x00r\x00i\x00g\x00i\x00n\x00a\x00l\x00=\x00"\x00a\x00"\x00 \x00s\x00o\x00u\x00r\x00c\x00e\x00-\x00l\x00a\x00n\x00g\x00u\x00a\x00g\x00e\x00=\x00"\x00z\x00h\x00"\x00 \x00t\x00a\x00r\x00g\x00e\x00t\x00-\x00l\x00a\x00n\x00g\x00u\x00a\x00g\x00e\x00=\x00"\x00r\x00u\x00"\x00 \x00d\x00a\x00t\x00a\x00t\x00y\x00p\x00e\x00=\x00"\x00x\x00"\x00>\x00<\x00b\x00o\x00d\x00y\x00>\x00<\x00t\x00r\x00a\x00n\x00s\x00-\x00u\x00n\x00i\x00t\x00 \x00i\x00d\x00=\x00"\x001\x00"\x00>\x00<\x00s\x00o\x00u\x00r\x00c\x00e\x00>\x002u<\x00/\x00s\x00o\x00u\x00r\x00c\x00e\x00>\x00<\x00/\x00t\x00r\x00a\x00n\x00s\x00-\x00u\x00n\x00i\x00t\x00>\x00<\x00/\x00b\x00o\x00d\x00y\x00>\x00<\x00/\x00f\x00i\x00l\x00e\x00>\x00<\x00/\x00x\x00l\x00i\x00f\x00f\x00>\x00',
        ["甲"],
    ),
    (
        "html",
        "a.html",
        '<!DOCTYPE html><html><head><title>题</title><style>甲{}</style><meta name="description" content="述"></head><body><img alt="图 &amp; 表" title=标><input placeholder="输入"><pre>甲\n乙</pre><script>"甲"</script><p>一<br>二&nbsp;三&copy;{{ name }}{% if x %}四{% endif %}</p><p>${a} 五 <?php echo "六" ?></p><textarea>七</textarea><select><option value=八>九</option></select><p lang=en>ten</p><!-- 十 --><svg><text>图</text></svg><button>点</button><p>&lt;b&gt;</p></body></html>'.encode(),
        [
            "题",
            "述",
            "图 & 表",
            "标",
            "输入",
            "一",
            "二 三{{ name }}{% if x %}四{% endif %}",
            "${a} 五",
            "九",
            "ten",
            "点",
            "<b>",
        ],
    ),
    ("html frag", "a.html", "甲<b>乙".encode(), ["甲乙"]),
    ("html cr", "a.html", "<p>甲\r乙</p>\r".encode(), ["甲乙"]),
    ("html gbk", "a.html", b"<meta charset=gbk><p>\xbc\xd7</p>", ["甲"]),
    ("html cond", "a.html", "<!--[if IE]><p>甲</p><![endif]--><p>乙</p>".encode(), ["乙"]),
    (
        "jsonl extra",
        "a.jsonl",
        '{"id":7,"source":"甲","x":{"y":[1]},"target":null}\r\n\n{"source":"","z":1.0}\n{"source":"乙","target":""}'.encode(),
        ["甲", "", "乙"],
    ),
    ("jsonl bom", "a.jsonl", '\ufeff{"source":"甲"}\n'.encode(), ["甲"]),
    (
        "jsonl dup",
        "a.jsonl",
        '{"source":"甲","source":"乙"}\n'.encode(),
        'a.jsonl:1: is not a JSON object: the key "source" stands twice (one object a line)',
    ),
    (
        "jsonl arr",
        "a.jsonl",
        b"[1]\n",
        'a.jsonl:1: is not a JSON object (one {"id", "source", "target"} a line)',
    ),
    ("json esc", "a.jsonl", b'{"source":"\\u7532\\n\\t"}', ["甲\n\t"]),
    (
        "jsonl nan",
        "a.jsonl",
        '{"source":"甲","s":NaN,"n":12345678901234567890,"f":1e5}'.encode(),
        "a.jsonl:1: is not a JSON object: NaN is no number of JSON (one object a line)",
    ),
    ("jsonl ws", "a.jsonl", '{"source":"  "}\n{"source":"甲"}'.encode(), ["  ", "甲"]),
    (
        "tmx",
        "a.tmx",
        '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="zh"/><body><tu tuid="1"><tuv xml:lang="zh-CN"><seg>甲<ph x="1">&lt;br/&gt;</ph>乙</seg></tuv><tuv xml:lang="ru"><seg></seg></tuv></tu><tu><tuv xml:lang="zh"><seg>丙</seg></tuv></tu></body></tmx>'.encode(),
        ["甲乙", "丙"],
    ),
    (
        "md",
        "a.md",
        '---\nt: 题\n---\n\n# 标 #\n\n题\n===\n\n```\n码\n```\n\n    缩\n\n* 一\n  * 二\n\n<div>\n丙\n</div>\n\n[链]: http://a "题"\n\n![图](a.png "题")\n\nTerm\n: def 定\n'.encode(),
        ["标", "题", "一", "二", "图", "题", "Term", "def 定"],
    ),
    ("md crlf", "a.md", "# 甲\r\n\r\n乙  \r\n丙\r\n".encode(), ["甲", "乙", "丙"]),
    ("md cr", "a.md", "# 甲\r\r乙\r".encode(), ["甲", "乙"]),
    ("html template", "b.html", "<p>{{ name }} 你好</p>".encode(), ["{{ name }} 你好"]),
    (
        "srt text of digits",
        "b.srt",
        "1\n00:00:01,000 --> 00:00:02,000\n甲\n2\n\n2\n00:00:03,000 --> 00:00:04,000\n乙\n".encode(),
        ["甲 2", "乙"],
    ),
    (
        "vtt no blank",
        "b.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n甲\n00:03.000 --> 00:04.000\n乙\n".encode(),
        ["甲", "乙"],
    ),
    ("tsv cr no end", "b.tsv", "source\r甲".encode(), ["甲"]),
    ("tsv crlf", "b.tsv", "source\ttarget\r\n甲\t\r\n".encode(), ["甲"]),
    (
        "po two msgid",
        "b.po",
        'msgid "甲"\nmsgstr ""\n\nmsgid "乙"\n\nmsgid "丙"\nmsgstr ""\n'.encode(),
        'b.po:4: a message without msgstr (msgid "...", then msgstr "...")',
    ),
    (
        "po no msgstr at the end",
        "b.po",
        'msgid "甲"\nmsgstr ""\n\nmsgctxt "c"\nmsgid "乙"\n'.encode(),
        'b.po:4: a message without msgstr (msgid "...", then msgstr "...")',
    ),
    ("po no header", "b.po", 'msgid "甲"\nmsgstr ""\n'.encode(), ["甲"]),
    ("po crlf", "b.po", 'msgid "甲"\r\nmsgstr ""\r\n'.encode(), ["甲"]),
    (
        "xlf single quotes",
        "b.xlf",
        '<?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id=\'1\'><source xml:lang=\'zh\'>甲</source ></trans-unit></body></file></xliff>'.encode(),
        ["甲"],
    ),
    (
        "xlf doctype",
        "b.xlf",
        b'<!DOCTYPE x [<!ENTITY a "b">]><?xml version="1.0"?>\n<!-- c --><?pi x?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="ru" datatype="x"><body><trans-unit id=\'1\'><source>&a;</source></trans-unit></body></file></xliff>',
        "b.xlf:1: declares entities: refused (remove the DOCTYPE with its ENTITY lines)",
    ),
]


@pytest.mark.parametrize(("name", "data", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_strange_files(name: str, data: bytes, found: list[str] | str) -> None:
    plugin = base.plugin(base.by_name(name))
    if isinstance(found, str):
        with pytest.raises(InputError) as error:
            plugin.read(data, name, "zh", "ru")
        assert str(error.value) == found
        return
    document = plugin.read(data, name, "zh", "ru")
    assert [segment.source for segment in document.segments] == found
    assert plugin.write(document) == data
    made = [
        replace(s, target=f"Слово & <b> {i}", state=State.TRANSLATED) if s.open else s
        for i, s in enumerate(document.segments)
    ]
    again = plugin.read(plugin.write(document.with_segments(made)), name, "zh", "ru")
    assert len(again.segments) == len(found)


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset={}\\n"

msgid "Заседание"
msgstr ""
"""


@pytest.mark.parametrize("charset", ["KOI8-R", "windows-1251", "CP1251", "GB2312", "GBK"])
def test_a_po_file_keeps_the_encoding_that_it_declares(charset: str) -> None:
    plugin = base.plugin("po")
    data = PO.format(charset).encode(charset)
    document = plugin.read(data, "a.po", "ru", "en")
    assert document.segments[0].source == "Заседание" and plugin.write(document) == data
    done = document.with_segments(replace(s, target="Meeting") for s in document.segments)
    assert 'msgstr "Meeting"' in plugin.write(done).decode(charset)
    if charset not in ("GBK", "GB2312"):  # these have the characters: GB18030 has all
        done = document.with_segments(replace(s, target="会议") for s in document.segments)
        text = plugin.write(done).decode("utf-8")
        assert "会议" in text and "charset=UTF-8" in text


@pytest.mark.parametrize("charset", ["EUC-JP", "nonesuch"])
def test_a_po_file_in_an_encoding_that_is_not_known(charset: str) -> None:
    with pytest.raises(InputError, match="msgconv -t UTF-8"):
        base.plugin("po").read(PO.format(charset).encode(), "a.po", "ru", "zh")


def test_a_line_without_a_source() -> None:
    """A source of null is none at hand; a line that has no such key is an error that says what to write."""
    from pipeline.formats import jsonl

    assert jsonl.line_of('{"source": null, "target": "Текст."}', "f:1")["source"] == ""
    for line in ('{"target": "Текст."}', '{"source": null}'):
        with pytest.raises(InputError) as caught:
            jsonl.line_of(line, "f:1")
        assert '"source": ""' in (caught.value.hint or "")
