"""One place where Russian words do not fit each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.languages.russian.syntax import Token

CASE_NAMES: Final = {
    "nom": "nominative", "gen": "genitive", "dat": "dative", "acc": "accusative", "ins": "instrumental",
    "prp": "prepositional", "loc": "prepositional",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where: [start, end) of the word that is wrong, [head_start, head_end) of the word it should fit; code points.

    suggestion replaces [start, end), or is empty; `sure` is False where tree or reading leave some doubt.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    kind: str
    message: str
    suggestion: str = ""
    sure: bool = True


def disagreement(word: Token, head: Token, kind: str, message: str, suggestion: str | None, sure: bool) -> Disagreement:
    return Disagreement(word.start, word.end, head.start, head.end, kind, message, suggestion or "", sure)
