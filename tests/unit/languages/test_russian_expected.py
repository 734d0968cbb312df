"""What a place in a sentence expects of a word whose ending is not seen."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.languages.russian import expected, masks, syntax


def _chances(text: str, word: str) -> dict[str, float]:
    words = [token.text for token in syntax.sentences(text)[0]]
    at = words.index(word)
    found = expected.network().chances(words, {at: masks.nature(word)}, at)
    return dict(zip((*masks.CELLS, *masks.ACCORD), found.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "word", "cell"),
    [
        ("Министр обсудил с губернатором строительство моста через реку.", "мост", "gen"),
        ("Делегация ознакомилась с работой порта.", "работа", "ins"),
        ("Мост через реку связал посёлок с вокзалом.", "вокзал", "ins"),
        ("Компания построила в городе новый завод.", "завод", "acc"),
        ("На совещании говорили о развитии транспорта.", "развитие", "prp"),
        ("В городе открылась новая школа.", "школа", "nom"),
    ],
)
def test_the_case_is_read_from_the_sentence_whatever_form_stands_there(text: str, word: str, cell: str) -> None:
    stood = next(t for t in text.strip(".").split() if masks.nature(t).lexeme == masks.nature(word).lexeme)
    for form in (stood, word):
        chances = _chances(text.replace(stood, form), form)
        of_cases = {name: chances[name] for name in masks.CELLS}
        assert max(of_cases, key=of_cases.__getitem__) == cell


def test_cells_sum_to_one_and_so_does_the_accord() -> None:
    chances = _chances("Делегация посетила завод.", "посетила")
    assert sum(chances[name] for name in masks.CELLS) == pytest.approx(1, abs=1e-4)
    assert sum(chances[name] for name in masks.ACCORD) == pytest.approx(1, abs=1e-4)
    assert chances["f"] > 0.9


def test_the_ending_of_a_masked_word_is_not_seen() -> None:
    one = _chances("Город гордится парк.", "парк")
    other = _chances("Город гордится парком.", "парком")
    assert one == pytest.approx(other)


def test_a_long_sentence_is_cut_around_the_word() -> None:
    words = ["и", "город"] * 300
    found = expected.network().chances(words, {301: masks.nature("город")}, 301)
    assert found.shape == (16,)
    assert np.isfinite(found).all()


def test_groups_hold_the_adjectives_that_agree() -> None:
    words = ["строят", "новые", "широкие", "дороги", "и", "старую", "мосты"]
    found = masks.groups(words)
    assert [(words[g.head], [words[at] for at in g.modifiers]) for g in found] == [
        ("дороги", ["новые", "широкие"]),
        ("мосты", []),
    ]


@pytest.mark.parametrize(
    ("word", "agrees"),
    [("построил", 1), ("построила", 2), ("построило", 4), ("построили", 8), ("строит", 7), ("строят", 8), ("строю", 0),
     ("город", 0), ("построены", 8)],
)  # fmt: skip
def test_accord_tells_gender_and_number(word: str, agrees: int) -> None:
    assert masks.accord(word) == agrees
