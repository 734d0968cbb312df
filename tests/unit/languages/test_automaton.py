"""The quickened dictionary answers as pymorphy3 does by itself."""

from __future__ import annotations

from typing import Any

import pytest

pymorphy3 = pytest.importorskip("pymorphy3")

from pipeline.languages.russian.automaton import Automaton, quicken

WORDS = (
    "ёж", "еж", "всё", "все", "берег", "берёг", "стали", "ещё", "экспортно-импортный", "Чанчунь", "цзиньчжунский",
    "псевдокошка", "байткодами", "бутявкать", "и", "", "-", "12", "ООН", "Wang", "перевыполненными", "нержавеющей",
    "самоё", "по-русски", "что-то", "зелёненькая", "ъъъ",
)  # fmt: skip


def _told(analyzer: Any, word: str) -> list[tuple[Any, ...]]:
    return [
        (one.word, str(one.tag), one.normal_form, one.score, [(type(m[0]).__name__, *m[1:]) for m in one.methods_stack])
        for one in analyzer.parse(word)
    ]


def test_readings_are_those_of_the_library() -> None:
    plain, quick = pymorphy3.MorphAnalyzer(lang="ru"), quicken(pymorphy3.MorphAnalyzer(lang="ru"))
    if type(plain.dictionary.words.dct).__module__ == "dawg_python.wrapper":
        assert isinstance(quick.dictionary.words.dct, Automaton)
    for word in WORDS:
        assert _told(quick, word) == _told(plain, word), word
        assert quick.word_is_known(word) == plain.word_is_known(word), word
        assert [str(tag) for tag in quick.tag(word)] == [str(tag) for tag in plain.tag(word)], word


def test_forms_are_those_of_the_library() -> None:
    plain, quick = pymorphy3.MorphAnalyzer(lang="ru"), quicken(pymorphy3.MorphAnalyzer(lang="ru"))
    for word in ("сотрудничество", "байткод", "учиться"):
        one, other = plain.parse(word)[0], quick.parse(word)[0]
        assert [form.word for form in other.lexeme] == [form.word for form in one.lexeme]
