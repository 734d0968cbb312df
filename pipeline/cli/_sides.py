"""A bitext that lies the other way round than --from and --to say: told by script, before the work begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.errors import UsageError
from pipeline.languages.detect import clear
from pipeline.model import Document, Lang

_SIDE = {"--from": "source", "--to": "target"}
_SHOWN = 3


def turned(pairs: Iterable[tuple[str, str]], source: Lang, target: Lang) -> list[int]:
    """Which pairs have the target language on the left and the source language on the right, both of them clearly."""
    return [
        index for index, (left, right) in enumerate(pairs) if right and clear(left) == target and clear(right) == source
    ]


def message(name: str, pairs: Sequence[tuple[str, str]], ids: Sequence[str], source: Lang, target: Lang) -> str:
    """The warning, "" where nothing is turned. Raises UsageError where every pair is."""
    found = turned(pairs, source, target)
    if not found:
        return ""
    if len(found) == len(pairs):
        raise UsageError(
            f"{name}: its sources are in {target} and its targets in {source}, all {len(pairs)}"
            if len(pairs) > 1
            else f"{name}: its source is in {target} and its target in {source}",
            hint=f"--from {target} --to {source}, or exchange the sides",
        )
    some = ", ".join(ids[index] for index in found[:_SHOWN]) + (" ..." if len(found) > _SHOWN else "")
    have = "has" if len(found) == 1 else "have"
    return (
        f"palladius: warning: {name}: {len(found)} of {len(pairs)} segments {have} {target} as source and {source} as "
        f"target, against --from {source} --to {target}: {some}"
    )


def of_document(document: Document, source: Lang, target: Lang) -> str:
    """As `message`, of a bitext's segments that have a target; first of all, what the file itself says."""
    for told, given, option in zip(document.meta.get("said", ()), (source, target), ("--from", "--to"), strict=False):
        if told not in (None, given):
            return (
                f"palladius: warning: {document.name}: says that its {_SIDE[option]} is {told}, {option} says {given}"
            )
    rows = [s for s in document.segments if (s.target or "").strip()]
    pairs = [(s.source, s.target or "") for s in rows]
    return message(document.name, pairs, [s.id for s in rows], source, target)


def of_sources(document: Document, source: Lang) -> str:
    """A warning where the text to translate is in another language than --from says; "" where it is not."""
    told = [lang for s in document.segments if (lang := clear(s.source)) is not None]
    other = next((lang for lang in told if lang != source), None)
    if other is None or source in told:
        return ""
    return f"palladius: warning: {document.name}: looks like {other}, and --from says {source}"
