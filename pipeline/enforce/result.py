"""What the enforcer answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pipeline.model import Edit, Finding, Lang, Occurrence, Severity, Term


class Ground(Enum):
    """What is known of the words that stand for a term: wrong for sure, merely like its official form, merely what the
    word tables give for its words, or none."""

    WRONG = "wrong"
    ALIKE = "alike"
    TRANSLATED = "translated"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Enforced:
    """The new target, the edits that make it, what could not be done, and a line for each term occurrence.

    A line of `terms` has term, source_span, status (applied, already, variant, repaired, flagged), before, after, cell,
    reason, suggestion.
    """

    target: str
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    terms: tuple[Mapping[str, Any], ...] = ()
    grounds: Mapping[str, Ground] = field(default_factory=dict)  # term id -> why its words were changed


@dataclass(frozen=True, slots=True)
class Repair:
    """Edits that put one term right; all are made or none."""

    edits: tuple[Edit, ...]
    before: str
    after: str
    cell: str
    reason: str
    ground: Ground = Ground.WRONG


_WORD = re.compile(r"[а-яёА-ЯЁ]+(?:-[а-яёА-ЯЁ]+)*")
_GENERAL = frozenset(("власть", "руководство", "руководитель", "ведомство", "орган"))


def by_likeness(words: str) -> str:
    """Why words are taken for a term's wrong rendering when only their likeness to the official form says so."""
    return f"«{words}» stands in its place"


def by_tables(words: str) -> str:
    """The same when only the word translation tables say so."""
    return f"«{words}» translates its words"


_SENTENCE = re.compile(r"[.!?…](?:\s|$)")


def by_agreement(words: str) -> str:
    """Why a word is changed that stands with a term."""
    return f"agrees with «{words}»"


def follows(edit: Edit, others: Iterable[Edit], text: str) -> bool:
    """Is the edit of `text` made but for another of the same term in the same sentence, with whose new words it agrees:
    «[провело] Главное управление»?"""
    return any(
        other.term == edit.term
        and edit.reason == by_agreement(other.after)
        and not _SENTENCE.search(text[min(edit.end, other.end) : max(edit.start, other.start)])
        for other in others
        if other is not edit
    )


def headless(term: Term, words: str, lang: Lang) -> bool:
    """Are the words a name of a body or an office that lacks the head of every form it has: комиссия for комитет?

    Words so general that they may stand for any head do not count; a phrase without a noun tells nothing.
    """
    if lang != "ru" or term.kind not in ("body", "title"):
        return False
    from pipeline.languages.russian import analyse

    def nouns(text: str) -> list[str]:
        low = [word.lower().replace("ё", "е") for word in _WORD.findall(text)]
        readings = [analyse.parses(word) for word in low]
        return [
            reading[0].normal_form.replace("ё", "е")
            for reading in readings
            if reading and not any("ADJF" in one.tag for one in reading) and "NOUN" in reading[0].tag
        ]

    heads = {found[0] for form in term.forms[lang] if (found := nouns(form.text))}
    said = nouns(words)
    return bool(heads) and bool(said) and not {*heads, *_GENERAL} & {*said}


def severity(term: Term, ground: Ground, bare: bool = False) -> Severity:
    """How grave a term that is not in its official form is, by what stands there instead.

    bare: the words translate those of the term, but for the head of its official name (see `headless`).


    A forbidden form, another script or another transcription is wrong for sure. Words that are merely like the official
    form, or none at all, may be a professional's free or shortened rendering and are worth a note; a person's name has
    one form only.
    """
    if ground is Ground.WRONG:
        return Severity.MINOR if term.kind == "term" else Severity.MAJOR
    return Severity.MINOR if term.kind == "person" or bare else Severity.NEUTRAL


def line(occurrence: Occurrence, status: str, **more: str) -> dict[str, Any]:
    """A line of the report on terms."""
    made: dict[str, Any] = {
        "term": occurrence.term.id,
        "source_span": [occurrence.span.start, occurrence.span.end],
        "status": status,
        "before": "",
        "after": "",
        "cell": "",
        "reason": "",
        "suggestion": "",
    }
    made.update(more)
    return made
