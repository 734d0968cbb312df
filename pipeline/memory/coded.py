"""Inline codes of the units: stored as JSON beside the text, a part of what makes two sources the same."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import astuple, replace

from pipeline.languages import verbatim
from pipeline.memory.sketch import fold
from pipeline.model import Code

Codes = tuple[Code, ...]
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SEPARATOR = "\x01"


def key(source: str, codes: Sequence[Code]) -> str:
    """What counts as the same source: its folded text and, if there are any, the codes with their places in it."""
    if not codes:
        return fold(source)
    pieces, at = list[str](), 0
    for code in codes:
        pieces += (source[at : code.position], code.text)
        at = max(at, code.position)
    return _SEPARATOR.join((fold(source), re.sub(r"\s", "", "".join([*pieces, source[at:]]))))


def packed(codes: Codes, target_codes: Codes) -> str:
    sides = [[astuple(code) for code in side] for side in (codes, target_codes)]
    return json.dumps(sides, ensure_ascii=False) if codes or target_codes else ""


def unpacked(text: str) -> tuple[Codes, Codes]:
    """The codes of a unit's source and target."""
    if not text:
        return (), ()
    left, right = json.loads(text)
    return tuple(Code(*code) for code in left), tuple(Code(*code) for code in right)


def renumbered(codes: Codes, target_codes: Codes, asked: Sequence[Code]) -> Codes | None:
    """The codes of a unit's target with the numbers of the `asked` ones, which are those of another source; None where
    the two sources have not the same codes."""
    if Counter((code.kind, code.text) for code in codes) != Counter((code.kind, code.text) for code in asked):
        return None
    waiting: dict[tuple[str, str], deque[str]] = defaultdict(deque)
    for code in asked:
        waiting[code.kind, code.text].append(code.id)
    numbers = {(code.id, code.kind): waiting[code.kind, code.text].popleft() for code in codes}
    return tuple(replace(code, id=numbers.get((code.id, code.kind), "")) for code in target_codes)


def moved(codes: Codes, old: str, new: str) -> Codes:
    """The codes of a target in which names or numbers were put right."""
    if not codes or old == new:
        return codes
    from rapidfuzz.distance import Indel

    steps = Indel.opcodes(old, new)
    starts = [step.src_start for step in steps]
    out = []
    for code in codes:
        at = bisect_left(starts, code.position)
        step = steps[at] if starts[at : at + 1] == [code.position] else steps[max(0, at - 1)]
        by = code.position - step.src_start
        same = step.dest_start + by if step.tag == "equal" or not by else step.dest_end
        out.append(replace(code, position=min(same, len(new))))
    return tuple(out)


def held(text: str) -> Counter[str]:
    """Placeholders, tags, addresses and names of files in a text: a target with others would be wrong."""
    return Counter([*(span.of(text) for span in verbatim.find(text)), *_TAG.findall(text)])
