"""What a worker does with a shard: all stages of the flow; a text that fails is set aside and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipeline.engines.base import Request, Translation
from pipeline.errors import EngineError, PalladiusError
from pipeline.flow import Flow
from pipeline.jobs.shard import Result, Shard
from pipeline.model import Document, Lang, Segment
from pipeline.settings import Settings

_PROBE: dict[Lang, str] = {"zh": "中国", "ru": "Россия", "en": "Russia"}


class Worker:
    """Keeps one Flow, with its models loaded, for all shards."""

    def __init__(self, settings: dict[str, Any], source: Lang, target: Lang) -> None:
        self.flow = Flow(Settings(**settings), source, target)

    def check_ready(self) -> None:
        """Raises what would make every text fail: a missing or broken engine, a missing glossary."""
        _ = self.flow.engine, self.flow.enforcer
        self.probe()

    def probe(self) -> None:
        """One word that every engine translates. Raises EngineError where this one does not."""
        assert self.flow.source is not None
        request = Request(_PROBE[self.flow.source])
        name = f"engine {self.flow.settings.engine}"
        try:
            answers = self.flow.engine.translate([request], self.flow.source, self.flow.target)
        except PalladiusError:
            raise
        except Exception as error:
            raise EngineError(f"{name} failed: {type(error).__name__}: {error}") from error
        if len(answers) != 1 or not isinstance(answers[0], Translation):
            raise EngineError(f"{name} gave {len(answers)} answers for one text")

    def do(self, shard: Shard) -> list[Result]:
        """A result for each text. Where the shard fails as a whole it is halved until the culprit stands alone.

        Raises EngineError where the engine does not translate anything any more: then no text is to blame.
        """
        try:
            return self._all(shard.texts)
        except EngineError:
            self.probe()
        except Exception:
            pass  # MemoryError too; the halves are tried each by itself
        return self._halves(shard.texts)

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
            raise EngineError(f"{len(done.segments)} answers for {len(texts)} texts")
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
