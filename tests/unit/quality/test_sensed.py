"""What the sentence encoder says of a source and its target."""

from __future__ import annotations

import math

import pytest

from pipeline.quality import sensed

SOURCE = "市长会见了港口代表团，双方就新能源汽车出口交换了意见。"
WHOLE = "Мэр встретился с делегацией порта, стороны обменялись мнениями об экспорте автомобилей на новых источниках энергии."
SHORT = "Мэр встретился с делегацией порта."
WRONG = "Мэр встретился с делегацией порта, а летом в деревне собирают клубнику и варят варенье."


def _figures(target: str) -> dict[str, float]:
    made = sensed.figures(SOURCE, target, ("zh", "ru"))
    assert set(made) == set(sensed.NAMES)
    return made


def test_a_whole_rendering_is_nearer_than_one_with_a_part_left_out_or_wrong() -> None:
    whole, short, wrong = map(_figures, (WHOLE, SHORT, WRONG))
    assert whole["sense"] > short["sense"] and whole["sense"] > wrong["sense"]
    assert whole["sense_kept"] > short["sense_kept"] and whole["sense_kept_low"] > wrong["sense_kept_low"]
    assert whole["sense_given_low"] > wrong["sense_given_low"]
    assert wrong["sense_over"] > max(0.0, whole["sense_over"]), "the texts are nearer without the strawberries"
    assert short["sense_under"] > max(0.0, whole["sense_under"]), "and without what is left out"


@pytest.mark.parametrize(("source", "target"), [("", ""), ("。", "."), ("12", "12"), (SOURCE, "«…»"), ("a\x00", "б")])
def test_texts_without_words(source: str, target: str) -> None:
    made = sensed.figures(source, target, ("zh", "ru"))
    assert all(math.isfinite(value) or math.isnan(value) for value in made.values())


def test_other_directions() -> None:
    near = sensed.figures(WHOLE, "The mayor met a delegation of the port.", ("ru", "en"))
    far = sensed.figures(WHOLE, "Strawberries are ripe in June.", ("ru", "en"))
    assert near["sense"] > far["sense"] and near["sense_given"] > far["sense_given"]
