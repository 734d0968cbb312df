"""Neural estimators and COMET: a stub stands for the interpreter that has package and weights."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.errors import EngineError
from pipeline.model import Finding, Lang, Severity
from pipeline.quality import estimate
from pipeline.quality.estimators import base
from pipeline.quality.metrics import base as metrics

STUB = """#!{python}
import json, sys
assert sys.argv[1] == "-I" and sys.argv[2].endswith("_worker.py")
job = json.load(sys.stdin)
json.dump(job, open({seen!r}, "w"))
{body}
"""
HONEST = 'print(json.dumps({"scores": [SCALE * len(row["mt"]) / 100 for row in job["rows"]]}))'


@dataclass(frozen=True)
class View:
    source: str
    target: str
    source_lang: Lang | None = "zh"
    target_lang: Lang = "ru"


VIEWS = [View("会议星期一召开。", "Совещание пройдет в понедельник."), View("他说。", "Он сказал об этом.")]


@pytest.fixture
def stub(tmp_path: Path):  # type: ignore[no-untyped-def]
    weights = tmp_path / "model.ckpt"
    weights.write_text("weights")

    def make(body: str) -> dict[str, str]:
        path = tmp_path / "python"
        path.write_text(STUB.format(python=sys.executable, seen=str(tmp_path / "seen.json"), body=body))
        path.chmod(0o755)
        return {"python": str(path), "model": str(weights)}

    return make


@pytest.mark.parametrize(("name", "scale"), [("cometkiwi", 1.0), ("xcomet", 1.0), ("metricx", 25.0)])
def test_scores_come_from_the_other_interpreter(stub, tmp_path: Path, name: str, scale: float) -> None:  # type: ignore[no-untyped-def]
    made = estimate(VIEWS, [(), ()], name, stub(HONEST.replace("SCALE", str(scale))))
    expected = [len(view.target) / 100 for view in VIEWS]
    if name == "metricx":
        expected = [1 - value for value in expected]
    assert [score.quality for score in made] == pytest.approx(expected)
    assert [score.post_edit_risk for score in made] == pytest.approx([1 - value for value in expected])
    job = json.loads((tmp_path / "seen.json").read_text())
    assert job["family"] == ("metricx" if name == "metricx" else "comet")
    assert job["rows"] == [{"src": view.source, "mt": view.target} for view in VIEWS]


def test_the_guard_rules_hold_for_them_too(stub) -> None:  # type: ignore[no-untyped-def]
    options = stub('print(json.dumps({"scores": [0.99] * len(job["rows"])}))')
    copied = View(VIEWS[0].source, VIEWS[0].source)
    critical = (Finding("some", "accuracy/omission", Severity.CRITICAL, 0, 1, ""),)
    copy, flagged = estimate([copied, VIEWS[0]], [(), critical], "cometkiwi", options)
    assert copy.quality <= 0.1 and copy.post_edit_risk >= 0.95
    assert flagged.post_edit_risk >= 0.8


@pytest.mark.parametrize("name", ["cometkiwi", "xcomet", "metricx"])
def test_absence_is_said_plainly(name: str, tmp_path: Path) -> None:
    assert base.make(name).missing() == "no weights are given"
    with pytest.raises(EngineError, match=rf"no weights are given.*quality\.options\.{name}\.model"):
        estimate(VIEWS, [(), ()], name)
    with pytest.raises(EngineError, match="no weights at"):
        estimate(VIEWS, [(), ()], name, {"model": str(tmp_path / "none")})
    with pytest.raises(EngineError, match="no interpreter"):
        estimate(VIEWS, [(), ()], name, {"model": str(tmp_path), "python": str(tmp_path / "nothing")})
    with pytest.raises(EngineError, match="needs the source"):
        estimate([View("", "Текст.", None)], [()], name, {"model": str(tmp_path)})


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('print(json.dumps({"error": "ModuleNotFoundError: no comet"}))', "no comet.*unbabel-comet"),
        ('print(json.dumps({"scores": [0.5]}))', "1 scores for 2 segments"),
        ('raise SystemExit("out of memory")', "failed: out of memory"),
    ],
)
def test_failures_are_errors_of_the_engine(stub, body: str, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(EngineError, match=message):
        estimate(VIEWS, [(), ()], "cometkiwi", stub(body))


def test_the_worker_without_its_package(tmp_path: Path) -> None:
    """The real worker in this interpreter: comet is not installed, or the checkpoint is none."""
    weights = tmp_path / "model.ckpt"
    weights.write_text("no weights")
    with pytest.raises(EngineError, match=r"CometKiwi failed: \w+"):
        estimate(VIEWS, [(), ()], "cometkiwi", {"model": str(weights)})


def test_comet_with_references(stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("COMET_MODEL", raising=False)
    metric = metrics.make("comet", "ru")
    metric.sources = [view.source for view in VIEWS]
    outputs, references = [view.target for view in VIEWS], [["Собрание в понедельник."], ["Он сказал."]]
    with pytest.raises(EngineError, match=r"no weights are given.*COMET_MODEL"):
        metric.statistics(outputs, references)
    options = stub(HONEST.replace("SCALE", "1"))
    monkeypatch.setenv("COMET_MODEL", options["model"])
    monkeypatch.setenv("COMET_PYTHON", options["python"])
    assert metric.score(outputs, references) == pytest.approx(sum(map(len, outputs)) / 2)
    assert metric.signature == "comet:model.ckpt|refs:1"
    assert json.loads((tmp_path / "seen.json").read_text())["rows"][1]["ref"] == "Он сказал."
    metric.sources = ()
    with pytest.raises(EngineError, match="source of every segment"):
        metric.statistics(outputs, references)


def test_every_estimator_has_a_title() -> None:
    assert registry.names("quality.estimators") == ("bundled", "cometkiwi", "metricx", "xcomet")
    for name in registry.names("quality.estimators"):
        assert 10 < len(registry.title("quality.estimators", name)) < 140
