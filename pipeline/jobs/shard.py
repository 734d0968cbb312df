"""The unit of work of a job: some texts of similar length, and what becomes of each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

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


class Result(NamedTuple):
    """A finished text: its target and what the contract's JSON line says beside it.

    A tuple, since millions of them go through pipes: a dataclass with slots is pickled by Python code.
    """

    text: int
    target: str | None
    answer: dict[str, Any]
    error: str = ""

    def row(self, key: str) -> Row:
        return key, self.target, _json(self.answer), self.error or None


def _json(answer: dict[str, Any]) -> str | None:
    if answer.keys() == {"provenance"}:
        return _provenance(answer["provenance"])  # of most texts, and the same for all of them
    return json.dumps(answer, ensure_ascii=False) if answer else None


@lru_cache(maxsize=256)
def _provenance(name: str) -> str:
    return json.dumps({"provenance": name}, ensure_ascii=False)


def digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()
