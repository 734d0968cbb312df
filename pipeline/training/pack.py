"""Phase 4: piece ids of every clean pair, with their word links, as flat arrays in one .npz a pair.

Arrays: left, right (uint16 ids, all sentences end to end), left_at, right_at (int64 offsets, one more than sentences),
left_link, right_link (uint8: the position on the other side a piece is linked to, 255 for none), weight (float32).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.training import align, corpora, vocabulary
from pipeline.training.settings import PAIRS, Settings

NONE = 255
LONGEST = 110
CHUNK = 20000


@dataclass(frozen=True)
class Packed:
    """The sentences of a pair; `side(0)` is the left one."""

    left: NDArray[np.uint16]
    right: NDArray[np.uint16]
    left_at: NDArray[np.int64]
    right_at: NDArray[np.int64]
    left_link: NDArray[np.uint8]
    right_link: NDArray[np.uint8]
    weight: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.weight)

    def save(self, path: Path) -> None:
        np.savez_compressed(path, **vars(self))

    @classmethod
    def load(cls, path: Path) -> Packed:
        with np.load(path, allow_pickle=False) as held:
            return cls(**{name: held[name] for name in held.files})


class Linker:
    """Looks up sqrt(p(t|s) p(s|t)) for cells of a pair and links each piece to its best partner."""

    def __init__(self, forward: Any, backward: Any, size: int) -> None:
        product = forward.multiply(backward.T).tocoo()
        code = product.row.astype(np.int64) * size + product.col
        order = np.argsort(code)
        self.code, self.value, self.size = code[order], np.sqrt(product.data[order]), size

    def links(self, sources: list[align.Ints], targets: list[align.Ints]) -> list[NDArray[np.uint8]]:
        """For each sentence, for each target piece, the linked source position or NONE."""
        left, right, prior, starts = align.cells(sources, targets)
        code = left.astype(np.int64) * self.size + right
        found = np.minimum(np.searchsorted(self.code, code), len(self.code) - 1)
        score = np.where(self.code[found] == code, self.value[found], 0) * prior
        score[starts] = 0.001  # the null word wins where nothing is linked
        best = np.maximum.reduceat(score, starts)
        lengths = np.diff(np.append(starts, len(score)))
        hit = score == np.repeat(best, lengths)
        index = np.arange(len(score)) - np.repeat(starts, lengths)
        first = np.minimum.reduceat(np.where(hit, index, 1 << 30), starts)
        link = np.where(first == 0, NONE, np.minimum(first - 1, NONE)).astype(np.uint8)
        return [np.asarray(part, np.uint8) for part in np.split(link, np.cumsum([len(t) for t in targets])[:-1])]


def linker(settings: Settings, pair: str) -> tuple[Linker, Linker]:
    """Linkers for the pair and for its reverse."""
    from scipy import sparse

    forward = sparse.load_npz(settings.folder / "align" / f"{pair}.forward.npz")
    backward = sparse.load_npz(settings.folder / "align" / f"{pair}.backward.npz")
    size = settings.vocabulary.size
    return Linker(forward, backward, size), Linker(backward, forward, size)


def pack(rows: list[list[str]], weights: list[float], processor: Any, linkers: tuple[Linker, Linker]) -> Packed:
    """Packs rows of (corpus, left, right); pairs longer than LONGEST pieces on a side are left out."""
    lefts: list[align.Ints] = []
    rights: list[align.Ints] = []
    kept: list[float] = []
    encoded = zip(processor.encode([r[1] for r in rows]), processor.encode([r[2] for r in rows]), weights, strict=True)
    for left, right, weight in encoded:
        if 0 < len(left) <= LONGEST and 0 < len(right) <= LONGEST:
            lefts.append(np.array(left, np.int32))
            rights.append(np.array(right, np.int32))
            kept.append(weight)
    left_link: list[NDArray[np.uint8]] = []
    right_link: list[NDArray[np.uint8]] = []
    for at in range(0, len(lefts), CHUNK):
        right_link += linkers[0].links(lefts[at : at + CHUNK], rights[at : at + CHUNK])
        left_link += linkers[1].links(rights[at : at + CHUNK], lefts[at : at + CHUNK])
    return Packed(
        left=np.concatenate(lefts).astype(np.uint16), right=np.concatenate(rights).astype(np.uint16),
        left_at=np.cumsum([0] + [len(x) for x in lefts]), right_at=np.cumsum([0] + [len(x) for x in rights]),
        left_link=np.concatenate(left_link), right_link=np.concatenate(right_link),
        weight=np.array(kept, np.float32),
    )  # fmt: skip


def run(settings: Settings) -> dict[str, int]:
    """Writes pack/<pair>.npz; returns the pairs in each."""
    folder = settings.folder / "pack"
    folder.mkdir(exist_ok=True)
    processor = vocabulary.load(settings)
    counts = {}
    for pair in ("-".join(p) for p in PAIRS):
        rows = list(corpora.lines(settings.folder / "clean" / f"{pair}.tsv"))
        weights = [settings.weights.get(row[0].removesuffix("-joined"), 1.0) for row in rows]
        packed = pack(rows, weights, processor, linker(settings, pair))
        packed.save(folder / f"{pair}.npz")
        counts[pair] = len(packed)
    return counts
