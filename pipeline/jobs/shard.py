"""The unit of work of a job: some texts of similar length, and what becomes of each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pipeline.jobs.results import Row


@dataclass(frozen=True, slots=True)
class Shard:
    """attempts: times it was taken, this time included; deaths: workers that died with it or gave no answer."""

    id: int
    texts: tuple[tuple[int, str], ...]  # (id, source)
    attempts: int = 0
    deaths: int = 0

    @property
    def size(self) -> int:
        """Characters."""
        return sum(len(source) for _, source in self.texts)


@dataclass(frozen=True, slots=True)
class Result:
    """A finished text: its target and what the contract's JSON line says beside it."""

    text: int
    target: str | None
    answer: dict[str, Any]
    error: str = ""

    def row(self, key: str) -> Row:
        answer = json.dumps(self.answer, ensure_ascii=False) if self.answer else None
        return key, self.target, answer, self.error or None


def digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()
