"""Goes on from a shipped model: the weights of a CTranslate2 directory back as parameters of the training network.

CTranslate2's model.bin (version 6): a header, then for each variable its name, shape, type and bytes, then aliases. An
int8 matrix has one scale a row: weight = integers / scale. What rounding lost, a short warm-up brings back.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import DataError

_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
Array = NDArray[Any]


def variables(path: Path) -> dict[str, Array]:
    """Every variable of a model.bin by name; raises DataError where the file is cut short or of another version."""
    try:
        with path.open("rb") as stream:
            (version,) = _unpack(stream, "<I")
            if version != 6:
                raise DataError(f"{path}: CTranslate2 model version {version}, expected 6")
            _text(stream)
            _, count = _unpack(stream, "<II")
            held = {}
            for _ in range(count):
                name = _text(stream)
                (rank,) = _unpack(stream, "<B")
                shape = _unpack(stream, f"<{rank}I")
                kind, size = _unpack(stream, "<BI")
                held[name] = np.frombuffer(_bytes(stream, size), _TYPES[kind]).reshape(shape)
            (count,) = _unpack(stream, "<I")
            for _ in range(count):  # variables that are equal to the byte are stored once
                alias, name = _text(stream), _text(stream)
                held[alias] = held[name]
            return held
    except (EOFError, IndexError, KeyError, ValueError) as error:
        raise DataError(f"{path}: not a CTranslate2 model or cut short ({error})") from error


def _bytes(stream: BinaryIO, size: int) -> bytes:
    held = stream.read(size)
    if len(held) < size:
        raise EOFError(f"{size} bytes expected, {len(held)} left")
    return held


def _unpack(stream: BinaryIO, layout: str) -> tuple[int, ...]:
    return struct.unpack(layout, _bytes(stream, struct.calcsize(layout)))


def _text(stream: BinaryIO) -> str:
    (size,) = _unpack(stream, "<H")
    return _bytes(stream, size)[:-1].decode("utf-8")


def parameters(path: Path, size: int) -> dict[str, Array]:
    """The parameters of `network.Marian` by name, fp32, from the model.bin at `path`; `size` is that of the vocabulary.

    Undoes `convert.roll` (rows of the table) and the joined projections of CTranslate2 (query, key and value).
    """
    held = variables(path)

    def matrix(name: str) -> Array:
        weight = held[f"{name}/weight"].astype(np.float32)
        scale = held.get(f"{name}/weight_scale")
        return weight if scale is None else weight / scale[:, None]

    table, bias = matrix("decoder/embeddings"), held["decoder/projection/bias"].astype(np.float32)
    if len(table) != size - 1:
        raise DataError(f"{path}: {len(table)} pieces, the vocabulary has {size}")
    made: dict[str, Array] = {
        "shared": np.concatenate([np.zeros((1, table.shape[1]), np.float32), table]),
        "bias": np.concatenate([np.zeros(1, np.float32), bias]),
    }

    def linear(name: str, targets: list[str]) -> None:
        weights = np.split(matrix(name), len(targets))
        biases = np.split(held[f"{name}/bias"].astype(np.float32), len(targets))
        for target, weight, offset in zip(targets, weights, biases, strict=True):
            made[f"{target}.weight"], made[f"{target}.bias"] = weight, offset

    def norm(name: str, target: str) -> None:
        made[f"{target}.weight"] = held[f"{name}/gamma"].astype(np.float32)
        made[f"{target}.bias"] = held[f"{name}/beta"].astype(np.float32)

    for side in ("encoder", "decoder"):
        layer = 0
        while f"{side}/layer_{layer}/ffn/linear_0/weight" in held:
            old, new = f"{side}/layer_{layer}", f"{side}.{layer}"
            own = f"{new}.self_attn"
            linear(f"{old}/self_attention/linear_0", [f"{own}.{x}_proj" for x in "qkv"])
            linear(f"{old}/self_attention/linear_1", [f"{own}.out_proj"])
            norm(f"{old}/self_attention/layer_norm", f"{own}_layer_norm")
            if side == "decoder":
                other = f"{new}.encoder_attn"
                linear(f"{old}/attention/linear_0", [f"{other}.q_proj"])
                linear(f"{old}/attention/linear_1", [f"{other}.{x}_proj" for x in "kv"])
                linear(f"{old}/attention/linear_2", [f"{other}.out_proj"])
                norm(f"{old}/attention/layer_norm", f"{other}_layer_norm")
            linear(f"{old}/ffn/linear_0", [f"{new}.fc1"])
            linear(f"{old}/ffn/linear_1", [f"{new}.fc2"])
            norm(f"{old}/ffn/layer_norm", f"{new}.final_layer_norm")
            layer += 1
    return made


def load(network: Any, folder: Path) -> None:
    """Writes the weights shipped in `folder` into a network of the same shape; DataError where they do not fit."""
    import torch

    held = parameters(folder / "model.bin", network.size)
    try:
        network.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in held.items()})
    except RuntimeError as error:
        raise DataError(f"{folder}: the weights do not fit [network]: {str(error).splitlines()[-1].strip()}") from error
