"""Finding terms in Russian text by all forms of their paradigms, also with words inserted between theirs.

Paradigms cost half a millisecond each, so only those are made whose words all begin like some word of the text: a
prefix of each word that inflection leaves alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from pipeline.glossary import forms
from pipeline.glossary.fold import Folded, fold, key
from pipeline.glossary.forms import Found
from pipeline.glossary.stems import WORD, beginnings, prefixes, stem
from pipeline.glossary.store import Glossary
from pipeline.languages.russian.analyse import analyses
from pipeline.languages.russian.paradigm import read_notes
from pipeline.model import Form, Lang, Occurrence, Span, Term

_SUPPLETIVE = {
    "человек": "люд",
    "люди": "челове",
    "ребенок": "дет",
    "дети": "ребен",
    "год": "лет",
    "лето": "лет",
    "идти": "шед",
}
_GAP = 4
Table = dict[str, list[tuple[int, frozenset[str], Term, Form]]]


class RussianIndex:
    """The Russian side of a glossary, for `find`."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary

    @cached_property
    def _by_stem(self) -> dict[str, list[tuple[tuple[str, ...], Term, Form]]]:
        """First stem -> (stems of all words, term, form)."""
        table: dict[str, list[tuple[tuple[str, ...], Term, Form]]] = {}
        for term in self.glossary.terms:
            for form in term.forms.get("ru", ()):
                words = WORD.findall(key(form.text, "ru"))
                stems = tuple(stem(word) for word in words)
                if not stems:
                    continue
                table.setdefault(stems[0], []).append((stems, term, form))
                other = _SUPPLETIVE.get(words[0])
                if other:
                    table.setdefault(stem(other + "000"), []).append(((other[:1], *stems[1:]), term, form))
        return table

    @cached_property
    def _order(self) -> dict[str, int]:
        return {term.id: number for number, term in enumerate(self.glossary.terms)}

    @cached_property
    def _by_rarest(self) -> tuple[Table, Table]:
        """The stem that fewest entries have -> (rank of the entry by its first stem, all its stems, term, form).

        Names of one word, which stand in a text with a capital only (`forms.capitals_fit`), have a table of their own.
        """
        entries = [
            (rank, frozenset((first, *stems)), term, form)
            for rank, (first, stems, term, form) in enumerate(
                (first, *entry) for first in sorted(self._by_stem) for entry in self._by_stem[first]
            )
        ]
        often = Counter(part for _, stems, _, _ in entries for part in stems)
        others: Table = {}
        names: Table = {}
        for entry in entries:
            table = names if len(entry[1]) == 1 and _capitalised(entry[3]) else others
            table.setdefault(min(entry[1], key=lambda part: (often[part], part)), []).append(entry)
        return others, names

    def _likely(self, folded: Folded, text: str) -> Iterator[tuple[Term, Form]]:
        """Entries whose words all have a namesake by prefix in the text."""
        begun, capital = prefixes(folded.text), _capitals(folded, text)
        others, names = self._by_rarest
        found = {
            rank: (term, form)
            for table, parts in ((others, begun), (names, capital))
            for part in table.keys() & parts
            for rank, stems, term, form in table[part]
            if stems <= begun
        }
        seen: set[tuple[str, str]] = set()
        for rank in sorted(found):
            term, form = found[rank]
            if (term.id, form.text) not in seen:
                seen.add((term.id, form.text))
                yield term, form

    def _found(self, text: str) -> list[tuple[Term, Found]]:
        folded = fold(text, "ru")
        result: list[tuple[Term, Found]] = []
        for term, form in self._likely(folded, text):
            known = (form.text, form.notes, "ru", term.kind, term.gender)
            for surface in forms.surfaces(*known) if _opening(*known) in folded.text else ():
                if surface.key not in folded.text:
                    continue
                for span in forms.places(surface.key, folded, "ru"):
                    if forms.capitals_fit(surface.text, span.of(text), form.text) and not _namesake(
                        term, form, span, text
                    ):
                        result.append((term, Found(span, surface, form, 0)))
            if term.kind not in ("person", "place"):
                low = _tokens(text)
                for surface, row, loose in forms.rows(form.text, form.notes, "ru", term.kind, term.gender):
                    for start, end, gaps in forms.scattered(low, row, loose, _GAP):
                        if gaps:
                            result.append((term, Found(Span(start, end), surface, form, 0, True)))
        return result

    def find(self, text: str) -> Iterable[Occurrence]:
        """Occurrences in order, none overlapping: whole ones before those with words inserted, then the longest."""
        found = self._found(text)
        found.sort(
            key=lambda item: (item[1].inserted, -len(item[1].span), item[1].span.start, -self._order[item[0].id])
        )
        kept: list[tuple[Term, Found]] = []
        for term, item in found:
            if not any(item.span.overlaps(other.span) for _, other in kept):
                kept.append((term, item))
        kept.sort(key=lambda item: item[1].span.start)
        return tuple(Occurrence(term, item.span, item.form, " ".join(item.surface.cells)) for term, item in kept)

    def same(self, occurrence: Occurrence) -> list[Term]:
        """Terms that have the occurrence's form among theirs."""
        wanted = key(occurrence.form.text, "ru")
        words = WORD.findall(wanted)
        if not words:
            return []
        entries = self._by_stem.get(stem(words[0]), ())
        return [term for _, term, form in entries if key(form.text, "ru") == wanted]


_BEFORE = re.compile(r"(?:^|[\s«(„])([А-ЯЁ][а-яё]+) $")
_AFTER = re.compile(r" ([А-ЯЁ][а-яё]+)")


def _namesake(term: Term, form: Form, span: Span, text: str) -> bool:
    """Is it somebody else: a surname behind another given name («Елена Медведева»), a given name that is also a place
    («София Черкасова»)?"""
    if " " in form.text or term.kind not in ("person", "place"):
        return False
    if term.kind == "person":
        before = _BEFORE.search(text, max(0, span.start - 30), span.start)
        if before is None:
            return False
        name = [a for a in analyses(before.group(1)) if "Name" in a.grammemes]
        own = {word.lower() for each in term.forms.get("ru", ()) for word in each.text.split()}
        return bool(name) and analyses(before.group(1))[0].known and not any(a.lemma in own for a in name)
    after = _AFTER.match(text, span.end)
    first = analyses(span.of(text))[0]
    surname = after is not None and "Surn" in analyses(after.group(1))[0].grammemes
    return surname and any("Name" in a.grammemes for a in (first, *analyses(span.of(text))))


@lru_cache(maxsize=1 << 14)
def _opening(text: str, notes: str, lang: Lang, kind: str, gender: str) -> str:
    """What the keys of all forms begin with."""
    keys = [surface.key for surface in forms.surfaces(text, notes, lang, kind, gender)]
    first, last = min(keys, default=""), max(keys, default="")
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:same]


def _capitalised(form: Form) -> bool:
    """Is it one word that begins with a capital, in all its forms?"""
    return form.text[:1].isupper() and form.text.isalpha() and not read_notes(form.notes).cells


def _capitals(folded: Folded, text: str) -> frozenset[str]:
    """`prefixes` of the words that begin with a capital."""
    return beginnings(match[0] for match in WORD.finditer(folded.text) if text[folded.at(match.start())].isupper())


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    return forms.low_tokens(text)
