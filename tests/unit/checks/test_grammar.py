"""Every line of tests/cases/checks/grammar.tsv: the words that the dictionary's rules mark in a Russian sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.languages.russian import constructions, frames, slots, syntax, tables

CASES = Path(__file__).parents[2] / "cases" / "checks" / "grammar.tsv"


def _cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()[1:]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


@pytest.mark.parametrize(("target", "expect"), _cases(), ids=lambda text: text[:40])
def test_case(target: str, expect: str) -> None:
    found = [
        error
        for sentence in syntax.sentences(target)
        for error in (*slots.slots(sentence), *frames.frames(sentence), *constructions.constructions(sentence))
    ]
    marked = list(dict.fromkeys(target[error.start : error.end] for error in found))
    assert marked == [part for part in expect.split("|") if part]
    assert all(error.message for error in found)


def test_prepositions_of_the_table_are_prepositions() -> None:
    known = tables.table("government", "prep")
    for lemma, value in tables.table("frames", "notprep").items():
        for entry in value.split():
            name, _, case = entry.partition(":")
            assert name in known or name == "против", f"{lemma}: {name}"
            assert case in ("", "acc", "prp"), f"{lemma}: {case}"


def test_set_objects_and_bare_cases_name_prepositions_and_cases() -> None:
    known = tables.table("government", "prep")
    for words, value in tables.table("constructions", "pair").items():
        assert words.count("_") == 1, words
        for entry in value.split():
            name, _, case = entry.partition(":")
            assert name in known, f"{words}: {name}"
            assert case in ("", "acc", "prp"), f"{words}: {case}"
    for value in tables.table("constructions", "needs").values():
        name, _, case = value.partition(":")
        assert name in known
        assert case in known[name].split()
