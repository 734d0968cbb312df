"""Human translations made worse in known ways, for all six directions: to learn from where nobody judged.

A reference counts as a penalty of 0.4 for ten words (judges find faults in references too); each corruption adds its
MQM weight. The result is normalised like the human MQM sets, by the mean and spread of WMT21 news.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from pathlib import Path

from pipeline.model import Lang
from pipeline.training import corpora, genre
from pipeline.training.estimator.data import Example, mqm, words

MEAN, SPREAD, CLEAN = -0.62, 0.72, 0.4  # of -log(1 + penalty for ten words) on WMT21 news, both pairs
Damage = Callable[[random.Random, "Row"], str]
_PIECES = {
    "zh": re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|[\u3400-\u9fff]|[^\w\s]|\s+"),
    "": re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]|\s+"),
}
_ENDINGS = (("ого", "ому"), ("ому", "ого"), ("ой", "ая"), ("ая", "ой"), ("ые", "ых"), ("ых", "ые"), ("ий", "ия"),
            ("ия", "ию"), ("ов", "ы"), ("ами", "ах"), ("ах", "ами"), ("ие", "ия"), ("ость", "ости"), ("ости", "остью"),
            ("ии", "ию"))  # fmt: skip


class Row:
    """A reference cut into pieces that join to it again."""

    def __init__(self, source: str, target: str, pair: tuple[Lang, Lang], other: str) -> None:
        self.source, self.target, self.pair, self.other = source, target, pair, other
        self.pieces = _PIECES.get(pair[1], _PIECES[""]).findall(target)
        self.solid = [
            n
            for n, piece in enumerate(self.pieces)
            if len(piece) > (0 if pair[1] == "zh" else 3) and piece[0].isalpha()
        ]

    def without(self, chosen: set[int]) -> str:
        return re.sub(r" {2,}", " ", "".join(p for n, p in enumerate(self.pieces) if n not in chosen)).strip()


def drop_words(chooser: random.Random, row: Row) -> str:
    start = chooser.choice(row.solid)
    length = chooser.randint(2, 5) * 2
    return row.without(set(range(start, min(len(row.pieces), start + length))))


def drop_half(chooser: random.Random, row: Row) -> str:
    return row.without(set(range(len(row.pieces) * chooser.randint(4, 6) // 10, len(row.pieces))))


def wrong_number(chooser: random.Random, row: Row) -> str:
    found = list(re.finditer(r"\d+", row.target))
    if not found:
        return row.target
    match = chooser.choice(found)
    digits = list(match.group())
    at = chooser.randrange(len(digits))
    digits[at] = str((int(digits[at]) + chooser.randint(1, 8)) % 9 + 1)
    changed = "".join(digits) if chooser.random() < 0.6 else match.group() + "0"
    return row.target[: match.start()] + changed + row.target[match.end() :]


def foreign_words(chooser: random.Random, row: Row) -> str:
    """A stretch of another sentence in place of as many words: a mistranslation in fluent language."""
    theirs = _PIECES.get(row.pair[1], _PIECES[""]).findall(row.other)
    if len(theirs) < 8:
        return row.target
    start, length = chooser.choice(row.solid), chooser.randint(2, 5)
    at = chooser.randrange(max(1, len(theirs) - length))
    return "".join(row.pieces[:start] + theirs[at : at + length] + row.pieces[start + length :])


def untranslated_rest(chooser: random.Random, row: Row) -> str:
    cut = chooser.uniform(0.4, 0.7)
    return row.target[: int(len(row.target) * cut)] + " " + row.source[int(len(row.source) * cut) :]


def wrong_case(chooser: random.Random, row: Row) -> str:
    if row.pair[1] != "ru":
        return row.target
    made = list(row.pieces)
    places = [
        (n, old, new)
        for n in row.solid
        for old, new in _ENDINGS
        if made[n].endswith(old) and len(made[n]) > len(old) + 2
    ]
    for n, old, new in chooser.sample(places, min(2, len(places))):
        if made[n].endswith(old):
            made[n] = made[n].removesuffix(old) + new
    return "".join(made)


def repeated(chooser: random.Random, row: Row) -> str:
    start, length = chooser.choice(row.solid), chooser.randint(1, 3) * 2
    return "".join(
        row.pieces[: start + length]
        + row.pieces[start : start + length] * chooser.randint(1, 3)
        + row.pieces[start + length :]
    )


def other_sentence(_: random.Random, row: Row) -> str:
    return row.other


def shuffled(chooser: random.Random, row: Row) -> str:
    made = list(row.pieces)
    for _ in range(max(1, len(row.solid) // 5)):
        a, b = chooser.choice(row.solid), chooser.choice(row.solid)
        made[a], made[b] = made[b], made[a]
    return "".join(made)


DAMAGES: dict[str, tuple[Damage, float]] = {
    "words dropped": (drop_words, 5), "half dropped": (drop_half, 25), "wrong number": (wrong_number, 5),
    "words of another sentence": (foreign_words, 5), "rest untranslated": (untranslated_rest, 25),
    "wrong case": (wrong_case, 3),
    "words repeated": (repeated, 5), "another sentence": (other_sentence, 50), "words swapped": (shuffled, 8),
}  # fmt: skip


def references(root: Path, pair: tuple[Lang, Lang], most: int, chooser: random.Random) -> list[tuple[str, str]]:
    """Human translations of a direction: UN, news, documentation that the tables have not seen, and the genre."""
    found: list[tuple[str, str]] = []
    for name in ("un", "newstest", "wmt21"):
        rows = [row for _, row in corpora.read(name, root, 10**9)]
        if pair == ("zh", "ru") or pair == ("ru", "zh"):
            held: dict[str, dict[str, str]] = {}
            for row in rows:
                if "en" in row:
                    held.setdefault(row["en"], {}).update(row)
            rows = list(held.values()) + [row for row in rows if "en" not in row]
        rows = [row for row in rows if set(pair) <= set(row)]
        found += [(row[pair[0]], row[pair[1]]) for row in chooser.sample(rows, min(len(rows), most // 5))]
    low, high = sorted(pair, key=("en", "zh", "ru").index)
    path = root / "corpora" / "oss-docs" / f"{low}-{high}.tsv.xz"
    if path.exists():
        table = [row for row in corpora.lines(path) if len(row) >= 2]
        picked = chooser.sample(table, min(len(table), most // 5))
        at = (0, 1) if pair[0] == low else (1, 0)
        found += [(row[at[0]], row[at[1]]) for row in picked]
    official = [filled.cells for _, _, filled in genre.expand(1, 2)[0]]
    found += [(cells[pair[0]], cells[pair[1]]) for cells in chooser.sample(official, min(len(official), most // 3))]
    usable = [(a, b) for a, b in found if 12 <= len(b) <= 500 and len(a) >= 5]
    return [(a, b) for a, b in usable if corpora.script(a) == pair[0] and corpora.script(b) == pair[1]]


def examples(root: Path, pair: tuple[Lang, Lang], most: int, seed: int = 1) -> list[Example]:
    """Each reference as it is, and two corruptions of it."""
    chooser = random.Random(f"{seed} {pair}")
    rows = references(root, pair, most, chooser)
    made: list[Example] = []
    name = f"made {'-'.join(pair)}"
    for number, (source, target) in enumerate(rows):
        row = Row(source, target, pair, chooser.choice(rows)[1])
        if not row.solid:
            continue
        ten = 10 / max(3.0, words(target, pair[1]))
        versions = [(target, 0.0, "reference")]
        for kind in chooser.sample(sorted(DAMAGES), 2):
            damage, weight = DAMAGES[kind]
            text = damage(chooser, row)
            if text != target:
                versions.append((text, weight, kind))
        for text, weight, kind in versions:
            raw = CLEAN + min(weight, 50) * ten
            z = max(-3.5, min(1.2, (mqm(raw) - MEAN) / SPREAD))
            edit = 1.0 if weight >= 5 else 0.0 if not weight else math.nan
            made.append(Example(name, pair, source, text, raw, edit, f"made {number}", z, 0.5, kind))
    return made
