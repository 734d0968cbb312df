"""Pronouns behind a person's name in Chinese and English that are of the other gender than the glossary's.

A machine that takes Юлия Ершова for a man goes on with «his trip». Where the name is put right, so is the pronoun
behind it in the same sentence: if the source has the right pronoun and none of the other gender, or is Russian, has
none and tells of no other person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.enforce.chinese import pieces
from pipeline.enforce.result import Repair
from pipeline.enforce.view import STOPS, View
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.russian.analyse import analyses, tokenise
from pipeline.model import Edit, Lang, Occurrence, Span, Term

_EN = re.compile(r"(?<![\w-])(?:(he|his|him|himself)|(she|hers|her|herself))(?![\w-])(?!['’])", re.IGNORECASE)
_HE, _SHE = "m", "f"
_TO_SHE = {"he": "she", "him": "her", "himself": "herself"}
_TO_HE = {"she": "he", "hers": "his", "herself": "himself"}
_ZH = {"他": _HE, "她": _SHE}
_RU = {
    **dict.fromkeys(("он", "его", "ему", "него", "нему", "ним", "нём", "нем"), _HE),
    **dict.fromkeys(("она", "её", "ее", "ей", "ней", "нее", "неё", "нею", "ею"), _SHE),
}
_FULL_NAME = re.compile(r"[А-ЯЁ][\w-]+ [А-ЯЁ][\w-]+")
_NAMES = frozenset(("Name", "Surn", "Patr"))
_WHEN = frozenset(("yesterday", "today", "tomorrow", "again", "later", "earlier", "twice", "once"))


def mended(made: Repair, term: Term, occurrences: Sequence[Occurrence], source: tuple[str, Lang], view: View) -> Repair:
    """The repair of a name with the pronouns behind it that are wrong with the name."""
    if term.kind != "person" or term.gender not in (_HE, _SHE) or view.lang == "ru":
        return made
    own = [found.span for found in occurrences if found.term.kind == "person"]
    if len(own) != 1 or not made.edits or not _only(own[0], term.gender, *source):
        return made
    end = max(edit.end for edit in made.edits)
    stop = next((at for at in range(end, len(view.text)) if _ends(view.text, at)), len(view.text))
    found = _pronouns(view.text, end, stop, view.lang)
    if any(gender == term.gender for _, gender in found):
        return made
    why = f"agrees with «{made.after}»"
    edits = [
        Edit(span.start, span.end, span.of(view.text), _other(view.text, span, term.gender, view.lang), term.id, why)
        for span, _ in found
        if view.free(span)
    ]
    return Repair((*made.edits, *edits), made.before, made.after, made.cell, made.reason, made.ground)


def _ends(text: str, at: int) -> bool:
    """Does the sentence end there? A point inside a figure ends none."""
    return text[at] in STOPS and (text[at] != "." or not text[at + 1 : at + 2].isalnum())


def _pronouns(text: str, start: int, stop: int, lang: Lang) -> list[tuple[Span, str]]:
    """The pronouns of the third person between the two places, each with its gender."""
    if lang == "zh":
        words = [part for part in pieces(text) if start <= part.start and part.end <= stop]
        return [(Span(part.start, part.end), _ZH[part.text]) for part in words if part.text in _ZH]
    if lang == "en":
        return [(Span(*m.span()), _HE if m.group(1) else _SHE) for m in _EN.finditer(text, start, stop)]
    tokens = [token for token in tokenise(text) if start <= token.start and token.end <= stop]
    return [(Span(t.start, t.end), _RU[t.text.lower()]) for t in tokens if t.text.lower() in _RU]


def _only(own: Span, gender: str, source: str, lang: Lang) -> bool:
    """Are the pronouns of the name's sentence in the source all of its gender; or, where it has none, is a Russian
    sentence of nobody else («рассказала о своей поездке»)?"""
    start = next((at + 1 for at in range(own.start - 1, -1, -1) if _ends(source, at)), 0)
    stop = next((at for at in range(own.end, len(source)) if _ends(source, at)), len(source))
    said = {found for _, found in _pronouns(source, start, stop, lang)}
    if said or lang != "ru":
        return said == {gender}
    inside = [token for token in tokenise(source) if token.is_word and start <= token.start < stop]
    others = [token for token in inside if not own.start <= token.start < own.end]
    return not any(_another(source, own, token.start, token.text, start, gender) for token in others)


def _another(source: str, own: Span, at: int, word: str, opening: int, gender: str) -> bool:
    """May a Russian word name another person of the gender that the target has: a name, an animate noun in the
    singular, but for the office right before the name («капитан Юлия Ершова»)?"""
    readings = [a for a in analyses(word) if a.pos == "NOUN" and a.number == "sg"][:1]
    if word[:1].isupper() and source[opening:at].strip(' «“"—–-'):
        return any(a.known and _NAMES & a.grammemes for a in readings) or _FULL_NAME.match(source, at) is not None
    if not readings or not readings[0].animate or readings[0].gender == gender:
        return False
    return at > own.start or re.search(r"[,;:—–(]", source[at : own.start]) is not None


def _other(text: str, span: Span, gender: str, lang: Lang) -> str:
    """The pronoun in the gender."""
    word = span.of(text)
    if lang == "zh":
        return "她" if gender == _SHE else "他"
    made = (_TO_SHE if gender == _SHE else _TO_HE).get(word.lower(), "")
    if not made:  # «his» and «her» of English, each two words in the other gender
        follower = re.match(r" ([^\W\d_]+)", text[span.end :])
        owns = follower is not None and follower.group(1).lower() not in FUNCTION_WORDS | _WHEN
        made = ("her" if owns else "hers") if gender == _SHE else ("his" if owns else "him")
    return made.capitalize() if word[:1].isupper() else made
