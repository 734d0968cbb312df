"""The table of Russian cases: what is masked and asked for, and that the answers and the saved weights agree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.languages.russian import expected, masks

torch = pytest.importorskip("torch")
training = pytest.importorskip("pipeline.training.cases.__main__")

LEXEMES, CLASSES = ("?", "город", "новый", "строить"), ("NOUN", "M.NOUN.masc.inan")


def _held() -> tuple[np.ndarray, ...]:
    """Two sentences of a noun with its adjective and a verb."""
    numbers = np.array([[3, 2, 2, 3, 2, 0, 0, 7], [4, 2, 2, 4, 3, 1, 1, 7], [5, 2, 2, 5, 2, 0, 0, 0]] * 2, np.int32)
    cells = np.array([1, 1, 0] * 2, np.int16)
    accord = np.array([1, 0, 7] * 2, np.int8)
    owners = np.array([1, 1, 2, 4, 4, 5], np.int32)
    return np.ones((2, 300), np.float16), numbers, cells, accord, owners, np.array([0, 3, 6])


def test_only_what_is_masked_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MASKED", 1.0)
    monkeypatch.setattr(training, "WITH_ADJECTIVES", 1.0)
    monkeypatch.setattr(training, "UNTOLD", 0.0)
    at, senses, want = training.masked(_held(), [0, 1], np.random.default_rng(1), 2)
    assert at.shape == (2, 3, 3)
    assert at[0, 1].tolist() == [4, 3, 2]  # the class tells no case
    assert want[0].tolist() == [[0, 0], [1, 0], [0, 7]]  # the adjective is masked with its noun and not asked for
    assert senses[0, 1].any()
    assert senses.shape == (2, 3, 300)


def test_an_untold_word_has_neither_lexeme_nor_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MASKED", 1.0)
    monkeypatch.setattr(training, "UNTOLD", 1.0)
    held = _held()
    held[0][0] = 0
    at, senses, _ = training.masked(held, [0], np.random.default_rng(1), 2)
    assert at[0, 1, 0] == 2
    assert not senses[0, 1].any()


def test_some_of_the_words_seen_stand_in_a_wrong_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MASKED", 0.0)
    monkeypatch.setattr(training, "ALONE", 0.0)
    monkeypatch.setattr(training, "WRONG", (1.0,))
    held = _held()
    assert training.masked(held, [0], np.random.default_rng(1), 2)[0][0, :, 1].tolist() == [2, 2, 2]
    at, _, want = training.masked(held, [0], np.random.default_rng(1), 2, spoil=True)
    assert at[0, :, 1].tolist() == [7, 7, 2]  # the third has no other form
    assert not want.any()
    monkeypatch.setattr(training, "MASKED", 1.0)
    assert training.masked(held, [0], np.random.default_rng(1), 2, spoil=True)[0][0, 1, 1] == 3  # masked, so untouched


def test_an_earlier_table_goes_on_with_other_words(tmp_path: Path) -> None:
    torch.manual_seed(3)

    def listed(lexemes: tuple[str, ...], classes: tuple[str, ...]) -> dict[str, np.ndarray]:
        return {
            name: np.frombuffer("\n".join(words).encode(), np.uint8)
            for name, words in (("lexemes", lexemes), ("classes", classes))
        }

    earlier = training.build(len(LEXEMES) + 2, len(CLASSES) + 2)
    training.save(earlier, listed(LEXEMES, CLASSES), tmp_path / "expected.npz")
    others = "новый", "страна", "город"
    net = training.build(len(others) + 2, len(CLASSES) + 2)
    before = net.tables[0].weight[3].detach().clone()
    training.load(net, listed(others, CLASSES), tmp_path / "expected.npz")
    near = {"abs": 0.02}
    assert net.tables[0].weight[4].tolist() == pytest.approx(earlier.tables[0].weight[3].tolist(), **near)  # город
    assert net.tables[0].weight[3].tolist() == before.tolist()  # страна, which is new
    for one, other in ((net.first, earlier.first), (net.convs[0], earlier.convs[0]), (net.backs[1], earlier.backs[1])):
        assert one.weight.flatten().tolist() == pytest.approx(other.weight.flatten().tolist(), **near)
    assert net.last.bias.tolist() == pytest.approx(earlier.last.bias.tolist(), **near)


def test_saved_weights_answer_as_the_trained_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(3)
    net = training.build(len(LEXEMES) + 2, len(CLASSES) + 2).eval()
    stored = {
        name: np.frombuffer("\n".join(words).encode(), np.uint8)
        for name, words in (("lexemes", LEXEMES), ("classes", CLASSES))
    }
    training.save(net, stored, tmp_path / "expected.npz")
    read = expected.read(tmp_path / "expected.npz")
    words = ["новый", "город"]
    given = [read._given(word, None) for word in words]
    at = torch.tensor([[list(numbers) for numbers, _ in given]])
    from pipeline.languages.russian import vectors

    found = [vectors.unit(word) for word in words]
    senses = torch.tensor(np.stack([np.zeros(300, np.float32) if v is None else v for v in found]))[None]
    with torch.no_grad():
        wanted = net(at, senses)[0, 1].numpy()
    state = read._read(given, 1)
    answer = state @ read.held["last"] + read.held["last/bias"]
    assert answer == pytest.approx(wanted, abs=0.05)
    assert len(wanted) == len(masks.CELLS) + len(masks.ACCORD)
