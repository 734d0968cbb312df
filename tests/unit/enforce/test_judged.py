"""Which form of a term its place asks for, by all signs together."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.enforce import judged, signs
from pipeline.enforce.view import View
from pipeline.errors import DataError
from pipeline.glossary import forms
from pipeline.glossary.fold import fold
from pipeline.model import Form, Kind, Term


def _choices(text: str, ru: str, kind: Kind = "term", **options: bool) -> tuple[signs.Choice, ...] | None:
    term = Term("one", {"zh": (Form("甲乙"),), "ru": (Form(ru),)}, kind)
    (found,) = forms.find(term, "ru", fold(text, "ru"), text)
    return signs.choices(term, found, View(text, "ru"), **options)


@pytest.mark.parametrize(
    ("text", "ru", "kind", "due"),
    [
        ("Министр вручил награду музею ремесел.", "музей ремесел", "body", "музею ремесел"),
        ("Соглашение обсуждалось во вторник в Народную палату.", "Народная палата", "body", "Народной палате"),
        ("Доклад подготовлен совет ветеранов.", "совет ветеранов", "body", "советом ветеранов"),
        ("Завод освобожден от уплаты налогу на добычу.", "налог на добычу", "term", "налога на добычу"),
        ("Озеро питает канал Дружбы.", "канал Дружбы", "place", "канал Дружбы"),
    ],
)
def test_the_form_due_is_the_likeliest(text: str, ru: str, kind: Kind, due: str) -> None:
    found = _choices(text, ru, kind, every=True)
    assert found
    chances = judged.judge().chances(found)
    assert chances.sum() == pytest.approx(1, abs=1e-4)
    assert found[int(chances.argmax())].form == due
    assert sum(choice.here for choice in found) == 1


def test_what_is_likely_enough_is_not_weighed() -> None:
    assert _choices("В музее ремесел открылась выставка.", "музей ремесел", "body") == ()
    assert _choices("Совет ветеранов", "совет ветеранов", "body") == ()


def test_of_numbers_and_names_that_go_on_nothing_can_be_weighed() -> None:
    assert _choices("Построены три котельных.", "котельная") is None
    assert _choices("Он побывал в Сочи.", "Сочи", "place") is None


def test_a_plural_stays_a_plural() -> None:
    found = _choices("Он гордился лучшие волонтеры района.", "лучший волонтер", every=True)
    assert found
    assert all(cell.endswith(".pl") for choice in found for cell in choice.cells)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "judge.npz"
    broken.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(DataError, match=r"judge of Russian forms is missing or damaged") as caught:
        judged.read(broken)
    assert str(broken) in str(caught.value)
