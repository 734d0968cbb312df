"""Runs a neural metric in an interpreter of its own: one JSON object in on standard input, one out on standard output.

In: {"family": "comet" | "metricx", "model": path, "tokenizer": path, "batch": n, "gpus": n,
"rows": [{"src", "mt"[, "ref"]}]}. Out: {"scores": [...]} or {"error": "..."}.
Started by path, it needs nothing of Palladius.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def comet(job: dict[str, Any]) -> list[float]:
    """COMET, CometKiwi (Rei et al. 2020, 2022), xCOMET (Guerreiro et al. 2024): package unbabel-comet, a checkpoint."""
    from comet import load_from_checkpoint

    model = load_from_checkpoint(job["model"], local_files_only=True)
    made = model.predict(job["rows"], batch_size=job["batch"], gpus=job["gpus"], progress_bar=False, num_workers=0)
    return [float(score) for score in made.scores]


def metricx(job: dict[str, Any]) -> list[float]:
    """MetricX-24 (Juraska et al. 2024) without reference: package metricx24, weights in a folder; 0 best, 25 worst."""
    import torch
    from metricx24.models import MT5ForRegression  # type: ignore[import-not-found]
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(job["tokenizer"] or job["model"], local_files_only=True, legacy=False)
    device = "cuda" if job["gpus"] else "cpu"
    model = MT5ForRegression.from_pretrained(job["model"], local_files_only=True, torch_dtype="auto").to(device).eval()
    scores: list[float] = []
    for start in range(0, len(job["rows"]), job["batch"]):
        rows = job["rows"][start : start + job["batch"]]
        ids = []
        for row in rows:
            text = f"source: {row['src']} candidate: {row['mt']}"
            ids.append(tokenizer(text, max_length=1536, truncation=True)["input_ids"][:-1])  # without the end mark
        padded = tokenizer.pad({"input_ids": ids}, return_tensors="pt").to(device)
        with torch.no_grad():
            scores += [float(v) for v in model(**padded).predictions]
    return scores


def main() -> None:
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
    answer = os.dup(1)
    os.dup2(2, 1)  # libraries print to standard output
    job = json.load(sys.stdin)
    try:
        scores = comet(job) if job["family"] == "comet" else metricx(job)
        out: dict[str, Any] = {"scores": scores}
    except Exception as error:
        out = {"error": f"{type(error).__name__}: {error}"}
    with os.fdopen(answer, "w", encoding="utf-8") as stream:
        json.dump(out, stream)


if __name__ == "__main__":
    main()
