"""Weights of the check `unrendered`: a logistic regression over annotated weak renderings and translations by people.

    python -m pipeline.training.unrendered --work ../train

A candidate (a term of which nothing stands in the target, with the idle words in its place) is an error where a marked
span of weak/*.tsv overlaps the words; in flawless sides and in translations by people it is none. Prints the weights,
which stand in assets/dictionary/unrendered.tsv, and what thresholds would find and flag falsely.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.checks import _pieces, unrendered
from pipeline.checks.base import View
from pipeline.model import Segment
from pipeline.training import corpora, logistic
from pipeline.training.anchors import human
from pipeline.training.marks import unmarked
from pipeline.training.settings import ROOT

_FACTOR = 3.0  # weight of an error, which is rare, against what is none
_THRESHOLDS = (0.15, 0.2, 0.25, 0.27, 0.3, 0.35, 0.4)


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate: where it was seen, whether it is an error, and its features."""

    where: str
    error: bool
    features: tuple[float, ...]


def _seen(where: str, source: str, target: str, spans: list[tuple[int, int]]) -> Iterator[Seen]:
    view = View(Segment(id="1", source=source, target=target), "zh", "ru")
    if not view.words:
        return
    pieces = _pieces.pieces(view)
    taken = {at for _, places in unrendered.wrong(view, pieces) for at in places}
    for one in unrendered.candidates(view, pieces, taken):
        begin, end = view.words[min(one.run)].start, view.words[max(one.run)].end
        yield Seen(where, any(begin < last and first < end for first, last in spans), one.features)


def gather(work: Path, most: int) -> tuple[list[Seen], dict[str, int]]:
    """Candidates of the annotated texts, both sides, and of human translations; words read of each."""
    found: list[Seen] = []
    words = {"weak": 0, "flawless": 0, "human": 0}
    for path in sorted((ROOT / "pipeline" / "training" / "weak").glob("*.tsv")):
        for row in islice(corpora.lines(path), 1, None):
            text, spans = unmarked(row[3])
            found += _seen("weak", row[1], text, spans)
            found += _seen("flawless", row[1], row[2], [])
            words["weak"] += len(text.split())
            words["flawless"] += len(row[2].split())
    for source, target in human("ru", work, most):
        found += _seen("human", source, target, [])
        words["human"] += len(target.split())
    return found, words


def main() -> None:
    import numpy

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT.parent / "train")
    parser.add_argument("--most", type=int, default=15_000)
    given = parser.parse_args()
    found, words = gather(given.work, given.most)
    features = numpy.array([one.features for one in found])
    error = numpy.array([one.error for one in found])
    where = numpy.array([one.where for one in found])
    bias, weights = logistic.fit(features, error, numpy.where(error, _FACTOR, 1.0), 0.3)
    print(logistic.told(bias, weights))
    chance = 1 / (1 + numpy.exp(-bias - features @ weights))
    for threshold in _THRESHOLDS:
        loud = chance >= threshold
        false = {
            place: 1000 * int((loud & ~error & (where == place)).sum()) / max(1, count)
            for place, count in words.items()
        }
        told = ", ".join(f"{place} {rate:.2f}" for place, rate in false.items())
        print(f"{threshold}: {int((loud & error).sum())} errors; false a thousand words: {told}")


if __name__ == "__main__":
    main()
