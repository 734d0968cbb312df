"""Russian sentences for training: the genre's rows, UN texts, news, business and product documentation."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Final

from pipeline.languages.russian import syntax
from pipeline.training import clean, corpora, genre

# file, column of the Russian, most sentences
SOURCES: Final = (
    ("un/un_devset.en-ru-zh.tsv.xz", 1, 2_000),
    ("sdg-un/sdg.en-ru-zh.tsv.xz", 1, 720),
    ("sdg-metadata-ru/en-ru.tsv.xz", 1, 1_500),
    ("udhr/udhr.en-ru-zh.tsv.xz", 1, 81),
    ("newstest/newstest.en-ru.tsv.xz", 2, 30_000),
    ("newstest/newstest.ru-en.tsv.xz", 1, 30_000),
    ("news/wmt24.en-ru.src.refA.tsv.xz", 1, 2_000),
    ("news/wmt21.ru-en.src.A.B.tsv.xz", 0, 2_000),
    ("tatoeba/en-ru.tsv.xz", 1, 6_000),
    ("msdocs-ht/zh-ru.tsv.xz", 1, 120_000),
)
_CLEAN: Final = re.compile(r"[А-ЯЁ«\"(—–0-9].{20,600}[.!?»:;)]", re.DOTALL)
GENRE_FILLINGS, GENRE_COPIES = 4, 6  # fillings of a row with slots; times each is shown, with other errors


def fit(text: str, held: Container[str]) -> bool:
    """Is it a Russian sentence of words, and none of the reference sets?"""
    letters = sum("а" <= letter.lower() <= "я" for letter in text)
    return bool(_CLEAN.fullmatch(text)) and letters >= 0.6 * len(text) and clean.key(text) not in held


def rendered(root: Path) -> Iterator[tuple[str, int]]:
    """What systems of WMT 2013-2018 and 2021 made of English news, each text once."""
    held, seen = clean.references(root), set()
    if not (root / "corpora" / "news").is_dir():
        return
    for name in ("systems", "wmt21"):
        for _, row in corpora.read(name, root, 0):
            text = row.get("ru", "").strip()
            if text not in seen and fit(text, held):
                seen.add(text)
                yield text, 1


def texts(root: Path) -> Iterator[tuple[str, int]]:
    """(text, times it is shown), without what stands in the reference sets."""
    held = clean.references(root)
    training, _, _ = genre.expand(GENRE_FILLINGS, 7)
    for _, _, row in training:
        yield row.cells["ru"], GENRE_COPIES
    chooser = random.Random(3)
    for name, column, most in SOURCES:
        path = root / "corpora" / name
        if not path.is_file():
            continue
        with lzma.open(path, "rt", encoding="utf-8") as file:
            lines = file.read().split("\n")
        if len(lines) > 4 * most:
            lines = chooser.sample(lines, 3 * most)
        taken = 0
        for line in lines:
            cells = line.split("\t")
            text = cells[column].strip() if len(cells) > column else ""
            if not fit(text, held):
                continue
            yield text, 5 if name.startswith(("un", "sdg-un")) else 2
            taken += 1
            if taken >= most:
                break


def sentences(root: Path, *, machine: bool = False) -> Iterator[tuple[tuple[str, ...], int]]:
    """(words and marks of one sentence, times it is shown) of what people wrote, or of what machines did."""
    for text, times in rendered(root) if machine else texts(root):
        for found in syntax.sentences(text):
            if 3 <= len(found) <= 90:
                yield tuple(token.text for token in found), times
