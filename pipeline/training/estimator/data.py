"""Human judgments of translations, in one form: what was scored, how well, would it be edited, and by which document.

Scores become "better than the average of its set, in standard deviations": direct assessment as it stands, penalties
for ten words of the target after log(1 + p), which tames the long tail. `edit` is 1 where a person changed more than a
fifth of the words (HTER > 0.2) or marked a major error, else 0.
"""

from __future__ import annotations

import csv
import io
import lzma
import math
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model import Lang
from pipeline.training.corpora import lines

# The word tables were trained on the outputs of these systems on WMT21 too: their words would look better explained
# than those of unseen text.
SEEN = ("Facebook-AI", "Online-W", "NiuTrans", "SMU", "NVIDIA-NeMo", "Nemo", "WeChat-AI", "HappyNewYear")
HTER = 0.2
HTER_WORDS = (
    0.35  # the training part of en-zh was counted in words, its development part in characters: as many are above
)
MOST = {"mlqe": 6000, "ted": 2500, "news": 4000, "moved": 5000}  # rows of a set that are used


@dataclass(frozen=True, slots=True)
class Example:
    """`raw` is the penalty or score as published; `z` is normalised, higher is better; a `group` is never split."""

    name: str
    pair: tuple[Lang, Lang]
    source: str
    target: str
    raw: float
    edit: float  # 1, 0, or NaN where nobody said
    group: str
    z: float = math.nan
    weight: float = 1.0
    system: str = ""


def normal(text: str) -> str:
    """A source as a key: letters and digits alone."""
    return re.sub(r"[\W_]+", "", text).lower()


def words(text: str, language: str) -> float:
    """Length in words; 1.7 characters of Chinese are one."""
    return sum("\u3400" <= c <= "\u9fff" for c in text) / 1.7 if language == "zh" else len(text.split())


def _table(path: Path) -> list[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(io.StringIO(stream.read())))


def _plain(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return stream.read().splitlines()


def standard(examples: list[Example], transform: Callable[[float], float]) -> list[Example]:
    values = [transform(example.raw) for example in examples]
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) or 1.0
    return [replace(e, z=max(-3.5, min(3.5, (v - mean) / spread))) for e, v in zip(examples, values, strict=True)]


def mqm(value: float) -> float:
    """A penalty as a score: minus log(1 + p)."""
    return -math.log1p(max(0.0, value))


def mlqe(root: Path, pair: str, part: str) -> list[Example]:
    """MLQE-PE (Fomicheva et al. 2022): direct assessments with the post-edits' HTER."""
    source, target = pair.split("-")
    folder = root / "mlqe-pe" / "direct-assessments" / part / f"{pair}-{part}"
    (table,) = folder.glob("*.tsv.xz")
    documents = _plain(folder / f"{part}.doc_ids.xz")[1:]
    hters = _plain(root / "mlqe-pe" / "post-editing" / part / f"{pair}-{part}" / f"{part}.hter.xz")
    rows = list(lines(table))[1:]
    limit = HTER_WORDS if (pair, part) == ("en-zh", "train") else HTER
    made = [
        Example(f"mlqe {pair}", (source, target), row[1], row[2], float(row[6]), float(float(hter) > limit), document)  # type: ignore[arg-type]
        for row, hter, document in zip(rows, hters, documents, strict=True)
    ]
    return standard(made, lambda v: v)


def spans(path: Path, pair: str, name: str) -> list[Example]:
    """MQM error spans (Freitag et al. 2021): minor 1, major 5, repeated spans once; raters of one row averaged."""
    source, target = pair.split("-")
    found: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    about: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for row in lines(path):
        system = row[0].removeprefix("hyp.")
        if system == "mt_system":
            continue
        errors = set(zip(row[6].split(), row[7].split(), row[8].split(), strict=False))
        cost = sum({"minor": 1.0, "major": 5.0, "critical": 25.0}.get(kind, 0.0) for _, _, kind in errors)
        key = (system, row[1], row[2])
        found.setdefault(key, []).append((cost, float(cost >= 5)))
        about[key] = (row[4], row[5], row[1])
    made = []
    for key, costs in found.items():
        left, right, document = about[key]
        raw, edit = (sum(c[n] for c in costs) / len(costs) for n in (0, 1))
        raw *= 10 / max(3, words(right, target))
        made.append(Example(name, (source, target), left, right, raw, float(edit >= 0.5), document, system=key[0]))  # type: ignore[arg-type]
    return standard(made, mqm)


