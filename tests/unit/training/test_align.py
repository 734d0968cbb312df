"""Word alignment, packing and batches on a toy language."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")
from pipeline.training import align, pack
from pipeline.training.batches import Examples, collate
from pipeline.training.settings import Training

SIZE = 40


def toy(count: int = 400, seed: int = 0) -> tuple[list[align.Ints], list[align.Ints]]:
    """Sentences of words 2..15 whose translation of w is w + 20, two neighbours swapped now and then."""
    generator = np.random.default_rng(seed)
    sources, targets = [], []
    for _ in range(count):
        source = generator.choice(np.arange(2, 16), generator.integers(2, 9), replace=False).astype(np.int32)
        target = source + 20
        if len(target) > 2 and generator.random() < 0.3:
            target[[0, 1]] = target[[1, 0]]
        sources.append(source)
        targets.append(target.astype(np.int32))
    return sources, targets


def test_table_finds_the_dictionary() -> None:
    table = align.table(*toy(), SIZE, 6)
    for word in range(2, 16):
        row = table[word].toarray().ravel()
        assert row.argmax() == word + 20
        assert row[word + 20] > 0.8


def test_links_follow_a_swap() -> None:
    sources, targets = toy()
    forward, backward = align.table(sources, targets, SIZE, 6), align.table(targets, sources, SIZE, 6)
    linker = pack.Linker(forward, backward, SIZE)
    (link,) = linker.links([np.array([3, 4, 5], np.int32)], [np.array([24, 23, 25, 39], np.int32)])
    assert link.tolist() == [1, 0, 2, pack.NONE]


def test_vectors_put_translations_together() -> None:
    pytest.importorskip("sklearn")
    sources, targets = toy()
    forward, backward = align.table(sources, targets, SIZE, 6), align.table(targets, sources, SIZE, 6)
    links = forward.multiply(backward.T).sqrt()
    made = align.vectors((links + links.T).tocsr(), list(zip(sources, targets, strict=True)), SIZE, 16, 1)
    for word in range(2, 16):
        similar = made @ made[word]
        similar[word] = -1
        assert similar.argmax() == word + 20


def packed() -> pack.Packed:
    left, right = [[5, 6, 7], [8]], [[25, 26], [28, 29]]
    return pack.Packed(
        left=np.concatenate(left).astype(np.uint16),
        right=np.concatenate(right).astype(np.uint16),
        left_at=np.array([0, 3, 4]),
        right_at=np.array([0, 2, 4]),
        left_link=np.array([0, 1, pack.NONE, 0], np.uint8),
        right_link=np.array([0, 1, 0, pack.NONE], np.uint8),
        weight=np.ones(2, np.float32),
    )


def test_packed_survives_the_disk(tmp_path: Path) -> None:
    packed().save(tmp_path / "a.npz")
    again = pack.Packed.load(tmp_path / "a.npz")
    assert all(np.array_equal(value, getattr(again, name)) for name, value in vars(packed()).items())


def examples(annotated: float = 0.0) -> Examples:
    held = packed()
    options = Training(annotated=annotated, shares={"zh-ru": 1.0, "ru-zh": 1.0})
    made = Examples({"zh-ru": [held]}, {"zh-ru": held}, options, {"zh": 2, "ru": 3, "en": 4}, 1, 7)
    made.bound(50)
    return made


def test_example_has_token_end_and_moved_links() -> None:
    one = examples().example("ru", packed(), 0, True)
    assert one.source.tolist() == [3, 5, 6, 7, 1]
    assert one.target.tolist() == [25, 26, 1]
    assert one.link.tolist() == [1, 2, 4]
    back = examples().example("zh", packed(), 0, False)
    assert back.source.tolist() == [2, 25, 26, 1]
    assert back.link.tolist() == [1, 2, -1, 3]


def test_length_bound_and_directions() -> None:
    made = examples()
    made.bound(2)
    drawn = made.draw(50)
    assert {len(one.source) for one in drawn} == {3, 4}  # only the second pair, both ways
    assert {int(one.source[0]) for one in drawn} == {2, 3}


def test_collate_renumbers_and_never_offers_padding() -> None:
    source = examples()
    group = source.draw(6)
    batch = collate(group, SIZE, 10, np.random.default_rng(1))
    assert 0 not in batch.rows
    assert len(np.unique(batch.rows)) == len(batch.rows)
    assert batch.sampled == 10
    for n, one in enumerate(group):
        assert batch.rows[batch.label[n, : len(one.target)]].tolist() == one.target.tolist()
        assert batch.rows[batch.source[n, : len(one.source)]].tolist() == one.source.tolist()
        assert batch.mask[n].sum() == len(one.source)
        assert batch.entry[n, 0] == -1
        assert batch.entry[n, 1 : len(one.target)].tolist() == batch.label[n, : len(one.target) - 1].tolist()


def test_batches_keep_to_their_size() -> None:
    stream = examples().batches(40)
    for _ in range(20):
        group = next(stream)
        assert len(group) * max(max(len(e.source), len(e.target)) for e in group) <= 40
