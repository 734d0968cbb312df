"""The network that tells which words of a target stand for a term (enforce.spans).

python -m pipeline.training.pointing [--check]

`pointing.tsv` holds renderings as machines put them, written for this project: the entry's forms, source and target
with the term and its rendering between ⟦ and ⟧. Fitted with a listwise loss, the cross entropy of the right row among
all rows of its target (Cao et al. 2007); judged on sets by other writers than it was fitted to (--check).
"""

from __future__ import annotations

import argparse
import csv
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
FOLDS = 5
NONE = 0.2  # weight of an example without a rendering
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
    """The rows whose rendering is among the rows of words that the enforcer looks at, and each with its rendering cut
    out of the target: there «none» is right."""
    import numpy as np

    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            source, target = cast("tuple[Lang, Lang]", (row["from"], row["to"]))
            (said, here), (text, there) = _parted(row["source"]), _parted(row["target"])
            known: tuple[Lang, ...] = ("zh", "ru", "en")
            forms = {lang: tuple(map(Form, row[lang].split("|"))) for lang in known if row[lang]}
            term = Term(row["id"], forms, cast(Kind, row["kind"]))
            occurrence = Occurrence(term, here, Form(here.of(said)))
            group = row["id"].split("-", 1)[0]
            for target_text, whole in ((text, True), (_without(text, there), False)):
                view = View(target_text, target)
                links = engine.read(said, target_text, source, target)
                words = heard.words(occurrence, said, view, forms[target][0], links)
                places, seen = spans.features(words, view, pointed.asked(occurrence, said, forms[target], target))
                off = [abs(words[a].start - there.start) + abs(words[b].end - there.end) for a, b in places]
                if not places or (whole and min(off) > 1):
                    break
                right = off.index(min(off)) if whole else len(places)
                yield Example(group, np.asarray(seen, dtype=np.float32), right)


def _without(text: str, span: Span) -> str:
    """The target without the words of the span."""
    return re.sub(" +", " ", text[: span.start] + text[span.end :]).strip()


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

        return torch.tensor(np.clip((one.seen - self.mean) / self.scale, -spans.BOUND, spans.BOUND))

    def _net(self, several: Sequence[Example], seed: int) -> tuple[Any, Any]:
        import torch
        from torch import nn

        torch.manual_seed(seed)
        net = nn.Sequential(nn.Linear(len(self.mean), HIDDEN), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, 1))
        none = nn.Parameter(torch.zeros(1))
        optimiser = torch.optim.AdamW([*net.parameters(), none], lr=RATE, weight_decay=DECAY)
        seen = [self._seen(one) for one in several]
        right = torch.tensor([one.right for one in several])
        weight = torch.tensor([1.0 if one.right < len(one.seen) else NONE for one in several])
        order = torch.Generator().manual_seed(seed)
        for epoch in range(EPOCHS):
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - epoch / EPOCHS)
            for batch in torch.split(torch.randperm(len(several), generator=order), BATCH):
                some = batch.tolist()
                made = net(torch.cat([seen[n] for n in some])).squeeze(1)
                parts = made.split([len(seen[n]) for n in some])
                rows = [torch.cat([part, none]) for part in parts]
                scores = nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=-1e4)
                losses = nn.functional.cross_entropy(scores, right[batch], reduction="none")
                optimiser.zero_grad()
                (losses * weight[batch]).mean().backward()  # type: ignore[no-untyped-call]
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
    """The sets in five parts, each judged by what was fitted to the others: right first choice, and right and wrong
    above a chance."""
    judged = []
    groups = sorted({one.group for one in several})
    for part in range(FOLDS):
        held = set(groups[part::FOLDS])
        fit = Fit([one for one in several if one.group not in held], 2)
        judged += [(fit.chances(one), one.right) for one in several if one.group in held]
    there = [(made, right) for made, right in judged if right < len(made) - 1]
    first = sum(int(made.argmax()) == right for made, right in there)
    lines = [f"{len(there)} renderings; the first choice is right in {first} ({first / len(there):.1%})"]
    for least in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        sure = [(made, right) for made, right in judged if made.max() >= least and made.argmax() < len(made) - 1]
        right = sum(int(made.argmax()) == right for made, right in sure)
        cut = sum(right == len(made) - 1 for made, right in sure)
        wrong = len(sure) - right - cut
        lines.append(f"chance from {least}: {right} right, {wrong} wrong; of {len(judged) - len(there)} cut out, {cut}")
    return lines


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
