"""`palladius --help` against a bare typer program."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.base import Row, seconds

BARE = """
import typer
app = typer.Typer()
@app.command()
def one(x: str = "1"): "One."
@app.command()
def two(x: str = "1"): "Two."
app()
"""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)

        def call(*args: str) -> None:
            subprocess.run([sys.executable, *args], check=True, stdout=subprocess.DEVNULL)

        ours = seconds(lambda: call("-m", "pipeline.cli.main", "--help"), 15)
        peer = seconds(lambda: call(str(bare), "--help"), 15)
    return [Row("palladius --help / bare typer --help", ours, peer, "s", "under 1.3, and under 0.35 s")]
