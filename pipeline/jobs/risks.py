"""The risks of the last review of a file, so that the weakest segments stand first before anything has been checked.

Kept in the user's cache ($XDG_CACHE_HOME or ~/.cache), without any text: a digest of each pair and its risk.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline import files
from pipeline.errors import PalladiusError
from pipeline.model import Segment


def known(path: str, segments: Sequence[Segment]) -> dict[int, float]:
    """Index -> risk of each segment that stands as it stood then."""
    try:
        kept = json.loads(_place(path).read_text(encoding="utf-8"))
        risks = {str(key): float(risk) for key, risk in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    return {i: risks[key] for i, segment in enumerate(segments) if (key := _key(segment)) in risks}


def keep(path: str, segments: Sequence[Segment], risk: Callable[[int], float | None]) -> None:
    """Leaves the risks for the next opening; nothing is said where that is not possible."""
    told = {_key(s): round(value, 4) for i, s in enumerate(segments) if (value := risk(i)) is not None}
    with contextlib.suppress(OSError, PalladiusError):
        place = _place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        files.write_text(place, json.dumps(told))


def _key(segment: Segment) -> str:
    return hashlib.blake2b(f"{segment.source}\0{segment.target}".encode(), digest_size=8).hexdigest()


def _place(path: str) -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    name = hashlib.blake2b(str(Path(path).absolute()).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return base / "palladius" / "risks" / f"{name}.json"
