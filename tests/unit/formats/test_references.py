"""Letters and marks that stand in a text as character references."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.formats import base, references


@pytest.mark.parametrize(
    ("source", "plain", "answer", "written"),
    [
        ("We don&#39;t have R&amp;D.", "We don't have R&D.", "У нас нет R&D.", "У нас нет R&amp;D."),
        ("The company&#8217;s plan", "The company’s plan", "План компании", "План компании"),
        ("&ldquo;Belt&rdquo; in M&uuml;nchen", "“Belt” in München", "«Пояс»", "«Пояс»"),
        ("say &quot;no&quot;", 'say "no"', 'скажи "нет"', "скажи &quot;нет&quot;"),
        ("a&nbsp;b &lt;b&gt; &copy; &unknown;", "a&nbsp;b &lt;b&gt; &copy; &unknown;", "x", "x"),
        ("R&amp;D and &nbsp;more", "R&D and &nbsp;more", "R&D и &nbsp;прочее", "R&amp;D и &nbsp;прочее"),
    ],
)
def test_read_and_written(source: str, plain: str, answer: str, written: str) -> None:
    assert references.read(source) == plain
    assert references.written(answer, source) == written


@pytest.mark.parametrize(
    ("source", "plain", "target", "written"),
    [
        ("甲&nbsp;乙", "甲 乙", "да нет", "да&nbsp;нет"),
        ("&nbsp;&nbsp;甲&nbsp;&nbsp;乙&nbsp;", "甲 乙", "да нет", "&nbsp;&nbsp;да&nbsp;&nbsp;нет&nbsp;"),
        ("<b>&nbsp;甲</b>&emsp;乙", "甲 乙", "да нет", "<b>&nbsp;да</b>&emsp;нет"),
        ("&copy;&nbsp;2025 甲", "2025 甲", "2025 да", "&copy;&nbsp;2025 да"),
        ("甲&mdash;乙 &amp; 丙", "甲—乙 & 丙", "да — нет & я", "да &mdash; нет &amp; я"),
        ("增长5&nbsp;%到10&nbsp;000", "增长5\xa0%到10\xa0000", "на 5\xa0% до 10 000", "на 5&nbsp;% до 10 000"),
        ("R&amp;D 20&deg;C &lt;甲&gt;", "R&D 20°C <甲>", "R&D 20°C <да>", "R&amp;D 20&deg;C &lt;да&gt;"),
    ],
)
def test_references_of_a_page_are_kept(source: str, plain: str, target: str, written: str) -> None:
    plugin = base.plugin("html")
    document = plugin.read(f"<p>{source}</p>".encode(), "t", "zh", "ru")
    [segment] = document.segments
    assert segment.source == plain
    assert plugin.write(document).decode() == f"<p>{source}</p>"
    again = replace(segment, target=plain + "!", target_codes=segment.codes)  # written, not left as it was
    assert plugin.write(document.with_segments([again])).decode().replace("!", "") == f"<p>{source}</p>"
    made = document.with_segments([replace(segment, target=target)])
    assert plugin.write(made).decode() == f"<p>{written}</p>"


def test_no_space_by_name_comes_between_chinese_words() -> None:
    segments = (
        base.plugin("html").read("<p>в&nbsp;Москве</p><p>в&nbsp;&nbsp;Москве</p>".encode(), "t", "ru", "zh").segments
    )
    assert [(s.source, len(s.codes)) for s in segments] == [("в\xa0Москве", 0), ("в Москве", 1)]
