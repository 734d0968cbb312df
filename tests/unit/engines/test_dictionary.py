"""A term of the genre's dictionary that the engine left out: asked for once more, and taken only where it helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.engines._dictionary import again, better, rendered, terms
from pipeline.engines.base import Request, Translation, Wish, make
from pipeline.engines.compact import FOLDER
from pipeline.model import Lang, Span

bundled = pytest.mark.skipif(not (FOLDER / "model.bin").is_file(), reason="no bundled model: make model builds it")
GENRE = Path(__file__).parents[2] / "reference" / "genre.tsv"
SOURCE = "加强外观设计保护。"


def answer(text: str) -> Translation:
    return Translation(text)


def test_terms_have_a_usual_rendering_and_lie_in_the_text() -> None:
    found = terms(SOURCE, "zh", "ru")
    assert "外观设计" in [one.span.of(SOURCE) for one in found]
    assert all(one.right for one in found)
    assert terms("", "zh", "ru") == () and terms("Hello", "zh", "en") == ()


def test_what_is_missing_is_asked_for_and_what_stands_is_not() -> None:
    missing = again(Request(SOURCE), answer("Усилить защиту внешнего вида."), "zh", "ru")
    assert missing is not None
    assert ("外观设计", "промышленный образец") in [(w.span.of(SOURCE), w.lemma) for w in missing.wishes]
    there = again(Request(SOURCE), answer("Усилить охрану промышленных образцов."), "zh", "ru")
    assert there is None or "外观设计" not in [wish.span.of(SOURCE) for wish in there.wishes]


def test_a_term_of_the_glossary_goes_before_that_of_the_dictionary() -> None:
    own = Wish(Span(2, 6), "дизайн", ("дизайн",))
    asked = again(Request(SOURCE, (own,)), answer("Усилить защиту внешнего вида."), "zh", "ru")
    assert asked is None or [wish for wish in asked.wishes if wish.span.overlaps(own.span)] == [own]


@pytest.mark.parametrize(
    ("second", "taken"),
    [
        ("Усилить охрану промышленных образцов.", True),
        ("Усилить защиту внешности.", False),  # no term more
        ("Образцов промышленных.", False),  # much shorter
        ("Усилить охрану промышленных образцов, " * 4, False),  # much longer, and it repeats itself
    ],
)
def test_the_second_answer_must_be_better(second: str, taken: bool) -> None:
    first = answer("Усилить защиту внешнего вида.")
    assert better(Request(SOURCE), first, answer(second), "zh", "ru") is taken


def test_no_term_of_the_glossary_is_given_up() -> None:
    own = Wish(Span(6, 8), "защита", ("защиту",))
    first = answer("Усилить защиту внешнего вида.")
    assert not better(Request(SOURCE, (own,)), first, answer("Усилить охрану промышленных образцов."), "zh", "ru")
    assert better(Request(SOURCE, (own,)), first, answer("Усилить защиту промышленных образцов."), "zh", "ru")


@pytest.mark.parametrize(
    ("source", "first", "wish", "langs"),
    [
        ("They protect industrial designs.", "Они защищают внешний вид.", "промышленный образец", ("en", "ru")),
        ("They protect industrial designs.", "他们保护外形。", "外观设计", ("en", "zh")),
        ("Растут процентные ставки.", "Stakes are growing.", "interest rate", ("ru", "en")),
    ],
)
def test_terms_are_asked_for_from_russian_and_english(
    source: str, first: str, wish: str, langs: tuple[Lang, Lang]
) -> None:
    missing = again(Request(source), answer(first), *langs)
    assert missing is not None
    assert wish in [one.lemma for one in missing.wishes]


@pytest.mark.parametrize(
    ("source", "first", "second", "langs"),
    [
        ("Lions sleep near the swimming pool.", "Тигры спят у бассейна.", "Львы спят у входа.", ("en", "ru")),
        ("Lions sleep till 2030.", "Тигры спят до 2030 года.", "Львы спят до утра еще.", ("en", "ru")),
    ],
)
def test_a_second_answer_that_loses_a_term_or_a_figure_is_refused(
    source: str, first: str, second: str, langs: tuple[Lang, Lang]
) -> None:
    assert better(Request(source), answer(first), answer(first.replace("Тигры", "Львы")), *langs)
    assert not better(Request(source), answer(first), answer(second), *langs)


@bundled
def test_plain_words_keep_their_sense() -> None:
    plain: dict[Lang, tuple[str, ...]] = {
        "en": ("Exports have grown for five months in a row.", "The state gives priority to joint research."),
        "ru": ("Потом они уехали домой.", "Он встретился с президентом России."),
    }
    for source, texts in plain.items():
        requests = [Request(text) for text in texts]
        without, told = (make("compact", {"threads": 1, "dictionary": on}) for on in (False, True))
        for target in ("zh", "en" if source == "ru" else "ru"):
            first = [one.text for one in without.translate(requests, source, target)]
            assert [one.text for one in told.translate(requests, source, target)] == first


@bundled
def test_the_engine_says_more_of_the_terms_with_the_dictionary() -> None:
    rows = [row.split("\t") for row in GENRE.read_text(encoding="utf-8").splitlines()[1::80]]
    directions: tuple[tuple[Lang, Lang, int], ...] = (("zh", "ru", 2), ("ru", "en", 3), ("en", "zh", 4))
    for source, target, column in directions:
        texts = [row[column] for row in rows]
        counts = []
        for told in (False, True):
            engine = make("compact", {"threads": 1, "dictionary": told})
            made = engine.translate([Request(text) for text in texts], source, target)
            assert len(made) == len(texts) and all(one.text.strip() for one in made)
            pairs = zip(texts, made, strict=True)
            counts.append(sum(sum(rendered(terms(t, source, target), m.text, target)) for t, m in pairs))
        assert counts[1] > counts[0]
