"""The dictionary of the genre: its table, word families, and the cut of Chinese words."""

from __future__ import annotations

import re

import pytest

from pipeline.languages import dictionary
from pipeline.languages.russian import vectors


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("развитие", "развивать", True),
        ("строительство", "строить", True),
        ("рост", "рост", True),
        ("рост", "ростов", False),
        ("председатель", "представить", False),
        ("распределение", "распространение", False),
        ("development", "develop", True),
    ],
)
def test_kin(one: str, other: str, alike: bool) -> None:
    assert dictionary.kin(one, other) is alike
    assert dictionary.kin(other, one) is alike


def test_every_line_reads_and_is_written_in_its_languages() -> None:
    entries = dictionary.load()
    assert len(entries) > 7000
    wrong = [e.zh for e in entries.values() if not re.fullmatch("[\u3400-\u9fff]+", e.zh) or not (e.ru or e.en)]
    assert wrong == []
    latin = [
        e.zh for e in entries.values() for item in e.ru for word in item if re.search("[a-z][а-я]|[а-я][a-z]", word)
    ]
    cyrillic = [e.zh for e in entries.values() for item in e.en for word in item if re.search("[а-я]", word)]
    assert (latin, cyrillic) == ([], [])


@pytest.mark.parametrize(
    ("zh", "lemma"), [("振兴", "возрождение"), ("健全", "совершенствовать"), ("部署", "размещать")]
)
def test_renders(zh: str, lemma: str) -> None:
    assert dictionary.renders("ru", zh, lemma)


@pytest.mark.parametrize(
    ("zh", "lemma"), [("振兴", "омоложение"), ("健全", "звук"), ("竞争", "омоложение"), ("没有的词", "слово")]
)
def test_does_not_render(zh: str, lemma: str) -> None:
    assert not dictionary.renders("ru", zh, lemma)


def test_segment_covers_the_text_and_cuts_long_words() -> None:
    text = "全市经济社会发展取得显著成效。"
    found = dictionary.segment(text)
    assert "".join(span.of(text) for span, _ in found) == text
    assert any(entry is not None and entry.zh == "发展" for _, entry in found)


def test_no_wrong_sense_is_an_admitted_rendering() -> None:
    from pipeline.checks.senses import _wrong

    entries = dictionary.load()
    both = [(zh, word) for zh, words in _wrong().items() for word in words if dictionary.renders("ru", zh, word)]
    assert both == []
    assert all(zh in entries for zh in _wrong())


def test_vectors_tell_near_words_from_far_ones() -> None:
    assert vectors.cosine("город", "посёлок") > vectors.cosine("город", "звук")
    assert vectors.cosine("город", "ъъъ") == 0.0
