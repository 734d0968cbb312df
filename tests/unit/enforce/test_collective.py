"""The numeral before a noun without a singular, and before one that has it."""

from __future__ import annotations

import pytest

from pipeline.enforce import collective
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.model import Edit, Form, Term


@pytest.mark.parametrize(
    ("target", "before", "form", "after", "expected"),
    [
        ("В селе открыли двое яслей.", "яслей", "детский сад", "детских садов", "В селе открыли два детских сада."),
        ("В порту сменили двое ворот.", "ворот", "заслонка", "заслонок", "В порту сменили две заслонки."),
        ("Трое саней починили.", "саней", "снегоход", "снегоходов", "Три снегохода починили."),
        ("В селе открыли два детских сада.", "детских сада", "ясли", "яслей", "В селе открыли двое яслей."),
        ("Сменили три водяных щита.", "водяных щита", "шлюзовые ворота", "шлюзовых ворот",
         "Сменили трое шлюзовых ворот."),
        # no nouns without a singular, longer numbers, figures and other cases
        ("В цех пришли двое умельцев.", "умельцев", "мастер", "мастеров", "В цех пришли двое мастеров."),
        ("Открыли двадцать два сада.", "сада", "ясли", "яслей", "Открыли двадцать два яслей."),
        ("Открыли 2 детских сада.", "детских сада", "ясли", "яслей", "Открыли 2 яслей."),
        ("Нет двух детских садов.", "детских садов", "ясли", "яслей", "Нет двух яслей."),
        ("Открыли пять садов.", "садов", "ясли", "яслей", "Открыли пять яслей."),
    ],
)  # fmt: skip
def test_numerals(target: str, before: str, form: str, after: str, expected: str) -> None:
    at = target.index(before)
    edit = Edit(at, at + len(before), before, after, "t", "")
    made = Repair((edit,), before, after, "gen.pl", "")
    term = Term("t", {"ru": (Form(form),)}, "term")
    done = target
    for each in reversed(collective.mended(made, term, Form(form), View(target, "ru")).edits):
        done = done[: each.start] + each.after + done[each.end :]
    assert done == expected
