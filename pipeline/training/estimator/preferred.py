"""Renderings of one sentence, graded against a human translation: Chinese into Russian, where nobody judged any.

The bundled model translates official texts and news twice: the best of its beam, and a drawn translation that is
mostly worse. The systems of WMT21 and WMT24 translated English sentences that people put into Chinese too. Sentence
chrF (Popović 2015) against the human translation grades them. The human translation itself stands above them: a free
rendering by a person is no fault. The project's annotated texts have a sound and a weak rendering of each sentence.
From pairs of them all an additive logistic model learns what tells two renderings of one sentence apart.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
import random
import re
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.model import Lang, Severity
from pipeline.quality import features, preference
from pipeline.quality.features import NAMES
from pipeline.training.corpora import lines
from pipeline.training.estimator import corrupt
from pipeline.training.estimator.data import Example
from pipeline.training.settings import ROOT

WEAK = ROOT / "pipeline" / "training" / "weak"
SEVERITIES = {"C": Severity.CRITICAL, "M": Severity.MAJOR, "m": Severity.MINOR}
REFERENCE = "reference"
HUMAN = 1.2  # where a human translation stands, in standard deviations
GAP = 9.0  # points of chrF that are one standard deviation, between renderings of one sentence
CLEAR = 0.4  # pairs that differ by less are left out
# what a pair counts for: of a person and a machine in the annotated texts, of two of their weak or damaged versions,
# of two machines, of a person and a machine whose rendering was graded
KINDS = {"annotated": 1.0, "damaged": 0.5, "machines": 1.5, "person": 0.15}
RIDGE, SMOOTH = 1.0, 3.0  # on the slopes, and on how much neighbouring slopes of a feature differ
RENDERED = 700  # sentences of a direction that the bundled model translates
LONGEST = {"zh": 110, "ru": 250, "en": 250}  # characters of such a sentence
BELOW = 1.0  # how far below the systems of WMT the bundled model stands, in standard deviations
CLOSE = {"ru": 60.0, "en": 60.0, "zh": 45.0}  # chrF from which a person may leave a rendering as it is
SYSTEMS, SOURCES, LENGTHS = 4, 1000, (15, 180)  # of WMT: a sentence's systems, sentences a year, characters of a source


def graded(
    name: str, pair: tuple[Lang, Lang], source: str, reference: str, outputs: Mapping[str, str], group: str
) -> Iterator[Example]:
    """The human translation and the outputs (by system) of one sentence; `raw` is chrF."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    found = {system: metric.sentence_score(text, [reference]).score for system, text in outputs.items()}
    if not found:
        return
    middle = statistics.fmean(found.values())
    for system, score in found.items():
        z = max(-2.5, min(HUMAN - 0.1, (score - middle) / GAP - 0.2))
        yield Example(name, pair, source, outputs[system], score, math.nan, group, z, system=system)
    yield Example(name, pair, source, reference, 100.0, math.nan, group, HUMAN, system=REFERENCE)


def annotated(folder: Path = WEAK) -> list[Example]:
    """Sound and weak renderings of the project's own annotated texts (id, source, good, weak, note), where the weak one
    has an error that is more than a matter of style."""
    made = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            name, source, good, weak, _ = line.split("\t")
            errors = [float(features.WEIGHTS[SEVERITIES[mark]]) for mark in re.findall("⟦([CMm]):", weak)]
            if errors:
                group, worse = f"annotated {name.split('-')[0]}", -min(2.0, 0.5 + math.log1p(sum(errors)) / 2)
                text = re.sub("⟦[CMmn]:([^⟧]*)⟧", r"\1", weak)
                pair: tuple[Lang, Lang] = ("zh", "ru")
                sound = Example("annotated", pair, source, good, 100.0, 0.0, group, 1.0, system=REFERENCE)
                edit = 1.0 if max(errors) > features.WEIGHTS[Severity.MINOR] else math.nan
                made += [sound, dataclasses.replace(sound, target=text, raw=0.0, edit=edit, z=worse, system="weak")]
    return made


