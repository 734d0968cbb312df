"""How a Russian text is worded: rather as people write, or as machines translate.

A logistic regression over hashed n-grams of lemmas and of parts of speech with case and number (Baroni and Bernardini
2006 told translations from originals by such features). It looks at the target alone: it says nothing of the sense, and
a machine's text that reads well passes.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS: Final = 18  # of a feature's number
LIMIT: Final = 3.0  # standard deviations beyond which the wording counts no more
NAME: Final = "wording: as people write"
_PIECE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]")
_EDGES: Final = ("<", ">")


@lru_cache(maxsize=100_000)
def _read(word: str) -> tuple[str, str]:
    """Lemma and part of speech with case and number; "#" twice for a number, a mark as it is."""
    if word[0].isdigit():
        return "#", "#"
    if not word[0].isalpha():
        return word, word
    from pipeline.languages.russian import analyse

    found = analyse.parses(word)
    if not found:
        return word, "?"
    tag = found[0].tag
    return found[0].normal_form.replace("ё", "е"), f"{tag.POS}{tag.case or ''}{tag.number or ''}"


def numbers(text: str) -> Counter[int]:
    """The features of a text, as numbers below 2 ** BITS, with their counts."""
    read = [_read(word.lower()) for word in _PIECE.findall(text)]
    lemmas = [_EDGES[0], *(lemma for lemma, _ in read), _EDGES[1]]
    kinds = [_EDGES[0], *(kind for _, kind in read), _EDGES[1]]
    made = [f"l{lemma}" for lemma in lemmas]
    for at in range(len(kinds) - 1):
        made.append(f"b{lemmas[at]} {lemmas[at + 1]}")
        made.append(f"m{kinds[at]} {lemmas[at + 1]}")
        made.append(f"n{lemmas[at]} {kinds[at + 1]}")
        made += [f"p{' '.join(kinds[at : at + size])}" for size in (2, 3, 4) if at + size <= len(kinds)]
    return Counter(zlib.crc32(feature.encode()) % 2**BITS for feature in made)


def vector(text: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Numbers of the features of a text and their values: roots of the counts, of length one in all."""
    import numpy as np

    counted = numbers(text)
    places = np.fromiter(counted.keys(), np.int64, len(counted))
    values = np.sqrt(np.fromiter(counted.values(), np.float64, len(counted)))
    return places, values / np.sqrt((values**2).sum())


@dataclass(frozen=True)
class Manner:
    """weights: (2 ** BITS,); a text's sum of them, less `middle`, over `spread`, is in standard deviations; it counts
    `strength` times beside the other features of the quality."""

    weights: NDArray[Any]
    middle: float
    spread: float
    strength: float

    def sums(self, texts: Sequence[str]) -> NDArray[Any]:
        """(n,) as they are, higher for what people write."""
        import numpy as np

        return np.array([float(self.weights[places] @ values) for places, values in map(vector, texts)])

    def scores(self, texts: Sequence[str]) -> NDArray[Any]:
        """(n,) what the wording adds to the quality's sum, between -LIMIT and LIMIT times `strength`."""
        import numpy as np

        scaled = (self.sums(texts) - self.middle) / self.spread
        made: NDArray[Any] = self.strength * np.clip(scaled, -LIMIT, LIMIT)
        return made

    def arrays(self, name: str) -> dict[str, Any]:
        """What the asset holds of it."""
        import numpy as np

        scalars = np.array([self.middle, self.spread, self.strength])
        return {f"manner_{name}_weights": self.weights.astype(np.float16), f"manner_{name}_scalars": scalars}


def read(held: Any, name: str) -> Manner:
    """From the arrays of an asset; raises KeyError where one is missing."""
    import numpy as np

    middle, spread, strength = (float(value) for value in held[f"manner_{name}_scalars"])
    return Manner(held[f"manner_{name}_weights"].astype(np.float32), middle, spread, strength)
