"""Inline codes of the units: stored as JSON beside the text, a part of what makes two sources the same."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, replace

from pipeline.languages import verbatim
from pipeline.memory.sketch import fold
from pipeline.model import Code

Codes = tuple[Code, ...]
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SEPARATOR = "\x01"
_NUMBERED = re.compile(r"<(?:\w+:)?(?:g|x|bx|ex|ph|bpt|ept|it|ut|hi|sub|mrk|pc|sc|ec|sm|em)\b[^<>]*")  # of a bitext
_NUMBER = re.compile(r"\s(?:id|i|x|rid|startRef)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def key(source: str, codes: Sequence[Code]) -> str:
    """What counts as the same source: its folded text and, if there are any, the codes with their places in it."""
    if not codes:
        return fold(source)
    pieces, at = list[str](), 0
    for code in codes:
        pieces += (source[at : code.position], code.text)
        at = max(at, code.position)
    return _SEPARATOR.join((fold(source), re.sub(r"\s", "", "".join([*pieces, source[at:]]))))


def among(source: str) -> tuple[str, str]:
    """The keys of a source with whatever codes: from the first one to before the second."""
    return fold(source) + _SEPARATOR, fold(source) + chr(ord(_SEPARATOR) + 1)


def bare(source: str, codes: Sequence[Code]) -> str:
    """The key but for the numbers of tags, which one tool gives otherwise than another: <x id="7"/> for <x id="1"/>."""
    return key(source, [replace(code, text=_unnumbered(code.text)) for code in codes])


def _unnumbered(tag: str) -> str:
    return _NUMBERED.sub(lambda match: _NUMBER.sub("", match.group()), tag)


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
    """The codes of a unit's target with the numbers of the `asked` ones, which are those of another source, the first
    for the first; None where the two sources have not the same codes in the same order."""
    if [(c.kind, _unnumbered(c.text)) for c in codes] != [(c.kind, _unnumbered(c.text)) for c in asked]:
        return None
    numbers = {(code.id, code.kind): new.id for code, new in zip(codes, asked, strict=True)}
    return tuple(replace(code, id=numbers.get((code.id, code.kind), "")) for code in target_codes)


def crossed(codes: Codes, asked: Sequence[Code]) -> bool:
    """Does a code that both have stand in another place, so that in another sentence it is not sure which is which?"""
    ours, theirs = {code.text for code in codes}, {code.text for code in asked}
    pairs = ((one.text, two.text) for one, two in zip(codes, asked, strict=False))
    return any(one != two and (one in theirs or two in ours) for one, two in pairs)


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
