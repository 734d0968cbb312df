"""Finding a glossary's terms in running text: one pass, longest match first, offsets into the original.

Aho-Corasick (Aho & Corasick 1975, through pyahocorasick) for Chinese and English; Russian is in `match_russian`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from pipeline.glossary import english_forms
from pipeline.glossary.entry import SHADED
from pipeline.glossary.fold import Folded, fold, key
from pipeline.glossary.store import Glossary
from pipeline.model import Form, Lang, Occurrence, Span, Term

Entry = tuple[Term, Form, str]  # term, the form, the paradigm cell
Hit = tuple[int, int, int]  # start, end, index of the key

_HYPHENED = re.compile(r"(?<![\w-])(?:[A-Za-z][a-z]{3,}|[Cc]o|[Ee])-[a-z]{4,}(?![\w-])")
_GUARDED = 30_000  # above, the entries are a dictionary themselves and take care of each other


class Matcher:
    """Finds the terms of a glossary in texts of one language.

    Building is lazy: for 100,000 Chinese entries about a second, once. Instances are safe to share between calls, not
    between threads that build at the same time.
    """

    def __init__(self, glossary: Glossary | Iterable[Term], lang: Lang, *, guard: bool = True) -> None:
        self.glossary = glossary if isinstance(glossary, Glossary) else Glossary(tuple(glossary))
        self.lang: Lang = lang
        self.guard = guard and lang == "zh"

    @cached_property
    def _entries(self) -> tuple[list[str], list[list[Entry]]]:
        """Keys, and what each stands for; a later entry comes before an earlier one of another file."""
        index: dict[str, int] = {}
        keys: list[str] = []
        values: list[list[Entry]] = []
        for term in self.glossary.terms:
            for form in term.forms.get(self.lang, ()):
                if form.notes == SHADED:
                    continue
                for text, cell in self._surface(term, form):
                    if not text:
                        continue
                    at = index.get(text)
                    if at is None:
                        index[text] = len(keys)
                        keys.append(text)
                        values.append([(term, form, cell)])
                    elif all(known.id != term.id or _smaller(form, other) for known, other, _ in values[at]):
                        values[at].append((term, form, cell))
        for term in self.glossary.terms if self.lang == "en" else ():
            for form in term.forms.get("en", ()) if term.kind == "term" else ():
                for text in english_forms.verb_forms(form.text):
                    if text not in index and form.notes != SHADED:
                        index[text] = len(keys)
                        keys.append(text)
                        values.append([(term, form, english_forms.VERB)])
        for text, entry in self._spelt() if self.lang == "en" else ():
            if text not in index:
                index[text] = len(keys)
                keys.append(text)
                values.append([entry])
        return keys, values

    def _spelt(self) -> Iterator[tuple[str, Entry]]:
        """English words with a hyphen, written as one: whistle-blower as "whistleblower"."""
        for term in self.glossary.terms:
            for form in term.forms.get("en", ()) if term.kind not in ("person", "place") else ():
                if "-" in form.text and " " not in form.text and form.notes != SHADED:
                    for text, cell in self._surface(term, form):
                        yield text.replace(" ", ""), (term, form, cell)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {text: number for number, text in enumerate(self._entries[0])}

    def _surface(self, term: Term, form: Form) -> Iterable[tuple[str, str]]:
        if self.lang == "en":
            return english_forms.surface(form.text, term.kind)
        return (
            (key(form.text, self.lang).replace(" ", "") if term.kind == "person" else key(form.text, self.lang), ""),
        )

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for number, text in enumerate(self._entries[0]):
            automaton.add_word(text, (len(text), number))
        automaton.make_automaton()
        return automaton

    @cached_property
    def _russian(self) -> Any:
        from pipeline.glossary.match_russian import RussianIndex

        return RussianIndex(self.glossary)

    def find(self, text: str) -> tuple[Occurrence, ...]:
        """The occurrences, in order, none overlapping; a nested term appears only where the longer one is refused."""
        if self.lang == "ru":
            return tuple(self._russian.find(text))
        folded = fold(text, self.lang)
        values = self._entries[1]
        made = _new_occurrence
        return tuple(
            made(values[number][0], start, end) for start, end, number in _original(folded, self._hits(folded, text))
        )

    def inside(self, text: str, outer: Occurrence) -> tuple[Occurrence, ...]:
        """The occurrences within a found term, that itself left out: 新质生产力 in 因地制宜发展新质生产力.

        They begin or end otherwise than it does; the longest first, none overlapping.
        """
        whole = outer.span.of(text)
        words = [match.span() for match in re.finditer("." if self.lang == "zh" else r"\S+", whole)]
        if len(words) < 2:
            return ()
        found: list[Occurrence] = []
        for start, end in ((words[1][0], words[-1][1]), (words[0][0], words[-2][1])):
            for one in self.find(whole[start:end]):
                begin = outer.span.start + start
                found.append(replace(one, span=Span(begin + one.span.start, begin + one.span.end)))
        kept: list[Occurrence] = []
        for one in sorted(found, key=lambda item: (-len(item.span), item.span.start)):
            if one.term.id != outer.term.id and not any(one.span.overlaps(other.span) for other in kept):
                kept.append(one)
        return tuple(sorted(kept, key=lambda item: item.span.start))

    def alternatives(self, occurrence: Occurrence) -> tuple[Term, ...]:
        """Every term that the found form stands for, the found one first."""
        if self.lang == "ru":
            return (
                occurrence.term,
                *(term for term in self._russian.same(occurrence) if term.id != occurrence.term.id),
            )
        found = self._by_form.get(key(occurrence.form.text, self.lang), {})
        return (occurrence.term, *(term for name, term in found.items() if name != occurrence.term.id))

    @cached_property
    def _by_form(self) -> dict[str, dict[str, Term]]:
        """Form -> the terms by id that have it, for the forms that several terms have."""
        table: dict[str, dict[str, Term]] = {}
        for entries in self._entries[1]:
            if len(entries) > 1:
                for _, form, _ in entries:
                    table.setdefault(key(form.text, self.lang), {}).update({term.id: term for term, _, _ in entries})
        return table

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """The cheapest answer: start, end and term id of each hit, offsets into the original (Chinese and English)."""
        folded = fold(text, self.lang)
        values = self._entries[1]
        return [(start, end, values[n][0][0].id) for start, end, n in _original(folded, self._hits(folded, text))]

    def _hits(self, folded: Folded, text: str) -> Iterable[Hit]:
        if not self._entries[0]:
            return []
        if self.lang == "en":
            hits: Iterable[Hit] = self._english(folded, text)
            if "-" in text and not folded.starts and (more := list(self._hyphened(text))):
                hits = sorted((*hits, *more), key=lambda hit: (hit[1], hit[0]))
            return longest(hits)
        found = longest([(end + 1 - size, end + 1, n) for end, (size, n) in self._automaton.iter(folded.text)])
        return self._guarded(folded.text, found) if self.guard and len(self._entries[0]) <= _GUARDED else found

    def _guarded(self, text: str, found: list[Hit]) -> list[Hit]:
        from pipeline.glossary.guard import beside_title, names_a_person, opens_a_word, stands_alone

        values = self._entries[1]
        kept: list[Hit] = []
        for hit in found:
            kind = values[hit[2]][0][0].kind
            if kind == "place" and "·" in (text[hit[0] - 1 : hit[0]], text[hit[1] : hit[1] + 1]):
                continue  # 多米尼克·埃诺 is a person
            if text[hit[1] - 1 : hit[1] + 1] == "部门":
                continue  # 民政部门 are offices of the field in any place, not 民政部
            if kind == "title" and opens_a_word(text, hit[0], hit[1]):
                continue
            alone = stands_alone(text, hit[0], hit[1], kind in ("person", "place", "body", "title"))
            alone = alone or (kind == "person" and beside_title(text, hit[0], hit[1]))
            if alone and (kind != "person" or names_a_person(text, hit[0], hit[1])):
                kept.append(hit)
            elif hit[1] - hit[0] > 1:
                kept.extend(self._nested(text, hit))
        return kept

    def _nested(self, text: str, refused: Hit) -> list[Hit]:
        start, end, number = refused
        inside = (
            (start + stop + 1 - size, start + stop + 1, n)
            for stop, (size, n) in self._automaton.iter(text[start:end])
            if n != number
        )
        return self._guarded(text, longest(inside))

    def _english(self, folded: Folded, text: str) -> Iterator[Hit]:
        low = folded.text
        size_all = len(low)
        values = self._entries[1]
        for stop, (size, number) in self._automaton.iter(low):
            start, end = stop + 1 - size, stop + 1
            if start and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            if end < size_all and (low[end].isalnum() or low[end] == "_"):
                continue
            original = folded.span(start, end).of(text)
            if any(english_forms.case_fits(form.text, original, term.kind) for term, form, _ in values[number]):
                yield start, end, number

    def _hyphened(self, text: str) -> Iterator[Hit]:
        """Words that an entry writes as one and the text with a hyphen: "whistle-blowers" for whistleblower."""
        for match in _HYPHENED.finditer(text):
            number = self._numbers.get(match.group().replace("-", "").lower())
            if number is not None:
                yield match.start(), match.end(), number


def _smaller(form: Form, other: Form) -> bool:
    """Is it the other form in smaller letters: «one country, two systems» beside «One Country, Two Systems»?"""
    return form.text != other.text and form.text.lower() == other.text.lower() and not form.text.isupper()


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap the longest, of equally long ones the later (the head of a Chinese or English compound comes
    last); then what is left free. `hits` come by rising end."""
    kept: list[Hit | list[Hit]] = []
    last = 0
    for hit in hits:
        start = hit[0]
        if start < last:
            together = [hit]
            while kept:
                top = kept[-1]
                if isinstance(top, tuple):
                    if top[1] <= start:
                        break
                    together.append(top)
                    start = min(start, top[0])
                else:
                    if max(held[1] for held in top) <= start:
                        break
                    together += top
                    start = min(start, min(held[0] for held in top))
                kept.pop()
            kept.append(together)
        else:
            kept.append(hit)
        last = hit[1]
    result: list[Hit] = []
    for one in kept:
        if isinstance(one, tuple):
            result.append(one)
        else:
            result += _free(one)
    return result


