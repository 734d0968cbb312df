"""Repairs in Chinese and English."""

from __future__ import annotations

import re

from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.glossary import english_forms
from pipeline.languages.english import article, is_plural
from pipeline.model import Edit, Form, Span, Term


def chinese(term: Term, form: Form, candidate: Candidate, view: View) -> Repair | None:
    """The official form, without the spaces that surrounded a foreign word."""
    start, end = candidate.span.start, candidate.span.end
    text = view.text
    if not candidate.inflects or text[start:end].isascii():
        if start and text[start - 1] == " " and start > 1 and "\u3400" <= text[start - 2] <= "\u9fff":
            start -= 1
        if end + 1 < len(text) and text[end] == " " and "\u3400" <= text[end + 1] <= "\u9fff":
            end += 1
    after = form.text
    quoted = after[:1] in "“《" and 0 < start and text[start - 1] == after[0] and after[0] not in text[start:end]
    if quoted and text[end : end + 1] in ("”", "》"):
        start, end = start - 1, end + 1
    before = text[start:end]
    if before == after:
        return None
    edit = Edit(start, end, before, after, term.id, candidate.why)
    return Repair((edit,), before, after, "", candidate.why)


_DETERMINER = re.compile(
    r"(?:\b(?:this|that|these|those|its|their|his|her|our|my|your|every|each|no|any|some)|['’]s|s['’])\s+$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(the|an?)(\s+)$", re.IGNORECASE)


def english(term: Term, form: Form, candidate: Candidate, view: View) -> Repair | None:
    """The official form in the number of what stood there, with the article that the place and the form ask for."""
    text = view.text
    start, end = right_bound(text, candidate.span)
    bare = english_forms.bare(form.text)
    official = form.text[: len(form.text) - len(bare)].strip().lower()
    plural = candidate.cells == ("pl",) or (
        not candidate.cells and not candidate.same and _plural(text[start:end], bare)
    )
    cell = "pl" if plural and english_forms.plural(bare) else ""
    after = english_forms.plural(bare) if cell else bare
    if official in ("a", "an"):
        official = "" if cell else article(after)
    inner = re.match(r"(the|an?)\s+", text[start:end], re.IGNORECASE)
    if inner:
        start += inner.end()
    shouted = len(text[start:end]) > 3 and text[start:end].isupper() and not bare.isupper()
    left = _ARTICLE.search(text[:start])
    had = left.group(1) if left else ""
    made = official
    if had.lower() == "the" and official not in ("a", "an") and term.kind not in ("person", "place"):
        made = "the"
    elif had and not official and term.kind not in ("person", "place"):
        made = "" if cell else article(after)
    elif not had and official and _DETERMINER.search(text[:start]):
        made = ""
    first = view.sentence_start(left.start() if left else start)
    words = f"{made} {after}" if made else after
    if left:
        start = left.start()
    before = text[start:end]
    if shouted:
        words = words.upper()
    elif term.kind == "title" and text[start:end].islower():
        words = words.lower()
    elif first and before[:1].isupper():
        words = words[:1].upper() + words[1:]
    if before == words:
        return None
    if left and made and before.lower().startswith(made + " "):  # the article stays: leave it out of the edit
        cut = left.end() - left.start()
        start, before, words = start + cut, before[cut:], words[len(made) + 1 :]
        if before == words:
            return None
    return Repair((Edit(start, end, before, words, term.id, candidate.why),), before, words, cell, candidate.why)


def _plural(found: str, bare: str) -> bool:
    """Is the head of the found words plural, and the official form's head not?"""
    return is_plural(_head(found)) and not is_plural(_head(bare))


def _head(text: str) -> str:
    cut = re.split(r"\s(?:of|for|in|on|to|with|from|at|by|and)\s", text)[0]
    return cut.split(" ")[-1]


def right_bound(text: str, span: Span) -> tuple[int, int]:
    """The span without a possessive ending."""
    tail = re.search(r"['’]s$", span.of(text))
    return span.start, span.end - len(tail.group()) if tail else span.end
