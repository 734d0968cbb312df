"""What the trainings of the two tables share: their command line, and weights written in bytes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.training.settings import ROOT


def prepared(
    name: str,
    about: str | None,
    file: str,
    prepare: Callable[[Path, Path], None],
    *,
    minutes: float,
    more: Callable[[argparse.ArgumentParser], None] | None = None,
) -> argparse.Namespace:
    """The options (folder, minutes), when the data of the training lies in the folder."""
    parser = argparse.ArgumentParser(prog=f"python -m pipeline.training.{name}", description=about)
    parser.add_argument("folder", type=Path, help="where the prepared data lies or is written")
    parser.add_argument("--minutes", type=float, default=minutes)
    if more is not None:
        more(parser)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if not (options.folder / file).exists():
        prepare(options.folder, Path(os.environ.get("PALLADIUS_DATA", ROOT.parent / "shared" / "data")))
    return options


def write(
    path: Path, lists: Mapping[str, Any], matrices: Mapping[str, tuple[Any, Any]], plain: Mapping[str, Any]
) -> None:
    """Matrices (weight, bias or None) in bytes, one scale for each row; biases and what is plain in half precision."""
    out = dict(lists)
    for name, (weight, bias) in matrices.items():
        values = weight.detach().numpy()
        scale = np.maximum(np.abs(values).max(1), 1e-6) / 127
        out[name] = np.round(values / scale[:, None]).astype(np.int8)
        out[f"{name}/scale"] = scale.astype(np.float32)
        if bias is not None:
            out[f"{name}/bias"] = bias.detach().numpy().astype(np.float16)
    out |= {name: values.detach().numpy().astype(np.float16) for name, values in plain.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **out)
