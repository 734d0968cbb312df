"""The Marian network for training: the parameters of transformers' MarianMTModel, with a leaner forward pass.

Differences from the library's class, none of which changes the result: bf16 throughout with fp32 master weights where
the device has it, the softmax over the rows a batch needs, attention weights of the last decoder layer given back for
the guided loss.
Post-norm residuals, swish, sinusoidal positions (sines first), tied embeddings, decoder started from a zero vector.
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.training.settings import Network


def sinusoids(count: int, width: int) -> Tensor:
    """The position vectors of the Marian classes: (count, width), sines in the first half."""
    rate = 1 / np.power(10000, 2 * (np.arange(width // 2)) / width)
    angle = np.arange(count)[:, None] * rate[None, :]
    return torch.from_numpy(np.concatenate([np.sin(angle), np.cos(angle)], 1)).float()


class Linear(nn.Module):
    """A linear map whose fp32 weights are cast to the type of its input."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = functional.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))
        return made


class Norm(nn.Module):
    """Layer normalisation, epsilon 1e-5."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.bias.to(x.dtype), 1e-5)


class Attention(nn.Module):
    """Multi-head attention with the projections named as in transformers."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj = Linear(width, width), Linear(width, width)
        self.v_proj, self.out_proj = Linear(width, width), Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor, fused: bool = False) -> tuple[Tensor, Tensor | None]:
        """States, and the weights (batch, heads, targets, sources) unless `fused`; mask is added to the scores.

        On a CPU at these lengths the plain product is many times faster in the backward pass than the fused kernel.
        """
        query, key, value = self.split(self.q_proj(x)), self.split(self.k_proj(memory)), self.split(self.v_proj(memory))
        weights = None
        if fused:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:
            scores = (query * (1 / math.sqrt(query.shape[-1]))) @ key.transpose(2, 3) + mask
            weights = torch.softmax(scores, -1)
            mixed = weights @ value
        return self.out_proj(mixed.transpose(1, 2).reshape(x.shape)), weights


class Layer(nn.Module):
    """An encoder layer, or a decoder layer where `cross` is set."""

    def __init__(self, options: Network, cross: bool) -> None:
        super().__init__()
        self.self_attn = Attention(options.width, options.heads)
        self.self_attn_layer_norm = Norm(options.width)
        if cross:
            self.encoder_attn = Attention(options.width, options.heads)
            self.encoder_attn_layer_norm = Norm(options.width)
        self.fc1, self.fc2 = Linear(options.width, options.inner), Linear(options.inner, options.width)
        self.final_layer_norm = Norm(options.width)

    def feed(self, x: Tensor, dropout: float) -> Tensor:
        inner = functional.silu(self.fc1(x))
        return self.final_layer_norm(x + drop(self.fc2(drop(inner, dropout)), dropout))  # type: ignore[no-any-return]


class Masks:
    """Dropout masks cut at random places from one pool of scaled zeros and ones, which is made anew now and then.

    On a CPU torch draws a mask in a single thread, at a quarter of the time of a step; a cut costs a multiplication.
    """

    SIZE, USES = 1 << 24, 20_000

    def __init__(self) -> None:
        self.pool, self.rate, self.used = torch.empty(0), 0.0, 0

    def cut(self, x: Tensor, rate: float) -> Tensor:
        if rate != self.rate or self.used >= self.USES or self.pool.dtype != x.dtype:
            self.pool = (torch.rand(self.SIZE) >= rate).to(x.dtype) / (1 - rate)
            self.rate, self.used = rate, 0
        self.used += 1
        start = random.randrange(self.SIZE - x.numel())
        return self.pool[start : start + x.numel()].view(x.shape)


MASKS = Masks()


def drop(x: Tensor, rate: float) -> Tensor:
    if rate <= 0:
        return x
    return functional.dropout(x, rate) if x.is_cuda or x.numel() >= Masks.SIZE else x * MASKS.cut(x, rate)


