"""Names that share their last words or their first: each of them is there.

«Нинся-Хуэйский и Тибетский автономные районы», "the Ningxia Hui and Xizang Regions", «районы Даоли и Наньган».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.enforce.view import View
from pipeline.glossary.english_forms import bare
from pipeline.glossary.forms import Found, Surface
from pipeline.languages.english import is_plural, singular
from pipeline.languages.russian.analyse import Token, analyses, lemmas
from pipeline.model import Span, Term

_KINDS = ("place", "body", "title")
_LINKS = frozenset(("и", ",", "and"))
_ROW = 24  # words and marks of a row of names
_FAR = 10  # words from the own part of a name to what it shares


def found(term: Term, view: View) -> Iterator[Found]:
    """Places of the term's own words in a row whose members share the rest, which stands there in the plural."""
    if term.kind == "term":
        yield from _of_two(term, view)
    if term.kind not in _KINDS or view.lang not in ("ru", "en"):
        return
    for rank, form in enumerate(term.forms.get(view.lang, ())):
        words = bare(form.text).split()
        if not 2 <= len(words) <= 8:
            continue
        for cut in range(1, len(words)):
            own, common = words[:cut], words[cut:]
            if view.lang == "en" or all(analyses(word)[0].pos in ("ADJF", "PRTF", "UNKN", "NOUN") for word in own[:1]):
                for span in _before(own, common, view):
                    yield Found(span, Surface(span.of(view.text), "", ("shares its last words",)), form, rank, True)
        if view.lang == "ru" and words[0].islower() and all(word[:1].isupper() for word in words[1:]):
            for span in _behind(words[0], words[1:], view):
                yield Found(span, Surface(span.of(view.text), "", ("shares its first word",)), form, rank, True)


def _of_two(term: Term, view: View) -> Iterator[Found]:
    """The attribute of a term in a pair that shares the noun: «серебряная и маловысотная экономика», "industrial and
    value chains"."""
    tokens = view.tokens
    for rank, form in enumerate(term.forms.get(view.lang, ())):
        own, _, common = bare(form.text).partition(" ")
        if view.lang == "zh" or not common or " " in common:
            continue
        for at in range(len(tokens) - 3):
            first, link, other, noun = tokens[at : at + 4]
            if link.text.lower() not in ("и", "and", "or", "или") or not _form(first, own, view):
                continue
            if not other.is_word or not _form(noun, common, view, many=True):
                continue
            readings = [[a for a in analyses(t.text) if a.pos in ("ADJF", "NOUN")] for t in (first, other, noun)]
            agreed = any(a.case == b.case == n.case for a in readings[0] for b in readings[1] for n in readings[2])
            if view.lang == "en" or (readings[1] and readings[1][0].pos == "ADJF" and agreed):
                span = Span(first.start, first.end)
                yield Found(span, Surface(first.text, "", ("shares its last words",)), form, rank, True)


def _behind(kind: str, own: list[str], view: View) -> Iterator[Span]:
    """Own words in a row of names behind the kind of place in the plural: районов Даоли, Наньган и Сянфан."""
    tokens = view.tokens
    for at, token in enumerate(tokens):
        if not (token.is_word and lemmas(token.text) & lemmas(kind)) or not _plural((token,), view):
            continue
        for to in range(at + 1, min(len(tokens), at + 1 + _ROW)):
            group = tokens[to : to + len(own)]
            if len(group) == len(own) and all(_form(t, w, view) for t, w in zip(group, own, strict=True)):
                yield Span(group[0].start, group[-1].end)
                break
            if not (tokens[to].text.lower() in _LINKS or (tokens[to].is_word and tokens[to].text[:1].isupper())):
                break


def _before(own: list[str], common: list[str], view: View) -> Iterator[Span]:
    """Own words, then «и» and other members before the shared words, or «и» before the own words and these after."""
    tokens = view.tokens
    for at in range(len(tokens) - len(own)):
        group = tokens[at : at + len(own)]
        if not all(_form(token, word, view) for token, word in zip(group, own, strict=True)):
            continue
        if view.lang == "ru" and not any(a.pos == "ADJF" for a in analyses(group[-1].text)):
            continue
        joined = False
        for to in range(at + len(own), min(len(tokens), at + len(own) + _FAR)):
            row = tokens[to : to + len(common)]
            if len(row) == len(common) and all(_form(t, w, view, many=True) for t, w in zip(row, common, strict=True)):
                before = tokens[at - 1].text.lower() if at else ""
                if (joined or (to == at + len(own) and before in _LINKS)) and _plural(row, view):
                    yield Span(group[0].start, group[-1].end)
                break
            token = tokens[to]
            if token.text.lower() in _LINKS:
                joined = True
            elif not token.is_word or not token.text[:1].isupper():
                break


def _form(token: Token, word: str, view: View, *, many: bool = False) -> bool:
    if view.lang == "ru":
        return token.is_word and bool(lemmas(token.text) & lemmas(word))
    low, wanted = token.text.lower(), word.lower()
    return low == wanted or (many and singular(low) == wanted) or re.sub(r"['’]s$", "", low) == wanted


def _plural(row: tuple[Token, ...], view: View) -> bool:
    if view.lang == "en":
        return any(is_plural(token.text.lower()) for token in row)
    return all(any(a.number == "pl" for a in analyses(token.text)) for token in row[:1])
