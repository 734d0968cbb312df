"""Inputs that fuzzing once failed on (tests/cases/fuzz/TARGET-NUMBER), and each target on its own samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import CASES, seeds, targets

FOUND = sorted((CASES / "fuzz").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_fuzzing_found(path: Path) -> None:
    targets()[path.name.rpartition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", targets())
def test_samples_pass_their_target(name: str) -> None:
    assert seeds(name)
    for data in seeds(name):
        targets()[name](data)


@pytest.mark.soak
@pytest.mark.parametrize("name", targets())
def test_fuzzing(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="pip install atheris: it is no dependency of ours")
    from tests.fuzz.__main__ import round_of

    units, _, code = round_of(name, tmp_path, 60)
    assert code == 0, next(tmp_path.rglob("*.log")).read_text()
    assert units > 0
