"""What a worker does with a shard: all stages of the flow; a text that fails is set aside and stops nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from pipeline.errors import EngineError, PalladiusError
from pipeline.flow import Flow
from pipeline.jobs.shard import Result, Shard
from pipeline.model import Document, Lang, Segment
from pipeline.reports.base import counted
from pipeline.settings import Settings

_HELD = 5.0  # seconds that results wait in a worker, which a kill may cost
_PROBE: dict[Lang, str] = {"zh": "中国", "ru": "Россия", "en": "Russia"}


class Worker:
    """Keeps one Flow, with its models loaded, for all shards."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        self.flow = Flow(Settings(**settings), source, target)

    def check_ready(self) -> None:
        """One word through all stages, which loads all models and data.

        Raises what would make every text fail: a missing or broken engine, glossary or asset.
        """
        assert self.flow.source is not None
        _ = self.flow.engine, self.flow.enforcer
        try:
            self._all(((0, _PROBE[self.flow.source]),))
        except PalladiusError:
            raise
        except Exception as error:
            name = f"engine {self.flow.settings.engine}"
            raise EngineError(f"{name} cannot do anything: {type(error).__name__}: {error}") from error

    def do(self, shard: Shard) -> list[Result]:
        """A result for each of the first texts: of all where the engine is fast, of those that were through after some
        seconds where it is slow, so that they can be written while it goes on with the rest.

        Where a slice fails as a whole it is halved until the culprit stands alone. Raises EngineError or DataError
        where nothing goes through any more: then no text is to blame.
        """
        since, done = time.monotonic(), list[Result]()
        for texts in shard.slices(self.flow.engine.ability().batch_size):
            if done and time.monotonic() > since + _HELD:
                break
            done += self._slice(texts)
        return done

    def _slice(self, texts: Sequence[tuple[int, str]]) -> list[Result]:
        try:
            return self._all(texts)
        except Exception:  # MemoryError too; the halves are tried each by itself
            self.check_ready()
        return self._halves(texts)

    def _halves(self, texts: Sequence[tuple[int, str]]) -> list[Result]:
        middle = max(1, len(texts) // 2)
        return [result for part in (texts[:middle], texts[middle:]) if part for result in self._some(part)]

    def _some(self, texts: Sequence[tuple[int, str]]) -> list[Result]:
        try:
            return self._all(texts)
        except Exception as error:
            if len(texts) == 1:
                said = str(error) if isinstance(error, PalladiusError) else f"{type(error).__name__}: {error}"
                return [Result(texts[0][0], None, {}, said or type(error).__name__)]
        return self._halves(texts)

    def _all(self, texts: Sequence[tuple[int, str]]) -> list[Result]:
        segments = tuple(Segment(str(identity), source) for identity, source in texts)
        document = Document("shard", "jsonl", segments, self.flow.source, self.flow.target)
        done = self.flow.translate(document)
        settings = self.flow.settings
        if settings.checks.enabled or settings.quality.enabled:
            done = self.flow.check(done)
        if len(done.segments) != len(texts):
            raise EngineError(f"{counted(len(done.segments), 'answer')} for {counted(len(texts), 'text')}")
        return [_result(identity, segment) for (identity, _), segment in zip(texts, done.segments, strict=True)]


def _result(identity: int, segment: Segment) -> Result:
    """Raises EngineError for a target that is no text."""
    target = segment.target
    try:
        if target is None:
            raise EngineError("the engine gave no target")
        target.encode("utf-8")
    except UnicodeEncodeError as error:
        raise EngineError("the engine's answer holds half a character") from error
    return Result(identity, target, _answer(segment))


def _answer(segment: Segment) -> dict[str, Any]:
    """What is worth keeping beside the target; nothing for a clean segment."""
    if not (segment.edits or segment.findings or segment.score or segment.notes):
        return {"provenance": segment.provenance} if segment.provenance else {}
    line = segment.answer()
    kept = ("edits", "findings", "score", "provenance", "notes")
    made: dict[str, Any] = json.loads(json.dumps({key: line[key] for key in kept if line.get(key)}, ensure_ascii=False))
    return made
