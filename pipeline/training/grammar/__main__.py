"""python -m pipeline.training.grammar FOLDER [--minutes N]: trains the table of Russian forms and writes the asset."""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.languages.russian import fitness
from pipeline.training.grammar import asset, corrupt, data
from pipeline.training.settings import ROOT

LEXEMES, CLASSES, SEEN = 6_000, 2_400, 4
SIZES = (40, 40, 8)  # of the embeddings of lexeme, class, shape
STATE = 88
ASSET = ROOT / "pipeline" / "assets" / "grammar" / "fitness.npz"
SHARES = (0.0, 0.0, 0.06, 0.12, 0.25)  # of the words of a sentence that are put wrong


def prepare(folder: Path, root: Path) -> None:
    """Numbers of all training sentences and their labels, in folder/data.npz, with the vocabularies."""
    shown = list(data.sentences(root))
    print(f"{len(shown)} sentences", file=sys.stderr, flush=True)
    lexemes: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for words, times in shown:
        for word in words:
            lexemes[fitness.lexeme(word)] += times
            classes[fitness.reading_class(word)] += times
    kept = [name for name, n in lexemes.most_common(LEXEMES) if n >= SEEN]
    forms = [name for name, n in classes.most_common(CLASSES) if n >= SEEN]
    left, right = ({name: n for n, name in enumerate(names, 2)} for names in (kept, forms))
    chooser = random.Random(11)
    numbers: list[tuple[int, int, int]] = []
    labels: list[int] = []
    starts: list[int] = []
    for words, times in shown:
        for _ in range(times):
            made = corrupt.example(words, chooser, chooser.choice(SHARES))
            starts.append(len(numbers))
            numbers += [fitness.encode(word, left, right) for word in made.words]
            labels += made.labels
    np.savez(
        folder / "data.npz", numbers=np.array(numbers, np.int16), labels=np.array(labels, np.int8),
        starts=np.array([*starts, len(numbers)]), lexemes=np.frombuffer("\n".join(kept).encode(), np.uint8),
        classes=np.frombuffer("\n".join(forms).encode(), np.uint8),
    )  # fmt: skip
    print(
        f"{len(starts)} examples, {len(numbers)} tokens, {sum(label == 1 for label in labels)} wrong", file=sys.stderr
    )


def build(lexemes: int, classes: int) -> Any:
    import torch
    from torch import nn

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            rows = (lexemes, classes, 6)
            self.tables = nn.ModuleList(
                nn.Embedding(n, size, padding_idx=0 if at < 2 else None)
                for at, (n, size) in enumerate(zip(rows, SIZES, strict=True))
            )
            for table in self.tables:
                nn.init.normal_(table.get_parameter("weight"), 0, 0.3)
            self.first = nn.Linear(sum(SIZES), STATE)
            self.convs = nn.ModuleList(
                nn.Conv1d(STATE, STATE, fitness.WIDTH, padding=d * (fitness.WIDTH // 2), dilation=d)
                for d in fitness.DILATIONS
            )
            self.last = nn.Linear(STATE, 1)
            self.drop = nn.Dropout(0.1)

        def forward(self, at: Any) -> Any:
            mask = (at[..., :1] != 0).float()
            here = torch.cat([table(at[..., n]) for n, table in enumerate(self.tables)], -1)
            state = torch.relu(self.first(self.drop(here))) * mask
            for conv in self.convs:
                state = (state + self.drop(torch.relu(conv(state.transpose(1, 2)).transpose(1, 2)))) * mask
            return self.last(state).squeeze(-1)

    return Net()


def batches(starts: Any, chooser: random.Random, size: int = 6_000) -> Any:
    lengths = np.diff(starts)
    order = sorted(range(len(lengths)), key=lambda n: lengths[n] + chooser.random() * 3)
    found: list[list[int]] = []
    current: list[int] = []
    for n in order:
        if current and (len(current) + 1) * lengths[n] > size:
            found.append(current)
            current = []
        current.append(n)
    found.append(current)
    chooser.shuffle(found)
    return found


def train(folder: Path, minutes: float) -> Any:
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    held = np.load(folder / "data.npz")
    numbers, labels, starts = (held[name] for name in ("numbers", "labels", "starts"))
    sizes = (bytes(held["lexemes"]).count(b"\n") + 3, bytes(held["classes"]).count(b"\n") + 3)
    torch.manual_seed(5)
    net = build(*sizes)
    chooser = random.Random(13)
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    begun, step, told = time.time(), 0, 0.0
    mean = 0.0
    while True:
        for rows in batches(starts, chooser):
            gone = (time.time() - begun) / 60 / minutes
            if gone >= 1:
                return net, held
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * min(1, (step + 1) / 200) * max(0.02, 1 - gone)
            longest = max(starts[n + 1] - starts[n] for n in rows)
            at = np.zeros((len(rows), longest, 3), np.int64)
            want = np.full((len(rows), longest), -1, np.int64)
            for place, n in enumerate(rows):
                span = slice(starts[n], starts[n + 1])
                at[place, : starts[n + 1] - starts[n]] = numbers[span]
                want[place, : starts[n + 1] - starts[n]] = labels[span]
            goal = torch.from_numpy(want)
            judged = goal >= 0
            loss = F.binary_cross_entropy_with_logits(net(torch.from_numpy(at))[judged], goal[judged].float())
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            mean += (float(loss.detach()) - mean) * (0.02 if step > 50 else 0.2)
            if time.time() - told > 20:
                told = time.time()
                print(f"{gone:.2f} step {step} loss {mean:.4f}", file=sys.stderr, flush=True)


def save(net: Any, held: Any, path: Path) -> None:
    matrices = {
        name: (table.weight, None) for name, table in zip(("lexeme", "class", "shape"), net.tables, strict=True)
    }
    matrices["first"] = net.first.weight.T, net.first.bias
    for n, conv in enumerate(net.convs):
        matrices[f"layer{n}"] = conv.weight.permute(2, 1, 0).reshape(-1, STATE), conv.bias
    matrices["last"] = net.last.weight.T, net.last.bias
    asset.write(path, {name: held[name] for name in ("lexemes", "classes")}, matrices, {})


def main() -> None:
    options = asset.prepared("grammar", __doc__, "data.npz", prepare, minutes=25)
    net, held = train(options.folder, options.minutes)
    save(net, held, ASSET)
    print(f"{ASSET}: {ASSET.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
