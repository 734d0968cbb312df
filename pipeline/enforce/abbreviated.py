"""An abbreviation carried over letter by letter where the target has one of its own.

«УНЕСКО» for UNESCO, «НПК» for NPC, «SUAR» for СУАР.

Alone it stands for the whole term; inside a phrase («Постоянный комитет НПК») the other words are the official ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View
from pipeline.glossary.english_forms import bare
from pipeline.languages.russian.analyse import Token, lemmas, tokenise
from pipeline.model import Occurrence, Span

_LETTERS = {
    "A": "А", "B": "Б", "C": "СКЦ", "D": "Д", "E": "ЕЭ", "F": "Ф", "G": "ГДЖ", "H": "ХГ", "I": "И", "J": "ДЖЙ",
    "K": "К", "L": "Л", "M": "М", "N": "Н", "O": "О", "P": "П", "Q": "КЦ", "R": "Р", "S": "СШ", "T": "Т",
    "U": "УЮ", "V": "В", "W": "ВУ", "X": "ХС", "Y": "ЙЫ", "Z": "ЗЦ",
}  # fmt: skip
_LATIN = {char: "".join(latin for latin, row in _LETTERS.items() if char in row) for char in "".join(_LETTERS.values())}
_SHORT = re.compile(r"[A-ZА-ЯЁ]{3,8}")


def carried(latin: str, cyrillic: str) -> bool:
    """Are the two the same letters in two scripts?"""
    return len(latin) == len(cyrillic) and all(
        other in _LETTERS.get(letter, "") for letter, other in zip(latin, cyrillic, strict=True)
    )


def candidates(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """Places where an abbreviation of the term in another language stands in the target's letters."""
    term = occurrence.term
    if view.lang not in ("ru", "en") or term.kind in ("person", "term"):
        return
    other = "en" if view.lang == "ru" else "ru"
    known = {
        word
        for form in (occurrence.form, *term.forms.get(other, ()))  # type: ignore[call-overload]
        for word in _SHORT.findall(form.text)
    }
    mine = {_initials(form.text) for form in term.forms.get(view.lang, ())}  # CAR for Central African Republic
    mine |= {word for form in term.forms.get(view.lang, ()) for word in _SHORT.findall(form.text)}
    if not known:
        return
    for at, token in enumerate(view.tokens):
        if not _SHORT.fullmatch(token.text) or token.text in mine or not _same(token.text, known, view.lang):
            continue
        for rank, form in enumerate(term.forms.get(view.lang, ())):
            official = [each for each in tokenise(bare(form.text)) if each.is_word]
            size = len(official)
            alone = any(_same(token.text, {word}, view.lang) for word in known if word == occurrence.form.text)
            alone = alone or any(each.text == word for word in known for each in term.forms.get(other, ()))  # type: ignore[call-overload]
            places = [official.index(each) for each in official if _SHORT.fullmatch(each.text)] if size > 1 else []
            for place in places:
                group = view.tokens[max(0, at - place) : at - place + size]
                if len(group) == size and _alike(group, official, place, view):
                    span = Span(group[0].start, group[-1].end)
                    if view.free(span):
                        yield Candidate(span, 0.96, _why(token.text), (), True, span.of(view.text), rank)
            if alone and not rank and view.free(Span(token.start, token.end)):
                yield Candidate(Span(token.start, token.end), 0.95, _why(token.text), (), False, token.text, rank)


def _initials(text: str) -> str:
    return "".join(word[0] for word in bare(text).replace("-", " ").split() if word[0].isupper())


def _why(text: str) -> str:
    return f"«{text}» is the abbreviation of another language letter by letter"


_ROWS = {"Ж": "ZH", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ю": "YU", "Я": "YA"}


def _same(word: str, known: set[str], lang: str) -> bool:
    """The same letters; of a Cyrillic letter also the row of Latin ones that it is spelt by («SHOS» for ШОС)."""
    if lang == "ru":
        return any(carried(other, word) for other in known)
    return any(carried(word, other) or _spelt(word, other) for other in known)


def _spelt(latin: str, cyrillic: str) -> bool:
    options = ["|".join([_ROWS[char], *_LATIN.get(char, "")]) if char in _ROWS else f"[{_LATIN.get(char, '')}]"
               for char in cyrillic if char in _ROWS or char in _LATIN]  # fmt: skip
    made = "".join(f"(?:{each})" for each in options)
    return len(options) == len(cyrillic) and re.fullmatch(made, latin) is not None


def _alike(group: Sequence[Token], official: Sequence[Token], place: int, view: View) -> bool:
    """Are the words of the group, but that at `place`, forms of the official ones, with nothing but spaces between?"""
    if any(view.text[a.end : b.start] != " " for a, b in pairwise(group)):
        return False
    return all(
        n == place or (lemmas(a.text) & lemmas(b.text) if view.lang == "ru" else a.text.lower() == b.text.lower())
        for n, (a, b) in enumerate(zip(group, official, strict=True))
    )
