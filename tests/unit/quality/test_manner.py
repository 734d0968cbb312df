"""How a text is worded: features, limits, what is learned, and where the shipped weights count."""

from __future__ import annotations

import dataclasses
import math
import random

import numpy as np
import pytest

from pipeline.quality import estimator, manner
from pipeline.training.estimator import preferred


@pytest.mark.parametrize(
    "text", ["", "5", "—", "Город строит мост.", "ё" * 500, "Wang 王 и \u200b 3,5 %", "\x00\ud7ff"]
)
def test_any_text_gives_a_vector_of_length_one(text: str) -> None:
    places, values = manner.vector(text)
    assert len(places) == len(values) == len(set(places.tolist()))
    assert places.min() >= 0 and places.max() < 2**manner.BITS
    assert float((values**2).sum()) == pytest.approx(1.0)


def test_numbers_are_one_feature_and_forms_of_a_word_share_its_lemma() -> None:
    assert manner.numbers("В 2023 году") == manner.numbers("В 1998 году")
    one, two = manner.numbers("город"), manner.numbers("городами")
    assert one != two and one & two


def test_the_wording_counts_for_no_more_than_the_limit() -> None:
    weights = np.zeros(2**manner.BITS, np.float32)
    weights[list(manner.numbers("город"))] = 1e3
    held = manner.Manner(weights, 0.0, 1.0, 0.5)
    assert held.scores(["город", ""]).tolist()[0] == manner.LIMIT * 0.5
    assert manner.read(held.arrays("zh-ru"), "zh-ru").strength == 0.5


def test_what_tells_the_versions_apart_is_learned() -> None:
    pytest.importorskip("sklearn", reason="the fit needs the extra train")
    from pipeline.training.estimator import manner as training
    from pipeline.training.estimator.data import Example

    chooser = random.Random(1)
    nouns = ["город", "завод", "мост", "порт", "театр", "парк", "музей", "рынок", "вокзал", "институт"]
    examples = []
    for number in range(240):
        here, there = chooser.sample(nouns, 2)
        for text, system in ((f"{here} и {there} открыты", "reference"), (f"{here} а также {there} открыты", "weak")):
            group, z = f"set {number % 9}", 1.0 if system == "reference" else -1.0
            examples.append(Example("annotated", ("zh", "ru"), "", text, 0.0, math.nan, group, z, system=system))
    learned = training.learn(examples)
    good, bad = learned.scores(["театр и цирк открыты"]), learned.scores(["театр а также цирк открыты"])
    assert good[0] > bad[0]
    assert learned.strength == training.STRENGTH


def test_the_shipped_manner_prefers_the_sound_versions_it_learned_from() -> None:
    held = estimator.bundled().manners["zh-ru"]
    examples = preferred.annotated()
    sound = [example.target for example in examples if example.system == preferred.REFERENCE]
    weak = [example.target for example in examples if example.system != preferred.REFERENCE]
    assert len(sound) == len(weak) > 800
    assert (held.sums(sound) > held.sums(weak)).mean() > 0.95


def test_the_wording_counts_in_its_direction_and_no_other() -> None:
    held = estimator.bundled()
    without = dataclasses.replace(held, manners={})
    pairs = {
        "zh": ("市长会见了代表团。", "Мэр встретился с делегацией."),
        "en": ("The mayor met them.", "Мэр встретил их."),
    }
    for source, differs in (("zh", True), ("en", False)):
        one = held.scores([pairs[source]], source, "ru", [()])[0]  # type: ignore[arg-type]
        two = without.scores([pairs[source]], source, "ru", [()])[0]  # type: ignore[arg-type]
        assert (one.quality != two.quality) is differs
        assert (one.post_edit_risk != two.post_edit_risk) is differs  # the risk follows the preference
    assert manner.NAME not in without.scores([pairs["zh"]], "zh", "ru", [()])[0].features
