"""The one quotation of a target for the one of its source."""

from pipeline.enforce import quoted
from pipeline.enforce.heard import Word
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import tokenise
from pipeline.model import Form, Occurrence, Span, Term

SOURCE = "会议重申“房住不炒”。"
FOUND = Occurrence(
    Term("t", {"zh": (Form("房住不炒"),), "ru": (Form("жилье — для жизни"),)}, "slogan"),
    Span(5, 9),
    Form("房住不炒"),
    "",
)


def _words(text: str, own: frozenset[str] = frozenset(), other: frozenset[str] = frozenset()) -> list[Word]:
    return [
        Word(t.text, t.start, t.end, 0.5 if t.text == "живут" else 0.1, t.text in own, t.text in other, False, False,
             True, ())
        for t in tokenise(text)
    ]  # fmt: skip


def _alone(text: str, own: frozenset[str] = frozenset(), other: frozenset[str] = frozenset()) -> str:
    span = quoted.alone(_words(text, own, other), FOUND, SOURCE, View(text, "ru"))
    return "" if span is None else span.of(text)


def test_one_quotation_stands_for_the_other() -> None:
    assert _alone("Напомнили: «в домах живут».") == "в домах живут"


def test_not_where_the_target_has_two() -> None:
    assert not _alone("Напомнили: «в домах живут» и «не жарят».")


def test_not_where_a_word_answers_something_else() -> None:
    assert not _alone("Напомнили: «в домах живут».", other=frozenset(("домах",)))


def test_not_where_the_term_is_said_beside_it() -> None:
    assert not _alone("Напомнили о жилье: «в домах живут».", own=frozenset(("жилье",)))
