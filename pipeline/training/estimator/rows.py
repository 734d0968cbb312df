"""Examples with their features and weights, ready for the trees."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.model import LANGS
from pipeline.quality import features
from pipeline.quality.ngrams import Model
from pipeline.training.estimator import corrupt, data, flags, preferred

# What a set counts for: the news of WMT21 is nearest to the genre, single direct assessments are noise.
WEIGHTS = {"news": 2.0, "moved": 2.0, "mlqe": 1.0, "ted": 0.5, "da21": 0.5, "made": 0.5, "rendered": 0.5}
MADE = {
    ("zh", "ru"): 1500,
    ("ru", "zh"): 1500,
    ("zh", "en"): 500,
    ("en", "zh"): 500,
    ("en", "ru"): 500,
    ("ru", "en"): 500,
}


@dataclass(frozen=True)
class Table:
    """Examples and their rows: features (n, all), targets and weights (n,)."""

    examples: Sequence[data.Example]
    features: Any
    z: Any
    edit: Any
    weights: Any

    def where(self, mask: Any) -> Table:
        kept = [example for example, keep in zip(self.examples, mask, strict=True) if keep]
        return Table(kept, self.features[mask], self.z[mask], self.edit[mask], self.weights[mask])

    @property
    def pairs(self) -> Any:
        return np.array(["-".join(example.pair) for example in self.examples])

    @property
    def kinds(self) -> Any:
        return np.array([example.name.split()[0] for example in self.examples])

    @property
    def names(self) -> Any:
        return np.array([example.name for example in self.examples])


def table(examples: Sequence[data.Example], models: Mapping[str, Model], cache: Path) -> Table:
    """Checks and features of the examples, direction by direction."""
    ordered = sorted(examples, key=lambda e: e.pair)
    parts = []
    for pair, group in groupby(ordered, key=lambda e: e.pair):
        texts = [(e.source, e.target) for e in group]
        print(f"  {'-'.join(pair)}: {len(texts)} rows", file=sys.stderr, flush=True)
        found = flags.findings(texts, pair[0], pair[1], cache / f"{'-'.join(pair)}.jsonl")
        parts.append(features.matrix(texts, pair[0], pair[1], found, models))
    weights = np.array([WEIGHTS.get(e.name.split()[0], 1.0) for e in ordered])
    return Table(
        ordered, np.vstack(parts), np.array([e.z for e in ordered]), np.array([e.edit for e in ordered]), weights
    )


def training(root: Path, models: Mapping[str, Model], cache: Path, work: Path) -> Table:
    """Human judgments, corruptions and what the bundled model makes, which `work` keeps."""
    made = data.training(root)
    for source in LANGS:
        for target in LANGS:
            if source != target:
                made += corrupt.examples(root, (source, target), MADE[source, target])
                made += preferred.weak(preferred.kept(root, (source, target), work))
    return table(made, models, cache)