def damaged(examples: Sequence[Example], times: int = 1) -> list[Example]:
    """The sound renderings among `examples` with words dropped, put in, left untranslated and the like: a rendering
    that is short or free is not to pass for a good one by that alone."""
    sound = [example for example in examples if example.system == REFERENCE]
    made = []
    for number, example in enumerate(sound):
        chooser = random.Random(f"damage {example.source}")
        row = corrupt.Row(example.source, example.target, example.pair, sound[number - 1].target)
        for kind in chooser.sample(sorted(corrupt.DAMAGES), times) if row.solid else ():
            damage, weight = corrupt.DAMAGES[kind]
            text = damage(chooser, row)
            if text != example.target:
                worse = -min(2.0, 0.5 + math.log1p(weight) / 2)
                made.append(dataclasses.replace(example, target=text, raw=0.0, edit=math.nan, z=worse, system=kind))
    return made


def rendered(path: Path) -> list[Example]:
    """Renderings kept by `render`, graded; [] where there are none."""
    made: list[Example] = []
    if not path.is_file():
        return made
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        source, target, left, right, *outputs = json.loads(line)
        texts = {f"compact {n}": text for n, text in enumerate(outputs) if text.strip() and text != right}
        made += graded(f"rendered {source}-{target}", (source, target), left, right, texts, f"rendered {number}")
    return made


def weak(path: Path) -> list[Example]:
    """Renderings kept by `render` as judgments: the human translation, and below the systems of WMT the bundled
    model's, which a person would have to change wherever they are not near it."""
    made = []
    for example in rendered(path):
        person = example.system == REFERENCE
        close = CLOSE.get(example.pair[1], CLOSE["ru"])
        edit = 0.0 if person else 1.0 if example.raw < close else math.nan
        z = HUMAN if person else max(-2.5, example.z - BELOW)
        made.append(dataclasses.replace(example, edit=edit, z=z))
    return made


def systems(corpora: Path) -> list[Example]:
    """What systems of WMT21 and WMT24 made of English sentences, with the human Chinese as their source, graded."""
    made: list[Example] = []
    chooser = random.Random("systems")
    for year, human in (("21", "A.B"), ("24", "refA")):
        names, *outputs = lines(corpora / "news" / f"wmt{year}.en-ru.systems.tsv.xz")
        russian = list(lines(corpora / "news" / f"wmt{year}.en-ru.src.{human}.tsv.xz"))
        chinese = list(lines(corpora / "news" / f"wmt{year}.en-zh.src.{human}.tsv.xz"))
        usable = [
            n
            for n, (found, left, right) in enumerate(zip(outputs, chinese, russian, strict=True))
            if left[0] == right[0] and len(found) == len(names) and LENGTHS[0] <= _han(left[1]) <= LENGTHS[1]
        ]
        for n in chooser.sample(usable, min(SOURCES, len(usable))):
            chosen = chooser.sample(range(len(names)), SYSTEMS)
            texts = {names[at]: outputs[n][at] for at in chosen if outputs[n][at].strip()}
            made += graded("systems zh-ru", ("zh", "ru"), chinese[n][1], russian[n][1], texts, f"wmt{year} {n}")
    return made


def _han(text: str) -> int:
    return sum("\u3400" <= char <= "\u9fff" for char in text)


def render(pairs: Iterable[tuple[str, str]], direction: tuple[Lang, Lang], path: Path) -> None:
    """Writes a JSON line [source language, target language, source, reference, rendering, rendering] for each pair:
    the bundled model's best of a beam of three, and one drawn from its eight likeliest pieces at temperature 1.1."""
    from pipeline.engines.base import Request, make

    rows = list(pairs)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = make("compact", {"beam": 3, "threads": 1})
    best = engine.translate([Request(left) for left, _ in rows], *direction)
    drawn = _drawn(engine, [left for left, _ in rows], direction[1])
    with path.open("w", encoding="utf-8") as stream:
        for (left, right), one, two in zip(rows, best, drawn, strict=True):
            stream.write(json.dumps([*direction, left, right, one.text, two], ensure_ascii=False) + "\n")


