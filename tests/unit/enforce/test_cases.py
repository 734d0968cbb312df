"""Every block of tests/cases/enforce/*.txt: what the enforcer makes of a source and its translation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.enforce import Enforcer
from pipeline.glossary import Glossary, tsv
from pipeline.model import Lang, apply_edits
from tests.unit.enforce.blocks import Block, blocks

FOLDER = Path(__file__).parents[2] / "cases" / "enforce"
BLOCKS = [block for file in sorted(FOLDER.glob("*.txt")) for block in blocks(file)]


@cache
def enforcer(glossary: str, source: Lang, target: Lang) -> Enforcer:
    return Enforcer(Glossary(tsv.read(glossary, "glossary")), source, target)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_block(block: Block) -> None:
    done = enforcer(block.glossary, block.source_lang, block.target_lang).enforce(block.source, block.target)
    assert done.target in block.expected
    assert apply_edits(block.target, done.edits) == done.target
    flagged = {line["term"] for line in done.terms if line["status"] == "flagged"}
    assert flagged == set(block.flags)
    again = enforcer(block.glossary, block.source_lang, block.target_lang).enforce(block.source, done.target)
    assert again.target == done.target


def test_there_are_cases() -> None:
    assert len(BLOCKS) > 300