def _free(hits: list[Hit]) -> list[Hit]:
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda item: (item[0] - item[1], -item[0])):
        if all(hit[1] <= other[0] or other[1] <= hit[0] for other in chosen):
            chosen.append(hit)
    return sorted(chosen)


_set_start, _set_end = (getattr(Span, name).__set__ for name in ("start", "end"))
_fields = tuple(getattr(Occurrence, name).__set__ for name in ("term", "span", "form", "cell"))


def _new_occurrence(entry: Entry, start: int, end: int) -> Occurrence:
    """Occurrence(...) at a third of its price: the slots are set directly, as the frozen dataclass itself does."""
    span = object.__new__(Span)
    _set_start(span, start)
    _set_end(span, end)
    made = object.__new__(Occurrence)
    _fields[0](made, entry[0])
    _fields[1](made, span)
    _fields[2](made, entry[1])
    _fields[3](made, entry[2])
    return made


def _original(folded: Folded, hits: Iterable[Hit]) -> Iterable[Hit]:
    """The hits with offsets into the original text; `hits` in order."""
    starts, shifts = folded.starts, folded.shifts
    if not starts:
        return hits
    made: list[Hit] = []
    size = len(starts)
    at = 0
    for start, end, number in hits:
        while at < size and starts[at] <= start:
            at += 1
        to = at
        while to < size and starts[to] < end:
            to += 1
        first = start + (shifts[at - 1] if at else 0)
        last = end + (shifts[to - 1] if to else 0)
        made.append((first, last, number))
    return made
