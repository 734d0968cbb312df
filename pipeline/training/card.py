"""Phase 9: the shipped asset: the converted model with its card, in assets/compact."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import DataError
from pipeline.training import curve
from pipeline.training.settings import (
    DIRECTIONS,
    PAIRS,
    PLACEHOLDERS,
    ROOT,
    TERM_CLOSE,
    TERM_MID,
    TERM_OPEN,
    TOKENS,
    Settings,
)
from pipeline.training.translate import AGAIN, DECODING

SOURCES = {  # corpus: what it is, licence
    "newstest": ("WMT news test sets 2012-2018, 2020, 2021", "WMT, research use"),
    "systems": ("outputs of systems of WMT 2013-2018, up to three for each sentence", "WMT, research use"),
    "wmt21": ("WMT21 news: references and outputs of leading systems", "WMT, research use"),
    "un": ("UN Parallel Corpus development and test sets, UN documents of 2023, UDHR", "UN terms"),
    "sdg": ("Sustainable Development Goals, their metadata, UNBIS terms", "MIT; UN terms"),
    "official": ("official Chinese-English news items and terms", "official text of the PRC"),
    "news-commentary": ("News-Commentary, first 10,000 pairs", "WMT, research use"),
    "tatoeba": ("Tatoeba sentences", "CC-BY 2.0 FR"),
    "mixed": ("samples of translation2019zh and the Yandex corpus", "research use"),
    "dialogue": ("AI Challenger validation set, OpenSubtitles lines", "research use"),
    "captions": ("3AM image captions", "see its repository"),
    "msdocs": ("Microsoft documentation, human translations, a sample drawn rarely", "CC-BY 4.0, Microsoft"),
}


def figures(settings: Settings) -> dict[str, Any]:
    """What the phases left behind: counts, steps, tokens, scores; empty where a phase has not run."""

    def read(path: Path) -> Any:
        return json.loads(path.read_text("utf-8")) if path.exists() else {}

    folder = settings.folder
    before = read(folder / "train" / "before.card.json").get("training", {})
    steps, pieces, minutes = _trained(folder)
    return {
        "pairs": read(folder / "clean" / "counts.json"),
        "genre": read(folder / "genre.json"),
        "scores": read(folder / "evaluate" / "scores.json"),
        "steps": before.get("steps", 0) + steps,
        "target_pieces": before.get("target_pieces", 0) + pieces,
        "minutes": round(before.get("minutes", 0) + minutes, 1),
    }


def _trained(folder: Path) -> tuple[int, int, float]:
    """Steps, target pieces and minutes of this run, as its checkpoint counts them; DataError where there is none."""
    import torch

    path = folder / "train" / "checkpoint.pt"
    if not path.exists():
        raise DataError(f"{path} is missing", hint="the card tells how long the model was trained: run train first")
    seconds, steps, pieces = torch.load(path, map_location="cpu", weights_only=True, mmap=True)["counters"]
    return steps, pieces, seconds / 60


def data(settings: Settings, found: dict[str, Any], version: str) -> dict[str, Any]:
    """The machine-readable card; the engine reads tokens, terms and directions from it."""
    network = settings.network
    return {
        "name": "palladius-compact",
        "version": version,
        "directions": list(DIRECTIONS),
        "languages": TOKENS,
        "source_format": ["<target token>", "<pieces>", "</s>"],
        "longest_source": 90,
        "terms": {
            "open": TERM_OPEN,
            "mid": TERM_MID,
            "close": TERM_CLOSE,
        },
        "decoding": DECODING,
        "decoding_of_loops": AGAIN,
        "placeholders": list(PLACEHOLDERS),
        "vocabulary": settings.vocabulary.size,
        "architecture": {
            "family": "marian",
            "width": network.width,
            "inner": network.inner,
            "heads": network.heads,
            "encoder_layers": network.encoder_layers,
            "decoder_layers": network.decoder_layers,
            "quantization": "int8",
        },
        "training": {key: found[key] for key in ("steps", "target_pieces", "minutes")},
        "scores": found["scores"],
    }


def _table(scores: dict[str, Any], name: str) -> list[str]:
    rows = ["| direction | lines | BLEU | chrF | outputs with loops |", "|---|---|---|---|---|"]
    for direction, result in scores.get(name, {}).items():
        share = f"{100 * result['loops']:.1f} %"
        rows.append(f"| {direction} | {result['lines']} | {result['bleu']:.1f} | {result['chrf']:.1f} | {share} |")
    return rows


_LIMITS = """It was trained in {minutes:.0f} minutes on {device}, so that the program works without a
network and without downloads. It is a first, very small model: what it writes stays in the target language and on
the topic, short official sentences come out roughly right now and then, and most others do not. It drops and
invents content, the more the longer the sentence, misses rare names, and errs in agreement and numbers. It is
useful to try the program, to carry given terms into the output, and as a starting point for longer training; for
real work put a stronger engine in its place (`palladius engines list`), and never publish its output without a
human translator."""
_NO_GPU = "The run on a GPU (`--large`) has not been made yet."

_PIVOT = """Direct translation beside the same model's way through its own English (BLEU / chrF):"""

