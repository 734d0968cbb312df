"""Names in an English target in another transcription, without endings; adjectives, short names and namesakes aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.enforce.candidates import Candidate
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.glossary import english_forms
from pipeline.languages import pinyin
from pipeline.languages.chinese import is_han
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.palladius_table import listed
from pipeline.model import Occurrence, Span


def names(occurrence: Occurrence, found: Iterable[Candidate], view: View) -> Iterator[Candidate]:
    """Names in another transcription without a possessive ending; adjectives («Crimean») only to be shown."""
    forms = [form.text.lower() for form in occurrence.term.forms.get("en", ())]
    for candidate in found:
        text = candidate.span.of(view.text)
        tail = re.search(r"['’]s?$", text)
        text = text[: tail.start()] if tail else text
        span = Span(candidate.span.start, candidate.span.start + len(text))
        if _other_syllables(text, occurrence):
            continue
        if tail is None and _goes_on(occurrence, span, view):
            continue
        if occurrence.term.kind == "person" and occurrence.term.gender == "m" and _feminine(text, forms):
            continue
        short = occurrence.term.kind == "place" and any(f" {text.lower()} " in f" {form} " for form in forms)
        if short:  # «Petersburg» for Saint Petersburg
            yield replace(candidate, span=span, score=0.5, why=f"«{text}» is a part of the name", repair=False)
        elif any(derived(text.lower(), form) or derived(form, text.lower()) for form in forms):
            yield replace(candidate, span=span, score=0.5, why=f"«{text}» is made from the name", repair=False)
        elif (whole := _translated(occurrence, span, view)) != span:
            why = f"«{whole.of(view.text)}» translates the name"
            yield replace(candidate, span=whole, why=why)
        else:
            yield replace(candidate, span=span)


_LIKE = 0.66  # in sound, of the name alone in another transcription
_TITLED = re.compile(r"([A-Z][a-z]+)[ \u00a0]$")


def _translated(occurrence: Occurrence, span: Span, view: View) -> Span:
    """The span with the words of the name before it, where the place is alike by the word for its kind alone, so that
    its name is translated («[Inkstone] Mountain County» for Yanshan County); no name in pinyin («Yunnan») is among
    them."""
    text, _, kind = span.of(view.text).rpartition(" ")
    own = [english_forms.bare(form.text).rpartition(" ") for form in occurrence.term.forms.get("en", ())]
    if occurrence.term.kind != "place" or kind.lower() not in _KINDS or " " in text or not text:
        return span
    if any(last != kind or " " in name or sounds(text, name) >= _LIKE for name, _, last in own):
        return span
    start = span.start
    while word := _TITLED.search(view.text, 0, start):
        low = word.group(1).lower()
        if low in _KINDS or low in FUNCTION_WORDS or pinyin.cut(word.group(1)):
            break
        start = word.start()
    return Span(start, span.end)


def _other_syllables(text: str, occurrence: Occurrence) -> bool:
    """Is it good pinyin with another syllable than the name has in its place («Pingjin» is no slip for Tianjin)?"""
    found = next(iter(pinyin.cut(text)), ()) if " " not in text else ()
    read = {"".join(pinyin.syllables(form.text)) for form in occurrence.term.forms.get("zh", ()) if is_han(form.text)}
    for form in occurrence.term.forms.get("en", ()):
        own = next(iter(pinyin.cut(form.text)), ()) if found and form.text.lower() in read else ()
        if own and len(own) == len(found):
            return any(sounds(a, b) < 0.55 for a, b in zip(found, own, strict=True))
    return False


def _feminine(text: str, forms: Sequence[str]) -> bool:
    """Is it the surname of a woman («Medvedeva» for Medvedev, «Tolstaya» for Tolstoy)?"""
    word = text.lower().rpartition(" ")[2]
    lasts = [form.rpartition(" ")[2] for form in forms]
    return any(
        word == last + "a" or (word.endswith("aya") and word[:-3] == re.sub("[oiy]+$", "", last)) for last in lasts
    )


_KINDS = frozenset(
    listed("""region district province prefecture county city municipality area territory league banner zone oblast krai
    republic state okrug""")
)
_NEXT = re.compile(r"[ \u00a0-]([A-Z][a-z]+)")


def _goes_on(occurrence: Occurrence, span: Span, view: View) -> bool:
    """Does a place whose official name ends in the word for its kind go on with one («… Autonomous [District]»)?"""
    last = {english_forms.bare(form.text).rpartition(" ")[2].lower() for form in occurrence.term.forms.get("en", ())}
    if occurrence.term.kind != "place" or not last <= _KINDS or span.of(view.text).rpartition(" ")[2].lower() in _KINDS:
        return False
    word = _NEXT.match(view.text, span.end)
    return word is not None and word.group(1).lower() in _KINDS


_SUFFIX = re.compile(r"(?:sky|skiy|n|an|ian|ean|ern|ese|i|ish|er|ers|ns|ans|ians|is|ic)$")


def derived(found: str, form: str) -> bool:
    """Is the word made from the name by an ending of adjectives and inhabitants?"""
    if len(found) >= 4 and form in (found + "ia", found + "land", found + "ey"):
        return True
    suffix = _SUFFIX.search(found)
    if suffix is None or found == form:
        return False
    sizes = range(len(found) - len(suffix.group()), len(found))
    return any(len(form) - size in (0, 1) and size >= 4 and form.startswith(found[:size]) for size in sizes) and (
        len(found) > len(form) or found[-1] in "ni"
    )
