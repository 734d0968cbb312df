"""Russian sentences for training: the genre's rows, UN texts, news, business and product documentation."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.languages.russian import syntax
from pipeline.training import clean, genre

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
            letters = sum("а" <= letter.lower() <= "я" for letter in text)
            if not _CLEAN.fullmatch(text) or letters < 0.6 * len(text) or clean.key(text) in held:
                continue
            yield text, 5 if name.startswith(("un", "sdg-un")) else 2
            taken += 1
            if taken >= most:
                break


def sentences(root: Path) -> Iterator[tuple[tuple[str, ...], int]]:
    """(words and marks of one sentence, times it is shown)."""
    for text, times in texts(root):
        for found in syntax.sentences(text):
            if 3 <= len(found) <= 90:
                yield tuple(token.text for token in found), times
