"""Letters and marks that stand in a text as character references."""

from __future__ import annotations

import pytest

from pipeline.formats import references


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
