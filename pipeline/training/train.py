"""Phase 5: trains for a given time, resumes where it stopped, and always leaves an averaged checkpoint.

Small batches and time-based schedules suit a CPU: warm-up, then a linear fall to a twentieth. Sentences grow longer by
STAGES, except where the run goes on from a shipped model. The average is exponential.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import PalladiusError
from pipeline.training import shipped, vocabulary
from pipeline.training.batches import Batch, Example, Examples, collate
from pipeline.training.corpora import script
from pipeline.training.pack import Packed
from pipeline.training.settings import DIRECTIONS, PAIRS, ROOT, TOKENS, Settings

AVERAGE_EVERY = 10
STAGES = ((0.06, 24), (0.35, 44), (0.8, 64), (1.01, 90))  # share of the time, longest sentence


def tokens(processor: Any) -> dict[str, int]:
    """Id of the target token of each language."""
    return {language: processor.piece_to_id(token) for language, token in TOKENS.items()}


def languages(processor: Any) -> list[str]:
    """Language of each piece by script, "" where it has none."""
    size = processor.get_piece_size()
    return ["" if processor.is_byte(n) else script(processor.id_to_piece(n)) for n in range(size)]


def packs(settings: Settings) -> dict[str, list[Packed]]:
    """Packed corpora by pair: the clean pairs, and the generated genre pairs where they have been made."""
    held: dict[str, list[Packed]] = {}
    for pair in ("-".join(p) for p in PAIRS):
        files = [settings.folder / "pack" / f"{name}{pair}.npz" for name in ("", "genre.", "short.")]
        held[pair] = [Packed.load(path) for path in files if path.exists()]
    return held


def frequencies(held: dict[str, list[Packed]], size: int) -> np.ndarray:
    """Half the log frequency of each id, centred: the starting bias of the output."""
    counts = np.ones(size)
    for group in held.values():
        for packed in group:
            for ids in (packed.left, packed.right):
                counts += np.bincount(ids, minlength=size)
    bias = 0.5 * np.log(counts)
    return np.asarray(bias - bias.mean(), np.float32)


def working_type(device: str) -> Any:
    """The number type of the passes: bfloat16 where the device multiplies it itself; emulated it takes thrice as long
    as float32."""
    import torch

    own = device != "cpu" or torch.cpu._is_avx512_bf16_supported()
    return torch.bfloat16 if own else torch.float32


class Trainer:
    """Network, optimiser states, average and counters; `step` does one update."""

    def __init__(self, settings: Settings) -> None:
        import torch

        from pipeline.training.network import Marian

        self.settings, self.options = settings, settings.training
        torch.manual_seed(self.options.seed)
        torch.set_num_threads(self.options.threads)
        self.device, self.type = self.options.device, working_type(self.options.device)
        self.network = Marian(settings.network, settings.vocabulary.size)
        self.seconds, self.steps, self.seen = 0.0, 0, 0
        self.generator = np.random.default_rng(self.options.seed)

    def prepare(self) -> None:
        """Optimisers and averages, after the starting values are in place."""
        import torch

        self.network.to(self.device)
        self.layers = [p for name, p in self.network.named_parameters() if name not in ("shared", "bias")]
        rate, matrices = self.options.rate, [p for p in self.layers if p.ndim == 2]
        rest = [p for p in self.layers if p.ndim != 2]
        self.optimisers: list[Any] = [torch.optim.AdamW(rest, lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)]
        if self.options.muon:  # orthogonalised momentum (Jordan et al. 2024), scaled to AdamW's step size
            self.optimisers.append(
                torch.optim.Muon(matrices, lr=rate, weight_decay=0.01, adjust_lr_fn="match_rms_adamw")
            )
        else:
            self.optimisers.append(
                torch.optim.AdamW(matrices, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
            )
        size, width = self.network.shared.shape
        self.moments = [torch.zeros(*shape, device=self.device) for shape in ((size, width), (size,), (size,), (size,))]
        self.average = {name: p.detach().clone() for name, p in self.network.named_parameters()}

    def rate(self) -> float:
        """Learning rate as a share of the full one, by steps in warm-up and by time after it."""
        gone = min(1.0, self.seconds / (self.options.minutes * 60))
        return min(1.0, (self.steps + 1) / self.options.warmup) * (1 - 0.95 * gone)

    def step(self, batch: Batch) -> tuple[float, float]:
        """One update; returns the plain cross entropy (nats a piece) and the guided loss."""
        import torch

        from pipeline.training.network import RowLoss

        def there(array: np.ndarray) -> torch.Tensor:
            return torch.from_numpy(array).to(self.device)

        rows, label = there(batch.rows), there(batch.label)
        table = self.network.shared.detach()[rows].requires_grad_(True)
        bias = self.network.bias.detach()[rows].requires_grad_(True)
        low = table.to(self.type)
        mask = there(batch.mask)
        memory = self.network.encode(low, there(batch.source), mask, self.options.dropout)
        states, weights = self.network.decode(low, there(batch.entry), memory, mask, self.options.dropout)
        real = (label >= 0).view(-1)
        extra = bias
        if batch.sampled:
            more = math.log(max(1.0, (self.settings.vocabulary.size - len(batch.rows) + batch.sampled) / batch.sampled))
            shift = torch.zeros_like(bias)
            shift[-batch.sampled :] = more
            extra = bias + shift
        picked = states.reshape(-1, states.shape[-1])[real]
        apply: Any = RowLoss.apply
        both = apply(picked, low, extra, label.view(-1)[real], self.options.smoothing)
        link = there(batch.link)
        linked = link >= 0
        share = weights.gather(3, link.clamp(min=0)[:, None, :, None].expand(-1, weights.shape[1], -1, 1))[
            ..., 0
        ].float()
        first, mean = share[:, 0][linked], share.mean(1)[linked]
        gone = self.seconds / (self.options.minutes * 60)
        guided = -(first.clamp(min=1e-4).log().mean())
        all_heads = -(mean.clamp(min=1e-4).log().mean())
        early = 0.0 if self.settings.start else max(0.0, 1 - gone / 0.3)
        loss = both[0] + self.options.guided * (guided + early * all_heads)
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=True)
        loss.backward()
        scale = self.rate()
        norm = torch.nn.utils.clip_grad_norm_(self.layers, 1.0)
        if not torch.isfinite(norm):
            return float(both[1].detach()), float(guided.detach())
        for optimiser in self.optimisers:
            optimiser.param_groups[0]["lr"] = self.options.rate * scale
            optimiser.step()
        self._rows(rows, table.grad, bias.grad, self.options.embedding_rate * scale)
        self.steps += 1
        self.seen += int(real.sum())
        if self.steps % AVERAGE_EVERY == 0:
            self._average()
        return float(both[1].detach()), float(guided.detach())

    def _rows(self, rows: Any, gradient: Any, bias_gradient: Any, rate: float) -> None:
        """Lazy Adam on the touched rows, one second moment a row (as in Adafactor), which halves the memory moved."""
        first, second, bias_first, bias_second = self.moments
        m = first[rows].mul_(0.9).add_(gradient, alpha=0.1)
        v = second[rows].mul_(0.98).add_(gradient.square().mean(1), alpha=0.02)
        first[rows], second[rows] = m, v
        correction = math.sqrt(1 - 0.98 ** min(self.steps + 1, 500)) / (1 - 0.9 ** min(self.steps + 1, 500))
        self.network.shared.data[rows] -= rate * correction * m / (v.sqrt()[:, None] + 1e-9)
        m = bias_first[rows].mul_(0.9).add_(bias_gradient, alpha=0.1)
        v = bias_second[rows].mul_(0.98).add_(bias_gradient.square(), alpha=0.02)
        bias_first[rows], bias_second[rows] = m, v
        self.network.bias.data[rows] -= rate * correction * m / (v.sqrt() + 1e-9)

    def _average(self) -> None:
        decay = min(self.options.decay**AVERAGE_EVERY, self.steps / (self.steps + 200))
        for name, parameter in self.network.named_parameters():
            self.average[name].lerp_(parameter.detach(), 1 - decay)

    def save(self, path: Path) -> None:
        """Everything needed to go on, written beside and renamed."""
        import torch

        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "moments": self.moments,
            "counters": (self.seconds, self.steps, self.seen),
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def restore(self, path: Path) -> None:
        import torch

        state = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.prepare()
        self.average = state["average"]
        for optimiser, held in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(held)
        self.moments = state["moments"]
        self.seconds, self.steps, self.seen = state["counters"]


def begin(settings: Settings) -> tuple[Trainer, Examples]:
    """A trainer at its start or where it stopped, and its data."""
    processor = vocabulary.load(settings)
    held = packs(settings)
    trainer = Trainer(settings)
    checkpoint = settings.folder / "train" / "checkpoint.pt"
    if checkpoint.exists():
        trainer.restore(checkpoint)
    elif settings.start:
        shipped.load(trainer.network, ROOT / settings.start)
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        for name in ("card.json", "curve.json"):  # the run before, for the card
            if (ROOT / settings.start / name).exists():
                shutil.copyfile(ROOT / settings.start / name, settings.folder / "train" / f"before.{name}")
        trainer.prepare()
    else:
        from pipeline.training.initialise import start

        vectors = np.load(settings.folder / "align" / "vectors.npy")
        specials = {token: processor.piece_to_id(token) for token in TOKENS.values()}
        start(trainer.network, vectors, languages(processor), specials, frequencies(held, settings.vocabulary.size))
        trainer.prepare()
    seed = settings.training.seed + trainer.steps
    files = {d: settings.folder / "pack" / f"terms.{d}.npz" for d in DIRECTIONS}
    marked = {d: Packed.load(path) for d, path in files.items() if path.exists()}
    examples = Examples(held, marked, settings.training, tokens(processor), processor.eos_id(), seed)
    return trainer, examples


def run(settings: Settings) -> dict[str, Any]:
    """Trains until the time is up; a log line every 100 steps goes to train/log.jsonl."""
    folder = settings.folder / "train"
    folder.mkdir(exist_ok=True)
    random.seed(settings.training.seed)
    trainer, examples = begin(settings)
    options = settings.training
    log = (folder / "log.jsonl").open("a", encoding="utf-8")
    saved = judged = trainer.seconds
    losses: list[tuple[float, float]] = []
    limit = options.minutes * 60
    stream: Iterator[list[Example]] = iter(())
    clock, mark = time.monotonic(), (trainer.seconds, trainer.seen)
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    while trainer.seconds < limit and not stopped:
        longest = STAGES[-1][1]
        if not settings.start:
            longest = next(size for share, size in STAGES if trainer.seconds / limit < share)
        if longest != examples.longest:
            examples.bound(longest)
            stream = examples.batches(options.batch_tokens)
        group = next(stream)
        losses.append(trainer.step(collate(group, settings.vocabulary.size, options.candidates, trainer.generator)))
        now = time.monotonic()
        trainer.seconds, clock = trainer.seconds + now - clock, now
        if trainer.steps % 50 == 0 and losses:
            plain, guided = np.mean(losses, 0)
            speed = (trainer.seen - mark[1]) / max(trainer.seconds - mark[0], 1e-6)
            line = {
                "minutes": round(trainer.seconds / 60, 2),
                "steps": trainer.steps,
                "tokens": trainer.seen,
                "loss": round(float(plain), 4),
                "guided": round(float(guided), 4),
                "speed": round(speed),
            }
            log.write(json.dumps(line) + "\n")
            log.flush()
            losses, mark = [], (trainer.seconds, trainer.seen)
        if trainer.seconds - saved > options.save_minutes * 60:
            trainer.save(folder / "checkpoint.pt")
            saved = trainer.seconds
        if trainer.seconds - judged > options.evaluate_minutes * 60:
            judged = trainer.seconds
            _judge(settings, trainer, log)
            clock = time.monotonic()
    trainer.save(folder / "checkpoint.pt")
    if stopped:
        raise PalladiusError("training was stopped; the checkpoint is saved", hint="run the same command to go on")
    return {"steps": trainer.steps, "tokens": trainer.seen, "minutes": round(trainer.seconds / 60, 1)}


def _judge(settings: Settings, trainer: Trainer, log: Any) -> None:
    """Converts the average and scores a small development slice; the scores go to the log."""
    from pipeline.training import convert, evaluate

    folder = settings.folder / "train" / "trial"
    convert.convert(settings, trainer.average, folder)
    scores = evaluate.quick(settings, folder / "ct2")
    log.write(
        json.dumps({"minutes": round(trainer.seconds / 60, 2), "steps": trainer.steps, "development": scores}) + "\n"
    )
    log.flush()
