"""All phases at toy size: corpora in, a model that CTranslate2 translates with out; stops and resumes in between."""

from __future__ import annotations

import itertools
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

torch: Any = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("sklearn")

from pipeline.training import __main__ as command
from pipeline.training import evaluate, genre, train
from pipeline.training.settings import ROOT, load
from pipeline.training.translate import Translator

WHO = [("министр", "部长", "the minister"), ("мэр", "市长", "the mayor"), ("ректор", "校长", "the rector")]
DID = [("посетил", "访问了", "visited"), ("открыл", "开设了", "opened"), ("проверил", "检查了", "inspected")]
WHAT = [
    ("завод", "工厂", "a factory"),
    ("школу", "学校", "a school"),
    ("порт", "港口", "a port"),
    ("музей", "博物馆", "a museum"),
]
WHEN = [("сегодня", "今天", "today"), ("вчера", "昨天", "yesterday"), ("в мае", "五月", "in May")]


def sentences() -> list[tuple[str, str, str]]:
    """Triples (en, ru, zh)."""
    made = []
    for who, did, what, when in itertools.product(WHO, DID, WHAT, WHEN):
        english = f"{who[2].capitalize()} {did[2]} {what[2]} {when[2]}."
        made.append(
            (english, f"{who[0].capitalize()} {when[0]} {did[0]} {what[0]}.", f"{who[1]}{when[1]}{did[1]}{what[1]}。")
        )
    return made


def write(path: Path, rows: list[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join("\t".join(row) + "\n" for row in rows)
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode(), preset=0))
    else:
        path.write_text(text, "utf-8")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Toy corpora, a toy reference set of sentences that must not be trained on, and toy settings."""
    rows: list[tuple[str, ...]] = list(sentences())
    data = tmp_path / "data"
    write(data / "corpora" / "un" / "un_devset.en-ru-zh.tsv.xz", list(rows))
    for name, empty in (("un/un_testset.en-zh", 2), ("un-2023/en-zh.filtered", 2), ("udhr/udhr.en-ru-zh", 3)):
        write(data / "corpora" / f"{name}.tsv.xz", [rows[0][:empty] if empty == 3 else (rows[0][0], rows[0][2])])
    write(data / "reference" / "ntrex128" / "ntrex128.en-ru-zh.tsv", rows[:9])
    embassy = [{"zh": row[2], "ru": row[1]} for row in rows[:3]]
    (data / "reference" / "embassy").mkdir()
    (data / "reference" / "embassy" / "embassy.jsonl").write_text("\n".join(map(json.dumps, embassy)), "utf-8")
    monkeypatch.setenv("PALLADIUS_DATA", str(data))
    every = genre.rows()[:40]
    monkeypatch.setattr(genre, "rows", lambda: every)
    monkeypatch.setattr(genre, "HELD_OUT", tmp_path / "genre.tsv")
    monkeypatch.setattr("pipeline.training.vocabulary.official", list)
    monkeypatch.setattr(genre, "glossary", lambda _: [("河", "река", "", "river")])
    monkeypatch.setattr("pipeline.training.annotate.entries", list)
    path = tmp_path / "toy.toml"
    path.write_text(
        f"""work = "{tmp_path / "work"}"
assets = "{tmp_path / "assets"}"
genre_fillings = 2
annotated = 20
carried = 2
[corpora]
un = 1000
[vocabulary]
size = 370
[network]
width = 64
inner = 64
heads = 4
encoder_layers = 1
decoder_layers = 1
[training]
minutes = 0.04
batch_tokens = 400
warmup = 20
candidates = 100
evaluate_minutes = 9
save_minutes = 9
threads = 1
decay = 0.9
""",
        "utf-8",
    )
    return path


@pytest.mark.filterwarnings("ignore")
def test_every_phase_and_a_resumed_run(config: Path, tmp_path: Path) -> None:
    for phase in ("clean", "vocabulary", "align", "pack", "genre", "annotate", "train", "average", "convert"):
        assert command.main([phase, "--config", str(config)]) == 0, phase
    work = tmp_path / "work"
    held = {row[1] for row in sentences()[:9]}
    assert held.isdisjoint((work / "clean" / "zh-ru.tsv").read_text("utf-8").replace("\n", "\t").split("\t"))
    steps = json.loads((work / "train.done").read_text("utf-8"))["steps"]
    assert steps > 0
    longer = config.read_text("utf-8").replace("minutes = 0.04", "minutes = 0.12", 1)
    config.write_text(longer, "utf-8")
    assert command.main(["train", "--config", str(config)]) == 0
    assert json.loads((work / "train.done").read_text("utf-8"))["steps"] > steps

    translator = Translator(work / "model" / "ct2", 1)
    scores = evaluate.directions(translator, evaluate.ntrex(3), 2)
    assert set(scores) == {"zh-ru", "ru-zh", "zh-en", "en-zh", "en-ru", "ru-en"}
    assert all(result["lines"] == 3 and "version" in result["bleu_signature"] for result in scores.values())

    other = evaluate.pivots(translator, evaluate.ntrex(3), 2)
    assert {direction: result["lines"] for direction, result in other.items()} == {"zh-ru": 3, "ru-zh": 3}

    assert command.main(["card", "--config", str(config)]) == 0
    card = json.loads((tmp_path / "assets" / "compact" / "card.json").read_text("utf-8"))
    assert card["languages"]["ru"] == ">>rus<<"
    assert (tmp_path / "assets" / "compact" / "model.bin").stat().st_size > 1000
    assert "zh-ru" in (tmp_path / "assets" / "compact" / "card.md").read_text("utf-8")

    again = config.read_text("utf-8").replace(f'work = "{work}"', f'work = "{tmp_path / "again"}"')
    config.write_text(f'start = "{tmp_path / "assets" / "compact"}"\n{again}', "utf-8")
    for phase in ("clean", "vocabulary", "align", "pack"):
        assert command.main([phase, "--config", str(config)]) == 0, phase
    assert (tmp_path / "again" / "vocabulary" / "source.spm").read_bytes() == (
        work / "vocabulary" / "source.spm"
    ).read_bytes()
    trainer, _ = train.begin(load(config))
    shipped = torch.load(work / "average" / "weights.pt", weights_only=True)
    assert trainer.steps == 0
    error = (trainer.network.shared[1:] - shipped["shared"][1:]).abs().max()
    assert float(error) <= float(shipped["shared"].abs().max()) / 127


def test_all_passes_over_finished_phases(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = load(config)
    for phase in command.ALL:
        (settings.folder / f"{phase}.done").write_text("{}", "utf-8")
    assert command.main(["all", "--config", str(config)]) == 0
    assert capsys.readouterr().err.count("done before") == len(command.ALL)


def test_wrong_settings_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["clean", "--config", str(tmp_path / "none.toml")]) != 0
    assert capsys.readouterr().err.startswith("error: ")


def test_held_out_rows_are_tenth_rows_filled() -> None:
    path = ROOT / "tests" / "reference" / "genre.tsv"
    if not path.exists():
        pytest.skip("the held-out rows have not been written yet: python -m pipeline.training genre")
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert lines[0] == ["id", "topic", "zh", "ru", "en"]
    held_out = {name for name, _, _, held in genre.rows() if held}
    written = [line[0] for line in lines[1:]]
    assert len(written) == len(set(written)) > 100
    assert set(written) <= held_out  # no row of the set is trained on
    assert not [cell for line in lines for cell in line if "{" in cell or "}" in cell]
