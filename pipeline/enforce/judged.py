"""A right term in a form that its place refuses, and the form due there: a small network weighs the signs of each.

For every form that the term may be given in its number, `signs` tells what speaks for it; one hidden layer makes a
weight of that, and the weights of a place are compared (a conditional logit, McFadden 1974). It was learned from sound
rows with a term put into another form (`pipeline.training.judge`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

from pipeline.enforce import settled, signs, standing
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.errors import DataError
from pipeline.glossary.forms import Found
from pipeline.languages.russian.weights import bundled
from pipeline.model import Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PLAIN, OTHER = 6.0, 15.0  # how many times likelier than what stands there a form must be: the dictionary form, another
DUE = 3.0  # likewise of a form that the words around ask for
STANDS: Final = 18.0  # likewise than a nominative with a predicate beside it that agrees, or a free adjunct
FIRST: Final = 30.0  # likewise than what begins its sentence
RULED: Final = 0.3  # of one that a rule would put
BY_NOUN: Final = 1.0  # of one that a rule would put because of the noun or verb right before
INSTEAD: Final = 5.0  # how many times likelier than that another form goes before it
TAKEN, DUE_TAKEN = 10.0, 4.0  # by how much more where the replaced words stood in that case for sure
LEAST: Final = 0.6  # how likely a form must be among all


@dataclass(frozen=True)
class Judge:
    """The number of each sign, and the layers: (signs, n), (n,), (n,)."""

    numbers: dict[str, int]
    first: NDArray[np.float32]
    bias: NDArray[np.float32]
    last: NDArray[np.float32]

    def chances(self, choices: Sequence[signs.Choice]) -> NDArray[np.float32]:
        """How likely each is the right form; they sum to one."""
        import numpy as np

        given = np.zeros((len(choices), len(self.numbers)), np.float32)
        for row, choice in zip(given, choices, strict=True):
            for sign, value in choice.signs.items():
                if (at := self.numbers.get(sign)) is not None:
                    row[at] = value
        weights = np.maximum(given @ self.first + self.bias, 0) @ self.last
        raised = np.exp(weights - weights.max())
        chances: NDArray[np.float32] = raised / raised.sum()
        return chances

    def compared(self, choices: Sequence[signs.Choice]) -> tuple[list[float], float, int]:
        """How likely each is, how likely the one that stands there is, and which is the likeliest."""
        chances = [float(chance) for chance in self.chances(choices)]
        here = max(chance for chance, choice in zip(chances, choices, strict=True) if choice.here)
        return chances, here, max(range(len(chances)), key=chances.__getitem__)


def repair(
    term: Term,
    found: Found,
    view: View,
    choices: Sequence[signs.Choice],
    rule: Repair | None = None,
    *,
    sure: bool = False,
) -> Repair | None:
    """The repair that puts the term into the form that is due; None where what stands there may be right.

    `rule`: what a rule of its own would make; `sure`: has it just been put into the one case that the words which it
    replaced could stand in?
    """
    chances, here, at = judge().compared(choices)
    best, choice = chances[at], choices[at]
    if rule is not None:
        ruled = max(
            (chance for chance, each in zip(chances, choices, strict=True) if rule.cell in each.cells), default=0
        )
        put = next((each for each in choices if rule.cell in each.cells), None)
        least = BY_NOUN if put is not None and "near 2 hit" in put.signs else RULED
        if ruled < least * here or (put is not None and settled.here(term, found, view, choices, put)):
            return None
        return rule if choice.here or best < INSTEAD * ruled else _put(term, found, view, choice)
    if choice.here or best < LEAST or settled.here(term, found, view, choices, choice) or not _possible(choice):
        return None
    return _put(term, found, view, choice) if best >= _odds(choice, choices, sure=sure) * here else None


def _odds(choice: signs.Choice, choices: Sequence[signs.Choice], *, sure: bool) -> float:
    """How many times likelier than what stands there the choice must be."""
    here = next(each for each in choices if each.here)
    plain = not {"nom", "nom.pl"}.isdisjoint(here.cells)
    due = "due" in choice.signs
    odds = DUE if due else PLAIN if plain else OTHER
    if not _KEPT.isdisjoint(here.signs):
        odds = max(odds, STANDS)
    subject = {cell.partition(".")[0] for cell in choice.cells} == {"nom"}
    if "here starts" in here.signs or _object(here) or (subject and not plain):
        odds = max(odds, FIRST)
    if sure:
        odds *= DUE_TAKEN if due else TAKEN
    return odds


def _object(here: signs.Choice) -> bool:
    """Is it an accusative and no other case, where a verb has room for it?"""
    return "object" in here.signs and all(cell.startswith("acc") for cell in here.cells)


def _possible(choice: signs.Choice) -> bool:
    """Has the clause room for it, where it can be nothing but the subject or a bare object?"""
    if not {cell.partition(".")[0] for cell in choice.cells} <= {"nom", "acc"}:
        return True
    return not choice.signs.keys().isdisjoint(_ROOM)


_KEPT = frozenset(("here stands", "here adjunct"))
_ROOM = frozenset(("subject", "subject surely", "object", "due", "near 3 hit", "acc joined"))


def _put(term: Term, found: Found, view: View, choice: signs.Choice) -> Repair | None:
    return standing.put(term, found, view, choice.cells[0], choice.why)


@lru_cache(maxsize=1)
def judge() -> Judge:
    """The bundled network. Raises DataError where the asset is missing or damaged."""
    with bundled("judge.npz") as path:
        return read(path)


def read(path: Path) -> Judge:
    """The network of a file that `pipeline.training.judge` wrote. Raises DataError where it is missing or damaged."""
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file) as data:
            names = bytes(data["signs"]).decode("utf-8").split("\n")
            first, bias, last = (data[name].astype(np.float32) for name in ("first", "bias", "last"))
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise DataError(f"the judge of Russian forms is missing or damaged: {error}", where=str(path)) from error
    return Judge({name: n for n, name in enumerate(names)}, first, bias, last)
