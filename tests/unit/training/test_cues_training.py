"""The table of cues: what is counted, learned and stored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.enforce import cues
from pipeline.glossary import Glossary
from pipeline.model import Form, Term

pytest.importorskip("sklearn")
training = pytest.importorskip("pipeline.training.cues")


def _term(name: str, zh: str, ru: str, en: str) -> Term:
    return Term(name, {"zh": (Form(zh),), "ru": (Form(ru),), "en": (Form(en),)}, "term")


def test_a_term_that_stands_once_on_both_sides_is_an_example() -> None:
    known = Glossary((_term("f", "基金", "фонд", "fund"), _term("r", "道路", "дорога", "road")))
    rows = [
        {"zh": "道路由基金建设。", "ru": "Дорога строится фондом.", "en": "The road is built by the fund."},
        {"zh": "基金支持基金。", "ru": "Фонд поддерживает фонд.", "en": "The fund supports the fund."},
    ]
    found = [(lang, cases) for lang, signs, cases in training.seen(rows, known)]
    assert sorted(found) == [("en", ("ins",)), ("en", ("nom",)), ("zh", ("ins",)), ("zh", ("nom",))]


def test_what_is_learned_is_what_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = ("nom", "gen", "dat", "acc", "ins", "prp")
    examples = [(cues.features(f"{case} the ", " is", "en"), (case,)) for case in cases for _ in range(40)]
    signs, weights, usual = training.fit(examples)
    assert "b=ins" in signs
    assert usual == pytest.approx(np.full(6, 1 / 6))
    training.save({"en": (signs, weights, usual)}, tmp_path / "cues.npz")

    class Here:
        def __enter__(self) -> Path:
            return tmp_path / "cues.npz"

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(cues, "bundled", lambda name: Here())
    table = cues.table.__wrapped__("en")
    found = table.factors("ins the ", " is", "en")
    assert max(found, key=found.__getitem__) == "ins"
    assert found["ins"] > 3


def test_a_form_of_two_cases_counts_for_both_in_part() -> None:
    signs = cues.features("in the ", "", "en")
    examples = [(signs, ("nom", "acc"))] * 30 + [(signs, (case,)) for case in ("gen", "dat", "ins", "prp")] * 15
    _, _, usual = training.fit(examples)
    assert usual == pytest.approx(np.array([15, 15, 15, 15, 15, 15]) / 90)
