"""The bundled estimator: guard rules, flags, order of better and worse, work without a source."""

from __future__ import annotations

import csv
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import UsageError
from pipeline.model import Finding, Lang, Score, Severity
from pipeline.quality import estimate, estimator, features

CASES = Path(__file__).parents[2] / "cases"


@dataclass(frozen=True)
class View:
    source: str
    target: str
    source_lang: Lang | None
    target_lang: Lang


def flag(severity: Severity, category: str = "accuracy/mistranslation", at: int = 0) -> Finding:
    return Finding("some", category, severity, at, at + 3, "message")


def one(source: str, target: str, pair: tuple[Lang | None, Lang], *found: Finding) -> Score:
    return estimate([View(source, target, *pair)], [found])[0]


SAMPLE: dict[str, str] = {
    "zh": "会议指出，要进一步扩大对外开放，推动经济高质量发展。",
    "ru": "На совещании отметили, что необходимо и дальше расширять внешнюю открытость.",
    "en": "The meeting noted that it is necessary to open up further to the outside world.",
}
PAIRS = [(a, b) for a in SAMPLE for b in SAMPLE if a != b]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_what_is_no_translation_never_scores_well(pair: tuple[Lang, Lang]) -> None:
    source = SAMPLE[pair[0]]
    (third,) = set(SAMPLE) - set(pair)
    for target in ("", "   ", source, SAMPLE[third], "… — 5 %"):
        score = one(source, target, pair)
        assert score.quality <= 0.1 and score.post_edit_risk >= 0.95, target


@pytest.mark.parametrize("target", SAMPLE)
def test_no_source_at_hand(target: Lang) -> None:
    good = one("", SAMPLE[target], (None, target))
    empty = one("", "", (None, target))
    wrong = one("", SAMPLE["ru" if target == "zh" else "zh"], (None, target))
    assert good.quality > 0.1 > max(empty.quality, wrong.quality)
    assert good.post_edit_risk < 0.95 <= min(empty.post_edit_risk, wrong.post_edit_risk)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_good_line_is_better_than_another_sentence(pair: tuple[Lang, Lang]) -> None:
    others = {
        "zh": "他的猫昨天夜里在花园里睡着了，谁也没有看见。",
        "ru": "Его кошка вчера ночью уснула в саду, и никто этого не видел.",
        "en": "His cat fell asleep in the garden last night and nobody saw it.",
    }
    right, wrong = (one(SAMPLE[pair[0]], target, pair) for target in (SAMPLE[pair[1]], others[pair[1]]))
    assert right.quality > wrong.quality
    assert right.post_edit_risk < wrong.post_edit_risk


@pytest.mark.parametrize("source", ["zh", None])
def test_scores_follow_flags(source: Lang | None) -> None:
    text = SAMPLE["zh"] if source else ""
    scores = [one(text, SAMPLE["ru"], (source, "ru"), flag(severity)) for severity in Severity]
    scores.insert(0, one(text, SAMPLE["ru"], (source, "ru")))
    assert scores[0].quality == scores[1].quality, "a neutral remark costs nothing"
    for better, worse in itertools.pairwise(scores[1:]):
        assert better.quality > worse.quality and better.post_edit_risk < worse.post_edit_risk
    assert scores[-1].post_edit_risk >= 0.8 and scores[-1].quality <= 0.3


def test_more_flags_never_raise_the_quality() -> None:
    pair: tuple[Lang, Lang] = ("zh", "ru")
    found: list[Finding] = []
    before = one(SAMPLE["zh"], SAMPLE["ru"], pair)
    categories = ("style/awkward", "terminology/wrong-term", "linguistic-conventions/grammar", "accuracy/omission")
    for number, category in enumerate(categories * 2):
        found.append(flag(Severity.MAJOR if number % 3 else Severity.CRITICAL, category, number * 4))
        after = one(SAMPLE["zh"], SAMPLE["ru"], pair, *found)
        assert after.quality <= before.quality and after.post_edit_risk >= before.post_edit_risk
        before = after


def weak_pairs() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name in ("weak-blind", "weak-second", "weak-third"):
        path = CASES / "checks" / f"{name}.tsv"
        if path.is_file():
            rows += csv.DictReader(
                path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
            )
    return rows


