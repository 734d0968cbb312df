"""Offices of China stay out of sentences that speak of another country."""

from __future__ import annotations

import pytest

from pipeline.enforce import Enforcer
from pipeline.glossary import store


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("白俄罗斯总理出席开幕式。", "Премьер-министр Белоруссии присутствовал на открытии."),
        ("法国央行行长接受电台采访。", "Глава центробанка Франции дал интервью радио."),
        ("英国国家审计署发布报告。", "Контрольно-ревизионное управление Великобритании опубликовало доклад."),
    ],
)
def test_another_country_keeps_its_offices(source: str, target: str) -> None:
    assert Enforcer(store.load(["builtin"]), "zh", "ru", names=True).enforce(source, target).target == target


def test_a_city_office_beside_a_foreign_consulate_is_chinas() -> None:
    made = Enforcer(store.load(["builtin"]), "zh", "ru", names=True).enforce(
        "市外办与俄罗斯驻哈尔滨总领馆座谈。",
        "Муниципальное бюро иностранных дел провело беседу с генконсульством России.",
    )
    assert made.target.startswith("Канцелярия по иностранным делам городского правительства провела")


def test_china_has_its_own() -> None:
    made = Enforcer(store.load(["builtin"]), "zh", "ru", names=True).enforce(
        "外交部发言人主持例行记者会。", "Представитель Министерства внешних дел провел брифинг."
    )
    assert made.target == "Официальный представитель МИД КНР провел брифинг."
