"""Russian turns that look like a wrong agreement and are right: «проверяют участок за участком трубы», «порученное надо
доводить до конца», nouns in a gender that the dictionary does not list («пыльный позёмок»)."""

from __future__ import annotations

import re

from pipeline.checks._tables import words
from pipeline.checks._words import fold, parses, russian_lemmas
from pipeline.languages.russian.disagreement import Disagreement

_IN_TURN = re.compile(r"([А-Яа-яЁё]+)[ \u00a0]за[ \u00a0]$")
_NEXT = re.compile(r"[ \u00a0]([А-Яа-яЁё]+)")


def right(text: str, error: Disagreement) -> bool:
    """Is what an error names right after all?"""
    own, head = fold(text[error.start : error.end]), fold(text[error.head_start : error.head_end])
    return _in_turn(text, error) or _said_alone(text, error) or masculine(own, head)


def _in_turn(text: str, error: Disagreement) -> bool:
    """Is the head the second of two in «участок за участком», which governs nothing?"""
    before = _IN_TURN.search(text, 0, error.head_start)
    head = fold(text[error.head_start : error.head_end])
    return before is not None and bool(russian_lemmas(fold(before.group(1))) & russian_lemmas(head))


def _said_alone(text: str, error: Disagreement) -> bool:
    """Is it a participle in the neuter that stands for a noun, before what is said of it («порученное надо …»)?"""
    if error.kind != "participle":
        return False
    own = [r for r in parses(fold(text[error.start : error.end])) if "PRTF" in r.tag]
    after = _NEXT.match(text, error.end)
    if after is None or not own or not all("neut" in r.tag and {"nomn", "accs"} & r.tag.grammemes for r in own):
        return False
    low = fold(after.group(1))
    return low in words("modal") or any("VERB" in r.tag and "plur" not in r.tag for r in parses(low)[:1])


def masculine(adjective: str, noun: str) -> bool:
    """Does an adjective in the masculine stand with a noun that is masculine, too, though the dictionary has it as a
    feminine in the genitive plural («пыльный позёмок»)?"""
    return noun in words("also-masculine") and any("masc" in r.tag and "nomn" in r.tag for r in parses(adjective))
