"""Plural forms of a message: each is asked for with a number that shows it, and told with its placeholder.

A PO file says "%d cities" and wants «%d город», «%d города», «%d городов». An engine is asked for "21 cities",
"2 cities", "5 cities"; where its answer lost the number ("three cities") it is asked with another of the same form, and
in Russian the words behind the number get the form that the number asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.model import Code, Edit, Finding, Lang, Segment, Span, State, shifted

if TYPE_CHECKING:
    from pipeline.languages.russian.analyse import Analysis

_WORDS = re.compile(r"\s([А-Яа-яЁё-]+)")
_BEFORE = re.compile(r"([А-Яа-яЁё-]+)\s$")
_COUNTED = {"годов": "лет", "людей": "человек"}  # what the genitive plural is behind a number
_OTHER = frozenset(("Pltm", "Fixd", "Sgtm", "Abbr", "Name", "Surn", "Patr", "Geox", "Orgn"))
_RARE = 0.05
_ATTRIBUTES = 2  # between a number and its noun


@dataclass(frozen=True, slots=True)
class Way:
    """A source to ask for a form with: `number` stands in it for `placeholder`."""

    source: str
    codes: tuple[Code, ...]
    number: str
    placeholder: str


def _place(text: str, number: str) -> Span | None:
    found = re.search(rf"(?<!\d){number}(?!\d)", text)
    return Span(*found.span()) if found is not None else None


def uncounted(text: str, way: Way | None) -> str:
    """The text with the placeholder again; before the text where the number is not in it: «один документ», as the form
    serves 21 and 101 too."""
    if way is None or not text:
        return text
    place = _place(text, way.number)
    if place is None:
        return text if way.placeholder in text else f"{way.placeholder} {text}"
    return text[: place.start] + way.placeholder + text[place.end :]


def settled(segments: Sequence[Segment], again: Callable[[Sequence[Segment]], Sequence[Segment]]) -> Sequence[Segment]:
    """The segments, those whose translation lost its number asked for with other numbers of their form, if that helps.

    again: translates segments.
    """
    lost = {i: _otherwise(s) for i, s in enumerate(segments) if s.meta.get("ways") and _lost(s)}
    if not lost:
        return segments
    made = dict(zip(lost, again(list(lost.values())), strict=True))
    return [s if i not in made or _lost(made[i]) else made[i] for i, s in enumerate(segments)]


def _lost(segment: Segment) -> bool:
    way = segment.meta.get("way")
    new = segment.state is State.TRANSLATED and not segment.provenance.startswith("memory")
    return new and way is not None and _place(segment.target or "", way.number) is None


def _otherwise(segment: Segment) -> Segment:
    """The segment as it is to be asked for with the next number."""
    way, *rest = segment.meta["ways"]
    return replace(
        segment,
        source=way.source,
        codes=way.codes,
        target=None,
        target_codes=(),
        state=State.NEW,
        edits=(),
        findings=(),
        terms=(),
        meta={**segment.meta, "way": way, "ways": tuple(rest)},
    )


Link = tuple[Any, Any, float]


def fitted(segment: Segment, text: str, links: Iterable[Link], target: Lang) -> tuple[str, list[Link]]:
    """A translation into Russian with the words behind the number in the form that it asks for: «2 городов» is «2
    города»; and the links of an engine, moved with them."""
    way, links = segment.meta.get("way"), list(links)
    edits = _forms(text, way.number) if way is not None and target == "ru" else []
    if not edits:
        return text, links
    for edit in reversed(edits):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text, [(s, type(t)(shifted(t.start, edits), shifted(t.end, edits)), w) for s, t, w in links]


_GENITIVE = frozenset(("более", "менее", "больше", "меньше", "свыше", "около", "выше", "ниже"))


def _forms(text: str, number: str) -> list[Edit]:
    """Changes of the attributes and the noun behind a number. None where what stands before it may ask for another case
    (от 2 городов), or a word has likely readings of other kinds."""
    from pipeline.languages.russian.analyse import fold, inflect_word

    place = _place(text, number)
    before = _BEFORE.search(text[: place.start]) if place is not None else None
    if before is not None and fold(before.group(1)) in _GENITIVE:
        return []  # более 2 файлов
    kinds = {a.pos for a in _likely(before.group(1)) if a.case not in ("nom", "acc")} if before is not None else set()
    if place is None or (kinds & {"PREP", "ADJF", "PRTF", "NUMR"} and not kinds & {"ADVB", "PRCL"}):  # «всего 2 дня»
        return []
    words: list[re.Match[str]] = []
    at = place.end
    while (word := _WORDS.match(text, at)) is not None:
        words.append(word)
        at = word.end()
        if {a.pos for a in _likely(word.group(1))} - {"ADJF", "PRTF"} or len(words) > _ATTRIBUTES:
            break
    found = _likely(words[-1].group(1)) if words else ()
    found = [n for n in found if "Pltm" not in n.grammemes] or found  # часы that pass, not the one on a wall
    one = number[-1] == "1" and number[-2:] != "11"
    few = number[-1] in "234" and number[-2:-1] != "1"
    if not found or any(n.pos != "NOUN" or n.grammemes & _OTHER for n in found):
        return []
    owned = before is not None and any(a.pos == "NOUN" for a in _likely(before.group(1)))  # выбор 2 городов
    if owned:
        of = ("gen", "sg" if one else "pl")
    else:
        of = ("nom", "sg") if one else ("gen", "sg") if few else ("gen", "pl")
    gender, counted = found[0].gender, frozenset(_COUNTED.values())
    direct = {"nom", "acc"} if of == ("nom", "sg") else {of[0]}  # «удалить 1 закладку»
    right = {(case, of[1]) for case in direct}
    edits = []
    for word in words:
        own, last = word.group(1), word is words[-1]
        if last and (of[1] == "pl" and fold(own) in counted):
            continue
        if last and any((n.case, n.number) in right for n in found) and own not in _COUNTED:
            continue
        if last:
            if len({n.lemma for n in found}) > 1:  # статей: of статья or of стать
                return []
            new = inflect_word(own, *of, pos="NOUN")
            new = _COUNTED.get(new or "", new) if of[1] == "pl" else new
        elif few and gender == "f" and any((a.case, a.number) == ("nom", "pl") for a in _likely(own)):
            continue  # «две новые статьи»
        elif one:
            fits = any(a.case in direct and a.number == "sg" and a.gender in (gender, "") for a in _likely(own))
            new = own if fits else inflect_word(own, *of, gender)
        else:
            new = inflect_word(own, "gen", "pl")
        if new is None:
            return []
        if new != own:
            edits.append(Edit(*word.span(1), own, new, "", f"behind {number}"))
    return edits


def _likely(word: str) -> Sequence[Analysis]:
    """The readings of a listed word without those that one in twenty has."""
    from pipeline.languages.russian.analyse import analyses, is_known

    return tuple(a for a in analyses(word) if a.score > _RARE) if is_known(word) else ()


def shown(segment: Segment) -> Segment:
    """The segment with its placeholder in the place of the number, in all that is told of it."""
    way = segment.meta.get("way")
    if way is None:
        return segment
    source, target = _Back.of(segment.source, way), _Back.of(segment.target or "", way)
    raw = _Back.of(undone(segment), way)
    return replace(
        segment,
        source=source.text,
        target=None if segment.target is None else target.text,
        codes=tuple(replace(code, position=source.at(code.position)) for code in segment.codes),
        target_codes=tuple(replace(code, position=target.at(code.position)) for code in segment.target_codes),
        edits=tuple(map(raw.edit, segment.edits)),
        findings=tuple(map(target.finding, segment.findings)),
        terms=tuple(_term(term, source, target) for term in segment.terms),
        meta={key: value for key, value in segment.meta.items() if key not in ("way", "ways", "given")},
    )


@dataclass(frozen=True, slots=True)
class _Back:
    """A text with the placeholder again. first: where it or the number begins; by: how much longer what follows is."""

    text: str
    way: Way
    first: int
    by: int

    @classmethod
    def of(cls, text: str, way: Way) -> _Back:
        made, place = uncounted(text, way), _place(text, way.number)
        return cls(made, way, place.start if place is not None else -1, len(made) - len(text))

    def at(self, place: int) -> int:
        return place + self.by if place > self.first else place

    def edit(self, edit: Edit) -> Edit:
        start, end = self.at(edit.start), self.at(edit.end)
        inside = edit.start <= self.first < edit.end
        after = uncounted(edit.after, self.way) if inside else edit.after
        return replace(edit, start=start, end=end, before=self.text[start:end], after=after)

    def finding(self, found: Finding) -> Finding:
        said = found.suggestion
        if said and found.start <= self.first < found.end:
            said = uncounted(said, self.way)
        return replace(found, start=self.at(found.start), end=self.at(found.end), suggestion=said)


def _term(term: Any, source: _Back, target: _Back) -> dict[str, Any]:
    made = dict(term)
    for key, side in (("source_span", source), ("target_span", target)):
        if made.get(key):
            made[key] = [side.at(place) for place in made[key]]
    return made


def undone(segment: Segment) -> str:
    """The target before its edits."""
    text, pieces = segment.target or "", list[str]()
    at = by = 0
    for edit in sorted(segment.edits, key=lambda edit: (edit.start, edit.end)):
        pieces += (text[at : edit.start + by], edit.before)
        at = edit.start + by + len(edit.after)
        by += len(edit.after) - len(edit.before)
    return "".join([*pieces, text[at:]])
