"""Batches of similar length from packed pairs, all directions mixed, drawn by weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.training.pack import NONE, Packed
from pipeline.training.settings import DIRECTIONS, Training

Ids = NDArray[np.int64]
POOL = 6000


@dataclass(frozen=True)
class Example:
    """One direction of a sentence pair; `link` holds for each target piece the place in `source`, or NONE."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    link: NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """`rows` are vocabulary ids, the last `sampled` of them negatives; all else indexes `rows`; -1 pads targets."""

    rows: Ids
    sampled: int
    source: Ids
    mask: NDArray[np.bool_]
    entry: Ids  # shifted targets, -1 at the start and at padding
    label: Ids
    link: Ids  # -1 where there is none


class Examples:
    """Draws examples of every direction; corpora are weighted, lengths can be bounded (curriculum).

    `packs` holds corpora by pair, used both ways; `marked` annotated ones by direction, drawn `annotated` of the time.
    """

    def __init__(
        self,
        packs: dict[str, list[Packed]],
        marked: dict[str, Packed],
        options: Training,
        tokens: dict[str, int],
        eos: int,
        seed: int,
    ) -> None:
        self.packs, self.marked, self.options, self.tokens, self.eos = packs, marked, options, tokens, eos
        self.generator = np.random.default_rng(seed)
        total = sum(options.shares.get(d, 0.0) for d in DIRECTIONS)
        self.shares = [options.shares.get(d, 0.0) / total for d in DIRECTIONS]
        self.longest = 0
        self._pools: dict[str, tuple[Ids, Ids, NDArray[np.float64]]] = {}

    def bound(self, longest: int) -> None:
        """Only pairs of at most `longest` pieces on both sides from now on."""
        self.longest = longest
        groups = self.packs | {f"terms {direction}": [packed] for direction, packed in self.marked.items()}
        for name, group in groups.items():
            pack_index, index, weight = [], [], []
            for n, packed in enumerate(group):
                size = np.maximum(np.diff(packed.left_at), np.diff(packed.right_at))
                chosen = np.flatnonzero(size <= longest)
                pack_index.append(np.full(len(chosen), n))
                index.append(chosen)
                weight.append(packed.weight[chosen].astype(np.float64))
            weights = np.concatenate(weight)
            if len(weights):
                self._pools[name] = (
                    np.concatenate(pack_index),
                    np.concatenate(index),
                    np.cumsum(weights / weights.sum()),
                )

    def example(self, target: str, packed: Packed, n: int, forward: bool) -> Example:
        """Sentence n of a corpus, from its left side to its right one where `forward`."""
        a, b = packed.left_at[n], packed.left_at[n + 1]
        c, d = packed.right_at[n], packed.right_at[n + 1]
        left, right = packed.left[a:b].astype(np.int64), packed.right[c:d].astype(np.int64)
        text, goal = (left, right) if forward else (right, left)
        link = (packed.right_link[c:d] if forward else packed.left_link[a:b]).astype(np.int64)
        return Example(
            np.concatenate([[self.tokens[target]], text, [self.eos]]),
            np.concatenate([goal, [self.eos]]),
            np.concatenate([np.where(link == NONE, -1, link + 1), [len(text) + 1]]),
        )

    def draw(self, count: int) -> list[Example]:
        """`count` examples, directions by share, pairs by weight."""
        made: list[Example] = []
        for direction, number in zip(DIRECTIONS, self.generator.multinomial(count, self.shares), strict=True):
            pair = direction if direction in self.packs else "-".join(reversed(direction.split("-")))
            terms = f"terms {direction}"
            some = int(self.generator.binomial(number, self.options.annotated)) if terms in self._pools else 0
            made += self._take(pair, int(number) - some, direction, direction == pair)
            made += self._take(terms, some, direction, True)
        return made

    def _take(self, pool: str, number: int, direction: str, forward: bool) -> list[Example]:
        if not number:
            return []
        which, index, cumulative = self._pools[pool]
        group = self.packs.get(pool) or [self.marked[direction]]
        target = direction.split("-")[1]
        places = np.minimum(np.searchsorted(cumulative, self.generator.random(number)), len(index) - 1)
        return [self.example(target, group[which[at]], int(index[at]), forward) for at in places]

    def batches(self, size: int) -> Iterator[list[Example]]:
        """Endless lists of examples whose padded size on the longer side is at most `size` pieces."""
        while True:
            pool = self.draw(POOL)
            pool.sort(key=lambda e: (max(len(e.source), len(e.target)), len(e.source)))
            cut: list[list[Example]] = [[]]
            for example in pool:
                widest = max(len(example.source), len(example.target))
                if cut[-1] and widest * (len(cut[-1]) + 1) > size:
                    cut.append([])
                cut[-1].append(example)
            for n in self.generator.permutation(len(cut) - 1):
                yield cut[n]


def collate(examples: list[Example], vocabulary: int, candidates: int, generator: np.random.Generator) -> Batch:
    """Pads a batch and renumbers its ids to the rows of the shared table it needs."""
    count = len(examples)
    width = max(len(e.source) for e in examples)
    height = max(len(e.target) for e in examples)
    source = np.full((count, width), -1, np.int64)
    label = np.full((count, height), -1, np.int64)
    link = np.full((count, height), -1, np.int64)
    for n, example in enumerate(examples):
        source[n, : len(example.source)] = example.source
        label[n, : len(example.target)] = example.target
        link[n, : len(example.link)] = example.link
    used = np.zeros(vocabulary + 1, np.bool_)
    used[source.ravel()] = True  # -1 marks the last, unused place
    used[label.ravel()] = True
    used[vocabulary] = False
    rows = np.flatnonzero(used)
    negatives = np.zeros(0, np.int64)
    if candidates:
        used[0] = True  # padding is never a candidate
        free = np.flatnonzero(~used[:vocabulary])
        negatives = free if candidates >= len(free) else generator.choice(free, candidates, replace=False)
    place = np.full(vocabulary + 1, -1, np.int64)
    rows = np.concatenate([rows, negatives])
    place[rows] = np.arange(len(rows))
    label = place[label]
    entry = np.concatenate([np.full((count, 1), -1), label[:, :-1]], 1)
    mask = source >= 0
    return Batch(rows, len(negatives), np.maximum(place[source], 0), mask, entry, label, link)
