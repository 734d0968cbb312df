"""The enforcer on sentences with one term each: written ones, sound ones, and sound ones with the term's form changed."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Final, cast

from pipeline.asking import ears
from pipeline.enforce import Enforcer, spelling
from pipeline.enforce.channel import Weigher
from pipeline.enforce.pointed import Reader
from pipeline.engines.base import make
from pipeline.glossary import Glossary, forms, tsv
from pipeline.glossary.fold import fold
from pipeline.model import Lang, Term
from pipeline.settings import Settings
from tests.measure.rows import Pair, enforced, sound, with_terms

COLUMNS: Final = ("id", "from", "to", "kind", "zh", "ru", "en", "source", "target", "expect")
DIRECTIONS: Final = ("zh-ru", "en-ru", "ru-zh", "ru-en", "zh-en", "en-zh")


@cache
def _ears(source: Lang, target: Lang) -> tuple[Reader | None, Weigher | None]:
    return ears(Settings(), source, target, lambda: make("compact", {"threads": 1}))


def written(rows: list[dict[str, str]]) -> str:
    """A line of figures for cases with COLUMNS: the exact
    sentences by direction, what is flagged or silently not exact, and the cases that need nothing left untouched."""
    right: dict[str, list[bool]] = defaultdict(list)
    kinds: Counter[str] = Counter()
    idle: list[bool] = []
    yo = spelling.writes_yo(row["target"] for row in rows if row["to"] == "ru")
    for row in rows:
        source, target = cast("Lang", row["from"]), cast("Lang", row["to"])
        entry = "\t".join(row[column] for column in ("id", "zh", "ru", "en", "kind"))
        glossary = Glossary(tsv.read(f"id\tzh\tru\ten\tkind\n{entry}", row["id"]))
        read, weigh = _ears(source, target)
        enforcer = Enforcer(glossary, source, target, names=True, read=read, weigh=weigh)
        done = enforcer.enforce(row["source"], row["target"], yo=yo and target == "ru")
        exact = done.target == row["expect"]
        if row["target"] == row["expect"]:
            idle.append(exact)
            continue
        right[f"{source}-{target}"].append(exact)
        flagged = any(line["status"] == "flagged" for line in done.terms)
        kinds["exact" if exact else "flagged" if flagged else "silent"] += 1
    shares = " ".join(f"{name} {sum(right[name]) / len(right[name]):.2f}" for name in DIRECTIONS if right[name])
    counts = ", ".join(f"{name} {kinds[name]}" for name in ("exact", "flagged", "silent"))
    return f"{shares}; {counts} of {sum(kinds.values())}; needs nothing: {sum(idle)} of {len(idle)} untouched"


def untouched(name: str, source: Lang, target: Lang, limit: int, start: int, *, show: bool) -> str:
    """How often a sound row of the set is changed by a glossary of one term that stands in it."""
    asked = changed = 0
    for pair, terms in with_terms(sound(name, source, target)[start:], source, target):
        for term in terms:
            asked += 1
            made, _ = enforced(term, pair, source, target)
            changed += made != pair.target
            if show and made != pair.target:
                print(f"  {term.id}\n    {pair.target}\n    {made}")
        if asked >= limit:
            break
    return f"{name} {source}-{target}: {changed} of {asked} changed, {100 * changed / max(1, asked):.2f} %"


def restored(source: Lang, limit: int, *, every: bool) -> str:
    """How often a genre row comes out to the letter whose Russian term was put into its dictionary form or, with
    `every`, into any other form of its number."""
    rng, kinds = random.Random(1), Counter[str]()
    for pair, terms in with_terms(sound("genre", source, "ru"), source, "ru"):
        found = next((made for term in terms if (made := spoilt(term, pair, rng, every=every))), None)
        if found is None:
            continue
        term, text = found
        made, flagged = enforced(term, Pair(pair.source, text), source, "ru")
        kinds["restored" if made == pair.target else "flagged" if flagged else "silent"] += 1
        if sum(kinds.values()) >= limit:
            break
    what = "any form" if every else "the dictionary form"
    counts = ", ".join(f"{name} {kinds[name]}" for name in ("restored", "flagged", "silent"))
    return f"{source}-ru, {what}: {counts} of {sum(kinds.values())}"


def spoilt(term: Term, pair: Pair, rng: random.Random, *, every: bool) -> tuple[Term, str] | None:
    """The term and the target with its only form there replaced; None where it stands otherwise than once, does not
    decline, or stands in the form that would be put."""
    found = [f for f in forms.find(term, "ru", fold(pair.target, "ru"), pair.target) if not f.inserted]
    form = term.preferred("ru")
    if len(found) != 1 or form is None:
        return None
    made = forms.russian(form, term.kind, term.gender)
    surface, span = found[0].surface, found[0].span
    now = span.of(pair.target)
    if made.indeclinable or made.guessed or now[1:].isupper():
        return None
    plural = made.number != "pl" and all(cell.endswith(".pl") for cell in surface.cells)
    cells = [cell for cell in made.cells if cell.endswith(".pl") == plural and cell != "loc"]
    wanted = cells if every else [cell for cell in cells if cell.partition(".")[0] == "nom"]
    pool = sorted({made.cells[cell] for cell in wanted} - {surface.text})
    if not pool or not cells:
        return None
    put = rng.choice(pool)
    put = put[:1].upper() + put[1:] if now[:1].isupper() and not surface.text[:1].isupper() else put
    return term, pair.target[: span.start] + put + pair.target[span.end :]


def files(paths: list[Path]) -> list[Path]:
    """The files, or those of the project where none is named."""
    return paths or sorted((Path(__file__).parents[1] / "reference" / "terms").glob("*.tsv"))
