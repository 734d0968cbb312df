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
    tables = making.estimate(rows)
    arrays = making.pack(tables)
    left = bytes(arrays["left"]).decode().split("\n")
    right = bytes(arrays["right"]).decode().split("\n")
    for russian, english in words:
        row = left.index(russian)
        first = arrays["forward_ids"][arrays["forward_starts"][row]]
        assert right[first] == english


def test_a_bridge_brings_words_of_the_shared_language() -> None:
    pytest.importorskip("scipy")
    from scipy import sparse

    from pipeline.training import lexicon as making

    def tables(left: list[str], right: list[str], links: list[tuple[int, int]]) -> making.Tables:
        table = sparse.lil_matrix((len(left), len(right)))
        for a, b in links:
            table[a, b] = 1.0
        return making.Tables((left, right), table.tocsr(), table.T.tocsr())

    direct = tables(["", "山", "河"], ["", "гора", "река"], [(1, 1)])
    first = tables(["", "河", "山"], ["", "river", "hill"], [(1, 1), (2, 2)])
    second = tables(["", "hill", "river"], ["", "река", "холм"], [(2, 1), (1, 2)])
    made = making.bridge(direct, first, second)
    assert made.forward[2, 2] == pytest.approx(1.0)  # 河 - река, known only through river
    assert made.forward[1, 1] == pytest.approx(1.0)  # 山 - гора, known only directly
    assert made.backward[2, 2] == pytest.approx(1.0)
