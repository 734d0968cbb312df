"""Segments far longer than a paragraph: what does not look at them says so, and nothing is looked for twice."""

from __future__ import annotations

from pipeline.checks import transcription
from pipeline.checks.base import View, run
from pipeline.languages import palladius
from pipeline.model import Segment, Severity

_SOURCE, _TARGET = "我市加快建设高标准农田。", "Город ускоряет обустройство высококачественных угодий. "


def _view(times: int) -> View:
    return View(Segment("1", _SOURCE * times, (_TARGET * times).strip()), "zh", "ru")


def test_a_check_whose_work_grows_with_the_square_says_why_it_does_not_look() -> None:
    others = {"unrendered", "members"}
    (findings,) = run([_view(400)])
    said = {finding.check: finding for finding in findings if finding.check in others}
    assert said.keys() == others
    assert all(finding.severity is Severity.NEUTRAL and "10,000" in finding.message for finding in said.values())


def test_a_segment_of_usual_length_is_looked_at() -> None:
    (findings,) = run([_view(2)])
    assert not any("not looked at" in finding.message for finding in findings)


def test_places_of_a_source_are_spelt_once_however_many_names_the_target_has() -> None:
    transcription._places.cache_clear()
    source = "江岸区和江岸区的代表参加。"
    assert transcription._places(source) is transcription._places(source)
    assert palladius.place("江岸").lower() in transcription._places(source)
