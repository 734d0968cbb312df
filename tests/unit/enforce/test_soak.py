"""The enforcer with the project's glossaries over what the bundled engine writes and over spoilt human translations."""

from __future__ import annotations

import random
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from pipeline.enforce import Enforcer
from pipeline.glossary import Glossary, store
from pipeline.model import LANGS, Lang, apply_edits

ROOT = Path(__file__).parents[3]
COLUMNS: dict[Lang, int] = {"zh": 2, "ru": 3, "en": 4}
PAIRS = list(permutations(LANGS, 2))

pytestmark = pytest.mark.soak


@cache
def glossary() -> Glossary:
    return store.load([ROOT / "glossaries"])


@cache
def rows(count: int) -> list[dict[Lang, str]]:
    lines = (ROOT / "tests" / "reference" / "genre.tsv").read_text(encoding="utf-8").splitlines()[1:]
    random.Random(7).shuffle(lines)
    return [{lang: line.split("\t")[at] for lang, at in COLUMNS.items()} for line in lines[:count]]


def holds(enforcer: Enforcer, source: str, target: str, links: tuple = ()) -> None:  # type: ignore[type-arg]
    """Edits make the new target, findings lie inside it, and enforcing again changes nothing."""
    done = enforcer.enforce(source, target, links)
    assert apply_edits(target, done.edits) == done.target
    assert all(0 <= found.start <= found.end <= len(done.target) for found in done.findings)
    assert all(0 <= found.start <= found.end <= len(target) for found in enforcer.verify(source, target))
    assert enforcer.enforce(source, done.target).target == done.target
    missing = {found.term.id for found in enforcer.occurrences(source)} - {line["term"] for line in done.terms}
    assert not missing  # each term of the source is answered for


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_engine_output(source: Lang, target: Lang) -> None:
    from pipeline.engines.base import Request, make

    engine = make("compact", profile={})
    if engine.ability().missing:
        pytest.skip("the bundled model is not here")
    enforcer = Enforcer(glossary(), source, target, names=True)
    texts = [row[source] for row in rows(60)]
    for text, made in zip(texts, engine.translate([Request(text) for text in texts], source, target), strict=True):
        holds(enforcer, text, made.text, made.links)


def spoilt(text: str, lang: Lang, chance: random.Random) -> str:
    """A few words left out, doubled, put in another place or quoted, as a weak engine might."""
    parts = list(text) if lang == "zh" else text.split(" ")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(parts))
        match chance.randrange(5):
            case 0 if len(parts) > 2:
                del parts[at]
            case 1:
                parts.insert(at, parts[at])
            case 2:
                parts.insert(chance.randrange(len(parts)), parts.pop(at))
            case 3:
                parts[at] = f"«{parts[at]}»" if lang == "ru" else f"“{parts[at]}”"
            case _:
                parts[at] = parts[at].swapcase()
    return ("" if lang == "zh" else " ").join(parts)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_spoilt_translations(source: Lang, target: Lang) -> None:
    chance = random.Random(11)
    enforcer = Enforcer(glossary(), source, target, names=True)
    for row in rows(300):
        holds(enforcer, row[source], spoilt(row[target], target, chance))
