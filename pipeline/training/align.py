"""Phase 3: word alignment over the pieces, and the vectors that start the network.

Alignment is IBM model 2 in the reparametrised form of Dyer, Chahuneau and Smith 2013 (a prior along the diagonal), by
expectation maximisation in numpy, both ways over each pair; the geometric mean of the two tables is kept.

The vectors let the untrained network be a word-by-word translator: each piece gets a random vector plus a latent
semantic one (singular vectors of the piece by sentence-pair matrix, as in Levy, Søgaard and Goldberg 2017), smoothed
over the translation table so that 城市, город and city are close. Truncating the table itself would keep only a few
hundred concepts.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.training import corpora, vocabulary
from pipeline.training.settings import PAIRS, Alignment, Settings

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
TENSION, NULL = 4.0, 0.08


def cells(sources: Sequence[Ints], targets: Sequence[Ints]) -> tuple[Ints, Ints, Floats, NDArray[np.int64]]:
    """Every (target position, source position) cell of the corpus in order.

    Returns source ids (0 is the null word), target ids, the prior of each cell, and where each target position begins.
    """
    left, right, prior, starts, at = [], [], [], [], 0
    shapes: dict[tuple[int, int], Floats] = {}
    for source, target in zip(sources, targets, strict=True):
        n, m = len(source), len(target)
        if (n, m) not in shapes:
            i, j = np.arange(m)[:, None] / m, np.arange(n)[None, :] / n
            weight = np.exp(-TENSION * np.abs(i - j))
            weight = (1 - NULL) * weight / weight.sum(1, keepdims=True)
            shapes[n, m] = np.concatenate([np.full((m, 1), NULL), weight], 1).astype(np.float32)
        left.append(np.tile(np.concatenate([[0], source]).astype(np.int32), m))
        right.append(np.repeat(target, n + 1))
        prior.append(shapes[n, m].ravel())
        starts.append(at + np.arange(m, dtype=np.int64) * (n + 1))
        at += m * (n + 1)
    return np.concatenate(left), np.concatenate(right), np.concatenate(prior), np.concatenate(starts)


def table(sources: Sequence[Ints], targets: Sequence[Ints], size: int, iterations: int) -> Any:
    """p(target | source) as a sparse (size, size) matrix, rows sources; row 0 is the null word."""
    from scipy import sparse

    left, right, prior, starts = cells(sources, targets)
    code = left.astype(np.int64) * size + right
    unique, inverse = np.unique(code, return_inverse=True)
    inverse = inverse.astype(np.int32)
    del code, right
    rows = (unique // size).astype(np.int64)
    probability = np.ones(len(unique), np.float32)
    lengths = np.diff(np.append(starts, len(left)))
    for _ in range(iterations):
        score = probability[inverse] * prior
        total = np.add.reduceat(score, starts)
        score /= np.repeat(np.maximum(total, 1e-12), lengths)
        counts = np.bincount(inverse, weights=score, minlength=len(unique))
        sums = np.bincount(rows, weights=counts, minlength=size)
        probability = (counts / np.maximum(sums[rows], 1e-9)).astype(np.float32)
    keep = probability > 0.003
    return sparse.csr_matrix((probability[keep], (rows[keep], (unique[keep] % size))), shape=(size, size))


def sample(settings: Settings, pair: tuple[str, str], options: Alignment) -> list[tuple[Ints, Ints]]:
    """Piece ids of a random sample of a pair's clean sentences, general text first, technical text for the rest."""
    processor = vocabulary.load(settings)
    rows = list(corpora.lines(settings.folder / "clean" / f"{'-'.join(pair)}.tsv"))
    random.Random(settings.training.seed).shuffle(rows)
    rows.sort(key=lambda row: row[0] == "msdocs")
    rows = rows[: options.sentences]
    both = zip(processor.encode([r[1] for r in rows]), processor.encode([r[2] for r in rows]), strict=True)
    made = [(np.array(a, np.int32), np.array(b, np.int32)) for a, b in both]
    return [(a, b) for a, b in made if 0 < len(a) <= options.longest and 0 < len(b) <= options.longest]


def vectors(links: Any, sentences: list[tuple[Ints, Ints]], size: int, width: int, seed: int) -> Floats:
    """Unit row vectors (size, width): random plus semantic, smoothed over the symmetric link matrix."""
    from scipy import sparse
    from sklearn.utils.extmath import randomized_svd

    generator = np.random.default_rng(seed)
    column = np.concatenate([np.full(len(a) + len(b), n) for n, (a, b) in enumerate(sentences)])
    row = np.concatenate([np.concatenate(both) for both in sentences])
    counts = sparse.csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=(size, len(sentences)))
    counts.data[:] = 1
    frequency = np.asarray(counts.sum(1)).ravel()
    weight = np.log(len(sentences) / np.maximum(frequency, 1)) / np.sqrt(np.maximum(frequency, 1))
    left, _, _ = randomized_svd(
        sparse.diags(weight.astype(np.float32)) @ counts, width // 2, n_iter=2, random_state=seed
    )
    semantic = generator.standard_normal((width // 2, width)).astype(np.float32)
    semantic = _unit(left.astype(np.float32)) @ np.linalg.qr(semantic.T)[0].T.astype(np.float32)
    base = _unit(generator.standard_normal((size, width)).astype(np.float32)) + 0.7 * semantic
    mixed = _unit(base)
    for _ in range(3):
        mixed = _unit(0.5 * _unit(base) + 1.5 * (links @ mixed) + 0.5 * mixed)
    return mixed


def _unit(matrix: Floats) -> Floats:
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6), np.float32)


def run(settings: Settings) -> dict[str, Any]:
    """Writes align/<pair>.{forward,backward}.npz (tables) and align/vectors.npy."""
    from scipy import sparse

    folder: Path = settings.folder / "align"
    folder.mkdir(exist_ok=True)
    size = settings.vocabulary.size
    links = sparse.csr_matrix((size, size), dtype=np.float32)
    everything: list[tuple[Ints, Ints]] = []
    for pair in PAIRS:
        name = "-".join(pair)
        sentences = sample(settings, pair, settings.alignment)
        everything += sentences
        left, right = [a for a, _ in sentences], [b for _, b in sentences]
        forward = table(left, right, size, settings.alignment.iterations)
        backward = table(right, left, size, settings.alignment.iterations)
        sparse.save_npz(folder / f"{name}.forward.npz", forward)
        sparse.save_npz(folder / f"{name}.backward.npz", backward)
        product = forward.multiply(backward.T)
        product.data = np.sqrt(product.data)
        links = links + product + product.T
        print(f"align {name}: {len(sentences)} sentences, {product.nnz} links", flush=True)
    links = sparse.csr_matrix(links)
    links.data[links.data < 0.05] = 0
    links[0] = 0
    links.eliminate_zeros()
    np.save(folder / "vectors.npy", vectors(links, everything, size, settings.network.width, settings.training.seed))
    return {"links": int(links.nnz), "sentences": len(everything)}
