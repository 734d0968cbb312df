"""Glossaries of OmegaT: source, target and comment parted by tabs, no header, one line for each source form.

File names that OmegaT reads as UTF-8: .txt, .utf8, .tsv. A line that begins with # is a comment there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import Lang, Term

_GAP = re.compile(r"[\t\r\n]+")


def write(terms: Iterable[Term], source: Lang, target: Lang) -> str:
    """One line for each form of the source with the preferred target; other admitted and wrong forms in the comment."""
    lines: dict[tuple[str, str], str] = {}
    for term in terms:
        there = term.forms.get(target, ())
        if not there:
            continue
        said = [f"also: {', '.join(form.text for form in there[1:])}"] if there[1:] else []
        if wrong := term.forbidden.get(target, ()):
            said.append(f"not: {', '.join(form.text for form in wrong)}")
        said += [part for part in (term.kind, term.note) if part]
        for form in term.forms.get(source, ()):
            left = _cell(form.text)
            lines.setdefault((left, _cell(there[0].text)), _cell("; ".join(said)))
    return "".join(f"{left}\t{right}\t{comment}\n" for (left, right), comment in lines.items())


def _cell(text: str) -> str:
    return _GAP.sub(" ", text).strip().lstrip("#")
