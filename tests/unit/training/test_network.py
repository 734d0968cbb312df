"""The training network is the Marian network of transformers."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from pipeline.training import convert, initialise
from pipeline.training.network import Marian, RowLoss
from pipeline.training.settings import TOKENS, Network, Settings, Vocabulary

SIZE = 60
OPTIONS = Network(width=64, inner=96, heads=4, encoder_layers=2, decoder_layers=2, positions=64)


def network() -> Marian:
    torch.manual_seed(3)
    made = Marian(OPTIONS, SIZE)
    vectors = np.random.default_rng(1).standard_normal((SIZE, 64)).astype(np.float32)
    specials = dict(zip(TOKENS.values(), (3, 4, 5), strict=True))
    initialise.start(made, vectors, ["zh", "ru", "en"] * 20, specials, np.zeros(SIZE))
    with torch.no_grad():
        made.bias.normal_()
    return made


def test_same_logits_as_transformers(tmp_path: Path) -> None:
    from transformers import MarianMTModel

    made = network()
    settings = dataclasses.replace(Settings(work=str(tmp_path)), network=OPTIONS, vocabulary=Vocabulary(size=SIZE))
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "source.spm").write_bytes(b"")
    (tmp_path / "vocabulary" / "vocab.json").write_text(json.dumps({"<pad>": 0, "</s>": 1, "<unk>": 2}), "utf-8")
    weights = {name: value.detach() for name, value in made.named_parameters()}
    convert.save(weights, settings, tmp_path / "hf")
    theirs = MarianMTModel.from_pretrained(tmp_path / "hf").eval()
    source = torch.tensor([[4, 10, 11, 12, 1], [5, 20, 1, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]).bool()
    target = torch.tensor([[30, 31, 1], [32, 33, 34]])
    entry = torch.cat([torch.full((2, 1), -1), target[:, :-1]], 1)
    with torch.no_grad():
        memory = made.encode(made.shared, source, mask)
        states, attention = made.decode(made.shared, entry, memory, mask)
        ours = states @ made.shared.T + made.bias
        model_entry = torch.where(entry < 0, SIZE - 1, entry - 1)
        out = theirs(
            input_ids=(source - 1) % SIZE, attention_mask=mask.long(), decoder_input_ids=model_entry, use_cache=False
        ).logits
    assert torch.allclose(ours[..., 1:], out[..., : SIZE - 1], atol=2e-4)
    assert out[..., -1].max() < -50  # padding is never chosen
    assert torch.allclose(attention.sum(-1), torch.ones(()), atol=1e-5)
    assert attention[1, :, :, 3:].max() < 1e-6  # nothing of the padding is attended to


def test_row_loss_has_the_gradient_of_cross_entropy() -> None:
    torch.manual_seed(0)
    states, table, extra = (
        torch.randn(*shape, dtype=torch.float32, requires_grad=True) for shape in ((7, 8), (11, 8), (11,))
    )
    labels = torch.randint(0, 11, (7,))
    RowLoss.apply(states, table, extra, labels, 0.1)[0].backward()
    mine = [value.grad.clone() for value in (states, table, extra)]
    for value in (states, table, extra):
        value.grad = None
    logits = states @ table.T + extra
    torch.nn.functional.cross_entropy(logits, labels, label_smoothing=0.1).backward()
    for ours, value in zip(mine, (states, table, extra), strict=True):
        assert torch.allclose(ours, value.grad, atol=1e-5)


def test_untrained_network_already_translates_words() -> None:
    """With translations sharing a vector, the first guess at a position is the word there, in the target language."""
    torch.manual_seed(1)
    options = Network(width=256, inner=64, heads=4, encoder_layers=1, decoder_layers=1, positions=64)
    made = Marian(options, SIZE)
    concepts = np.random.default_rng(2).standard_normal((20, 256)).astype(np.float32)
    vectors = np.repeat(concepts, 3, 0)  # ids 3c, 3c + 1, 3c + 2 are the three words of a concept
    initialise.start(
        made, vectors, ["zh", "ru", "en"] * 20, dict(zip(TOKENS.values(), (57, 58, 59), strict=True)), np.zeros(SIZE)
    )
    source = torch.tensor([[58, 9, 21, 33]])
    with torch.no_grad():
        memory = made.encode(made.shared, source, torch.ones(1, 4).bool())
        states, _ = made.decode(made.shared, torch.tensor([[-1]]), memory, torch.ones(1, 4).bool())
        scores = (states @ made.shared.T)[0, 0]
    best = set((scores.topk(9).indices // 3).tolist())
    assert {3, 7, 11} <= best
