"""Rows of English words without what belongs to other words of the source."""

from __future__ import annotations

import pytest

from pipeline.enforce import english_rows
from pipeline.model import Span


@pytest.mark.parametrize(
    ("source", "term", "marked", "kept"),
    [
        ("Осадка судна при полной загрузке не меньше метра.", "Осадка судна", "The fully [laden settling].", "settling"),
        ("Площадь густозаселенной зоны растет.", "густозаселенной зоны", "The densely [peopled area] grows.",
         "peopled area"),
        ("Осадка судна не меньше метра.", "Осадка судна", "The [laden settling] grows.", "laden settling"),
    ],
)  # fmt: skip
def test_a_participle_goes_with_its_adverb(source: str, term: str, marked: str, kept: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    at = source.index(term)
    made = english_rows.behind_adverb(Span(start, end), source, Span(at, at + len(term)), text)
    assert made.of(text) == kept
