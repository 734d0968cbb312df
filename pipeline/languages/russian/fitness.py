"""Does each word fit its place? A small network over dictionary readings, for sentences that a tree cannot follow.

Every token is seen as a lexeme (dictionary form; the form itself of function words), the class of its readings
(part of speech, case, number, gender, animacy, tense, person) and the shape of its letters; four layers of
dilated convolution, 16 tokens to each side, say how likely it is that its form is wrong there. Trained on forms put in
other cells of their paradigm at random (`pipeline.training.grammar`); the weights are bytes with one scale a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pipeline.languages.russian import weights
from pipeline.languages.russian.analyse import fold, is_known, parses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DILATIONS: Final = (1, 2, 4, 1)
WIDTH: Final = 5  # of every convolution
_CLOSED: Final = frozenset(("PREP", "CONJ", "PRCL", "NPRO", "PRED", "INTJ", "NUMR", "ADVB"))
_KEPT: Final = frozenset(
    ("nomn", "gent", "datv", "accs", "ablt", "loct", "gen2", "acc2", "loc2", "voct", "sing", "plur", "masc", "femn",
     "neut", "ms-f", "anim", "inan", "past", "pres", "futr", "1per", "2per", "3per", "impr", "tran", "intr", "pssv",
     "actv", "Fixd", "Apro", "Anum", "Name", "Surn", "Geox")
)  # fmt: skip
_KEPT_WORDS: Final = 1 << 16  # whose numbers are not looked up again
_SMALL: Final = 0.005  # readings less likely than this are no reading


@lru_cache(maxsize=1 << 16)
def reading_class(word: str) -> str:
    """All likely dictionary readings of a word form, in one string; the mark itself where it is no Russian word."""
    if word[:1].isdigit():
        return _figure(word)
    if not word[:1].isalpha():
        return word[:1]
    if not ("а" <= fold(word[0]) <= "я"):
        return "FOREIGN"
    known = is_known(word)
    if not known and word[:1].isupper():
        return "NAME"
    found = {_cell(parse) for parse in parses(word) if parse.score >= _SMALL} or {_cell(parses(word)[0])}
    return ("" if known else "?") + "|".join(sorted(found))


def _cell(parse: Any) -> str:
    return ".".join((str(parse.tag.POS), *sorted(_KEPT & parse.tag.grammemes)))


def _figure(word: str) -> str:
    """Figures by what they ask of the noun they count."""
    digits = word.rstrip("%")
    if not digits.isdigit():
        return "#-" if "-" in word else "#."
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return "#year"
    if digits[-2:-1] == "1" or digits[-1] in "056789":
        return "#5"
    return "#1" if digits[-1] == "1" else "#2"


@lru_cache(maxsize=1 << 16)
def lexeme(word: str) -> str:
    """What the word is, whatever its form: the dictionary form, or the form itself of function words."""
    if not word[:1].isalpha():
        return _figure(word) if word[:1].isdigit() else word[:1]
    if not is_known(word):
        return "?"
    best = parses(word)[0]
    return fold(word) if str(best.tag.POS) in _CLOSED else fold(str(best.normal_form))


def shape(word: str) -> int:
    """0 mark, 1 figure, 2 small letters, 3 capitalised, 4 all capitals, 5 other script."""
    first = word[:1]
    if first.isdigit():
        return 1
    if not first.isalpha():
        return 0
    if not ("а" <= fold(first) <= "я"):
        return 5
    if first.islower():
        return 2
    return 4 if len(word) > 1 and word.isupper() else 3


@dataclass(frozen=True)
class Network:
    """Weights, and the numbers of lexemes and classes (0 padding, 1 unknown)."""

    lexemes: dict[str, int]
    classes: dict[str, int]
    embedded: tuple[NDArray[np.float32], ...]  # lexemes, classes, shapes
    first: tuple[NDArray[np.float32], NDArray[np.float32]]
    layers: tuple[tuple[NDArray[np.float32], NDArray[np.float32]], ...]  # each (WIDTH * n, n), (n,)
    last: tuple[NDArray[np.float32], NDArray[np.float32]]

    _ids: dict[str, tuple[int, int, int]] = field(default_factory=dict, compare=False, repr=False)

    def ids(self, word: str) -> tuple[int, int, int]:
        found = self._ids.get(word)
        if found is None:
            if len(self._ids) >= _KEPT_WORDS:
                self._ids.clear()
            found = self._ids[word] = encode(word, self.lexemes, self.classes)
        return found

    def misfit(self, sentences: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
        """For every sentence (its words and marks) the probability that the form of each is wrong."""
        import numpy as np

        gap = max(DILATIONS) * (WIDTH // 2)  # no layer looks further, and what stands in a gap is 0 after each
        numbers: list[tuple[int, int, int]] = [(0, 0, 0)] * gap
        starts = []
        for sentence in sentences:
            starts.append(len(numbers))
            numbers += map(self.ids, sentence)
            numbers += [(0, 0, 0)] * gap
        at = np.array(numbers, np.int64)
        mask = (at[:, :1] != 0).astype(np.float32)
        here = np.concatenate([table[at[:, n]] for n, table in enumerate(self.embedded)], axis=1)
        state = _positive(here @ self.first[0], self.first[1])
        state *= mask
        for dilation, (weight, bias) in zip(DILATIONS, self.layers, strict=True):
            state += _positive(_shifted(state, dilation) @ weight, bias)
            state *= mask
        logits = (state @ self.last[0] + self.last[1])[:, 0]
        chances = 1 / (1 + np.exp(-logits))
        return [chances[start : start + len(s)] for start, s in zip(starts, sentences, strict=True)]


def encode(word: str, lexemes: dict[str, int], classes: dict[str, int]) -> tuple[int, int, int]:
    """Numbers of lexeme, class and shape of a word. A class never seen is cut down to its likeliest reading."""
    told = reading_class(word)
    number = classes.get(told)
    if number is None:
        number = classes.get(_cell(parses(word)[0]), 1) if word[:1].isalpha() else 1
    return lexemes.get(lexeme(word), 1), number, shape(word)


def _positive(values: NDArray[np.float32], bias: NDArray[np.float32]) -> NDArray[np.float32]:
    """The positive part of the sums, in their own room."""
    import numpy as np

    values += bias
    return np.maximum(values, 0, out=values)


def _shifted(state: NDArray[np.float32], dilation: int) -> NDArray[np.float32]:
    """The states of the WIDTH tokens around each, side by side."""
    import numpy as np

    reach = dilation * (WIDTH // 2)
    padded = np.pad(state, ((reach, reach), (0, 0)))
    return np.concatenate([padded[n * dilation : n * dilation + len(state)] for n in range(WIDTH)], axis=1)


@lru_cache(maxsize=1)
def network() -> Network:
    """The bundled network. Raises DataError where the asset is missing or damaged."""
    with weights.bundled("fitness.npz") as path:
        found = weights.read(path, "the table of Russian forms")
    held = found.held
    return Network(
        found.lexemes,
        found.classes,
        (held["lexeme"], held["class"], held["shape"]),
        (held["first"], held["first/bias"]),
        tuple((held[f"layer{n}"], held[f"layer{n}/bias"]) for n in range(len(DILATIONS))),
        (held["last"], held["last/bias"]),
    )
