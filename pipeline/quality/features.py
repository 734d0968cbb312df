"""What the estimator looks at: one row of numbers for each segment, NaN where there is no source to tell from."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from pipeline.model import Finding, Lang, Severity
from pipeline.quality import sensed
from pipeline.quality.ngrams import Model, hashes, number
from pipeline.quality.wording import FLOOR, Cover, Token, cover, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS: Final = {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}  # MQM

# Name: (what `check --explain` says, needs the source, higher is 1 better or -1 worse or 0 depends).
FEATURES: Final[Mapping[str, tuple[str, bool, int]]] = {
    "length": ("length of the target", False, 0),
    "lm": ("language of the target, mean", False, 1),
    "lm_low": ("language of the target, weakest places", False, 1),
    "lm_order": ("phrases of the target known", False, 1),
    "lm_unseen": ("words of the target never seen", False, -1),
    "repeats": ("repetition", False, -1),
    "foreign": ("foreign script in the target", False, -1),
    "marks": ("punctuation of the target", False, 0),
    "sentences": ("sentences of the target", False, 0),
    "flags_accuracy": ("flags: accuracy", False, -1),
    "flags_fluency": ("flags: fluency", False, -1),
    "flags_terms": ("flags: terminology", False, -1),
    "flags_other": ("flags: other", False, -1),
    "flags_density": ("flags for its length", False, -1),
    "source_length": ("length of the source", True, 0),
    "ratio": ("length for the source", True, 0),
    "source_lm": ("language of the source, mean", True, 1),
    "source_low": ("language of the source, hardest places", True, 1),
    "source_unseen": ("words of the source never seen", True, -1),
    "source_marks": ("punctuation of the source", True, 0),
    "given_mean": ("target words the source explains, mean", True, 1),
    "given_lost": ("target words the source does not explain", True, -1),
    "given_rare": ("rare target words not explained", True, -1),
    "given_run": ("longest stretch not explained", True, -1),
    "given_unknown": ("target words no table knows", True, -1),
    "kept_mean": ("source words the target renders, mean", True, 1),
    "kept_lost": ("source words left without a rendering", True, -1),
    "kept_rare": ("rare source words not rendered", True, -1),
    "kept_run": ("longest source stretch not rendered", True, -1),
    "kept_unknown": ("source words no table knows", True, -1),
    "crowd": ("target words on one source word", True, -1),
    "order": ("order of the words", True, 0),
    "numbers": ("numbers not matched", True, -1),
    "copied": ("words copied from the source", True, -1),
    "marks_differ": ("punctuation differs from the source", True, -1),
    "sense": ("sense near to the source's", True, 1),
    "sense_given": ("target words near to some of the source, mean", True, 1),
    "sense_given_low": ("target words far from all of the source", True, 1),
    "sense_kept": ("source words near to some of the target, mean", True, 1),
    "sense_kept_low": ("source words far from all of the target", True, 1),
    "sense_over": ("sense nearer without a clause of the target", True, -1),
    "sense_under": ("sense nearer without a clause of the source", True, -1),
    "from_zh": ("from Chinese", True, 0),
    "from_ru": ("from Russian", True, 0),
    "to_zh": ("into Chinese", False, 0),
    "to_ru": ("into Russian", False, 0),
}
NAMES: Final = tuple(FEATURES)
FLAGS: Final = tuple(name for name in NAMES if name.startswith("flags_"))
BLIND: Final = tuple(name for name in NAMES if not FEATURES[name][1])
_DIGITS = re.compile(r"\d+")
_LETTERS = {"zh": re.compile(r"[\u3400-\u9fff]"), "ru": re.compile(r"[А-Яа-яЁё]"), "en": re.compile(r"[A-Za-z]")}
_ANY = re.compile(r"[^\W\d_]")
_MARK = re.compile(r"[^\w\s]")
_STOP = re.compile(r"[.!?。！？…]+")
_KINDS = dict(zip("，、。！？：；（）“”«»《》「」„—–…", ",,.!?:;()" + '"' * 9 + "--.", strict=True))


def penalty(findings: Sequence[Finding]) -> float:
    """MQM penalty: minor 1, major 5, critical 25; several flags on one place count once, with the gravest."""
    places: dict[tuple[int, int], float] = {}
    for finding in findings:
        place = (finding.start, finding.end)
        places[place] = max(places.get(place, 0.0), WEIGHTS[finding.severity])
    return sum(places.values())


_FAMILIES: Final = {
    "accuracy": "accuracy", "terminology": "terms", "linguistic-conventions": "fluency", "fluency": "fluency",
}  # fmt: skip


def family(category: str) -> str:
    head = category.split("/")[0]
    return _FAMILIES.get(head, "other")


def flags(findings: Sequence[Finding], words: int) -> dict[str, float]:
    """The flag features: logarithms of MQM penalties by family."""
    sums = dict.fromkeys(("accuracy", "fluency", "terms", "other"), 0.0)
    for finding in findings:
        sums[family(finding.category)] += WEIGHTS[finding.severity]
    made = {f"flags_{name}": math.log1p(value) for name, value in sums.items()}
    made["flags_density"] = math.log1p(10 * penalty(findings) / max(5, words))
    return made


def letters(text: str) -> dict[str, int]:
    """How many letters of each language's script a text has."""
    return {language: len(pattern.findall(text)) for language, pattern in _LETTERS.items()}


