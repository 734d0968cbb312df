"""What all tests share."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("PALLADIUS_DATA", ROOT.parent / "shared" / "data"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as under nohup: the commands that tests stop would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does

for variable in [name for name in os.environ if name.startswith("PALLADIUS_") and name != "PALLADIUS_DATA"]:
    del os.environ[variable]


@pytest.fixture
def data() -> Path:
    """The corpora; skips where they are not on this machine."""
    if not (DATA / "README.md").is_file():
        pytest.skip(f"corpora not found in {DATA}: set PALLADIUS_DATA to run this test")
    return DATA


@pytest.fixture
def palladius(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the real command in a process of its own."""

    def run(*args: str | Path, stdin: str | bytes = "", **kwargs: object) -> subprocess.CompletedProcess[str]:
        data = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli.main", *map(str, args)],
            input=data,
            capture_output=True,
            cwd=tmp_path,
            timeout=240,
            **kwargs,  # type: ignore[call-overload]
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command in this process, as `palladius` does but faster: glossaries and parsers stay loaded."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        from pipeline.cli.main import run as main

        out, err = io.BytesIO(), io.BytesIO()
        streams = [io.TextIOWrapper(raw, encoding="utf-8", write_through=True) for raw in (out, err)]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8")), encoding="utf-8"))
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            with pytest.raises(SystemExit) as left:
                main([str(arg) for arg in args])
        code = left.value.code if isinstance(left.value.code, int) else 0
        for stream in streams:
            stream.flush()
        said = out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8")
        return subprocess.CompletedProcess(list(map(str, args)), code, *said)

    return run
