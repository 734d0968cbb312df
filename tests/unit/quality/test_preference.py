"""The preference between renderings of one sentence, and the order within a source that measures it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.quality import estimator, features, preference
from pipeline.training.estimator import measure, preferred, rows
from pipeline.training.estimator.data import Example


def example(source: str, target: str, z: float, system: str = "compact 0") -> Example:
    return Example("rendered zh-ru", ("zh", "ru"), source, target, 50.0, math.nan, source, z, system=system)


def test_pairs_are_of_one_sentence_and_differ_clearly() -> None:
    made = preferred.pairs([
        example("一", "лучше", 0.5), example("一", "хуже", -0.6), example("一", "почти так же", 0.4),
        example("二", "другое", -2.0), example("三", "человек", 1.2, "reference"), example("三", "машина", 0.0),
    ])  # fmt: skip
    assert [(better, worse) for better, worse, _ in made] == [(0, 1), (2, 1), (4, 5)]
    assert made[0][2] == pytest.approx(1.1 * preferred.KINDS["machines"])
    assert made[2][2] == pytest.approx(1.2 * preferred.KINDS["person"])


def test_what_tells_renderings_apart_is_learned_and_no_flag_speaks_for_one() -> None:
    pytest.importorskip("scipy", reason="the fit needs the extra train")
    chooser = np.random.default_rng(1)
    count = 300
    examples, table = [], chooser.normal(size=(2 * count, len(preference.COLUMNS)))
    place = {name: preference.COLUMNS.index(name) for name in ("kept_rare", "flags_accuracy", "source_lm", "wording")}
    for n in range(2 * count):
        good = n % 2 == 0
        examples.append(example(f"句{n // 2}", "да", 1.0 if good else -1.0))
        table[n, place["kept_rare"]] -= 2.0 if good else 0.0
        table[n, place["flags_accuracy"]] += 2.0 if good else 0.0  # as if flags were a merit
        table[n, place["source_lm"]] += 2.0 if good else 0.0
        table[n, place["wording"]] -= 2.0 if good else 0.0  # as if people wrote worse
    learned = preferred.learn(examples, table)
    slopes = learned[2:]
    assert learned.shape == (2 + len(preference.BENDS) - 1, len(preference.COLUMNS))
    assert (slopes[1:-1, place["kept_rare"]] < -0.1).all()
    assert not slopes[:, [place["flags_accuracy"], place["source_lm"], place["wording"]]].any()
    sums = preference.parts(table, learned).sum(1)
    assert (sums[::2] > sums[1::2]).mean() > 0.8


def test_a_bend_is_learned_where_more_is_no_better() -> None:
    pytest.importorskip("scipy", reason="the fit needs the extra train")
    chooser = np.random.default_rng(2)
    examples, table = [], np.zeros((800, len(preference.COLUMNS)))
    place = preference.COLUMNS.index("kept_mean")
    for n in range(0, 800, 2):
        table[n : n + 2, place] = chooser.normal(size=2)
        merit = np.minimum(table[n : n + 2, place], 0.0)  # up to the mean it helps, beyond it does not
        examples += [example(f"句{n}", "да", merit[0]), example(f"句{n}", "нет", merit[1])]
    slopes = preferred.learn(examples, table)[2:, place]
    assert slopes[:3].min() > 1.3 * slopes[4:].max()


def test_unknown_features_count_for_nothing_and_extremes_for_no_more_than_the_last_bend() -> None:
    slopes = np.tile([[0.5, -1.0]], (len(preference.BENDS) - 1, 1))
    learned = np.vstack([[[1.0, 0.0], [2.0, 1.0]], slopes])
    made = preference.parts(np.array([[np.nan, 0.5], [1e9, -1e9]]), learned)
    assert np.allclose(made, [[0.0, -0.5], [0.5 * 3, 3.0]])


def test_the_shipped_preference_keeps_to_the_rules() -> None:
    slopes = dict(zip(preference.COLUMNS, estimator.bundled().preferences["zh-ru"][2:].T, strict=True))
    assert all((slopes[name] <= 0).all() for name in features.FLAGS)
    assert (slopes["wording"] >= 0).all() and (slopes[preference.JUDGED] >= 0).all()
    assert not any(value.any() for name, value in slopes.items() if name.startswith(("source_", "from_", "to_")))


def table(*found: tuple[str, float]) -> rows.Table:
    examples = [example(source, "x", z) for source, z in found]
    z = np.array([z for _, z in found])
    return rows.Table(examples, np.zeros((len(found), 1)), z, z, np.ones(len(found)))


def test_order_within_a_source() -> None:
    held = table(("一", 1.0), ("一", 0.0), ("二", -1.0), ("二", -2.0))
    assert measure.grouped(np.array([0.1, 0.0, 5.0, 4.0]), held) == 1.0, "sources are not compared"
    assert measure.grouped(np.array([0.0, 0.1, 4.0, 5.0]), held) == 0.0
    tied = table(("一", 1.0), ("一", 1.0), ("二", 1.0), ("二", 0.0))
    assert measure.grouped(np.array([0.0, 0.1, 5.0, 4.0]), tied) == 1.0, "the smaller gap is called a tie"
    assert math.isnan(measure.grouped(np.array([1.0, 2.0]), table(("一", 1.0), ("二", 0.0))))


def test_renderings_are_graded_below_the_human_translation() -> None:
    outputs = {"compact 0": "Он читает книгу.", "compact 1": "Книг стол ужин"}
    made = list(preferred.graded("rendered zh-ru", ("zh", "ru"), "他读书。", "Он читает книгу дома.", outputs, "g"))
    by_system = {found.system: found.z for found in made}
    assert by_system["compact 1"] < by_system["compact 0"] < by_system["reference"] == preferred.HUMAN
