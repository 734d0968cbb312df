"""Markdown: whatever a target holds is read again as the same text, wherever it stands."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline import settings
from pipeline.errors import InputError
from pipeline.flow import Flow
from pipeline.formats import base, convert, fill, woven

PLACES = [
    "段落\n",
    "# 标题\n",
    "- 项目\n",
    "> 引文\n",
    "| 甲 | 乙 |\n|--|--|\n| 丙 | 丁 |\n",
    "前**段**落\n",
    "一  \n二  \n三\n",
]
TARGETS = [
    "\\!",
    "* x",
    "# x",
    "1. x",
    "2) x",
    "> x",
    "- x",
    "+ x",
    "---",
    "===",
    "***",
    "a #",
    "#",
    "a|b",
    "a\\",
    "5 * 3 * 2",
]
TARGETS += [
    "5*3=15",
    "[a](b)",
    "![a](b)",
    "[a]: b",
    "[^1]: x",
    "[x] a",
    "<b>",
    "<!-- a -->",
    "&amp;",
    "`a",
    "``",
    "~~a~~",
    "~~~",
]
TARGETS += [
    "_a_",
    "a_b_c",
    "__",
    "+++",
    "| a |",
    "a\\|b",
    "\\\\",
    "[",
    "]",
    "a]",
    "<",
    "&",
    "&#33;",
    "- - -",
    "Ст. 5*",
    ": a",
    ":smile:",
    "a :+1:",
    "a {#b .c}",
    "{.a}",
    "$a$",
    "$$a$$",
    "$5 и $6",
    "<да>",
    "«[1]»",
]


def again(source: str, target: str, at: int = 0) -> tuple[list[str], list[str]]:
    """Texts that are read from the source, and from what is written with one new target."""
    plugin = base.plugin("markdown")
    document = plugin.read(source.encode(), "t", "zh", "ru")
    made = list(document.segments)
    made[at] = replace(made[at], target=target)
    read = plugin.read(plugin.write(document.with_segments(made)), "t", "zh", "ru")
    return [s.source for s in document.segments], [s.source for s in read.segments]


MARKED = st.text(st.sampled_from(string.punctuation + string.punctuation + "aя1 中。"), min_size=1, max_size=12)


@pytest.mark.parametrize("source", PLACES)
@pytest.mark.parametrize("target", TARGETS)
def test_every_mark_is_read_again(source: str, target: str) -> None:
    before, after = again(source, target)
    if "**" in source:
        assert "".join(after).replace(" ", "") == target.replace(" ", "")
    else:
        assert after == [target, *before[1:]]


@given(
    MARKED.map(str.strip).filter(lambda text: text.strip("\ufeff") != ""), st.sampled_from(PLACES), st.integers(0, 2)
)
@example("[[](", PLACES[0], 0)
def test_any_target_is_read_again(target: str, source: str, at: int) -> None:
    if "**" in source:
        return
    before, _ = again(source, "x")
    at %= len(before)
    before, after = again(source, target, at)
    assert after == [*before[:at], target, *before[at + 1 :]]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("甲\\*乙", "甲*乙"),
        ("5\\*3=15", "5*3=15"),
        ("5*3=15", "5*3=15"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("甲 &amp; 乙 &lt; 丙", "甲 & 乙 < 丙"),
        ("甲&foo;乙", "甲&foo;乙"),
        ("甲**乙**丙", "甲乙丙"),
        ("**见 https://a.cn/b**", "见 "),
        ("甲[乙](c)丙]", "甲乙丙]"),
        ("甲`\\*`乙", "甲乙"),
    ],
)
def test_text_is_what_a_reader_sees(source: str, text: str) -> None:
    plugin = base.plugin("markdown")
    document = plugin.read(source.encode(), "t", "zh", "ru")
    assert [s.source for s in document.segments] == [text]
    assert plugin.write(document) == source.encode()


@pytest.mark.parametrize(
    ("source", "texts", "targets", "written"),
    [
        ("# 标题 {#anchor .cls}", ["标题"], ["Заголовок"], "# Заголовок {#anchor .cls}"),
        ("标题 {: #a k=\"v\" }\n===", ["标题"], ["Заголовок"], "Заголовок {: #a k=\"v\" }\n==="),
        ("很好:smile:！", ["很好！"], ["хорошо!"], "хорошо :smile:!"),
        ("很好:smile::+1:", ["很好"], ["хорошо"], "хорошо :smile::+1:"),
        ("std::vector::x, 10:30:45甲", ["std::vector::x, 10:30:45甲"], ["std::vector::x"], "std::vector::x"),
        ("设$x_1$，$$y$$。", ["设，。"], ["пусть,."], "пусть $x_1$, $$y$$."),
        ("价格$5，不是$6", ["价格$5，不是$6"], ["$5, не $6"], "$5, не $6"),
        ("术语\n: 定义", ["术语", "定义"], ["термин", "толкование"], "термин\n: толкование"),
        ("术语\n\n:   定义", ["术语", "定义"], ["термин", "толкование"], "термин\n\n:   толкование"),
        ("&lt;长春&gt;市", ["<长春>市"], ["<Чанчунь> x"], "&lt;Чанчунь&gt; x"),
        ("甲&nbsp;乙&copy;", ["甲 乙"], ["да нет"], "да&nbsp;нет&copy;"),
        ("&emsp;&emsp;甲5&nbsp;%", ["甲5\xa0%"], ["да 5\xa0%"], "&emsp;&emsp;да 5&nbsp;%"),
        ('![图](a.png "标")', ["图", "标"], ["вид [a]", 'центр "a"'], '![вид \\[a\\]](a.png "центр \\"a\\"")'),
        ("甲![图](a.png)乙", ["甲乙", "图"], ["один два", "вид"], "один ![вид](a.png) два"),
        ("甲[乙](b.html '标')", ["甲乙", "标"], ["А", "(а)"], "[А](b.html '(а)')"),
        ("[![图](b.svg)](c)", ["图"], ["вид"], "[![вид](b.svg)](c)"),
        ("|甲|\n|-|\n|![图](a.png '标')|", ["甲", "图", "标"], ["а", "б|в", "г|д"], "|а|\n|-|\n|![б\\|в](a.png 'г\\|д')|"),
    ],
)  # fmt: skip
def test_what_stands_in_the_text(source: str, texts: list[str], targets: list[str], written: str) -> None:
    plugin = base.plugin("markdown")
    document = plugin.read(source.encode(), "t", "zh", "ru")
    assert plugin.write(document).decode() == source
    assert [s.source for s in document.segments] == texts
    assert len({s.id for s in document.segments}) == len(texts)
    made = document.with_segments(replace(s, target=t) for s, t in zip(document.segments, targets, strict=True))
    assert plugin.write(made).decode() == written
    again = plugin.read(written.encode(), "t", "ru", "zh")
    assert ["".join(s.source.split()) for s in again.segments] == ["".join(t.split()) for t in targets]


def test_words_inside_an_image_alone_are_written() -> None:
    plugin = base.plugin("markdown")
    document = plugin.read("甲\n乙![图](a.png)".encode(), "t", "zh", "ru")
    made = document.with_segments(replace(s, target="вид" if s.source == "图" else None) for s in document.segments)
    assert plugin.write(made).decode() == "甲\n乙![вид](a.png)"


def test_words_inside_an_image_belong_to_no_other_text() -> None:
    data = '![架构图](a.png "总体") 见上图[甲](b "乙")。'.encode()
    document = base.plugin("markdown").read(data, "t", "zh", "ru")
    targets = (" См. рисунок выше.", "Схема", "Общая", "Вторая")
    made = document.with_segments(
        replace(s, target=target, target_codes=s.codes) for s, target in zip(document.segments, targets, strict=True)
    )
    shown = woven.shown(made).segments[0]
    assert shown.source == "![](a.png) 见上图[甲](b)。"
    assert "Схема" not in (shown.target or "")
    checked = Flow(settings.load(), "zh", "ru").check(made)
    assert not {f.check for f in checked.segments[0].findings} & {"script", "punctuation", "placeholders"}
    written = base.plugin("markdown").write(made).decode()
    assert written.startswith('![Схема](a.png "Общая") ') and '](b "Вторая")' in written


def test_words_inside_images_go_into_a_bitext_and_back() -> None:
    document = base.plugin("markdown").read('![图](a.png "标") 见上图。\n'.encode(), "t", "zh", "ru")
    targets = (" На рисунке", "вид", "план")
    made = [replace(s, target=t, target_codes=s.codes) for s, t in zip(document.segments, targets, strict=True)]
    bitext = base.plugin("xliff").read(convert.converted(document.with_segments(made), "xliff"), "t.xlf", "zh", "ru")
    back = fill.filled(document, bitext)
    assert (back.taken, back.recoded) == (3, ())
    assert base.plugin("markdown").write(back.document).decode() == '![вид](a.png "план") На рисунке\n'


def test_pictures_do_not_move_the_ids_of_other_text() -> None:
    text = "甲![图](a)\n\n![图](b '标')\n\n乙[丙](c '丁')![戊](d)\n\n|己|庚|\n|-|-|\n|辛![壬](e)|癸![子](f)|\n"
    document = base.plugin("markdown").read(text.encode(), "t", "zh", "ru")
    ids = [s.id for s in document.segments]
    assert [i for i in ids if "alt" not in i and "title" not in i] == ["1", "5", "7", "7-3", "9", "9-5"]
    words = ["1-alt1", "3-alt1", "3-title1", "5-title1", "5-alt1", "9-alt1", "9-alt2"]
    assert [i for i in ids if "alt" in i or "title" in i] == words


def test_a_translation_may_lack_alt_texts() -> None:
    plugin = base.plugin("markdown")
    one = plugin.read_paired("![图](a.png)\n\n甲![图](a.png '标')".encode(), "t", "zh", "ru")
    assert [s.source for s in one.segments] == ["甲"]
    assert [code.text for code in one.segments[0].codes] == ["![图](a.png)"]
    made = one.with_segments(
        replace(s, target="один", target_codes=(replace(s.codes[0], position=4),)) for s in one.segments
    )
    assert plugin.write(made).decode() == "![图](a.png)\n\nодин![图](a.png '标')"


def nested(levels: int) -> str:
    return "\n".join("  " * level + f"- 项目{level}" for level in range(levels))


def test_deep_lists_and_quotations_are_read() -> None:
    plugin = base.plugin("markdown")
    assert len(plugin.read(nested(50).encode(), "t", "zh", "ru").segments) == 50
    assert len(plugin.read(("> " * 100 + "甲").encode(), "t", "zh", "ru").segments) == 1
    for hopeless, line in ((nested(150), 100), ("甲\n\n" + "> " * 5000 + "乙", 3), ("- " * 5000 + "乙", 1)):
        with pytest.raises(InputError, match="nested too deep") as error:
            plugin.read(hopeless.encode(), "t", "zh", "ru")
        assert error.value.where == f"t:{line}"


def test_an_alt_text_that_is_a_label_stays() -> None:
    from pipeline.formats import _markdown

    assert _markdown.inner("![图][]") == [] and _markdown.inner("![图][a]") == [(2, 3, "")]
