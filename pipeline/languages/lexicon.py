"""Word translation probabilities between the three languages, both ways, from the bundled statistical tables.

Words are compared in the form `key` gives: Russian dictionary forms, English in lower case, Chinese as segmented. The
tables hold p(target word | source word) of an IBM model 2 trained on the corpora named in the model's card, pruned to
the likeliest translations; probabilities are kept in one byte, on a logarithmic scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from pipeline.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PAIRS: Final = ("zh-ru", "zh-en", "en-ru")
STEPS: Final = 32.0  # a stored byte b stands for exp(-b / STEPS)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One direction of a pair. Unknown words have probability 0 and no translations."""

    source: str
    target: str
    _words: dict[str, int]
    _others: tuple[str, ...]
    _places: dict[str, int]
    _starts: NDArray[np.uint32]
    _ids: NDArray[np.uint16]
    _bytes: NDArray[np.uint8]

    def prob(self, src_word: str, tgt_word: str) -> float:
        """p(target word | source word), 0.0 where the table does not list it."""
        row, other = self._words.get(key(src_word, self.source)), self._places.get(key(tgt_word, self.target))
        if row is None or other is None:
            return 0.0
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        listed = self._ids[start:end].tolist()
        return _VALUES[int(self._bytes[start + listed.index(other)])] if other in listed else 0.0

    def best(self, src_word: str, n: int = 5) -> list[tuple[str, float]]:
        """The likeliest `n` translations with their probabilities, best first."""
        row = self._words.get(key(src_word, self.source))
        if row is None:
            return []
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        listed, others = slice(start, min(end, start + n)), self._others
        pairs = zip(self._ids[listed].tolist(), self._bytes[listed].tolist(), strict=True)
        return [(others[other], _VALUES[step]) for other, step in pairs]

    def __contains__(self, src_word: object) -> bool:
        return isinstance(src_word, str) and key(src_word, self.source) in self._words

    def __len__(self) -> int:
        return len(self._words)


_VALUES: Final = tuple(float(2.718281828459045 ** (-step / STEPS)) for step in range(256))


def key(word: str, language: str) -> str:
    """The form in which a word is listed."""
    if language == "ru":
        from pipeline.languages.russian import analyse

        return analyse.lemma(word)
    return word.lower()


@lru_cache(maxsize=8)
def load(pair: str) -> Lexicon:
    """The table of a direction such as "zh-ru" or "ru-zh"; raises DataError where the asset is missing or broken."""
    import numpy as np

    reverse = "-".join(reversed(pair.split("-")))
    name = pair if pair in PAIRS else reverse
    if name not in PAIRS:
        raise DataError(f"no word table for {pair}", hint=f"there are {', '.join(PAIRS)}, each both ways")
    side = "forward" if name == pair else "backward"
    file = resources.files("pipeline.assets") / "lexicon" / f"{name}.npz"
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            left, right = (str(bytes(held[part]), "utf-8").split("\n") for part in ("left", "right"))
            starts, ids, steps = (held[f"{side}_{part}"] for part in ("starts", "ids", "bytes"))
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"the word table {name} cannot be read: {error}", hint="reinstall the package") from error
    words, others = (left, right) if side == "forward" else (right, left)
    source, target = pair.split("-")
    return Lexicon(source, target, {w: n for n, w in enumerate(words)}, tuple(others),
                   {w: n for n, w in enumerate(others)}, starts, ids, steps)  # fmt: skip
