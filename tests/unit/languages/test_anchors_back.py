"""Terms of the genre's dictionary found in Russian and English text, in any form of their words."""

from __future__ import annotations

import pytest

from pipeline.languages import anchors, anchors_back
from pipeline.languages.anchors_back import Read
from pipeline.model import Lang


def found(text: str, source: Read, target: Lang) -> dict[str, anchors.Side]:
    return {span.of(text): side for span, side in anchors_back.find(text, source, target)}


@pytest.mark.parametrize(
    ("text", "source", "target", "words", "right"),
    [
        ("It registers industrial designs.", "en", "ru", "industrial designs", "промышленный образец"),
        ("It registers industrial designs.", "en", "zh", "industrial designs", "外观设计"),
        ("Средства заёмщика и процентных ставок.", "ru", "en", "процентных ставок", "interest rate"),
        ("На стройке нет плавательных бассейнов.", "ru", "zh", "плавательных бассейнов", "泳池"),
        ("Lions sleep.", "en", "ru", "Lions", "лев"),
    ],
)
def test_a_term_is_found_in_any_form(text: str, source: Read, target: Lang, words: str, right: str) -> None:
    side = found(text, source, target)[words]
    assert side.right == right
    assert side.stems == {stem for option in side.needs for stem in option}


def test_the_longest_is_taken_and_none_lies_within_another() -> None:
    here = [span for span, _ in anchors_back.find("The civil aviation industry grows.", "en", "ru")]
    assert "civil aviation" in " ".join(span.of("The civil aviation industry grows.") for span in here)
    assert not any(a.overlaps(b) for n, a in enumerate(here) for b in here[n + 1 :])


def test_words_with_a_mark_between_them_are_no_term() -> None:
    assert "industrial, designs" not in found("It is industrial, designs are not.", "en", "ru")


def test_a_name_is_no_common_word() -> None:
    assert "Lions" not in found("They beat the Lions at home.", "en", "ru")
    assert "lions" in found("They saw the lions at home.", "en", "ru")


def test_where_the_word_is_mostly_met_in_another_sense_nothing_is_asked_for() -> None:
    """The dictionary has the sow that has piglets; the tables know that farmers sow."""
    assert found("Farmers sow barley.", "en", "ru")["sow"].right == ""


def test_what_the_tables_know_is_as_right_as_the_dictionary() -> None:
    needs = found("A party of fifty came.", "en", "ru")["party"].needs
    assert any(option[0].startswith("вечер") for option in needs)
    assert any(option[0].startswith("парт") for option in needs)


@pytest.mark.parametrize("text", ["", "…", "123 — 456", "今天", "Ёлки-палки, no words of ours: qwzx."])
def test_text_without_terms_gives_none(text: str) -> None:
    for source, target in (("en", "ru"), ("ru", "zh")):
        assert all(len(span) for span, _ in anchors_back.find(text, source, target))  # type: ignore[arg-type]
