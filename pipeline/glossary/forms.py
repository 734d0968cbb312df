"""Every admitted surface form of a term in a language, with the cells it can be, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.glossary import english_forms
from pipeline.glossary.fold import Folded, key
from pipeline.glossary.stems import needed, prefixes
from pipeline.languages.russian.analyse import analyses, parses, tokenise
from pipeline.languages.russian.analyse import fold as fold_word
from pipeline.languages.russian.paradigm import Paradigm, paradigm
from pipeline.model import Form, Lang, Span, Term

PAUCAL = "paucal.pl"


@dataclass(frozen=True, slots=True)
class Surface:
    """A form as written, folded for comparison, and the paradigm cells it can be ("gen", "acc.pl", "pl" ...)."""

    text: str
    key: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A form of a term in a text; `rank` is the variant's place in its cell of the glossary, 0 the preferred."""

    span: Span
    surface: Surface
    form: Form
    rank: int
    inserted: bool = False  # other words stand between its own


def russian(form: Form, kind: str, gender: str = "") -> Paradigm:
    """The paradigm of a Russian form."""
    return paradigm(form.text, form.notes, kind, gender)


@lru_cache(maxsize=1 << 14)
def surfaces(text: str, notes: str, lang: Lang, kind: str, gender: str) -> tuple[Surface, ...]:
    """Surface forms of one variant, the dictionary form first."""
    if lang == "ru":
        cells: dict[str, list[str]] = {}
        made = paradigm(text, notes, kind, gender)
        for cell, form in (*made.cells.items(), *made.variants):
            cells.setdefault(form, []).append(cell)
        if text not in cells:
            cells = {text: ["nom"], **cells}
        for few in paucal(made):
            cells.setdefault(few, []).append(PAUCAL)
        for form in conjugated(text) if made.indeclinable else ():
            cells.setdefault(form, ["verb"])
        return tuple(Surface(form, key(form, "ru"), tuple(dict.fromkeys(of))) for form, of in cells.items() if form)
    if lang == "en":
        bare = english_forms.bare(text)
        found = [Surface(bare, key(bare, "en"), ("",))]
        common = kind not in ("person", "place", "slogan") or (kind == "place" and bare.islower())
        for many in english_forms.plurals(bare) if common else ():
            if many != bare:
                found.append(Surface(many, key(many, "en"), ("pl",)))
        if kind in ("slogan", "term"):
            conjugated_ = english_forms.conjugated(bare)
            found += [Surface(form, key(form, "en"), (cell,)) for cell, form in conjugated_.items()]
        return tuple(surface for surface in found if surface.key)
    return (Surface(text, key(text, lang), ("",)),)


def paucal(made: Paradigm) -> tuple[str, ...]:
    """The forms after два, три, четыре («индустриальных парка», «особые экономические зоны»), the usual one first."""
    if "gen.pl" not in made.cells:
        return ()
    one = tokenise(made.cells["gen"])
    found = []
    for cell in ("nom.pl", "gen.pl") if made.gender == "f" else ("gen.pl",):
        many = tokenise(made.cells[cell])
        if len(one) != len(many) or made.head >= len(one):
            return ()
        text, shift = made.cells["gen"], 0
        for left, right in zip(one[: made.head], many[: made.head], strict=True):
            text = text[: left.start + shift] + right.text + text[left.end + shift :]
            shift += len(right.text) - len(left.text)
        found.append(text)
    return tuple(found)


def conjugated(text: str) -> tuple[str, ...]:
    """Every form of a single Russian verb, gerunds and short participles too; empty for any other text."""
    found = parses(text)
    if not text.isalpha() or not text[:1].islower() or str(found[0].tag.POS) not in ("INFN", "VERB"):
        return ()
    return tuple(dict.fromkeys(str(form.word) for form in found[0].lexeme if str(form.tag.POS) != "PRTF"))


def of(term: Term, lang: Lang) -> Iterator[tuple[int, Form, Surface]]:
    """(rank, variant, surface) of every admitted form."""
    for rank, form in enumerate(term.forms.get(lang, ())):
        for surface in surfaces(form.text, form.notes, lang, term.kind, term.gender):
            yield rank, form, surface


def likely(form: Form, lang: Lang, folded: str) -> bool:
    """May a form of the variant stand in the folded text? True where nothing speaks against it."""
    return lang != "ru" or prefixes(folded).issuperset(needed(form.text, form.notes))


def _word_char(char: str) -> bool:
    return char.isalnum() or char == "_"


