"""Families of sequence-to-sequence models and how each is told the languages.

Marian: Tiedemann 2020 (">>rus<<"); M2M-100: Fan et al. 2020; NLLB: NLLB Team 2022; MADLAD-400: Kudugunta et al. 2023
("<2ru>", T5); mBART-50: Tang et al. 2020.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.engines.base import ALL, Direction
from pipeline.model import LANGS, Lang


@dataclass(frozen=True, slots=True)
class Family:
    """tag_source: the source language's token stands before the source; prefix: the target language's token stands
    before the source; start: it starts the target."""

    name: str
    codes: dict[str, str]
    tag_source: bool = False
    prefix: bool = False
    start: bool = False


MARIAN = Family("marian", {"zh": ">>zho<<", "ru": ">>rus<<", "en": ">>eng<<"}, prefix=True)
M2M = Family("m2m100", {"zh": "__zh__", "ru": "__ru__", "en": "__en__"}, tag_source=True, start=True)
NLLB = Family("nllb", {"zh": "zho_Hans", "ru": "rus_Cyrl", "en": "eng_Latn"}, tag_source=True, start=True)
MBART = Family("mbart50", {"zh": "zh_CN", "ru": "ru_RU", "en": "en_XX"}, tag_source=True, start=True)
MADLAD = Family("madlad", {"zh": "<2zh>", "ru": "<2ru>", "en": "<2en>"}, prefix=True)
FAMILIES = {family.name: family for family in (MARIAN, M2M, NLLB, MBART, MADLAD)}


def of_vocabulary(tokens: Iterable[str]) -> Family:
    """The family whose Russian token the vocabulary holds; Marian where it holds none (one language pair)."""
    known = set(tokens)
    for family in (NLLB, M2M, MBART, MADLAD, MARIAN):
        if family.codes["ru"] in known or family.codes["zh"] in known:
            return family
    return MARIAN


def of_config(config: dict[str, Any], tokens: Iterable[str], tokenizer: str) -> Family:
    """By model_type of a Hugging Face config; M2M-100 and NLLB share one and differ in their tokenizers."""
    kind = str(config.get("model_type", ""))
    if kind == "m2m_100":
        return NLLB if tokenizer.startswith("Nllb") else M2M
    known = {"marian": MARIAN, "mbart": MBART, "t5": MADLAD, "mt5": MADLAD, "umt5": MADLAD}
    return known.get(kind) or of_vocabulary(tokens)


def directions(family: Family, name: str, tokens: Iterable[str]) -> frozenset[Direction]:
    """What the model translates: a Marian model of one pair says so in its name (opus-mt-zh-en)."""
    if family is not MARIAN:
        return ALL
    pair = re.search(r"(?:^|[-_/])(zh|zho|ru|rus|en|eng)-(zh|zho|ru|rus|en|eng)(?:$|[-_/])", name.lower())
    if pair is not None:
        short: dict[str, Lang] = {"zho": "zh", "rus": "ru", "eng": "en", "zh": "zh", "ru": "ru", "en": "en"}
        return frozenset({(short[pair.group(1)], short[pair.group(2)])})
    known = set(tokens)
    targets = [lang for lang in LANGS if family.codes[lang] in known]
    return frozenset((a, b) for a, b in ALL if not targets or b in targets)


def read_json(path: Path) -> Any:
    """The file's JSON, or {} where there is none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
