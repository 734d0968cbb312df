"""Translation memory in one SQLite file: exact with context (101), exact, fuzzy with numbers put right, concordance."""

from __future__ import annotations

from pipeline.memory.store import FLOOR, Match, Memory, Unit

__all__ = ["FLOOR", "Match", "Memory", "Unit"]
