"""What scoring costs in `regress`, on top of translating: BLEU, chrF, chrF++, TER, terms, flags and the estimator."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from pipeline import settings
from pipeline.flow import Flow
from pipeline.jobs import refsets, regress
from pipeline.model import Document, Segment
from tests.bench.base import Row

_COUNT = int(os.environ.get("BENCH_SEGMENTS", "600"))


def run() -> list[Row]:
    refset = refsets.load([str(Path(__file__).parents[1] / "reference" / "genre.tsv")], "zh", "ru")[0]
    at = [i % len(refset) for i in range(_COUNT)]
    refset = replace(
        refset,
        sources=tuple(f"（{i}）{refset.sources[j]}" for i, j in enumerate(at)),
        references=tuple(refset.references[j] for j in at),
        documents=tuple(refset.documents[j] for j in at),
        domains=tuple(refset.domains[j] for j in at),
        ids=tuple(str(i) for i in range(_COUNT)),
    )
    given = settings.load()
    segments = tuple(Segment(str(i), source) for i, source in enumerate(refset.sources))
    flow = Flow(given, "zh", "ru")
    flow.translate(Document("warm", "jsonl", segments[:8], "zh", "ru"))
    translating = _spent(lambda: flow.translate(Document("b", "jsonl", segments, "zh", "ru")))
    made = regress.entry(regress.run(refset, given, ["bleu", "chrf", "chrfpp", "ter"]))

    def whole() -> None:
        measured = regress.run(refset, given, ["bleu", "chrf", "chrfpp", "ter"])
        regress.judge(measured, made, {})

    return [Row(f"regress of {_COUNT} segments / translating them", _spent(whole), translating, "s", "under 1.20")]


def _spent(action: object) -> float:
    started = time.process_time()
    action()  # type: ignore[operator]
    return time.process_time() - started
