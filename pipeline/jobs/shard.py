"""The unit of work of a job: some texts of similar length, and what becomes of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.jobs.results import Row

_ROUNDS, _TEXTS = (
    4,
    32,
)  # a slice is so many small batches, up to so many texts: where an answer is late few wait for it
_LENGTH = 40  # characters of a usual text
_SHORT = 2  # batches of texts that may be so short that they make one slice


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

    def slices(self, batch: int) -> Iterator[tuple[tuple[int, str], ...]]:
        """The texts in order, as many at a time as fill a batch of the engine (its size in texts), or a few small ones.

        What is left of a shard is cut where the whole was: what a text comes out as does not hang on who was killed.
        """
        most = max(batch, min(_ROUNDS * batch, _TEXTS))
        part: list[tuple[int, str]] = []
        room = most * _LENGTH
        for text in self.texts:
            part.append(text)
            room -= len(text[1])
            if room <= 0 or len(part) == most * _SHORT:
                yield tuple(part)
                part, room = [], most * _LENGTH
        if part:
            yield tuple(part)

    def parted(self, results: Sequence[Result]) -> tuple[Shard, Shard | None]:
        """What these are the results of, and what is left of the shard; None where nothing is."""
        given = {result.text for result in results}
        rest = tuple(text for text in self.texts if text[0] not in given)
        if not rest or len(rest) == len(self.texts):
            return self, None
        done = tuple(text for text in self.texts if text[0] in given)
        return replace(self, texts=done), replace(self, texts=rest)


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
