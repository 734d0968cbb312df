"""Starts the network as a word-by-word translator.

The first sine-cosine pairs of every state carry only position, the rest carry content: the vectors of `align` and a
direction for each language. Self-attention looks at its own and the neighbouring positions, cross-attention at a wide
window around the same position and hands the attended content to the output; the encoder starts close to the identity.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pipeline.training.network import Attention, Marian, sinusoids
from pipeline.training.settings import TOKENS

LANGUAGE = 0.3  # share of the language direction in a piece's vector


def reserved(width: int) -> int:
    """How many sine-cosine pairs carry only position."""
    return width // 8


def content(width: int) -> Tensor:
    """Projector (width, width) on the content: off the reserved pairs and off what slow positions still move."""
    keep = torch.ones(width)
    pairs = reserved(width)
    keep[:pairs] = 0
    keep[width // 2 : width // 2 + pairs] = 0
    slow = sinusoids(80, width) * keep
    _, _, rows = torch.linalg.svd(slow, full_matrices=False)
    basis = rows[:6]
    projector: Tensor = torch.diag(keep) - basis.T @ basis
    return projector


def table(
    vectors: NDArray[np.float32], languages: list[str], specials: dict[str, int], width: int
) -> tuple[Tensor, Tensor]:
    """Unit rows (size, width) in the content space with the language directions mixed in, and those directions."""
    project = content(width)
    values, basis = torch.linalg.eigh(project)
    basis = basis[:, values > 0.5].T  # orthonormal rows of the content space
    own = basis[-3:]
    rest = project - own.T @ own
    rows = torch.from_numpy(vectors) @ rest
    rows = rows / rows.norm(dim=1, keepdim=True).clamp(min=1e-6)
    order = {"zh": 0, "ru": 1, "en": 2}
    for n, language in enumerate(languages):
        if language:
            rows[n] += LANGUAGE * own[order[language]]
    for language, token in TOKENS.items():
        rows[specials[token]] = own[order[language]]
    return rows / rows.norm(dim=1, keepdim=True).clamp(min=1e-6), own


def _local(attention: Attention, width: int, shifts: list[int], sharpness: float) -> None:
    """Heads that look `shifts` positions ahead, by the kernel of the fastest sine-cosine pairs."""
    size = width // attention.heads
    pairs = min(size // 2, reserved(width))
    rate = torch.from_numpy(1 / np.power(10000, 2 * np.arange(pairs) / width)).float()
    query, key = torch.zeros(width, width), torch.zeros(width, width)
    scale = math.sqrt(sharpness * math.sqrt(size))
    for head in range(attention.heads):
        turn = rate * shifts[head % len(shifts)]
        for n in range(pairs):
            sine, cosine = head * size + n, head * size + pairs + n
            low, high = n, width // 2 + n
            key[sine, low] = key[cosine, high] = scale
            query[sine, low], query[sine, high] = math.cos(turn[n]) * scale, math.sin(turn[n]) * scale
            query[cosine, high], query[cosine, low] = math.cos(turn[n]) * scale, -math.sin(turn[n]) * scale
    noise = 0.3 / math.sqrt(width)
    with torch.no_grad():
        attention.q_proj.weight.copy_(query + noise * torch.randn_like(query))
        attention.k_proj.weight.copy_(key + noise * torch.randn_like(key))


def _pass(attention: Attention, project: Tensor, gain: float) -> None:
    """Value and output maps that hand on the attended content times `gain`."""
    width = project.shape[0]
    noise = 0.1 / math.sqrt(width)
    with torch.no_grad():
        attention.v_proj.weight.copy_(project + noise * torch.randn(width, width))
        attention.out_proj.weight.copy_(gain * torch.eye(width) + noise * torch.randn(width, width))


def start(
    network: Marian, vectors: NDArray[np.float32], languages: list[str], specials: dict[str, int], bias: Any
) -> None:
    """Writes the starting values. `bias` is by id (log frequency), `languages` the language of each id or ""."""
    width = network.options.width
    rows, own = table(vectors, languages, specials, width)
    project = content(width)
    bare = project - own.T @ own
    with torch.no_grad():
        network.shared.copy_(rows)
        network.bias.copy_(torch.as_tensor(bias, dtype=torch.float32))
        for layer in network.encoder:
            _local(layer.self_attn, width, [0, -1, 1, -2, 2, 0], 0.3)  # type: ignore[arg-type]
            layer.self_attn.out_proj.weight.mul_(0.2)  # type: ignore[union-attr, operator]
            layer.fc2.weight.mul_(0.2)  # type: ignore[union-attr, operator]
        for n, layer in enumerate(network.decoder):
            last = n + 1 == len(network.decoder)
            _local(layer.self_attn, width, [0], 0.5)  # type: ignore[arg-type]
            _pass(layer.self_attn, bare, -0.6 if last else 0.1)  # type: ignore[arg-type]
            _local(layer.encoder_attn, width, [0], 0.12)  # type: ignore[arg-type]
            _pass(layer.encoder_attn, bare, 2.0 if last else 0.3)  # type: ignore[arg-type]
            layer.fc2.weight.mul_(0.2)  # type: ignore[union-attr, operator]
