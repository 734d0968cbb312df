"""`enforce` on the embassy texts: chrF of three systems against the official Russian before and after it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sacrebleu.metrics import CHRF

from pipeline.asking import ears
from pipeline.enforce import Enforcer
from pipeline.engines.base import make
from pipeline.glossary import store
from pipeline.settings import Settings
from tests.measure.rows import data

_SYSTEMS = ("nllb", "google", "llm", "ru")


def measured() -> Iterator[str]:
    """A line for each system: corpus chrF before and after, rows up, down and changed."""
    text = data("reference", "embassy", "embassy.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    read, weigh = ears(Settings(), "zh", "ru", lambda: make("compact", {"threads": 1}))
    enforcer, chrf = Enforcer(store.builtin(), "zh", "ru", names=True, read=read, weigh=weigh), CHRF()
    official = [row["ru"] for row in rows]
    for system in _SYSTEMS:
        before = [row[system] for row in rows]
        after = [enforcer.enforce(row["zh"], row[system]).target for row in rows]
        marks = [
            tuple(chrf.sentence_score(text, [right]).score for text in pair)
            for *pair, right in zip(before, after, official, strict=True)
        ]
        up, down = (sum(sign * (b - a) > 1e-9 for a, b in marks) for sign in (1, -1))
        whole = [chrf.corpus_score(texts, [official]).score for texts in (before, after)]
        changed = sum(a != b for a, b in zip(before, after, strict=True))
        yield f"{system}: {whole[0]:.2f} -> {whole[1]:.2f}, {up} up, {down} down, {changed} of {len(rows)} changed"