def kept(root: Path, pair: tuple[Lang, Lang], work: Path) -> Path:
    """The file of what `render` made of human translations of a direction: once, then kept in the work folder."""
    path = work / f"rendered-{'-'.join(pair)}.jsonl"
    if not path.is_file():
        chooser = random.Random("renderings")
        short = [row for row in corrupt.references(root, pair, 2500, chooser) if len(row[0]) <= LONGEST[pair[0]]]
        render(chooser.sample(short, min(RENDERED, len(short))), pair, path)
    return path


def _drawn(engine: object, texts: list[str], target: Lang) -> list[str]:
    from pipeline.engines.compact import Compact

    assert isinstance(engine, Compact)
    pieces, token = engine._pieces, engine._card["languages"][target]
    sources = [[token, *pieces.encode(text, out_type=str), "</s>"] for text in texts]
    found = engine._translator.translate_batch(
        sources, beam_size=1, sampling_topk=8, sampling_temperature=1.1, max_decoding_length=200, max_batch_size=32
    )
    return [pieces.decode(result.hypotheses[0]) for result in found]


def pairs(examples: Sequence[Example]) -> list[tuple[int, int, float]]:
    """(better, worse, weight) for the renderings of each sentence that differ clearly."""
    held: dict[str, list[int]] = {}
    for place, example in enumerate(examples):
        held.setdefault(example.source, []).append(place)
    made = []
    for group in held.values():
        for one, two in itertools.combinations(group, 2):
            gap = examples[one].z - examples[two].z
            if abs(gap) >= CLEAR:
                better, worse = (one, two) if gap > 0 else (two, one)
                made.append((better, worse, min(2.0, abs(gap)) * KINDS[_kind(examples[one], examples[two])]))
    return made


def _kind(one: Example, two: Example) -> str:
    by = {one.system, two.system}
    if "annotated" in (one.name, two.name):
        return "annotated" if by == {REFERENCE, "weak"} else "damaged"
    return "person" if REFERENCE in by else "machines"


def learn(examples: Sequence[Example], table: Any) -> Any:
    """(2 + stretches, columns) mean, spread and slopes, by logistic regression on differences of the pairs (Bradley and
    Terry 1952); `table` (n, preference.COLUMNS).

    No flag may speak for a rendering, whatever the pairs say, nor trees and wording against it; what the source alone
    says counts for nothing.
    """
    from scipy.optimize import minimize

    mean, spread = np.nan_to_num(np.nanmean(table, 0)), np.nan_to_num(np.nanstd(table, 0)) + 1e-9
    stretches = len(preference.BENDS) - 1
    learned = np.vstack([mean, spread, np.zeros((stretches, len(mean)))])
    values = preference.pieces(preference.scaled(table, learned)).reshape(len(table), -1)
    found = pairs(examples)
    gaps = np.stack([values[better] - values[worse] for better, worse, _ in found])
    weights = np.array([weight for *_, weight in found])

    def cost(beta: Any) -> tuple[float, Any]:
        sums = gaps @ beta
        slopes = beta.reshape(-1, stretches)
        bends = np.diff(slopes, axis=1)
        lost = (weights * np.logaddexp(0, -sums)).sum() + RIDGE * (beta @ beta) + SMOOTH * (bends**2).sum()
        turned = np.zeros_like(slopes)
        turned[:, 1:] += 2 * SMOOTH * bends
        turned[:, :-1] -= 2 * SMOOTH * bends
        slope = -(gaps * (weights / (1 + np.exp(sums)))[:, None]).sum(0) + 2 * RIDGE * beta + turned.ravel()
        return float(lost), slope

    bounds = [_bounds(name) for name in preference.COLUMNS for _ in range(stretches)]
    fitted = minimize(cost, np.zeros(gaps.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    learned[2:] = fitted.x.reshape(-1, stretches).T
    return learned


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name.startswith(("source_", "from_", "to_")):
        return 0.0, 0.0
    if name not in NAMES:
        return 0.0, None
    return (None, 0.0) if name.startswith("flags_") else (None, None)
