"""Which of several rows of words stands for a term: the one that can best be exchanged for it.

The term is put in the place of each, and a translation model weighs what comes out both ways: how likely it takes the
new target for a translation of the source (words that are left over make it unlikely) and the source for one of the new
target (words that are lost do), as a noisy channel is weighed (Brown et al. 1993; Yee et al. 2019). Asked only where
the network of `spans` is in doubt; where what it would rather take is much likelier to the network and nearer to the
term in meaning, that stays (words that the target has and the source has not are better lost than kept to it).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from pipeline.enforce import place
from pipeline.enforce.heard import Word
from pipeline.enforce.spans import Row
from pipeline.enforce.view import View
from pipeline.glossary import english_forms, forms
from pipeline.languages import sense
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Form, Lang, Occurrence, Span

Weigher = Callable[[str, Span, str, Sequence[tuple[str, Span]]], Sequence[tuple[float, float]]]
"""Source text, the term's span in it and its form in the target language, target texts with the term's spans -> for
each the mean log-probability of a piece of the target (nats), and the log-probability of the source; () where it can't
be told."""
_DOUBT = 0.97  # chance of a row under which its rivals are weighed
RIVAL, _MOST = 0.02, 5  # least chance of a rival, and how many there may be
_SURER, _NEARER = 3.0, 10.0  # from which the network is heard: log-odds of its own row, and what a cosine adds to them
_THERE, _BACK = 4.0, 0.2  # what the two log-probabilities count for; chosen on written cases (assets/pointing/card.md)


def weighed(
    found: Sequence[Row], words: Sequence[Word], view: View, occurrence: Occurrence, source: str, form: Form,
    weigh: Weigher,
) -> list[Row]:  # fmt: skip
    """The rows, those that rival one another with new chances; the likeliest first."""
    rivals = [row for row in found if row.chance >= RIVAL][:_MOST]
    if len(rivals) < 2 or rivals[0].chance >= _DOUBT:
        return list(found)
    options, of = [], []
    for at, row in enumerate(rivals):
        span = Span(words[row.first].start, words[row.last].end)
        for text in _forms(form, span.of(view.text), occurrence.term.kind, view.lang):
            options.append(
                (view.text[: span.start] + text + view.text[span.end :], Span(span.start, span.start + len(text)))
            )
            of.append(at)
    likely = weigh(source, occurrence.span, form.text, options)
    if not likely:
        return list(found)
    best = [-math.inf] * len(rivals)
    for at, (there, back) in zip(of, likely, strict=True):
        best[at] = max(best[at], _THERE * there + _BACK * back)
    scores = [math.log(row.chance) + extra for row, extra in zip(rivals, best, strict=True)]
    parts = [math.exp(score - max(scores)) for score in scores]
    whole = sum(row.chance for row in rivals)
    made = [Row(row.first, row.last, whole * part / sum(parts)) for row, part in zip(rivals, parts, strict=True)]
    made = _heard(rivals, made, words, view, occurrence, source)
    return sorted([*made, *found[len(rivals) :]], key=lambda row: (-row.chance, row.first, row.last))


def _heard(
    rivals: Sequence[Row], made: list[Row], words: Sequence[Word], view: View, occurrence: Occurrence, source: str
) -> list[Row]:
    """The rivals with their new chances, the network's own choice with the best one's where that is much less likely to
    it and farther from the term («[old] board-type heat swapper» for 板式换热器)."""
    top = max(range(len(made)), key=lambda at: made[at].chance)
    if top == 0:
        return made
    if view.lang == "ru" and _governed(rivals[0], rivals[top], words):
        chances = {0: made[top].chance, top: made[0].chance}
        return [Row(row.first, row.last, chances.get(at, row.chance)) for at, row in enumerate(made)]
    texts = [view.text[words[row.first].start : words[row.last].end] for row in (rivals[0], rivals[top])]
    term, own, other = sense.points([occurrence.span.of(source), *texts])
    if math.log(rivals[0].chance / rivals[top].chance) + _NEARER * float(term @ own - term @ other) < _SURER:
        return made
    chances = {0: made[top].chance, top: made[0].chance}
    return [Row(row.first, row.last, chances.get(at, row.chance)) for at, row in enumerate(made)]


def _governed(own: Row, other: Row, words: Sequence[Word]) -> bool:
    """Has the other row but a Russian noun more, on which the first depends and which answers another word of the
    source («[вспышек] мальтийской лихорадки» for 布鲁氏菌病疫情)?"""
    ahead, first = words[other.first], words[own.first]
    if other.last != own.last or other.first + 1 != own.first or not ahead.other:
        return False
    noun = analyses(ahead.text)[0].pos == "NOUN"
    return noun and any(a.case == "gen" and a.pos in ("NOUN", "ADJF", "PRTF") for a in analyses(first.text))


def _forms(form: Form, before: str, kind: str, lang: Lang) -> tuple[str, ...]:
    """What the term may read as in the place of `before`: in Russian in the cells that this may stand in."""
    if lang == "en":
        return tuple(dict.fromkeys(filter(None, (form.text, english_forms.plural(form.text)))))
    if lang == "zh":
        return (form.text,)
    cells = forms.russian(form, kind).cells
    told = place.own(before) or tuple(cells)
    return tuple(dict.fromkeys(cells.get(cell) or cells.get(cell.removesuffix(".pl"), form.text) for cell in told))
