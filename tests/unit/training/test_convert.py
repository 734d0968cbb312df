"""What the vocabulary map lets into a text of each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.training import convert


@pytest.mark.parametrize(
    ("piece", "languages"),
    [
        ("▁город", "ru"),
        ("城市", "zh"),
        ("▁city", "en"),
        ("▁AI", "zh ru en"),
        ("5", "zh ru en"),
        ("▁", "zh ru en"),
        ("、", "zh"),
        ("<x3>", "zh ru en"),
        ("<0xE5>", "zh"),
        ("</s>", "zh ru en"),
        ("<t>", ""),
        (">>rus<<", ""),
        ("<unk>", ""),
    ],
)
def test_allowed(piece: str, languages: str) -> None:
    assert [to for to in ("zh", "ru", "en") if convert.allowed(piece, to)] == languages.split()


def test_map_names_the_pieces_of_each_language(tmp_path: Path) -> None:
    convert.write_candidates(["</s>", "▁город", "城市", "▁city", "7"], tmp_path / "vmap.txt")
    rows = dict(line.split("\t") for line in (tmp_path / "vmap.txt").read_text("utf-8").splitlines())
    assert rows[">>rus<<"].split() == ["</s>", "▁город", "7"]
    assert rows[">>zho<<"].split() == ["</s>", "城市", "7"]
    assert rows[">>eng<<"].split() == ["</s>", "▁city", "7"]