_SCALE = """For scale, published on FLORES test (en-ru / ru-en / zh-en / en-zh, another test set): OPUS-MT 25.5 /
29.4 / 23.5 / 32.2, NLLB-600M 26.5 / 32.8 / 24.0 / 30.2."""

_TERMS = """Known names and glossary entries of held-out genre rows that come out in any of their forms, and in
the form of the reference, without and with annotation in the source:"""

_RECIPE = """Post-norm transformer, width {width}, inner {inner}, {heads} heads, {encoder_layers} encoder and
{decoder_layers} decoder layers, swish, tied embeddings, one SentencePiece vocabulary of {pieces:,} pieces with
byte fallback; the target language is the first source token. The embeddings start from cross-lingual vectors
(singular vectors of the sentence matrix, smoothed over an IBM-2 translation table) and the attention from
positions, so that the untrained network is already a rough word-by-word translator; one attention head of the
last decoder layer is guided by the word links and serves as word alignment. AdamW, {steps:,} steps,
{target_pieces:,} target pieces, {minutes:.0f} minutes on {device}, bf16 or float32; exponential average of the weights.
Terms: the target's dictionary form in the source between marks (Bergmanis and Pinnis 2021), in {annotated:.0%} of
the sentences."""

_DATA = """Pairs after cleaning; how often each corpus is drawn stands in the settings (configs/training.toml).
Every sentence that occurs in a reference set (NTREX, TICO-19, XQuAD, WMT22, WMT23, embassy) on either side was
removed. WMT24, whose files ask to be kept out of training, was not used."""

_LICENCE = """Several of the corpora are for research use: train anew from corpora of your own before using a
model like this commercially (`make model`)."""


def _term_table(scores: dict[str, Any]) -> list[str]:
    rows = [
        "| direction | terms | any form, plain | any form, annotated | right form, plain | right form, annotated |",
        "|---|---|---|---|---|---|",
    ]
    order = [f"{name}_{what}" for what in ("any_form", "right_form") for name in ("plain", "annotated")]
    for direction, result in scores["terms"].items():
        rows.append(f"| {direction} | {result['terms']} | {' | '.join(f'{result[cell]:.0%}' for cell in order)} |")
    return rows


def _pivot_table(scores: dict[str, Any]) -> list[str]:
    rows = ["| set | direction | direct | through English |", "|---|---|---|---|"]
    for name, made in scores["pivot"].items():
        for direction, other in made.items():
            direct = scores[name][direction]
            both = [f"{result['bleu']:.1f} / {result['chrf']:.1f}" for result in (direct, other)]
            rows.append(f"| {name} | {direction} | {' | '.join(both)} |")
    return rows


