"""python -m pipeline.training.cases FOLDER [--minutes N]: trains the table of Russian cases and writes the asset."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.languages.russian import expected, fitness, masks, vectors
from pipeline.training.grammar import asset, corrupt, data
from pipeline.training.grammar.__main__ import batches
from pipeline.training.settings import ROOT

LEXEMES, CLASSES, SEEN = 16_000, 2_600, 4
SIZES = (64, 48, 8)  # of the embeddings of lexeme, class, shape
MEANING = 64  # to how many numbers the vector of a lexeme is brought
STATE, INNER = 160, 320
ASSET = ROOT / "pipeline" / "assets" / "grammar" / "expected.npz"
MASKED, WITH_ADJECTIVES = 0.25, 0.7  # share of the nouns that are masked, and of these with their adjectives
ALONE = 0.15  # share of the adjectives that are masked beside a noun that is seen
UNTOLD = 0.15  # share of the masked words whose lexeme is not told: names that no dictionary has
WRONG = (0.0, 0.0, 0.05, 0.15)  # share of the words seen that stand in a wrong form, as in weak translations
HELD = 100  # every so many sentences one is kept for the measure


def prepare(folder: Path, root: Path) -> None:
    """Numbers of all sentences, seen and masked, and their labels, in folder/cases.npz, with the vocabularies."""
    shown = [words for words, _ in data.sentences(root)]
    shown += [words for words, _ in data.sentences(root, machine=True)]
    print(f"{len(shown)} sentences", file=sys.stderr, flush=True)
    lexemes: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    natures = {}
    chooser = random.Random(11)
    for words in shown:
        for word in words:
            lexemes[fitness.lexeme(word)] += 1
            classes[fitness.reading_class(word)] += 1
            if word not in natures:
                natures[word] = masks.nature(word)
            classes[natures[word].told] += 1
    kept = [name for name, n in lexemes.most_common(LEXEMES) if n >= SEEN]
    forms = [name for name, n in classes.most_common(CLASSES) if n >= SEEN]
    left, right = ({name: n for n, name in enumerate(names, 2)} for names in (kept, forms))
    meant = {
        name: n for n, name in enumerate(dict.fromkeys((*lexemes, *(each.lexeme for each in natures.values()))), 1)
    }
    numbers: list[tuple[int, ...]] = []
    cells: list[int] = []
    accord: list[int] = []
    owners: list[int] = []  # index of the noun a word is masked with; -1 of all other words
    starts: list[int] = []
    for words in shown:
        start = len(numbers)
        starts.append(start)
        for word in words:
            said = natures[word]
            seen = fitness.encode(word, left, right)
            sense = meant[fitness.lexeme(word)], meant[said.lexeme]
            put = corrupt.wrong_form(word, chooser)
            spoilt = fitness.encode(put, left, right)[1] if put != word else 0
            numbers.append((*seen, left.get(said.lexeme, 1), right.get(said.told, 1), *sense, spoilt))
        here, owner, agreed = [0] * len(words), [-1] * len(words), [masks.accord(word) for word in words]
        for at, known in enumerate(agreed):
            owner[at] = start + at if known else -1
        for group in masks.groups(words):
            for at in (group.head, *group.modifiers):
                here[at], owner[at] = group.cells, start + group.head
                agreed[at] = masks.accord_of(words[at], group.cells) if at != group.head else 0
        cells += here
        accord += agreed
        owners += owner
    senses = np.zeros((len(meant) + 1, vectors.SIZE), np.float16)
    for name, n in meant.items():
        vector = vectors.unit(name)
        senses[n] = 0 if vector is None else vector
    np.savez(
        folder / "cases.npz", senses=senses, numbers=np.array(numbers, np.int32), cells=np.array(cells, np.int16),
        accord=np.array(accord, np.int8), owners=np.array(owners, np.int32), starts=np.array([*starts, len(numbers)]),
        lexemes=np.frombuffer("\n".join(kept).encode(), np.uint8),
        classes=np.frombuffer("\n".join(forms).encode(), np.uint8),
    )  # fmt: skip
    print(f"{len(numbers)} tokens, {sum(map(bool, cells))} nouns and adjectives", file=sys.stderr, flush=True)


def build(lexemes: int, classes: int) -> Any:
    import torch
    from torch import nn

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.tables = nn.ModuleList(
                nn.Embedding(n, size, padding_idx=0 if at < 2 else None)
                for at, (n, size) in enumerate(zip((lexemes, classes, 6), SIZES, strict=True))
            )
            for table in self.tables:
                nn.init.normal_(table.get_parameter("weight"), 0, 0.3)
            self.meaning = nn.Linear(vectors.SIZE, MEANING)
            self.first = nn.Linear(sum(SIZES) + MEANING, STATE)
            self.convs = nn.ModuleList(
                nn.Conv1d(STATE, STATE, fitness.WIDTH, padding=d * (fitness.WIDTH // 2), dilation=d)
                for d in expected.DILATIONS
            )
            many = range(expected.ATTENDING)
            self.conv_norms = nn.ModuleList(nn.LayerNorm(STATE) for _ in expected.DILATIONS)
            self.attend_norms = nn.ModuleList(nn.LayerNorm(STATE) for _ in many)
            self.attends = nn.ModuleList(nn.Linear(STATE, 3 * STATE) for _ in many)
            self.apart = nn.ParameterList(
                nn.Parameter(torch.zeros(2 * expected.REACH + 1, expected.HEADS)) for _ in many
            )
            self.outs = nn.ModuleList(nn.Linear(STATE, STATE) for _ in many)
            self.feed_norms = nn.ModuleList(nn.LayerNorm(STATE) for _ in many)
            self.feeds = nn.ModuleList(nn.Linear(STATE, INNER) for _ in many)
            self.backs = nn.ModuleList(nn.Linear(INNER, STATE) for _ in many)
            self.norm = nn.LayerNorm(STATE)
            self.last = nn.Linear(STATE, len(masks.CELLS) + len(masks.ACCORD))
            self.drop = nn.Dropout(0.1)

        def forward(self, at: Any, senses: Any) -> Any:
            mask = at[..., 0] != 0
            real = mask[..., None].float()
            known = [table(at[..., n]) for n, table in enumerate(self.tables)]
            here = torch.cat([*known, self.meaning(senses)], -1)
            state = self.first(self.drop(here)) * real
            for norm, conv in zip(self.conv_norms, self.convs, strict=True):
                seen = (norm(state) * real).transpose(1, 2)
                state = (state + self.drop(torch.relu(conv(seen).transpose(1, 2)))) * real
            rows, size, _ = state.shape
            reach = expected.REACH
            places = torch.arange(size)
            apart = (places[None] - places[:, None]).clamp(-reach, reach) + reach
            closed = torch.zeros(rows, 1, 1, size).masked_fill(~mask[:, None, None], -1e9)
            layers = zip(
                self.attend_norms, self.attends, self.apart, self.outs, self.feed_norms, self.feeds, self.backs,
                strict=True,
            )  # fmt: skip
            for norm, attend, bias, out, feed_norm, feed, back in layers:
                query, key, value = (
                    part.view(rows, size, expected.HEADS, -1).transpose(1, 2)
                    for part in attend(norm(state)).chunk(3, -1)
                )
                seen = torch.nn.functional.scaled_dot_product_attention(
                    query, key, value, attn_mask=bias[apart].permute(2, 0, 1)[None] + closed
                )
                state = state + self.drop(out(seen.transpose(1, 2).reshape(rows, size, -1)))
                state = state + self.drop(back(torch.relu(feed(feed_norm(state)))))
            return self.last(self.norm(state))

    return Net()


def masked(
    held: Any, rows: list[int], chooser: np.random.Generator, unknown: int, *, spoil: bool = False
) -> tuple[Any, Any, Any]:
    """Numbers (sentences, tokens, 3) with some words masked, the vectors of their lexemes (…, SIZE), and the cells and
    accord of those that are asked for (sentences, tokens, 2; 0 elsewhere).

    `unknown`: the number of the lexeme of words that no dictionary has; `spoil`: in half of the sentences
    some of the words that are seen stand in a wrong form.
    """
    senses, numbers, cells, accord, owners, starts = held
    longest = max(int(starts[n + 1] - starts[n]) for n in rows)
    at = np.zeros((len(rows), longest, 3), np.int64)
    want = np.zeros((len(rows), longest, 2), np.int64)
    meant = np.zeros((len(rows), longest), np.int64)
    for place, n in enumerate(rows):
        begin, end = int(starts[n]), int(starts[n + 1])
        here, size = numbers[begin:end], end - begin
        owned = owners[begin:end] >= 0
        own = np.where(owned, owners[begin:end] - begin, 0)
        hidden = chooser.random(size) < MASKED
        whole = chooser.random(size) < WITH_ADJECTIVES
        heads = owned & (own == np.arange(size))
        alone = owned & ~heads & ~hidden[own] & (chooser.random(size) < ALONE)
        chosen = (owned & hidden[own] & (heads | whole[own])) | alone
        at[place, :size] = here[:, :3]
        if spoil:
            spoilt = (here[:, 7] > 0) & (chooser.random(size) < chooser.choice(WRONG))
            at[place, :size][spoilt, 1] = here[spoilt, 7]
        untold = chooser.random(size) < UNTOLD
        at[place, :size][chosen, 0] = np.where(untold, unknown, here[:, 3])[chosen]
        meant[place, :size] = np.where(chosen, np.where(untold, 0, here[:, 6]), here[:, 5])
        at[place, :size][chosen, 1] = here[chosen, 4]
        asked = (chosen & heads) | alone
        want[place, :size, 0] = np.where(asked, cells[begin:end], 0)
        want[place, :size, 1] = np.where(asked, accord[begin:end], 0)
    return at, senses[meant].astype(np.float32), want


def loss_of(net: Any, at: Any, senses: Any, want: Any) -> list[tuple[Any, Any, Any]]:
    """(sum of losses, answers right, answers asked for) of the cells and of the accord."""
    import torch

    answers = net(torch.from_numpy(at), torch.from_numpy(senses)).split([len(masks.CELLS), len(masks.ACCORD)], -1)
    found = []
    for which, logits in enumerate(answers):
        goal = torch.from_numpy(want[..., which])
        asked = goal > 0
        allowed = (goal[asked][:, None] >> torch.arange(logits.shape[-1])) & 1
        known = torch.log_softmax(logits[asked], -1)
        loss = -torch.logsumexp(known.masked_fill(allowed == 0, -1e9), -1)
        right = allowed.gather(1, known.argmax(-1, keepdim=True)).sum()
        found.append((loss.sum(), right, asked.sum()))
    return found


def train(folder: Path, minutes: float, start: Path | None) -> tuple[Any, Any]:
    import torch

    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    stored = np.load(folder / "cases.npz")
    held = tuple(stored[name] for name in ("senses", "numbers", "cells", "accord", "owners", "starts"))
    starts = held[-1]
    unknown = bytes(stored["lexemes"]).decode().split("\n").index("?") + 2
    sizes = (bytes(stored["lexemes"]).count(b"\n") + 3, bytes(stored["classes"]).count(b"\n") + 3)
    torch.manual_seed(5)
    net = build(*sizes)
    if start is not None:
        load(net, stored, start)
    mean = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.999))  # type: ignore[no-untyped-call]
    chooser, dice = random.Random(13), np.random.default_rng(17)
    rate = 1.5e-3 if start is None else 1e-3
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    begun, step, told, seen = time.time(), 0, 0.0, 0.0
    kept = [n for n in range(len(starts) - 1) if n % HELD == 0]
    lengths = np.diff(starts)

    def measure(*, spoil: bool = False) -> str:
        mean.eval()
        fixed = np.random.default_rng(1)
        sums = np.zeros((2, 3))
        with torch.no_grad():
            for first in range(0, len(kept), 64):
                given = masked(held, kept[first : first + 64], fixed, unknown, spoil=spoil)
                sums += [[float(value) for value in part] for part in loss_of(mean, *given)]
        told = (f"{loss / asked:.4f} nats, {right / asked:.4f} right of {asked:.0f}" for loss, right, asked in sums)
        return ("held out, with wrong forms: " if spoil else "held out: ") + "; ".join(told)

    while True:
        for rows in batches(starts, chooser):
            rows = [n for n in rows if n % HELD]
            if not rows or not lengths[rows].size:
                continue
            gone = (time.time() - begun) / 60 / minutes
            if gone >= 1:
                print(f"{measure()}; {measure(spoil=True)}", file=sys.stderr, flush=True)
                return mean.module, stored
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, (step + 1) / 300) * max(0.02, 1 - gone)
            at, meant, want = masked(held, rows, dice, unknown, spoil=True)
            if not want.any():
                continue
            net.train()
            losses = loss_of(net, at, meant, want)
            loss = sum(part[0] for part in losses) / sum(part[2] for part in losses)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            mean.update_parameters(net)
            step += 1
            seen += (float(loss.detach()) - seen) * (0.01 if step > 100 else 0.2)
            if time.time() - told > 120:
                told = time.time()
                print(f"{gone:.2f} step {step} loss {seen:.4f} {measure()}", file=sys.stderr, flush=True)
                save(mean.module, stored, folder / "expected.npz")


def parts(net: Any) -> dict[str, tuple[Any, Any]]:
    """The matrices of the network by the names they are stored under (rows: what comes in), and their biases."""
    found: dict[str, tuple[Any, Any]] = {}
    for name, table in zip(("lexeme", "class", "shape"), net.tables, strict=True):
        found[name] = table.weight, None
    layers = {"meaning": net.meaning, "first": net.first, "last": net.last}
    for n in range(expected.ATTENDING):
        groups = (("attend", net.attends), ("out", net.outs), ("feed", net.feeds), ("back", net.backs))
        layers |= {f"{name}{n}": group[n] for name, group in groups}
    found |= {name: (layer.weight.T, layer.bias) for name, layer in layers.items()}
    for n, conv in enumerate(net.convs):
        found[f"conv{n}"] = conv.weight.permute(2, 1, 0).reshape(-1, STATE), conv.bias
    return found


def plain(net: Any) -> dict[str, Any]:
    """What is stored in half precision besides: norms, and weights of distances."""
    norms = {"norm": net.norm}
    norms |= {f"conv{n}/norm": norm for n, norm in enumerate(net.conv_norms)}
    for n in range(expected.ATTENDING):
        norms |= {f"attend{n}/norm": net.attend_norms[n], f"feed{n}/norm": net.feed_norms[n]}
    found = {f"{name}/{what}": getattr(layer, what) for name, layer in norms.items() for what in ("weight", "bias")}
    return found | {f"apart{n}": net.apart[n] for n in range(expected.ATTENDING)}


def save(net: Any, stored: Any, path: Path) -> None:
    asset.write(path, {name: stored[name] for name in ("lexemes", "classes")}, parts(net), plain(net))


def load(net: Any, stored: Any, path: Path) -> None:
    """Puts the weights of an earlier table into a new network; its vocabularies may be others."""
    import torch

    earlier = expected.read(path)
    with torch.no_grad():
        for name, (weight, bias) in parts(net).items():
            kept = torch.from_numpy(earlier.held[name])
            if name in ("lexeme", "class"):
                known = earlier.lexemes if name == "lexeme" else earlier.classes
                words = bytes(stored["lexemes" if name == "lexeme" else "classes"]).decode().split("\n")
                for n, word in enumerate(words, 2):
                    if word in known:
                        weight[n] = kept[known[word]]
                weight[1] = kept[1]
            elif name.startswith("conv"):
                conv = net.convs[int(name.removeprefix("conv"))]
                conv.weight.copy_(kept.reshape(fitness.WIDTH, STATE, STATE).permute(2, 1, 0))
            else:
                weight.copy_(kept)
            if bias is not None:
                bias.copy_(torch.from_numpy(earlier.held[f"{name}/bias"]))
        for name, values in plain(net).items():
            values.copy_(torch.from_numpy(earlier.held[name]))


def main() -> None:
    def more(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--start", type=Path, help="an earlier table to go on from")

    options = asset.prepared("cases", __doc__, "cases.npz", prepare, minutes=58, more=more)
    net, stored = train(options.folder, options.minutes, options.start)
    save(net, stored, ASSET)
    print(f"{ASSET}: {ASSET.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
