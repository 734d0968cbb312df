"""Which case the place of a Russian term expects, by the network that sees the sentence without the term's endings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.enforce.view import View
from pipeline.languages.russian import expected, masks
from pipeline.languages.russian.analyse import analyses, is_known, tokenise
from pipeline.languages.russian.paradigm import Paradigm
from pipeline.languages.russian.syntax import sentences
from pipeline.model import Span


def chances(span: Span, made: Paradigm, kind: str, view: View) -> Mapping[str, float]:
    """Chance of each cell of the paradigm for the term at `span`, which stands there in any form of its words, right or
    wrong, with what the source tells. All numbers of the term together sum to one; empty where the words are not those
    of the term."""
    found = _chances(view.text, span.start, span.end, made.text, _Told(made, kind))
    if not view.cue or not found:
        return found
    weighed = {cell: chance * view.cue.get(cell.partition(".")[0], 1.0) for cell, chance in found.items()}
    whole = sum(weighed.values())
    return {cell: chance / whole for cell, chance in weighed.items()} if whole > 0 else found


class _Told:
    """A paradigm and a kind, equal to another by the text, so that answers are kept."""

    def __init__(self, made: Paradigm, kind: str) -> None:
        self.made, self.kind = made, kind

    def _key(self) -> tuple[object, ...]:
        return self.made.text, self.made.gender, self.made.number, self.made.animate, self.made.head, self.kind

    def __hash__(self) -> int:
        return hash(self._key())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self._key() == other._key()


@lru_cache(maxsize=1 << 12)
def _chances(text: str, start: int, end: int, form: str, told: _Told) -> Mapping[str, float]:
    made = told.made
    row = next((tokens for tokens in sentences(text) if tokens[0].start <= start < tokens[-1].end), ())
    inside = [at for at, token in enumerate(row) if token.start >= start and token.end <= end]
    own = [token.text for token in tokenise(form)]
    if len(inside) != len(own):
        return {}
    declined = _declined(made)
    if made.head not in declined or any(a.pos == "NUMR" for n in declined for a in analyses(own[n])[:1]):
        return {}  # of «пять принципов» the noun alone would be asked for
    masked = {inside[n]: _nature(own[n], n == made.head, made, told.kind) for n in declined if n < len(inside)}
    found = expected.network().chances([token.text for token in row], masked, inside[made.head])
    named = dict(zip(masks.CELLS, map(float, found[: len(masks.CELLS)]), strict=True))
    if made.number == "pl":
        return {case: named[f"{case}.pl"] for case in masks.CASES}
    return {cell: chance for cell, chance in named.items() if cell in made.cells}


def _declined(made: Paradigm) -> list[int]:
    """Indices of the words of the form whose ending changes."""
    rows = [[token.text for token in tokenise(made.cells[case])] for case in masks.CASES if case in made.cells]
    size = len(tokenise(made.text))
    if any(len(row) != size for row in rows):
        return []
    return [n for n in range(size) if len({row[n] for row in rows}) > 1]


def _nature(word: str, head: bool, made: Paradigm, kind: str) -> masks.Nature:
    if not head or (is_known(word) and kind != "person"):
        return masks.nature(word)
    name = {"person": "Surn", "place": "Geox"}.get(kind, "")
    return masks.nature(word, gender=made.gender or "m", animate=made.animate, name=name)


def share(chances: Mapping[str, float], cells: Iterable[str]) -> float:
    """What the cells have together of the chances of their number, or of both where they are of both."""
    cells = {"prp" if cell == "loc" else cell for cell in cells} & set(chances)
    numbers = {cell.endswith(".pl") for cell in cells}
    whole = sum(chance for cell, chance in chances.items() if cell.endswith(".pl") in numbers)
    return sum(chances[cell] for cell in cells) / whole if whole > 0 else 0.0


def best(chances: Mapping[str, float], made: Paradigm, cells: Iterable[str]) -> tuple[str, float]:
    """The cell whose form has the greatest chance in the number of `cells`, and what chance; "" for none."""
    several = {cell.endswith(".pl") for cell in cells}
    found: dict[str, list[str]] = {}
    for cell in chances:
        if cell.endswith(".pl") in several:
            found.setdefault(made.cells[cell], []).append(cell)
    whole = sum(chances[cell] for of in found.values() for cell in of)
    if not whole:
        return "", 0.0
    of = max(found.values(), key=lambda each: sum(chances[cell] for cell in each))
    return max(of, key=lambda cell: chances[cell]), sum(chances[cell] for cell in of) / whole


_LIKELY, _UNLIKELY = 0.95, 0.03  # a case of this chance goes before one of that


def ordered(
    view: View, span: Span, made: Paradigm, kind: str, choice: list[str], suffix: str, *, free: bool
) -> list[str]:
    """The cases that a term to be put at `span` may stand in, that first which the sentence surely expects.

    `suffix`: ".pl" where all of them are plurals; `free`: may it be a case that is not among them?
    """
    if len(choice) < 2 and not free:
        return choice
    whole = View(f"{view.text[: span.start]}{made.text}{view.text[span.end :]}", "ru", (), view.cue)
    found = chances(Span(span.start, span.start + len(made.text)), made, kind, whole)
    if not found or choice[0] + suffix not in found:
        return choice
    admitted = {cell: chance for cell, chance in found.items() if free or cell.removesuffix(".pl") in choice}
    top, chance = best(admitted, made, {f"nom{suffix}"})
    alike = {cell for cell in found if made.cells[cell] == made.cells[choice[0] + suffix]}
    if not top or chance < _LIKELY or share(found, alike) > _UNLIKELY:
        return choice
    first = top.removesuffix(".pl")
    return [first, *(case for case in choice if case != first)]
