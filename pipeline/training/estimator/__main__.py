"""python -m pipeline.training.estimator [--work FOLDER]: trains and calibrates, writes assets/estimator."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.quality import estimator as runtime
from pipeline.quality import features, preference, trees
from pipeline.quality import manner as held_manner
from pipeline.quality import ngrams as held_ngrams
from pipeline.training.estimator import card, data, fit, flags, manner, ngrams, preferred, rows
from pipeline.training.settings import ROOT, data_root

# For each direction: how often its own judged rows count, the weight of corruptions and of single assessments, and what
# log(1 + MQM penalty) takes from the quality in standard deviations; chosen on the development parts, in round figures.
RECIPES = {
    "en-zh": (6.0, 0.02, 0.0, 0.1), "ru-en": (8.0, 0.02, 0.0, 0.1), "en-ru": (4.0, 0.05, 0.5, 0.15),
    "zh-en": (2.0, 0.5, 0.5, 0.25), "zh-ru": (2.0, 0.5, 0.0, 0.3), "ru-zh": (2.0, 0.5, 0.0, 0.3),
    "blind": (1.0, 0.3, 0.5, 0.25),
}  # fmt: skip
# What the bundled model's renderings and their human counterparts count for, beside what `own` says; chosen likewise.
RENDERED = {"en-zh": 0.3, "ru-en": 0.3, "en-ru": 1.0, "zh-en": 0.3, "zh-ru": 0.3, "ru-zh": 1.0, "blind": 0.1}
CAUTIONS = {name: recipe[3] for name, recipe in RECIPES.items()}  # the same for the risk
PREFERRED = "zh-ru"  # the direction with a preference above its trees
LEANINGS = {PREFERRED: 1.0}  # what the sum of the preference takes from that of the risk
ASSET = ROOT / "pipeline" / "assets" / "estimator"


def models(work: Path) -> dict[str, held_ngrams.Model]:
    """Language models, counted once and kept in the work folder."""
    path = work / "lm.npz"
    if not path.exists():
        held = {language: ngrams.count(lines, language) for language, lines in ngrams.texts().items()}
        work.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, **ngrams.arrays(held))
    with np.load(path, allow_pickle=False) as stored:
        return {language: held_ngrams.read(stored, language) for language in ("zh", "ru", "en")}


def losses(table: rows.Table) -> Any:
    """log(1 + MQM penalty), from the density feature, which holds ten times the penalty for each word."""
    places = [features.NAMES.index(name) for name in ("flags_accuracy", "flags_fluency", "flags_terms", "flags_other")]
    return np.log1p(np.expm1(table.features[:, places]).sum(1))


def weighted(table: rows.Table, name: str) -> Any:
    """Weights of the rows for the quality of one direction."""
    own, made, assessed, _ = RECIPES[name]
    weights = np.where(table.kinds == "made", made, np.where(table.kinds == "da21", assessed, table.weights))
    weights = np.where(table.kinds == "rendered", weights * RENDERED[name], weights)
    return np.where((table.pairs == name) & (table.kinds != "made"), weights * own, weights)


def crossed(kind: str, table: rows.Table, weights: Any) -> Any:
    """Sums of forests that have not seen the row's document."""
    fold = fit.folds([example.group for example in table.examples])
    sums = np.zeros(len(fold))
    for number in range(3):
        forest = fit.grow(kind, *(part[fold != number] for part in (table.features, table.edit, weights)))
        sums[fold == number] = forest.predict(table.features[fold == number][:, fit.columns(kind)])[0]
    return sums


def settle(arrays: dict[str, Any]) -> None:
    """Puts what flags and a preference count for among the arrays."""
    names = (*runtime.DIRECTIONS, runtime.BLIND)
    arrays["leanings"] = np.array([LEANINGS.get(name, 0.0) for name in names])
    arrays["weights"] = np.array([RECIPES[name][3] for name in names])
    arrays["cautions"] = np.array([CAUTIONS[name] for name in names])


def stacked(arrays: dict[str, Any], table: rows.Table, name: str, worded: Any) -> Any:
    """The columns of a preference."""
    kind = f"quality_{name}"
    sums = trees.read(arrays, kind).predict(table.features[:, fit.columns(kind)])[0]
    return np.column_stack([table.features, sums, worded])


def prefer(arrays: dict[str, Any], renderings: rows.Table) -> Any:
    """Puts manner and preference among the arrays; the trees are there. The sums (n,) of the renderings, with the
    manner of annotated ones as learned from other sets."""
    arrays |= manner.learn(preferred.annotated()).arrays(PREFERRED)
    worded = manner.crossed(renderings.examples, held_manner.read(arrays, PREFERRED))
    table = stacked(arrays, renderings, PREFERRED, worded)
    arrays[f"preference_{PREFERRED}"] = preferred.learn(renderings.examples, table)
    return preference.parts(table, arrays[f"preference_{PREFERRED}"]).sum(1)


def quality_sums(arrays: dict[str, Any], table: rows.Table, name: str) -> Any:
    """The sums (n,) of a direction's forest or preference, without flags."""
    kind, learned = f"quality_{name}", arrays.get(f"preference_{name}")
    if learned is None:
        return trees.read(arrays, kind).predict(table.features[:, fit.columns(kind)])[0]
    worded = held_manner.read(arrays, name).scores([example.target for example in table.examples])
    return preference.parts(stacked(arrays, table, name, worded), learned).sum(1)


