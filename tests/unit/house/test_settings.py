"""Settings: defaults < profile < environment < flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import settings
from pipeline.errors import UsageError


def test_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = tmp_path / "p.toml"
    profile.write_text('engine = "pivot"\n[checks]\nmax_length = 5\n')
    assert settings.load().engine == "compact"
    assert settings.load(str(profile)).engine == "pivot"
    monkeypatch.setenv("PALLADIUS_ENGINE", "echo")
    monkeypatch.setenv("PALLADIUS_CHECKS__MAX_LENGTH", "7")
    loaded = settings.load(str(profile))
    assert (loaded.engine, loaded.checks.max_length) == ("echo", 7)
    loaded = settings.load(str(profile), ["engine=chat", "checks.max_length=9"])
    assert (loaded.engine, loaded.checks.max_length) == ("chat", 9)
    assert settings.load(str(profile), ["engine=chat"], engine="compact").engine == "compact"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "setting x"),
        ("[checks]\nenabld = true", "checks.enabld"),
        ("engine = [", "TOML"),
        ('fail_on = "x"', "fail_on"),
    ],
)
def test_a_wrong_profile_names_the_key(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(UsageError, match=words):
        settings.load(str(tmp_path / "p.toml"))


@pytest.mark.parametrize(
    "path", sorted(p for f in settings.folders() for p in f.glob("*.toml") if "training" not in p.name)
)
def test_shipped_profiles_load(path: Path) -> None:
    assert settings.load(str(path)).engine
