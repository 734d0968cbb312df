"""Flags that are often wrong, in a segment that otherwise reads as a sound translation.

Some checks look for what is missing or judge words by what stands beside them, and a person's free rendering misleads
them. Where the estimator, untold of any flag, places the segment among the best, what they say is shown as a neutral
remark. Only for directions with a preference, which tells a sound rendering from a weak one; elsewhere a score says
more of the source than of the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.model import Finding, Lang, Severity

SOUND: Final = 0.8  # quality from which a segment reads as sound
_HEARD: Final = (Severity.MINOR, Severity.MAJOR)  # what is critical is said whatever the estimator thinks


def settled(
    views: Sequence[Any], findings: Sequence[tuple[Finding, ...]], doubtful: frozenset[str]
) -> list[tuple[Finding, ...]]:
    """The findings of each view, those of the `doubtful` checks neutral where the view reads as sound without them.

    A view is what `quality.estimate` takes. Raises DataError where the estimator is missing or broken.
    """
    from pipeline.quality import estimator

    made = list(findings)
    groups: dict[tuple[Lang | None, Lang], list[int]] = {}
    for at, (view, found) in enumerate(zip(views, findings, strict=True)):
        if view.source and any(_unsure(one, doubtful) for one in found):
            groups.setdefault((view.source_lang, view.target_lang), []).append(at)
    for (source, target), places in groups.items():
        if source is None or f"{source}-{target}" not in estimator.bundled().preferences:
            continue
        pairs = [(views[at].source, views[at].target) for at in places]
        scores = estimator.bundled().scores(pairs, source, target, [()] * len(pairs))
        for at, score in zip(places, scores, strict=True):
            if score.quality >= SOUND:
                made[at] = tuple(
                    replace(one, severity=Severity.NEUTRAL) if _unsure(one, doubtful) else one for one in made[at]
                )
    return made


def _unsure(finding: Finding, doubtful: frozenset[str]) -> bool:
    return finding.check in doubtful and finding.severity in _HEARD
