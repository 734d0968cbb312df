"""What a review knows beforehand of each segment, and what the translation memory keeps of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.jobs.advice import Advice
from pipeline.model import Document, Lang, Segment, State


def weakness(advice: Advice) -> float:
    """The post-edit risk; where no estimator runs, what the flags weigh (MQM: 1, 5 and 25), squeezed into 0..1."""
    if advice.score is not None:
        return advice.score.post_edit_risk
    weight = sum((0, 1, 5, 25)[finding.severity.rank] for finding in advice.findings)
    return weight / (5 + weight)


def given(document: Document) -> Iterator[tuple[int, float]]:
    """The risks that a file says of its segments."""
    for index, segment in enumerate(document.segments):
        said = segment.meta.get("record", {}).get("score")
        risk = said.get("post_edit_risk") if isinstance(said, dict) else None
        if isinstance(risk, int | float):
            yield index, float(risk)


def remember(
    memory: str, path: str, segments: Sequence[Segment], done: Sequence[int], source: Lang, target: Lang
) -> None:
    """The segments at the indexes `done`, with their neighbours as context. Raises DataError for a broken memory."""
    if not done:
        return
    from pipeline.memory import Memory

    chosen = set(done)
    rows = [
        s if i in chosen or s.state is not State.CONFIRMED else replace(s, state=State.NEW)
        for i, s in enumerate(segments)
    ]
    with Memory(memory) as store:
        store.confirm(rows, source, target, name=Path(path).name)


def concordance(
    memory: str, segments: Sequence[Segment], words: str, source: Lang, target: Lang, limit: int = 60
) -> list[tuple[int | None, str, str]]:
    """(index, source, target) of the segments that hold the words on either side, then units of the memory (None).

    Raises DataError for a broken memory.
    """
    wanted = words.casefold()
    found: list[tuple[int | None, str, str]] = []
    for index, segment in enumerate(segments):
        if wanted in segment.source.casefold() or wanted in (segment.target or "").casefold():
            found.append((index, segment.source, segment.target or ""))
            if len(found) == limit:
                return found
    if not memory:
        return found
    from pipeline.memory import Memory

    with Memory(memory) as store:
        return [
            *found,
            *(
                (None, unit.source, unit.target)
                for unit in store.concordance(words, source, target, limit=limit - len(found))
            ),
        ]
