"""Wrong renderings of the anchors against translations by people: what stands in a sound text is not wrong.

    python -m pipeline.training.anchors --work ../train [--write]

lists the wrong renderings that the check `unrendered` finds in the genre corpus and in cleaned human translations, and
with --write takes them out of assets/dictionary. New rows of the tables go through it before they are shipped.
"""

from __future__ import annotations

import argparse
import collections
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.checks import _pieces, unrendered
from pipeline.checks.base import View
from pipeline.errors import DataError
from pipeline.languages import anchors
from pipeline.model import Lang, Segment
from pipeline.training import corpora
from pipeline.training.fillers import Fillers
from pipeline.training.genre import fill, rows
from pipeline.training.settings import ROOT

_HUMAN = ("un", "sdg", "newstest", "newstest-joined", "wmt21", "wmt21-joined", "news-commentary")
_COLUMN = {"ru": 3, "en": 6}
Fired = collections.Counter[tuple[str, str]]  # (Chinese term, wrong rendering) to sentences


def human(lang: Lang, work: Path, most: int) -> Iterator[tuple[str, str]]:
    """Pairs of a Chinese sentence and its translation by a person: the genre corpus without what is held out, then at
    most `most` others."""
    fillers = Fillers()
    for name, _, cells, held in rows():
        if held:
            continue
        try:
            made = fill(cells, fillers, random.Random(name)).cells
        except DataError:
            continue
        yield made["zh"], made[lang]
    path = work / "clean" / f"zh-{lang}.tsv"
    if path.is_file():
        found = (row for row in corpora.lines(path) if row[0] in _HUMAN)
        yield from ((row[1], row[2]) for row in islice(found, most))


def fired(lang: Lang, pairs: Iterator[tuple[str, str]]) -> tuple[Fired, int]:
    """How often each wrong rendering is found, and the number of words read."""
    counts: Fired = collections.Counter()
    words = 0
    for source, target in pairs:
        view = View(Segment(id="1", source=source, target=target), "zh", lang)
        words += len(view.words)
        for piece, places in unrendered.wrong(view, _pieces.pieces(view)):
            assert piece.anchor is not None
            found = [view.words[at].low for at in places]
            for option in piece.anchor.side(lang).wrong:
                if anchors.options((option,), found, inside=False):
                    counts[piece.text, "+".join(option)] += 1
    return counts, words


def without(line: str, lang: Lang, wrong: set[str]) -> str:
    """A line of a table without these wrong renderings; "" where an expression keeps none in either language."""
    cells = line.split("\t")
    kept = [option for option in cells[_COLUMN[lang]].split(";") if option.strip() and option.strip() not in wrong]
    cells[_COLUMN[lang]] = "; ".join(option.strip() for option in kept)
    free = not cells[2] and not cells[5]
    return "\t".join(cells) if not free or cells[_COLUMN["ru"]] or cells[_COLUMN["en"]] else ""


def write(lang: Lang, counts: Fired) -> None:
    by_term: dict[str, set[str]] = collections.defaultdict(set)
    for term, option in counts:
        by_term[term].add(option)
    for name in ("anchors", "idioms"):
        path = ROOT / "pipeline" / "assets" / "dictionary" / f"{name}.tsv"
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        kept = [without(line, lang, by_term.get(line.split("\t", 1)[0], set())) for line in lines]
        path.write_text("\n".join([head, *filter(None, kept)]) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT.parent / "train")
    parser.add_argument("--most", type=int, default=15_000)
    parser.add_argument("--lang", choices=("ru", "en"), action="append")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    for lang in given.lang or ("ru", "en"):
        counts, words = fired(lang, human(lang, given.work, given.most))
        for (term, option), count in counts.most_common():
            print(f"{lang}\t{term}\t{option}\t{count}")
        print(f"{lang}: {sum(counts.values())} in {words} words", flush=True)
        if given.write:
            write(lang, counts)


if __name__ == "__main__":
    main()
