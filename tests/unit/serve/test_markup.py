from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.jobs import markup
from pipeline.model import Segment


def same(html: str) -> str:
    """The fragment with every segment translated into itself."""
    out = ""
    for piece in markup.cut(html):
        if isinstance(piece, str):
            out += piece
        else:
            out += markup.render(replace(piece, target=piece.source, target_codes=piece.codes))
    return out


def texts(html: str) -> list[str]:
    return [piece.source for piece in markup.cut(html) if isinstance(piece, Segment)]


@pytest.mark.parametrize(
    "html",
    [
        "plain",
        "<p>会议 <b>通过</b> 文件。</p>\n<ul><li>一 &amp; 二</li></ul>",
        '<a href="x?a=1&amp;b=>">text</a> <img src=x> end',
        "unclosed <b>bold and </i> stray",
        "a < b, b &gt; c".replace(" < ", " &lt; "),
        "  <p>  spaces  </p>  ",
        "<br/><br>",
        '<x id="1"></x>会议<x id="2"></x>',
    ],
)
def test_what_is_not_translated_stays_as_it_is(html: str) -> None:
    assert same(html) == html


def test_block_tags_part_and_inline_tags_do_not() -> None:
    assert texts("<p>one <i>two</i></p><p>three<br>four</p>") == ["one two", "three", "four"]


def test_code_scripts_and_marked_words_are_not_translated() -> None:
    html = '<p>run <code>rm a</code> in <span translate="no">the <span>Lab</span></span> now</p><script>var a</script>'
    assert texts(html) == ["run  in  now"]
    assert same(html) == html
    assert texts('<p class="x notranslate">never</p>') == []


def test_a_translation_is_escaped_and_its_codes_follow() -> None:
    [_, segment, _] = markup.cut("<b>会议</b> 1 &lt; 2")
    assert isinstance(segment, Segment) and segment.source == "会议 1 < 2"
    made = replace(segment, target="x < y & z", target_codes=segment.codes)
    assert markup.render(made) == "<b>x </b>&lt; y &amp; z"


@given(st.text("<>/ab\"'&;! -=p\n会", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_markup_is_taken(html: str) -> None:
    for piece in markup.cut(html):
        assert isinstance(piece, str) or piece.source.strip()


@pytest.mark.parametrize("piece", ["<a ", '<a "', "<!--", "<script>", "<b translate=no>", "<", "&"])
def test_hostile_markup_takes_no_longer(piece: str) -> None:
    started = time.perf_counter()
    markup.cut(piece * (20_000 // len(piece)))
    assert time.perf_counter() - started < 5
