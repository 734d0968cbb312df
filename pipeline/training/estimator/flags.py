"""Findings of the checks and the enforcer for training rows, kept on disk as long as neither text nor code changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.model import Finding, Lang, Segment, Severity

_OFF = ("consistency",)  # rows of one set are no document


def state(root: Path) -> str:
    """A fingerprint of the code and tables that findings depend on."""
    made = hashlib.sha256()
    for folder in (
        "checks",
        "enforce",
        "languages",
        "glossary",
        "assets/patterns",
        "assets/calques",
        "assets/lexicon",
        "assets/dictionary",
    ):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".tsv", ".npz"):
                made.update(path.read_bytes())
    return made.hexdigest()[:16]


def findings(
    pairs: Sequence[tuple[str, str]], source: Lang | None, target: Lang, cache: Path
) -> list[tuple[Finding, ...]]:
    """What `palladius check` would say of each (source, target); the cache is one JSONL file for a direction."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    held: dict[str, list[list[object]]] = {}
    if cache.exists():
        for line in cache.read_text(encoding="utf-8").splitlines():
            held.update(json.loads(line))
    keys = [hashlib.sha256(f"{a}\t{b}".encode()).hexdigest()[:20] for a, b in pairs]
    todo = list({key: n for n, key in enumerate(keys) if key not in held}.values())
    with cache.open("a", encoding="utf-8") as stream:
        for start in range(0, len(todo), 500):
            part = todo[start : start + 500]
            for n, found in zip(part, _run([pairs[i] for i in part], source, target), strict=True):
                held[keys[n]] = [[f.check, f.category, str(f.severity), f.start, f.end] for f in found]
                stream.write(json.dumps({keys[n]: held[keys[n]]}) + "\n")
            stream.flush()
    return [tuple(_finding(row) for row in held[key]) for key in keys]


def _finding(row: list[object]) -> Finding:
    check, category, severity, start, end = row
    return Finding(str(check), str(category), Severity(str(severity)), int(str(start)), int(str(end)), "")


def _run(pairs: Sequence[tuple[str, str]], source: Lang | None, target: Lang) -> list[tuple[Finding, ...]]:
    from pipeline.checks import base
    from pipeline.enforce import Enforcer
    from pipeline.glossary import store

    glossary = store.load(["builtin"])
    views = [
        base.View(Segment(str(n), a, b), source, target, (), {"glossary": glossary}) for n, (a, b) in enumerate(pairs)
    ]
    found = base.run(views, _OFF)
    if source is None:
        return found
    enforcer = Enforcer(glossary, source, target, names=True)
    return [(*enforcer.verify(a, b), *made) if b else made for (a, b), made in zip(pairs, found, strict=True)]
