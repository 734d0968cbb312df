"""What the words beside a term of the source tell of its Russian case."""

from __future__ import annotations

import pytest

from pipeline.enforce import cues
from pipeline.model import Lang, Span


def _factors(source: str, words: str, lang: Lang) -> dict[str, float]:
    at = source.index(words)
    return dict(cues.factors(source, Span(at, at + len(words)), lang))


@pytest.mark.parametrize(
    ("source", "words", "lang", "likelier", "less"),
    [
        ("The road was built by the Fund.", "Fund", "en", "ins", "gen"),
        ("He flew in from the cosmodrome.", "cosmodrome", "en", "gen", "nom"),
        ("The ministry's plan was adopted.", "ministry", "en", "gen", "ins"),
        ("校长给学院送来了礼物。", "学院", "zh", "dat", "nom"),
        ("会议在文化宫举行。", "文化宫", "zh", "prp", "nom"),
    ],
)
def test_prepositions_and_particles(source: str, words: str, lang: Lang, likelier: str, less: str) -> None:
    found = _factors(source, words, lang)
    assert found[likelier] > 1.5
    assert found[likelier] > 2 * found[less]


def test_nothing_without_a_source_or_from_russian() -> None:
    assert cues.factors("", Span(0, 0), "zh") == {}
    assert cues.factors("Дорогу построил фонд.", Span(15, 19), "ru") == {}


def test_features_are_those_of_the_words_beside() -> None:
    assert "b=by" in cues.features("It was built by the ", " in May", "en")
    assert "article=True" in cues.features("It was built by the ", " in May", "en")
    assert "b=在" in cues.features("会议在", "举行", "zh")
    assert "b=" in cues.features("", "", "en")
