"""The word tables of data/*.tsv: lines `group<TAB>words separated by blanks<TAB>value`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def lines(name: str) -> list[str]:
    """The lines of data/`name`.tsv without comments and blank ones."""
    text = files(__package__).joinpath(f"data/{name}.tsv").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=32)
def load(name: str) -> dict[str, dict[str, str]]:
    """group -> word (lower case, ё as е) -> value, from data/`name`.tsv. Lines that begin with # are comments."""
    tables: dict[str, dict[str, str]] = {}
    for line in lines(name):
        group, words, value = (line + "\t\t").split("\t")[:3]
        for word in words.split():
            tables.setdefault(group, {})[word.lower().replace("ё", "е")] = value
    return tables


def table(name: str, group: str) -> dict[str, str]:
    """One group of data/`name`.tsv; empty where there is no such group."""
    return load(name).get(group, {})
