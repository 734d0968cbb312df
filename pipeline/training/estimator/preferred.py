"""Renderings of one sentence graded against a human translation, for Chinese and Russian, where nobody judged any.

WMT24 has human translations of one English text into both languages, and some twenty systems' translations of it into
each. With the human Chinese as source, the systems' Russian is a set of Chinese-Russian renderings from very bad to
very good, made by other means than word-for-word from the Chinese; sentence chrF (Popović 2015) against the human
Russian grades them. The human translation itself stands above them all: a free rendering by a person is no fault. The
bundled model's renderings of official texts are graded in the same way.
"""

from __future__ import annotations

import json
import math
import random
import statistics
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.model import Lang
from pipeline.training.corpora import lines, script
from pipeline.training.estimator.data import Example, normal

HUMAN = 1.2  # where a human translation stands, in standard deviations
GAP = 9.0  # points of chrF that are one standard deviation, between renderings of one sentence
EACH = 5  # systems drawn for a sentence
LONGEST = 600  # characters


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
    yield Example(name, pair, source, reference, 100.0, math.nan, group, HUMAN, system="reference")


def shared(root: Path, pair: tuple[Lang, Lang], seed: int = 1) -> list[Example]:
    """WMT24 outputs in pair[1] with the human translation of the same English sentence in pair[0] as source."""
    folder = root / "corpora" / "news"
    source, target = pair
    ours = [row[:2] for row in lines(folder / f"wmt24.en-{target}.src.refA.tsv.xz")]
    theirs = {normal(row[0]): row[1] for row in lines(folder / f"wmt24.en-{source}.src.refA.tsv.xz")}
    table = list(lines(folder / f"wmt24.en-{target}.systems.tsv.xz"))
    names, outputs = table[0], table[1:]
    chooser = random.Random(f"{seed} {pair}")
    made: list[Example] = []
    for number, ((english, reference), row) in enumerate(zip(ours, outputs, strict=True)):
        left = theirs.get(normal(english), "")
        if script(left) != source or script(reference) != target or len(reference) > LONGEST:
            continue
        usable = [n for n, text in enumerate(row) if text.strip() and len(text) <= 2 * LONGEST and text != reference]
        drawn = chooser.sample(usable, min(EACH, len(usable)))
        texts = {names[n]: row[n] for n in drawn}
        made += graded(f"graded {source}-{target}", pair, left, reference, texts, f"wmt24 {number // 8}")
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


def _drawn(engine: object, texts: list[str], target: Lang) -> list[str]:
    from pipeline.engines.compact import Compact

    assert isinstance(engine, Compact)
    pieces, token = engine._pieces, engine._card["languages"][target]
    sources = [[token, *pieces.encode(text, out_type=str), "</s>"] for text in texts]
    found = engine._translator.translate_batch(
        sources, beam_size=1, sampling_topk=8, sampling_temperature=1.1, max_decoding_length=200, max_batch_size=32
    )
    return [pieces.decode(result.hypotheses[0]) for result in found]
