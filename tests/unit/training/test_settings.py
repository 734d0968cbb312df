"""Settings of a training run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import PalladiusError
from pipeline.training.settings import ROOT, load


@pytest.mark.parametrize("name", ["training.toml", "training-large.toml"])
def test_shipped_settings_load(name: str) -> None:
    settings = load(ROOT / "configs" / name)
    assert settings.training.minutes > 0
    assert set(settings.weights) <= set(settings.corpora) | {"genre", "glossary", "dictionary"}
    assert settings.network.width % settings.network.heads == 0


def test_unknown_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[training]\nminuets = 3\n", "utf-8")
    with pytest.raises(PalladiusError, match="minuets"):
        load(path)


def test_missing_file_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(PalladiusError, match=r"none\.toml"):
        load(tmp_path / "none.toml")
