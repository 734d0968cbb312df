"""Settings of a training run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import PalladiusError
from pipeline.training.settings import ROOT, load


@pytest.mark.parametrize("name", ["training.toml", "training-large.toml", "training-on.toml"])
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


def test_a_base_holds_where_the_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text("carried = 7\n[training]\nminutes = 3\nrate = 0.5\n", "utf-8")
    (tmp_path / "more.toml").write_text('base = "all.toml"\n[training]\nminutes = 9\n', "utf-8")
    settings = load(tmp_path / "more.toml")
    assert (settings.carried, settings.training.minutes, settings.training.rate) == (7, 9, 0.5)


def test_missing_file_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(PalladiusError, match=r"none\.toml"):
        load(tmp_path / "none.toml")
