"""Of several renderings the one to take: terms, repeats, numbers, then what the others agree on."""

from __future__ import annotations

import pytest
from sacrebleu.metrics.chrf import CHRF

from pipeline.engines._consensus import best, numbers_kept, ranked


def test_the_one_most_like_the_others_is_taken() -> None:
    texts = ["Буря утихла", "Совещание прошло вчера", "Совещание прошло вчера в городе", "Вчера в городе прошел съезд"]
    assert best("会议昨天在市里举行", texts) == 2


def test_equals_keep_the_order_of_the_beam() -> None:
    assert best("会议", ["Съезд", "Съезд"]) == 0
    assert best("会议", ["Съезд"]) == 0


def test_terms_come_before_agreement() -> None:
    texts = ["Съезд открыт", "Съезд открыт сегодня", "Собрание народных представителей открыто"]
    assert best("人民代表大会开幕", texts, kept=(0, 0, 1)) == 2


def test_what_repeats_itself_is_left_to_the_last() -> None:
    looping = "в городе и в районе и в городе и в районе и в городе и в районе"
    texts = [looping, looping + " и", looping + " и в", "в городе и районе"]
    assert best("在市和区", texts) == 3


def test_an_empty_rendering_is_left_to_the_last() -> None:
    assert best("会议", ["", "", "Съезд"]) == 2
    assert best("会议", ["", "и в городе и в районе и в городе и в районе и в городе"]) == 1


def test_numbers_come_before_agreement() -> None:
    texts = ["Построено домов", "Построено 12 домов", "Построено много домов"]
    assert texts[best("建成12栋楼", texts)] == "Построено 12 домов"
    assert numbers_kept("从2019年到2019年", "В 2019 году") == 1


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("Built in 12,500 homes", "Построено в 12 500 домах", 1),
        ("增长3.5%", "выросли на 3,5 %", 1),
        ("The company employs 12,000 people.", "公司用12万人就业", 0),
        ("Экспорт достиг 3,5 млрд юаней.", "出口达3.5亿元", 0),
        ("The budget is 3.25 million.", "预算为3.25亿", 0),
        ("到2030年", "К 2030 году", 1),
        ("2019 2020 2021", "2019 2020", 2),
    ],
)
def test_numbers_before_a_magnitude_do_not_count(source: str, target: str, kept: int) -> None:
    assert numbers_kept(source, target) == kept


def test_no_text_and_one() -> None:
    assert ranked([]) == []
    assert ranked(["да"]) == [1.0]


def test_likeness_orders_as_sacrebleus_chrf() -> None:
    """With n-grams of one to four characters, sacrebleu's averages over orders, too."""
    texts = ["Город развивает торговлю с Россией", "Город расширяет торговлю с Россией", "Район строит дороги"]
    metric = CHRF(char_order=4)
    theirs = [sum(metric.sentence_score(one, [other]).score for other in texts) / 300 for one in texts]
    assert ranked(texts) == pytest.approx(theirs, abs=0.03)