def rarity(words: Sequence[Token], language: Lang, model: Model) -> list[float]:
    """-log of each word's share of all words, 0..12."""
    import numpy as np

    if language == "zh":
        from pipeline.languages import chinese

        return [min(12.0, math.log(6e7 / (chinese.frequency(word.low) + 1))) for word in words]
    if not words:
        return []
    ids = np.array([number(word.low.replace("ё", "е")) for word in words], np.uint64)
    return [float(v) for v in np.minimum(12.0, np.log(model.total) - np.maximum(0.0, model.logs(hashes(ids, 1))))]


def _fluency(scored: tuple[NDArray[Any], NDArray[Any]], order: int) -> tuple[float, float, float, float]:
    """Mean log-probability, mean of the weakest fifth, mean share of the longest n-gram, share of unseen units."""
    import numpy as np

    logs, lengths = scored
    if not len(logs):
        return (math.nan,) * 4
    weakest = np.sort(logs)[: max(1, len(logs) // 5)]
    return float(logs.mean()), float(weakest.mean()), float(lengths.mean() / order), float((lengths == 0).mean())


def _covered(made: Cover, rare: list[float], prefix: str) -> dict[str, float]:
    count = len(made.probs)
    if not count:
        return {f"{prefix}_{name}": math.nan for name in ("mean", "lost", "rare", "run", "unknown")}
    lost = [p <= FLOOR for p in made.probs]
    weight = sum(rare) or 1.0
    run = longest = 0.0
    for gone, weighs in zip(lost, rare, strict=True):
        run = run + weighs if gone else 0.0
        longest = max(longest, run)
    return {
        f"{prefix}_mean": sum(math.log(p) for p in made.probs) / count,
        f"{prefix}_lost": sum(lost) / count,
        f"{prefix}_rare": sum(w for gone, w in zip(lost, rare, strict=True) if gone) / weight,
        f"{prefix}_run": longest,
        f"{prefix}_unknown": 1 - sum(made.known) / count,
    }


def _order(links: Sequence[int]) -> float:
    """Kendall's tau of the linked positions of neighbours up to four words apart, 0 where fewer than two are linked."""
    at = [link for link in links if link >= 0]
    pairs = [(a, b) for i, a in enumerate(at) for b in at[i + 1 : i + 5] if a != b]
    return (2 * sum(a < b for a, b in pairs) / len(pairs) - 1) if pairs else 0.0


def _marks(text: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for mark in _MARK.findall(text):
        kind = _KINDS.get(mark, mark)
        counted[kind] = counted.get(kind, 0) + 1
    return counted


def _with_source(source: str, target: str, pair: tuple[Lang, Lang], models: Mapping[str, Model],
                 ours: list[Token], rare: list[float]) -> dict[str, float]:  # fmt: skip
    theirs = tokens(source, pair[0])
    given, kept = cover(theirs, ours, *pair), cover(ours, theirs, pair[1], pair[0])
    made = _covered(given, rare, "given") | _covered(kept, rarity(theirs, pair[0], models[pair[0]]), "kept")
    linked = [link for link in given.links if link >= 0]
    most = max((linked.count(at) for at in set(linked)), default=0)
    left, right = _DIGITS.findall(source), _DIGITS.findall(target)
    unmatched = sum(abs(left.count(d) - right.count(d)) for d in {*left, *right})
    known = {word.low for word in theirs}
    marks, there = _marks(target), _marks(source)
    made.update(
        source_length=math.log1p(len(source)),
        ratio=math.log((len(target) + 1) / (len(source) + 1)),
        source_marks=sum(there.values()) / max(1, len(theirs)),
        crowd=most / max(3, len(linked)),
        order=_order(given.links),
        numbers=math.log1p(unmatched),
        copied=sum(word.low in known and len(word.low) > 1 for word in ours) / max(1, len(ours)),
        **sensed.figures(source, target, pair),
        marks_differ=sum(abs(marks.get(m, 0) - there.get(m, 0)) for m in {*marks, *there}) / max(4, len(ours)),
    )
    return made


def matrix(
    pairs: Sequence[tuple[str, str]], source: Lang | None, target: Lang, findings: Sequence[Sequence[Finding]],
    models: Mapping[str, Model],
) -> NDArray[Any]:  # fmt: skip
    """(n, len(NAMES)) features of (source, target) texts of one direction."""
    import numpy as np

    scored = models[target].score([text for _, text in pairs])
    sources = models[source].score([text for text, _ in pairs]) if source is not None else None
    rows = np.full((len(pairs), len(NAMES)), np.nan)
    for n, ((left, right), found) in enumerate(zip(pairs, findings, strict=True)):
        ours = tokens(right, target)
        every = len(_ANY.findall(right))
        lows = [word.low for word in ours]
        doubles = list(itertools.pairwise(lows))
        made = flags(found, len(ours))
        made["lm"], made["lm_low"], made["lm_order"], made["lm_unseen"] = _fluency(scored[n], models[target].order)
        made.update(
            length=math.log1p(len(right)),
            repeats=1 - len(set(doubles)) / len(doubles) if doubles else 0.0,
            foreign=1 - len(_LETTERS[target].findall(right)) / every if every else 0.0,
            marks=len(_MARK.findall(right)) / max(1, len(ours)),
            sentences=math.log1p(len(_STOP.findall(right))),
        )
        made.update(to_zh=float(target == "zh"), to_ru=float(target == "ru"))
        if source is not None and sources is not None and left.strip():
            made.update(from_zh=float(source == "zh"), from_ru=float(source == "ru"))
            made.update(_with_source(left, right, (source, target), models, ours, rarity(ours, target, models[target])))
            mean, low, _, unseen = _fluency(sources[n], models[source].order)
            made.update(source_lm=mean, source_low=low, source_unseen=unseen)
        rows[n] = [made.get(name, math.nan) for name in NAMES]
    return rows
