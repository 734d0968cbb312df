"""Sentences to measure on: sound translations of several corpora, and the terms that stand in them."""

from __future__ import annotations

import csv
import lzma
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.enforce import Enforcer, spelling
from pipeline.glossary import Glossary, forms, store
from pipeline.glossary.fold import fold
from pipeline.glossary.match import Matcher
from pipeline.languages import anchors
from pipeline.model import Form, Lang, Term

REFERENCE: Final = Path(__file__).parents[1] / "reference"
SETS: Final = ("genre", "un", "news", "ntrex")
_SEED: Final = 3


@dataclass(frozen=True)
class Pair:
    """A sentence and its sound translation."""

    source: str
    target: str


def data(*parts: str) -> Path:
    """A file of $PALLADIUS_DATA. Raises SystemExit with a clear reason where it is missing."""
    folder = Path(os.environ.get("PALLADIUS_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = folder.joinpath(*parts)
    if not path.is_file():
        sys.exit(f"{path} is missing: set PALLADIUS_DATA to the folder of corpora, or measure on the set genre")
    return path


def sound(name: str, source: Lang, target: Lang) -> list[Pair]:
    """The pairs of one of SETS, in one shuffled order. `news` has no Chinese beside Russian."""
    rows = {"genre": _genre, "un": _un, "news": _news, "ntrex": _ntrex}[name](source, target)
    random.Random(_SEED).shuffle(rows)
    return rows


def _genre(source: Lang, target: Lang) -> list[Pair]:
    return [Pair(row[source], row[target]) for row in table(REFERENCE / "genre.tsv")]


def _columns(path: Path, source: int, target: int) -> list[Pair]:
    held = path.read_bytes()
    text = (lzma.decompress(held) if path.suffix == ".xz" else held).decode("utf-8")
    rows = [line.split("\t") for line in text.split("\n")]
    return [Pair(row[source], row[target]) for row in rows if len(row) > max(source, target)]


_TRIPLE: Final[dict[Lang, int]] = {"en": 0, "ru": 1, "zh": 2}


def _un(source: Lang, target: Lang) -> list[Pair]:
    return _columns(data("corpora", "un", "un_devset.en-ru-zh.tsv.xz"), _TRIPLE[source], _TRIPLE[target])


def _ntrex(source: Lang, target: Lang) -> list[Pair]:
    return _columns(data("reference", "ntrex128", "ntrex128.en-ru-zh.tsv"), _TRIPLE[source], _TRIPLE[target])


def _news(source: Lang, target: Lang) -> list[Pair]:
    return _columns(data("corpora", "newstest", f"newstest.{source}-{target}.tsv.xz"), 1, 2)


@cache
def own_terms() -> tuple[Term, ...]:
    """Entries of the glossaries and anchors of the dictionary, each as an entry of somebody's own glossary: one form to
    a language, nothing forbidden, no other variant admitted."""
    found = [term for term in store.builtin() if all(term.preferred(lang) for lang in ("zh", "ru", "en"))]
    known = {form.text for term in found if (form := term.preferred("zh"))}
    for han in anchors.load():
        anchor = anchors.anchor(han)
        texts: dict[Lang, str] = {"zh": han, "ru": anchor.ru.right, "en": anchor.en.right}
        if han not in known and len(han) > 1 and texts["ru"][:1].isalpha() and texts["en"]:
            found.append(Term(f"anchor-{han}", {lang: (Form(text),) for lang, text in texts.items()}, "term"))
    return tuple(
        replace(term, forms={lang: row[:1] for lang, row in term.forms.items()}, forbidden={}, origin="own.tsv:2")
        for term in found
    )


def with_terms(pairs: list[Pair], source: Lang, target: Lang) -> Iterator[tuple[Pair, list[Term]]]:
    """Each pair with the terms that stand in both its sentences."""
    matcher = Matcher(Glossary(own_terms()), source)
    for pair in pairs:
        folded = fold(pair.target, target)
        there = {found.term.id: found.term for found in matcher.find(pair.source)}.values()
        standing = [
            term for term in there if any(not f.inserted for f in forms.find(term, target, folded, pair.target))
        ]
        if standing:
            yield pair, standing


def enforced(term: Term, pair: Pair, source: Lang, target: Lang) -> tuple[str, bool]:
    """The target as it comes out with a glossary of that term alone, and whether the term is flagged."""
    enforcer = Enforcer(Glossary((term,)), source, target, names=True)
    done = enforcer.enforce(pair.source, pair.target, yo=target == "ru" and spelling.writes_yo([pair.target]))
    return done.target, any(line["status"] == "flagged" for line in done.terms)


def table(path: Path, columns: Sequence[str] = ()) -> list[dict[str, str]]:
    """Rows of a tab-separated table without quoting. Raises SystemExit where it cannot be read, a row lacks a cell or
    the head one of `columns`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{path}: {error}")
    if not rows or (missing := [column for column in columns if column not in rows[0]]):
        sys.exit(f"{path}:1: " + (f"has no column {', '.join(missing)}" if rows else "holds no rows"))
    torn = next((at for at, row in enumerate(rows, 2) if None in row or None in row.values()), 0)
    if torn:
        sys.exit(f"{path}:{torn}: has more or fewer cells than the head")
    return rows
