"""Adjectives and inhabitants of places, and words that only look like them."""

from __future__ import annotations

import pytest

from pipeline.languages.demonyms import belongs
from pipeline.model import Lang


@pytest.mark.parametrize(
    ("lang", "place", "words"),
    [
        ("ru", "Шанхай", "шанхайского шанхайцы"),
        ("ru", "Чанчунь", "чанчуньские чанчуньцами"),
        ("ru", "Россия", "российские россиянам русских"),
        ("ru", "Китай", "китайской китайцев"),
        ("ru", "Франция", "французской французы"),
        ("ru", "Гуанчжоу", "гуанчжоуский"),
        ("ru", "Турция", "турецкие турки"),
        ("en", "China", "Chinese"),
        ("en", "Beijing", "Beijingers"),
        ("en", "Sichuan", "Sichuanese"),
        ("en", "Mongolia", "Mongolian Mongolians"),
        ("en", "United States", "American Americans"),
    ],
)
def test_made_from_the_name(lang: Lang, place: str, words: str) -> None:
    assert [word for word in words.split() if not belongs(word, place, lang)] == []


@pytest.mark.parametrize(
    ("lang", "place", "words"),
    [
        ("ru", "Чанчунь", "Чанчуня Чанчуне чанчунем"),
        ("ru", "Пекин", "Пекина пекине"),
        ("ru", "Индия", "Индиана"),
        ("ru", "Шэньси", "шаньсийский"),
        ("en", "Fuyang", "Fuyan"),
        ("en", "China", "China Chinatown"),
        ("en", "Oman", "Romanian"),
        ("en", "Shaanxi", "Shanxi"),
    ],
)
def test_other_words(lang: Lang, place: str, words: str) -> None:
    assert [word for word in words.split() if belongs(word, place, lang)] == []
