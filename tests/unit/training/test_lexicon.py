"""The bundled word tables and the code that makes them."""

from __future__ import annotations

import pytest

from pipeline.errors import DataError
from pipeline.languages import lexicon


@pytest.mark.parametrize(
    ("pair", "source", "target"),
    [
        ("zh-ru", "城市", "города"),
        ("ru-zh", "экономике", "经济"),
        ("zh-en", "改革", "reform"),
        ("en-zh", "Government", "政府"),
        ("en-ru", "development", "развитию"),
        ("ru-en", "министра", "minister"),
    ],
)
def test_common_words_are_translated(pair: str, source: str, target: str) -> None:
    table = lexicon.load(pair)
    assert table.prob(source, target) > 0.2
    best = table.best(source, 3)
    assert len(best) <= 3
    assert best == sorted(best, key=lambda item: -item[1])
    assert lexicon.key(target, pair[3:]) in {word for word, _ in best}


def test_probabilities_are_probabilities() -> None:
    table = lexicon.load("zh-ru")
    for word in ("经济", "会议", "发展", "国家"):
        values = [value for _, value in table.best(word, 10)]
        assert all(0 < value <= 1 for value in values)
        assert sum(values) <= 1.02


def test_unknown_words_have_no_translation() -> None:
    table = lexicon.load("zh-ru")
    assert "魑魅魍魉甲乙" not in table
    assert table.prob("魑魅魍魉甲乙", "город") == 0.0
    assert table.best("魑魅魍魉甲乙") == []


def test_unknown_pair_is_a_clear_error() -> None:
    with pytest.raises(DataError, match="zh-de"):
        lexicon.load("zh-de")


def test_tables_of_a_toy_corpus() -> None:
    pytest.importorskip("scipy")
    import itertools

    from pipeline.training import lexicon as making

    words = [("красный", "red"), ("дом", "house"), ("большой", "big"), ("лес", "forest")]
    rows = [([a[0] for a in pair], [a[1] for a in pair]) for pair in itertools.permutations(words, 2) for _ in range(4)]
    arrays = making.build(rows)
    left = bytes(arrays["left"]).decode().split("\n")
    right = bytes(arrays["right"]).decode().split("\n")
    for russian, english in words:
        row = left.index(russian)
        first = arrays["forward_ids"][arrays["forward_starts"][row]]
        assert right[first] == english
