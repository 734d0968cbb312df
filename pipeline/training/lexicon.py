"""Word translation tables of every pair, both ways, for the checks and the enforcer: assets/lexicon/<pair>.npz.

Words are jieba's for Chinese, dictionary forms for Russian, lower case for English; IBM model 2 as in `align`. A table
keeps, for each word seen at least twice, up to ten translations of probability 0.02 and more, each in one byte.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.languages.lexicon import STEPS, key
from pipeline.training import align, corpora, genre
from pipeline.training.settings import PAIRS, ROOT, Settings

_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
TECHNICAL, LONGEST, MOST, LEAST, SIZE = 4_000, 60, 10, 0.02, 48_000


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


@dataclass(frozen=True)
class Tables:
    """The words of both sides of a pair (index 0 is the null word) and p(right | left), p(left | right), sparse."""

    words: tuple[list[str], list[str]]
    forward: Any
    backward: Any


def estimate(rows: list[tuple[list[str], list[str]]]) -> Tables:
    """The tables of one pair from its tokenised sentences."""
    rows = [row for row in rows if 0 < len(row[0]) <= LONGEST and 0 < len(row[1]) <= LONGEST]
    counts = [Counter(word for row in rows for word in row[side]) for side in (0, 1)]
    left, right = (["", *(w for w, n in count.most_common(SIZE) if n >= 2)] for count in counts)
    size = max(len(left), len(right)) + 1
    ids = []
    for side, listed in ((0, left), (1, right)):
        place = {word: n for n, word in enumerate(listed)}
        ids.append([np.array([place.get(word, size - 1) for word in row[side]], np.int32) for row in rows])
    forward, backward = align.table(ids[0], ids[1], size, 6), align.table(ids[1], ids[0], size, 6)
    return Tables((left, right), forward[: len(left), : len(right)], backward[: len(right), : len(left)])


def bridge(direct: Tables, first: Tables, second: Tables) -> Tables:
    """`direct` averaged with the way through the language that `first` and `second` share.

    A pair with little text of its own gains the words it lacks.
    """

    place = {word: n for n, word in enumerate(second.words[0])}
    matched = [(n, place[word]) for n, word in enumerate(first.words[1]) if n and word in place]
    here, there = (list(column) for column in zip(*matched, strict=True))

    def moved(table: Any, rows: tuple[list[str], list[str]], columns: tuple[list[str], list[str]]) -> Any:
        """The table in the numbering of `direct`, by selection matrices."""
        return _select(*rows).T @ table @ _select(*columns)

    through = first.forward[:, here] @ second.forward[there, :]
    back = second.backward[:, there] @ first.backward[here, :]
    sides = (first.words[0], direct.words[0]), (second.words[1], direct.words[1])
    forward = _mean(direct.forward, moved(through, sides[0], sides[1]))
    return Tables(direct.words, forward, _mean(direct.backward, moved(back, sides[1], sides[0])))


def _mean(first: Any, second: Any) -> Any:
    """The mean of two tables, row by row; a row that only one has stays as it is there."""
    from scipy import sparse

    have = [np.asarray(table.sum(1)).ravel() > 0 for table in (first, second)]
    scale = 1.0 / np.maximum(have[0].astype(np.float32) + have[1], 1)
    return sparse.csr_matrix(sparse.diags(scale) @ (first + second))


def _select(old: list[str], new: list[str]) -> Any:
    """A matrix (old, new) with 1 where the words are the same."""
    from scipy import sparse

    place = {word: n for n, word in enumerate(new)}
    pairs = [(n, place[word]) for n, word in enumerate(old) if n and word in place]
    rows, columns = (list(column) for column in zip(*pairs, strict=True))
    return sparse.csr_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape=(len(old), len(new)))


def pack(tables: Tables) -> dict[str, Any]:
    """The arrays of one pair: of each word the likeliest translations that the other direction supports."""
    arrays: dict[str, Any] = {}
    for name, table, other in (
        ("forward", tables.forward, tables.backward),
        ("backward", tables.backward, tables.forward),
    ):
        support = other.T.tocsr()
        starts, chosen, steps = [0], [], []
        for row in range(1, table.shape[0]):
            cells = sorted(zip(table[row].data.tolist(), table[row].indices.tolist(), strict=True), reverse=True)
            back = set(support[row].indices.tolist())
            kept = [(p, t) for p, t in cells if t > 0 and p >= LEAST and (t in back or p > 0.2)][:MOST]
            chosen += [t - 1 for _, t in kept]
            steps += [min(255, round(-np.log(min(p, 1.0)) * STEPS)) for p, _ in kept]
            starts.append(len(chosen))
        arrays[f"{name}_starts"] = np.array(starts, np.uint32)
        arrays[f"{name}_ids"] = np.array(chosen, np.uint16)
        arrays[f"{name}_bytes"] = np.array(steps, np.uint8)
    for name, listed in zip(("left", "right"), tables.words, strict=True):
        arrays[name] = np.frombuffer("\n".join(listed[1:]).encode(), np.uint8)
    return arrays


def run(settings: Settings) -> dict[str, int]:
    """Writes the three tables; returns their sizes in bytes."""
    folder = ROOT / settings.assets / "lexicon"
    folder.mkdir(parents=True, exist_ok=True)
    official = [row.cells for _, _, row in genre.expand(4, settings.training.seed)[0]]
    listed = genre.dictionary_pairs()  # the words of the genre that its rows lack
    made: dict[tuple[str, str], Tables] = {}
    for pair in PAIRS:
        rows = list(corpora.lines(settings.folder / "clean" / f"{'-'.join(pair)}.tsv"))
        random.Random(settings.training.seed).shuffle(rows)
        technical = [row for row in rows if row[0] == "msdocs"][:TECHNICAL]
        chosen = [row for row in rows if row[0] != "msdocs"] + technical
        chosen += [["genre", cells[pair[0]], cells[pair[1]]] for cells in official + listed]
        left: dict[str, str] = {}
        right: dict[str, str] = {}
        made[pair] = estimate([(words(row[1], pair[0], left), words(row[2], pair[1], right)) for row in chosen])
    made["zh", "ru"] = bridge(made["zh", "ru"], made["zh", "en"], made["en", "ru"])
    sizes = {}
    for pair, tables in made.items():
        path = folder / f"{'-'.join(pair)}.npz"
        np.savez_compressed(path, **pack(tables))
        sizes["-".join(pair)] = path.stat().st_size
    return sizes
