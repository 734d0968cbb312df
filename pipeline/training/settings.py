"""Settings of a training run: one TOML file, read into frozen dataclasses; an unknown key is an error."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import PalladiusError

ROOT = Path(__file__).resolve().parents[2]
PAIRS = (("zh", "ru"), ("zh", "en"), ("en", "ru"))
DIRECTIONS = ("zh-ru", "ru-zh", "zh-en", "en-zh", "en-ru", "ru-en")
TOKENS = {"zh": ">>zho<<", "ru": ">>rus<<", "en": ">>eng<<"}
# Marks of an annotated term in the source: OPEN source words MID target lemma CLOSE; symbols are the marks less blanks.
TERM_OPEN, TERM_MID, TERM_CLOSE = "<t> ", "<l> ", "</t>"
PLACEHOLDERS = tuple(f"<x{n}>" for n in range(10))


def data_root() -> Path:
    """Folder of the corpora: $PALLADIUS_DATA, by default ../shared/data beside the repository."""
    return Path(os.environ.get("PALLADIUS_DATA", str(ROOT.parent / "shared" / "data")))


@dataclass(frozen=True)
class Vocabulary:
    size: int = 16000
    sentences: int = 400_000
    official: int = 10  # how often the genre rows and glossary cells are repeated in the sample


@dataclass(frozen=True)
class Alignment:
    sentences: int = 120_000  # per pair
    iterations: int = 5
    longest: int = 50


@dataclass(frozen=True)
class Network:
    width: int = 384
    inner: int = 1536
    heads: int = 6
    encoder_layers: int = 3
    decoder_layers: int = 1
    positions: int = 512


@dataclass(frozen=True)
class Training:
    minutes: float = 90.0
    batch_tokens: int = 2500
    rate: float = 2e-3
    embedding_rate: float = 1e-3
    warmup: int = 300
    muon: bool = False
    dropout: float = 0.05
    smoothing: float = 0.1
    guided: float = 0.5
    annotated: float = 0.33
    candidates: int = 1500
    decay: float = 0.999
    evaluate_minutes: float = 15.0
    save_minutes: float = 4.0
    threads: int = 2
    device: str = "cpu"
    seed: int = 1
    shares: dict[str, float] = field(default_factory=lambda: dict.fromkeys(DIRECTIONS, 1.0))


@dataclass(frozen=True)
class Settings:
    work: str = "../train"
    assets: str = "pipeline/assets"
    start: str = ""  # folder of a shipped model, from the repository's root, whose vocabulary and weights to go on from
    annotated: int = 25_000  # annotated general rows a direction
    notes: str = ""  # what the card should say about the run besides
    ntrex_lines: int = 0  # lines of NTREX the final evaluation takes; 0 for all
    genre_fillings: int = 30  # how often a genre row with slots is filled
    carried: int = 400  # how often a carrier sentence is filled
    corpora: dict[str, int] = field(default_factory=dict)  # corpus name -> most pairs taken from it
    weights: dict[str, float] = field(default_factory=dict)  # corpus name -> how often a pair is drawn
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    alignment: Alignment = field(default_factory=Alignment)
    network: Network = field(default_factory=Network)
    training: Training = field(default_factory=Training)

    @property
    def folder(self) -> Path:
        path = (ROOT / self.work).resolve()
        path.mkdir(parents=True, exist_ok=True)
        return path


T = TypeVar("T")
_PARTS: dict[str, type[Any]] = {
    "vocabulary": Vocabulary,
    "alignment": Alignment,
    "network": Network,
    "training": Training,
}


def _build(kind: type[T], values: dict[str, Any], where: str) -> T:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    for key in values:
        if key not in known:
            raise PalladiusError(f"{where}: unknown key {key!r}", hint=f"known keys: {', '.join(sorted(known))}")
    return kind(**values)


def _raw(path: Path) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PalladiusError(f"{path}: {error}") from error
    base = raw.pop("base", "")
    if not base:
        return raw
    held = _raw(path.parent / base)
    return held | {key: held.get(key, {}) | value if isinstance(value, dict) else value for key, value in raw.items()}


def load(path: Path) -> Settings:
    """Settings from a TOML file; raises PalladiusError for a missing file or an unknown key.

    `base` names a file beside it whose settings hold where it says nothing, table by table.
    """
    values: dict[str, Any] = {}
    for key, value in _raw(path).items():
        values[key] = _build(_PARTS[key], value, f"{path}: [{key}]") if key in _PARTS else value
    return _build(Settings, values, str(path))
