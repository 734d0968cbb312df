"""An official name with a word put in that the source does not have: «Всемирная [международная] организация …»."""

from __future__ import annotations

import re

from pipeline.enforce import bridge
from pipeline.enforce.result import Repair
from pipeline.enforce.synonyms import bundled
from pipeline.enforce.view import View
from pipeline.glossary import english_forms
from pipeline.glossary.forms import Found
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.palladius_table import listed
from pipeline.languages.russian.analyse import Token, analyses, fold, lemma
from pipeline.model import Edit, Occurrence, Span

_OF_PLACES = re.compile(r"(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")
_INTERNATIONAL = "международн"
_RANKS = frozenset(listed("central local regional municipal provincial city county district joint former new first"))


def repair(occurrence: Occurrence, found: Found, view: View, source: str) -> Repair | None:
    """The edit that takes out the one adjective put into a body's name, where nothing in the source accounts for it.

    An adjective of a place says whose the body is and stays («Министерство российского образования»).
    """
    term, span = occurrence.term, found.span
    official, text = found.form.text, span.of(view.text)
    if not found.inserted or view.lang == "zh" or not source:
        return None
    title = term.kind == "title" and view.lang == "en" and not bundled(term.origin)
    if term.kind != "body" and not title:
        return None
    if not (title or official.removeprefix("the ")[:1].isupper()) or "" in (found.surface.text, official, text):
        return None
    inside = [token for token in view.tokens if span.start <= token.start and token.end <= span.end]
    more = _put_in(inside, found.surface.text)
    if more is None or more is inside[0] or not re.fullmatch(r"[\w’'-]+(?:[ \u00a0][\w’'-]+)+", text):
        return None
    if not _mere_adjective(more, inside, view.lang) or _accounted(more, occurrence, source, view):
        return None
    end = inside[inside.index(more) + 1].start
    why = f"«{more.text}» is no part of «{english_forms.bare(official)}»"
    edit = Edit(more.start, end, view.text[more.start : end], "", term.id, why)
    after = view.text[span.start : more.start] + view.text[end : span.end]
    return Repair((edit,), text, after, " ".join(found.surface.cells[:1]), why)


def tail(occurrence: Occurrence, found: Found, view: View, source: str) -> Repair | None:
    """The edit that takes off the genitive right behind a body's name, or a term of one's own, that renders a word of
    the term and nothing else: «Международный суд [правосудия]»."""
    term, span = occurrence.term, found.span
    if view.lang != "ru" or found.inserted or not source or bundled(term.origin):
        return None
    if term.kind not in ("body", "term") or " " not in found.form.text:
        return None
    more = view.after(span.end)
    if more is None or view.text[span.end : more.start] != " " or not more.text.islower():
        return None
    first = analyses(more.text)[0]
    if first.lemma in ("лицо", "человек", "гражданин"):
        return None  # «пропавшие без вести [лица]»
    if first.pos != "NOUN" or not any(a.case == "gen" for a in analyses(more.text)):
        return None
    if not view.free(Span(more.start, more.end)):
        return None
    lang, low = bridge.language_of(source), lemma(more.text)
    own = bridge.source_words(occurrence.span.of(source))
    official = {lemma(word) for form in term.forms["ru"] for word in form.text.split()}
    if low in official or max((bridge.strength(low, word, "ru", lang) for word in own), default=0.0) < 0.85:
        return None
    if _accounted(more, occurrence, source, view):
        return None
    why = f"«{more.text}» is no part of «{found.form.text}»"
    edit = Edit(span.end, more.end, view.text[span.end : more.end], "", term.id, why)
    words = span.of(view.text)
    return Repair((edit,), view.text[span.start : more.end], words, " ".join(found.surface.cells[:1]), why)


_PREFIX = re.compile(r"(?<![\w-])([А-ЯЁа-яё]{3,}[ое])[-‐‑]$")


def compound(occurrence: Occurrence, found: Found, view: View, source: str) -> Repair | None:
    """The edit that takes off the first part of a compound adjective which the term's first word became the second of
    («[военно-]морской суд»), where nothing in the source accounts for it."""
    term, span = occurrence.term, found.span
    prefix = _PREFIX.search(view.text, max(0, span.start - 30), span.start)
    words = span.of(view.text).split()
    if prefix is None or found.inserted or len(words) < 2 or term.kind in ("person", "place"):
        return None
    if analyses(words[0])[0].pos not in ("ADJF", "PRTF") or not source:
        return None
    stem = prefix.group(1)[:-1].lower()
    lang = bridge.language_of(source)
    full = {lemma(stem + ending) for ending in ("ый", "ий", "ой", "ный", "ский")}
    if any(bridge.strength(each, word, "ru", lang) >= 0.45 for each in full for word in bridge.source_words(source)):
        return None
    new = words[0][:1].upper() + words[0][1:] if prefix.group(1)[0].isupper() else words[0]
    end = span.start + len(words[0])
    why = f"«{prefix.group(1)}-» is no part of «{found.form.text}»"
    edit = Edit(prefix.start(), end, view.text[prefix.start() : end], new, term.id, why)
    after = new + view.text[end : span.end]
    return Repair((edit,), view.text[prefix.start() : span.end], after, " ".join(found.surface.cells[:1]), why)


def _put_in(inside: list[Token], form: str) -> Token | None:
    """The one word that stands there beyond those of the form; None where there are none or several."""
    wanted = [fold(word) for word in re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", form)]
    extra: list[Token] = []
    at = 0
    for token in inside:
        if at < len(wanted) and fold(token.text) == wanted[at]:
            at += 1
        else:
            extra.append(token)
    return extra[0] if len(extra) == 1 and at == len(wanted) else None


def _mere_adjective(word: Token, inside: list[Token], lang: str) -> bool:
    """Is the word put in an adjective in small letters that agrees with a noun behind it, and of no place?"""
    low = word.text.lower()
    if lang == "en":
        return word.text.isalpha() and low not in FUNCTION_WORDS and low not in _RANKS and not low.endswith("ese")
    if not word.text.islower() or (_OF_PLACES.search(low) and not low.startswith(_INTERNATIONAL)):
        return False
    readings = [a for a in analyses(word.text) if a.pos == "ADJF"]
    behind = [a for token in inside if token.start > word.end for a in analyses(token.text) if a.pos == "NOUN"]
    return bool(readings) and any(
        a.case == n.case and a.number == n.number and (a.number == "pl" or a.gender == n.gender)
        for a in readings
        for n in behind
    )


def _accounted(word: Token, occurrence: Occurrence, source: str, view: View) -> bool:
    """Does another word of the source render the word put in?"""
    span: Span = occurrence.span
    lang = bridge.language_of(source)
    rest = (*bridge.source_words(source[: span.start]), *bridge.source_words(source[span.end :]))
    low = lemma(word.text) if view.lang == "ru" else word.text.lower()
    return any(bridge.strength(low, each, view.lang, lang) >= 0.45 for each in rest)
