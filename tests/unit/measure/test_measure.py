"""The measures count what they say."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.model import Form, Term
from tests.measure import rows, terms, weak


def test_marks_are_read_as_errors_in_the_plain_text() -> None:
    text, errors = weak.parsed("Завод ⟦M:открыт⟧ ⟦m:вчерась⟧.")
    assert text == "Завод открыт вчерась."
    assert [(text[first:last], grade) for first, last, grade in errors] == [("открыт", "M"), ("вчерась", "m")]


def test_written_cases_are_exact_flagged_or_left_alone() -> None:
    case = {"id": "a", "from": "zh", "to": "ru", "kind": "place", "zh": "长春", "ru": "Чанчунь", "en": "Changchun"}
    wrong = {"source": "会议在长春举行。", "target": "Встреча прошла в Чанчунь.", "expect": "Встреча прошла в Чанчуне."}
    right = {**wrong, "target": wrong["expect"]}
    line = terms.written([{**case, **wrong}, {**case, **right}])
    assert line == "zh-ru 1.00; exact 1, flagged 0, silent 0 of 1; needs nothing: 1 of 1 untouched"


def test_a_form_is_replaced_by_another_of_its_number() -> None:
    term = Term("t", {"zh": (Form("大坝"),), "ru": (Form("плотина"),), "en": (Form("dam"),)}, "term")
    pair = rows.Pair("工程师检查大坝。", "Инженеры осмотрели плотину.")
    assert terms.spoilt(term, pair, random.Random(1), every=False) == (term, "Инженеры осмотрели плотина.")
    made = {(terms.spoilt(term, pair, random.Random(n), every=True) or (term, ""))[1] for n in range(20)}
    assert made == {f"Инженеры осмотрели {form}." for form in ("плотина", "плотины", "плотине", "плотиной")}
    assert terms.spoilt(term, rows.Pair("", "Плотина и плотина"), random.Random(1), every=False) is None


def test_missing_data_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PALLADIUS_DATA", str(tmp_path))
    with pytest.raises(SystemExit, match=r"ntrex128.*is missing: set PALLADIUS_DATA"):
        rows.sound("ntrex", "zh", "ru")


def test_sound_rows_of_the_genre_hold_terms() -> None:
    pairs = rows.sound("genre", "zh", "ru")[:40]
    found = list(rows.with_terms(pairs, "zh", "ru"))
    assert len(found) > 20
    assert all(any(form.text in pair.source for form in term.forms["zh"]) for pair, row in found for term in row)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\tsource\n1\tа\n", r"broken\.tsv:1: has no column good, weak"),
        ("id\tsource\tgood\tweak\n1\tа\tб\tв\n2\tа\tб\n", r"broken\.tsv:3: has more or fewer cells"),
        ("", r"broken\.tsv:1: holds no rows"),
    ],
)
def test_a_broken_table_is_one_clear_error(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "broken.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(SystemExit, match=message):
        rows.table(path, weak.COLUMNS)
