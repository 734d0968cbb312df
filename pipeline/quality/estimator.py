"""The bundled estimator: features, trees, calibration, and the rules that no statistics may break."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import DataError
from pipeline.model import Finding, Lang, Score, Severity
from pipeline.quality import features, manner, ngrams, preference, trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIRECTIONS: Final = ("zh-ru", "ru-zh", "zh-en", "en-zh", "en-ru", "ru-en")
BLIND: Final = "blind"  # what stands for a direction where there is no source
KINDS: Final = (*(f"quality_{name}" for name in (*DIRECTIONS, BLIND)), "risk", "risk_blind")  # forests
CURVES: Final = tuple(f"{what}_{name}" for what in ("quality", "risk") for name in (*DIRECTIONS, BLIND))
CAP: Final = {Severity.MINOR: 1.0, Severity.MAJOR: 0.6, Severity.CRITICAL: 0.3}  # highest quality with such a flag
FLOOR: Final = {Severity.MINOR: 0.0, Severity.MAJOR: 0.5, Severity.CRITICAL: 0.85}  # lowest risk with such a flag
HOPELESS: Final = (0.05, 0.98)  # quality and risk of what is no translation
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_RUNNING: Final = (
    ("zh", re.compile(r"[\u3400-\u9fff]"), 5),
    ("en", re.compile(r"(?<![\w.-])[a-z]{2,}(?![\w.-]*\w)"), 3),
    ("ru", re.compile(r"(?<![\w.-])[а-яё]{2,}(?![\w.-]*\w)"), 3),
)  # what running text consists of, and how much of it makes one
TOLD: Final = 8  # contributions that a score carries


@dataclass(frozen=True)
class Estimator:
    """forests: by KINDS; curves: by CURVES, points of a rising curve from a forest's sum to 0..1.

    weights, cautions: by direction and BLIND, what the logarithm of the MQM penalty takes from the sum of the quality
    and adds to that of the risk, beside the trees. preferences, manners: by direction, where there is one (see there);
    a preference stands above the trees and the manner, and its sum, times `leanings`, is taken from that of the risk.
    """

    models: Mapping[str, ngrams.Model]
    forests: Mapping[str, trees.Forest]
    curves: Mapping[str, tuple[NDArray[Any], NDArray[Any]]]
    weights: Mapping[str, float]
    cautions: Mapping[str, float]
    preferences: Mapping[str, NDArray[Any]]
    leanings: Mapping[str, float]
    manners: Mapping[str, manner.Manner] = field(default_factory=dict)

    def raw(self, kind: str, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Sums of a forest and the contributions of the features."""
        columns = features.NAMES if not kind.endswith("blind") else features.BLIND
        return self.forests[kind].predict(rows[:, [features.NAMES.index(name) for name in columns]])

    def sums(
        self, name: str, rows: NDArray[Any], texts: Sequence[str]
    ) -> tuple[NDArray[Any], NDArray[Any], dict[str, NDArray[Any]]]:
        """Of a direction's quality without its flags: the sums, the contributions of the features, and others by
        name."""
        import numpy as np

        sums, brought = self.raw(f"quality_{name}", rows)
        worded, learned = self.worded(name, texts), self.preferences.get(name)
        if learned is None:
            return sums + worded, brought, {manner.NAME: worded}
        parts = preference.parts(np.column_stack([rows, sums, worded]), learned)
        return parts.sum(1), parts[:, :-2], {preference.JUDGED: parts[:, -2], manner.NAME: parts[:, -1]}

    def worded(self, name: str, texts: Sequence[str]) -> NDArray[Any]:
        """What the wording of the targets adds to the quality's sum in a direction; 0 where none was learned."""
        import numpy as np

        held = self.manners.get(name)
        return held.scores(texts) if held is not None else np.zeros(len(texts))

    def scaled(self, kind: str, sums: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        at, value = self.curves[kind]
        scaled: NDArray[Any] = np.interp(sums, at, value)
        return scaled

    def scores(
        self, pairs: Sequence[tuple[str, str]], source: Lang | None, target: Lang, findings: Sequence[Sequence[Finding]]
    ) -> list[Score]:
        """A score for each (source, target) of one direction; `source` None where no source is at hand."""
        import numpy as np

        if not pairs:
            return []
        rows = features.matrix(pairs, source, target, findings, self.models)
        name = BLIND if source is None else f"{source}-{target}"
        columns = features.BLIND if source is None else features.NAMES
        sums, parts, others = self.sums(name, rows, [text for _, text in pairs])
        penalties = np.array([math.log1p(features.penalty(found)) for found in findings])
        losses = self.weights[name] * penalties
        qualities = self.scaled(f"quality_{name}", sums - losses)
        chances, _ = self.raw("risk_blind" if source is None else "risk", rows)
        risks = self.scaled(f"risk_{name}", chances + self.cautions[name] * penalties - self.leanings[name] * sums)
        made = []
        for n, ((left, right), found) in enumerate(zip(pairs, findings, strict=True)):
            more = {what: float(values[n]) for what, values in others.items()}
            told = _told(columns, parts[n], float(losses[n]), more)
            made.append(guarded(left, right, source, target, found, float(qualities[n]), float(risks[n]), told))
        return made


def _told(columns: Sequence[str], parts: NDArray[Any], loss: float, others: Mapping[str, float]) -> dict[str, float]:
    """The strongest contributions to the quality, in standard deviations, by what they are called."""
    brought = {features.FEATURES[name][0]: float(value) for name, value in zip(columns, parts, strict=True)}
    brought["flags: MQM penalty"] = -loss
    strongest = sorted((brought | dict(others)).items(), key=lambda item: -abs(item[1]))[:TOLD]
    return {name: round(value, 4) for name, value in strongest if abs(value) >= 0.005}


def guarded(
    left: str, right: str, source: Lang | None, target: Lang, found: Sequence[Finding], quality: float, risk: float,
    told: Mapping[str, float],
) -> Score:  # fmt: skip
    """The score after the rules: what is no translation is never good, and a score follows its flags."""
    reason = hopeless(left, right, source, target)
    if reason:
        return Score(min(quality, HOPELESS[0]), max(risk, HOPELESS[1]), {reason: -1.0, **told})
    worst = max((finding.severity for finding in found), key=lambda s: s.rank, default=Severity.NEUTRAL)
    cap, floor = CAP.get(worst, 1.0), FLOOR.get(worst, 0.0)
    # squeezed, not cut, so that of two lines with such a flag the better one still scores higher
    return Score(round(quality * cap, 6), round(floor + risk * (1 - floor), 6), told)


def hopeless(left: str, right: str, source: Lang | None, target: Lang) -> str:
    """Why the target is no translation: "target is empty", "copy of the source", "wrong language", else ""."""
    text, other = right.strip(), left.strip()
    if not text:
        return "target is empty" if other or source is None else ""
    letters = features.letters(_plain(text))
    total = sum(letters.values())
    if source is not None and source != target and other:
        theirs = features.letters(other)
        if text == other and theirs[source] > max(4, theirs[target]) and _running(_plain(text), target):
            return "copy of the source"
        if theirs[source] >= 8 and not total:
            return "target has no words"
    if total >= 12 and letters[target] < 0.3 * total:
        # names, codes and quotations in another script are no wrong language
        return "wrong language" if _running(_plain(text), target) else ""
    return ""


def _plain(text: str) -> str:
    """Without addresses of the web and of mail, which are the same in every language."""
    return _ADDRESS.sub(" ", text)


def _running(text: str, target: Lang) -> bool:
    """Is there running text, not just names and codes, in a script of another language?"""
    return any(len(found.findall(text)) >= least for name, found, least in _RUNNING if name != target)


@cache
def bundled() -> Estimator:
    """The estimator of the package; raises DataError where its asset is missing or broken."""
    file = resources.files("pipeline.assets") / "estimator" / "estimator.npz"
    import numpy as np

    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            return read({name: held[name] for name in held.files})
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"the estimator cannot be read: {error}", hint="reinstall the package") from error


def read(held: Mapping[str, Any]) -> Estimator:
    """From the arrays of the asset; raises ValueError where they were made for other features."""
    named = bytes(held["features"]).decode().split("\n")
    if tuple(named) != features.NAMES:
        raise ValueError("it was trained for other features")
    return Estimator(
        {language: ngrams.read(held, language) for language in ("zh", "ru", "en")},
        {kind: trees.read(held, kind) for kind in KINDS},
        {name: (held[f"{name}_at"], held[f"{name}_to"]) for name in CURVES},
        _weights(held["weights"]),
        _weights(held.get("cautions", held["weights"])),
        {name: held[f"preference_{name}"] for name in DIRECTIONS if f"preference_{name}" in held},
        _weights(held["leanings"]),
        {name: manner.read(held, name) for name in DIRECTIONS if f"manner_{name}_scalars" in held},
    )


def _weights(values: NDArray[Any]) -> dict[str, float]:
    return dict(zip((*DIRECTIONS, BLIND), (float(value) for value in values), strict=True))
