"""What a text must hold for a form of an entry to stand in it: every form of the shipped entries satisfies it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.glossary import forms, store
from pipeline.glossary.fold import fold, key
from pipeline.glossary.stems import needed, prefixes, stem
from pipeline.model import Form

FOLDER = Path(__file__).parents[3] / "glossaries"


def test_every_form_of_the_shipped_entries_has_what_is_needed() -> None:
    terms = tuple(store.load([str(FOLDER)]))[::12]
    assert len(terms) > 300
    for term in terms:
        for form in (*term.forms.get("ru", ()), *term.forbidden.get("ru", ())):
            for surface in forms.surfaces(form.text, form.notes, "ru", term.kind, term.gender):
                assert forms.likely(form, "ru", surface.key), (form, surface.text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("человек первой ответственности", "ответственность несут люди первой ответственности"),
        ("важнейший проект", "Важным проектом стала дорога."),
        ("высочайший уровень", "на высоком уровне"),
        ("Северо-Кавказский федеральный округ", "в Северокавказском федеральном округе"),
        ("3-й пленум", "решения 3-го пленума"),
        ("внедрять", "внедрение; внедрили"),
        ("«Один пояс, один путь»", "в рамках „Одного пояса, одного пути“"),
        ("рынок", "«двух рынков»"),
        ("огонь", "огня"),
    ],
)
def test_other_stems_quotes_and_hyphens_refuse_nothing(form: str, text: str) -> None:
    assert forms.likely(Form(form), "ru", fold(text, "ru").text)


@pytest.mark.parametrize(
    ("form", "notes", "text"),
    [
        ("деловая среда", "", "Улучшать деловой климат."),
        ("городской комитет КПК", "", "городской совет"),
        ("комитет по делам Тайваня", "decl: 1", "комитета по делам Сянгана"),
        ("Сычуань", "", "провинция Шаньси"),
        ("Шэньси", "inv", "провинция Шэньчжэнь"),
    ],
)
def test_a_text_without_its_words_needs_no_paradigm(form: str, notes: str, text: str) -> None:
    assert not forms.likely(Form(form, notes), "ru", fold(text, "ru").text)


def test_forms_told_by_the_notes_are_never_ruled_out() -> None:
    assert needed("ребята", "gen: парней") == ()


def test_beginnings() -> None:
    assert stem("возрождение") == "возро" and stem("день") == "д" and stem("в") == "в"
    assert {"в", "возро", "возрождении"} <= prefixes(key("В возрождении", "ru"))
