"""Words whose form their place does not expect: `expected` is asked where `fitness` sees a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.languages.russian import expected, masks
from pipeline.languages.russian.analyse import Token, analyses, inflect_word, is_known
from pipeline.languages.russian.disagreement import CASE_NAMES, Disagreement
from pipeline.languages.russian.predicates import predicate

DOUBT: Final = 0.2  # of `fitness`: below this nothing is asked
_LITTLE: Final = 0.01  # at most this chance has the form that stands there
_BEST: Final = 0.9  # at least this chance has another


def unexpected(tokens: Sequence[Token], chances: Sequence[float]) -> Iterator[Disagreement]:
    """Reports on one sentence, the nouns first; `chances`: what `fitness.Network.misfit` says of each token."""
    words = [token.text for token in tokens]
    found = masks.groups(words)
    owned: set[int] = set()
    for group in found:
        owned.update(group.modifiers)
        places = (group.head, *group.modifiers)
        if max(chances[at] for at in places) >= DOUBT and (made := _noun(tokens, words, group)) is not None:
            yield made
    for at, chance in enumerate(chances):
        if chance >= DOUBT and (made := _verb(tokens, words, at)) is not None:
            yield made


def _noun(tokens: Sequence[Token], words: Sequence[str], group: masks.Group) -> Disagreement | None:
    head = tokens[group.head]
    natures = {at: masks.nature(words[at]) for at in (group.head, *group.modifiers)}
    chances = expected.network().chances(words, natures, group.head)[: len(masks.CELLS)]
    here = [n for n in range(len(masks.CELLS)) if group.cells >> n & 1]
    if sum(float(chances[n]) for n in here) > _LITTLE:
        return None
    best = int(chances.argmax())
    if chances[best] < _BEST:
        return None
    case, _, number = masks.CELLS[best].partition(".")
    animate = next((a.animate for a in analyses(head.text) if a.pos == "NOUN"), None)
    gender = next((a.gender for a in analyses(head.text) if a.pos == "NOUN"), "")
    made = [inflect_word(head.text, case, number or "sg", pos="NOUN")]
    for at in group.modifiers:
        pos = next(a.pos for a in analyses(words[at]) if a.pos in ("ADJF", "PRTF"))
        made.insert(-1, inflect_word(words[at], case, number or "sg", gender, animate, pos))
    start = tokens[group.modifiers[0]].start if group.modifiers else head.start
    if any(form is None for form in made):
        return None
    stood = " ".join(words[at] for at in (*group.modifiers, group.head))
    better = " ".join(form for form in made if form)
    if better == stood:
        return None
    told = dict.fromkeys(CASE_NAMES[masks.CELLS[n].partition(".")[0]] for n in here)
    message = f"“{stood}” ({' or '.join(told)}) does not fit here; the {CASE_NAMES[case]} would: “{better}”"
    return Disagreement(start, head.end, start, head.end, "unexpected", message, better, True)


def _verb(tokens: Sequence[Token], words: Sequence[str], at: int) -> Disagreement | None:
    agreed = masks.accord(words[at]) if is_known(words[at]) else 0
    if not agreed or agreed == 15:
        return None
    chances = expected.network().chances(words, {at: masks.nature(words[at])}, at)[len(masks.CELLS) :]
    if sum(float(chances[n]) for n in range(len(masks.ACCORD)) if agreed >> n & 1) > _LITTLE:
        return None
    best = int(chances.argmax())
    if chances[best] < _BEST:
        return None
    gender = masks.ACCORD[best]
    better = predicate(words[at], "pl" if gender == "pl" else "sg", gender)
    if not better or better == words[at]:
        return None
    message = f"“{words[at]}” does not agree with its subject; “{better}” would"
    return Disagreement(
        tokens[at].start, tokens[at].end, tokens[at].start, tokens[at].end, "unexpected", message, better
    )
