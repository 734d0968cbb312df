"""The estimator of quality against the bundled engine that made the translations, processor time, without the checks."""

from __future__ import annotations

from pipeline.checks import base
from pipeline.engines.base import Request, make
from pipeline.model import Segment
from pipeline.quality import estimate
from tests.bench.base import Row, genre, seconds


def run() -> list[Row]:
    texts = list(dict.fromkeys(genre(200)))
    engine = make("compact")
    requests = [Request(text) for text in texts]
    made = engine.translate(requests, "zh", "ru")
    views = [
        base.View(Segment(str(n), text, result.text), "zh", "ru")
        for n, (text, result) in enumerate(zip(texts, made, strict=True))
    ]
    found = base.run(views, ("consistency",))
    estimate(views, found)
    ours = seconds(lambda: estimate(views, found), cpu=True)
    peer = seconds(lambda: engine.translate(requests, "zh", "ru"), runs=2, cpu=True)
    return [Row("estimator / bundled engine's translation, processor time", ours, peer, "s", "at most 1")]
