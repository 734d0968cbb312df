"""What a worker does with a shard: all stages of the flow; a text that fails is set aside and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipeline.errors import EngineError, PalladiusError
from pipeline.flow import Flow
from pipeline.jobs.store import Result, Shard
from pipeline.model import Document, Lang, Segment
from pipeline.settings import Settings


class Worker:
    """Keeps one Flow, with its models loaded, for all shards."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        self.flow = Flow(Settings(**settings), source, target)

    def check_ready(self) -> None:
        """Raises what would make every text fail: a missing engine or glossary."""
        _ = self.flow.engine, self.flow.enforcer

    def do(self, shard: Shard) -> list[Result]:
        """A result for each text. Where the shard fails as a whole it is halved until the culprit stands alone."""
        return self._some(shard.texts)

    def _some(self, texts: Sequence[tuple[int, str]]) -> list[Result]:
        try:
            return self._all(texts)
        except (MemoryError, Exception) as error:
            if len(texts) == 1:
                said = str(error) if isinstance(error, PalladiusError) else f"{type(error).__name__}: {error}"
                return [Result(texts[0][0], None, {}, said or type(error).__name__)]
            middle = len(texts) // 2
            return self._some(texts[:middle]) + self._some(texts[middle:])

    def _all(self, texts: Sequence[tuple[int, str]]) -> list[Result]:
        segments = tuple(Segment(str(identity), source) for identity, source in texts)
        document = Document("shard", "jsonl", segments, self.flow.source, self.flow.target)
        done = self.flow.translate(document)
        settings = self.flow.settings
        if settings.checks.enabled or settings.quality.enabled:
            done = self.flow.check(done)
        if len(done.segments) != len(texts):
            raise EngineError(f"{len(done.segments)} answers for {len(texts)} texts")
        return [
            Result(identity, segment.target, _answer(segment))
            for (identity, _), segment in zip(texts, done.segments, strict=True)
        ]


def _answer(segment: Segment) -> dict[str, Any]:
    """What is worth keeping beside the target; nothing for a clean segment."""
    if not (segment.edits or segment.findings or segment.score or segment.notes):
        return {"provenance": segment.provenance} if segment.provenance else {}
    line = segment.answer()
    kept = ("edits", "findings", "score", "provenance", "notes")
    made: dict[str, Any] = json.loads(json.dumps({key: line[key] for key in kept if line.get(key)}, ensure_ascii=False))
    return made
