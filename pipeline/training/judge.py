"""python -m pipeline.training.judge: learns when a Russian term stands in a wrong form, and which is right.

Sound held-out rows of the genre (which neither the table of cases nor that of cues was trained on), each with a term of
the glossaries or of the genre's dictionary as it stands, in the dictionary form, and in another form.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from pipeline.enforce import cues, judged, signs, standing
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.fold import fold
from pipeline.glossary.forms import Found
from pipeline.glossary.match import Matcher
from pipeline.glossary.store import Glossary
from pipeline.languages.russian.masks import CASES
from pipeline.model import Lang, Term
from pipeline.training.cues import LANGUAGES, terms
from pipeline.training.settings import ROOT

ASSET: Final = ROOT / "pipeline" / "assets" / "grammar" / "judge.npz"
HELD_OUT: Final = ROOT / "tests" / "reference" / "genre.tsv"
LEAST: Final = 60  # times that a sign is seen
HIDDEN, NETWORKS, ROUNDS, BATCH, RATE = 32, 5, 12, 256, 3e-3
LOOSE, DROPPED = 0.05, 0.2  # decay of the weights; share of the hidden units left out
WEIGHT: Final = {"sound": 3.0, "plain": 1.0, "other": 0.5}  # machines leave the dictionary form more often than others


@dataclass(frozen=True)
class Example:
    """`kind`: sound, plain (the dictionary form) or other; `right`: index of the right choice; -1 where nothing can be
    weighed."""

    kind: str
    choices: tuple[signs.Choice, ...]
    right: int


def examples(rows: Sequence[dict[str, str]], lang: Lang, known: Glossary, seed: int) -> Iterator[Example]:
    """Of every term that stands once on both sides of a row, up to three examples."""
    matcher, chance = Matcher(known, lang), random.Random(seed)
    for row in rows:
        ru, source = row["ru"], row[lang]
        occurrences = matcher.find(source)
        often = Counter(each.term.id for each in occurrences)
        folded = fold(ru, "ru")
        for occurrence in occurrences:
            term = occurrence.term
            present = [each for each in forms.find(term, "ru", folded, ru) if not each.inserted]
            if often[term.id] > 1 or len(present) != 1:
                continue
            cue = cues.factors(source, occurrence.span, lang)
            for kind, text, found in _variants(term, present[0], ru, chance):
                view = View(text, "ru", (), cue)
                rule = standing.recase(term, found, view)
                weighed = signs.choices(term, found, view, (), rule.cell if rule is not None else "", every=True) or ()
                right = [at for at, each in enumerate(weighed) if each.form == present[0].surface.text]
                right = right or [at for at, each in enumerate(weighed) if each.here and kind == "sound"]
                yield Example(kind, weighed, right[0] if right else -1)


def _variants(term: Term, found: Found, text: str, chance: random.Random) -> Iterator[tuple[str, str, Found]]:
    """(kind, text, what stands there) of the term as it stands, in the dictionary form and in another of its number."""
    made = forms.russian(found.form, term.kind, term.gender)
    now, right = found.span.of(text), found.surface.text
    if made.indeclinable or (len(now) > 1 and now[1:].isupper()):
        return
    yield "sound", text, found
    stands = signs.cells_of(found)
    plural = made.number != "pl" and any(cell.endswith(".pl") for cell in stands)
    cells = [f"{case}.pl" if plural else case for case in CASES]
    pool = [form for form in dict.fromkeys(made.cells[cell] for cell in cells if cell in made.cells) if form != right]
    plain = [form for form in pool if form == made.cells.get(cells[0])]
    others = [form for form in pool if form not in plain]
    chosen = [("plain", form) for form in plain] + [("other", form) for form in others and [chance.choice(others)]]
    for kind, form in chosen:
        put = form[:1].upper() + form[1:] if now[:1].isupper() and right[:1].islower() else form
        spoilt = text[: found.span.start] + put + text[found.span.end :]
        there = (
            each
            for each in forms.find(term, "ru", fold(spoilt, "ru"), spoilt)
            if each.span.start == found.span.start and not each.inserted
        )
        for each in there:
            yield kind, spoilt, each
            break


def fit(seen: Sequence[Example], seed: int = 1) -> judged.Judge:
    """Several networks of one hidden layer side by side, whose weights are averaged (an ensemble)."""
    torch.manual_seed(seed)
    seen = [each for each in seen if each.right >= 0]
    often = Counter(sign for each in seen for choice in each.choices for sign in choice.signs)
    names = sorted(sign for sign, n in often.items() if n >= LEAST)
    numbers = {name: at for at, name in enumerate(names)}
    width = max(len(each.choices) for each in seen)
    given = torch.zeros(len(seen), width, len(names))
    empty = torch.ones(len(seen), width, dtype=torch.bool)
    for row, each in enumerate(seen):
        for at, choice in enumerate(each.choices):
            empty[row, at] = False
            for sign, value in choice.signs.items():
                if sign in numbers:
                    given[row, at, numbers[sign]] = value
    scale = given.abs().amax((0, 1)).clamp(min=1)
    given /= scale
    right = torch.tensor([each.right for each in seen])
    weight = torch.tensor([WEIGHT[each.kind] for each in seen])
    networks = [_network(given, empty, right, weight) for _ in range(NETWORKS)]
    first = torch.cat([network[0].weight.T / scale[:, None] for network in networks], 1)
    bias = torch.cat([network[0].bias for network in networks])
    last = torch.cat([network[3].weight[0] / NETWORKS for network in networks])
    made = [values.detach().numpy().astype(np.float32) for values in (first, bias, last)]
    return judged.Judge(numbers, *made)


def _network(given: Any, empty: Any, right: Any, weight: Any) -> Any:
    network = torch.nn.Sequential(
        torch.nn.Linear(given.shape[-1], HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(DROPPED), torch.nn.Linear(HIDDEN, 1)
    )
    steps = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=LOOSE)
    for done in range(ROUNDS):
        for group in steps.param_groups:
            group["lr"] = RATE * (1 - done / ROUNDS)
        for some in torch.split(torch.randperm(len(right)), BATCH):
            weights = network(given[some]).squeeze(-1).masked_fill(empty[some], -1e9)
            loss = torch.nn.functional.cross_entropy(weights, right[some], reduction="none") @ weight[some]
            steps.zero_grad()
            (loss / len(some)).backward()
            steps.step()
    return network.eval()


def report(judge: judged.Judge, seen: Sequence[Example], odds: float, least: float) -> str:
    """Shares of the sound examples that are changed, and of the others that are put right and put wrong."""
    count: Counter[tuple[str, str]] = Counter()
    for each in seen:
        said = "kept"
        if each.choices:
            chances, here, at = judge.compared(each.choices)
            if not each.choices[at].here and chances[at] >= max(least, odds * here):
                said = "right" if at == each.right else "wrong"
        count[each.kind, said] += 1
    kinds = {kind: sum(n for (of, _), n in count.items() if of == kind) for kind in WEIGHT}
    changed = sum(count["sound", said] for said in ("right", "wrong")) / max(1, kinds["sound"])
    rest = [f"{kind} {count[kind, 'right'] / max(1, kinds[kind]):.1%}" for kind in ("plain", "other")]
    wrong = sum(count[kind, "wrong"] for kind in ("plain", "other")) / max(1, kinds["plain"] + kinds["other"])
    return f"odds {odds:g}: sound changed {changed:.2%}; put right: {', '.join(rest)}; put wrong {wrong:.1%}"


def save(judge: judged.Judge, path: Path) -> None:
    names = np.frombuffer("\n".join(judge.numbers).encode(), np.uint8)
    layers = {name: getattr(judge, name).astype(np.float16) for name in ("first", "bias", "last")}
    np.savez_compressed(path, signs=names, **layers)


def halves() -> tuple[list[Example], list[Example]]:
    """The examples of every other held-out row, and of the rest."""
    with HELD_OUT.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    known = terms()
    one, other = ([each for lang in LANGUAGES for each in examples(rows[at::2], lang, known, at)] for at in (0, 1))
    return one, other


def main() -> None:
    one, other = halves()
    print(f"{len(one)} and {len(other)} examples", file=sys.stderr, flush=True)
    half = fit(one)
    for odds in (judged.DUE, judged.PLAIN, 10, judged.OTHER):
        print(report(half, other, odds, judged.LEAST), file=sys.stderr)
    save(fit([*one, *other]), ASSET)
    print(f"{ASSET}: {ASSET.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
