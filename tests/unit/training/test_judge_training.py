"""The judge of Russian forms: what it is shown, that it learns, and that it is stored and read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from pipeline.enforce import judged, signs
from pipeline.glossary import Glossary
from pipeline.model import Form, Term
from pipeline.training import judge as training

FUND = Term("f", {"zh": (Form("基金"),), "ru": (Form("фонд помощи"),), "en": (Form("aid fund"),)}, "body")


def test_a_sound_row_gives_itself_and_two_spoilt_ones() -> None:
    rows = [{"zh": "道路由基金建设。", "ru": "Дорогу построил прежний глава фонда помощи.", "en": ""}]
    found = list(training.examples(rows, "zh", Glossary((FUND,)), 1))
    assert [each.kind for each in found] == ["sound", "plain", "other"]
    for each in found:
        assert each.choices[each.right].form == "фонда помощи"
    here = [next(choice.form for choice in each.choices if choice.here) for each in found]
    assert here[:2] == ["фонда помощи", "фонд помощи"]
    assert here[2] not in here[:2]


def test_a_term_that_stands_twice_is_no_example() -> None:
    rows = [{"zh": "基金支持基金。", "ru": "Фонд помощи поддержал фонд помощи.", "en": ""}]
    assert not list(training.examples(rows, "zh", Glossary((FUND,)), 1))


def _choice(form: str, *, here: bool, due: bool) -> signs.Choice:
    return signs.Choice(form, ("gen",), here, {"here": float(here), "told": -0.1 if due else -4.0}, "")


def test_it_learns_stores_and_reads_back(tmp_path: Path) -> None:
    right = (_choice("один", here=True, due=True), _choice("другой", here=False, due=False))
    wrong = (_choice("один", here=True, due=False), _choice("другой", here=False, due=True))
    seen = [training.Example("sound", right, 0), training.Example("plain", wrong, 1)] * 1500
    made = training.fit(seen)
    training.save(made, tmp_path / "judge.npz")
    again = judged.read(tmp_path / "judge.npz")
    assert again.numbers == made.numbers
    for choices, due in ((right, 0), (wrong, 1)):
        chances = again.chances(choices)
        assert int(np.argmax(chances)) == due
        assert chances[due] > 0.7
        assert chances == pytest.approx(made.chances(choices), abs=0.01)
    told = training.report(again, seen, 2, 0.5)
    assert "sound changed 0.00%" in told
    assert "plain 100.0%" in told
