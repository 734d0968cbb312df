"""A term the engine left out, asked for once more: it stands, the rest is a sentence, and only what helps is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline import settings
from pipeline.asking import Asking, silent
from pipeline.enforce import Enforcer
from pipeline.engines._insist import _ends, _places
from pipeline.engines.base import Ability, Engine, Request, Translation, granted, make
from pipeline.engines.compact import FOLDER
from pipeline.model import Form, Lang, Span, Term, Wish

bundled = pytest.mark.skipif(not (FOLDER / "model.bin").is_file(), reason="no bundled model: make model builds it")

CASES = [
    ("en", "ru", "The council adopted a plan on water management.", "council", ("курия", "курии", "курию", "курией")),
    ("zh", "ru", "市长会见了俄罗斯代表团。", "代表团", ("посольство", "посольства", "посольством", "посольству")),
    ("zh", "en", "会议在北京举行。", "会议", ("conclave",)),
    ("ru", "zh", "Мэр встретился с делегацией.", "делегацией", ("使团",)),
    ("ru", "en", "Совещание прошло в Пекине.", "Совещание", ("conclave",)),
    ("en", "zh", "The mayor met the delegation.", "delegation", ("使团",)),
]


@bundled
@pytest.mark.parametrize(("source", "target", "text", "term", "forms"), CASES, ids=lambda value: str(value)[:12])
def test_the_form_stands_and_the_links_lie_in_the_texts(
    source: Lang, target: Lang, text: str, term: str, forms: tuple[str, ...]
) -> None:
    engine = make("compact", {"threads": 1})
    at = text.index(term)
    wish = Wish(Span(at, at + len(term)), forms[0], forms)
    plain = engine.translate([Request(text)], source, target)[0]
    request = Request(text, (wish,))
    assert granted(request, plain.text) == [False]
    made = engine.insist(request, plain, [wish], source, target)
    assert made is not None and granted(request, made.text) == [True]
    assert made.score is not None and made.score < 0
    assert made == engine.insist(request, plain, [wish], source, target)
    for left, right, weight in made.links:
        assert 0 <= left.start < left.end <= len(text)
        assert 0 <= right.start < right.end <= len(made.text)
        assert 0 < weight <= 1.0001


@bundled
def test_a_term_granted_before_is_not_lost() -> None:
    engine = make("compact", {"threads": 1})
    text = "The council adopted a plan on water management."
    first, second = Wish(Span(4, 11), "совет", ("совет",)), Wish(Span(22, 26), "прожект", ("прожект", "прожекта"))
    request = Request(text, (first, second))
    plain = Translation("Совет принял план управления водой.")
    made = engine.insist(request, plain, [second], "en", "ru")
    assert made is not None and granted(request, made.text) == [True, True]


@bundled
@pytest.mark.parametrize("answer", [Translation(""), Translation("Да", notes=("split into 2 parts: too long",))])
def test_nothing_is_made_of_an_empty_answer_or_of_parts(answer: Translation) -> None:
    wish = Wish(Span(0, 3), "да", ("да",))
    assert make("compact").insist(Request("Yes", (wish,)), answer, [wish], "en", "ru") is None


def test_places_lie_next_to_the_words_that_stand_for_the_term() -> None:
    text = "а б в г д е ж з и к л м н о п р с т."
    near = _places(text, [Span(8, 9)], True)
    assert 8 in near and len(near) == 6 and max(near) < 18
    assert len(_places(text, (), True)) <= 16
    assert len(text) - 1 in _places("а.", (), True) or _places("а.", (), True) == [0, 1]


def test_the_rest_goes_on_at_words_and_never_behind_the_sixth() -> None:
    text = "один два три четыре пять шесть семь."
    assert _ends(text, 5, True) == [5, 8, 12, 19, 24, 30]
    assert _ends("一二三。", 1, False) == [1, 2, 3, 4]


TERM = Term(
    id="t-1",
    kind="term",
    forms={"en": (Form("harvest"),), "ru": (Form("урожай"),)},
)


class Answers(Engine):
    """An engine that gives one text, and another when it is asked again."""

    def __init__(self, first: str, second: str | None) -> None:
        self.first, self.second, self.asked = first, second, 0

    def ability(self) -> Ability:
        return Ability(terms=True)

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        return [Translation(self.first) for _ in requests]

    def insist(
        self, request: Request, answer: Translation, wishes: Sequence[Wish], source: Lang, target: Lang
    ) -> Translation | None:
        self.asked += 1
        return None if self.second is None else replace(answer, text=self.second)


@pytest.mark.parametrize(
    ("first", "second", "asked", "taken"),
    [
        ("Сегодня прошел дождь.", "Сегодня убран урожай.", 1, "Сегодня убран урожай."),
        ("Сегодня прошел дождь.", "Сегодня прошел снег.", 1, "Сегодня прошел дождь."),
        ("Сегодня прошел дождь.", None, 1, "Сегодня прошел дождь."),
        ("Урожай убран.", "Урожай, урожай!", 0, "Урожай убран."),
    ],
)
def test_only_an_answer_with_fewer_missing_terms_is_taken(
    first: str, second: str | None, asked: int, taken: str
) -> None:
    engine = Answers(first, second)
    asking = Asking(engine, Enforcer((TERM,), "en", "ru"), settings.load("news", []), "en", "ru")
    request = asking.request("The harvest is in today.")
    assert [answer.text for answer in asking.answers([request], silent)] == [taken]
    assert engine.asked == asked
