"""The network that tells which words of a target stand for a term (enforce.spans).

python -m pipeline.training.pointing [--check]

`pointing.tsv` holds renderings as machines put them, written for this project: the entry's forms, source and target
with the term and its rendering between ⟦ and ⟧. Fitted with a listwise loss, the cross entropy of the right row among
all rows of its target (Cao et al. 2007); judged on sets by other writers than it was fitted to (--check).
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pipeline.enforce import heard, pointed, spans
from pipeline.enforce.view import View
from pipeline.engines.base import Engine, make
from pipeline.model import Form, Kind, Lang, Occurrence, Span, Term

ROWS = Path(__file__).parent / "pointing.tsv"
HIDDEN, NETS, EPOCHS, BATCH = 24, 5, 40, 32
RATE, DECAY, DROPOUT = 3e-3, 0.1, 0.2
_MARKED = re.compile("⟦(.+?)⟧")


@dataclass(frozen=True, slots=True)
class Example:
    """What the network sees of each row of words, and which of them is the rendering; `group`: the writer's set."""

    group: str
    seen: Any  # float32, rows x features
    right: int


def _parted(text: str) -> tuple[str, Span]:
    match = _MARKED.search(text)
    if match is None:
        raise ValueError(f"no mark in {text!r}")
    return text.replace("⟦", "", 1).replace("⟧", "", 1), Span(match.start(), match.end() - 2)


def examples(engine: Engine, path: Path = ROWS) -> Iterator[Example]:
    """The rows whose rendering is among the rows of words that the enforcer looks at."""
    import numpy as np

    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            source, target = cast("tuple[Lang, Lang]", (row["from"], row["to"]))
            (said, here), (text, there) = _parted(row["source"]), _parted(row["target"])
            known: tuple[Lang, ...] = ("zh", "ru", "en")
            forms = {lang: tuple(map(Form, row[lang].split("|"))) for lang in known if row[lang]}
            term = Term(row["id"], forms, cast(Kind, row["kind"]))
            occurrence = Occurrence(term, here, Form(here.of(said)))
            view = View(text, target)
            words = heard.words(occurrence, said, view, forms[target][0], engine.read(said, text, source, target))
            places, seen = spans.features(words, view, pointed.asked(occurrence, forms[target], target))
            off = [abs(words[a].start - there.start) + abs(words[b].end - there.end) for a, b in places]
            if off and min(off) <= 1:
                group = row["id"].split("-", 1)[0]
                yield Example(group, np.asarray(seen, dtype=np.float32), off.index(min(off)))


class Fit:
    """Networks of one hidden layer with their standardisation, fitted to examples."""

    def __init__(self, several: Sequence[Example], nets: int = NETS) -> None:
        import numpy as np

        every = np.concatenate([one.seen for one in several])
        self.mean, self.scale = every.mean(0), every.std(0) + 1e-3
        self.nets = [self._net(several, seed) for seed in range(nets)]

    def _seen(self, one: Example) -> Any:
        import numpy as np
        import torch

        return torch.tensor(np.clip((one.seen - self.mean) / self.scale, -6, 6))

    def _net(self, several: Sequence[Example], seed: int) -> tuple[Any, Any]:
        import torch
        from torch import nn

        torch.manual_seed(seed)
        net = nn.Sequential(nn.Linear(len(self.mean), HIDDEN), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, 1))
        none = nn.Parameter(torch.zeros(1))
        optimiser = torch.optim.AdamW([*net.parameters(), none], lr=RATE, weight_decay=DECAY)
        seen = [self._seen(one) for one in several]
        order = torch.Generator().manual_seed(seed)
        for epoch in range(EPOCHS):
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - epoch / EPOCHS)
            for batch in torch.split(torch.randperm(len(several), generator=order), BATCH):
                losses = [
                    nn.functional.cross_entropy(
                        torch.cat([net(seen[n]).squeeze(1), none])[None], torch.tensor([several[n].right])
                    )
                    for n in batch.tolist()
                ]
                optimiser.zero_grad()
                torch.stack(losses).mean().backward()  # type: ignore[no-untyped-call]
                optimiser.step()
        net.eval()
        return net, none.detach()

    def chances(self, one: Example) -> Any:
        """Probability of each row and, last, of none."""
        import torch

        with torch.no_grad():
            made = [torch.softmax(torch.cat([net(self._seen(one)).squeeze(1), none]), 0) for net, none in self.nets]
        return torch.stack(made).mean(0).numpy()

    def save(self, path: Path) -> None:
        import numpy as np

        table = {"mean": self.mean, "scale": self.scale}
        for n, (net, none) in enumerate(self.nets):
            first, last = net[0], net[3]
            table |= {
                f"first{n}": first.weight.detach().numpy().T,
                f"bias{n}": first.bias.detach().numpy(),
                f"last{n}": last.weight.detach().numpy()[0],
                f"end{n}": last.bias.detach().numpy(),
                f"none{n}": none.numpy(),
            }
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, **{name: value.astype(np.float16) for name, value in table.items()})


def report(several: Sequence[Example]) -> list[str]:
    """Each set judged by what was fitted to the others: right first choice, and right and wrong above a chance."""
    judged = []
    for group in sorted({one.group for one in several}):
        fit = Fit([one for one in several if one.group != group], 3)
        judged += [(fit.chances(one), one.right) for one in several if one.group == group]
    first = sum(int(made.argmax()) == right for made, right in judged)
    lines = [f"{len(judged)} renderings; the first choice is right in {first} ({first / len(judged):.1%})"]
    for least in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        sure = [(made, right) for made, right in judged if made.max() >= least and made.argmax() < len(made) - 1]
        right = sum(int(made.argmax()) == right for made, right in sure)
        lines.append(f"chance from {least}: {right} right, {len(sure) - right} wrong")
    low = -sum(math.log(max(1e-9, float(made[right]))) for made, right in judged) / len(judged)
    return [*lines, f"cross entropy {low:.3f}"]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="judge each writer's set by a fit to the others")
    parser.add_argument("--rows", type=Path, default=ROWS)
    options = parser.parse_args(arguments)
    several = list(examples(make("compact", {}), options.rows))
    print(f"{len(several)} examples")
    if options.check:
        print("\n".join(report(several)))
    else:
        Fit(several).save(spans.ASSET)


if __name__ == "__main__":
    main()
