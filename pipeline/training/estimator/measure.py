"""How the estimator stands on what nobody scored: official texts with three systems, weak renderings beside good ones,
and the order of the renderings of one sentence."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.quality.estimator import Estimator
from pipeline.training.estimator import flags, rows
from pipeline.training.settings import ROOT

CLEAR = 5.0  # points of chrF from which a row counts
WEAK = ("weak-blind", "weak-second", "weak-third")
COLUMNS = ("ru", "google", "llm", "nllb")


def _qualities(model: Estimator, pairs: list[tuple[str, str]], cache: Path) -> tuple[Any, Any]:
    scores = model.scores(pairs, "zh", "ru", flags.findings(pairs, "zh", "ru", cache / "measured.jsonl"))
    return np.array([s.quality for s in scores]), np.array([s.post_edit_risk for s in scores])


def embassy(model: Estimator, root: Path, cache: Path) -> dict[str, float]:
    """Mean quality by column; how often a pair of systems is ordered as chrF against the official text orders it."""
    from sacrebleu.metrics.chrf import CHRF

    path = root / "reference" / "embassy" / "embassy.jsonl"
    table = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    quality = {name: _qualities(model, [(row["zh"], row[name]) for row in table], cache)[0] for name in COLUMNS}
    figures = {f"mean {name}": round(float(values.mean()), 3) for name, values in quality.items()}
    chrf = CHRF()
    graded = {n: np.array([chrf.sentence_score(r[n], [r["ru"]]).score for r in table]) for n in COLUMNS[1:]}
    for one, two in (("google", "nllb"), ("llm", "nllb"), ("google", "llm")):
        gap = graded[one] - graded[two]
        clear = np.abs(gap) >= CLEAR
        right = ((quality[one] - quality[two]) * gap > 0)[clear]
        figures[f"{one} against {two}"] = round(float(right.mean()), 3)
        figures[f"{one} against {two}, rows"] = int(clear.sum())
    return figures


def better(model: Estimator, cache: Path) -> dict[str, float]:
    """Share of the weak renderings of tests/cases/checks whose flawless version has the higher quality, lower risk."""
    pairs: list[tuple[str, str, str]] = []
    for name in WEAK:
        text = (ROOT / "tests" / "cases" / "checks" / f"{name}.tsv").read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
            pairs.append((row["source"], row["good"], re.sub(r"⟦\w:|⟧", "", row["weak"])))
    pairs = [pair for pair in pairs if pair[1] != pair[2]]
    good, calm = _qualities(model, [(source, text) for source, text, _ in pairs], cache)
    weak, risky = _qualities(model, [(source, text) for source, _, text in pairs], cache)
    return {
        "pairs": len(pairs), "quality": round(float((good > weak).mean()), 3),
        "risk": round(float((calm < risky).mean()), 3),
    }  # fmt: skip


def grouped(predicted: Any, table: rows.Table) -> float:
    """acc_eq within the renderings of each source, averaged over sources, with one threshold for ties that is best for
    all of them (Deutsch et al. 2023); chance with ties left out would be 0.5 of the pairs that are no ties."""
    places: dict[str, list[int]] = {}
    for place, example in enumerate(table.examples):
        places.setdefault(example.source, []).append(place)
    groups = [np.array(found) for found in places.values() if len(found) > 1]
    if not groups:
        return float("nan")
    gaps, human, shares = [], [], []
    for found in groups:
        left, right = np.triu_indices(len(found), 1)
        gaps.append(predicted[found][left] - predicted[found][right])
        human.append(np.sign(table.z[found][left] - table.z[found][right]))
        shares.append(np.full(len(left), 1 / len(left) / len(groups)))
    gap, truth, share = np.concatenate(gaps), np.concatenate(human), np.concatenate(shares)
    order = np.argsort(np.abs(gap))
    agreed = (share * ((np.sign(gap) == truth) & (truth != 0)))[order]
    tied = (share * (truth == 0))[order]
    return float((np.r_[0, np.cumsum(tied)] + agreed.sum() - np.r_[0, np.cumsum(agreed)]).max())
