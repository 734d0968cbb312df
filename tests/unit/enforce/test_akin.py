"""How near stretches of a target are to a term: shapes, the right stretch, words at the edges."""

from __future__ import annotations

import re

import numpy as np

from pipeline.enforce.akin import Akin
from pipeline.model import Span

SOURCE = "春季造林全部使用容器苗。"
TARGET = "Весной при посадке леса использовали только рассаду в горшках."
TERM = Span(8, 11)


def _words() -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"\w+", TARGET)]


def test_the_stretch_that_means_the_term_is_nearest() -> None:
    words = _words()
    places = [(first, last) for first in range(len(words)) for last in range(first, min(len(words), first + 3))]
    made = Akin(SOURCE, TERM, "контейнерные саженцы", TARGET, words).rows(places)
    assert made.shape == (len(places), 44) and np.isfinite(made).all()
    best = places[int(made[:, 1].argmax())]
    assert TARGET[words[best[0]].start : words[best[1]].end].startswith("рассаду")
    assert (made[:, 6:12] <= 1e-6).all(), "cosines behind the best row's"
    assert made[:, 13].min() == made[:, 13].max(), "that of the sentences is one for all rows"


def test_no_word_stands_before_the_first_and_behind_the_last() -> None:
    words = _words()
    made = Akin(SOURCE, TERM, "контейнерные саженцы", TARGET, words).rows([(0, len(words) - 1), (1, 2)])
    before, behind = made[:, 26:32], made[:, 32:38]
    assert not before[0].any() and not behind[0].any()
    assert np.allclose(before[1], Akin(SOURCE, TERM, "x", TARGET, words).rows([(0, 0)])[0, 14:20], atol=0.5)
    assert before[1].any() and behind[1].any()


def test_a_source_that_is_the_term_alone() -> None:
    made = Akin("容器苗", Span(0, 3), "container seedlings", "seedlings in pots", [Span(0, 9), Span(13, 17)])
    assert np.isfinite(made.rows([(0, 0), (0, 1)])).all()