class Marian(nn.Module):
    """Encoder, decoder and the shared table; `rows` are the ids a batch needs, ids in a batch are places in `rows`."""

    def __init__(self, options: Network, size: int) -> None:
        super().__init__()
        self.options, self.size = options, size
        self.shared = nn.Parameter(torch.randn(size, options.width) / math.sqrt(options.width))
        self.bias = nn.Parameter(torch.zeros(size))
        self.encoder = nn.ModuleList(Layer(options, False) for _ in range(options.encoder_layers))
        self.decoder = nn.ModuleList(Layer(options, True) for _ in range(options.decoder_layers))
        self.register_buffer("positions", sinusoids(options.positions, options.width), persistent=False)

    def embed(self, table: Tensor, ids: Tensor) -> Tensor:
        """Scaled rows plus positions."""
        positions: Any = self.positions
        scaled: Tensor = functional.embedding(ids, table) * math.sqrt(self.options.width)
        placed: Tensor = scaled + positions[: ids.shape[1]].to(table.dtype)
        return placed

    def encode(self, table: Tensor, ids: Tensor, mask: Tensor, dropout: float = 0.0) -> Tensor:
        """Encoder states (batch, length, width); mask is True at real pieces (batch, length)."""
        x = drop(self.embed(table, ids), dropout)
        wide = self._added(mask[:, None, None, :], x)
        for layer in self.encoder:
            mixed, _ = layer.self_attn(x, x, wide, x.is_cuda)  # type: ignore[operator]
            x = layer.self_attn_layer_norm(x + drop(mixed, dropout))  # type: ignore[operator]
            x = layer.feed(x, dropout)  # type: ignore[operator]
        return x

    @staticmethod
    def _added(allowed: Tensor, like: Tensor) -> Tensor:
        """0 where allowed, a large negative number elsewhere, in the type of `like`."""
        return torch.where(allowed, 0.0, -30000.0).to(like.dtype)

    def decode(
        self, table: Tensor, ids: Tensor, memory: Tensor, mask: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """Decoder states and the last layer's attention to the source; ids are the shifted targets, -1 at the start."""
        x = functional.embedding(ids.clamp(min=0), table) * (math.sqrt(self.options.width) * (ids >= 0)[:, :, None])
        positions: Any = self.positions
        x = drop(x.to(table.dtype) + positions[: ids.shape[1]].to(table.dtype), dropout)
        wide = self._added(mask[:, None, None, :], x)
        length = ids.shape[1]
        past = self._added(torch.ones(length, length, dtype=torch.bool, device=ids.device).tril()[None, None], x)
        weights = x
        for n, layer in enumerate(self.decoder):
            mixed, _ = layer.self_attn(x, x, past, x.is_cuda)  # type: ignore[operator]
            x = layer.self_attn_layer_norm(x + drop(mixed, dropout))  # type: ignore[operator]
            fused = x.is_cuda and n + 1 < len(self.decoder)
            mixed, seen = layer.encoder_attn(x, memory, wide, fused)  # type: ignore[operator]
            weights = weights if seen is None else seen
            x = layer.encoder_attn_layer_norm(x + drop(mixed, dropout))  # type: ignore[operator]
            x = layer.feed(x, dropout)  # type: ignore[operator]
        return x, weights


class RowLoss(torch.autograd.Function):
    """Label-smoothed cross entropy over the rows of the batch, with the gradient made in the forward pass.

    `extra` is added to the logits: the bias, and log((vocabulary - rows kept) / sampled) on the sampled rows, so that
    the sampled ones stand for all the others in the normaliser (importance sampling; Jean et al. 2015).
    """

    @staticmethod
    def forward(context: Any, states: Tensor, table: Tensor, extra: Tensor, labels: Tensor, smoothing: float) -> Tensor:
        logits = (states @ table.T).float() + extra
        top = logits.logsumexp(-1, keepdim=True)
        picked = logits.gather(1, labels[:, None])
        count = logits.shape[0]
        loss = (top - (1 - smoothing) * picked - smoothing * logits.mean(-1, keepdim=True)).sum() / count
        plain = (top - picked).sum() / count
        gradient = (logits - top).exp_()
        gradient -= smoothing / logits.shape[1]
        gradient.scatter_add_(1, labels[:, None], torch.full_like(picked, smoothing - 1))
        gradient /= count
        low = gradient.to(states.dtype)
        context.save_for_backward(low @ table, low.T @ states, gradient.sum(0))
        return torch.stack([loss, plain])

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:
        states, table, extra = context.saved_tensors
        scale = gradient[0]
        return states * scale, table * scale, extra * scale, None, None
