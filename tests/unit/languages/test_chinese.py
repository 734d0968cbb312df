from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.languages import chinese


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("長春市", "长春市"),
        ("范仲淹", "范仲淹"),
        ("範圍", "范围"),
        ("乾隆年間", "乾隆年间"),
        ("乾淨", "干净"),
        ("２０２５年", "2025年"),
        ("ＡＢＣ", "ABC"),
        ("王\u200b君\u200d正", "王君正"),
        ("\ufeff王君正", "王君正"),
        ("對外開放", "对外开放"),
        ("後來居上", "后来居上"),
        ("и\u0306од", "йод"),
        ("㎞", "km"),
        ("「一帶一路」", "「一带一路」"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert chinese.fold(text).text == folded


def test_offsets_lead_back() -> None:
    text = "見\u200b２０人，王\u200b君正"
    folded = chinese.fold(text)
    at = folded.text.index("王君正")
    assert folded.span(at, at + 3).of(text) == "王\u200b君正"
    assert folded.span(folded.text.index("20"), folded.text.index("20") + 2).of(text) == "２０"
    assert len(folded.offsets) == len(folded.text) + 1


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_every_span_lies_in_the_original(text: str) -> None:
    folded = chinese.fold(text)
    assert len(folded.offsets) == len(folded.text) + 1 == len(folded.ends) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    for at in range(len(folded.text)):
        span = folded.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet="王君正長春市範圍乾隆abc１２ \u200b", max_size=30))
def test_fold_is_idempotent(text: str) -> None:
    once = chinese.fold(text).text
    assert chinese.fold(once).text == once


def test_words_cover_the_text() -> None:
    text = "市委书记王君正强调，要坚持高质量发展。"
    spans = chinese.words(text)
    assert "".join(span.of(text) for span in spans) == text
    assert "高质量" in [span.of(text) for span in spans]


def test_is_han() -> None:
    assert chinese.is_han("王君正")
    assert not chinese.is_han("王君正a")
    assert not chinese.is_han("")