def train(table: rows.Table, development: rows.Table, renderings: rows.Table) -> dict[str, Any]:
    """Arrays of all forests and curves.

    Where a direction has a development part, its risk is calibrated on that and on the training rows alike (raters
    differ in strictness from year to year); the card measures with the half not used.
    """
    arrays: dict[str, Any] = {"features": np.frombuffer("\n".join(features.NAMES).encode(), np.uint8)}
    settle(arrays)
    loss = losses(table)
    risk = {}
    artificial = np.isin(table.kinds, ("made", "rendered"))
    light = np.where(artificial, 0.2, np.where(table.kinds == "da21", 0.0, table.weights))
    for kind in ("risk", "risk_blind"):
        arrays |= fit.grow(kind, table.features, table.edit, light).arrays(kind)
        risk[kind] = crossed(kind, table, light)
    for name in (*runtime.DIRECTIONS, runtime.BLIND):
        kind, weights = f"quality_{name}", weighted(table, name)
        forest = fit.grow(kind, table.features, table.z, weights)
        arrays |= forest.arrays(kind)
        own = prefer(arrays, renderings) if name == PREFERRED else None
        here = scale(table, name)
        sums = quality_sums(arrays, table.where(here), name)
        curves = {"quality": fit.ranks(sums - RECIPES[name][3] * loss[here], weights[here])}
        chances = risk["risk_blind" if name == runtime.BLIND else "risk"] + CAUTIONS[name] * loss
        chances, edit = chances[here] - LEANINGS.get(name, 0.0) * sums, table.edit[here]
        if own is not None:
            chances, edit = np.r_[chances, leaned(arrays, renderings, own)], np.r_[edit, renderings.edit]
        known = ~np.isnan(edit)
        curves["risk"] = risk_curve(chances[known], edit[known], arrays, name, development)
        for what, (at, to) in curves.items():
            arrays[f"{what}_{name}_at"], arrays[f"{what}_{name}_to"] = at, to
        print(f"  {name}", file=sys.stderr, flush=True)
    return arrays


def leaned(arrays: dict[str, Any], table: rows.Table, sums: Any) -> Any:
    """What the risk's curve is asked with (n,), of renderings with the sums of their preference."""
    chances = trees.read(arrays, "risk").predict(table.features[:, fit.columns("risk")])[0]
    return chances + CAUTIONS[PREFERRED] * losses(table) - LEANINGS[PREFERRED] * sums


def risk_curve(sums: Any, edit: Any, arrays: dict[str, Any], name: str, development: rows.Table) -> tuple[Any, Any]:
    """The curve from sums to risk; also puts the two curves of the halves among `arrays`, as half0_ and half1_."""
    kind = "risk_blind" if name == runtime.BLIND else "risk"
    here = np.ones(len(development.examples), bool) if name == runtime.BLIND else development.pairs == name
    part = development.where(here)
    if not part.examples:
        return fit.isotonic(sums, edit, np.ones(len(sums)))
    forest = trees.read(arrays, kind)
    theirs = forest.predict(part.features[:, fit.columns(kind)])[0] + CAUTIONS[name] * losses(part)
    half = halves(part)
    made = []
    for chosen in (half == 1, half == 0, half >= 0):  # the curve that half 0, then half 1, is measured with; then both
        weights = np.r_[np.full(len(sums), 1 / len(sums)), np.full(chosen.sum(), 1 / chosen.sum())]
        made.append(fit.isotonic(np.r_[sums, theirs[chosen]], np.r_[edit, part.edit[chosen]], weights))
    for number in (0, 1):
        arrays[f"half{number}_{name}_at"], arrays[f"half{number}_{name}_to"] = made[number]
    return made[2]


def halves(table: rows.Table) -> Any:
    """0 or 1 for each row; rows of one document share it."""
    return fit.folds([example.group for example in table.examples], 2)


def scale(table: rows.Table, name: str) -> Any:
    """The rows that a direction's curves are drawn through: its human judgments; corruptions too where it has none."""
    judged = ~np.isin(table.kinds, ("made", "rendered", "da21"))
    if name == runtime.BLIND:
        return judged
    return (table.pairs == name) & (judged | (table.kinds == "made") if name in ("zh-ru", "ru-zh") else judged)


def renderings(work: Path, root: Path, held: dict[str, held_ngrams.Model], cache: Path) -> rows.Table:
    """The bundled model's renderings, made once and kept in the work folder, those of WMT's systems, and the annotated
    texts."""
    source, target = PREFERRED.split("-")
    path = preferred.kept(root, (source, target), work)  # type: ignore[arg-type]
    annotated = preferred.annotated()
    graded = [*preferred.rendered(path), *preferred.systems(root / "corpora")]
    return rows.table([*graded, *annotated, *preferred.damaged(annotated)], held, cache)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m pipeline.training.estimator", description=__doc__)
    parser.add_argument(
        "--work", type=Path, default=ROOT / "out" / "estimator", help="folder for what is kept between runs"
    )
    parser.add_argument(
        "--flags", type=Path, help="folder of findings that are used as they are, whatever the checks say today"
    )
    options = parser.parse_args(arguments)
    started = time.time()
    root, work = data_root(), options.work
    held = models(work)
    cache = options.flags or work / "flags" / flags.state(ROOT / "pipeline")
    development = rows.table(data.development(root), held, cache)
    graded = renderings(work, root, held, cache)
    training = rows.training(root, held, cache, work)
    print(f"features: {time.time() - started:.0f} s", file=sys.stderr, flush=True)
    arrays = train(training, development, graded) | ngrams.arrays(held)
    half = {name: arrays.pop(name) for name in list(arrays) if name.startswith("half")}
    ASSET.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(ASSET / "estimator.npz", **arrays)
    print(f"trees: {time.time() - started:.0f} s", file=sys.stderr, flush=True)
    figures = card.write(ASSET, runtime.read(arrays), training, development, half, root, cache)
    print(figures, file=sys.stderr)
    print(f"done: {time.time() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
