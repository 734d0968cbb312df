"""Capitals of an official form in a Russian sentence: where it begins, in headings, and of offices."""

from __future__ import annotations

import re

from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground, Repair
from pipeline.enforce.synonyms import bundled
from pipeline.enforce.view import View
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import analyses, lemmas, tokenise
from pipeline.model import Edit, Span, Term

_CYRILLIC = re.compile("[А-Яа-яЁё]")


def guessed(candidate: Candidate, term: Term) -> bool:
    """Is it a guessed wording of a title of one's own glossary, whose capitals are part of the guess?"""
    return candidate.ground is not Ground.WRONG and term.kind in ("title", "body") and not bundled(term.origin)


def capital(
    term: Term, after: str, before: str, span: Span, view: View, *, keep: bool = False, guess: bool = False
) -> str:
    """A capital where the sentence begins, and where the text gives an office one («Генеральный секретарь»)."""
    if before.isupper() and " " in before and len(before) > 8 and _CYRILLIC.search(before):
        return after.upper()  # a heading in capitals
    first = next((char for char in before if char.isalnum()), "")
    caseless = first.lower() == first.upper()
    if after[:1].islower() and (first.isupper() or caseless or not _CYRILLIC.match(first)):
        opens = view.sentence_start(span.start)
        quoted = first.isupper() and _quoted(view.text, span)
        office = not guess and (keep or term.kind == "title") and first.isupper() and _CYRILLIC.match(first)
        if (
            opens or quoted or (office and term.kind != "place")
        ):  # «в Автономном регионе …»: the word for its kind is no name
            return after[:1].upper() + after[1:]
    if after[:1].isupper() and first.islower() and _small(term, after, before) and not view.sentence_start(span.start):
        return after[:1].lower() + after[1:]
    if after[:1] == "«" and after[1:2].islower() and first.isupper() and view.sentence_start(span.start):
        return after[:1] + after[1:2].upper() + after[2:]
    return after


def superfluous(term: Term, found: Found, view: View) -> Repair | None:
    """The repair of a body's name in Russian all of whose words have capitals, as English writes them; not in a
    heading."""
    if term.kind != "body" or found.inserted:
        return None
    text, span = view.text, found.span
    was, due = ([token.text for token in tokenise(part)] for part in (span.of(text), found.surface.text))
    if len(was) != len(due):
        return None
    wrong = [at for at, (one, other) in enumerate(zip(was, due, strict=True)) if one[:1].isupper() and other.islower()]
    if len([at for at in wrong if at]) < _SEVERAL or span.of(text).isupper():
        return None
    others = [t.text for t in view.tokens if (t.end <= span.start or t.start >= span.end) and len(t.text) > 3]
    if not others or 2 * sum(word[:1].isupper() for word in others) > len(others):
        return None
    opens = view.sentence_start(span.start) and was[0][:1].isupper()
    after = found.surface.text[:1].upper() + found.surface.text[1:] if opens else found.surface.text
    before = span.of(text)
    reason = f"«{before}» has capitals that the official form has not"
    edit = Edit(span.start, span.end, before, after, term.id, reason)
    return Repair((edit,), before, after, found.surface.cells[0], reason)


_SEVERAL = 2


def _quoted(text: str, span: Span) -> bool:
    """Does it fill quotation marks: a motto («на тему „Приоритет экологии“»)?"""
    return text[: span.start].endswith(("«", "“", "„", '"')) and text[span.end :].startswith(("»", "”", "“", '"'))


def _small(term: Term, after: str, before: str) -> bool:
    """Does the text write an office in small letters whose first word alone has a capital, names aside («послом …»)?"""
    if term.kind != "title":
        return False
    made = [token.text for token in tokenise(after) if token.is_word]
    was = [token.text for token in tokenise(before) if token.is_word]
    if len(made) < 2 or not was or not lemmas(made[0]) & lemmas(was[0]):
        return False
    second = made[2] if made[1] == "и" and len(made) > 2 else made[1]
    return not (analyses(made[0])[0].pos in ("ADJF", "PRTF") and second[:1].isupper())  # «Чрезвычайный и Полномочный»
