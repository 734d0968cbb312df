"""Which case a place in a Russian sentence expects: a small network that sees the sentence with the words in question
masked (their dictionary form, gender and animacy are told, their ending is not).

Tokens are seen as in `fitness` (lexeme, class of readings, shape) and by the navec vector of the lexeme; two layers of
dilated convolution and two of self-attention give, for a noun or an adjective in question, the chance of each of twelve
cells (six cases, two numbers), and for an adjective, a finite verb or a short form what it agrees with (masculine,
feminine, neuter, plural). It was trained on Russian of people and machines (`pipeline.training.cases`) where a form may
be several cells: the chance of all of them together was made large, so no tagger had to choose (learning with partial
labels, Cour, Sapp and Taskar 2011).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.languages.russian import fitness, vectors, weights
from pipeline.languages.russian.masks import CELLS, Nature

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DILATIONS: Final = (1, 2)
ATTENDING, HEADS, REACH = 2, 5, 16  # layers of attention, heads, tokens to each side told apart
_KEPT_WORDS: Final = 1 << 15  # whose numbers and vectors are not looked up again
_MOST: Final = 120  # tokens of a sentence that are looked at


@dataclass(frozen=True)
class Network:
    """Weights, and the numbers of lexemes and classes (0 padding, 1 unknown)."""

    lexemes: dict[str, int]
    classes: dict[str, int]
    held: Mapping[str, NDArray[np.float32]]

    _seen: dict[tuple[str, bool], tuple[tuple[int, int, int], NDArray[np.float32]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def _given(self, word: str, hidden: Nature | None) -> tuple[tuple[int, int, int], NDArray[np.float32]]:
        """Numbers of lexeme, class and shape, and what the vector of the lexeme was brought to."""
        key = (word if hidden is None else f"{hidden.lexeme} {hidden.told} {fitness.shape(word)}", hidden is None)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= _KEPT_WORDS:
                self._seen.clear()
            if hidden is None:
                numbers, lexeme = fitness.encode(word, self.lexemes, self.classes), fitness.lexeme(word)
            else:
                lexeme = hidden.lexeme
                numbers = (self.lexemes.get(lexeme, 1), self.classes.get(hidden.told, 1), fitness.shape(word))
            vector, bias = vectors.unit(lexeme), self.held["meaning/bias"]
            found = self._seen[key] = numbers, bias if vector is None else vector @ self.held["meaning"] + bias
        return found

    def chances(self, words: Sequence[str], masked: Mapping[int, Nature], at: int) -> NDArray[np.float32]:
        """For the word at `at`, which is one of those masked, the chance of each of CELLS, then of each of ACCORD.

        Shape (16,); the twelve sum to one, and so do the four.
        """
        import numpy as np

        first = max(0, min(at - _MOST // 2, len(words) - _MOST))
        words = words[first : first + _MOST]
        masked = {place - first: said for place, said in masked.items()}
        state = self._read([self._given(word, masked.get(n)) for n, word in enumerate(words)], at - first)
        logits = state @ self.held["last"] + self.held["last/bias"]
        parts = np.split(logits, [len(CELLS)])
        chances = [np.exp(part - part.max()) for part in parts]
        return np.concatenate([part / part.sum() for part in chances])

    def _read(self, given: Sequence[tuple[tuple[int, int, int], NDArray[np.float32]]], at: int) -> NDArray[np.float32]:
        """The state of the word at `at` behind the last layer, which looks from that word alone."""
        import numpy as np

        held, numbers = self.held, np.array([each for each, _ in given], np.int64)
        known = [held[name][numbers[:, n]] for n, name in enumerate(("lexeme", "class", "shape"))]
        here = np.concatenate([*known, np.stack([meaning for _, meaning in given])], axis=1)
        state = here @ held["first"] + held["first/bias"]
        for n, dilation in enumerate(DILATIONS):
            seen = _window(_normal(state, held, f"conv{n}/norm"), dilation)
            state = state + np.maximum(seen @ held[f"conv{n}"] + held[f"conv{n}/bias"], 0)
        everywhere = np.arange(len(state))
        for n in range(ATTENDING):
            asking = everywhere[at : at + 1] if n == ATTENDING - 1 else everywhere
            apart = np.clip(everywhere[None] - asking[:, None], -REACH, REACH) + REACH
            query, key, value = _heads(_normal(state, held, f"attend{n}/norm"), asking, held, f"attend{n}")
            weight = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1]) + held[f"apart{n}"].T[:, apart]
            weight = np.exp(weight - weight.max(-1, keepdims=True))
            weight /= weight.sum(-1, keepdims=True)
            told = (weight @ value).transpose(1, 0, 2).reshape(len(asking), -1)
            state = state[asking] + told @ held[f"out{n}"] + held[f"out{n}/bias"]
            seen = _normal(state, held, f"feed{n}/norm")
            state = state + np.maximum(seen @ held[f"feed{n}"] + held[f"feed{n}/bias"], 0) @ held[f"back{n}"]
            state = state + held[f"back{n}/bias"]
        done: NDArray[np.float32] = _normal(state[0], held, "norm")
        return done


def _heads(seen: Any, asking: Any, held: Mapping[str, Any], name: str) -> tuple[Any, Any, Any]:
    """Queries of the tokens `asking`, keys and values of all, by heads."""
    import numpy as np

    weight, bias = held[name], held[f"{name}/bias"]
    size = len(weight)
    queries = seen[asking] @ weight[:, :size] + bias[:size]
    keys, values = np.split(seen @ weight[:, size:] + bias[size:], 2, axis=1)
    query, key, value = (
        part.reshape(len(part), HEADS, -1).transpose(1, 0, 2) for part in (queries, keys, values)
    )  # fmt: skip
    return query, key, value


def _normal(state: Any, held: Mapping[str, Any], name: str) -> Any:
    import numpy as np

    state = state - state.mean(-1, keepdims=True)
    spread = np.sqrt((state * state).mean(-1, keepdims=True) + 1e-5)
    return state / spread * held[f"{name}/weight"] + held[f"{name}/bias"]


def _window(state: Any, dilation: int) -> Any:
    """The states of the five tokens around each, side by side."""
    import numpy as np

    reach = dilation * (fitness.WIDTH // 2)
    padded = np.pad(state, ((reach, reach), (0, 0)))
    return np.concatenate([padded[n * dilation : n * dilation + len(state)] for n in range(fitness.WIDTH)], axis=1)


@lru_cache(maxsize=1)
def network() -> Network:
    """The bundled network. Raises DataError where the asset is missing or damaged."""
    with weights.bundled("expected.npz") as path:
        return read(path)


def read(path: Path) -> Network:
    """The network of a file that `pipeline.training.cases` wrote. Raises DataError where it is missing or damaged."""
    found = weights.read(path, "the table of Russian cases")
    return Network(found.lexemes, found.classes, found.held)