def places(wanted: str, folded: Folded, lang: Lang, *, beside_han: bool = False) -> Iterator[Span]:
    """Where `wanted` (a folded key) stands in the folded text; whole words only, but for Chinese.

    `beside_han`: Chinese characters beside it do not belong to the word («从Irkutsk出发»).
    """

    def part(char: str) -> bool:
        return _word_char(char) and not (beside_han and char >= "\u2e80")

    text = folded.text
    at = text.find(wanted)
    size = len(wanted)
    while at >= 0 and size:
        end = at + size
        if lang == "zh" or not (
            (at and part(text[at - 1]) and _word_char(wanted[0]))
            or (end < len(text) and part(text[end]) and _word_char(wanted[-1]))
        ):
            yield folded.span(at, end)
        at = text.find(wanted, at + 1)


def find(term: Term, lang: Lang, folded: Folded, text: str) -> list[Found]:
    """Every place of every admitted form; of two that start together the longer one only."""
    found: list[Found] = []
    for rank, form in enumerate(term.forms.get(lang, ())):
        if not likely(form, lang, folded.text):
            continue
        for surface in surfaces(form.text, form.notes, lang, term.kind, term.gender):
            if surface.key not in folded.text:
                continue
            for span in places(surface.key, folded, lang):
                if lang == "en" and not english_forms.case_fits(surface.text, span.of(text), term.kind):
                    continue
                if lang == "ru" and not capitals_fit(surface.text, span.of(text), form.text):
                    continue
                found.append(Found(span, surface, form, rank))
    found.sort(key=lambda item: (-len(item.span), item.span.start, item.rank))
    kept: list[Found] = []
    for item in found:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.span.start)


@lru_cache(maxsize=1 << 12)
def namesake(word: str) -> bool:
    """Is a single small-letter Russian word first of all another part of speech («после» is no form of посол)?"""
    if not word.isalpha() or word[:1].isupper():
        return False
    return analyses(word)[0].pos in ("PREP", "CONJ", "PRCL", "ADVB", "VERB", "INFN", "GRND", "PRED", "NPRO", "COMP")


def capitals_fit(form: str, found: str, dictionary: str = "") -> bool:
    """A name or abbreviation is not its own small-letter homograph: «мид» is not МИД, «ван и» is not Ван И."""
    if namesake(form) and not (dictionary and namesake(dictionary)):
        return False
    letters = [char for char in form if char.isalpha()]
    if not letters or not letters[0].isupper():
        return True
    first = next((char for char in found if char.isalpha()), "")
    if len(letters) <= 5 and all(char.isupper() for char in letters):
        return found.upper() == found
    return first.isupper() or (" " in form.strip() and any(char.isupper() for char in found))


Row = tuple[Surface, tuple[str, ...], frozenset[int]]


@lru_cache(maxsize=1 << 12)
def rows(text: str, notes: str, lang: Lang, kind: str, gender: str) -> tuple[Row, ...]:
    """Each form of a variant as folded words, with the indices of the words before which others may be inserted.

    Empty for a single word. In Russian others may stand before a word that declines, never before a complement.
    """
    found = surfaces(text, notes, lang, kind, gender)
    made = [(surface, tuple(word for word, _, _ in low_tokens(surface.text) if word[0].isalnum())) for surface in found]
    size = len(made[0][1]) if made else 0
    made = [row for row in made if len(row[1]) == size]
    if size < 2:
        return ()
    if lang == "ru":
        loose = frozenset(index for index in range(1, size) if len({row[index] for _, row in made}) > 1)
        if size >= 3 and loose < frozenset(range(1, size)) and kind in ("term", "slogan") and len(made) > 1:
            loose |= {1}  # «открытость Чанчуня внешнему миру»
    else:
        loose = frozenset(range(1, size))
    return tuple((surface, row, loose) for surface, row in made) if loose else ()


def low_tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    """Folded words and marks of a text with their spans."""
    return tuple((fold_word(token.text), token.start, token.end) for token in tokenise(text))


def scattered(
    low: Sequence[tuple[str, int, int]], row: Sequence[str], loose: frozenset[int], most: int
) -> Iterator[tuple[int, int, int]]:
    """(start, end, number of words inserted) wherever the words of `row` stand in order in one sentence.

    At most `most` words in a gap, and gaps only before the words in `loose`.
    """
    for first, (word, start, _) in enumerate(low):
        if word != row[0]:
            continue
        at = first
        gaps = 0
        for index in range(1, len(row)):
            at += 1
            gap = 0
            while at < len(low) and low[at][0] != row[index]:
                if low[at][0][:1].isalnum():
                    gap += 1
                elif low[at][0] in ".!?…;":
                    gap = most + 1
                if gap > most or (gap and index not in loose):
                    at = len(low)
                at += 1
            gaps += gap
            if at >= len(low):
                break
        else:
            yield start, low[at][2], gaps
