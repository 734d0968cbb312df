"""Neural metrics run by a program of their own, in an interpreter that has their package; nothing is downloaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EngineError

WORKER = Path(__file__).with_name("_worker.py")


@dataclass(frozen=True, slots=True)
class Neural:
    """title: how messages call it; family: "comet" or "metricx"; package: what `python` must be able to import.

    python: an interpreter ("" is this one); model: checkpoint file or folder with the weights.
    """

    title: str
    family: str
    package: str
    python: str = ""
    model: str = ""
    tokenizer: str = ""
    batch: int = 8
    gpus: int = 0
    seconds: float = 3600.0

    def missing(self) -> str:
        """What is missing before it can run; "" when interpreter and weights are there. The package shows later."""
        if not self.model:
            return "no weights are given"
        if not Path(self.model).exists():
            return f"no weights at {self.model}"
        if shutil.which(self.python or sys.executable) is None:
            return f"no interpreter {self.python}"
        return ""

    def scores(self, rows: Sequence[dict[str, str]], hint: str) -> list[float]:
        """One number for each row of src, mt, perhaps ref. Raises EngineError, with `hint` where a thing is missing."""
        lacking = self.missing()
        if lacking:
            raise EngineError(f"{self.title}: {lacking}", hint=hint)
        if not rows:
            return []
        job = {"family": self.family, "model": self.model, "tokenizer": self.tokenizer, "batch": self.batch,
               "gpus": self.gpus, "rows": list(rows)}  # fmt: skip
        command = [self.python or sys.executable, "-I", str(WORKER)]
        try:
            done = subprocess.run(
                command, input=json.dumps(job), capture_output=True, text=True, encoding="utf-8", timeout=self.seconds
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"{self.title}: {error}", hint=hint) from error
        try:
            answer = json.loads(done.stdout)
        except ValueError as error:
            last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
            raise EngineError(f"{self.title} failed: {last}", hint=hint) from error
        if "error" in answer:
            raise EngineError(
                f"{self.title} failed: {answer['error']}", hint=f"it needs the package {self.package}; {hint}"
            )
        scores = answer.get("scores", [])
        if len(scores) != len(rows):
            raise EngineError(f"{self.title} answered {len(scores)} scores for {len(rows)} segments")
        return [float(score) for score in scores]
