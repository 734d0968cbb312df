"""What scoring costs in `regress`, on top of translating: BLEU, chrF, chrF++, TER, terms, flags and the estimator.

In processes of their own, as caches of one would serve the other, and in processor time; what starting costs is taken
off by measuring a short and a long set. Comparing with the baseline is on top once, whatever the number of segments.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from pipeline import settings
from pipeline.flow import Flow
from pipeline.jobs import refsets, regress
from pipeline.model import Document, Segment
from tests.bench.base import Row

_SHORT, _LONG = 40, int(os.environ.get("BENCH_SEGMENTS", "600"))
_METRICS = ["bleu", "chrf", "chrfpp", "ter"]


def run() -> list[Row]:
    spent = {(what, count): _fresh(what, count) for what in ("translate", "five", "all") for count in (_SHORT, _LONG)}
    five, everything, peer = (spent[what, _LONG] - spent[what, _SHORT] for what in ("five", "all", "translate"))
    return [
        Row(f"regress of {_LONG}: BLEU, chrF, chrF++, TER, terms / translating", five, peer, "s", "under 1.20"),
        Row("the same with flags and the estimator, as by default", everything, peer, "s", "to know"),
    ]


def _fresh(what: str, count: int) -> float:
    command = [sys.executable, "-m", "tests.bench.bench_regress", what, str(count)]
    return float(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _set(count: int) -> refsets.Refset:
    """Rows of the genre's test set, each with a number that makes it different."""
    refset = refsets.load([str(Path(__file__).parents[1] / "reference" / "genre.tsv")], "zh", "ru")[0]
    at = [i % len(refset) for i in range(count)]
    return replace(
        refset,
        sources=tuple(f"（{i}）{refset.sources[j]}" for i, j in enumerate(at)),
        references=tuple(refset.references[j] for j in at),
        documents=tuple(refset.documents[j] for j in at),
        domains=tuple(refset.domains[j] for j in at),
        ids=tuple(str(i) for i in range(count)),
    )


def _measure(what: str, count: int) -> float:
    """Processor seconds."""
    off = ["checks.enabled=false", "quality.enabled=false"] if what == "five" else []
    refset, given = _set(count), settings.load(assignments=off)
    if what == "translate":
        segments = tuple(Segment(str(i), source) for i, source in enumerate(refset.sources))
        Flow(given, "zh", "ru").translate(Document("b", "jsonl", segments, "zh", "ru"))
    else:
        made = regress.run(refset, given, _METRICS)
        regress.judge(made, regress.entry(made), {})
    return time.process_time()


if __name__ == "__main__":
    print(_measure(sys.argv[1], int(sys.argv[2])))
