"""The language models of the estimator: counts of n-grams on human text, hashed into one small table a language.

WMT21 and all outputs of systems are left out, so that the judged translations of that year are unseen text; of the
technical documentation only a sample is counted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.quality.ngrams import SLOTS, STEP, Model, hashes, number, units
from pipeline.training import corpora, genre

CORPORA = {"newstest": 10**9, "un": 10**9, "sdg": 10**9, "official": 10**9, "news-commentary": 10**9,
           "mixed": 10**9, "dialogue": 6000, "tatoeba": 4000, "msdocs": 12_000}  # fmt: skip
ORDER = {"zh": 4, "ru": 3, "en": 3}
BUCKETS = 2**16  # of four slots of two bytes: half a megabyte


def texts() -> dict[str, list[str]]:
    """Human text by language, each sentence once."""
    from pipeline.training.settings import data_root

    held: dict[str, dict[str, None]] = {"zh": {}, "ru": {}, "en": {}}
    for name, most in CORPORA.items():
        for _, row in corpora.read(name, data_root(), most):
            for language, text in row.items():
                if corpora.script(text) == language:
                    held[language][text] = None
    for _, _, filled in genre.expand(1, 1)[0]:
        for language, text in filled.cells.items():
            held[language][text] = None
    return {language: list(found) for language, found in held.items()}


def count(lines: list[str], language: str, buckets: int = BUCKETS) -> Model:
    """The model of a language; n-grams seen once are left out beyond single units, the rest fill the table by count."""
    order = ORDER[language]
    pad = order - 1
    ids: list[int] = []
    for line in lines:
        found = units(line, language)
        if found:
            ids += [1] * pad + [number(unit) for unit in found]
    row = np.array(ids, np.uint64)
    total = float((row != 1).sum())
    keys, values = [], []
    for n in range(1, order + 1):
        unique, counts = np.unique(hashes(row, n), return_counts=True)
        kept = counts > (1 if n > 1 else 0)
        keys.append(unique[kept])
        values.append(counts[kept])
    every, counted = np.concatenate(keys), np.concatenate(values)
    marks, stored = fill(every, counted, buckets)
    return Model(language, order, total, marks, stored)


def fill(keys: Any, counts: Any, buckets: int) -> tuple[Any, Any]:
    """The table: the most frequent n-grams of each bucket."""
    steps = np.minimum(255, np.round(1 + STEP * np.log2(counts))).astype(np.uint8)
    place = (keys >> np.uint64(8)) % np.uint64(buckets)
    order = np.lexsort((-counts, place))
    sorted_place = place[order]
    first = np.r_[True, sorted_place[1:] != sorted_place[:-1]]
    starts = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    rank = np.arange(len(order)) - starts
    kept = rank < SLOTS
    marks, stored = np.zeros((buckets, SLOTS), np.uint8), np.zeros((buckets, SLOTS), np.uint8)
    marks[sorted_place[kept], rank[kept]] = (keys[order[kept]] & np.uint64(255)).astype(np.uint8)
    stored[sorted_place[kept], rank[kept]] = steps[order[kept]]
    return marks, stored


def arrays(models: dict[str, Model]) -> dict[str, Any]:
    """What the asset holds of them."""
    held: dict[str, Any] = {}
    for language, model in models.items():
        held[f"lm_{language}_marks"], held[f"lm_{language}_counts"] = model.marks, model.counts
        held[f"lm_{language}_scalars"] = np.array([model.order, model.total], np.float64)
    return held
