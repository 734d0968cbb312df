"""Flags of doubtful checks are remarks where a segment reads as sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from pipeline.checks import base
from pipeline.model import Finding, Lang, Severity
from pipeline.quality import doubt, estimator


@dataclass(frozen=True)
class View:
    source: str
    target: str
    source_lang: Lang | None = "zh"
    target_lang: Lang = "ru"


SOURCE = "12月5日，市长在市政府会议室会见了来访的外国商务代表团一行，双方就深化经贸合作交换了意见。"
SOUND = View(
    SOURCE,
    "Пятого декабря мэр принял в здании мэрии прибывшую с визитом делегацию иностранных деловых кругов. Стороны "
    "обменялись мнениями об углублении торгово-экономического сотрудничества.",
)
WEAK = View(
    SOURCE,
    "5 декабря мэр города в зале заседаний городского правительства встретился с приезжающими иностранными "
    "бизнес-делегациями и его партией, и обе стороны обменялись мнениями по углублению сотрудничества экономики и "
    "торговли.",
)


def _finding(check: str, severity: Severity = Severity.MAJOR) -> Finding:
    return Finding(check, "accuracy/omission", severity, 0, 5, "said")


@pytest.fixture
def placed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An estimator that places SOUND among the best, whatever is learned."""

    class Placing:
        preferences: ClassVar = {"zh-ru": None}

        def scores(
            self, pairs: list[tuple[str, str]], source: Lang, target: Lang, findings: list[tuple[Finding, ...]]
        ) -> list[object]:
            assert not any(findings)
            return [type("Score", (), {"quality": 0.9 if right == SOUND.target else 0.2}) for _, right in pairs]

    monkeypatch.setattr(estimator, "bundled", Placing)


@pytest.mark.usefixtures("placed")
def test_only_doubtful_flags_of_sound_segments_become_remarks() -> None:
    found = (_finding("unrendered"), _finding("numbers"))
    sound, weak = doubt.settled([SOUND, WEAK], [found, found], frozenset({"unrendered"}))
    assert [one.severity for one in sound] == [Severity.NEUTRAL, Severity.MAJOR]
    assert weak == found


@pytest.mark.usefixtures("placed")
def test_what_is_critical_stays() -> None:
    found = (_finding("unrendered", Severity.CRITICAL),)
    assert doubt.settled([SOUND], [found], frozenset({"unrendered"})) == [found]


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize(
    "view", [View("", SOUND.target, None), View("On 5 December the mayor met a trade delegation.", SOUND.target, "en")]
)
def test_directions_without_a_preference_and_texts_without_a_source_stay(view: View) -> None:
    found = (_finding("unrendered"),)
    assert doubt.settled([view], [found], frozenset({"unrendered"})) == [found]


def test_the_bundled_estimator_tells_the_two_apart() -> None:
    found = (_finding("unrendered"),)
    sound, weak = doubt.settled([SOUND, WEAK], [found, found], base.doubtful())
    assert weak == found
    assert sound[0].severity is Severity.NEUTRAL


def test_no_check_of_forms_or_figures_is_doubtful() -> None:
    assert "unrendered" in base.doubtful()
    assert not base.doubtful() & {"agreement", "numbers", "negation", "terms", "calques", "titles", "names", "places"}