def scores(path: Path, pair: str, name: str) -> list[Example]:
    """MQM segment scores of the quality estimation task 2022, 100 (1 - penalty / words); several raters averaged."""
    source, target = pair.split("-")
    found: dict[tuple[str, str], list[float]] = {}
    for row in _table(path):
        found.setdefault((row["src"], row["mt"]), []).append(float(row["score"]))
    made = [
        Example(name, (source, target), left, right, cost * 10, float(cost * words(right, target) >= 4.99), left)  # type: ignore[arg-type]
        for (left, right), v in found.items()
        for cost in ((100 - sum(v) / len(v)) / 100,)
    ]
    return standard(made, mqm)


def assessed(root: Path, corpora: Path, pair: str, most: int, seed: int = 1) -> list[Example]:
    """Direct assessment of WMT21 (Akhbardeh et al. 2021), joined with the systems' outputs; a sample of `most` rows."""
    source, target = pair.split("-")
    news = corpora / "news"
    (texts,) = news.glob(f"wmt21.{pair}.src.*.tsv.xz")
    left = [row[0] for row in lines(texts)]
    table = list(lines(news / f"wmt21.{pair}.systems.tsv.xz"))
    names, outputs = table[0], table[1:]
    made = []
    for line in _plain(root / "wmt21-da" / f"ad-seg-scores-{pair}.csv.xz")[1:]:
        system, number, _, z, _ = line.split()
        name = system.rpartition(".")[0]
        if name in names and name not in SEEN:
            at = int(number) - 1
            text = outputs[at][names.index(name)]
            group = f"{at // 12}"
            made.append(
                Example(f"da21 {pair}", (source, target), left[at], text, float(z), math.nan, group, system=name)  # type: ignore[arg-type]
            )
    made = random.Random(seed).sample(made, min(most, len(made)))
    return standard(made, lambda v: v)


def moved(examples: Iterable[Example], corpora: Path, source: Lang) -> Iterator[Example]:
    """Judged WMT21 translations from English with the human translation of the same sentence into a third language as
    source: the nearest thing to human scores where there are none."""
    target = next(iter({e.pair[1] for e in examples}))
    held = {normal(row[0]): row[1] for row in lines(next((corpora / "news").glob(f"wmt21.en-{source}.src.*.tsv.xz")))}
    for example in examples:
        other = held.get(normal(example.source))
        if other:
            yield replace(example, name=f"moved {source}-{target}", pair=(source, target), source=other)


def training(root: Path) -> list[Example]:
    """Everything that is trained on. A source that stands in a development set is left out."""
    quality, corpora = root / "quality", root / "corpora"
    made = mlqe(quality, "en-zh", "train") + mlqe(quality, "ru-en", "train")
    mqm_spans = quality / "wmt-mqm-spans" / "train"
    ted = spans(mqm_spans / "2021_TED_en-ru_processed.tsv.xz", "en-ru", "ted en-ru")
    ted += spans(mqm_spans / "2021_TED_zh-en_processed.tsv.xz", "zh-en", "ted zh-en")
    news = spans(mqm_spans / "2021_en-ru_processed.tsv.xz", "en-ru", "news en-ru")
    chinese = spans(mqm_spans / "2021_zh-en_processed.tsv.xz", "zh-en", "news zh-en")
    unseen = [e for e in news + chinese if e.system not in SEEN and not e.system.startswith("ref")]
    russian = [e for e in unseen if e.pair == ("en", "ru")]
    made += ted + unseen + list(moved(russian, corpora, "zh"))
    made += assessed(quality, corpora, "ru-en", 3500) + assessed(quality, corpora, "zh-en", 3500)
    held_out = {normal(e.source) for e in development(root)}
    by_set: dict[str, list[Example]] = {}
    for example in made:
        if normal(example.source) not in held_out:
            by_set.setdefault(example.name, []).append(example)
    chooser = random.Random(1)
    return [
        example
        for name, found in by_set.items()
        for example in chooser.sample(found, min(len(found), MOST.get(name.split()[0], len(found))))
    ]


def development(root: Path) -> list[Example]:
    """Held-out human scores: the official development parts."""
    quality = root / "quality"
    made = mlqe(quality, "en-zh", "dev") + mlqe(quality, "ru-en", "dev")
    folder = quality / "wmt-mqm-scores" / "dev"
    made += scores(folder / "en-ru-mqm.2022_dev.csv.xz", "en-ru", "mqm22 en-ru")
    return made + scores(folder / "zh-en-mqm.2022_dev.csv.xz", "zh-en", "mqm22 zh-en")
