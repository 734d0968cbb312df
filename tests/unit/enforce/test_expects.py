"""What the sentence expects of a term, and that odd places break nothing."""

from __future__ import annotations

import pytest

from pipeline.enforce import Enforcer, expects
from pipeline.enforce.view import View
from pipeline.glossary import Glossary, forms
from pipeline.model import Form, Span, Term

QUOTA = forms.russian(Form("квота на вылов"), "term")


def _chances(text: str, words: str) -> dict[str, float]:
    at = text.index(words)
    return dict(expects.chances(Span(at, at + len(words)), QUOTA, "term", View(text, "ru")))


def test_the_chances_of_all_cells_sum_to_one_and_know_the_case() -> None:
    found = _chances("Комиссия обсудила распределение квота на вылов.", "квота на вылов")
    assert sum(found.values()) == pytest.approx(1, abs=0.01)
    assert expects.best(found, QUOTA, ("nom",))[0] == "gen"
    assert expects.share(found, ("gen",)) > 0.9
    assert expects.share(found, ("nom", "acc")) < 0.05


def test_other_words_have_no_chances() -> None:
    assert _chances("Комиссия обсудила правила вылова рыбы.", "правила") == {}


def test_an_adjective_without_a_plural_reading_breaks_nothing() -> None:
    term = Term("c", {"en": (Form("complaint"),), "ru": (Form("жалоба"),)})
    enforcer = Enforcer(Glossary((term,)), "en", "ru")
    done = enforcer.enforce("Noise remains the focus of complaints.", "Больше всего жалобам — на шум на улицах.")
    assert done.target.startswith("Больше всего жалоб")
