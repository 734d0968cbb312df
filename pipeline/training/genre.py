"""The genre corpus: fills the slots of genre/<topic>.tsv with names, titles, numbers and dates in all three languages.

Every tenth row of a topic is held out: it is filled once, goes to tests/reference/genre.tsv, and is never trained on.
Slots: {person1} {city1} {province1} {country1} {body1} {title1}, in Russian with the case ({person1:gen}); {num1}, in
Russian with the counted noun ({num1|проект,проекта,проектов}); {pct1}, {year1}, {date1}. The Russian forms come from
pipeline.languages.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from typing import Any

from pipeline.errors import DataError
from pipeline.training import clean, corpora
from pipeline.training.fillers import Fillers, Filling, counted, glossary
from pipeline.training.settings import PAIRS, ROOT, Settings

HELD_OUT = ROOT / "tests" / "reference" / "genre.tsv"
CARRIER = 30.0  # what a carrier weighs beside a row of the genre
SLOT = re.compile(r"\{([a-z]+)(\d*)(?::([a-z]+))?(?:\|([^{}]*))?\}")


@dataclass(frozen=True)
class Filled:
    """A filled row and the names in it: each in its dictionary form by language, and its Russian `forms`."""

    cells: dict[str, str]
    names: tuple[dict[str, Any], ...] = ()


def fill(cells: dict[str, str], fillers: Fillers, chooser: random.Random) -> Filled:
    """A row with its slots filled alike in all three languages; raises DataError for an unknown slot or case."""
    held: dict[str, Filling] = {}
    taken: set[str] = set()

    def value(match: re.Match[str], language: str) -> str:
        kind, number, case, forms = match.groups()
        name = f"{kind}{number}"
        if kind not in fillers.makers:
            raise DataError(f"unknown slot {match.group()}")
        while name not in held:
            made = fillers.makers[kind](chooser)
            if made.zh not in taken:
                held[name] = made
                taken.add(made.zh)
        filling = held[name]
        if language != "ru":
            return filling.zh if language == "zh" else filling.en
        if forms:
            return counted(filling.number, forms)
        key = case or ("nom" if "nom" in filling.ru else "")
        if key not in filling.ru:
            raise DataError(f"slot {match.group()} has no case {key!r}")
        return filling.ru[key]

    filled = {language: SLOT.sub(lambda m, to=language: value(m, to), text) for language, text in cells.items()}  # type: ignore[misc]
    english = re.sub(r"\b([Tt]he) the\b", r"\1", filled["en"])
    done = {**filled, "en": english[:1].upper() + english[1:], "ru": filled["ru"][:1].upper() + filled["ru"][1:]}
    named = [f for f in held.values() if "nom" in f.ru]
    return Filled(done, tuple({"zh": f.zh, "ru": f.ru["nom"], "en": f.en, "forms": set(f.ru.values())} for f in named))


def rows() -> list[tuple[str, str, dict[str, str], bool]]:
    """(id, topic, cells, held out) of every row with three filled cells."""
    made = []
    for path in sorted((ROOT / "pipeline" / "training" / "genre").glob("*.tsv")):
        for number, row in enumerate(list(corpora.lines(path))[1:], 1):
            if len(row) >= 4 and all(row[1:4]):
                made.append((row[0], path.stem, dict(zip(("zh", "ru", "en"), row[1:4], strict=True)), number % 10 == 0))
    return made


def carriers() -> list[tuple[str, dict[str, str]]]:
    """(id, cells) of carriers.tsv: plain sentences that carry entries of the glossaries and phrases of the genre."""
    table = list(corpora.lines(ROOT / "pipeline" / "training" / "carriers.tsv"))[1:]
    return [(f"carriers-{n}", dict(zip(("zh", "ru", "en"), row, strict=True))) for n, row in enumerate(table, 1)]


def expand(
    times: int, seed: int, carried: int = 0
) -> tuple[list[tuple[str, float, Filled]], list[tuple[str, str, Filled]], list[str]]:
    """Training rows (id, weight, row), held-out rows, and what could not be filled.

    A row is filled up to `times` times with a weight of 1 in all, a carrier `carried` times with a weight of CARRIER.
    """
    fillers = Fillers()
    training: list[tuple[str, float, Filled]] = []
    held_out, broken = [], []
    for name, topic, cells, held in rows():
        slots = any(SLOT.search(text) for text in cells.values())
        try:
            if held:
                held_out.append((name, topic, fill(cells, fillers, random.Random(name))))
                continue
            count = times if slots else 1
            for n in range(count):
                training.append((name, 1 / count, fill(cells, fillers, random.Random(f"{seed} {name} {n}"))))
        except (DataError, KeyError, ValueError) as error:
            broken.append(f"{name}: {error}")
    for name, cells in carriers():
        for n in range(carried):
            row = fill(cells, fillers, random.Random(f"{seed} {name} {n}"))
            training.append((name, CARRIER / carried, row))
    return training, held_out, broken


def write_held_out(held_out: list[tuple[str, str, Filled]]) -> None:
    """tests/reference/genre.tsv: id topic zh ru en."""
    HELD_OUT.parent.mkdir(parents=True, exist_ok=True)
    lines = ["id\ttopic\tzh\tru\ten"]
    lines += ["\t".join((name, topic, *(row.cells[to] for to in ("zh", "ru", "en")))) for name, topic, row in held_out]
    HELD_OUT.write_text("\n".join(lines) + "\n", "utf-8")


def dictionary_pairs() -> list[dict[str, str]]:
    """Words of the dictionary of the genre, of two characters and more, and terms, each with its usual rendering."""
    terms = list(corpora.lines(ROOT / "pipeline" / "assets" / "dictionary" / "anchors.tsv"))[1:]
    found = [{"zh": row[0], "ru": row[1], "en": row[4]} for row in terms]
    known = {entry["zh"] for entry in found}
    for row in list(corpora.lines(ROOT / "pipeline" / "assets" / "dictionary" / "zh.tsv"))[1:]:
        zh, ru, en = (cell.split("; ") for cell in row[:3])
        if len(zh[0]) > 1 and zh[0] not in known and not {"", "-"} & {ru[0], en[0]}:
            found.append({"zh": zh[0], "ru": ru[0], "en": en[0]})
    return found


def run(settings: Settings) -> dict[str, Any]:
    """Writes the held-out set, pack/genre.<pair>.npz without what equals a held-out side, and pack/short.<pair>.npz."""
    from pipeline.training import pack, vocabulary

    filled, held_out, broken = expand(settings.genre_fillings, settings.training.seed, settings.carried)
    write_held_out(held_out)
    kept_out = {clean.key(text) for _, _, row in held_out for text in row.cells.values()}
    training = [(name, weight, row.cells) for name, weight, row in filled]
    processor = vocabulary.load(settings)
    counts: dict[str, Any] = {"rows": len(rows()), "held_out": len(held_out), "broken": broken[:20]}
    short = [{"zh": zh, "ru": ru, "en": en} for zh, ru, _, en in glossary("*/*")]
    listed = dictionary_pairs()
    counts["glossary"], counts["dictionary"] = len(short), len(listed)
    for pair in PAIRS:
        name = "-".join(pair)
        chosen = [(w, c) for _, w, c in training if not any(clean.key(c[language]) in kept_out for language in pair)]
        columns = [["genre", cells[pair[0]], cells[pair[1]]] for _, cells in chosen]
        weights = [settings.weights.get("genre", 1.0) * weight for weight, _ in chosen]
        linkers = pack.linker(settings, name)
        packed = pack.pack(columns, weights, processor, linkers)
        packed.save(settings.folder / "pack" / f"genre.{name}.npz")
        counts[name] = len(packed)
        entries = [["glossary", entry[pair[0]], entry[pair[1]]] for entry in short]
        entries += [["dictionary", entry[pair[0]], entry[pair[1]]] for entry in listed]
        weights = [settings.weights.get(entry[0], 1.0) for entry in entries]
        pack.pack(entries, weights, processor, linkers).save(settings.folder / "pack" / f"short.{name}.npz")
    (settings.folder / "genre.json").write_text(json.dumps(counts, ensure_ascii=False), "utf-8")
    return counts
