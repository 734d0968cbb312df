"""Terms of the genre's dictionary found in Russian and English text, in any form of their words."""

from __future__ import annotations

import pytest

from pipeline.languages import anchors_back
from pipeline.languages.anchors_back import Read, Wanted, stands
from pipeline.model import Lang


def found(text: str, source: Read, target: Lang) -> dict[str, Wanted]:
    return {one.span.of(text): one for one in anchors_back.find(text, source, target)}


def asked(text: str, source: Read, target: Lang) -> dict[str, str]:
    return {words: one.right for words, one in found(text, source, target).items() if one.right}


@pytest.mark.parametrize(
    ("text", "source", "target", "words", "right"),
    [
        ("It registers industrial designs.", "en", "ru", "industrial designs", "промышленный образец"),
        ("It registers industrial designs.", "en", "zh", "industrial designs", "外观设计"),
        ("Средства заёмщика и процентных ставок.", "ru", "en", "процентных ставок", "interest rate"),
        ("На стройке нет плавательных бассейнов.", "ru", "zh", "плавательных бассейнов", "泳池"),
        ("Lions sleep.", "en", "ru", "Lions", "лев"),
        ("Лук и морковь подорожали.", "ru", "zh", "морковь", "胡萝卜"),
        ("Пошёл дождь, мор\u00adковь растёт.", "ru", "zh", "мор\u00adковь", "胡萝卜"),
    ],
)
def test_a_term_is_found_in_any_form(text: str, source: Read, target: Lang, words: str, right: str) -> None:
    assert asked(text, source, target)[words] == right


def test_the_longest_is_taken_and_none_lies_within_another() -> None:
    text = "They registered industrial designs and a design."
    spans = [one.span for one in anchors_back.find(text, "en", "ru")]
    assert "industrial designs" in [span.of(text) for span in spans]
    assert not any(a.overlaps(b) for n, a in enumerate(spans) for b in spans[n + 1 :])


def test_words_with_a_mark_between_them_are_no_term() -> None:
    assert "industrial, designs" not in found("It is industrial, designs are not.", "en", "ru")


@pytest.mark.parametrize(
    ("text", "source", "target", "words"),
    [
        ("They beat the Lions at home.", "en", "ru", "Lions"),  # a club
        ("Он приехал из г. Орёл.", "ru", "zh", "Орёл"),  # a city behind an abbreviation
        ("A result that may never come.", "en", "ru", "may"),  # no month
        ("They built it with Soviet aid.", "en", "ru", "aid"),  # no AIDS
        ("Farmers sow barley.", "en", "ru", "sow"),  # no pig
        ("Потом они уехали домой.", "ru", "zh", "Потом"),  # no sweat
        ("Обувь стала дороже.", "ru", "en", "дороже"),  # no road
        ("Десять пар обуви.", "ru", "en", "пар"),  # no ferry
        ("Five months in a row.", "en", "ru", "row"),  # no sport
        ("The state gives priority to joint research.", "en", "ru", "joint"),
        ("Foreign banks may open branches.", "en", "zh", "open"),
        ("They seized over 8 million yuan.", "en", "zh", "million yuan"),
        ("Рост составил 5 процентов.", "ru", "en", "процентов"),
        ("The J-15 landed.", "en", "zh", "J"),
        ("Он встретился с президентом.", "ru", "zh", "встретился с"),
        ("ива́новский полк", "ru", "zh", "ива"),
    ],
)
def test_what_is_no_term_of_the_dictionary_is_not_asked_for(text: str, source: Read, target: Lang, words: str) -> None:
    assert words not in asked(text, source, target)


@pytest.mark.parametrize(
    ("text", "source", "answer", "target", "words"),
    [
        ("A party of fifty came.", "en", "Пришла вечеринка.", "ru", "party"),
        ("A party of fifty came.", "en", "Партийцы пришли.", "ru", "party"),
        ("Lions sleep.", "en", "Львы спят.", "ru", "Lions"),
        ("It registers industrial designs.", "en", "它登记工业品外观设计。", "zh", "industrial designs"),
        ("Растут процентные ставки.", "ru", "Interest rates are growing.", "en", "процентные ставки"),
    ],
)
def test_what_is_right_stands(text: str, source: Read, answer: str, target: Lang, words: str) -> None:
    assert stands(found(text, source, target)[words], answer, target)


def test_what_is_wrong_does_not_stand() -> None:
    assert not stands(found("Lions sleep.", "en", "ru")["Lions"], "Тигры спят.", "ru")
    assert not stands(found("Lions sleep.", "en", "zh")["Lions"], "老虎在睡觉。", "zh")


@pytest.mark.parametrize("text", ["", "…", "123 — 456", "今天", "’", "İǅ qwzx", "\ud800", "qwzx " * 20000])
def test_text_without_terms_gives_none(text: str) -> None:
    assert not found(text, "en", "ru")
    assert not found(text, "ru", "zh")
