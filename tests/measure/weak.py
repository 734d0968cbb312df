"""The checks and the score on weak renderings with marked errors beside sound ones, zh-ru."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from pipeline.flow import Flow
from pipeline.formats.base import plugin
from pipeline.model import Finding, Segment, Severity
from pipeline.settings import load

COLUMNS: Final = ("id", "source", "good", "weak")
_MARK: Final = re.compile(r"⟦([CMmn]):(.*?)⟧")


def files(paths: list[Path]) -> list[Path]:
    """The files, or those of the project that nothing was learned from where none is named."""
    folder = Path(__file__).parents[2] / "pipeline" / "training" / "weak" / "unlearned"
    return paths or sorted(folder.glob("*.tsv"))


def parsed(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without marks, and the errors in it: first and last code point and severity (C, M, m, n)."""
    text, errors, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        errors.append((len(text), len(text) + len(match[2]), match[1]))
        text, at = text + match[2], match.end()
    return text + marked[at:], errors


def _checked(rows: list[dict[str, str]], targets: list[str]) -> list[Segment]:
    """The segments, document by document (an id is document-row), with their findings and scores."""
    flow, documents = Flow(load(None, None), "zh", "ru"), dict[str, list[int]]()
    for at, row in enumerate(rows):
        documents.setdefault(row["id"].rpartition("-")[0], []).append(at)
    made: dict[int, Segment] = {}
    for name, places in documents.items():
        lines = (
            json.dumps({"id": str(at), "source": rows[at]["source"], "target": targets[at]}, ensure_ascii=False)
            for at in places
        )
        document = plugin("jsonl").read("\n".join(lines).encode(), name, "zh", "ru")
        made.update(zip(places, flow.check(document).segments, strict=True))
    return [made[at] for at in range(len(rows))]


def _grave(segment: Segment) -> list[Finding]:
    return [finding for finding in segment.findings if finding.severity is not Severity.NEUTRAL]


def measured(rows: list[dict[str, str]]) -> str:
    """A line: precision of flags, recall of errors and of major ones, flags a thousand words of the sound versions, and
    how often the sound version of a row with errors has the higher quality, the lower risk."""
    weak = [parsed(row["weak"]) for row in rows]
    bad, good = _checked(rows, [text for text, _ in weak]), _checked(rows, [row["good"] for row in rows])
    right = wrong = 0
    found: list[tuple[bool, bool]] = []  # of each error: flagged, major
    for (_, errors), segment in zip(weak, bad, strict=True):
        flags = _grave(segment)
        for flag in flags:
            hit = any(_meets(flag, first, last) for first, last, _ in errors)
            right, wrong = right + hit, wrong + (not hit)
        found += [
            (any(flag.start < last and first < flag.end for flag in flags), grade in "CM")
            for first, last, grade in errors
            if grade != "n"
        ]
    words = sum(len(re.findall(r"\w+", segment.target)) for segment in good)
    false = sum(len(_grave(segment)) for segment in good)
    scores = [(a.score, b.score) for a, b, (_, errors) in zip(good, bad, weak, strict=True) if errors]
    pairs = [(a, b) for a, b in scores if a is not None and b is not None]
    better = sum(a.quality > b.quality for a, b in pairs) / len(pairs)
    risk = sum(a.post_edit_risk < b.post_edit_risk for a, b in pairs) / len(pairs)
    recall = sum(hit for hit, _ in found) / len(found)
    major = [hit for hit, grave in found if grave]
    return (
        f"precision {right / max(1, right + wrong):.2f}, recall {recall:.2f}, of major errors "
        f"{sum(major) / len(major):.2f}, flags a thousand sound words {1000 * false / words:.1f}, "
        f"sound one better {better:.2f}, less risk {risk:.2f} ({len(rows)} sentences, {len(found)} errors)"
    )


def _meets(flag: Finding, first: int, last: int) -> bool:
    return flag.start < last and first < flag.end if flag.start < flag.end else first <= flag.start <= last
