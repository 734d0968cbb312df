"""Regression: an engine or given outputs on reference sets, against a committed baseline."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import __version__, files
from pipeline.enforce import Enforced, Enforcer
from pipeline.enforce.candidates import Links
from pipeline.errors import DataError
from pipeline.flow import Flow
from pipeline.jobs.bootstrap import Comparison, compare
from pipeline.jobs.refsets import Refset
from pipeline.model import Document, Segment, Severity
from pipeline.quality.metrics import base as metrics
from pipeline.settings import Settings

ALWAYS = ("terms", "flags", "quality")
_RIGHT = {"already", "variant", "repaired"}
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured on one set. statistics: metric -> one row a segment, rows add up."""

    refset: Refset
    outputs: tuple[str, ...]
    statistics: dict[str, list[list[float]]]
    signatures: dict[str, str]
    terms: dict[str, tuple[int, int]]  # term id -> (right, all)
    seconds: float

    def score(self, metric: str) -> float:
        rows = self.statistics[metric]
        return float(scorer(metric, self.refset)([sum(column) for column in zip(*rows, strict=True)]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One set against its baseline. `regressions` are the lines that make the run fail."""

    run: Run
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    regressions: tuple[str, ...] = ()
    changed_terms: tuple[str, ...] = ()
    worst: tuple[dict[str, Any], ...] = ()
    new: bool = False


def better(metric: str) -> int:
    """1 where a higher score is better, -1 where a lower one is."""
    if metric in ALWAYS:
        return -1 if metric == "flags" else 1
    from pipeline import registry

    return int(registry.load("quality.metrics", metric).better)


def scorer(metric: str, refset: Refset) -> Any:
    if metric == "terms":
        return lambda total: 100 * total[0] / total[1] if total[1] else 100.0
    if metric == "flags":
        return lambda total: 1000 * total[0] / total[1] if total[1] else 0.0
    if metric == "quality":
        return lambda total: 100 * total[0] / total[1] if total[1] else 0.0
    return metrics.make(metric, refset.target_lang).of


def run(
    refset: Refset,
    settings: Settings,
    wanted: Sequence[str],
    outputs: Sequence[str] | None = None,
    tick: Any = lambda a, b: None,
) -> Run:
    """Translates (or takes `outputs`, or the set's own), checks, and measures one set."""
    outputs = refset.outputs if outputs is None else outputs
    flow = Flow(settings, refset.source_lang, refset.target_lang)
    if outputs is not None and flow.enforcer is not None:
        flow.__dict__["enforcer"] = _Remembering(flow.enforcer)  # fills the cached property
    segments = [
        Segment(key, source, None if outputs is None else outputs[i])
        for i, (key, source) in enumerate(zip(refset.ids, refset.sources, strict=True))
    ]
    document = Document(refset.name, "jsonl", tuple(segments), refset.source_lang, refset.target_lang)
    started = time.monotonic()
    if outputs is None:
        document = flow.translate(document, tick)
    elif refset.enforce:
        document = flow.enforce(document)
    seconds = time.monotonic() - started
    enforced = outputs is None or refset.enforce
    done = flow.check(document).segments
    statistics, signatures = _scored(refset, [segment.target or "" for segment in done], wanted)
    reports = [_terms(flow, segment, enforced) for segment in done]
    statistics["terms"] = [[float(sum(good for _, good in report)), float(len(report))] for report in reports]
    statistics["flags"] = [
        [
            float(sum(f.severity.reaches(Severity.MINOR) for f in s.findings)),
            float(metrics.words(s.target or "", refset.target_lang)),
        ]
        for s in done
    ]
    if all(segment.score is not None for segment in done):
        statistics["quality"] = [[round(s.score.quality, 4) if s.score else 0.0, 1.0] for s in done]
    terms: dict[str, tuple[int, int]] = {}
    for key, good in (item for report in reports for item in report):
        was = terms.get(key, (0, 0))
        terms[key] = (was[0] + good, was[1] + 1)
    return Run(refset, tuple(s.target or "" for s in done), statistics, signatures, terms, seconds)


def _scored(
    refset: Refset, targets: Sequence[str], wanted: Sequence[str]
) -> tuple[dict[str, list[list[float]]], dict[str, str]]:
    """Statistics and signature of each metric."""
    statistics: dict[str, list[list[float]]] = {}
    signatures: dict[str, str] = {}
    for name in wanted:
        metric = metrics.make(name, refset.target_lang)
        metric.sources = refset.sources
        statistics[name] = metric.statistics(targets, refset.references)
        signatures[name] = metric.signature
    return statistics, signatures


class _Remembering(Enforcer):
    """Goes over a pair once, though it is asked twice: for the flags, and for the terms that are right."""

    def __init__(self, of: Enforcer) -> None:
        super().__init__(of.glossary, of.source, of.target, names=of.names)
        self._known: dict[tuple[str, str, bool], Enforced] = {}

    def enforce(self, source_text: str, target_text: str, links: Links = (), *, yo: bool = False) -> Enforced:
        links = tuple(links)
        if links:
            return super().enforce(source_text, target_text, links, yo=yo)
        asked = (source_text, target_text, yo)
        if asked not in self._known:
            self._known[asked] = super().enforce(source_text, target_text, yo=yo)
        return self._known[asked]


def _terms(flow: Flow, segment: Segment, enforced: bool) -> list[tuple[str, int]]:
    """(term, 1 where it stands in an admitted form) for each occurrence in the source.

    enforced: the enforcer has been over the target, and its report tells what stands there.
    """
    if flow.enforcer is None or not segment.target:
        return []
    terms = segment.terms if enforced else flow.enforcer.enforce(segment.source, segment.target).terms
    right = _RIGHT if enforced else _RIGHT - {"repaired"}
    return [(str(item["term"]), int(item["status"] in right)) for item in terms]


def judge(current: Run, baseline: dict[str, Any] | None, tolerance: dict[str, float]) -> Verdict:
    """Compares with the baseline's entry of the set. A regression is a significant loss, or one over the tolerance.

    tolerance: metric -> loss, over what the set itself says.
    """
    tolerance = {**current.refset.tolerance, **tolerance}
    if baseline is None:
        return Verdict(current, new=True)
    if baseline["ids"] != list(current.refset.ids):
        raise DataError(f"the baseline of {current.refset.key} has other segments", hint="renew it with --update")
    comparisons: dict[str, Comparison] = {}
    regressions: list[str] = []
    for name, rows in current.statistics.items():
        old = baseline["statistics"].get(name)
        if old is None:
            continue
        made = compare(old, rows, current.refset.documents, scorer(name, current.refset))
        comparisons[name] = made
        loss = -made.change * better(name)
        allowed = tolerance.get(name)
        if loss > 0 and ((allowed is not None and loss > allowed) or (allowed is None and made.p < ALPHA)):
            cause = f"over the tolerance of {allowed:g}" if allowed is not None else f"p = {made.p:.3f}"
            span = f"[{made.low:+.2f}, {made.high:+.2f}]"
            regressions.append(f"{current.refset.key} {name}: {made.old:.2f} -> {made.new:.2f} {span}, {cause}")
    changed: list[str] = []
    for key, (right, total) in sorted(current.terms.items()):
        was = baseline["terms"].get(key)
        if was is not None and was[1] == total and was[0] != right:
            line = f"{key} was right in {was[0]} of {was[1]}, now in {right}"
            changed.append(line)
            if was[0] - right > tolerance.get("term", 0):
                regressions.append(f"{current.refset.key} term: {line}")
    return Verdict(current, comparisons, tuple(regressions), tuple(changed), _worst(current, baseline))


def _worst(current: Run, baseline: dict[str, Any], most: int = 10) -> tuple[dict[str, Any], ...]:
    """Segments whose output changed, those that lost most in chrF (or the first metric) first."""
    names = [n for n in current.statistics if n in baseline["statistics"] and n not in ALWAYS]
    name = "chrf" if "chrf" in names else names[0] if names else "terms"
    score = scorer(name, current.refset)
    out = []
    for i, (old, new) in enumerate(zip(baseline["outputs"], current.outputs, strict=True)):
        if old != new and name in baseline["statistics"]:
            before, after = score(baseline["statistics"][name][i]), score(current.statistics[name][i])
            loss = (before - after) * better(name)
            out.append(
                {
                    "id": current.refset.ids[i],
                    "source": current.refset.sources[i],
                    "old": old,
                    "new": new,
                    "loss": round(loss, 2),
                }
            )
    return tuple(sorted(out, key=lambda item: -item["loss"])[:most])


def load(path: str | Path) -> dict[str, Any]:
    """The baseline file; an empty one where there is none yet. Raises DataError where it cannot be read."""
    if not Path(path).is_file():
        return {"version": __version__, "sets": {}}
    try:
        found = json.loads(files.decode(files.read_bytes(path), str(path)))
        if not isinstance(found["sets"], dict):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        raise DataError("is no baseline", where=str(path), hint="make one with --update") from error
    return dict(found)


def entry(run: Run) -> dict[str, Any]:
    """What a baseline keeps of a set: scores for people, outputs and statistics for the next comparison."""
    return {
        "scores": {name: round(run.score(name), 2) for name in run.statistics},
        "signatures": run.signatures,
        "terms": {key: list(value) for key, value in sorted(run.terms.items())},
        "ids": list(run.refset.ids),
        "outputs": list(run.outputs),
        "statistics": {name: [[round(v, 4) for v in row] for row in rows] for name, rows in run.statistics.items()},
    }


def dump(baseline: dict[str, Any]) -> str:
    """JSON with one segment a line, so that a diff of it can be read."""
    text = [f'{{\n "version": {json.dumps(__version__)},\n "sets": {{']
    for number, (key, kept) in enumerate(sorted(baseline["sets"].items())):
        text.append(("," if number else "") + f"\n  {json.dumps(key, ensure_ascii=False)}: {{")
        parts = [
            f'\n   "{name}": {json.dumps(kept[name], ensure_ascii=False)}' for name in ("scores", "signatures", "terms")
        ]
        parts.append('\n   "ids": ' + json.dumps(kept["ids"], ensure_ascii=False))
        parts.append(
            '\n   "outputs": [' + ",".join("\n    " + json.dumps(o, ensure_ascii=False) for o in kept["outputs"]) + "]"
        )
        rows = ",".join(
            f'\n    "{name}": {json.dumps(r, separators=(",", ":"))}' for name, r in kept["statistics"].items()
        )
        parts.append('\n   "statistics": {' + rows + "}")
        text.append(",".join(parts) + "\n  }")
    return "".join(text) + "\n }\n}\n"
