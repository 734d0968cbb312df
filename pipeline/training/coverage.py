"""Weights of the check `coverage`: a logistic regression over clauses that are rendered and such as are not.

    python -m pipeline.training.coverage --work ../train

In a translation by a person every clause of the source is rendered; put a clause of another source among them, and that
one is not. The target is then too short by as much as a left-out clause would make it. Prints the weights, which are
written into the check, and what thresholds find and flag falsely: of the pairs one in five is held back for that.
"""

from __future__ import annotations

import argparse
import random
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.checks import coverage
from pipeline.checks.base import View
from pipeline.model import Segment
from pipeline.training import logistic
from pipeline.training.anchors import human
from pipeline.training.settings import ROOT

_THRESHOLDS = (0.9, 0.95, 0.96, 0.97, 0.98, 0.99)
_BORDER = re.compile("[，；]")
_LEAST = 12  # characters of a source that the check looks at
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a source: the pair, was it put there, is the target short enough to say so, and its features."""

    pair: int
    foreign: bool
    short: bool
    features: tuple[float, ...]


def _clauses(pair: int, source: str, target: str, foreign: str) -> list[Clause]:
    view = View(Segment(id="1", source=source, target=target), "zh", "ru")
    if len(source) < _LEAST or not view.words:
        return []
    short = coverage.shortfall(view) <= coverage.ENOUGH
    found = []
    for (start, end), features in coverage.clause_features(view):
        here = foreign != "" and source[start:end] == foreign
        if here or not foreign:
            found.append(Clause(pair, here, short, features))
    return found


def gather(work: Path, most: int, seed: int = 1) -> tuple[list[Clause], int]:
    """Clauses of human translations, as they are and with a clause of another source among them; words of targets."""
    chooser = random.Random(seed)
    pairs = list(islice(human("ru", work, 0), 40 * most))
    chooser.shuffle(pairs)
    pairs = pairs[:most]
    pool = [clause for source, _ in pairs for clause in re.split("[，。；！？\n]", source) if 6 <= len(clause) <= 24]
    found: list[Clause] = []
    words = 0
    for number, (source, target) in enumerate(pairs):
        words += len(target.split())
        found += _clauses(number, source, target, "")
        borders = [match.end() for match in _BORDER.finditer(source)]
        foreign = chooser.choice(pool)
        if borders and foreign not in source:
            at = chooser.choice(borders)
            found += _clauses(number, f"{source[:at]}{foreign}，{source[at:]}", target, foreign)
    return found, words


def main() -> None:
    import numpy

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT.parent / "train")
    parser.add_argument("--most", type=int, default=8000)
    given = parser.parse_args()
    found, words = gather(given.work, given.most)
    features = numpy.array([one.features for one in found])
    foreign = numpy.array([one.foreign for one in found])
    short = numpy.array([one.short for one in found])
    held = numpy.array([one.pair % _PARTS == 0 for one in found])
    bias, weights = logistic.fit(features[~held], foreign[~held])
    print(logistic.told(bias, weights))
    now = numpy.array([coverage.chance(one.features) for one in found])
    for name, chance in (("fitted", 1 / (1 + numpy.exp(-bias - features @ weights))), ("in the check", now)):
        for threshold in (*_THRESHOLDS, coverage.SURE):
            loud = (chance >= threshold) & short & held
            false = 1000 * _PARTS * int((loud & ~foreign).sum()) / words
            share = (loud & foreign).sum() / max(1, (foreign & held).sum())
            print(f"{name}, {threshold}: {share:.1%} of the foreign clauses; false a thousand words: {false:.2f}")


if __name__ == "__main__":
    main()
