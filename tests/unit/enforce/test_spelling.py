"""ё in repairs: as the document writes it, and the official form as its glossary does."""

from __future__ import annotations

import pytest

from pipeline.enforce import Enforcer, spelling
from pipeline.glossary import Glossary
from pipeline.model import Form, Term

HOSPITAL = Term("hospital", {"ru": (Form("полевой госпиталь"),), "en": (Form("field hospital"),)}, "term")
SOURCE = "In 1943 the field hospital was moved to a school."
WRONG = Term("hospital", HOSPITAL.forms, "term", forbidden={"ru": (Form("полевая больница"),)})


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Он ещё не пришёл.",), True),
        (("Он еще не пришел.",), False),
        (("Отчёт готов.", "Он еще не пришел в отчетный период."), False),
        (("Всё готово.", "Объём вырос.", "Он идет."), True),
        (("Дом стоит.",), False),
        ((), False),
    ],
)
def test_what_a_document_writes(texts: tuple[str, ...], expected: bool) -> None:
    assert spelling.writes_yo(texts) is expected


@pytest.mark.parametrize(
    ("target", "yo", "expected"),
    [
        ("В 1943 году полевая больница была переведена в школу.", False, "переведен "),
        ("В 1943 году полевая больница была переведена в школу.", True, "переведён "),
        ("В 1943 году, ещё в мае, полевая больница была переведена в школу.", False, "переведён "),
    ],
)
def test_what_agrees_with_a_term_is_written_as_the_text_is(target: str, yo: bool, expected: str) -> None:
    enforcer = Enforcer(Glossary((WRONG,)), "en", "ru")
    done = enforcer.enforce(SOURCE, target, yo=yo)
    assert f"полевой госпиталь был {expected}" in done.target
    assert all(target[edit.start : edit.end] == edit.before for edit in done.edits)
    assert enforcer.enforce(SOURCE, done.target, yo=yo).target == done.target


def test_the_official_form_stays_as_it_is_spelt() -> None:
    term = Term(
        "rate",
        {"ru": (Form("учетная ставка"),), "en": (Form("discount rate"),)},
        "term",
        forbidden={"ru": (Form("дисконтный тариф"),)},
    )
    done = Enforcer(Glossary((term,)), "en", "ru").enforce(
        "The discount rate grew.", "Дисконтный тариф вырос.", yo=True
    )
    assert done.target == "Учетная ставка выросла."


def test_words_of_two_readings_stay() -> None:
    assert spelling._restored("все") == "все"
    assert spelling._restored("Прошел") == "Прошёл"
    assert spelling._restored("СЧЕТ") == "СЧЁТ"