@pytest.mark.skipif(not weak_pairs(), reason="the weak renderings of tests/cases/checks are missing")
def test_the_better_rendering_scores_higher() -> None:
    from pipeline.checks import base
    from pipeline.model import Segment

    rows = weak_pairs()
    weak = [re.sub(r"⟦\w:|⟧", "", row["weak"]) for row in rows]
    texts = [(row["source"], row["good"]) for row in rows] + [
        (row["source"], text) for row, text in zip(rows, weak, strict=True)
    ]
    views = [base.View(Segment(str(n), *text), "zh", "ru") for n, text in enumerate(texts)]
    scores = estimate(views, base.run(views, ("consistency",)))
    pairs = list(zip(scores[: len(rows)], scores[len(rows) :], strict=True))
    assert sum(good.quality > bad.quality for good, bad in pairs) >= 0.95 * len(pairs)
    assert sum(good.post_edit_risk < bad.post_edit_risk for good, bad in pairs) >= 0.95 * len(pairs)


def test_order_and_mixed_directions_are_kept() -> None:
    views = [View(SAMPLE[a], SAMPLE[b], a, b) for a, b in PAIRS] + [View("", SAMPLE["ru"], None, "ru")]  # type: ignore[arg-type]
    together = estimate(views, [()] * len(views))
    alone = [estimate([view], [()])[0] for view in views]
    for left, right in zip(together, alone, strict=True):
        assert left.quality == pytest.approx(right.quality, abs=1e-6)
        assert left.post_edit_risk == pytest.approx(right.post_edit_risk, abs=1e-6)
    assert estimate([], []) == []


def test_the_score_says_what_made_it() -> None:
    told = one(SAMPLE["zh"], SAMPLE["ru"], ("zh", "ru"), flag(Severity.MAJOR)).features
    names = {said for said, _, _ in features.FEATURES.values()} | {"flags: MQM penalty"}
    assert 0 < len(told) <= estimator.TOLD + 1 and set(told) <= names
    assert "copy of the source" in one(SAMPLE["zh"], SAMPLE["zh"], ("zh", "ru")).features


@pytest.mark.parametrize(
    ("source", "target", "pair", "reason"),
    [
        ("WTO", "WTO", ("en", "ru"), ""),
        ("2025-09-08", "2025-09-08", ("zh", "ru"), ""),
        ("", "", ("zh", "ru"), ""),
        ("Windows 11 Pro", "Windows 11 Pro", ("en", "zh"), ""),
        ("见 https://example.org/a/b", "См. https://example.org/a/b", ("zh", "ru"), ""),
        ("The meeting was held on Monday.", "The meeting was held on Monday.", ("en", "ru"), "copy of the source"),
        ("会议星期一召开。", "The meeting was held on Monday morning.", ("zh", "ru"), "wrong language"),
        ("会议星期一召开，请准时参加。", "— — —", ("zh", "ru"), "target has no words"),
    ],
)
def test_what_counts_as_no_translation(source: str, target: str, pair: tuple[Lang, Lang], reason: str) -> None:
    assert estimator.hopeless(source, target, *pair) == reason


def test_odd_texts_are_scored() -> None:
    odd = ["\u200b", "😀" * 50, "а" * 5000, "的" * 3000, "1 2 3", "\x00", "«»", "a\nb\tc", "𠀀𠀁", "é" * 20]
    for text in odd:
        for pair in PAIRS:
            score = one(text, text[::-1], pair)  # type: ignore[arg-type]
            assert 0 <= score.quality <= 1 and 0 <= score.post_edit_risk <= 1


def test_unknown_estimators_and_options() -> None:
    with pytest.raises(UsageError, match="unknown estimator"):
        estimate([], [], "nothing")
    with pytest.raises(UsageError, match="no option"):
        estimate([], [], "bundled", {"speed": 9})


def test_the_asset_fits_the_code_and_is_plain() -> None:
    model = estimator.bundled()
    path = Path(estimator.__file__).parents[1] / "assets" / "estimator" / "estimator.npz"
    assert path.stat().st_size < 3_000_000
    with np.load(path, allow_pickle=False) as held:
        assert all(held[name].dtype != object for name in held.files)
    for at, to in model.curves.values():
        assert (np.diff(at) > 0).all() and (np.diff(to) >= 0).all() and to[0] >= 0 and to[-1] <= 1
