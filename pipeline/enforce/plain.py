"""Repairs in Chinese and English."""

from __future__ import annotations

import re

from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.glossary import english_forms
from pipeline.model import Edit, Form, Span, Term

_VOWEL_SOUND = re.compile(
    r"(?:[aeiou](?!ne\b|u[^n]|ni[^n]|se))|h(?:our|onest|onou?r|eir)|[FHLMNRSX](?=[A-Z\d]|$)|8", re.IGNORECASE
)


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
    if after[:1] in "“《" and start and text[start - 1] == after[0] and text[end : end + 1] == after[-1]:
        start, end = start - 1, end + 1
    before = text[start:end]
    if before == after:
        return None
    edit = Edit(start, end, before, after, term.id, candidate.why)
    return Repair((edit,), before, after, "", candidate.why)


def english(term: Term, form: Form, candidate: Candidate, view: View) -> Repair | None:
    """The official form in the number of what stood there, with the article the place and the form ask for."""
    text = view.text
    start, end = candidate.span.start, candidate.span.end
    bare = english_forms.bare(form.text)
    with_the = form.text.lower().startswith("the ") and len(bare) < len(form.text)
    plural = candidate.cells == ("pl",)
    cell = "pl" if plural and english_forms.plural(bare) else ""
    after = english_forms.plural(bare) if cell else bare
    inner = re.match(r"(the|an?)\s+", text[start:end], re.IGNORECASE)
    if inner:
        start += inner.end()
    left = re.search(r"\b(the|an?)(\s+)$", text[:start], re.IGNORECASE)
    possessive = re.search(r"(?:['’]s|s['’])\s+$", text[:start])
    edits: list[Edit] = []
    if left:
        article = left.group(1)
        made = article
        if term.kind in ("person", "place") and not with_the:
            made = ""
        elif with_the:
            made = "the"
        elif article.lower() in ("a", "an"):
            made = "" if plural else "an" if _VOWEL_SOUND.match(after) else "a"
        if made and article[0].isupper():
            made = made.capitalize()
        if made != article:
            stop = left.end() if not made else left.end(1)
            if not made and article[0].isupper():
                after = after[:1].upper() + after[1:]
            if not made:
                start = left.start()
            else:
                edits.append(Edit(left.start(1), stop, article, made, term.id, f"article before «{after}»"))
    elif with_the and not possessive:
        after = ("The " if view.sentence_start(start) else "the ") + after
    before = text[start:end]
    if view.sentence_start(start) and after[:1].islower() and before[:1].isupper():
        after = after[:1].upper() + after[1:]
    if before == after and not edits:
        return None
    edits.insert(0, Edit(start, end, before, after, term.id, candidate.why))
    return Repair(tuple(edits), before, after, cell, candidate.why)


def right_bound(text: str, span: Span) -> Span:
    """The span without a possessive ending."""
    tail = re.search(r"['’]s$", span.of(text))
    return Span(span.start, span.end - len(tail.group())) if tail else span
