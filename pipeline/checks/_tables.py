"""Tables of the checks: TSV files in assets/, with a header row; lines that begin with # are remarks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.errors import DataError

ASSETS = Path(__file__).parent.parent / "assets"


@cache
def rows(folder: str, name: str) -> tuple[dict[str, str], ...]:
    """Rows of assets/<folder>/<name>.tsv, () where there is no such file. Raises DataError for a ragged line."""
    path = ASSETS / folder / f"{name}.tsv"
    if not path.is_file():
        return ()
    found: list[dict[str, str]] = []
    header: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            continue
        if len(cells) > len(header):
            raise DataError(f"{len(cells)} cells where the header names {len(header)}", where=f"{path.name}:{number}")
        found.append({key: cell.strip() for key, cell in zip(header, cells + [""] * len(header), strict=False)})
    return tuple(found)


@cache
def family(folder: str, stem: str) -> tuple[dict[str, str], ...]:
    """Rows of <stem>.tsv and then of its parts, <stem>-<part>.tsv in the order of their names. Raises as `rows`."""
    parts = sorted(path.stem for path in (ASSETS / folder).glob(f"{stem}-*.tsv"))
    return tuple(row for name in (stem, *parts) for row in rows(folder, name))


@cache
def words(name: str) -> frozenset[str]:
    """A named list of Russian words from assets/words/checks-ru.tsv. Raises DataError where it is missing."""
    for row in rows("words", "checks-ru"):
        if row["name"] == name:
            return frozenset(row["words"].split())
    raise DataError(f"no word list named {name}", where="checks-ru.tsv")
