"""Forms of single words that go wrong easily: surnames like adjectives, superlatives, prepositions."""

from __future__ import annotations

import pytest

from pipeline.languages.russian.attributes import put
from pipeline.languages.russian.names import decline
from pipeline.languages.russian.reagreement import preposition
from pipeline.languages.russian.syntax import parse
from pipeline.languages.russian.word_order import predicates_behind


@pytest.mark.parametrize(
    ("name", "gender", "case", "form"),
    [
        ("Вероника Лозовая", "f", "acc", "Веронику Лозовую"),
        ("Пётр Береговой", "m", "gen", "Петра Берегового"),
        ("Виктор Цой", "m", "gen", "Виктора Цоя"),
        ("Хироси Ямагая", "m", "ins", "Хироси Ямагаей"),
    ],
)
def test_surname(name: str, gender: str, case: str, form: str) -> None:
    assert decline(name, gender).cells[case] == form


def test_superlative_stays() -> None:
    assert put("старейшей", "prp", "sg", "m", False) == "старейшем"
    assert put("высшей", "gen", "sg", "m", False) == "высшего"
    assert put("старой", "prp", "sg", "m", False) == "старом"


@pytest.mark.parametrize(
    ("word", "following", "form"),
    [
        ("в", "многополярном", "в"),
        ("в", "многом", "во"),
        ("с", "мнением", "с"),
        ("с", "мной", "со"),
        ("в", "Львове", "во"),
    ],
)
def test_preposition(word: str, following: str, form: str) -> None:
    assert preposition(word, following) == form


@pytest.mark.parametrize(
    ("text", "noun", "said"),
    [
        ("Поисковая помощь городского архива оцифрована и открыта для всех.", "помощь", ["оцифрована", "открыта"]),
        ("Вчера кабинет открыл губернатор.", "кабинет", []),
        ("В отчёт комиссия внесла поправки.", "отчёт", []),
        ("Комиссия отчёт приняла.", "отчёт", []),
        ("Мост, построенный в прошлом году, открыт для движения.", "Мост", ["открыт"]),
    ],
)
def test_predicates_behind(text: str, noun: str, said: list[str]) -> None:
    sentence = parse(text)[0]
    at = next(n for n, token in enumerate(sentence.tokens) if token.text == noun)
    assert [sentence.tokens[n].text for n in predicates_behind(sentence, at, at, at)] == said
