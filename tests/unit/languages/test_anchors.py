"""The anchors of terms: their tables, how terms are found in a source, and how beginnings of words are matched."""

from __future__ import annotations

import re

import pytest

from pipeline.languages import anchors, dictionary


def _borders(text: str) -> frozenset[int]:
    return frozenset(at for span, _ in dictionary.segment(text) for at in (span.start, span.end))


def test_every_line_reads_and_its_own_rendering_is_right() -> None:
    found = [anchors.anchor(zh) for zh in anchors.load()]
    assert len(found) > 15_000
    assert [a.zh for a in found if not re.fullmatch("[\u3400-\u9fffA-Za-z0-9·]{2,12}", a.zh)] == []
    assert [a.zh for a in found if re.search("[а-яё]", a.en.right) or not re.search("[А-Яа-яЁё]", a.ru.right)] == []
    assert [a.zh for a in found if not a.free and not (a.ru.needs and a.en.needs)] == []
    assert [a.zh for a in found if a.free and not (a.ru.wrong or a.en.wrong)] == []


def test_no_rendering_is_wrong_by_its_own_entry() -> None:
    bad = []
    for zh in anchors.load():
        anchor = anchors.anchor(zh)
        for side in (anchor.ru, anchor.en):
            words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", side.right.lower().replace("ё", "е"))
            if anchors.options(side.wrong, words, inside=False):
                bad.append((zh, side.right))
    assert bad == []


def test_the_longest_term_is_found_where_words_begin_and_end() -> None:
    text = "人民检察院对案件提起公诉。"
    found = [(span.of(text), anchor.zh) for span, anchor in anchors.find(text, _borders(text))]
    assert all(written == zh for written, zh in found)
    assert any("检察院" in zh for _, zh in found)
    assert anchors.find(text, frozenset()) == ()


@pytest.mark.parametrize(
    ("word", "stem", "holds", "at_the_start"),
    [
        ("наркотиками", "нарко", True, True),
        ("антинаркотический", "наркот", True, False),
        ("плодово-овощной", "овощ", True, True),
        ("заплыв", "плыв", False, False),
    ],
)
def test_beginnings(word: str, stem: str, holds: bool, at_the_start: bool) -> None:
    assert (stem in anchors.keys(word)) is holds
    assert (stem in anchors.beginnings(word)) is at_the_start


def test_all_parts_of_an_alternative_must_stand() -> None:
    wanted = (("промышлен", "образ"), ("дизайн",))
    assert anchors.options(wanted, ["промышленный", "рост"]) == ()
    assert anchors.options(wanted, ["патент", "на", "промышленный", "образец"]) == ((2, 3),)
    assert anchors.options(wanted, ["дизайна"]) == ((0,),)
