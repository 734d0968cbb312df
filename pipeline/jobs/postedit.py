"""What post-editing cost: time, edits and HTER of each segment, from the journal of a review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.jobs.journal import read
from pipeline.model import Lang


def hter(first: str, final: str, lang: Lang) -> tuple[float, float]:
    """Edits and words of the final text (Snover et al. 2006: TER against the post-edited text); HTER is their quotient.

    Chinese is counted in characters.
    """
    from pipeline.quality.metrics import base as metrics

    if first == final:
        return 0.0, float(metrics.words(final, lang))
    [[edits, words]] = metrics.make("ter", lang).statistics([first], [[final]])
    return edits, words


def stats(path: str) -> dict[str, Any]:
    """Totals of FILE.review.jsonl and one line a segment, as last left. Raises InputError where there is no journal."""
    journal = Path(f"{path}.review.jsonl")
    if not journal.is_file():
        raise InputError("has not been reviewed yet", where=path, hint=f"no {journal.name} beside it")
    last: dict[tuple[int, str], dict[str, Any]] = {(r["n"], r["id"]): r for r in read(journal)}
    rows, all_edits, all_words = [], 0.0, 0.0
    for record in last.values():
        edits, words = hter(record["first"], record["target"], record.get("lang", "ru"))
        all_edits, all_words = all_edits + edits, all_words + words
        row = {key: record[key] for key in ("id", "state", "seconds", "edits", "accepted", "dismissed")}
        rows.append({**row, "hter": round(edits / max(1.0, words), 4), "changed": record["first"] != record["target"]})
    done = [row for row in rows if row["state"] == "confirmed"]
    seconds = sum(row["seconds"] for row in rows)
    return {
        "file": path,
        "segments": len(rows),
        "confirmed": len(done),
        "changed": sum(row["changed"] for row in rows),
        "seconds": round(seconds, 1),
        "words_per_hour": round(all_words / seconds * 3600) if seconds >= 1 else None,
        "hter": round(all_edits / all_words, 4) if all_words else 0.0,
        "edits": sum(row["edits"] for row in rows),
        "accepted": sum(row["accepted"] for row in rows),
        "dismissed": sum(row["dismissed"] for row in rows),
        "by_segment": rows,
    }


def table(told: dict[str, Any], limit: int = 10) -> str:
    """The same for people: totals, and the segments that cost most."""
    from pipeline.reports.base import counted

    rate = f", {counted(told['words_per_hour'], 'word')} an hour" if told["words_per_hour"] else ""
    out = [
        f"{told['file']}: {counted(told['segments'], 'segment')} seen to, {told['confirmed']} confirmed, "
        f"{told['changed']} changed",
        f"time {_clock(told['seconds'])}{rate}",
        f"HTER {100 * told['hter']:.1f} % (edits over words of the final text; 0 is untouched)",
        f"{counted(told['edits'], 'edit')}, {counted(told['accepted'], 'suggestion')} accepted, "
        f"{counted(told['dismissed'], 'flag')} dismissed",
    ]
    rows = sorted(told["by_segment"], key=lambda row: (-row["hter"], -row["seconds"]))[:limit]
    if rows:
        out += ["", f"{'HTER %':>7} {'time':>7} {'edits':>5}  segment"]
    for row in rows:
        mark = "" if row["state"] == "confirmed" else " (draft)"
        out.append(f"{100 * row['hter']:7.1f} {_clock(row['seconds']):>7} {row['edits']:5}  {row['id']}{mark}")
    return "\n".join(out) + "\n"


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return (
        f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}" if whole >= 3600 else f"{whole // 60}:{whole % 60:02}"
    )
