"""Which of several rows of words a translation model would rather have exchanged, and where the network is heard."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.enforce import Enforcer, channel, heard
from pipeline.enforce.spans import Row
from pipeline.enforce.view import View
from pipeline.model import Form, Span, Term

SOURCE, TARGET = "锅炉房更换了一台板式加热机。", "The boiler house replaced an old board-type heating machine."


@pytest.mark.parametrize(
    ("own", "longer", "kept"),
    [(0.8, 0.08, "board-type heating machine"), (0.5, 0.45, "old board-type heating machine")],
)
def test_what_is_much_likelier_and_nearer_to_the_term_stays(own: float, longer: float, kept: str) -> None:
    term = Term("t", {"zh": (Form("板式加热机"),), "en": (Form("plate heater"),)}, "term")
    found = Enforcer((term,), "zh", "en").occurrences(SOURCE)[0]
    view = View(TARGET, "en")
    words = heard.words(found, SOURCE, view, term.forms["en"][0], ())
    texts = [word.text for word in words]
    old, last = texts.index("old"), texts.index("machine")
    rows = [Row(old + 1, last, own), Row(old, last, longer)]

    def weigh(_text: str, _term: Span, _form: str, options: Sequence[tuple[str, Span]]) -> list[tuple[float, float]]:
        return [(-2.0, 0.0) if " old " in text else (-1.0, 0.0) for text, _ in options]

    best = channel.weighed(rows, words, view, found, SOURCE, term.forms["en"][0], weigh)[0]
    assert view.text[words[best.first].start : words[best.last].end] == kept
    assert best.chance > 0.5
