"""python -m pipeline.training PHASE [--config FILE] [--large]: makes the bundled model, step by step, resumably."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path

from pipeline.errors import PalladiusError
from pipeline.training.settings import ROOT, load

PHASES = (
    "clean",
    "vocabulary",
    "align",
    "pack",
    "genre",
    "annotate",
    "train",
    "average",
    "convert",
    "evaluate",
    "card",
    "lexicon",
)
ALL = (
    "clean",
    "vocabulary",
    "align",
    "pack",
    "genre",
    "annotate",
    "train",
    "average",
    "convert",
    "evaluate",
    "card",
    "lexicon",
)


def main(arguments: list[str] | None = None) -> int:
    """Runs one phase, or all that are not yet done; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.training", description=__doc__)
    parser.add_argument("phase", choices=(*PHASES, "all"))
    parser.add_argument("--config", type=Path, default=None, help="settings (default configs/training.toml)")
    parser.add_argument("--large", action="store_true", help="use configs/training-large.toml: for one data-centre GPU")
    options = parser.parse_args(arguments)
    name = "training-large.toml" if options.large else "training.toml"
    try:
        settings = load(options.config or ROOT / "configs" / name)
        for phase in ALL if options.phase == "all" else (options.phase,):
            done = settings.folder / f"{phase}.done"
            if options.phase == "all" and done.exists():
                print(f"{phase}: done before", file=sys.stderr)
                continue
            start = time.time()
            result = importlib.import_module(f"pipeline.training.{phase}").run(settings)
            done.write_text(json.dumps(result, ensure_ascii=False, default=str), "utf-8")
            print(f"{phase}: {time.time() - start:.0f} s {json.dumps(result, ensure_ascii=False)}", file=sys.stderr)
    except PalladiusError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
