"""The weights of the small Russian networks: bytes with one scale a row, and lists of lexemes and classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from pipeline.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LISTS = "lexemes", "classes"


@dataclass(frozen=True)
class Weights:
    """Numbers of lexemes and classes (0 padding, 1 unknown), and matrices and biases by name."""

    lexemes: dict[str, int]
    classes: dict[str, int]
    held: dict[str, NDArray[np.float32]]


@contextmanager
def bundled(name: str) -> Iterator[Path]:
    """Where a file of the bundled grammar lies."""
    with resources.as_file(resources.files("pipeline").joinpath("assets/grammar", name)) as path:
        yield path


def read(path: Path, what: str) -> Weights:
    """What `pipeline.training.grammar.asset` wrote. Raises DataError where the file is missing or damaged."""
    import numpy as np

    try:
        with np.load(path) as data:
            stored = {name: data[name] for name in data.files}
        lists = [bytes(stored.pop(name)).decode("utf-8").split("\n") for name in _LISTS]
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise DataError(f"{what} is missing or damaged: {error}", where=str(path)) from error
    held = {}
    for name, values in stored.items():
        scale = stored.get(f"{name}/scale")
        if scale is not None:
            held[name] = values.astype(np.float32) * scale[:, None]
        elif not name.endswith("/scale"):
            held[name] = values.astype(np.float32)
    lexemes, classes = ({word: n for n, word in enumerate(words, 2)} for words in lists)
    return Weights(lexemes, classes, held)