def _data_table(settings: Settings, found: dict[str, Any]) -> list[str]:
    pairs: Counter[str] = Counter()
    for name, count in found["pairs"].items():
        pair, corpus = name.split(" ", 1)
        pairs[f"{corpus.removesuffix('-joined')} {pair}"] += count
    names = ["-".join(pair) for pair in PAIRS]
    rows = [f"| corpus | {' | '.join(names)} | what | licence |", "|---|---|---|---|---|---|"]
    for corpus in settings.corpora:
        what, licence = SOURCES.get(corpus, ("", ""))
        counts = " | ".join(f"{pairs[f'{corpus} {pair}']:,}" for pair in names)
        rows.append(f"| {corpus} | {counts} | {what} | {licence} |")
    genre = found["genre"]
    counts = " | ".join(f"{genre.get(pair, 0):,}" for pair in names)
    what = f"written for the project: {genre.get('rows', 0):,} rows, {genre.get('held_out', 0)} held out, slots filled"
    return [*rows, f"| genre | {counts} | {what} by a generator | Apache-2.0 |"]


def text(settings: Settings, found: dict[str, Any], version: str) -> str:
    """The card for people."""
    scores = found["scores"]
    cpu = settings.training.device == "cpu"
    device = "two shared CPU cores" if cpu else "one GPU"
    limits = _LIMITS.format(minutes=found["minutes"], device=device)
    recipe = _RECIPE.format(
        **vars(settings.network),
        pieces=settings.vocabulary.size,
        device=device,
        annotated=settings.training.annotated,
        **{key: found[key] for key in ("steps", "target_pieces", "minutes")},
    )
    part = f", its first {settings.ntrex_lines} lines" if settings.ntrex_lines else ""
    parts: list[list[str]] = [
        ["# The bundled model: palladius-compact"],
        [f"Version {version}. One small Marian network for six directions, zh, ru and en, CTranslate2 int8."],
        ["## What it is good for, and what not"],
        [limits, *([_NO_GPU] if cpu else [])],
        ["## Scores"],
        [
            "Of a beam of 6 what its renderings agree on (as the engine does), detokenised outputs, one reference; "
            "sacrebleu signatures are in card.json."
        ],
        [f"NTREX-128{part} (general news; watched during training, never trained on):"],
        _table(scores, "ntrex"),
        ["Held-out rows of the project's genre corpus, every tenth of each topic, by the same writers as the rest:"],
        _table(scores, "genre"),
        ["Embassy texts (on this set NLLB has 15.8 BLEU / 49.8 chrF, Google 25.0 / 59.9):"],
        _table(scores, "embassy"),
        [_SCALE],
        *([[_PIVOT], _pivot_table(scores)] if scores.get("pivot") else []),
        *([[_TERMS], _term_table(scores)] if scores.get("terms") else []),
        ["## How it was made"],
        [recipe],
        *([[settings.notes]] if settings.notes else []),
        ["![learning curves](curve.svg)"],
        ["## Data"],
        [_DATA],
        _data_table(settings, found),
        [_LICENCE],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def run(settings: Settings) -> dict[str, Any]:
    """Copies the converted model into the assets and writes card.md, card.json and curve.svg; returns the bytes."""
    source = settings.folder / "model" / "ct2"
    target = ROOT / settings.assets / "compact"
    target.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        shutil.copyfile(path, target / path.name)
    found, version = figures(settings), datetime.now(UTC).strftime("%Y.%m.%d")
    (target / "card.json").write_text(
        json.dumps(data(settings, found, version), ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    (target / "card.md").write_text(text(settings, found, version), "utf-8")
    folder = settings.folder / "train"
    before = folder / "before.card.json"
    minutes = json.loads(before.read_text("utf-8"))["training"]["minutes"] if before.exists() else 0.0
    points = curve.behind(curve.load(folder / "before.curve.json"), minutes, curve.read(folder / "log.jsonl"))
    curve.write(target / "curve.json", *points)
    (target / "curve.svg").write_text(curve.draw(*points), "utf-8")
    return {"bytes": sum(path.stat().st_size for path in target.iterdir())}
