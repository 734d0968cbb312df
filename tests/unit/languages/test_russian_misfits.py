"""Word forms that do not fit their place: the network's own numbers, and the rules that name a cause."""

from __future__ import annotations

import pytest

from pipeline.errors import DataError
from pipeline.languages.russian import fitness, misfits, syntax


def _reports(text: str) -> list[tuple[str, str]]:
    try:
        network = fitness.network()
    except DataError:
        pytest.skip("the table of Russian forms is not installed")
    found = []
    for tokens in syntax.sentences(text):
        (chances,) = network.misfit([[token.text for token in tokens]])
        found += [(text[e.start : e.end], e.suggestion) for e in misfits.misfits(tokens, chances.tolist())]
    return found


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Необходимо ускорить развитие сельская экономики провинции.", "сельская", "сельской"),
        ("Необходимо содействовать развитие города.", "развитие", "развитию"),
        ("На совещании обсудили вопросы реализация плана развития уезда.", "реализация", "реализации"),
        ("Стороны договорились углублять сотрудничество в области науки и техника.", "", ""),
    ],
)
def test_wrong_forms(text: str, wrong: str, right: str) -> None:
    found = _reports(text)
    if not wrong:
        assert found == []  # «наука и техника»: no rule names a cause
        return
    assert found == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Необходимо ускорить развитие сельской экономики провинции.",
        "В субботу группа предпринимателей посетила завод.",
        "Город открыл шесть новых заводов и две больницы.",
        "Внутренний и внешний рынки растут быстро.",
        "Передача технологий предприятиям уезда идёт по плану.",
    ],
)
def test_right_forms(text: str) -> None:
    assert _reports(text) == []


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("31", "#1"),
        ("32", "#2"),
        ("35", "#5"),
        ("112", "#5"),
        ("2024", "#year"),
        ("3,5", "#."),
        ("Huawei", "FOREIGN"),
        (",", ","),
    ],
)
def test_reading_class(word: str, told: str) -> None:
    assert fitness.reading_class(word) == told


def test_shapes_and_lexemes() -> None:
    assert [fitness.shape(word) for word in (".", "5", "завод", "Завод", "КНР", "Huawei")] == [0, 1, 2, 3, 4, 5]
    assert fitness.lexeme("заводами") == "завод"
    assert fitness.lexeme("Чжэнцзян") == "?"


def test_one_sentence_alone_and_among_others() -> None:
    try:
        network = fitness.network()
    except DataError:
        pytest.skip("the table of Russian forms is not installed")
    one, two = ["Город", "открыл", "завод", "."], ["Он", "построил", "новая", "школу", "."]
    alone, together = network.misfit([two])[0], network.misfit([one, two])[1]
    assert alone.tolist() == pytest.approx(together.tolist(), abs=1e-5)
    assert alone[2] > 0.5 > alone[0]
