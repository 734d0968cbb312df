"""All checks, with the verification of terms, against one bare slovnet parse and pymorphy analysis, on unseen text."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline import settings
from pipeline.flow import Flow
from pipeline.languages.russian import analyse, syntax
from pipeline.model import Document, Segment
from tests.bench.base import Row, seconds

_GENRE = Path(__file__).parents[2] / "pipeline" / "training" / "genre"
_WARM, _PART = 900, 400  # sentences to warm up (a job's first pages build the paradigms of its terms); of each measure


def _pairs() -> list[tuple[str, str]]:
    """(Chinese, Russian) rows of the genre without slots, in a fixed order that mixes the topics."""
    rows = [
        line.split("\t") for path in sorted(_GENRE.glob("*.tsv")) for line in path.read_text("utf-8").splitlines()[1:]
    ]
    plain = [(row[1], row[2]) for row in rows if len(row) > 3 and "{" not in row[1]]
    return [pair for start in range(7) for pair in plain[start::7]]


def run() -> list[Row]:
    pairs = _pairs()
    parts = [pairs[:_WARM], pairs[_WARM : _WARM + _PART], pairs[_WARM + _PART : _WARM + 2 * _PART]]
    counts = [sum(len(target.split()) for _, target in part) for part in parts]
    flow = Flow(settings.load("news", ["quality.enabled=false"]), "zh", "ru")

    def check(part: list[tuple[str, str]]) -> None:
        segments = tuple(Segment(str(n), source, target) for n, (source, target) in enumerate(part))
        flow.check(Document("b", "jsonl", segments, "zh", "ru"))

    def bare(part: list[tuple[str, str]]) -> None:
        syntax.parse_all([target for _, target in part])
        for _, target in part:
            for word in re.findall(r"\w+", target):
                analyse.parses(word)

    check(parts[0])
    bare(parts[0])
    ours = seconds(lambda: check(parts[1]), 1, cpu=True)
    peer = seconds(lambda: bare(parts[2]), 1, cpu=True)
    what = "words a second, all checks / one bare parse and analysis"
    return [Row(what, counts[1] / ours, counts[2] / peer, "", "at least 3,000")]
