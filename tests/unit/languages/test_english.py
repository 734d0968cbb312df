from __future__ import annotations

import pytest

from pipeline.languages import english


@pytest.mark.parametrize(
    ("one", "many"),
    [
        *(("city", "cities"), ("boss", "bosses"), ("key", "keys"), ("man", "men"), ("MP", "MPs"), ("Party", "Parties")),
        *(
            ("Minister of Foreign Affairs", "Ministers of Foreign Affairs"),
            ("criterion", "criteria"),
            ("hero", "heroes"),
        ),
        *(("headquarters", "headquarters"), ("secretary-general", "secretaries-general"), ("series", "series")),
    ],
)
def test_plural(one: str, many: str) -> None:
    assert english.plural(one) == many


@pytest.mark.parametrize(
    ("many", "one"),
    [("cities", "city"), ("bosses", "boss"), ("analyses", "analysis"), ("news", "news"), ("progress", "progress")],
)
def test_singular(many: str, one: str) -> None:
    assert english.singular(many) == one
    assert english.lemma(many) == one


PHRASES = """an hour|a university|an SCO member|a BRICS state|a European|an MP|a UN resolution|a one-China policy
an uninformed man|an initiative|an 8|an 11th|an 18th|an 80|a 100|an X-ray|a NATO ally|an umbrella|an honorable guest
a U.S. official"""


@pytest.mark.parametrize("phrase", PHRASES.replace("\n", "|").split("|"))
def test_article(phrase: str) -> None:
    wanted, _, word = phrase.partition(" ")
    assert english.article(word) == wanted


@pytest.mark.parametrize(
    ("form", "base"),
    [
        *(("held", "hold"), ("stressed", "stress"), ("China's", "china"), ("integrated", "integrate"), ("the", "the")),
        *(("developed", "develop"), ("countries", "country"), ("met", "meet"), ("people", "people"), ("led", "lead")),
    ],
)
def test_lemma(form: str, base: str) -> None:
    assert english.lemma(form) == base


def test_title() -> None:
    text = "building a community with a shared future for mankind"
    assert english.title(text) == "Building a Community with a Shared Future for Mankind"
    assert english.title("opening-up of the CPC") == "Opening-Up of the CPC"


def test_words() -> None:
    text = "China's opening-up, 3.5 million (at home)"
    assert [word.of(text) for word in english.words(text)] == ["China's", "opening-up", "3.5", "million", "at", "home"]


@pytest.mark.parametrize(
    ("word", "noun", "made"),
    [
        ("theatrical", "theatre", True),
        ("Mongolian", "Mongolia", True),
        ("ceramic", "ceramics", True),
        ("political", "policy", False),
        ("theatre", "theatres", False),
        ("capital", "capitalism market", False),
    ],
)
def test_adjective_of(word: str, noun: str, made: bool) -> None:
    assert english.adjective_of(word, noun) is made
