"""The learning curve of a run that goes on from another."""

from __future__ import annotations

from pathlib import Path

from pipeline.training import curve


def test_the_curve_goes_on_behind_the_run_before(tmp_path: Path) -> None:
    before = ([(1.0, 5.0), (10.0, 3.0)], {"zh-ru": [(10.0, 20.0)]})
    after = ([(1.0, 2.9), (2.0, 2.8)], {"zh-ru": [(2.0, 21.0)], "ru-zh": [(2.0, 9.0)]})
    loss, scores = curve.behind(before, 10.0, after)
    assert loss == [(1.0, 5.0), (10.0, 3.0), (11.0, 2.9), (12.0, 2.8)]
    assert scores == {"ru-zh": [(12.0, 9.0)], "zh-ru": [(10.0, 20.0), (12.0, 21.0)]}
    curve.write(tmp_path / "curve.json", loss, scores)
    assert curve.load(tmp_path / "curve.json") == (loss, scores)
    assert curve.draw(loss, scores).count("<polyline") == 3


def test_a_long_curve_is_thinned_to_means(tmp_path: Path) -> None:
    loss = [(float(n), 1.0 + n % 2) for n in range(3 * curve.MOST)]
    curve.write(tmp_path / "curve.json", loss, {})
    held, _ = curve.load(tmp_path / "curve.json")
    assert len(held) == curve.MOST
    assert held[-1][0] == loss[-1][0]
    assert all(1.3 < y < 1.7 for _, y in held)


def test_no_run_before_is_no_points(tmp_path: Path) -> None:
    assert curve.load(tmp_path / "none.json") == ([], {})
