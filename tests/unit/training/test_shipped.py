"""A shipped int8 model gives back the parameters it was made from."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

sentencepiece: Any = pytest.importorskip("sentencepiece")
torch: Any = pytest.importorskip("torch")
pytest.importorskip("transformers")

from pipeline.errors import DataError
from pipeline.training import convert, shipped
from pipeline.training.network import Marian
from pipeline.training.settings import Network, Settings, Vocabulary


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Any, Path]:
    """Settings, the network, and the folder it was converted into."""
    folder = tmp_path_factory.mktemp("shipped")
    settings = Settings(
        work=str(folder), vocabulary=Vocabulary(size=40), network=Network(32, 64, 4, 2, 1, positions=64)
    )
    (folder / "vocabulary").mkdir()
    (folder / "sample.txt").write_text("the mayor opened a port\nthe rector visited a school\n" * 5, "utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "sample.txt"), model_prefix=str(folder / "vocabulary" / "source"), vocab_size=40,
        model_type="unigram", pad_id=0, eos_id=1, unk_id=2, bos_id=-1, hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    (folder / "vocabulary" / "source.model").replace(folder / "vocabulary" / "source.spm")
    pieces = ["<pad>", "</s>", "<unk>", ">>rus<<", ">>zho<<", ">>eng<<", *(f"w{n}" for n in range(34))]
    (folder / "vocabulary" / "vocab.json").write_text(json.dumps({p: n for n, p in enumerate(pieces)}), "utf-8")
    torch.manual_seed(3)
    network = Marian(settings.network, 40)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended")  # sacremoses, which the tokenizer here needs not
        target = convert.convert(settings, dict(network.named_parameters()), folder / "model")
    return settings, network, target


def test_parameters_come_back(made: tuple[Settings, Any, Path]) -> None:
    settings, network, folder = made
    other = Marian(settings.network, 40)
    shipped.load(other, folder)
    held = dict(other.named_parameters())
    for name, value in network.named_parameters():
        rows = slice(1, None) if name in ("shared", "bias") else slice(None)  # padding is not shipped
        step = value.abs().amax(-1, keepdim=True) / 127 if value.ndim == 2 else torch.tensor(1e-3)
        assert bool(
            (
                (held[name][rows] - value[rows]).abs() <= step[rows]
                if value.ndim == 2
                else (held[name][rows] - value[rows]).abs() <= step
            ).all()
        ), name


def test_another_shape_is_refused(made: tuple[Settings, Any, Path]) -> None:
    _, _, folder = made
    with pytest.raises(DataError, match="do not fit"):
        shipped.load(Marian(Network(32, 64, 4, 1, 1, positions=64), 40), folder)
    with pytest.raises(DataError, match="pieces"):
        shipped.load(Marian(Network(32, 64, 4, 2, 1, positions=64), 50), folder)


def test_a_cut_file_is_named(made: tuple[Settings, Any, Path], tmp_path: Path) -> None:
    _, _, folder = made
    whole = (folder / "model.bin").read_bytes()
    (tmp_path / "model.bin").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match="cut short"):
        shipped.variables(tmp_path / "model.bin")
    (tmp_path / "model.bin").write_bytes(b"\x05\0\0\0")
    with pytest.raises(DataError, match="version 5"):
        shipped.variables(tmp_path / "model.bin")


def test_a_variable_stored_once_for_two_names_is_read_for_both(tmp_path: Path) -> None:
    import struct

    def text(value: str) -> bytes:
        return struct.pack("<H", len(value) + 1) + value.encode() + b"\0"

    head = struct.pack("<I", 6) + text("TransformerSpec") + struct.pack("<II", 7, 1)
    value = text("one/bias") + struct.pack("<BI", 1, 2) + struct.pack("<BI", 0, 8) + struct.pack("<2f", 1.5, -2.0)
    path = tmp_path / "model.bin"
    path.write_bytes(head + value + struct.pack("<I", 1) + text("two/bias") + text("one/bias"))
    held = shipped.variables(path)
    assert held["two/bias"].tolist() == held["one/bias"].tolist() == [1.5, -2.0]
    path.write_bytes(head + value + struct.pack("<I", 1) + text("two/bias") + text("none/bias"))
    with pytest.raises(DataError, match="not a CTranslate2 model"):
        shipped.variables(path)
