"""Hub and converted models of every family, on tiny models that the true loading code reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra hub is not installed")
pytest.importorskip("transformers", reason="the extra hub is not installed")

from pipeline.engines import _families as families
from pipeline.engines.base import Request, make
from pipeline.errors import EngineError

from .tiny import build

os.environ["HF_HUB_OFFLINE"] = "1"
FAMILIES = ("marian", "m2m100", "nllb", "mbart50", "madlad")
REQUESTS = [Request("市长会见了代表团。"), Request("会议在北京举行。"), Request("市长。")]
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module", params=FAMILIES)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, build(request.param, folder)


def test_transformers_translates(model: tuple[str, Path]) -> None:
    name, folder = model
    engine = make("transformers", {"model": str(folder), "beam": 2, "batch_size": 2})
    assert not engine.ability().missing
    answers = engine.translate(REQUESTS, "zh", "ru")
    assert len(answers) == len(REQUESTS)
    assert all(answer.text for answer in answers)
    assert engine._loaded[2] is families.FAMILIES[name]  # type: ignore[attr-defined]
    again = engine.translate(list(reversed(REQUESTS)), "zh", "ru")
    assert [answer.text for answer in reversed(again)] == [answer.text for answer in answers]


def test_transformers_scores_given_targets(model: tuple[str, Path]) -> None:
    engine = make("transformers", {"model": str(model[1])})
    scores = engine.forced([("会议。", "Совещание."), ("会议。", "Мэр.")], "zh", "ru")
    assert scores is not None
    assert all(value <= 0 for row in scores for value in row)
    assert all(len(row) >= 2 for row in scores)


def test_converted(model: tuple[str, Path], tmp_path: Path) -> None:
    from pipeline.engines._convert import convert

    name, folder = model
    convert(folder, str(tmp_path / "ct2"), "int8")
    engine = make("ctranslate2", {"model": str(tmp_path / "ct2"), "family": name, "beam": 2})
    assert not engine.ability().missing
    answers = engine.translate(REQUESTS, "zh", "ru")
    assert len(answers) == len(REQUESTS)
    assert all(answer.text for answer in answers)
    scores = engine.forced([("会议。", "Совещание.")], "zh", "ru")
    assert scores is not None and all(value <= 0 for value in scores[0])


def test_the_family_is_told_by_the_vocabulary() -> None:
    for family in families.FAMILIES.values():
        assert families.of_vocabulary([*family.codes.values(), "x"]) is family
    assert families.of_vocabulary(["x"]) is families.MARIAN


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("Helsinki-NLP/opus-mt-zh-en", {("zh", "en")}),
        ("opus-mt-en-ru", {("en", "ru")}),
        ("/models/opus_mt/ru-en", {("ru", "en")}),
    ],
)
def test_a_marian_pair_is_told_by_its_name(name: str, pairs: set[tuple[str, str]]) -> None:
    assert families.directions(families.MARIAN, name, ["x"]) == pairs


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    (tmp_path / "pytorch_model.bin").write_bytes(b"anything")
    engine = make("transformers", {"model": str(tmp_path)})
    with pytest.raises(EngineError, match="safetensors"):
        engine.translate(REQUESTS, "zh", "ru")


def test_a_broken_directory_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    (tmp_path / "model.safetensors").write_bytes(b"12345678")
    engine = make("transformers", {"model": str(tmp_path)})
    with pytest.raises(EngineError, match="cannot be loaded"):
        engine.translate(REQUESTS, "zh", "ru")


def test_a_missing_hub_model_names_the_command() -> None:
    engine = make("transformers", {"model": "someone/nonesuch"})
    assert "palladius engines pull someone/nonesuch" in engine.ability().missing
