"""python -m pipeline.training.cues: learns what the words beside a term of the source tell of its Russian case."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from pipeline.enforce import cues
from pipeline.glossary import forms, store
from pipeline.glossary.fold import fold
from pipeline.glossary.match import Matcher
from pipeline.glossary.store import Glossary
from pipeline.languages.russian.masks import CASES
from pipeline.model import LANGS, Form, Lang, Term
from pipeline.training import genre
from pipeline.training.settings import ROOT

ASSET: Final = ROOT / "pipeline" / "assets" / "grammar" / "cues.npz"
LEAST: Final = 15  # times that a sign is seen
LOOSENESS: Final = 0.2  # inverse of the strength of the regularisation
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")


def terms() -> Glossary:
    """The entries of the glossaries and of the genre's dictionary, each with its first form."""
    found = [term for term in store.builtin() if term.kind != "slogan" and all(term.preferred(lang) for lang in LANGS)]
    known = {term.forms["zh"][0].text for term in found}
    with (ROOT / "pipeline" / "assets" / "dictionary" / "anchors.tsv").open(encoding="utf-8") as file:
        for n, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            zh, ru, en = (row[lang] or "" for lang in ("zh", "ru", "en"))
            if zh not in known and len(zh) > 1 and en and ru[:1].isalpha() and "|" not in ru + en:
                listed: dict[Lang, tuple[Form, ...]] = {"zh": (Form(zh),), "ru": (Form(ru),), "en": (Form(en),)}
                found.append(Term(f"anchor-{n}", listed, "term"))
    bare = (replace(term, forms={lang: row[:1] for lang, row in term.forms.items()}, forbidden={}) for term in found)
    return Glossary(tuple(bare))


def seen(rows: list[dict[str, str]], known: Glossary) -> Iterator[tuple[Lang, tuple[str, ...], tuple[str, ...]]]:
    """(source language, signs, the cases that its Russian form may be) of every term that stands once on both sides."""
    matchers = {lang: Matcher(known, lang) for lang in LANGUAGES}
    for row in rows:
        ru = fold(row["ru"], "ru")
        for lang in LANGUAGES:
            occurrences = matchers[lang].find(row[lang])
            often = Counter(each.term.id for each in occurrences)
            for occurrence in occurrences:
                if often[occurrence.term.id] > 1:
                    continue
                found = [each for each in forms.find(occurrence.term, "ru", ru, row["ru"]) if not each.inserted]
                if len(found) != 1:
                    continue
                cases = {cell.partition(".")[0].replace("loc", "prp") for cell in found[0].surface.cells}
                if cases and cases <= set(CASES):
                    span = occurrence.span
                    signs = cues.features(row[lang][: span.start], row[lang][span.end :], lang)
                    yield lang, signs, tuple(sorted(cases))


def fit(examples: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[list[str], Any, Any]:
    """Signs, weights (signs and the constant, cases) and how often each case is. A form of several cases counts for
    each in part."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    often = Counter(sign for signs, _ in examples for sign in signs)
    kept = sorted(sign for sign, n in often.items() if n >= LEAST)
    number = {sign: n for n, sign in enumerate(kept)}
    columns: list[int] = []
    starts, cases, shares = [0], [], []
    for signs, several in examples:
        for case in several:
            columns += [number[sign] for sign in signs if sign in number]
            starts.append(len(columns))
            cases.append(CASES.index(case))
            shares.append(1 / len(several))
    matrix = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(cases), len(kept)))
    model = LogisticRegression(C=LOOSENESS, max_iter=300).fit(matrix, cases, sample_weight=shares)
    usual = np.bincount(cases, weights=shares)
    weights = np.concatenate([model.coef_.T, model.intercept_[None]])
    return kept, weights, (usual / usual.sum()).astype(np.float32)


def save(tables: dict[Lang, tuple[list[str], Any, Any]], path: Path) -> None:
    """The weights in bytes, one scale for a language."""
    out: dict[str, Any] = {}
    for lang, (signs, weights, usual) in tables.items():
        scale = max(float(np.abs(weights).max()), 1e-6) / 127
        out[f"{lang}/signs"] = np.frombuffer("\n".join(signs).encode(), np.uint8)
        out[f"{lang}/weights"] = np.round(weights / scale).astype(np.int8)
        out[f"{lang}/scale"] = np.float32(scale)
        out[f"{lang}/usual"] = usual
    np.savez_compressed(path, **out)


def main() -> None:
    rows = [row.cells for _, _, row in genre.expand(1, 7)[0]]
    examples: dict[Lang, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {lang: [] for lang in LANGUAGES}
    for lang, signs, cases in seen(rows, terms()):
        examples[lang].append((signs, cases))
    tables = {}
    for lang, found in examples.items():
        tables[lang] = fit(found)
        print(f"{lang}: {len(found)} terms, {len(tables[lang][0])} signs", file=sys.stderr, flush=True)
    save(tables, ASSET)
    print(f"{ASSET}: {ASSET.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
