"""Rows of English words without what belongs to other words of the source."""

from __future__ import annotations

import re

import pytest

from pipeline.enforce import english_rows
from pipeline.enforce.heard import Word
from pipeline.enforce.view import View
from pipeline.model import Form, Span


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


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The theatre's [fakers made] a hundred toys.", "fakers"),
        ("The plant's [burners checked] the seams.", "burners"),
        ("The [gutter oil bound] for restaurants was seized.", "gutter oil"),
        ("The firm grants [leave paid] each year.", "leave paid"),
    ],
)
def test_a_verb_with_its_object_is_no_part_of_a_term(text: str, kept: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    row = [
        Word(word.group(), word.start(), word.end(), 0.9, False, False, False, False, True, ())
        for word in re.finditer(r"\w+", plain)
        if start <= word.start() < end
    ]
    made = english_rows.without_tail(row, [Form("prop maker")], View(plain, "en"))
    assert " ".join(word.text for word in made) == kept
