"""The abbreviation in brackets after a name that was put right: «Азиатский банк инфраструктурных инвестиций (АИИБ)»."""

from __future__ import annotations

import re

from pipeline.enforce.view import View
from pipeline.model import Edit, Term

_BRACKETED = re.compile(r"[»”\"]?\s?[(（]\s?([A-ZА-ЯЁ][A-Za-zА-Яа-яЁё]{0,2}[A-ZА-ЯЁ]{1,6})\s?[)）]")


def edits(term: Term, end: int, view: View) -> list[Edit]:
    """The entry's own abbreviation for another one in brackets at `end`; none where the entry has none."""
    found = _BRACKETED.match(view.text, end)
    if found is None:
        return []
    own = [form.text for form in term.forms.get(view.lang, ()) if _abbreviation(form.text)]
    if not own or found.group(1) in own:
        return []
    start, stop = found.span(1)
    return [Edit(start, stop, found.group(1), own[0], term.id, f"the abbreviation is «{own[0]}»")]


def _abbreviation(text: str) -> bool:
    return " " not in text and 2 <= len(text) <= 9 and sum(char.isupper() for char in text) >= 2
