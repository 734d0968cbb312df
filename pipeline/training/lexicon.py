"""Word translation tables of every pair, both ways, for the checks and the enforcer: assets/lexicon/<pair>.npz.

Words are jieba's for Chinese, dictionary forms for Russian, lower case for English; IBM model 2 as in `align`. A table
keeps, for each word seen at least twice, up to ten translations of probability 0.02 and more, each in one byte.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any

import numpy as np

from pipeline.languages.lexicon import STEPS, key
from pipeline.training import align, corpora, genre
from pipeline.training.settings import PAIRS, ROOT, Settings

_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
TECHNICAL, LONGEST, MOST, LEAST, SIZE = 12_000, 60, 10, 0.02, 30_000


def words(text: str, language: str, memory: dict[str, str]) -> list[str]:
    """The words of a text in the form of the tables; numbers and punctuation are left out."""
    if language == "zh":
        from pipeline.languages import chinese

        found = [text[span.start : span.end] for span in chinese.words(text)]
        return [word.lower() for word in found if _WORDS.fullmatch(word)]
    made = []
    for match in _WORDS.finditer(text):
        word = match.group()
        if word not in memory:
            memory[word] = key(word, language)
        made.append(memory[word])
    return made


def build(rows: list[tuple[list[str], list[str]]]) -> dict[str, Any]:
    """The arrays of one pair from its tokenised sentences."""
    rows = [row for row in rows if 0 < len(row[0]) <= LONGEST and 0 < len(row[1]) <= LONGEST]
    counts = [Counter(word for row in rows for word in row[side]) for side in (0, 1)]
    listed = [[w for w, n in count.most_common(SIZE) if n >= 2] for count in counts]
    places = [{w: n + 1 for n, w in enumerate(words)} for words in listed]  # 0 is the null word
    size = max(len(words) for words in listed) + 2
    rare = size - 1
    ids = [
        [np.array([place.get(w, rare) for w in row[side]], np.int32) for row in rows]
        for side, place in enumerate(places)
    ]
    arrays: dict[str, Any] = {}
    tables = align.table(ids[0], ids[1], size, 6), align.table(ids[1], ids[0], size, 6)
    for name, table, other, here, there in (
        ("forward", tables[0], tables[1], listed[0], listed[1]),
        ("backward", tables[1], tables[0], listed[1], listed[0]),
    ):
        support = other.T.tocsr()
        starts, chosen, steps = [0], [], []
        for row in range(1, len(here) + 1):
            cells = sorted(
                ((float(p), int(t)) for p, t in zip(table[row].data, table[row].indices, strict=True)), reverse=True
            )
            back = dict(zip(support[row].indices, support[row].data, strict=True))
            kept = [(p, t) for p, t in cells if 0 < t <= len(there) and p >= LEAST and (t in back or p > 0.2)][:MOST]
            chosen += [t - 1 for _, t in kept]
            steps += [min(255, round(-np.log(min(p, 1.0)) * STEPS)) for p, _ in kept]
            starts.append(len(chosen))
        arrays |= {f"{name}_starts": np.array(starts, np.uint32), f"{name}_ids": np.array(chosen, np.uint16),
                   f"{name}_bytes": np.array(steps, np.uint8)}  # fmt: skip
    for side, name in ((0, "left"), (1, "right")):
        arrays[name] = np.frombuffer("\n".join(listed[side]).encode(), np.uint8)
    return arrays


def run(settings: Settings) -> dict[str, int]:
    """Writes the three tables; returns their sizes in bytes."""
    folder = ROOT / settings.assets / "lexicon"
    folder.mkdir(parents=True, exist_ok=True)
    official = [row.cells for _, _, row in genre.expand(4, settings.training.seed)[0]]
    sizes = {}
    for pair in PAIRS:
        rows = list(corpora.lines(settings.folder / "clean" / f"{'-'.join(pair)}.tsv"))
        random.Random(settings.training.seed).shuffle(rows)
        technical = [row for row in rows if row[0] == "msdocs"][:TECHNICAL]
        chosen = [row for row in rows if row[0] != "msdocs"] + technical
        chosen += [["genre", cells[pair[0]], cells[pair[1]]] for cells in official]
        memories: tuple[dict[str, str], dict[str, str]] = {}, {}
        made = [tuple(words(row[n + 1], pair[n], memories[n]) for n in (0, 1)) for row in chosen]
        arrays = build([(left, right) for left, right in made])
        path = folder / f"{'-'.join(pair)}.npz"
        np.savez_compressed(path, **arrays)
        sizes["-".join(pair)] = path.stat().st_size
    return sizes
