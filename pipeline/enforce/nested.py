"""Wordings of an office that name a place or body inside it by another of its admitted names.

«посол России в КНР» for «Посол России в Китае»: the entry of the country admits both, so both are right there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from pipeline.enforce import tree
from pipeline.glossary import forms
from pipeline.glossary.fold import Folded
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import analyses, fold
from pipeline.model import Form, Term

_MOST = 8


class Nested:
    """The other wordings of the offices of a glossary; each is made when first asked for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._parts = tuple(
            term for term in terms if term.kind in ("place", "body") and len(term.forms.get("ru", ())) > 1
        )
        self._known: dict[str, Term | None] = {}

    @cached_property
    def _names(self) -> Mapping[str, list[tuple[int, Term, list[Form], Form]]]:
        """By their first two letters the names that are no adjectives: rank in the glossary, entry, its names, name."""
        made: dict[str, list[tuple[int, Term, list[Form], Form]]] = {}
        rank = 0
        for part in self._parts:
            names = [name for name in part.forms["ru"] if not _adjective(name.text)]
            for name in names:
                made.setdefault(name.text[:2].lower(), []).append((rank, part, names, name))
                rank += 1
        return made

    def of(self, term: Term) -> Term | None:
        """The office with its other wordings for forms, None where it has none."""
        if term.kind != "title":
            return None
        if term.id not in self._known:
            own = {fold(form.text) for form in term.forms.get("ru", ())}
            made: dict[str, Form] = {}
            for form in term.forms.get("ru", ()):
                for other in self._others(form):
                    if fold(other.text) not in own:
                        made.setdefault(fold(other.text), other)
            kept = tuple(made.values())[:_MOST]
            self._known[term.id] = replace(term, forms={**term.forms, "ru": kept}) if kept else None
        return self._known[term.id]

    def _others(self, form: Form) -> Iterator[Form]:
        words = form.text.split(" ")
        begun = [f"{word} "[:2].lower() for word in words[1:]] + [words[-1][:2].lower()]
        able = (entry for letters in dict.fromkeys(begun) for entry in self._names.get(letters, ()))
        for _, part, names, name in sorted(able, key=lambda entry: entry[0]):
            for at in range(1, len(words)):
                size = len(name.text.split(" "))
                there = " ".join(words[at : at + size])
                if at + size > len(words) or there[:2].lower() != name.text[:2].lower():
                    continue
                case = _case(name, part, there, words[at - 1])
                for other in names if case else ():
                    put = forms.russian(other, part.kind, part.gender).cells.get(case, "")
                    if other is not name and put:
                        text = " ".join((*words[:at], put, *words[at + size :]))
                        yield Form(text, form.notes)


def _adjective(text: str) -> bool:
    return " " not in text and analyses(text)[0].pos in ("ADJF", "PRTF")


@lru_cache(maxsize=1 << 10)
def _cells(name: Form, kind: str, gender: str) -> tuple[tuple[str, str], ...]:
    return tuple(forms.russian(name, kind, gender).cells.items())


def _case(name: Form, part: Term, there: str, before: str) -> str:
    """The case in which the name stands, by its form and the word before it; "" where it is another word."""
    cells = [case for case, text in _cells(name, part.kind, part.gender) if text == there and case in tree.NAMES]
    due = tree.governed("prep").get(fold(before), ("gen",))
    return next((case for case in due if case in cells), "")


def found(term: Term, nested: Nested | None, folded: Folded, text: str) -> list[Found]:
    """The places of the office's other wordings in a Russian text."""
    other = nested.of(term) if nested is not None else None
    if other is None:
        return []
    return [replace(each, rank=each.rank + 1) for each in forms.find(other, "ru", folded, text)]
